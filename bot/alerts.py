"""What operators should know at once: errors in the log, gathered, so that a storm of them is a message a minute."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from bot.tasks import end

GATHER_SECONDS = 1.0
"""From the first line to the message: what belongs together comes together."""
PAUSE_SECONDS = 60.0
"""From one message to the next."""
LINES = 10
"""How many lines a message shows; the others are counted."""
LETTERS = 300
"""How much of a line it shows."""
OURS = ("bot", "handlers", "knowledge")
"""Only what we log ourselves is told: others' words may quote anything."""

log = logging.getLogger(__name__)


class Alerts(logging.Handler):
    """Takes our errors out of the log, without tracebacks, and has them told. No line of ours quotes a person."""

    def __init__(self, tell: Callable[[list[str], int], Awaitable[None]]) -> None:
        """`tell` is given lines, and how many more there were; it must not log an error itself."""
        super().__init__(logging.ERROR)
        self._tell = tell
        self._lines: deque[str] = deque(maxlen=LINES)
        self._left_out = 0
        self._waiting = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """As logging has it; from any thread."""
        if record.name.partition(".")[0] in OURS and self._loop:
            self._loop.call_soon_threadsafe(self._take, record.getMessage()[:LETTERS])

    def start(self) -> None:
        """From now on errors are told."""
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._run())
        logging.getLogger().addHandler(self)

    async def stop(self) -> None:
        """What has not been told stays in the log."""
        logging.getLogger().removeHandler(self)
        task, self._task = self._task, None
        await end(task)

    def _take(self, line: str) -> None:
        if len(self._lines) < LINES:
            self._lines.append(line)
        else:
            self._left_out += 1
        self._waiting.set()

    async def _run(self) -> None:
        while True:
            await self._waiting.wait()
            await asyncio.sleep(GATHER_SECONDS)
            lines, left_out = list(self._lines), self._left_out
            self._lines.clear()
            self._left_out = 0
            self._waiting.clear()
            await self._tell(lines, left_out)
            await asyncio.sleep(PAUSE_SECONDS)
