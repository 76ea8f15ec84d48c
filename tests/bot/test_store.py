"""The store on SQLite and PostgreSQL alike: what is saved is loaded, crossing turns lose nothing, erased is erased."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.config import Settings
from bot.store import Store
from bot.store_database import StoreError
from bot.store_tables import METADATA, chats, installation
from bot.store_turns import NOTHING_REMEMBERED, UNKNOWN
from handlers.memory import Erase, Kept, Rhythm, Scope, Subscribe, Subscription, Unsubscribe
from handlers.session import Session
from knowledge.library import Touched
from knowledge.query import Query, Subject
from tests.databases import NOW, Clock

CHAT = ("telegram", "900100200300")
SESSION = Session("en", Subject(Query("overview", ("kolding",)), ("kolding",), strategies=("kolding-2014",)))
EVERYTHING = Subscription(Scope(), ("indkob", "kolding"), Rhythm("weekly", 9, 3, 21, 6))
KOLDING = Subscription(Scope("kolding"))


async def rows_of(store: Store) -> dict[str, int]:
    """How many rows each table has that has any, beside the installation's."""
    async with store.database.reading() as connection:
        counts = {
            table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
            if table is not installation
        }
    return {name: count for name, count in counts.items() if count}


async def saved(store: Store, *changes: Any, chat: tuple[str, str] = CHAT, session: Session = SESSION) -> None:
    """One turn."""
    before = await store.load(*chat)
    assert await store.save(*chat, before.version, session, changes)


async def test_a_chat_is_unknown_at_first(store: Store) -> None:
    assert await store.load(*CHAT) == NOTHING_REMEMBERED
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


async def test_subscribing_twice_is_one_subscription_as_told_last(store: Store) -> None:
    await saved(store, Subscribe(EVERYTHING), Subscribe(KOLDING))
    changed = Subscription(Scope(), ("aarhus",), Rhythm("daily", 7))
    await saved(store, Subscribe(changed))
    await saved(store, Subscribe(changed))
    assert (await store.load(*CHAT)).kept.subscriptions == (changed, KOLDING)
    assert await rows_of(store) == {"chats": 1, "subscriptions": 2, "exclusions": 1}


async def test_unsubscribing_from_one_from_none_and_from_all(store: Store) -> None:
    await saved(store, Subscribe(EVERYTHING), Subscribe(KOLDING), Subscribe(Subscription(Scope(strategy="x"))))
    await saved(store, Subscribe(KOLDING), chat=("telegram", "2"))
    await saved(store, Unsubscribe(Scope("kolding")))
    await saved(store, Unsubscribe(Scope("aarhus")))
    assert [one.scope for one in (await store.load(*CHAT)).kept.subscriptions] == [Scope(), Scope(strategy="x")]
    await saved(store, Unsubscribe(None))
    assert (await store.load(*CHAT)).kept.subscriptions == ()
    assert await rows_of(store) == {"chats": 2, "subscriptions": 1}


async def test_a_turn_that_another_one_overtook_saves_nothing(store: Store, settings: Settings, clock: Clock) -> None:
    other = await Store.open(settings, clock)
    for _ in range(2):
        mine, theirs = await store.load(*CHAT), await other.load(*CHAT)
        assert await other.save(*CHAT, theirs.version, SESSION, [Subscribe(EVERYTHING)])
        assert not await store.save(*CHAT, mine.version, Session("da"), [Subscribe(KOLDING), Erase()])
        assert not await store.save(*CHAT, mine.version, Session("da"), [Subscribe(KOLDING)])
        remembered = await store.load(*CHAT)
        assert (remembered.session, remembered.kept.subscriptions) == (SESSION, (EVERYTHING,))
    await other.close()


async def test_crossing_turns_from_two_stores_lose_nothing(store: Store, settings: Settings, clock: Clock) -> None:
    other = await Store.open(settings, clock)
    scopes = [Scope(f"place-{number}") for number in range(12)]

    async def subscribed(one: Store, scope: Scope) -> None:
        while True:
            before = await one.load(*CHAT)
            turns = (before.session or Session()).subject.strategies
            after = Session("da", Subject(strategies=(*turns, scope.municipality)))
            if await one.save(*CHAT, before.version, after, [Subscribe(Subscription(scope))]):
                return

    await asyncio.gather(*(subscribed(one, scope) for one, scope in zip([store, other] * 6, scopes, strict=True)))
    await other.close()
    remembered = await store.load(*CHAT)
    assert [one.scope for one in remembered.kept.subscriptions] == sorted(scopes)
    assert remembered.session
    assert sorted(remembered.session.subject.strategies) == sorted(one.municipality for one in scopes)


async def test_erased_is_erased(store: Store) -> None:
    await saved(store, Subscribe(EVERYTHING), Subscribe(KOLDING))
    await store.outbox.announce("new", "d", (Touched("aarhus", (), ()),))
    await saved(store, Subscribe(KOLDING), Erase())
    assert await rows_of(store) == {"announced": 1}
    assert await store.load(*CHAT) == NOTHING_REMEMBERED
    await saved(store, Erase())
    assert await rows_of(store) == {"announced": 1}


async def test_a_turn_from_before_the_erasing_does_not_bring_anything_back(store: Store) -> None:
    await saved(store, Subscribe(KOLDING))
    before = await store.load(*CHAT)
    await saved(store, Erase())
    assert not await store.save(*CHAT, before.version, SESSION)
    await saved(store, session=Session("da"))
    again = await store.load(*CHAT)
    assert again.version != before.version
    assert not await store.save(*CHAT, before.version, SESSION)
    assert again.kept.subscriptions == ()


async def test_inactive_chats_are_erased(store: Store, clock: Clock) -> None:
    await saved(store)
    clock.wait(days=1)
    await saved(store, chat=("telegram", "2"))
    assert await store.erase_inactive(NOW) == 0
    assert await store.erase_inactive(NOW + timedelta(hours=1)) == 1
    assert await rows_of(store) == {"chats": 1}


@pytest.mark.parametrize("text", ["[]", "null", '{"subject": 3}', '{"subject": {"query": {"unheard": 1}}}', "no JSON"])
async def test_a_session_of_another_version_begins_anew_but_its_language_stays(
    store: Store, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    await saved(store, Subscribe(KOLDING))
    sealer = store.keyring.newest()
    async with store.database.writing() as connection:
        await connection.execute(update(chats).values(session=sealer.seal(text)))
    remembered = await store.load(*CHAT)
    assert remembered.session == Session("en")
    assert remembered.kept.subscriptions == (KOLDING,)
    assert text not in caplog.text
    await saved(store)
    assert (await store.load(*CHAT)).session == SESSION


async def test_what_could_tell_who_it_is_is_not_in_the_rows(store: Store) -> None:
    await saved(store, Subscribe(KOLDING))
    await store.questions.keep("Hvem er naboen?", "da")
    async with store.database.reading() as connection:
        rows = [row for table in METADATA.sorted_tables for row in await connection.execute(select(table))]
    shown = " ".join(str(value) for row in rows for value in row)
    assert "kolding" in shown
    assert CHAT[1] not in shown
    assert "naboen" not in shown
    assert "overview" not in shown


async def test_many_chats_at_once(store: Store) -> None:
    names = [("telegram", str(number)) for number in range(40)]
    await asyncio.gather(*(saved(store, Subscribe(KOLDING), chat=one) for one in names))
    remembered = await asyncio.gather(*(store.load(*one) for one in names))
    assert all(one.session == SESSION and one.kept.subscriptions == (KOLDING,) for one in remembered)


async def test_of_turns_that_cross_one_is_saved_for_each_chat(store: Store, settings: Settings, clock: Clock) -> None:
    other = await Store.open(settings, clock)
    names = [("telegram", str(number)) for number in range(30)]
    await asyncio.gather(*(saved(store, chat=one) for one in names))
    versions = [(await store.load(*one)).version for one in names]

    async def turn(one: Store, place: int, language: str) -> bool:
        return await one.save(*names[place], versions[place], Session(language))

    # Each chat twice from one process and once from another, in another order.
    places = range(len(names))
    turns = [(store, place, "da") for place in places] + [(store, place, "fo") for place in places]
    turns += [(other, place, "en") for place in reversed(places)]
    kept = await asyncio.gather(*(turn(*one) for one in turns))
    for place, name in enumerate(names):
        won = [one[2] for one, is_kept in zip(turns, kept, strict=True) if is_kept and one[1] == place]
        remembered = await other.load(*name)
        assert remembered.session
        assert ([remembered.session.language], remembered.version[1]) == (won, versions[place][1] + 1)
    await other.close()


async def test_a_damaged_chat_leaves_the_others_alone(store: Store) -> None:
    names = [("telegram", str(number)) for number in range(5)]
    await asyncio.gather(*(saved(store, chat=one) for one in names))
    damaged = (await store.load(*names[2])).version[0]
    async with store.database.writing() as connection:
        await connection.execute(update(chats).where(chats.c.id == damaged).values(session=b"damaged"))
    found = await asyncio.gather(*(store.load(*one) for one in names), return_exceptions=True)
    assert [isinstance(one, StoreError) for one in found] == [False, False, True, False, False]


async def test_what_is_being_kept_is_kept_before_the_connections_go(store: Store) -> None:
    """Though nobody waits for it any more; else a connection would stay open."""
    assert await store.save("telegram", "1", (0, 0), Session("da"))
    version = (await store.load("telegram", "1")).version
    turn = asyncio.create_task(store.save("telegram", "1", version, Session("en")))
    for _ in range(3):
        await asyncio.sleep(0)
    turn.cancel()
    await asyncio.wait([turn])
    assert len(asyncio.all_tasks()) == 2
    await store.close()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    kept = (await store.load("telegram", "1")).session
    assert kept
    assert kept.language == "en"
