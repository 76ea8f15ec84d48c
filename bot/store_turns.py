"""What a turn reads of its chat and writes back, of many chats at once: statements are most of what that costs."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sealing import Keyring, Sealer
from bot.store_database import Database
from bot.store_keys import CURRENT_KEY
from bot.store_subscriptions import SUBSCRIBED, subscriptions_in
from bot.store_tables import chats, exclusions, subscriptions
from bot.together import Together
from handlers.memory import NOTHING_KEPT, Kept
from handlers.session import Session

Version = tuple[int, int]
"""What a turn has read of a chat: its number and how often it was saved."""
UNKNOWN: Version = (0, 0)
"""Of a chat of which nothing is kept."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Remembered:
    """A chat as it was read."""

    session: Session | None
    """None: nothing is kept of the chat."""
    kept: Kept
    version: Version
    """To be handed back to `Store.save`."""


NOTHING_REMEMBERED = Remembered(None, NOTHING_KEPT, UNKNOWN)


@dataclass(frozen=True)
class Turn:
    """A turn of a chat that is known, to be saved."""

    chat: str
    version: Version
    session: Session


_KEPT = (
    select(chats, *SUBSCRIBED)
    .select_from(chats.outerjoin(subscriptions).outerjoin(exclusions))
    .where(chats.c.handle.in_(bindparam("handles", expanding=True)))
)
# In one order for all, so that no two processes wait for each other.
_VERSIONS = (
    select(chats.c.id, chats.c.version, CURRENT_KEY.label("under"))
    .where(chats.c.id.in_(bindparam("numbers", expanding=True)))
    .order_by(chats.c.id)
    .with_for_update(key_share=True)
)
_WRITTEN = ("address", "session", "sealed_under", "language", "active", "paused", "version")
"""The columns that a turn writes."""
_SAVE = (
    update(chats).where(chats.c.id == bindparam("number")).values({column: bindparam(column) for column in _WRITTEN})
)


class Turns:
    """The turns of all chats. Raises StoreError."""

    def __init__(self, database: Database, keyring: Keyring, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._keyring = keyring
        self._clock = clock
        self._read = Together(self._read_all, database.rest)
        self._save = Together(self._save_all, database.rest)

    async def finish(self) -> None:
        """Returns when no turn is being read or kept any more."""
        for one in (self._read, self._save):
            await one.finish()

    async def load(self, of: bytes) -> Remembered:
        """What is kept of the chat with this handle."""
        rows = await self._read(of)
        if not rows:
            return NOTHING_REMEMBERED
        row = rows[0]
        # By itself: what is damaged is this chat's alone.
        with self._database.told("read"):
            session = _session(self._keyring.sealer(row.sealed_under).open(row.session), row.language)
        kept = Kept(subscriptions_in(rows), row.since, row.active, row.paused, admitted=row.admitted)
        return Remembered(session, kept, (row.id, row.version))

    async def save(self, turn: Turn) -> bool:
        """Keeps it; False where the chat is no longer as the turn's version says."""
        return await self._save(turn)

    async def save_within(self, connection: AsyncConnection, turns: Sequence[Turn]) -> list[bool]:
        """`save` of several, as a part of a transaction."""
        numbers = {"numbers": [turn.version[0] for turn in turns]}
        found = (await connection.execute(_VERSIONS, numbers)).all()
        known = {row.id: row.version for row in found}
        sealer = self._keyring.sealer(found[0].under) if found else None
        saved, rows, now = [], [], self._clock()
        for turn in turns:
            number, version = turn.version
            saved.append(known.get(number) == version)
            if saved[-1] and sealer:
                known[number] = version + 1
                rows.append({"number": number, **written(sealer, turn.chat, turn.session, now, version + 1)})
        if rows:
            await connection.execute(_SAVE, rows)
        return saved

    async def _save_all(self, turns: Sequence[Turn]) -> list[bool]:
        async with self._database.writing() as connection:
            return await self.save_within(connection, turns)

    async def _read_all(self, handles: Sequence[bytes]) -> list[list[Row[Any]]]:
        """Of each its rows."""
        found: dict[bytes, list[Row[Any]]] = {one: [] for one in handles}
        async with self._database.reading() as connection:
            for row in await connection.execute(_KEPT, {"handles": list(found)}):
                found[row.handle].append(row)
        return [found[one] for one in handles]


def written(sealer: Sealer, chat: str, session: Session, now: datetime, version: int) -> dict[str, Any]:
    """What a turn writes into the chat's row."""
    return {
        "address": sealer.seal(chat),
        "session": sealer.seal(json.dumps(session.to_dict())),
        "sealed_under": sealer.under,
        "language": session.language,
        "active": now,
        "paused": None,
        "version": version,
    }


def _session(text: str, language: str) -> Session:
    try:
        return Session.from_dict(json.loads(text))
    except (ValueError, TypeError, AttributeError):
        # Of a version that kept something else; what the last answer was about is no great loss.
        log.warning("a session could not be read and begins anew")
        return Session(language)
