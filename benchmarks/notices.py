"""How fast notices are queued and sent, what a kill loses, and what the store costs a turn.

The databases are a SQLite file and a PostgreSQL server in the temporary folder. Telegram is the tests' strict server,
on loopback in this process; those that deliver are processes of their own.
"""

import argparse
import asyncio
import gc
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic, perf_counter

from sqlalchemy import insert

from benchmarks.machine import machine, peak_mb, percentile, table
from bot.announcing import digest_of
from bot.config import Settings, load_settings
from bot.conversation import Conversation, Incoming
from bot.sealing import handle
from bot.store import Store
from bot.store_tables import chats, subscriptions
from handlers.dialogue import Dialogue, load_dialogue
from handlers.keeping import Keeping
from handlers.memory import NOTHING_KEPT, Kept
from handlers.reply import Reply
from handlers.session import Session
from knowledge.library import Library
from knowledge.loading import load_knowledge
from tests.databases import PostgresServer, postgres_server, postgres_settings, sqlite_settings
from tests.delivering import environment_for
from tests.fake_telegram import FakeTelegram

QUEUED = 100_000
SENT = 2_000
LIMITED = 600
KILLED = 2_000
KILLS = 20
LEASE = 5.0
"""Seconds; of the bot itself it is three minutes, for which a measurement would have to wait after each kill."""
PACE = 1 / 30
AT_A_TIME = 5_000
TURNS = 500
QUESTIONS = ("hvilke kommuner har en mentorordning?", "og Aarhus?", "hvad gør Kolding?", "hvad er et netværk?")
PATIENCE = 1800.0


class Timed(Dialogue):
    """A dialogue that tells how long its last answer took."""

    def __init__(self, dialogue: Dialogue) -> None:
        super().__init__(dialogue.library, dialogue.understander, dialogue.today, dialogue.keeping)
        self.seconds = 0.0

    def answer(
        self, text: str, session: Session, language: str = "", kept: Kept = NOTHING_KEPT
    ) -> tuple[Reply, Session]:
        """As the dialogue does."""
        started = perf_counter()
        answered = super().answer(text, session, language, kept)
        self.seconds = perf_counter() - started
        return answered


async def subscribers(settings: Settings, count: int) -> None:
    """Fills a new database with chats that follow everything, at once and in no quiet hours."""
    store = await Store.open(settings)
    sealer = store.keyring.newest()
    session, now = sealer.seal(json.dumps(Session("da").to_dict())), store._clock()
    rhythm = {"kind": "now", "hour": 8, "weekday": 0, "quiet_from": 0, "quiet_until": 0}
    for start in range(0, count, AT_A_TIME):
        numbers = range(start + 1, min(start + AT_A_TIME, count) + 1)
        told = [
            {
                "id": one, "handle": handle(store._secret, "telegram", str(one)), "channel": "telegram",
                "address": sealer.seal(str(one)), "session": session, "sealed_under": sealer.under, "language": "da",
                "version": 1, "since": now, "active": now,
            }
            for one in numbers
        ]  # fmt: skip
        scopes = [{"chat": one, "municipality": "", "theme": "", "strategy": "", **rhythm} for one in numbers]
        async with store.database.writing() as connection:
            await connection.execute(insert(chats), told)
            await connection.execute(insert(subscriptions), scopes)
    await store.close()


async def queue(settings: Settings) -> tuple[float, int]:
    """Announces the newest update of the base; seconds, and how many chats."""
    library = Library(load_knowledge())
    newest = library.updates[0]
    store = await Store.open(settings)
    started = perf_counter()
    count = await store.outbox.announce(newest.id, digest_of(newest), library.touched(newest))
    seconds = perf_counter() - started
    await store.close()
    return seconds, count or 0


@asynccontextmanager
async def delivering(settings: Settings, fake: FakeTelegram, pace: float) -> AsyncIterator[None]:
    """A process that delivers, from when it has begun; killed with SIGKILL at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "tests.delivering", str(LEASE), str(pace),
        env=environment_for(settings, fake.root), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout
        await process.stdout.readline()
        yield
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def waiting(settings: Settings, count: int) -> AsyncIterator[tuple[FakeTelegram, Store]]:
    """A Telegram with so many chats, and a notice that waits for each."""
    await subscribers(settings, count)
    await queue(settings)
    store = await Store.open(settings)
    async with FakeTelegram() as fake:
        fake.chats = {one: {"id": one, "type": "private", "first_name": "A"} for one in range(1, count + 1)}
        yield fake, store
    await store.close()


async def settled(store: Store) -> None:
    """Waits until nothing is left."""
    async with asyncio.timeout(PATIENCE):
        while (figures := await store.outbox.figures()).waiting or figures.leased:  # noqa: ASYNC110
            await asyncio.sleep(0.5)


def lost_and_doubles(fake: FakeTelegram, count: int) -> str:
    """As they are shown."""
    told = Counter(one.chat for one in fake.sent)
    return f"{count - len(told)} lost, {len(fake.sent) - len(told)} doubles"


async def queueing(settings: Settings, kind: str) -> list[str]:
    """How long it takes to queue, in a process of its own for its memory's sake."""
    await subscribers(settings, QUEUED)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.notices", "--queue",
        env=environment_for(settings, ""), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    seconds, count, before, after = json.loads(out)
    measured = f"{seconds:.1f} s, peak {before:.0f} MB before and {after:.0f} MB after"
    return [f"queued for {count:,} chats, {kind}", "10 s, memory flat", measured]


async def rate(settings: Settings, count: int, pace: float, limit: int) -> tuple[float, FakeTelegram]:
    """Messages a second from the first to the last."""
    async with waiting(settings, count) as (fake, store):
        fake.limit = limit
        async with delivering(settings, fake, pace):
            await settled(store)
        calls = fake.called("sendMessage")
        return (len(fake.sent) - 1) / (calls[-1].at - calls[0].at), fake


async def unlimited(settings: Settings, kind: str) -> list[str]:
    """How fast, where Telegram takes everything."""
    measured, fake = await rate(settings, SENT, 0, 0)
    shown = f"{measured:.0f}/s ({SENT:,} chats, {lost_and_doubles(fake, SENT)})"
    return [f"delivered without flood limits, {kind}", "500/s", shown]


async def limited(settings: Settings, kind: str) -> list[str]:
    """How fast, where Telegram takes 30 in any second."""
    measured, fake = await rate(settings, LIMITED, PACE, 30)
    refused = len(fake.called("sendMessage")) - len(fake.sent)
    shown = f"{measured:.1f}/s = {measured / 30:.0%}; {refused} times 429, {fake.early} ignored"
    return [f"delivered with limits, {kind}", "95 % of 30/s, no 429 ignored", shown]


async def killed(settings: Settings, kind: str) -> list[str]:
    """What is lost, and what comes twice."""
    chance = random.Random(3)
    async with waiting(settings, KILLED) as (fake, store):
        for _ in range(KILLS):
            async with delivering(settings, fake, PACE):
                await asyncio.sleep(chance.uniform(0, KILLED * PACE / KILLS))
        early = len(fake.sent)
        async with delivering(settings, fake, PACE):
            await settled(store)
        shown = f"{lost_and_doubles(fake, KILLED)} ({early:,} sent by the last kill)"
    return [f"kill -9 {KILLS} times, {KILLED:,} chats, {kind}", f"0 lost, {KILLS} doubles", shown]


async def shared(settings: Settings, kind: str) -> list[str]:
    """Three processes at once."""
    async with waiting(settings, KILLED) as (fake, store):
        async with delivering(settings, fake, 0), delivering(settings, fake, 0), delivering(settings, fake, 0):
            await settled(store)
        shown = lost_and_doubles(fake, KILLED)
    return [f"3 processes, {KILLED:,} chats, {kind}", "0 lost, 0 doubles", shown]


async def turns(settings: Settings, kind: str) -> list[str]:
    """What loading and saving the session costs a turn: all of its time but that in which it is answered."""
    dialogue = Timed(load_dialogue(keeping=Keeping(stored=True)))
    gc.freeze()
    store = await Store.open(settings)
    talk = Conversation(dialogue, store)
    answered, kept = [], []
    for number in range(TURNS):
        started = perf_counter()
        await talk.take(Incoming("telegram", str(number % 50), QUESTIONS[number % len(QUESTIONS)]))
        kept.append(1000 * (perf_counter() - started - dialogue.seconds))
        answered.append(1000 * dialogue.seconds)
    await store.close()
    shown = f"{percentile(kept, 0.5):.1f} ms (best {min(kept):.1f}; the answer {percentile(answered, 0.5):.1f})"
    return [f"a turn's session loaded and saved, median, {kind}", "3 ms", shown]


MEASURES: dict[str, tuple[Callable[[Settings, str], Awaitable[list[str]]], tuple[str, ...]]] = {
    "queued": (queueing, ("SQLite", "PostgreSQL")),
    "unlimited": (unlimited, ("SQLite", "PostgreSQL")),
    "limited": (limited, ("SQLite",)),
    "killed": (killed, ("SQLite", "PostgreSQL")),
    "shared": (shared, ("PostgreSQL",)),
    "turns": (turns, ("SQLite", "PostgreSQL")),
}
"""What can be measured, and on which databases."""


async def measure(names: list[str], databases: list[str], server: PostgresServer, folder: Path) -> None:
    """Prints each figure when it is there, and all of them as a table at the end."""
    rows = []
    for name in names:
        run, kinds = MEASURES[name]
        for kind in (one for one in kinds if one in databases):
            place = folder / f"{name}-{kind}"
            settings = sqlite_settings(place)
            if kind == "PostgreSQL":
                settings = postgres_settings(await server.emptied_database(), place)
            started = monotonic()
            rows.append(await run(settings, kind))
            print(f"{' | '.join(rows[-1])}  [{monotonic() - started:.0f} s]", file=sys.stderr, flush=True)
    print(f"\n{table(['what', 'to reach', 'measured'], rows)}")


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notices", description=__doc__)
    parser.add_argument("--only", help=f"some of {','.join(MEASURES)}", default=",".join(MEASURES))
    parser.add_argument("--databases", help="one of the two, or both", default="SQLite,PostgreSQL")
    parser.add_argument("--queue", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.queue:
        before = peak_mb()
        seconds, count = asyncio.run(queue(load_settings()))
        print(json.dumps([seconds, count, before, peak_mb()]))
        return
    print(machine(("python-telegram-bot", "sqlalchemy", "aiosqlite", "asyncpg")))
    with (
        tempfile.TemporaryDirectory(prefix="pg") as data,
        tempfile.TemporaryDirectory() as folder,
        postgres_server(Path(data)) as server,
    ):
        asyncio.run(measure(chosen.only.split(","), chosen.databases.split(","), server, Path(folder)))


if __name__ == "__main__":
    main()
