"""Keeps the order of what comes from Telegram: within a chat one after the other, chats side by side."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 256
"""How many updates are in work at the same time, over all chats."""


class InChatOrder(BaseUpdateProcessor):
    """Updates of one chat one after the other, those of different chats side by side."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        # A lock lives for as long as an update of its chat is in work.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Waits for the chat's earlier updates, then does this one."""
        # An inline query has no chat: then it is in the order of the person.
        where = (update.effective_chat or update.effective_user) if isinstance(update, Update) else None
        number = where.id if where else 0
        lock = self._locks.setdefault(number, asyncio.Lock())
        async with lock:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""
