"""What is to be told to whom: queued with the update, claimed under a lease, settled; none lost, hardly any twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    case,
    column,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    text,
    true,
    values,
)
from sqlalchemy import update as change
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sealing import Keyring
from bot.store_database import Database
from bot.store_leases import ended
from bot.store_tables import RHYTHM, SCOPE, announced, chats, exclusions, installation, outbox, subscriptions
from handlers.memory import Rhythm, Scope
from handlers.rhythm import due
from knowledge.library import Touched

LONGEST_WAIT = timedelta(days=8)
RHYTHMS_AT_ONCE = 2000
"""How many different rhythms one statement queues for: a database takes only so many values."""
NARROWEST = case((subscriptions.c.strategy != "", 3), else_=0) + sum(
    (case((column != "", 1), else_=0) for column in SCOPE[:2]), literal(0)
)
"""Sorts subscriptions: what matches two is told for the one that says most."""

_ALL = true()


Targets = Sequence[Touched]
"""What an update is about, as `Library.touched` tells it."""


@dataclass(frozen=True)
class Notice:
    """One update that a chat is to be told."""

    update: str
    scope: Scope
    """Of the subscription for which it is told."""
    rhythm: Rhythm
    """Of the same."""
    due: datetime
    """UTC."""
    attempts: int
    """How often it was tried before."""


@dataclass(frozen=True)
class Parcel:
    """All that is due of one chat, or of one topic in it, claimed until the lease ends."""

    number: int
    """The chat's in the store."""
    channel: str
    chat: str
    """As the channel names it."""
    language: str
    notices: tuple[Notice, ...]
    """Earliest due first; the same moment: by the update's id."""
    topic: int = 0
    """The chat's topic that they are for; 0: it has none."""


@dataclass(frozen=True)
class Figures:
    """How the outbox stands, in notices."""

    waiting: int
    """Neither leased, held nor failed."""
    due: int
    """Of those waiting, what could be sent now."""
    leased: int
    """Being sent now."""
    held: int
    """Of chats that are paused."""
    failed: int
    """Set aside."""
    oldest: datetime | None
    """Since when the first of those waiting is due, or when it will be; UTC."""


@dataclass(frozen=True)
class Failure:
    """Notices of an update that were set aside for the same kind of error."""

    update: str
    kind: str
    notices: int


async def announced_in(database: Database) -> dict[str, str]:
    """The updates that were announced: id -> digest of the text it had then. Raises StoreError."""
    async with database.reading() as connection:
        rows = await connection.execute(select(announced.c.id, announced.c.digest))
        return {row.id: row.digest for row in rows}


class Outbox:
    """The notices. Every method is one transaction and raises StoreError."""

    def __init__(self, database: Database, keyring: Keyring, clock: Callable[[], datetime], owner: str) -> None:
        """`clock` gives the moment now, aware; `owner` names this process among those that claim."""
        self._database = database
        self._keyring = keyring
        self._clock = clock
        self._owner = owner

    async def announced(self) -> dict[str, str]:
        """The updates that were announced: id -> digest of the text it had then."""
        return await announced_in(self._database)

    async def begun(self) -> bool:
        """Whether `begin` was called on this database."""
        async with self._database.reading() as connection:
            return await connection.scalar(select(installation.c.announces_since)) is not None

    async def begin(self, updates: Iterable[tuple[str, str]]) -> bool:
        """Takes the updates (id, digest) for old, the first time it is called on a database; tells whether it was."""
        now = self._clock()
        async with self._database.writing() as connection:
            first = await connection.execute(
                change(installation).where(installation.c.announces_since.is_(None)).values(announces_since=now)
            )
            rows = [{"id": one, "digest": digest, "announced": now, "targets": []} for one, digest in updates]
            if first.rowcount and rows:
                await connection.execute(self._database.insert(announced).on_conflict_do_nothing(), rows)
            return bool(first.rowcount)

    async def announce(self, update_id: str, digest: str, targets: Targets) -> int | None:
        """Queues an update to every chat with a subscription that it matches, once each, due as its rhythm wants.

        Returns for how many chats; None where the update was announced before: then nothing is done.
        """
        now = self._clock()
        async with self._database.writing() as connection:
            row = {"id": update_id, "digest": digest, "announced": now, "targets": [asdict(one) for one in targets]}
            new = await connection.execute(self._database.insert(announced).values(row).on_conflict_do_nothing())
            if not new.rowcount:
                return None
            await self._count_anew(connection, "chats, subscriptions, exclusions")
            await queue(self._database, connection, update_id, targets, now)
            await self._count_anew(connection, "outbox")
            queued = select(func.count()).select_from(outbox).where(outbox.c.update_id == update_id)
            return int(await connection.scalar(queued) or 0)

    async def preview(self, targets: Targets) -> tuple[int, int]:
        """How many chats an update about `targets` would go to: at once, and by digest."""
        at_once = func.max(case((subscriptions.c.kind == "now", 1), else_=0)).label("at_once")
        matching = select(at_once).select_from(_TOLD).where(_matches(targets)).group_by(subscriptions.c.chat).subquery()
        async with self._database.reading() as connection:
            rows = await connection.execute(select(matching.c.at_once, func.count()).group_by(matching.c.at_once))
            counts: dict[int, int] = {row[0]: row[1] for row in rows}
        return counts.get(1, 0), counts.get(0, 0)

    async def claim(
        self, channel: str, limit: int, lease: timedelta, among: ColumnElement[bool] = _ALL
    ) -> list[Parcel]:
        """What is due now in a channel, of at most `limit` chats, for this process alone until the lease ends.

        `among`: only of such chats. Empty only where nothing is due that nobody else has.
        """
        now = self._clock()
        candidates = (
            select(chats.c.id)
            .select_from(outbox.join(chats, chats.c.id == outbox.c.chat))
            .where(
                chats.c.channel == channel, _DELIVERABLE, free(now), _is_due(now), *([] if among is None else [among])
            )
            .order_by(outbox.c.due)
            .limit(limit)
            # PostgreSQL: chats that another process is claiming are left to it, so that no digest is torn apart.
            .with_for_update(of=chats, skip_locked=True, key_share=True)
        )
        while True:
            async with self._database.writing() as connection:
                found = set((await connection.execute(candidates)).scalars())
                if not found:
                    return []
                taken = await connection.execute(
                    change(outbox)
                    .where(outbox.c.chat.in_(found), outbox.c.failed.is_(None), free(now), _is_due(now))
                    .values(leased_until=now + lease, owner=self._owner)
                    .returning(
                        outbox.c.chat, outbox.c.update_id, outbox.c.subscription, outbox.c.due, outbox.c.attempts
                    )
                )
                # None where another process was done with these chats just before they could be locked.
                if mine := taken.all():
                    return await self._parcels(connection, mine)

    async def settle(self, *parcels: Parcel) -> None:
        """The parcels' notices are sent, and done with."""
        async with self._database.writing() as connection:
            # Whoever has the lease by now: what is sent need not be sent again.
            one = delete(outbox).where(outbox.c.chat == bindparam("number"), outbox.c.update_id == bindparam("told"))
            rows = [{"number": parcel.number, "told": notice.update} for parcel in parcels for notice in parcel.notices]
            if rows:
                await connection.execute(one, rows)

    async def postpone(self, parcel: Parcel, wait: timedelta, attempts: int) -> None:
        """Gives the parcel's notices back, due again when so much time has passed, after so many attempts."""
        await self._change(parcel, due=self._clock() + wait, attempts=attempts)

    async def set_aside(self, parcel: Parcel, kind: str) -> None:
        """Leaves the parcel's notices to the operator; `kind` is the error's, without anything of the chat."""
        await self._change(parcel, failed=kind[:128])

    async def release(self) -> None:
        """Gives back whatever this process has claimed and not settled, to be claimed again at once."""
        async with self._database.writing() as connection:
            await connection.execute(
                change(outbox).where(outbox.c.owner == self._owner).values(leased_until=None, owner=None)
            )

    async def figures(self) -> Figures:
        """How the outbox stands now."""
        now = self._clock()
        kind = case(
            (outbox.c.failed.is_not(None), "failed"),
            (chats.c.paused.is_not(None), "held"),
            (outbox.c.leased_until > now, "leased"),
            (outbox.c.due <= now, "due"),
            else_="later",
        ).label("kind")
        counted = select(kind, func.count(), func.min(outbox.c.due)).select_from(
            outbox.join(chats, chats.c.id == outbox.c.chat)
        )
        async with self._database.reading() as connection:
            rows = {row[0]: (row[1], row[2]) for row in await connection.execute(counted.group_by(kind))}
        count = {name: number for name, (number, _) in rows.items()}
        return Figures(
            waiting=count.get("due", 0) + count.get("later", 0),
            due=count.get("due", 0),
            leased=count.get("leased", 0),
            held=count.get("held", 0),
            failed=count.get("failed", 0),
            oldest=min((rows[name][1] for name in ("due", "later") if name in rows), default=None),
        )

    async def failures(self) -> list[Failure]:
        """What was set aside, by update and kind of error."""
        found = select(outbox.c.update_id, outbox.c.failed, func.count()).where(outbox.c.failed.is_not(None))
        async with self._database.reading() as connection:
            rows = await connection.execute(
                found.group_by(outbox.c.update_id, outbox.c.failed).order_by(outbox.c.update_id, outbox.c.failed)
            )
            return [Failure(*row) for row in rows]

    async def retry(self) -> int:
        """Makes all that was set aside due now, as if it had not been tried; returns how many notices."""
        async with self._database.writing() as connection:
            again = await connection.execute(
                change(outbox).where(outbox.c.failed.is_not(None)).values(failed=None, attempts=0, due=self._clock())
            )
            return again.rowcount

    async def _count_anew(self, connection: AsyncConnection, tables: str) -> None:
        """PostgreSQL plans by what it has counted of the tables; by old counts, queueing has taken minutes."""
        if self._database.file is None:
            await connection.execute(text(f"ANALYZE {tables}"))

    async def _change(self, parcel: Parcel, **values: Any) -> None:
        async with self._database.writing() as connection:
            # Only while the lease is ours: another process may be sending them by now.
            await connection.execute(
                change(outbox)
                .where(_of(parcel), outbox.c.owner == self._owner)
                .values(leased_until=None, owner=None, **values)
            )

    async def _parcels(self, connection: AsyncConnection, taken: Sequence[Row[Any]]) -> list[Parcel]:
        """The claimed rows of the outbox, by chat."""
        found = await connection.execute(select(chats).where(chats.c.id.in_({row.chat for row in taken})))
        chat_of = {row.id: row for row in found}
        of = subscriptions.c.id.in_({row.subscription for row in taken})
        matched = (
            await connection.execute(select(subscriptions.c.id, subscriptions.c.topic, *SCOPE, *RHYTHM).where(of))
        ).all()
        topic_of = {number: topic for number, topic, *_ in matched}
        told_for = {number: (Scope(*values[:3]), Rhythm(*values[3:])) for number, _, *values in matched}
        rows_of: defaultdict[tuple[int, int], list[Row[Any]]] = defaultdict(list)
        for row in taken:
            rows_of[row.chat, topic_of[row.subscription]].append(row)
        parcels = []
        for (number, topic), several in rows_of.items():
            chat = chat_of[number]
            rows = sorted(several, key=lambda row: (row.due, row.update_id))
            notices = tuple(Notice(row.update_id, *told_for[row.subscription], row.due, row.attempts) for row in rows)
            address = self._keyring.sealer(chat.sealed_under).open(chat.address)
            parcels.append(Parcel(number, chat.channel, address, chat.language, notices, topic))
        return sorted(parcels, key=lambda parcel: parcel.notices[0].due)


_TOLD = subscriptions.join(chats, chats.c.id == subscriptions.c.chat)
_DELIVERABLE = and_(chats.c.paused.is_(None), outbox.c.failed.is_(None))


async def queue(
    database: Database,
    connection: AsyncConnection,
    update_id: str,
    targets: Targets,
    now: datetime,
    chat: int | None = None,
) -> None:
    """Queues an announced update within the connection's transaction, to all chats or to one.

    A chat that it waits for already is passed over. No row passes through Python, so memory stays flat.
    """
    told = _matches(targets)
    if chat is not None:
        told = and_(told, chats.c.id == chat)
    rows = await connection.execute(select(*RHYTHM).select_from(_TOLD).where(told).distinct())
    moments = sorted(((due(Rhythm(*row), now), *row) for row in rows), key=lambda row: (row[0], row[1] != "now"))
    for start in range(0, len(moments), RHYTHMS_AT_ONCE):
        piece = moments[start : start + RHYTHMS_AT_ONCE]
        columns = [column("due", outbox.c.due.type), *(column(one.name, one.type) for one in RHYTHM)]
        timed = values(*columns, name="timed").data(piece).cte("timed")
        await connection.execute(
            database.insert(outbox)
            .from_select(
                ["chat", "update_id", "subscription", "due", "attempts"],
                select(subscriptions.c.chat, literal(update_id), subscriptions.c.id, timed.c.due, literal(0))
                .select_from(_TOLD.join(timed, and_(*(one == timed.c[one.name] for one in RHYTHM))))
                .where(told)
                # The first of a chat's is the one that stays.
                .order_by(timed.c.due, case((timed.c.kind == "now", 0), else_=1), NARROWEST.desc()),
            )
            .on_conflict_do_nothing()
        )


def _matches(targets: Targets) -> ColumnElement[bool]:
    """Whether a subscription of a chat that can be reached is told, as `handlers.scopes.matches` has it."""
    strategies_of: defaultdict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in targets:
        # Entries that differ in their strategy alone are one, for the query's sake.
        strategies_of[one.municipality, one.themes] += one.strategies
    entries = [_touches(*entry, strategies) for entry, strategies in strategies_of.items()]
    return and_(chats.c.paused.is_(None), or_(false(), *entries))


def _touches(place: str, themes: Sequence[str], strategies: Sequence[str]) -> ColumnElement[bool]:
    """Whether what an update is about falls under the subscription, and nothing of it is excluded."""
    municipality, theme, strategy = SCOPE
    in_scope = or_(
        strategy.in_(strategies),
        and_(strategy == "", municipality.in_(["", place]), theme.in_(["", *themes])),
    )
    left_out = exists().where(
        exclusions.c.subscription == subscriptions.c.id, exclusions.c.excluded.in_([place, *themes])
    )
    return and_(in_scope, ~left_out)


def free(now: datetime) -> ColumnElement[bool]:
    """Whether nobody is sending a notice now."""
    return ended(outbox.c.leased_until, now)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """No rhythm is slower than a week: what is due later still was queued before the clock was set back."""
    return or_(outbox.c.due <= now, outbox.c.due > now + LONGEST_WAIT)


def _of(parcel: Parcel) -> ColumnElement[bool]:
    return and_(outbox.c.chat == parcel.number, outbox.c.update_id.in_([one.update for one in parcel.notices]))
