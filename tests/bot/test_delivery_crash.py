"""Delivering processes that are killed, or that share a database: nothing is lost, and only a kill makes a double."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.config import Settings
from bot.delivery import IN_FLIGHT
from bot.store import Store
from handlers.memory import Rhythm, Scope
from knowledge.library import Library
from tests.bot.process import ROOT
from tests.bot.test_delivery import ANNE, KOLDING, queue, subscribe
from tests.databases import PostgresServer, postgres_settings
from tests.delivering import environment_for
from tests.fake_telegram import FakeTelegram

AT_ANY_HOUR = Rhythm(quiet_from=0, quiet_until=0)
"""These processes go by the real clock."""
CHATS = 200
KILLS = 4
LEASE = 3.0
PACE = 0.005
PATIENCE = 60.0


@asynccontextmanager
async def delivering(settings: Settings, fake: FakeTelegram) -> AsyncIterator[None]:
    """A process that delivers, from when it has begun; killed at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "tests.delivering", str(LEASE), str(PACE),
        cwd=ROOT, env=environment_for(settings, fake.root), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    try:
        assert await process.stdout.readline() == b"delivering\n"
        yield
    finally:
        process.kill()
        await process.wait()


async def settled(store: Store) -> None:
    """Waits until nothing is left."""
    async with asyncio.timeout(PATIENCE):
        while (figures := await store.outbox.figures()).waiting or figures.leased:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def subscribers(fake: FakeTelegram, store: Store, library: Library) -> None:
    """Chats that wait for one notice."""
    for chat in range(CHATS):
        await subscribe(fake, store, ANNE + chat, Scope(), rhythm=AT_ANY_HOUR)
    await queue(store, library, KOLDING)


async def test_killed_at_random_moments_nothing_is_lost(
    settings: Settings, fake: FakeTelegram, library: Library
) -> None:
    store = await Store.open(settings)
    await subscribers(fake, store, library)
    chance = random.Random(3)
    for _ in range(KILLS):
        before = len(fake.sent)
        async with delivering(settings, fake):
            async with asyncio.timeout(PATIENCE):
                while len(fake.sent) == before:  # noqa: ASYNC110
                    await asyncio.sleep(0.001)
            await asyncio.sleep(chance.uniform(0, 0.2))
    assert len(fake.sent) < CHATS
    async with delivering(settings, fake):
        await settled(store)
    await store.close()
    told = Counter(one.chat for one in fake.sent)
    assert len(told) == CHATS
    assert len(fake.sent) - CHATS <= KILLS * IN_FLIGHT
    assert max(told.values()) <= 1 + KILLS


async def test_three_processes_on_one_postgresql_tell_each_chat_once(
    postgres: PostgresServer, fake: FakeTelegram, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = postgres_settings(await postgres.emptied_database(), tmp_path_factory.mktemp("key"))
    store = await Store.open(settings)
    await subscribers(fake, store, library)
    async with delivering(settings, fake), delivering(settings, fake), delivering(settings, fake):
        await settled(store)
    await store.close()
    assert Counter(one.chat for one in fake.sent) == Counter(range(ANNE, ANNE + CHATS))
