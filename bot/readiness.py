"""Whether the bot can do its work now: each part registers a check, and a load balancer asks for all of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic

from bot.store_database import StoreError

CHECK_SECONDS = 3.0
"""A check that takes longer has failed."""
KEPT_SECONDS = 1.0
"""For so long an outcome is given again, so that many questions are no more work than one."""

Check = Callable[[], Awaitable[bool]]
"""Whether a part can do its work; StoreError counts as no."""
log = logging.getLogger(__name__)


class Readiness:
    """The checks, by the names under which they are told."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self._outcomes: dict[str, bool] = {}
        self._not_before = 0.0
        self._looking = asyncio.Lock()

    def register(self, name: str, check: Check) -> None:
        """From now on the bot is ready only while this check, too, says so."""
        self._checks[name] = check

    async def look(self) -> dict[str, bool]:
        """Name -> whether it is well. The log is told when that changes."""
        async with self._looking:
            if monotonic() >= self._not_before:
                self._outcomes = {name: await self._outcome(name) for name in self._checks}
                self._not_before = monotonic() + KEPT_SECONDS
            return self._outcomes

    async def _outcome(self, name: str) -> bool:
        reason = ""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                well = await self._checks[name]()
        except (TimeoutError, StoreError) as error:
            well, reason = False, f": {error}" if str(error) else ": it takes too long to answer"
        if well != self._outcomes.get(name, True):
            log.warning("%s is %s%s", name, "well again" if well else "not well, so the bot is not ready", reason)
        return well
