"""What is kept of chats: sessions, subscriptions, inbox and outbox, sealed, each turn's changes in one transaction."""

import logging
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.config import Settings
from bot.sealing import Keyring, Sealer, handle
from bot.store_database import Database
from bot.store_inbox import Inbox, lane_of
from bot.store_keys import current_key, handle_secret, keys_of
from bot.store_outbox import Outbox, Parcel
from bot.store_questions import Questions
from bot.store_subscriptions import make, merge
from bot.store_tables import SEALED, chats, inbox, installation, outbox, subscriptions
from bot.store_turns import UNKNOWN, Remembered, Turn, Turns, Version, written
from handlers.memory import Change, Erase
from handlers.session import Session

RESEALED_AT_ONCE = 200
"""How many rows a rotation holds back from others at a time."""

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The moment now."""
    return datetime.now(UTC)


class Store:
    """Everything that outlives the process. Every method is one transaction and raises StoreError.

    Chats are named as channels name them ("telegram", "-1001234"); in the database that name is sealed.
    """

    def __init__(self, database: Database, keyring: Keyring, secret: bytes, clock: Callable[[], datetime]) -> None:
        """Made by `Store.open`."""
        self.database = database
        owner = secrets.token_hex(8)
        self.outbox = Outbox(database, keyring, clock, owner)
        self.inbox = Inbox(database, keyring, secret, clock, owner)
        self.questions = Questions(database, keyring, clock)
        self.keyring = keyring
        self._secret = secret
        self._clock = clock
        self._turns = Turns(database, keyring, clock)

    @classmethod
    async def open(cls, settings: Settings, clock: Callable[[], datetime] = utc_now) -> "Store":
        """The store that the settings name, its schema up to date and its key found right; it holds no connection yet,
        so that another event loop can use it. `clock` gives the moment now, aware.

        Raises StoreError that says what to do.
        """
        database = Database(settings.database.get_secret_value())
        keyring = Keyring(lambda: keys_of(settings))
        try:
            await database.prepare()
            secret = await handle_secret(database, keyring, settings)
        finally:
            await database.close()
        return cls(database, keyring, secret, clock)

    async def close(self) -> None:
        """Lets the connections go, once what is being kept of turns is kept."""
        await self._turns.finish()
        await self.database.close()

    def secret_for(self, purpose: str) -> bytes:
        """A secret of a channel's own, the same at every start and under every key. 32 bytes."""
        return handle(self._secret, "", purpose)

    async def load(self, channel: str, chat: str, counted: bool = False) -> Remembered:
        """What is kept of a chat; `counted`: with how many of its messages wait, which takes as long again."""
        of = handle(self._secret, channel, chat)
        found = await self._turns.load(of)
        if not counted:
            return found
        return replace(found, kept=replace(found.kept, waiting=await self.inbox.waiting_in(lane_of(of))))

    async def save(
        self, channel: str, chat: str, version: Version, session: Session, changes: Iterable[Change] = ()
    ) -> bool:
        """Keeps a turn's session and makes its changes, all or nothing; the chat is then active now and not paused.

        False, and nothing is done, where the chat is no longer as `version` says: load it and answer again. With an
        `Erase` among the changes everything of the chat goes, and this session is not kept.
        """
        changes, turn = tuple(changes), Turn(chat, version, session)
        if version != UNKNOWN and not changes:
            return await self._turns.save(turn)
        async with self.database.writing() as connection:
            if any(isinstance(change, Erase) for change in changes):
                return await self._erase(connection, channel, chat, version)
            now = self._clock()
            number: int | None = version[0]
            if version == UNKNOWN:
                number = await self._add(connection, channel, chat, session, now)
            elif not all(await self._turns.save_within(connection, [turn])):
                return False
            if not number:
                return False
            for change in changes:
                await make(self.database, connection, number, change, now)
            return True

    async def admit(self, channel: str, chat: str, language: str) -> None:
        """Remembers that the chat's person gave the invite code."""
        async with self.database.writing() as connection:
            now = self._clock()
            await self._add(connection, channel, chat, Session(language), now)
            mine = update(chats).where(self._is(channel, chat), chats.c.admitted.is_(None))
            await connection.execute(mine.values(admitted=now))

    async def admitted(self, channel: str, chat: str) -> bool:
        """Whether it is remembered."""
        async with self.database.reading() as connection:
            return await connection.scalar(select(chats.c.admitted).where(self._is(channel, chat))) is not None

    async def claim_of(self, channel: str, chat: str, lease: timedelta) -> Parcel | None:
        """All that is due now of one chat, for this process alone until the lease ends; see `Outbox.claim`."""
        mine = self._is(channel, chat)
        # Whoever looks finds nothing most of the time; that must not wait for a writer.
        waits = select(outbox.c.chat).select_from(outbox.join(chats)).where(mine).limit(1)
        async with self.database.reading() as connection:
            if (await connection.execute(waits)).first() is None:
                return None
        return next(iter(await self.outbox.claim(channel, 1, lease, mine)), None)

    async def pause(self, channel: str, chat: str) -> None:
        """Holds the chat's notices back, for it cannot be reached; they wait until it takes a turn or is resumed."""
        async with self.database.writing() as connection:
            number = await self._number(connection, channel, chat)
            await connection.execute(
                update(chats).where(chats.c.id == number, chats.c.paused.is_(None)).values(paused=self._clock())
            )
            await connection.execute(
                update(outbox).where(outbox.c.chat == number).values(leased_until=None, owner=None)
            )

    async def resume(self, channel: str, chat: str) -> None:
        """Lets the chat's notices go again."""
        async with self.database.writing() as connection:
            await connection.execute(update(chats).where(self._is(channel, chat)).values(paused=None))

    async def move(self, channel: str, old: str, new: str) -> None:
        """The chat has another name now. Where the new one is known already, it gets what it does not have."""
        async with self.database.writing() as connection:
            before = await self._number(connection, channel, old)
            after = await self._number(connection, channel, new)
            if before is None or before == after:
                return
            if after is None:
                await self._rename(connection, before, channel, new)
                return
            await merge(connection, before, after)

    async def erase_inactive(self, before: datetime) -> int:
        """Erases the chats that were last active before a moment; returns how many.

        Who is told of news as they wanted is not inactive: a chat with a subscription stays, unless it could not be
        reached since then, or has not looked at what waits for it since then.
        """
        follows = exists().where(subscriptions.c.chat == chats.c.id)
        waits = exists().where(outbox.c.chat == chats.c.id, outbox.c.due < before)
        gone = or_(~follows, chats.c.paused < before, waits)
        async with self.database.writing() as connection:
            return (await connection.execute(delete(chats).where(chats.c.active < before, gone))).rowcount

    async def rotate(self, make_key: Callable[[], None], drop_old: Callable[[], None]) -> int:
        """Seals everything under the newest key; returns how many rows had another one.

        A piece at a time, beside running bots: from the first piece on they seal under the newest key as well.
        Whatever stops it, the next call goes on. `make_key` sees to it that there is a new key; `drop_old` drops the
        others, which nothing is sealed under any more. Both are called while no other rotation can begin or end.
        """
        async with self._rotating() as (connection, row):
            make_key()
            sealer = self.keyring.newest()
            if row.sealed_under != sealer.under:
                renewed = {"handle_secret": sealer.renew(row.handle_secret), "sealed_under": sealer.under}
                await connection.execute(update(installation).values(renewed))
        resealed = sum([await self._reseal(table, columns, sealer) for table, columns in SEALED])
        async with self._rotating() as (_, row):
            # Else another rotation has begun meanwhile, and drops the keys when it is done.
            if row.sealed_under == sealer.under:
                drop_old()
        return resealed

    @asynccontextmanager
    async def _rotating(self) -> AsyncIterator[tuple[AsyncConnection, Row[Any]]]:
        async with self.database.writing() as connection:
            yield connection, (await connection.execute(select(installation).with_for_update())).one()

    async def _reseal(self, table: Table, columns: tuple[str, ...], sealer: Sealer) -> int:
        resealed = last = 0
        while piece := await self._reseal_piece(table, columns, sealer, last):
            resealed, last = resealed + len(piece), piece[-1]
        return resealed

    async def _reseal_piece(self, table: Table, columns: tuple[str, ...], sealer: Sealer, after: int) -> list[int]:
        """The ids of the next rows that had another key."""
        old = select(table).where(table.c.id > after, table.c.sealed_under != sealer.under)
        async with self.database.writing() as connection:
            if await current_key(connection) != sealer.under:
                # A later rotation has begun: what it has sealed must not be sealed under this key again.
                return []
            rows = await connection.execute(old.order_by(table.c.id).limit(RESEALED_AT_ONCE).with_for_update())
            piece = rows.all()
            for row in piece:
                renewed = {column: sealer.renew(getattr(row, column)) for column in columns}
                await connection.execute(
                    update(table).where(table.c.id == row.id).values(**renewed, sealed_under=sealer.under)
                )
        return [row.id for row in piece]

    def _is(self, channel: str, chat: str) -> ColumnElement[bool]:
        return chats.c.handle == handle(self._secret, channel, chat)

    async def _number(self, connection: AsyncConnection, channel: str, chat: str) -> int | None:
        number: int | None = await connection.scalar(select(chats.c.id).where(self._is(channel, chat)))
        return number

    async def _add(
        self, connection: AsyncConnection, channel: str, chat: str, session: Session, now: datetime
    ) -> int | None:
        """The number of a new chat; None: it is known already."""
        new = {
            **written(self.keyring.sealer(await current_key(connection)), chat, session, now, version=1),
            "handle": handle(self._secret, channel, chat),
            "channel": channel,
            "since": now,
        }
        number: int | None = await connection.scalar(
            self.database.insert(chats).values(new).on_conflict_do_nothing().returning(chats.c.id)
        )
        return number

    async def _erase(self, connection: AsyncConnection, channel: str, chat: str, version: Version) -> bool:
        if version == UNKNOWN:
            erased = await self._number(connection, channel, chat) is None
        else:
            erased = (await connection.execute(delete(chats).where(_unchanged(version)))).rowcount == 1
        if erased:
            # What waits is in the hands of whoever answers this turn, and is answered all the same.
            lane = lane_of(handle(self._secret, channel, chat))
            await connection.execute(delete(inbox).where(inbox.c.lane == lane))
        return erased

    async def _rename(self, connection: AsyncConnection, number: int, channel: str, chat: str) -> None:
        sealer = self.keyring.sealer(await current_key(connection))
        session = await connection.scalar(select(chats.c.session).where(chats.c.id == number).with_for_update())
        await connection.execute(
            update(chats)
            .where(chats.c.id == number)
            .values(
                handle=handle(self._secret, channel, chat),
                address=sealer.seal(chat),
                session=sealer.renew(session or b""),
                sealed_under=sealer.under,
                # A turn under the old name must not save that name again.
                version=chats.c.version + 1,
            )
        )


def _unchanged(version: Version) -> ColumnElement[bool]:
    return (chats.c.id == version[0]) & (chats.c.version == version[1])
