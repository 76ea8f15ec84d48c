"""Notices on their way: what is due is claimed, composed, sent and settled; none is lost, hardly any is sent twice."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from time import monotonic
from typing import TypeVar

from bot.announcing import REFRESH_SECONDS
from bot.channels.base import Moved, NotSent, Refused, Sender, Unreachable, Wait
from bot.metrics import NOTICES
from bot.store import Store
from bot.store_database import StoreError
from bot.store_outbox import Parcel
from bot.together import Together
from handlers.memory import Scope
from handlers.notice import compose
from handlers.reply import Reply
from knowledge.library import Library
from knowledge.model import LANGUAGES

IN_FLIGHT = 8
"""How many chats are sent to at the same time: no more than these can be told twice when the process is killed."""
CLAIMED = 32
"""How many chats are claimed at a time."""
LEASE = timedelta(minutes=3)
"""For so long what is claimed is nobody else's. After a crash it waits for the lease's end."""
SEND_SECONDS = 60.0
"""No sending takes longer, so that it ends within the lease."""
IDLE_SECONDS = 5.0
"""Where nothing is due, how long until the next look."""
STORE_SECONDS = 5.0
"""How long until a store that failed is tried again."""
TRIES = 20
"""How often a notice is tried before it is set aside: that takes about five hours without network."""
REFUSED_TRIES = 3
"""The same where the other side answers, and does not take it."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0
"""Seconds before the second try at most, and before any later one: it doubles from try to try."""
LONGEST_REST = 60.0
"""Seconds that the whole channel rests at most when one fault follows another: then it is not the chat's."""
UNKNOWN_TRIES = 10
"""So often it is looked for, a minute apart, before it is dropped: `vejviser announce`, or another process that was
updated first, may know a newer base."""
STOP_SECONDS = 20.0
"""How long a stop waits for what is being sent."""

Base = Callable[[set[str]], Awaitable[Library]]
"""Gives the base, read anew where it lacks one of these updates; see `bot.announcing.Announcer.library_with`."""
Done = TypeVar("Done")
log = logging.getLogger(__name__)


class Delivery:
    """Delivers the notices of one channel, beside others that may do the same from the same database."""

    def __init__(
        self,
        store: Store,
        sender: Sender,
        base: Base,
        language: str = LANGUAGES[0],
        lease: timedelta = LEASE,
    ) -> None:
        """`language` is for chats that have not shown theirs."""
        self._store = store
        self._sender = sender
        self._base = base
        self._language = language
        self._lease = lease
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._not_before = 0.0
        """The channel rests until then; monotonic."""
        self._faults = 0
        """How many came one after the other."""
        self._stuck = 0
        """How many wait for a store that fails."""
        self._settle = Together(self._settle_all)
        """Returns when a parcel is settled."""

    def start(self) -> None:
        """Begins to deliver, beside whatever else the event loop does."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finishes what is being sent and gives the rest back; what takes too long is given up. Can be called twice."""
        self._stopping.set()
        if self._task is None:
            return
        task, self._task = self._task, None
        await asyncio.wait([task], timeout=STOP_SECONDS)
        task.cancel()
        await asyncio.wait([task])
        await self._settle.stop()
        try:
            await self._store.outbox.release()
        except StoreError as error:
            log.error("%s; what was claimed is free again in %s", error, self._lease)

    async def deliver(self) -> None:
        """Delivers all that is due; returns when nothing more is, or when it is stopped."""
        parcels: asyncio.Queue[tuple[Parcel, float] | None] = asyncio.Queue(IN_FLIGHT)
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT):
                group.create_task(self._work(parcels))
            while claimed := await self._claim():
                # What waits longer is left to the lease's end: who claims it then must not meet a second sender.
                begin_before = monotonic() + self._lease.total_seconds() / 2
                for parcel in claimed:
                    await parcels.put((parcel, begin_before))
            for _ in range(IN_FLIGHT):
                await parcels.put(None)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.deliver()
            except Exception:
                # Whatever it is, notices must not end for good while the bot goes on.
                log.exception("delivery failed and begins anew")
            await self._sleep(IDLE_SECONDS)

    async def _claim(self) -> list[Parcel]:
        await self._rested()
        if self._stopping.is_set():
            return []
        return await self._insist(lambda: self._store.outbox.claim(self._sender.name, CLAIMED, self._lease))

    async def _work(self, parcels: "asyncio.Queue[tuple[Parcel, float] | None]") -> None:
        while one := await parcels.get():
            parcel, begin_before = one
            await self._rested()
            if not self._stopping.is_set() and monotonic() < begin_before:
                await self._deliver(parcel)

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            left, reply = await self._composed(parcel)
            if reply:
                async with asyncio.timeout(min(SEND_SECONDS, self._lease.total_seconds() / 2)):
                    await self._sender.send(left.chat, reply, left.topic)
        except (NotSent, TimeoutError) as fault:
            self._count(type(fault).__name__)
            await self._not_sent(parcel, fault)
        except Exception as fault:
            # A mistake in the program. Only its kind: its text could quote the chat.
            self._count("Fault")
            await self._set_aside(parcel, type(fault).__name__, tries=1)
        else:
            if reply:
                self._count("Sent")
                self._faults = 0
                await self._settle(left)

    def _count(self, result: str) -> None:
        NOTICES.labels(self._sender.name, result.casefold()).inc()

    async def _composed(self, parcel: Parcel) -> tuple[Parcel, Reply | None]:
        """The parcel without updates that the base does not have, and its notice; None: nothing is left."""
        library = await self._base({one.update for one in parcel.notices})
        known, unknown = parted(parcel, library)
        if unknown.notices:
            await self._drop(unknown)
        return known, notice_of(known, library, self._language) if known.notices else None

    async def _drop(self, parcel: Parcel) -> None:
        if attempts(parcel) < UNKNOWN_TRIES:
            await self._postpone(parcel, REFRESH_SECONDS, tried=1)
            return
        names = ", ".join(one.update for one in parcel.notices)
        log.warning("not sent, for the base has no such update any more: %s", names)
        await self._settle(parcel)

    async def _not_sent(self, parcel: Parcel, fault: Exception) -> None:
        match fault:
            case Wait(seconds=seconds):
                log.info("the channel is told to wait %.0f seconds", seconds)
                self._rest(seconds)
                await self._postpone(parcel, seconds, tried=0)
            case Unreachable():
                log.info("a chat cannot be reached; its notices wait until it is back")
                await self._insist(lambda: self._store.pause(parcel.channel, parcel.chat))
            case Moved(chat=new):
                await self._insist(lambda: self._store.move(parcel.channel, parcel.chat, new))
                # Where the new name was known already the notices are that chat's, and free when the lease ends.
                await self._postpone(parcel, 0, tried=0)
            case _:
                await self._try_again(parcel, fault)

    async def _try_again(self, parcel: Parcel, fault: Exception) -> None:
        """Later, the later the more often it was tried; at last it is the operator's."""
        kind = str(fault) or type(fault).__name__
        tries = attempts(parcel) + 1
        if tries >= (REFUSED_TRIES if isinstance(fault, Refused) else TRIES):
            await self._set_aside(parcel, kind, tries)
            return
        log.info("a notice is tried again later: %s", kind)
        if not isinstance(fault, Refused):
            self._faults += 1
            self._rest(random.uniform(0, min(LONGEST_REST, 2.0**self._faults - 1)))
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (tries - 1))
        await self._postpone(parcel, random.uniform(0, longest), tried=1)

    async def _set_aside(self, parcel: Parcel, kind: str, tries: int) -> None:
        log.error("a notice is set aside after %d tries: %s; see: vejviser outbox", tries, kind)
        await self._insist(lambda: self._store.outbox.set_aside(parcel, kind))

    def _rest(self, seconds: float) -> None:
        self._not_before = max(self._not_before, monotonic() + seconds)

    async def _postpone(self, parcel: Parcel, seconds: float, tried: int) -> None:
        after, tries = timedelta(seconds=seconds), attempts(parcel) + tried
        await self._insist(lambda: self._store.outbox.postpone(parcel, after, tries))

    async def _settle_all(self, parcels: Sequence[Parcel]) -> list[None]:
        await self._insist(lambda: self._store.outbox.settle(*parcels))
        return [None] * len(parcels)

    async def _insist(self, attempt: Callable[[], Awaitable[Done]]) -> Done:
        """What the store does, as soon as it can; while it cannot, nothing is sent and the log is told once."""
        try:
            return await attempt()
        except StoreError as error:
            self._stuck += 1
            if self._stuck == 1:
                log.error("%s; until that is put right, no notice is sent and none is lost", error)
        try:
            while True:
                await asyncio.sleep(STORE_SECONDS)
                with suppress(StoreError):
                    return await attempt()
        finally:
            self._stuck -= 1
            if not self._stuck:
                log.warning("the store has been waited for; notices go on")

    async def _rested(self) -> None:
        """Waits until the channel may send again, or is to stop."""
        while not self._stopping.is_set() and (left := self._not_before - monotonic()) > 0:
            await self._sleep(left)

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return


def parted(parcel: Parcel, library: Library) -> tuple[Parcel, Parcel]:
    """What the base can tell of the parcel, and what it cannot."""
    updates = {one.id for one in library.updates}
    known, unknown = (tuple(one for one in parcel.notices if (one.update in updates) is told) for told in (True, False))
    return replace(parcel, notices=known), replace(parcel, notices=unknown)


def notice_of(parcel: Parcel, library: Library, language: str) -> Reply:
    """The parcel's notice in its chat's language, else in `language`. The base must have all of its updates."""
    spoken = parcel.language if parcel.language in LANGUAGES else language
    return _worded(library, tuple((one.update, one.scope) for one in parcel.notices), spoken)


@lru_cache(maxsize=64)
def _worded(library: Library, told: tuple[tuple[str, Scope], ...], language: str) -> Reply:
    """Worded once for all chats that are told the same."""
    updates = {one.id: one for one in library.updates}
    return compose(library, [(updates[update], scope) for update, scope in told], language)


def attempts(parcel: Parcel) -> int:
    """How often the parcel was tried before."""
    return max(one.attempts for one in parcel.notices)
