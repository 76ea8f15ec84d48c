"""Operators are told of errors: soon, together, and however many there are, a message at a time."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator

import pytest

from bot import alerts
from bot.alerts import LINES, Alerts
from tests.drivers import PATIENCE

log = logging.getLogger("bot.test")


class Told:
    """What operators were told, message by message."""

    def __init__(self) -> None:
        self.messages: list[tuple[list[str], int]] = []
        self._new = asyncio.Event()

    async def tell(self, lines: list[str], left_out: int) -> None:
        self.messages.append((lines, left_out))
        self._new.set()

    async def next(self) -> tuple[list[str], int]:
        """The next message."""
        async with asyncio.timeout(PATIENCE):
            await self._new.wait()
        self._new.clear()
        return self.messages[-1]


@pytest.fixture
async def told(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Told]:
    """With hardly any waiting."""
    monkeypatch.setattr(alerts, "GATHER_SECONDS", 0.05)
    monkeypatch.setattr(alerts, "PAUSE_SECONDS", 0.2)
    told = Told()
    service = Alerts(told.tell)
    service.start()
    yield told
    await service.stop()


async def test_errors_of_ours_are_told_and_nothing_else(told: Told) -> None:
    log.warning("no error")
    logging.getLogger("aiohttp").error("what others say")
    try:
        raise KeyError("what a person wrote")
    except KeyError:
        log.exception("fault %s", "1a2b3c4d")
    assert await told.next() == (["fault 1a2b3c4d"], 0)


async def test_a_storm_is_one_message_and_then_another(told: Told) -> None:
    for number in range(10_000):
        log.error("fault %d", number)
    lines, left_out = await told.next()
    assert lines == [f"fault {number}" for number in range(LINES)]
    assert left_out == 10_000 - LINES
    for number in range(3):
        log.error("again %d", number)
    assert await told.next() == (["again 0", "again 1", "again 2"], 0)
    assert len(told.messages) == 2


async def test_another_thread_is_heard(told: Told) -> None:
    thread = threading.Thread(target=log.error, args=("from a thread",))
    thread.start()
    thread.join()
    assert await told.next() == (["from a thread"], 0)


async def test_after_the_end_nothing_is_told() -> None:
    told = Told()
    service = Alerts(told.tell)
    service.start()
    await service.stop()
    log.error("late")
    await asyncio.sleep(0)
    assert told.messages == []
    assert service not in logging.getLogger().handlers
