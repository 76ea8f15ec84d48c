"""Webhook processes that share one PostgreSQL behind a load balancer, beside deliverers: one of each is killed."""

import asyncio
import re
from collections import Counter

import pytest

from bot.config import Settings
from bot.inbox import AT_ONCE
from bot.store import Store
from tests.databases import PostgresServer, postgres_settings
from tests.drivers import TelegramDriver
from tests.fake_telegram import FakeTelegram
from tests.replicas import begin, replicas

CHATS, EACH = 40, 15
PATIENCE = 120.0
LEASE = "3"


@pytest.fixture
async def shared(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that lead to one PostgreSQL."""
    return postgres_settings(await postgres.emptied_database(), tmp_path_factory.mktemp("key"))


async def settled(fake: FakeTelegram, store: Store) -> None:
    """Waits until all is brought, and answered."""
    async with asyncio.timeout(PATIENCE):
        await fake.delivered()
        while (figures := await store.inbox.figures()).waiting or figures.leased:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert figures.failed == ()


def told(fake: FakeTelegram, chat: int) -> list[int]:
    """The numbers that were answered in a chat, in order."""
    found = [re.match(r"text '(\d+)'", one.text) for one in fake.sent if one.chat == chat]
    return [int(one[1]) for one in found if one]


async def asked(fake: FakeTelegram) -> None:
    """Everybody counts."""
    person = TelegramDriver(fake, fake.delivered)
    for number in range(EACH):
        for chat in range(1, CHATS + 1):
            await person.say(str(number), chat=chat)


async def test_two_answer_each_in_its_chats_order_and_once(fake: FakeTelegram, shared: Settings) -> None:
    store = await Store.open(shared)
    async with replicas(shared, fake, 2, LEASE, "parrot"):
        await asked(fake)
        await settled(fake, store)
    await store.close()
    for chat in range(1, CHATS + 1):
        assert told(fake, chat) == list(range(EACH)), chat
    assert len(fake.called("setWebhook")) <= 2
    assert fake.called("deleteWebhook") == []


async def test_one_that_is_killed_loses_nothing_and_repeats_what_it_was_at(
    fake: FakeTelegram, shared: Settings
) -> None:
    store = await Store.open(shared)
    async with replicas(shared, fake, 2, LEASE, "parrot") as (balancer, running):
        await asked(fake)
        async with asyncio.timeout(PATIENCE):
            while len(fake.sent) < CHATS * EACH // 3:  # noqa: ASYNC110
                await asyncio.sleep(0.002)
        await running[0].kill()
        running.append(await begin(shared, fake.root, LEASE, "parrot"))
        balancer.behind = [one.root for one in running[1:]]
        await settled(fake, store)
    await store.close()
    doubles = 0
    for chat in range(1, CHATS + 1):
        numbers = told(fake, chat)
        assert sorted(set(numbers)) == list(range(EACH)), chat
        assert numbers == sorted(numbers), chat
        doubles += max(Counter(numbers).values()) - 1
        assert len(numbers) - EACH <= 1
    assert doubles <= AT_ONCE
