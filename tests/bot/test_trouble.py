"""A running bot whose database cannot be written to: it tells the operator, goes on answering, and loses no notice."""

import asyncio
import resource
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.process import vejviser
from tests.bot.test_walk import Command, Person, command, env, running
from tests.fake_telegram import FakeTelegram

__all__ = ["command", "env"]  # fixtures
NEWS = "- {id: 2027-01-01-x, date: 2027-01-01, kind: changed, affects: [kolding-2014], text: {da: Ny tekst., en: A.}}"
UNKEPT = "Lige nu kan jeg hverken gemme"


@contextmanager
def full(pid: int) -> Iterator[None]:
    """The process can make no file longer, as on a full disk."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, before[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def locked(database: str) -> Iterator[None]:
    """Another program holds the file's write lock."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("COMMIT")
    other.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the limits of another process can be set on Linux alone")
@pytest.mark.parametrize("trouble", ["full", "locked"])
async def test_questions_are_answered_and_the_notice_comes_when_it_is_over(
    fake: FakeTelegram, base: Path, env: dict[str, str], command: Command, trouble: str
) -> None:
    knowledge = ("--knowledge", str(base))
    person = Person(fake)
    async with running(fake, env, *knowledge) as bot:
        await person.say("giv mig besked om alt")
        await person.say("hele døgnet")
        with (base / "data" / "updates.yaml").open("a", encoding="utf-8") as updates:
            updates.write(NEWS)
        if trouble == "full":
            with full(bot.pid):
                assert "queued for 1 chat" in await asyncio.to_thread(command, "announce", *knowledge)
                assert "Kolding" in (await person.say("hvad gør Kolding?")).text
                assert (await person.say("giv mig besked om Aarhus")).text.startswith(UNKEPT)
                await asyncio.sleep(6.0)  # longer than the bot waits between two looks for notices
                assert "Ny tekst." not in [one.text for one in fake.sent]
        else:
            with locked(env["VEJVISER_DATABASE"]):
                assert "Kolding" in (await person.say("hvad gør Kolding?")).text
                assert (await person.say("giv mig besked om Aarhus")).text.startswith(UNKEPT)
                refused = await asyncio.to_thread(lambda: vejviser("announce", *knowledge, stdin=b"", **env))
                assert refused.returncode == 1
                assert refused.stderr.decode().endswith("cannot be written: database is locked\n")
            assert "queued for 1 chat" in await asyncio.to_thread(command, "announce", *knowledge)
        assert "Ny tekst." in (await person.hears()).text
        await asyncio.sleep(10.0)  # so long it does without the store after a failure
        assert "Du får nu besked om Aarhus" in (await person.say("giv mig besked om Aarhus")).text
    told = bot.told
    assert told.count("until that is put right, questions are answered but nothing is kept") == 1
    assert "the store works again" in told
    assert "Traceback" not in told
