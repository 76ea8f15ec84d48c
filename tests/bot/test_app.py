"""`vejviser run` as a process of its own: the page alone, and beside Telegram, begun and ended in order."""

import asyncio
import re
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.bot.process import COMMAND, HOMES, ROOT, environment
from tests.drivers import TelegramDriver, WebDriver
from tests.fake_telegram import TOKEN, FakeTelegram
from tests.web import browser

PATIENCE = 60
"""Seconds until the process must have begun, or ended."""
QUESTION = "hvem har en mentorordning for zebrafisk?"


@asynccontextmanager
async def process(*words: str, **changed: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The running process, and the page's address as it has told it; killed where it does not end by itself."""
    settings = {"VEJVISER_WEB": "127.0.0.1:0", "VEJVISER_LOG_LEVEL": "DEBUG", **changed}
    home = tempfile.mkdtemp(dir=HOMES.name)
    started = await asyncio.create_subprocess_exec(
        *COMMAND,
        "run",
        *words,
        cwd=ROOT,
        env=environment(NO_PROXY="127.0.0.1", VEJVISER_DATABASE=f"{home}/v.db", **settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            assert started.stdout
            line = (await started.stdout.readline()).decode()
        found = re.fullmatch(r"Vejviser svarer på (http://127\.0\.0\.1:\d+) – stop med Ctrl-C\.\n", line)
        assert found, line or (await started.communicate())[1].decode()
        yield started, found[1]
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


async def ended(started: asyncio.subprocess.Process, by: signal.Signals) -> str:
    """All that it wrote, after a signal; it must have ended well."""
    started.send_signal(by)
    async with asyncio.timeout(PATIENCE):
        out, err = await started.communicate()
    written = (out + err).decode()
    assert started.returncode == 0, written
    assert "Traceback" not in written
    return written


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
async def test_without_any_setting_it_serves_the_page(by: signal.Signals) -> None:
    async with process() as (started, root):
        async with browser(root) as client:
            driver = WebDriver(client)
            await driver.say(QUESTION)
            assert (await driver.read())[0].text
            await client.get("/", params={"q": QUESTION})
            await client.get("/api/answer", params={"q": QUESTION})
        written = await ended(started, by)
        assert "took_ms=" in written
        assert "zebrafisk" not in written
        assert "127.0.0.1:" not in written.replace(root, "")


async def test_with_a_token_it_serves_both(fake: FakeTelegram) -> None:
    async with process(VEJVISER_TELEGRAM_TOKEN=TOKEN, VEJVISER_TELEGRAM_API=fake.root) as (started, root):
        telegram = TelegramDriver(fake, fake.delivered)
        async with browser(root) as client:
            page = WebDriver(client)
            await telegram.say("hvad gør Kolding?")
            async with asyncio.timeout(PATIENCE):
                await fake.delivered()
            await page.say("hvad gør Aarhus?")
            assert "4 indsatser" in (await page.read())[0].text
        written = await ended(started, signal.SIGTERM)
        assert TOKEN not in written
    assert "7 indsatser" in fake.sent[0].text


async def test_a_refused_token_ends_the_page_as_well(fake: FakeTelegram) -> None:
    async with process(VEJVISER_TELEGRAM_TOKEN="1:wrong", VEJVISER_TELEGRAM_API=fake.root) as (started, _):
        async with asyncio.timeout(PATIENCE):
            _, err = await started.communicate()
        assert started.returncode == 1
        assert err.decode().splitlines()[-1].startswith("Telegram afviser den token")
