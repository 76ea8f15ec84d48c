"""What a running bot erases by itself: chats nobody uses any more, and what was kept or came in long ago."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from bot.config import Settings
from bot.store import Store, utc_now
from bot.store_database import StoreError
from bot.tasks import end

EVERY_SECONDS = 3600.0
"""How long from one look to the next, and from the start to the first: by then a clock that was wrong has been set."""
RECEIVED_DAYS = 2
"""For so long it is known what came in, and what was set aside: Telegram repeats nothing that is a day old."""
LONGEST_JUMP = timedelta(minutes=5)
"""A clock that went on by so much more or less than time did was set: what it says may be wrong."""

log = logging.getLogger(__name__)


class Housekeeping:
    """Erases what is old, once an hour."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        passed: Callable[[], float] = monotonic,
    ) -> None:
        """`clock` gives the moment now, aware; `passed` the seconds since some moment, whatever the clock is set to."""
        self._store = store
        self._inactive = timedelta(days=settings.inactive_days)
        self._unanswered = timedelta(days=settings.unanswered_days)
        self._clock = clock
        self._passed = passed
        self._seen = clock(), passed()
        self._failing = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins, beside whatever else the event loop does."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """What was begun is done whole or not at all."""
        await end(self._task)

    async def tidy(self) -> None:
        """Erases what is old now, unless the clock was set since the last call: a wrong one would erase everything."""
        (moment, seconds), self._seen = self._seen, (self._clock(), self._passed())
        jump = (self._seen[0] - moment) - timedelta(seconds=self._seen[1] - seconds)
        if abs(jump) > LONGEST_JUMP:
            log.warning("the clock was set by %s; nothing old is erased before the next look", jump)
            return
        now = self._seen[0]
        try:
            chats = await self._store.erase_inactive(now - self._inactive) if self._inactive else 0
            questions = await self._store.questions.forget(now - self._unanswered)
            waited = await self._store.inbox.forget(now - timedelta(days=RECEIVED_DAYS))
        except StoreError as error:
            if not self._failing:
                log.error("%s; what is old is erased when that is put right", error)
            self._failing = True
            return
        self._failing = False
        if waited:
            log.warning("erased %d updates that nobody has answered for %d days", waited, RECEIVED_DAYS)
        if chats or questions:
            log.info("erased %d inactive chats and %d kept questions", chats, questions)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self.tidy()
