"""What came in, on its way to its answer: stored first, then handled; in order within a chat, chats side by side."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

from bot.store import Store
from bot.store_database import StoreError
from bot.store_inbox import Claimed, Incoming
from bot.together import Together

AT_ONCE = 64
"""How many chats are answered at the same time; no more than these can be answered twice when the process is killed."""
MOST_IN_HAND = 10_000
"""What is more than this is left to the database, or to Telegram."""
CLAIMED_CHATS = 100
"""How many chats are claimed at a time."""
LEASE = timedelta(seconds=30)
"""For so long what is claimed is nobody else's; a running process prolongs it in time."""
TICK_SECONDS = 10.0
LOOK_SECONDS = 1.0
"""How often a process looks for what others have left, where there are several."""
REST_SECONDS = 0.2
"""After so long it looks where it has left something itself, because another one was at that chat; then ever later."""
HANDLE_SECONDS = 900.0
"""Nothing takes longer; Telegram may tell to wait for minutes."""
SUSPECT, GIVEN_UP = 2, 4
"""Attempts (see `Claimed`): from the first on, a thing is handled while nothing else is that is suspect, too; with the
second it is given up, for each time the process was killed."""
STORE_SECONDS = 10.0
"""After the store has failed, what comes in does without it for so long, for each would wait for the same failure."""
KILLED = "the process was killed"
STOP_SECONDS = 20.0
"""How long a stop waits for what is in hand."""

Handle = Callable[[str], Awaitable[str]]
"""Handles a payload; where it failed tells the kind of fault, without anything of the chat."""
log = logging.getLogger(__name__)


@dataclass
class _Lane:
    """What is in hand of one chat."""

    waiting: deque[Claimed] = field(default_factory=deque)
    busy: bool = False

    def add(self, one: Claimed) -> None:
        """In its place: hardly ever is something late."""
        self.waiting.append(one)
        if len(self.waiting) > 1 and self.waiting[-2].number > one.number:
            self.waiting = deque(sorted(self.waiting, key=lambda each: each.number))


class Intake:
    """Takes what comes in and has it handled; beside others that do the same from the same database, where `shared`."""

    def __init__(self, store: Store, handle: Handle, shared: bool = False) -> None:
        """Not `shared`: this process alone receives, so what others had in hand is its own when it starts."""
        self._inbox = store.inbox
        self._handle = handle
        self._shared = shared
        self._lanes: dict[int, _Lane] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        """The lanes of which something can be begun; each is handled once and then stands at the end again."""
        self._in_hand = 0
        self._finished = asyncio.Condition()
        self._unstored: set[int] = set()
        """In hand, and in no database."""
        self._keep = Together(self._keep_all, store.database.rest)
        self._storing = asyncio.Lock()
        self._settle = Together(self._settle_all, store.database.rest)
        self._unsettled: dict[int, str] = {}
        """Handled, but the store does not know: their numbers, and for what kind of fault they are set aside."""
        self._suspects = asyncio.Lock()
        self._failing = False
        self._rests_until = 0.0
        self._meanwhile = "left to the sender" if shared else "answered at once instead of stored"
        self._look = asyncio.Event()
        self._pause = REST_SECONDS
        self._workers: list[asyncio.Task[None]] = []
        self._beside: list[asyncio.Task[None]] = []
        self._progress = monotonic()

    def start(self) -> None:
        """Begins to handle what waits, and what comes."""
        self._workers = [asyncio.create_task(self._work()) for _ in range(AT_ONCE)]
        self._beside = [asyncio.create_task(one) for one in (self._claim_on(), self._tick())]

    async def stop(self) -> None:
        """Finishes what is in hand; what takes too long stays stored. Can be called twice, and without a start."""
        tasks, self._workers, self._beside = [*self._beside, *self._workers], [], []
        if not tasks:
            return
        tasks[0].cancel()
        async with self._storing:
            # What is just being stored was claimed with it, and is in hand after that.
            pass
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self.idle()
        except TimeoutError:
            log.warning("%d updates are left to the next start", self._in_hand)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await self._settle.finish()
        await self._settle_left()
        try:
            await self._inbox.release()
        except StoreError as error:
            log.error("%s; what was claimed is free again in %s", error, LEASE)

    async def take(self, incoming: Iterable[Incoming]) -> None:
        """Returns when all of it is safe: stored, or where the store fails, handled."""
        several = list(incoming)
        if monotonic() < self._rests_until:
            await self._handled(several)
            return
        try:
            await self._store(several)
        except StoreError as error:
            self._fails(error)
            await self._handled(several)

    async def keep(self, incoming: Incoming) -> None:
        """Returns when it is stored, be it before the start or after the end. Raises StoreError where it is not."""
        await self._keep(incoming)

    async def _keep_all(self, several: Sequence[Incoming]) -> list[None]:
        try:
            async with self._storing:
                await self._store(several)
        except StoreError as error:
            self._fails(error)
            raise
        return [None] * len(several)

    async def _store(self, several: Sequence[Incoming]) -> None:
        """Raises StoreError."""
        room = bool(self._workers) and (self._in_hand < MOST_IN_HAND or not self._shared)
        claimed = await self._inbox.add(several, LEASE if room else None)
        self._works()
        if self._shared and {one.number for one in several} - {one.number for one in claimed}:
            self._pause = REST_SECONDS
            self._look.set()
        self._queue(claimed)

    async def room(self) -> None:
        """Waits until more can be taken in hand."""
        async with self._finished:
            await self._finished.wait_for(lambda: self._in_hand < MOST_IN_HAND)

    async def idle(self) -> None:
        """Waits until nothing is in hand."""
        async with self._finished:
            await self._finished.wait_for(lambda: not self._in_hand)

    @property
    def fault(self) -> str:
        """Why nothing more would ever be handled; "": all is well."""
        if any(task.done() for task in (*self._workers, *self._beside[1:])):
            return "a worker has ended"
        if self._in_hand and monotonic() - self._progress > HANDLE_SECONDS + 60:
            return "no update was finished for a long time"
        return ""

    def _queue(self, several: Iterable[Claimed]) -> None:
        for one in several:
            if not self._in_hand:
                self._progress = monotonic()
            lane = self._lanes.setdefault(one.lane, _Lane())
            if not lane.busy and not lane.waiting:
                self._ready.put_nowait(one.lane)
            lane.add(one)
            self._in_hand += 1

    async def _handled(self, several: list[Incoming]) -> None:
        """Handles without the store."""
        lanes = [self._inbox.lane_of(one) for one in several]
        mine = {one.number for one in several} - self._unstored
        self._unstored |= mine
        self._queue(
            Claimed(one.number, lane, one.payload)
            for one, lane in zip(several, lanes, strict=True)
            if one.number in mine
        )
        async with self._finished:
            await self._finished.wait_for(lambda: not mine & self._unstored)

    async def _work(self) -> None:
        while True:
            number = await self._ready.get()
            lane = self._lanes[number]
            one = lane.waiting.popleft()
            lane.busy = True
            await self._do(one)
            lane.busy = False
            if lane.waiting:
                self._ready.put_nowait(number)
            else:
                del self._lanes[number]
            self._in_hand -= 1
            self._progress = monotonic()
            async with self._finished:
                self._finished.notify_all()

    async def _do(self, one: Claimed) -> None:
        """From the first look at it to when it is settled."""
        suspect = one.attempts >= SUSPECT
        async with self._suspects if suspect else nullcontext():
            if one.attempts >= GIVEN_UP:
                await self._finish(one, KILLED)
            elif not one.attempts or await self._begun(one):
                await self._finish(one, await self._outcome(one))

    async def _begun(self, one: Claimed) -> bool:
        try:
            return await self._inbox.begin(one.number)
        except StoreError as error:
            self._fails(error)
            return True

    async def _outcome(self, one: Claimed) -> str:
        try:
            async with asyncio.timeout(HANDLE_SECONDS):
                return await self._handle(one.payload)
        except Exception as fault:
            # Only its kind: its text could quote the chat.
            return type(fault).__name__

    async def _finish(self, one: Claimed, fault: str) -> None:
        if fault:
            log.error("an update is set aside: %s; see: vejviser inbox", fault)
        if one.number in self._unstored:
            self._unstored.discard(one.number)
        elif fault:
            self._unsettled[one.number] = fault
            await self._settle_left()
        else:
            await self._settle(one.number)

    async def _settle_all(self, numbers: Sequence[int]) -> list[None]:
        try:
            await self._inbox.settle(numbers)
        except StoreError as error:
            self._fails(error)
            self._unsettled |= dict.fromkeys(numbers, "")
        return [None] * len(numbers)

    async def _settle_left(self) -> None:
        """What the store does not know yet, as far as it can be told."""
        for number, fault in list(self._unsettled.items()):
            try:
                if fault:
                    await self._inbox.set_aside(number, fault)
                else:
                    await self._inbox.settle([number])
            except StoreError as error:
                self._fails(error)
                return
            self._unsettled.pop(number, None)

    async def _claim_on(self) -> None:
        """Takes what waits in the database: at the start, and where there are others again and again."""
        begun = False
        while True:
            try:
                if not begun and not self._shared:
                    await self._inbox.take_over()
                begun = True
                while self._in_hand < MOST_IN_HAND and (claimed := await self._inbox.claim(CLAIMED_CHATS, LEASE)):
                    self._queue(claimed)
                    self._pause = REST_SECONDS
            except StoreError as error:
                self._fails(error)
            else:
                self._works()
                if not self._shared and self._in_hand < MOST_IN_HAND:
                    return
            self._look.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause):
                    await self._look.wait()
                    await asyncio.sleep(REST_SECONDS)
            # Most looks find nothing, and each costs as much as a part of an answer.
            self._pause = min(2 * self._pause, LOOK_SECONDS)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            await self._settle_left()
            if self._in_hand:
                try:
                    await self._inbox.extend(LEASE)
                except StoreError as error:
                    self._fails(error)

    def _fails(self, error: StoreError) -> None:
        if not self._failing:
            log.error("%s; until that is put right, what comes in is %s", error, self._meanwhile)
        self._failing = True
        self._rests_until = monotonic() + STORE_SECONDS

    def _works(self) -> None:
        if self._failing:
            log.warning("the store works again; what comes in is stored first")
        self._failing = False
