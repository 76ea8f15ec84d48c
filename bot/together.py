"""What many have to write at the same time is written at once, for a transaction costs as much for all as for one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

One = TypeVar("One")


class Together(Generic[One]):
    """Called with one thing each, it writes all that came while it was writing before."""

    def __init__(self, write: Callable[[tuple[One, ...]], Awaitable[None]]) -> None:
        """`write` insists until it has written."""
        self._write = write
        self._waiting: list[One] = []
        self._writing = asyncio.Lock()

    async def __call__(self, one: One) -> None:
        """Returns when it is written."""
        self._waiting.append(one)
        async with self._writing:
            while one in self._waiting:
                several = tuple(self._waiting)
                await self._write(several)
                del self._waiting[: len(several)]
