"""The store on SQLite and PostgreSQL alike: what is saved is loaded, crossing turns lose nothing, erased is erased."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.config import Settings
from bot.store import UNKNOWN, Store
from bot.store_tables import METADATA
from handlers.memory import NOTHING_KEPT, Kept, Rhythm, Scope, Subscribe, Subscription
from handlers.session import Session
from knowledge.query import Query, Subject
from tests.databases import NOW, Clock

CHAT = ("telegram", "900100200300")
SESSION = Session("en", Subject(Query("overview", ("kolding",)), ("kolding",), strategies=("kolding-2014",)))
EVERYTHING = Subscription(Scope(), ("indkob", "kolding"), Rhythm("weekly", 9, 3, 21, 6))
KOLDING = Subscription(Scope("kolding"))


async def rows_of(store: Store) -> dict[str, int]:
    """How many rows each table has, beside the installation's."""
    async with store.database.reading() as connection:
        counts = {
            table.name: len((await connection.execute(select(table))).all())
            for table in METADATA.sorted_tables
            if table.name != "installation"
        }
    return {name: count for name, count in counts.items() if count}


async def saved(store: Store, *changes: Any, chat: tuple[str, str] = CHAT, session: Session = SESSION) -> None:
    """One turn."""
    before = await store.load(*chat)
    assert await store.save(*chat, before.version, session, changes)


async def test_a_chat_is_unknown_at_first(store: Store) -> None:
    remembered = await store.load(*CHAT)
    assert (remembered.session, remembered.kept, remembered.version) == (None, NOTHING_KEPT, UNKNOWN)
    assert await rows_of(store) == {}


async def test_what_is_saved_is_loaded_after_a_restart(store: Store, settings: Settings, clock: Clock) -> None:
    await saved(store, Subscribe(KOLDING), Subscribe(EVERYTHING))
    clock.wait(hours=1)
    await saved(store)
    again = await Store.open(settings, clock)
    remembered = await again.load(*CHAT)
    await again.close()
    assert remembered.session == SESSION
    assert remembered.kept == Kept((EVERYTHING, KOLDING), since=NOW, active=NOW + timedelta(hours=1))


async def test_chats_are_told_apart_by_channel_and_name(store: Store) -> None:
    await saved(store, Subscribe(KOLDING))
    assert (await store.load("terminal", CHAT[1])).version == UNKNOWN
    assert (await store.load(CHAT[0], "90010020030")).version == UNKNOWN
