"""What came in: kept, sealed, until it is answered; within a chat in order, by one process at a time, and once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.sealing import Keyring, handle
from bot.store_database import Database
from bot.store_keys import current_key
from bot.store_leases import ended
from bot.store_tables import inbox, installation, received


@dataclass(frozen=True)
class Incoming:
    """Something that came in, as it is to be kept."""

    number: int
    """Of the one who sends it: the same thing has the same number, and a later one has a higher number."""
    channel: str
    chat: str
    """As the channel names it: what comes from the same chat is handled one after the other."""
    payload: str


@dataclass(frozen=True)
class Claimed:
    """Something that this process is to handle, and no other, until the lease ends."""

    number: int
    lane: int
    payload: str
    attempts: int = 0
    """0: never in the hands of a process that was killed; else how often it was begun since then, and one."""


@dataclass(frozen=True)
class Figures:
    """How the inbox stands."""

    waiting: int
    """Nobody is at it."""
    leased: int
    """In the hands of a running process."""
    oldest: datetime | None
    """When the first of both came in; UTC."""
    failed: tuple[tuple[str, int], ...]
    """What was set aside lately: kind of fault, how often."""


class Inbox:
    """What came in and is not answered yet. Every method is one transaction and raises StoreError."""

    def __init__(
        self, database: Database, keyring: Keyring, secret: bytes, clock: Callable[[], datetime], owner: str
    ) -> None:
        """`secret` is that of the chats' handles; `owner` names this process among those that claim."""
        self._database = database
        self._keyring = keyring
        self._secret = secret
        self._clock = clock
        self._owner = owner
        self._receive = _receive(database, owner)
        self._reserve = _reserve(database)

    def lane_of(self, one: Incoming) -> int:
        """In which order things are: those with the same number are handled one after the other."""
        return lane_of(handle(self._secret, one.channel, one.chat))

    async def add(self, incoming: Iterable[Incoming], lease: timedelta | None) -> list[Claimed]:
        """Keeps what did not come before, and claims it, with what else waits in the same chats.

        What another process must do first stays unclaimed; with `lease` None all of it.
        """
        # Twice the same within one call is possible, too.
        of = {one.number: one for one in incoming}
        if not of:
            return []
        now = self._clock()
        lanes = {number: self.lane_of(one) for number, one in of.items()}
        async with self._database.writing() as connection:
            under, mine = await self._reserved(connection, set(lanes.values()) if lease else set())
            asked = {"numbers": list(of), "at": now, "lanes": list(mine)}
            new = {row.id: row.others for row in await connection.execute(self._receive, asked)}
            # Where nothing else waits in these chats, which is nearly always, all is claimed as it is kept.
            at_once = not any(new.values())
            sealer = self._keyring.sealer(under)
            claimed = {"owner": self._owner, "leased_until": now + lease} if lease and at_once else _UNCLAIMED
            rows = [
                {
                    "id": number,
                    "lane": lanes[number],
                    "payload": sealer.seal(of[number].payload),
                    "sealed_under": under,
                    "attempts": 0,
                    **(claimed if lanes[number] in mine else _UNCLAIMED),
                }
                for number in new
            ]
            if rows:
                await connection.execute(_KEEP, rows)
            if lease and not at_once:
                known = {number: one.payload for number, one in of.items()}
                return await self._take(connection, mine, now, lease, known)
        return [Claimed(number, lanes[number], of[number].payload) for number in sorted(new) if lanes[number] in mine]

    async def claim(self, chats: int, lease: timedelta) -> list[Claimed]:
        """All that waits in at most so many chats that no other process is at, those first that wait for longest."""
        now = self._clock()
        waiting = (
            select(inbox.c.lane)
            .where(self._is_free(now), self._lane_is_free(now))
            .group_by(inbox.c.lane)
            .order_by(func.min(inbox.c.id))
            .limit(chats)
        )
        async with self._database.writing() as connection:
            if self._database.file is None:
                lanes = await self._locked(connection, waiting)
            else:
                lanes = set((await connection.execute(waiting)).scalars())
            return await self._take(connection, lanes, now, lease, {}) if lanes else []

    async def begin(self, number: int) -> bool:
        """Counts that something is begun; False: it is no longer this process's to handle."""
        mine = and_(inbox.c.id == number, inbox.c.owner == self._owner)
        async with self._database.writing_once() as connection:
            return bool((await connection.execute(update(inbox).where(mine).values(attempts=_MORE))).rowcount)

    async def settle(self, numbers: Sequence[int]) -> None:
        """These are answered: nothing but the number is kept of them."""
        async with self._database.writing_once() as connection:
            await connection.execute(_DELETE, {"numbers": numbers})

    async def set_aside(self, number: int, kind: str) -> None:
        """Gives something up. Nothing is kept but the number and `kind`, the error's, without anything of the chat."""
        async with self._database.writing() as connection:
            await connection.execute(update(received).where(received.c.id == number).values(failed=kind[:128]))
            await connection.execute(_DELETE, {"numbers": [number]})

    async def extend(self, lease: timedelta) -> None:
        """Whatever this process has in hand is its own for longer."""
        async with self._database.writing_once() as connection:
            mine = update(inbox).where(inbox.c.owner == self._owner)
            await connection.execute(mine.values(leased_until=self._clock() + lease))

    async def release(self) -> None:
        """Gives back whatever this process has claimed and not settled, to be claimed again at once."""
        async with self._database.writing_once() as connection:
            mine = update(inbox).where(inbox.c.owner == self._owner)
            await connection.execute(mine.values(leased_until=None, owner=None))

    async def take_over(self) -> None:
        """Ends the leases of all others, where this process is the only one by now: they were killed."""
        async with self._database.writing_once() as connection:
            others = update(inbox).where(inbox.c.owner.is_not(None), inbox.c.owner != self._owner)
            await connection.execute(others.values(leased_until=None))

    async def forget(self, before: datetime) -> int:
        """Erases what came in before a moment, answered, set aside or not; returns how much of it still waited."""
        old = select(received.c.id).where(received.c.at < before)
        async with self._database.writing() as connection:
            waited = (await connection.execute(delete(inbox).where(inbox.c.id.in_(old)))).rowcount
            await connection.execute(delete(received).where(received.c.at < before))
            return waited

    async def waiting_in(self, lane: int) -> int:
        """How much is kept of a lane."""
        async with self._database.reading() as connection:
            return await connection.scalar(select(func.count()).where(inbox.c.lane == lane)) or 0

    async def figures(self) -> Figures:
        """How the inbox stands now."""
        now = self._clock()
        free = ended(inbox.c.leased_until, now)
        counted = select(func.count(), func.sum(case((free, 1), else_=0)), func.min(received.c.at)).select_from(
            inbox.join(received, received.c.id == inbox.c.id)
        )
        kinds = select(received.c.failed, func.count()).where(received.c.failed.is_not(None))
        async with self._database.reading() as connection:
            total, waiting, oldest = (await connection.execute(counted)).one()
            failed = (await connection.execute(kinds.group_by(received.c.failed).order_by(received.c.failed))).all()
        return Figures(waiting or 0, total - (waiting or 0), oldest, tuple((kind, count) for kind, count in failed))

    def _is_free(self, now: datetime) -> ColumnElement[bool]:
        # What this process has already is in its memory, whatever became of the lease.
        return and_(ended(inbox.c.leased_until, now), or_(inbox.c.owner.is_(None), inbox.c.owner != self._owner))

    def _lane_is_free(self, now: datetime) -> ColumnElement[bool]:
        """Whether no other process is at anything of the same chat."""
        other = inbox.alias()
        at_work = and_(~ended(other.c.leased_until, now), other.c.owner != self._owner)
        return ~exists().where(other.c.lane == inbox.c.lane, at_work)

    async def _reserved(self, connection: AsyncConnection, lanes: set[int]) -> tuple[str, set[int]]:
        """The key to seal under, see `current_key`, and which of these lanes no other process is claiming meanwhile."""
        if self._database.file is not None or not lanes:
            return await current_key(connection), lanes
        rows = (await connection.execute(self._reserve, {"lanes": list(lanes)})).all()
        return rows[0].sealed_under, {row.lane for row in rows if row.locked}

    async def _locked(self, connection: AsyncConnection, lanes: Any) -> set[int]:
        """PostgreSQL: those that no other process is claiming at this moment; nobody else can until this one is done.

        Rows alone cannot be locked for that: one that another process adds meanwhile may come before them.
        """
        found = lanes.subquery()
        mine = select(found.c.lane).where(func.pg_try_advisory_xact_lock(found.c.lane))
        return set((await connection.execute(mine)).scalars())

    async def _take(
        self, connection: AsyncConnection, lanes: set[int], now: datetime, lease: timedelta, known: dict[int, str]
    ) -> list[Claimed]:
        # Asked again: only now is it certain that what others have claimed can be seen.
        free = and_(inbox.c.lane.in_(lanes), self._is_free(now), self._lane_is_free(now))
        taken = await connection.execute(
            update(inbox)
            .where(free)
            .values(leased_until=now + lease, owner=self._owner, attempts=_IN_HANDS)
            .returning(inbox.c.id, inbox.c.lane, inbox.c.payload, inbox.c.sealed_under, inbox.c.attempts)
        )
        claimed = [
            Claimed(
                row.id,
                row.lane,
                known[row.id] if row.id in known else self._keyring.sealer(row.sealed_under).open(row.payload),
                row.attempts,
            )
            for row in taken
        ]
        return sorted(claimed, key=lambda one: one.number)


def _receive(database: Database, owner: str) -> ReturningInsert[tuple[int, bool]]:
    """Keeps the numbers, and tells of each that is new whether there is anything in the lanes that is not in the hands
    of this process already."""
    others = exists().where(
        inbox.c.lane.in_(select(database.each("lanes").c.value)), or_(inbox.c.owner.is_(None), inbox.c.owner != owner)
    )
    at = bindparam("at", type_=received.c.at.type)
    # SQLite would take the words after a SELECT without a condition for a part of its FROM.
    new = select(database.each("numbers").c.value, at).where(true())
    of = database.insert(received).from_select(["id", "at"], new)
    return of.on_conflict_do_nothing().returning(received.c.id, others.label("others"))


def _reserve(database: Database) -> Select[tuple[str, int, bool]]:
    """PostgreSQL: the lanes with their locks, see `Inbox._locked`, and the key, see `current_key`: asked at once."""
    lanes = database.each("lanes")
    locked = func.pg_try_advisory_xact_lock(lanes.c.value).label("locked")
    of = select(installation.c.sealed_under, lanes.c.value.label("lane"), locked)
    return of.select_from(installation.join(lanes, true())).with_for_update(read=True, of=installation)


_KEEP = insert(inbox)
_UNCLAIMED = {"owner": None, "leased_until": None}
_DELETE = delete(inbox).where(inbox.c.id.in_(bindparam("numbers", expanding=True)))
_MORE = inbox.c.attempts + 1
_IN_HANDS = case((and_(inbox.c.owner.is_not(None), inbox.c.attempts == 0), 1), else_=inbox.c.attempts)
"""Who gives something back takes his name off it; where one stands, that process was killed."""


def lane_of(chat: bytes) -> int:
    """The lane of a chat, by its handle."""
    return int.from_bytes(chat[:8], "big", signed=True)
