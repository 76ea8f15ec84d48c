"""How fast Telegram is written to: as it says, chat by chat, so that one that has to wait makes nobody else wait."""

import asyncio
from collections.abc import Callable, Coroutine
from math import ceil
from time import monotonic
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

PACE = 1 / 30
"""Seconds from one message to the next, over all chats: Telegram allows about thirty a second."""
AHEAD_SECONDS = 1.0
"""Replies put off what is not urgent by so much at most."""
CALM_SECONDS = 60.0
"""After Telegram told several chats to wait, replies keep to the pace for so long, too."""
GROUP_SECONDS, GROUP_BURST = 3.0, 20
"""A group takes twenty messages a minute."""
REMEMBERED = 1000
"""Of more chats than these, those that need not wait are forgotten."""
Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Pace(BaseRateLimiter[int]):
    """What is sent patiently (`rate_limit_args`: so many times it waits) waits for as long as Telegram says; the rest
    raises RetryAfter at once, and keeps to PACE."""

    def __init__(self) -> None:
        self._waits: dict[object, float] = {}
        """Until when a chat was told to wait; monotonic."""
        self._all_wait = 0.0
        """The same of all chats: several were told so at once."""
        self._groups: dict[object, float] = {}
        """When a group would have room for a whole burst again."""
        self._next = 0.0
        """When the next message is due that keeps to PACE."""
        self._calm = 0.0

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Raises what the call raises."""
        # What is asked of a chat is no message in it.
        chat = None if endpoint.startswith("get") else data.get("chat_id")
        patience = rate_limit_args or 0
        while True:
            await self._in_turn(chat, bool(patience))
            while await self._waited(chat, bool(patience)):
                await self._in_turn(chat, bool(patience))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as told:
                self._told(chat, told._retry_after.total_seconds(), bool(patience))
                if not patience:
                    raise
                patience -= 1

    async def _waited(self, chat: object, patient: bool) -> bool:
        """Whether there was a time to wait for, which is over now."""
        if chat is None and not patient:
            # A query that is answered is no message, and whoever pressed or typed waits for it.
            return False
        left = max(self._waits.get(chat, 0.0), self._all_wait if chat is not None else 0.0) - monotonic()
        if left <= 0:
            return False
        if not patient:
            # To ask too early would make the time longer.
            raise RetryAfter(ceil(left))
        await asyncio.sleep(left)
        return True

    async def _in_turn(self, chat: object, patient: bool) -> None:
        """Replies go at once, and put off what is not urgent."""
        if chat is None:
            return
        now = monotonic()
        at = max(self._next, now)
        if patient and now >= self._calm:
            at, self._next = now, min(at + PACE, now + AHEAD_SECONDS)
        else:
            self._next = at + PACE
        if isinstance(chat, int) and chat < 0:
            empty = max(self._groups.get(chat, 0.0), now)
            at = max(at, empty - GROUP_SECONDS * (GROUP_BURST - 1))
            self._groups[chat] = empty + GROUP_SECONDS
            _forget(self._groups, now)
        if at > now:
            await asyncio.sleep(at - now)

    def _told(self, chat: object, seconds: float, patient: bool) -> None:
        now = monotonic()
        until = now + seconds
        if not patient or any(end > now for other, end in self._waits.items() if other != chat):
            # Telegram does not say whether it is one chat or all. A notice is one of many, to as many chats; and where
            # two chats are told so at the same time, it is all.
            self._all_wait = max(self._all_wait, until)
            self._calm = max(self._calm, until + CALM_SECONDS)
        self._waits[chat] = max(self._waits.get(chat, 0.0), until)
        _forget(self._waits, now)


def _forget(moments: dict[object, float], now: float) -> None:
    if len(moments) > REMEMBERED:
        for one in [one for one, moment in moments.items() if moment <= now]:
            del moments[one]
