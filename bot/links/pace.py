"""How fast others' servers are asked: one request at a time and host, a pause after each, and few at once in all."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic

PAUSE = 1.0
"""Seconds between two requests to one host."""
AT_ONCE = 6
"""Hosts that are asked at the same time."""


class Pace:
    """Whoever wants to ask a host waits for its turn."""

    def __init__(
        self,
        pause: float = PAUSE,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._pause, self._clock, self._sleep = pause, clock, sleep
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free: defaultdict[str, float] = defaultdict(float)
        self._all = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """One request to the host."""
        async with self._hosts[host]:
            if (wait := self._free[host] - self._clock()) > 0:
                await self._sleep(wait)
            async with self._all:
                try:
                    yield
                finally:
                    self._free[host] = max(self._free[host], self._clock() + self._pause)

    def hold(self, host: str, seconds: float) -> None:
        """Nobody asks the host before so many seconds have gone by."""
        self._free[host] = max(self._free[host], self._clock() + seconds)
