"""Updates become notices: what the base tells and was not announced yet is queued, at the start and after an edit."""

import asyncio
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from time import monotonic

from watchfiles import awatch

from bot.conversation import Conversation
from bot.reloading import Reloaded, Reloader
from bot.store import Store
from bot.store_database import StoreError
from knowledge.library import Library
from knowledge.model import Update
from knowledge.understanding import Understander

QUIET_SECONDS = 60.0
"""For so long nobody has written to the base before it is read anew: an editor saves more than once."""
REFRESH_SECONDS = 60.0
"""How often at most the base is read anew for an update that it does not have."""
STORE_SECONDS = 30.0
"""How long until a store that failed is tried again."""

log = logging.getLogger(__name__)


def digest_of(update: Update) -> str:
    """What tells two wordings of an update apart; `base` is an editor's mark and counts for nothing."""
    told = {name: value for name, value in asdict(update).items() if name != "base"}
    return sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def reworded(updates: Iterable[Update], announced: dict[str, str]) -> list[Update]:
    """Those that were announced with another wording than they have now."""
    return [one for one in updates if announced.get(one.id, digest_of(one)) != digest_of(one)]


async def new_updates(store: Store, library: Library) -> list[Update]:
    """Those that were not announced yet, oldest first; none of a database that has never begun. Raises StoreError."""
    if not await store.outbox.begun():
        return []
    announced = await store.outbox.announced()
    return [one for one in reversed(library.updates) if one.id not in announced]


async def announce(store: Store, library: Library) -> list[tuple[str, int]]:
    """Queues the new updates; returns (id, how many chats) of each that nobody else has queued meanwhile.

    The first time on a database, what the base tells counts as old. Raises StoreError.
    """
    await store.outbox.begin([(one.id, digest_of(one)) for one in library.updates])
    queued = []
    for update in await new_updates(store, library):
        count = await store.outbox.announce(update.id, digest_of(update), library.touched(update))
        if count is not None:
            queued.append((update.id, count))
    return queued


async def catch_up(store: Store, library: Library, automatic: bool) -> list[tuple[str, int]]:
    """Announces the new updates as `announce` does; not `automatic`: only takes what is there the first time for old.

    Raises StoreError.
    """
    if automatic:
        return await announce(store, library)
    await store.outbox.begin([(one.id, digest_of(one)) for one in library.updates])
    return []


class Announcer:
    """Announces for a running bot, and has it answer from the base as it was last saved."""

    def __init__(self, conversation: Conversation, store: Store, root: Path, automatic: bool) -> None:
        """`root` is the base's folder; `automatic` False: only `vejviser announce` announces."""
        self._conversation = conversation
        self._store = store
        self._root = root
        self._automatic = automatic
        self.reloader = Reloader(conversation, root)
        self._tasks: list[asyncio.Task[None]] = []
        self._failing = False
        self._due = asyncio.Event()
        self._looking = asyncio.Lock()
        self._refreshed = -REFRESH_SECONDS

    def start(self) -> None:
        """Announces what is new, and goes on with whatever is saved later."""
        self._due.set()
        self._tasks = [asyncio.create_task(one) for one in (self._announce(), self._watch(), self._know_version())]

    async def stop(self) -> None:
        """Nothing that was begun stays half done: an update is queued whole or not at all."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def library(self) -> Library:
        """The base as it was last read."""
        return self._conversation.dialogue.library

    def understander(self) -> Understander:
        """What reads questions over it."""
        return self._conversation.dialogue.understander

    async def announce(self) -> bool:
        """Announces what is new; False: the store has failed, which the log is told once."""
        try:
            for update, count in await catch_up(self._store, self.library(), self._automatic):
                log.info("announced %s to %d chats", update, count)
        except StoreError as error:
            if not self._failing:
                log.error("%s; new updates are announced when that is put right", error)
            self._failing = True
            return False
        self._failing = False
        return True

    async def library_with(self, updates: set[str]) -> Library:
        """The base; where it lacks one of these updates it is read anew first, at most once a minute."""
        async with self._looking:
            lacking = not updates <= {one.id for one in self.library().updates}
            if lacking and monotonic() >= self._refreshed + REFRESH_SECONDS:
                await self.reloader.reload()
                self._refreshed = monotonic()
        return self.library()

    async def refresh(self) -> Reloaded:
        """Reads the base anew, and has announced what is new in it. One with faults changes nothing."""
        outcome = await self.reloader.reload()
        if not outcome.faults:
            self._due.set()
        return outcome

    async def _know_version(self) -> None:
        """Soon, while what is saved still is what was loaded."""
        await self.reloader.version()

    async def _announce(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            while not await self.announce():  # noqa: ASYNC110 - there is nothing to be told by
                await asyncio.sleep(STORE_SECONDS)

    async def _watch(self) -> None:
        saved = False
        quiet = round(QUIET_SECONDS * 1000)
        try:
            folders = (self._root / "data", self._root / "phrases")
            async for changes in awatch(*folders, rust_timeout=quiet, yield_on_timeout=True):
                if changes:
                    saved = True
                elif saved:
                    saved = False
                    await self.refresh()
        except (OSError, RuntimeError) as error:
            log.warning("the base's folder cannot be watched (%s); a restart takes over what is saved", error)
