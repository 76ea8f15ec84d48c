"""What an update costs over webhooks with one process and with several on one PostgreSQL, and what a kill loses.

Telegram is the tests' strict server in this process, and so is the load balancer; each replica is a process of its own.
Each chat asks the next thing as soon as the last one was taken, be it by another replica.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.machine import machine, percentile, table
from benchmarks.updates import CHATS, PATIENCE, TEXTS, cpu
from bot.inbox import AT_ONCE
from bot.store import Store
from tests.databases import PostgresServer, postgres_server, postgres_settings
from tests.fake_telegram import FakeTelegram
from tests.replicas import begin, replicas

UPDATES, ROUNDS = 2000, 3
KILLED, KILLED_A_SECOND, KILL_SECONDS = 5000, 40, 10.0
LEASE = 30.0


class Asked:
    """A storm of questions, and what became of them."""

    def __init__(self, fake: FakeTelegram, updates: int) -> None:
        self.fake = fake
        self.updates = updates
        for chat in range(1, CHATS + 1):
            fake.chats[chat] = {"id": chat, "type": "private", "first_name": "A"}

    async def begin(self, a_second: int = 0) -> None:
        """All at once, or so many a second."""
        self.fake.sent.clear()
        self.fake.calls.clear()
        started = time.perf_counter()
        for place in range(self.updates):
            if a_second and (early := started + place / a_second - time.perf_counter()) > 0:
                await self.fake.updates.tell()
                await asyncio.sleep(early)
            chat = place % CHATS + 1
            person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "da"}
            text = TEXTS[place // CHATS % len(TEXTS)]
            message = {"message_id": place, "date": int(time.time()), "chat": self.fake.chats[chat], "from": person}
            self.fake.updates.waiting.append({"update_id": self.fake.number(), "message": {**message, "text": text}})
        await self.fake.updates.tell()

    async def answered(self, store: Store) -> None:
        """Waits until nothing is left."""
        async with asyncio.timeout(PATIENCE):
            await self.fake.delivered()
            while (figures := await store.inbox.figures()).waiting or figures.leased:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        assert figures.failed == (), figures

    def outcome(self) -> tuple[int, int]:
        """How many were lost and how many doubled; each question of a storm has one message for an answer."""
        told = Counter(one.chat for one in self.fake.sent)
        each = self.updates // CHATS
        missing = sum(max(each - told[chat], 0) for chat in range(1, CHATS + 1))
        return missing, sum(max(count - each, 0) for count in told.values())


async def storm(server: PostgresServer, count: int, updates: int) -> tuple[float, float, int, int]:
    """Updates a second, milliseconds of the replicas' processor time for each; how many were lost and doubled."""
    with tempfile.TemporaryDirectory() as key:
        settings = postgres_settings(await server.emptied_database(), Path(key))
        store = await Store.open(settings)
        async with FakeTelegram() as fake, replicas(settings, fake, count, str(LEASE)) as (_, running):
            asked = Asked(fake, updates)
            for _ in range(2):  # the first warms up
                before = sum(cpu(one.process.pid) for one in running)
                started = time.perf_counter()
                await asked.begin()
                await asked.answered(store)
                seconds = time.perf_counter() - started
                spent = sum(cpu(one.process.pid) for one in running) - before
                lost, doubled = asked.outcome()
        await store.close()
    return updates / seconds, 1000 * spent / updates, lost, doubled


async def killed(server: PostgresServer, count: int, updates: int) -> list[str]:
    """One of the replicas after the other is killed and begun again for as long as questions come."""
    with tempfile.TemporaryDirectory() as key:
        settings = postgres_settings(await server.emptied_database(), Path(key))
        store = await Store.open(settings)
        kills = 0
        async with FakeTelegram() as fake, replicas(settings, fake, count, str(LEASE)) as (balancer, running):
            asked = Asked(fake, updates)
            started = time.perf_counter()
            asking = asyncio.create_task(asked.begin(KILLED_A_SECOND))
            due = started
            while True:
                due += KILL_SECONDS
                if (await asyncio.wait([asking], timeout=max(0.0, due - time.perf_counter())))[0]:
                    break
                place = kills % count
                kills += 1
                await running[place].kill()
                running[place] = await begin(settings, fake.root, str(LEASE))
                balancer.behind = [one.root for one in running]
            await asking
            await asked.answered(store)
            seconds = time.perf_counter() - started
            lost, doubled = asked.outcome()
        await store.close()
    return [f"{updates}", f"{kills}", f"{seconds:.0f}", f"{lost}", f"{doubled}", f"{kills * AT_ONCE}"]


async def measure(server: PostgresServer, rounds: int, updates: int, kill: int) -> None:
    """One and three in turn, so that what else the machine does hits both."""
    found: dict[int, list[tuple[float, float, int, int]]] = {1: [], 3: []}
    for place in range(rounds):
        for count, each in found.items():
            each.append(await storm(server, count, updates))
            print(f"{count} replicas, {place}: {each[-1]}", file=sys.stderr, flush=True)
    cost = {count: percentile([one[1] for one in each], 0.5) for count, each in found.items()}
    rows = [
        [
            f"{count}",
            f"{percentile([one[0] for one in each], 0.5):.0f}",
            f"{cost[count]:.2f}" if each else "",
            f"{cost[count] / cost[1]:.2f}",
            f"{sum(one[2] for one in each)}",
            f"{sum(one[3] for one in each)}",
        ]
        for count, each in found.items()
    ]
    print(table(["replicas", "updates/s", "CPU ms an update", "of one", "lost", "doubled"], rows))
    if kill:
        print()
        head = ["updates", "kills", "seconds", "lost", "doubled", "may be doubled"]
        print(table(head, [await killed(server, 3, kill)]))


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.webhooks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--updates", type=int, default=UPDATES)
    parser.add_argument("--killed", type=int, default=KILLED, help="updates while replicas are killed; 0: none are")
    chosen = parser.parse_args(arguments)
    os.environ["NO_PROXY"] = "127.0.0.1"
    print(machine(("python-telegram-bot", "aiohttp", "starlette", "uvicorn", "sqlalchemy", "asyncpg")))
    with tempfile.TemporaryDirectory(prefix="pg") as folder, postgres_server(Path(folder)) as server:
        asyncio.run(measure(server, chosen.rounds, chosen.updates, chosen.killed))


if __name__ == "__main__":
    main()
