"""The base read anew in a running bot: by SIGHUP and after an edit, for all channels at once, if it is sound."""

import asyncio
import gc
import os
import pty
import re
import shutil
import signal
import subprocess
import weakref
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from bot import announcing
from bot.announcing import Announcer
from bot.conversation import Conversation
from bot.reloading import Reloader
from bot.store import Store
from handlers.dialogue import Dialogue, load_dialogue
from knowledge.changes import digest
from tests.bot.process import COMMAND, ROOT, environment
from tests.bot.test_app import ended, process
from tests.drivers import PATIENCE, TelegramDriver, WebDriver
from tests.fake_telegram import TOKEN, FakeTelegram
from tests.web import browser

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows knows no SIGHUP")


def rename(base: Path, key: str) -> None:
    """Gives an entry another id: what was said of the one from before is about nothing any more."""
    for file in base.rglob("*.yaml"):
        file.write_text(re.sub(rf"\b{key}\b(?!-)", f"{key}-2", file.read_text("utf-8")), "utf-8")


async def until(fulfilled: Callable[[], Awaitable[bool]]) -> None:
    """Waits."""
    async with asyncio.timeout(PATIENCE):
        while not await fulfilled():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_sighup_takes_over_a_sound_base_for_all_channels(fake: FakeTelegram, base: Path) -> None:
    words = ("--knowledge", str(base))
    telegram = {"VEJVISER_TELEGRAM_TOKEN": TOKEN, "VEJVISER_TELEGRAM_API": fake.root}
    async with process(*words, VEJVISER_LOG_LEVEL="INFO", **telegram) as (bot, root), browser(root) as client:
        anne, page = TelegramDriver(fake, lambda: asyncio.sleep(0)), WebDriver(client)
        await anne.say("fortæl om Staldgården i Kolding")
        await page.say("fortæl om Staldgården i Kolding")
        await until(lambda: _sent(fake, 1))
        themes = base / "data" / "themes.yaml"
        sound = themes.read_text("utf-8")
        themes.write_text(sound + "\nx: [\n", "utf-8")
        bot.send_signal(signal.SIGHUP)
        # The old one stays; the pages tell which one it is.
        await asyncio.sleep(3)
        assert (await client.get("/i/kolding-staldgaarden")).status_code == 200
        themes.write_text(sound, "utf-8")
        rename(base, "kolding-staldgaarden")
        bot.send_signal(signal.SIGHUP)

        async def taken_over() -> bool:
            return (await client.get("/i/kolding-staldgaarden-2")).status_code == 200

        await until(taken_over)
        assert (await client.get("/i/kolding-staldgaarden")).status_code == 404
        # Both conversations were about what is no longer there.
        for follow_up in ("hvornår er det fra?", "og i Aarhus?", "hvad er kilden?"):
            await page.say(follow_up)
        assert all(seen.text for seen in await page.read())
        sent = len(fake.sent)
        await anne.say("fortæl mere")
        await anne.say("hvilke dokumenter har du?")
        await until(lambda: _sent(fake, sent + 2))
        written = await ended(bot, signal.SIGTERM)
    assert "the base has faults and is not taken over" in written
    assert "data/themes.yaml:" in written
    assert f"the base was read anew: version {digest(base)}" in written
    assert "fault " not in written


async def _sent(fake: FakeTelegram, count: int) -> bool:
    return len(fake.sent) >= count


def test_a_closed_window_ends_the_bot(tmp_path: Path) -> None:
    window, terminal = pty.openpty()
    env = environment(VEJVISER_WEB="127.0.0.1:0", VEJVISER_DATABASE=str(tmp_path / "v.db"))
    pipe = subprocess.PIPE
    bot = subprocess.Popen([*COMMAND, "run"], stdin=terminal, stdout=pipe, stderr=pipe, cwd=ROOT, env=env)
    os.close(terminal)
    try:
        assert bot.stdout
        assert bot.stderr
        root = re.findall(r"http://[^ ]*", bot.stdout.readline().decode())[0]
        assert httpx.get(f"{root}/healthz", trust_env=False, timeout=PATIENCE).text == "alive\n"
        bot.send_signal(signal.SIGHUP)
        assert b"the base was read anew" in bot.stderr.readline()
        os.close(window)
        bot.send_signal(signal.SIGHUP)
        assert bot.wait(PATIENCE) == 0
    finally:
        bot.kill()
        bot.communicate()


async def test_an_edit_of_phrases_is_taken_over_too(
    store: Store, dialogue: Dialogue, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "QUIET_SECONDS", 0.3)
    talk = Conversation(Dialogue(dialogue.library, dialogue.understander, dialogue.today), store)
    announcer = Announcer(talk, store, base, automatic=False)
    before = talk.dialogue
    announcer.start()
    await asyncio.sleep(1)
    with (base / "phrases" / "da" / "greeting.yaml").open("a", encoding="utf-8") as phrases:
        phrases.write("\n# edited\n")

    async def taken_over() -> bool:
        return talk.dialogue is not before

    await until(taken_over)
    await announcer.stop()
    assert talk.dialogue.today is before.today


async def test_the_old_base_goes(base: Path) -> None:
    talk = Conversation(load_dialogue(base))
    reloader = Reloader(talk, base)
    old = weakref.ref(talk.dialogue.library)
    gc.collect()
    gc.disable()
    try:
        assert (await reloader.reload()).faults == ()
        assert old() is None, "a base that holds a circle is never let go by a process that has frozen it"
    finally:
        gc.enable()


async def test_faults_leave_everything_as_it_was(base: Path, dialogue: Dialogue) -> None:
    talk = Conversation(dialogue)
    reloader = Reloader(talk, base)
    version = await reloader.version()
    read_at = reloader.read_at
    shutil.rmtree(base / "data" / "municipalities")
    (base / "phrases" / "da" / "_skip.yaml").write_bytes(b"\xff")
    outcome = await reloader.reload()
    assert outcome.version == version
    assert outcome.faults
    assert all(":" in fault for fault in outcome.faults)
    assert (talk.dialogue, reloader.read_at) == (dialogue, read_at)
