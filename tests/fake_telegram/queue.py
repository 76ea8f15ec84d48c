"""What has happened in the chats and waits for the bot: handed out by getUpdates or a webhook, kept until confirmed."""

import asyncio
from typing import Any

from tests.fake_telegram.schema import UNASKED


class Queue:
    """Updates in their order."""

    def __init__(self) -> None:
        self.waiting: list[dict[str, Any]] = []
        self.allowed: frozenset[str] | None = None
        """The kinds that the bot wants; None: those that come unasked."""
        self.polls = 0
        """How often the bot has asked."""
        self.count = 0
        """How many updates there were."""
        self.changed = asyncio.Condition()

    def wanted(self) -> list[dict[str, Any]]:
        """Those of the kinds that the bot wants."""
        return [one for one in self.waiting if self._wants(one)]

    def drop_before(self, number: int) -> None:
        """Those with lower numbers are confirmed."""
        self.waiting = [one for one in self.waiting if one["update_id"] >= number]

    def drop(self, number: int) -> None:
        """One is confirmed."""
        self.waiting = [one for one in self.waiting if one["update_id"] != number]

    async def put(self, update: dict[str, Any]) -> None:
        """Something has happened."""
        self.waiting.append(update)
        self.count += 1
        await self.tell()

    async def tell(self) -> None:
        """Wakes all who wait."""
        async with self.changed:
            self.changed.notify_all()

    async def emptied(self) -> None:
        """Waits until the bot has confirmed all updates."""
        async with self.changed:
            await self.changed.wait_for(lambda: not self.wanted())

    async def polled(self) -> None:
        """Waits until the bot has begun to ask for updates."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.polls > 0)

    def _wants(self, update: dict[str, Any]) -> bool:
        kinds = set(update) - {"update_id"}
        return not kinds & UNASKED if self.allowed is None else bool(kinds & self.allowed)
