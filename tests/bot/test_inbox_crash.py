"""`vejviser run`, killed with five hundred updates in hand: none is lost, and hardly any is answered twice."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.config import Settings
from bot.inbox import AT_ONCE
from bot.store import Store
from tests.bot.process import COMMAND, ROOT
from tests.delivering import environment_for
from tests.drivers import TelegramDriver
from tests.fake_telegram import FakeTelegram

ASKED = {"hvad gør Kolding?": "Kolding har ", "hvad gør Aarhus?": "Aarhus har ", "hvad er et netværk?": "etværk",
         "hvem har en mentorordning?": "Roskilde", "hvad gør Roskilde?": "Roskilde"}  # fmt: skip
CHATS = 100
KILLS = 3
PATIENCE = 120.0


@asynccontextmanager
async def answering(settings: Settings, fake: FakeTelegram) -> AsyncIterator[None]:
    """A process that answers, killed at the end."""
    quiet = {"VEJVISER_WEB": "off", "VEJVISER_ANNOUNCE": "off", "VEJVISER_LOG_LEVEL": "ERROR"}
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "run", cwd=ROOT, env={**environment_for(settings, fake.root), **quiet}
    )
    try:
        yield
    finally:
        process.kill()
        await process.wait()


async def answered(fake: FakeTelegram, more: int) -> None:
    """Waits until so many are."""
    count = len(fake.sent) + more
    async with asyncio.timeout(PATIENCE):
        while len(fake.sent) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.002)


async def test_killed_with_five_hundred_updates_in_hand_nothing_is_lost(settings: Settings, fake: FakeTelegram) -> None:
    person = TelegramDriver(fake, fake.delivered)
    for question in ASKED:
        for chat in range(1, CHATS + 1):
            await person.say(question, chat=chat)
    chance = random.Random(7)
    for kill in range(KILLS):
        async with answering(settings, fake):
            await answered(fake, 1)
            if not kill:
                await fake.delivered()
            await asyncio.sleep(chance.uniform(0, 0.1))
    before = len(fake.sent)
    assert before < CHATS * len(ASKED)
    store = await Store.open(settings)
    async with answering(settings, fake), asyncio.timeout(PATIENCE):
        while (figures := await store.inbox.figures()).waiting or figures.leased:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await store.close()
    assert figures.failed == ()
    for chat in range(1, CHATS + 1):
        told = iter([one.text for one in fake.sent if one.chat == chat])
        assert all(any(has in text for text in told) for has in ASKED.values()), chat
    doubles = Counter(one.chat for one in fake.sent).total() - CHATS * len(ASKED)
    assert 0 <= doubles <= KILLS * AT_ONCE
