"""`vejviser run` as a process of its own: the page alone, and beside Telegram, begun and ended in order."""

import asyncio
import re
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.config import Settings
from bot.store import Store
from handlers.memory import Scope
from knowledge.library import Library
from tests.bot.process import COMMAND, HOMES, ROOT, environment, vejviser
from tests.bot.test_delivery import ANNE, KOLDING, queue, subscribe
from tests.bot.test_delivery_crash import AT_ANY_HOUR, settled
from tests.delivering import environment_for
from tests.drivers import TelegramDriver, WebDriver
from tests.fake_telegram import TOKEN, FakeTelegram
from tests.web import browser

PATIENCE = 60
"""Seconds until the process must have begun, or ended."""
QUESTION = "hvem har en mentorordning for zebrafisk?"


@asynccontextmanager
async def delivering(settings: Settings, fake: FakeTelegram) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that only delivers; ended at the end, and well."""
    role = {"VEJVISER_ROLE": "deliver", "VEJVISER_METRICS": "127.0.0.1:0"}
    started = await asyncio.create_subprocess_exec(
        *COMMAND, "run", cwd=ROOT, env={**environment_for(settings, fake.root), **role},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield started
    finally:
        assert started.returncode is None, (await started.communicate())[1].decode()
        assert TOKEN not in await ended(started, signal.SIGTERM)


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
            assert re.match(r"Aarhus har \d+ indsatser", (await page.read())[0].text)
        written = await ended(started, signal.SIGTERM)
        assert TOKEN not in written
    assert re.match(r"Kolding har \d+ indsatser", fake.sent[0].text)


async def test_a_refused_token_ends_the_page_as_well(fake: FakeTelegram) -> None:
    async with process(VEJVISER_TELEGRAM_TOKEN="1:wrong", VEJVISER_TELEGRAM_API=fake.root) as (started, _):
        async with asyncio.timeout(PATIENCE):
            _, err = await started.communicate()
        assert started.returncode == 1
        assert err.decode().splitlines()[-1].startswith("Telegram afviser den token")


async def test_one_that_only_delivers_receives_nothing_and_has_no_page(
    fake: FakeTelegram, settings: Settings, library: Library
) -> None:
    store = await Store.open(settings)
    await subscribe(fake, store, ANNE, Scope(), rhythm=AT_ANY_HOUR)
    await queue(store, library, KOLDING)
    async with delivering(settings, fake) as started:
        await settled(store)
        assert started.stdout
        found = re.fullmatch(r"Målinger: (.*)/metrics\n", (await started.stdout.readline()).decode())
        assert found
        async with browser(found[1]) as client:
            assert (await client.get("/readyz")).text.splitlines()[0] == "ready"
    await store.close()
    assert [one.chat for one in fake.sent] == [ANNE]
    assert not fake.called("getUpdates")
    assert await started.stdout.read() == b""


async def test_one_that_serves_the_page_leaves_telegram_to_others(fake: FakeTelegram) -> None:
    of_telegram = {"VEJVISER_TELEGRAM_TOKEN": TOKEN, "VEJVISER_TELEGRAM_API": fake.root}
    async with process(VEJVISER_ROLE="web", **of_telegram) as (started, root):
        async with browser(root) as client:
            assert (await client.get("/k/aarhus")).status_code == 200
        await ended(started, signal.SIGTERM)
    assert fake.calls == []


async def test_one_that_only_delivers_needs_a_token_that_telegram_knows(fake: FakeTelegram) -> None:
    for token, told in (
        ("", "VEJVISER_WEB, VEJVISER_TELEGRAM_TOKEN og VEJVISER_ROLE giver"),
        ("1:wrong", "Telegram afviser den token"),
    ):
        done = await asyncio.to_thread(
            vejviser, "run", VEJVISER_ROLE="deliver", VEJVISER_TELEGRAM_TOKEN=token, VEJVISER_TELEGRAM_API=fake.root,
            NO_PROXY="127.0.0.1",
        )  # fmt: skip
        assert (done.returncode, done.stderr.decode().splitlines()[-1][: len(told)]) == (1, told)
