"""The base read anew while the bot runs: loaded beside the old one, and taken over at once if it is sound."""

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.streams import is_terminal
from bot.conversation import Conversation
from bot.folders import cache_folder
from bot.metrics import RELOADS
from handlers.dialogue import Dialogue, load_dialogue
from handlers.keeping import Keeping
from knowledge.changes import digest
from knowledge.loading import KnowledgeError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reloaded:
    """What came of reading the base anew."""

    version: str
    """Of the base that is answered from now on."""
    faults: tuple[str, ...] = ()
    """Where there are some, that is the base from before."""


class Reloader:
    """Reads the base of a conversation anew."""

    def __init__(self, conversation: Conversation, root: Path) -> None:
        """`root` is the folder from which the conversation's dialogue was loaded, just before."""
        self._conversation = conversation
        self._root = root
        self._version = ""
        self._reading = asyncio.Lock()
        self.read_at = datetime.now(UTC)
        """When the base that is answered from was read."""

    async def version(self) -> str:
        """The digest of the base that is answered from, as `vejviser check` has it."""
        async with self._reading:
            # Not at once, for a start does not wait for it.
            self._version = self._version or await asyncio.to_thread(digest, self._root)
        return self._version

    async def reload(self) -> Reloaded:
        """Takes over the base as it is now saved. One with faults is told in the log, and the one from before stays."""
        await self.version()
        async with self._reading:
            before = self._conversation.dialogue
            try:
                now, version = await asyncio.to_thread(_read, self._root, before.keeping)
            except KnowledgeError as error:
                RELOADS.labels("refused").inc()
                log.error("the base has faults and is not taken over; nothing of it is announced:")
                for fault in error.faults:
                    log.error("%s", fault)
                return Reloaded(self._version, tuple(str(one) for one in error.faults))
            now.today = before.today
            self._conversation.dialogue = now
            self._version, self.read_at = version, datetime.now(UTC)
        _freeze()
        RELOADS.labels("taken").inc()
        log.info("the base was read anew: version %s", version)
        return Reloaded(version)


class ReloadSignal:
    """SIGHUP has the base read anew, as with other servers."""

    def __init__(self, reload: Callable[[], Awaitable[Reloaded]]) -> None:
        self._reload = reload
        self._tasks: set[asyncio.Future[Reloaded]] = set()
        self._on_terminal = is_terminal(sys.stdin)

    def start(self) -> None:
        """From now on; Windows knows no such signal."""
        if hasattr(signal, "SIGHUP"):
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._hung_up)

    async def stop(self) -> None:
        """The signal ends the program again."""
        if hasattr(signal, "SIGHUP"):
            with suppress(NotImplementedError):
                asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hung_up(self) -> None:
        if self._on_terminal and not is_terminal(sys.stdin):
            # The window was closed: who started the bot in it by hand does not expect it to live on.
            os.kill(os.getpid(), signal.SIGTERM)
            return
        task = asyncio.ensure_future(self._reload())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _read(root: Path, keeping: Keeping) -> tuple[Dialogue, str]:
    version = digest(root)
    return load_dialogue(root, cache_folder(), keeping), version


def _freeze() -> None:
    """Where the first base was kept from the collector, so is this one; the old one holds no circle and goes."""
    if gc.get_freeze_count():
        gc.freeze()
