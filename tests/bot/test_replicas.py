"""Webhook processes that share one PostgreSQL behind a load balancer, beside deliverers: one of each is killed."""

import asyncio
import re
from collections import Counter

import pytest

from bot.config import Settings
from bot.delivery import IN_FLIGHT
from bot.inbox import AT_ONCE
from bot.store import Store
from handlers.memory import Scope
from knowledge.library import Library
from tests.bot.test_delivery import ANNE, KOLDING, queue, subscribe
from tests.bot.test_delivery_crash import AT_ANY_HOUR, delivering
from tests.bot.test_delivery_crash import settled as sent
from tests.databases import PostgresServer, postgres_settings
from tests.drivers import TelegramDriver
from tests.fake_telegram import FakeTelegram
from tests.replicas import begin, replicas

CHATS, EACH = 20, 8
PATIENCE = 120.0
LEASE = "10"
"""Seconds; on a machine that has much else to do, a shorter one ends too soon."""


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


async def test_one_of_two_is_killed_and_one_of_two_deliverers(
    fake: FakeTelegram, shared: Settings, library: Library
) -> None:
    store = await Store.open(shared)
    for chat in range(CHATS):
        await subscribe(fake, store, ANNE + chat, Scope(), rhythm=AT_ANY_HOUR)
    async with replicas(shared, fake, 2, LEASE, "parrot") as (balancer, running), delivering(shared, fake):
        async with delivering(shared, fake):
            await asked(fake)
            await queue(store, library, KOLDING)
            async with asyncio.timeout(PATIENCE):
                while len(fake.sent) < CHATS * EACH // 3:  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
            await running[0].kill()
        running.append(await begin(shared, fake.root, LEASE, "parrot"))
        balancer.behind = [one.root for one in running[1:]]
        await settled(fake, store)
        await sent(store)
    await store.close()
    doubles = 0
    for chat in range(1, CHATS + 1):
        numbers = told(fake, chat)
        assert sorted(set(numbers)) == list(range(EACH)), chat
        assert numbers == sorted(numbers), chat
        doubles += len(numbers) - EACH
        assert len(numbers) - EACH <= 1, chat
    assert doubles <= AT_ONCE
    notices = Counter(one.chat for one in fake.sent if one.chat >= ANNE)
    assert sorted(notices) == list(range(ANNE, ANNE + CHATS))
    assert notices.total() - CHATS <= IN_FLIGHT
