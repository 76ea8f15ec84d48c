"""Has Telegram bring its updates: sets the webhook where it is not set as it should be, and sees to it from then on."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram_polling import kept_of
from bot.channels.web_webhook import Door
from bot.inbox import Intake
from bot.tasks import end

CONNECTIONS = 40
"""How many updates Telegram brings at the same time, to all replicas together."""
LOOK_SECONDS = 60.0
"""How often it is seen to that the webhook is still set."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds until a call that failed is repeated, at most: it doubles with every failure that follows another."""

log = logging.getLogger(__name__)


class Webhook:
    """Receives for as long as it runs.

    It never takes the webhook away: other replicas may have it as well, and what comes while there is nobody waits at
    Telegram. That is done by `Polling`, when somebody starts the bot without a public address.
    """

    def __init__(
        self, bot: Bot, root: str, door: Door, intake: Intake, kinds: Sequence[str], refused: Callable[[], None]
    ) -> None:
        """`root` is where the door's path is found from outside; `kinds` of update are asked for; `refused` is called,
        and this ends, where Telegram does not know the token."""
        self._bot = bot
        self._url = f"{root}{door.path}"
        self._secret = door.secret
        self._intake = intake
        self._kinds = sorted(kinds)
        self._refused = refused
        self._failures = 0
        self._seen = datetime.now(UTC) - timedelta(seconds=1)
        """The last of Telegram's failures that the log was told of."""
        self._task: asyncio.Task[None] | None = None
        self._is_set = False
        """As far as is known."""
        # From the start to the very end: what comes before there is somebody to handle it, or after, is stored.
        door.take = self._take

    def start(self) -> None:
        """Begins to see to it."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Leaves the webhook as it is. Can be called twice, and without a start."""
        task, self._task = self._task, None
        await end(task)

    @property
    def fault(self) -> str:
        """Why nothing more would ever be received; "": all is well."""
        return "nobody sees to the webhook" if self._task and self._task.done() else ""

    @property
    def ready(self) -> bool:
        """Whether what is sent to the bot comes here."""
        return self._is_set and not self.fault

    async def _take(self, update: dict[str, Any]) -> None:
        await self._intake.keep(kept_of(update))

    async def _run(self) -> None:
        while True:
            try:
                await self._see_to_it()
            except InvalidToken:
                self._refused()
                # The process is about to end; until then this must not look like a fault.
                await asyncio.Event().wait()
            except TelegramError as fault:
                await asyncio.sleep(self._pause(fault))
            else:
                self._failures = 0
                await asyncio.sleep(LOOK_SECONDS)

    async def _see_to_it(self) -> None:
        """Asked first each time: a start of many replicas is then no flood of changes, and disturbs no delivery."""
        now = await self._bot.get_webhook_info()
        allowed = sorted(now.allowed_updates or ())
        self._is_set = (now.url, allowed, now.max_connections) == (self._url, self._kinds, CONNECTIONS)
        if not self._is_set:
            if now.url:
                log.warning("another webhook was set, or in another way; it is replaced")
            await self._bot.set_webhook(
                self._url, max_connections=CONNECTIONS, allowed_updates=self._kinds, secret_token=self._secret
            )
            self._is_set = True
            log.info("the webhook is set")
        elif now.last_error_date and now.last_error_date > self._seen:
            self._seen = now.last_error_date
            log.warning("Telegram could not bring an update, and tries again: %s", now.last_error_message)

    def _pause(self, fault: TelegramError) -> float:
        """Seconds until the next call."""
        self._failures += 1
        # What Telegram says of an address is worth reading; any other text could quote one.
        reason = f": {fault.message}" if isinstance(fault, BadRequest) else ""
        level = logging.WARNING if self._failures == 1 or not self._is_set else logging.DEBUG
        log.log(level, "the webhook could not be seen to, trying again: %s%s", type(fault).__name__, reason)
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self._failures - 1, 10))
        return random.uniform(longest / 2, longest)
