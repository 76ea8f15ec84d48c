"""Ends a process whose event loop stands still: it would live on deaf, and nobody would start it anew."""

import asyncio
import os
import sys
from threading import Event, Thread
from time import monotonic

from bot.tasks import end

STILL_SECONDS = 120.0
"""For so long no event loop is busy with one thing."""
LOOK_SECONDS = 5.0
BEAT_SECONDS = 1.0


class Watchdog:
    """Watches the loop in which it is started, from a thread of its own."""

    def __init__(self, line: str) -> None:
        """`line` is what is told when it comes to that."""
        self._line = line
        self._beat = 0.0
        self._stopping = Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins; needs a running loop."""
        self._beat = monotonic()
        self._task = asyncio.create_task(self._live())
        Thread(target=self._watch, name="watchdog", daemon=True).start()

    async def stop(self) -> None:
        """Can be called twice, and without a start."""
        self._stopping.set()
        await end(self._task)

    async def _live(self) -> None:
        while True:
            self._beat = monotonic()
            await asyncio.sleep(BEAT_SECONDS)

    def _watch(self) -> None:
        looked = monotonic()
        while not self._stopping.wait(LOOK_SECONDS):
            before, looked = looked, monotonic()
            if looked - before > 3 * LOOK_SECONDS:
                # The whole process was stopped for a while.
                self._beat = looked
            elif looked - self._beat > STILL_SECONDS:
                print(self._line, file=sys.stderr, flush=True)
                os._exit(1)
