"""Fetches updates from Telegram by long polling: each is safe in the inbox before the next call confirms it."""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram_http import Request
from bot.channels.telegram_notices import CHANNEL
from bot.inbox import Intake
from bot.store_inbox import Incoming
from bot.tasks import end

POLL_SECONDS = 25
"""How long Telegram waits for something to happen before it answers a call with nothing."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before a call that failed is repeated, at most: it doubles with every failure that follows another."""
TOLD_SECONDS = 60.0
"""How often the log is told of failures that go on."""
SILENT_SECONDS = 180.0
"""A call that took so long has got lost somewhere."""

log = logging.getLogger(__name__)


class Polling:
    """Receives for as long as it runs."""

    def __init__(
        self, bot: Bot, request: Request, intake: Intake, kinds: Sequence[str], refused: Callable[[], None]
    ) -> None:
        """`request` has a connection of its own; `kinds` of update are asked for; `refused` is called, and receiving
        ends, where Telegram does not know the token."""
        self._bot = bot
        self._request = request
        self._intake = intake
        self._kinds = kinds
        self._refused = refused
        self._offset = 0
        self._failures = 0
        self._told = 0.0
        self._alive = monotonic()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to receive."""
        self._alive = monotonic()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Receives nothing more. Can be called twice, and without a start."""
        task, self._task = self._task, None
        await end(task)

    @property
    def fault(self) -> str:
        """Why nothing more would ever be received; "": all is well."""
        if self._task and self._task.done():
            return "receiving has ended"
        return "receiving hangs" if monotonic() - self._alive > SILENT_SECONDS else ""

    @property
    def ready(self) -> bool:
        """Whether what is sent to the bot comes here."""
        return not self.fault

    async def _run(self) -> None:
        # While a webhook is set, Telegram refuses polling.
        if not await self._insist(self._without_webhook):
            return
        while await self._insist(self._receive):
            pass

    async def _without_webhook(self) -> None:
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def _receive(self) -> None:
        """One call, and what it gives is safe when this returns."""
        room = asyncio.create_task(self._intake.room())
        while not room.done():
            # That is not silence: the one who is slow is the inbox.
            self._alive = monotonic()
            await asyncio.wait([room], timeout=1.0)
        parameters = {
            "offset": self._offset,
            "timeout": POLL_SECONDS,
            "allowed_updates": list(self._kinds),
        }
        updates: Any = await self._request.post(
            f"{self._bot.base_url}/getUpdates",
            RequestData([RequestParameter.from_input(name, value) for name, value in parameters.items()]),
            read_timeout=POLL_SECONDS + self._request.read_timeout,
        )
        await self._intake.take(kept_of(one) for one in updates)
        if updates:
            self._offset = max(one["update_id"] for one in updates) + 1

    async def _insist(self, call: Callable[[], Awaitable[None]]) -> bool:
        """Calls until it goes well; False: the token is refused."""
        while True:
            self._alive = monotonic()
            try:
                await call()
            except InvalidToken:
                self._refused()
                # The process is about to end; until then this must not look like a fault.
                await asyncio.sleep(SILENT_SECONDS)
                return False
            except TelegramError as fault:
                await asyncio.sleep(self._pause(fault))
            else:
                if self._failures:
                    log.warning("receiving goes on after %d failures", self._failures)
                self._failures = 0
                return True

    def _pause(self, fault: TelegramError) -> float:
        """Seconds until the next call; the log is told, but not each time."""
        self._failures += 1
        if self._failures == 1 or monotonic() - self._told > TOLD_SECONDS:
            self._told = monotonic()
            hint = ": another receives with the same token" if isinstance(fault, Conflict) else ""
            log.warning("polling failed, trying again: %s%s", type(fault).__name__, hint)
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self._failures - 1, 10))
        told = fault._retry_after.total_seconds() if isinstance(fault, RetryAfter) else 0.0
        return told + random.uniform(longest / 2, longest)


def kept_of(update: dict[str, Any]) -> Incoming:
    """An update as the inbox keeps it."""
    return Incoming(update["update_id"], CHANNEL, _chat_of(update), json.dumps(update))


def _chat_of(update: dict[str, Any]) -> str:
    """Whose order counts: the chat's, else that of the one from whom it comes, which names their private chat, too."""
    if typed := update.get("inline_query"):
        # It says nothing in the chat and changes nothing there; it must not wait until what was said there is answered.
        return f"{typed['from']['id']} inline"
    for value in update.values():
        if isinstance(value, dict):
            for place in (value.get("chat"), (value.get("message") or {}).get("chat"), value.get("from")):
                if place:
                    return str(place["id"])
    return ""
