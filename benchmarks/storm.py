"""A long storm: many people in bad weather before the bot, for as long as one likes; it ends at the first fault.

Played before the application in this process, or with `--process` before a `vejviser run` of its own, with Telegram's
flood limits and a restart now and then.
"""

import argparse
import asyncio
import logging
import re
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from time import monotonic

from benchmarks.machine import machine
from bot.app import build
from bot.store import Store
from handlers.dialogue import load_dialogue
from handlers.keeping import Keeping
from tests.bot.conftest import running, settings_for
from tests.bot.process import COMMAND, ROOT, environment
from tests.databases import sqlite_settings
from tests.fake_telegram import TOKEN, FakeTelegram
from tests.storm.engine import Storm
from tests.storm.ledger import Log, Watched
from tests.storm.weather import Weather

SHARE, HEAVY_SHARE, FLOODS = 0.02, 0.02, 10_000
HAPPENINGS = 80
"""In a round."""
AT_ONCE = 10
"""Rounds until a process is told to stop and another one begins."""
LOGGED = re.compile(r"Traceback|\b(ERROR|CRITICAL)\b")
UNBEARABLE = re.compile(r"(fault \w+|an update is set aside): (NetworkError|TimedOut|RetryAfter)\b")
"""What the bot logs of a fault that it could not bear."""


def storm_over(fake: FakeTelegram, seed: int, marked: bool) -> Storm:
    """A storm with all that the weather has."""
    return Storm(fake, seed, lambda ledger: Weather(Random(seed + 1), SHARE, HEAVY_SHARE, FLOODS, ledger.lose), marked)


def check_log(lines: list[str], storm: Storm) -> None:
    """Raises AssertionError for faults in the log, but for those that nobody could bear."""
    assert len([one for one in lines if UNBEARABLE.search(one)]) <= 2 * storm.weather.heavy, lines
    assert not (rest := [one for one in lines if not UNBEARABLE.search(one)]), rest


async def rounds(storm: Storm, until: float, most: int) -> int:
    """Plays so many, or for so long; how many."""
    for number in range(most):
        if monotonic() >= until:
            return number
        await storm.round(HAPPENINGS)
    return most


async def inside(fake: FakeTelegram, folder: Path, storm: Storm, until: float) -> int:
    """Before the application in this process."""
    log = Log()
    logging.getLogger().addHandler(log)
    logging.getLogger().addHandler(logging.StreamHandler())
    store = await Store.open(sqlite_settings(folder))
    talk = Watched(load_dialogue(keeping=Keeping(stored=True)), store)
    count = 0
    while monotonic() < until:
        async with running(build(settings_for(fake), talk)):
            count += await rounds(storm, until, AT_ONCE)
        check_log(log.errors, storm)
        print(f"{count} rounds, {sum(storm.people.happened.values())} happenings", flush=True)
    assert not (heard := storm.ledger.silent & set(talk.taken)), heard
    await store.close()
    return count


@asynccontextmanager
async def process(fake: FakeTelegram, folder: Path, log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`vejviser run`, until it is told to stop; it must end well."""
    settings = {
        "VEJVISER_DATABASE": str(folder / "data" / "v.db"), "VEJVISER_KEY_FILE": str(folder / "v.key"),
        "VEJVISER_WEB": "off", "VEJVISER_TELEGRAM_TOKEN": TOKEN, "VEJVISER_TELEGRAM_LIMIT": "0",
        "VEJVISER_TELEGRAM_API": fake.root,
        "NO_PROXY": "127.0.0.1",
    }  # fmt: skip
    polls = fake.updates.polls
    with log.open("ab") as file:
        started = await asyncio.create_subprocess_exec(
            *COMMAND, "run", cwd=ROOT, env=environment(**settings), stdout=file, stderr=file
        )
    try:
        while fake.updates.polls == polls:
            assert started.returncode is None, "the process has ended"
            await asyncio.sleep(0.05)
        yield started
        started.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            assert await started.wait() == 0
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


def faults_in(log: Path) -> list[str]:
    """The lines that tell of one."""
    written = log.read_text()
    assert TOKEN not in written
    return [one for one in written.splitlines() if LOGGED.search(one)]


async def outside(fake: FakeTelegram, folder: Path, storm: Storm, until: float) -> int:
    """Before a process of its own."""
    fake.flood.overall, fake.flood.private, fake.flood.group = 30, 1.0, 20
    log = folder / "log"
    count = 0
    while monotonic() < until:
        async with process(fake, folder, log):
            count += await rounds(storm, until, AT_ONCE)
        check_log(faults_in(log), storm)
        print(f"{count} rounds, {sum(storm.people.happened.values())} happenings", flush=True)
    return count


async def play(minutes: float, seed: int, in_process: bool) -> None:
    """Prints what happened; raises AssertionError where something was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        async with FakeTelegram() as fake:
            storm = storm_over(fake, seed, marked=not in_process)
            until = monotonic() + 60 * minutes
            count = await (outside if in_process else inside)(fake, Path(folder), storm, until)
    print(f"\n{count} rounds in {minutes:g} minutes, seed {seed}, {storm.weather.heavy} times more than a bot can bear")
    for what, counts in (("happened", storm.people.happened), ("struck", storm.weather.struck)):
        print(f"{what}: " + ", ".join(f"{name} {number}" for name, number in counts.most_common()))
    print(
        f"violations: {len(fake.violations)}; early: {fake.early}; not answered for a fault: {len(storm.ledger.lost)}"
    )


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storm", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--process", action="store_true", help="before a `vejviser run` of its own")
    chosen = parser.parse_args(arguments)
    print(machine(("python-telegram-bot", "aiohttp", "aiogram")))
    asyncio.run(play(chosen.minutes, chosen.seed, chosen.process))


if __name__ == "__main__":
    main()
