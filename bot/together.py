"""What many ask of the store at the same time is done at once, for it costs nearly as much for one as for all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Generic, TypeVar

from bot.tasks import end

One = TypeVar("One")
Done = TypeVar("Done")
MOST = 500
"""What a statement can be given has an end."""
FINISH_SECONDS = 5.0
"""How long `finish` waits."""


class Together(Generic[One, Done]):
    """Called with one thing each, it does all that came while it was busy, and gives to each what became of its own."""

    def __init__(self, do: Callable[[Sequence[One]], Awaitable[Sequence[Done]]], rest: float = 0.0) -> None:
        """`do` gives the results in the order of the things; what it raises, all of them get. It is not called again
        within `rest` seconds after it was done: one that comes alone waits for nothing, of many more come together."""
        self._do = do
        self._rest = rest
        self._rests_until = 0.0
        self._waiting: list[tuple[One, asyncio.Future[Done]]] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, one: One) -> Done:
        """What became of it. It is done even where nobody waits for it any more."""
        done: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, done))
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await done

    async def finish(self) -> None:
        """Returns when all that came is done; what takes too long is left. Else whoever lets the database go would
        leave a connection open, in use for one who waits no more."""
        if self._task:
            await asyncio.wait([self._task], timeout=FINISH_SECONDS)
        await self.stop()

    async def stop(self) -> None:
        """What is not done by now is left."""
        await end(self._task)

    async def _work(self) -> None:
        try:
            while self._waiting:
                if (rest := self._rests_until - monotonic()) > 0:
                    await asyncio.sleep(rest)
                several = self._waiting[:MOST]
                del self._waiting[:MOST]
                await self._do_some([one for one, _ in several], [done for _, done in several])
                self._rests_until = monotonic() + self._rest
        finally:
            self._task = None

    async def _do_some(self, several: list[One], waiters: list["asyncio.Future[Done]"]) -> None:
        try:
            results = await self._do(several)
        except Exception as fault:
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_exception(fault)
        else:
            for waiter, result in zip(waiters, results, strict=True):
                if not waiter.done():
                    waiter.set_result(result)
