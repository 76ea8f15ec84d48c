"""The outbox on SQLite and PostgreSQL alike: who is told, when, once; what is claimed by one is nobody else's."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.config import Settings
from bot.store import Store
from bot.store_outbox import Failure, Figures, Notice, Parcel
from handlers.memory import Change, Erase, Rhythm, Scope, Subscribe, Subscription, Unsubscribe
from handlers.session import Session
from knowledge.library import Touched
from tests.databases import NOW, Clock
from tests.told import TOLD

KOLDING_MENTORS = (Touched("kolding", ("mentor",), ("kolding-2014",)),)
PAPER = (Touched(),)
"""Told to those alone who follow everything."""
LEASE = timedelta(minutes=1)
AT_ONCE = Rhythm()
DAILY = Rhythm("daily", 8)
"""From Monday at half past ten: Tuesday at eight in Denmark."""
TUESDAY = NOW.replace(day=24, hour=7, minute=0)


async def turn(store: Store, chat: str, *changes: Change, channel: str = "telegram") -> None:
    """A turn of a chat that changes its subscriptions."""
    before = await store.load(channel, chat)
    assert await store.save(channel, chat, before.version, Session("da"), changes)


async def subscribe(store: Store, chat: str, scope: Scope, *excluding: str, rhythm: Rhythm = AT_ONCE) -> None:
    """A turn of a chat that subscribes."""
    await turn(store, chat, Subscribe(Subscription(scope, excluding, rhythm)))


async def claimed(store: Store, channel: str = "telegram", limit: int = 100) -> dict[str, list[str]]:
    """Chat -> updates, of all that can be claimed at once."""
    parcels = await store.outbox.claim(channel, limit, LEASE)
    return {parcel.chat: [notice.update for notice in parcel.notices] for parcel in parcels}


@pytest.mark.parametrize(("scope", "excluding", "touched", "told"), TOLD)
async def test_who_is_told(
    store: Store, scope: Scope, excluding: tuple[str, ...], touched: tuple[Touched, ...], told: bool
) -> None:
    await subscribe(store, "1", scope, *excluding)
    assert await store.outbox.preview(touched) == (int(told), 0)
    assert await store.outbox.announce("new", "d", touched) == int(told)
    assert await claimed(store) == ({"1": ["new"]} if told else {})


async def test_what_matches_two_subscriptions_is_told_once_for_the_one_that_says_most(store: Store) -> None:
    for scope in (Scope(), Scope("kolding"), Scope("kolding", "mentor"), Scope(theme="mentor")):
        await subscribe(store, "1", scope)
    assert await store.outbox.announce("new", "d", KOLDING_MENTORS) == 1
    (parcel,) = await store.outbox.claim("telegram", 10, LEASE)
    assert parcel == Parcel(
        parcel.number, "telegram", "1", "da", (Notice("new", Scope("kolding", "mentor"), Rhythm(), NOW, 0),)
    )


async def test_what_is_told_at_once_is_not_left_to_a_digest(store: Store) -> None:
    await subscribe(store, "1", Scope("kolding", "mentor"), rhythm=DAILY)
    await subscribe(store, "1", Scope("kolding"))
    await subscribe(store, "2", Scope("kolding"), rhythm=DAILY)
    assert await store.outbox.preview(KOLDING_MENTORS) == (1, 1)
    assert await store.outbox.announce("new", "d", KOLDING_MENTORS) == 2
    (parcel,) = await store.outbox.claim("telegram", 10, LEASE)
    assert (parcel.chat, parcel.notices[0].scope) == ("1", Scope("kolding"))


async def test_a_digest_gathers_what_is_due(store: Store, clock: Clock) -> None:
    await subscribe(store, "1", Scope(), rhythm=DAILY)
    await store.outbox.announce("a", "d", PAPER)
    clock.wait(hours=1)
    await store.outbox.announce("b", "d", PAPER)
    assert await claimed(store) == {}
    clock.now = TUESDAY
    await store.outbox.announce("c", "d", PAPER)
    assert await claimed(store) == {"1": ["a", "b", "c"]}


async def test_an_update_is_announced_once(store: Store) -> None:
    await subscribe(store, "1", Scope())
    assert await store.outbox.announce("new", "d", PAPER) == 1
    assert await store.outbox.announce("new", "other text", PAPER) is None
    assert await store.outbox.announced() == {"new": "d"}


async def test_a_fresh_database_takes_what_there_is_for_old_but_only_once(store: Store) -> None:
    await subscribe(store, "1", Scope())
    assert await store.outbox.begin([("old", "d"), ("older", "e")])
    assert not await store.outbox.begin([("new", "f")])
    assert await store.outbox.announced() == {"old": "d", "older": "e"}
    assert await store.outbox.announce("old", "d", PAPER) is None
    assert await store.outbox.announce("new", "f", PAPER) == 1


async def test_a_fresh_database_without_updates_announces_the_first(store: Store) -> None:
    assert await store.outbox.begin([])
    assert not await store.outbox.begin([("first", "d")])
    assert await store.outbox.announced() == {}


async def test_announced_by_two_at_once_it_is_queued_once(settings: Settings, store: Store, clock: Clock) -> None:
    await subscribe(store, "1", Scope())
    other = await Store.open(settings, clock)
    counts = await asyncio.gather(*(one.outbox.announce("new", "d", PAPER) for one in (store, other) * 4))
    await other.close()
    assert sorted(counts, key=str) == [1] + [None] * 7


async def test_a_paused_chat_is_held_back_until_it_returns(store: Store, clock: Clock) -> None:
    await subscribe(store, "1", Scope())
    await store.outbox.announce("before", "d", PAPER)
    assert await claimed(store) == {"1": ["before"]}
    await store.pause("telegram", "1")
    assert (await store.load("telegram", "1")).kept.paused == NOW
    assert await store.outbox.announce("meanwhile", "d", PAPER) == 0
    assert await store.outbox.preview(PAPER) == (0, 0)
    assert await claimed(store) == {}
    assert (await store.outbox.figures()).held == 1
    clock.wait(hours=1)
    await store.pause("telegram", "1")
    assert (await store.load("telegram", "1")).kept.paused == NOW
    await turn(store, "1")
    assert (await store.load("telegram", "1")).kept.paused is None
    assert await claimed(store) == {"1": ["before"]}


async def test_a_paused_chat_can_be_resumed_without_a_turn(store: Store) -> None:
    await subscribe(store, "1", Scope())
    await store.outbox.announce("new", "d", PAPER)
    await store.pause("telegram", "1")
    await store.resume("telegram", "1")
    assert await claimed(store) == {"1": ["new"]}


async def test_what_is_claimed_is_not_claimed_again_before_the_lease_ends(store: Store, clock: Clock) -> None:
    await subscribe(store, "1", Scope())
    await store.outbox.announce("a", "d", PAPER)
    assert await claimed(store) == {"1": ["a"]}
    await store.outbox.announce("b", "d", PAPER)
    assert await claimed(store) == {"1": ["b"]}
    assert await claimed(store) == {}
    clock.wait(seconds=61)
    assert await claimed(store) == {"1": ["a", "b"]}


@pytest.mark.parametrize("rhythm", [AT_ONCE, Rhythm("weekly", 8, 4)])
async def test_a_clock_that_is_set_back_holds_nothing_back(store: Store, clock: Clock, rhythm: Rhythm) -> None:
    clock.wait(days=400)
    await subscribe(store, "1", Scope(), rhythm=rhythm)
    await store.outbox.announce("queued", "d", PAPER)
    await subscribe(store, "2", Scope())
    await store.outbox.announce("claimed", "d", PAPER)
    claims = await claimed(store)
    assert "2" in claims
    clock.now = NOW
    assert await claimed(store) == {"1": ["claimed", "queued"], "2": ["claimed"]}


async def test_claims_are_of_one_channel_and_so_many_chats(store: Store) -> None:
    for chat in ("1", "2", "3"):
        await subscribe(store, chat, Scope())
    await turn(store, "root", Subscribe(Subscription(Scope())), channel="terminal")
    await store.outbox.announce("new", "d", PAPER)
    first, second = await claimed(store, limit=2), await claimed(store, limit=2)
    assert (len(first), len(second)) == (2, 1)
    assert {*first, *second} == {"1", "2", "3"}
    assert await claimed(store, "terminal") == {"root": ["new"]}


async def test_what_is_settled_is_gone(store: Store, clock: Clock) -> None:
    for chat in ("1", "2"):
        await subscribe(store, chat, Scope())
    await store.outbox.announce("new", "d", PAPER)
    await store.outbox.settle(*await store.outbox.claim("telegram", 10, LEASE))
    clock.wait(days=1)
    assert await claimed(store) == {}
    assert await store.outbox.figures() == Figures(0, 0, 0, 0, 0, None)


async def test_what_is_postponed_comes_again_with_its_attempts(store: Store, clock: Clock) -> None:
    await subscribe(store, "1", Scope())
    await store.outbox.announce("new", "d", PAPER)
    (parcel,) = await store.outbox.claim("telegram", 10, LEASE)
    await store.outbox.postpone(parcel, timedelta(minutes=5), attempts=3)
    assert await claimed(store) == {}
    clock.wait(minutes=5)
    (parcel,) = await store.outbox.claim("telegram", 10, LEASE)
    assert (parcel.notices[0].attempts, parcel.notices[0].due) == (3, NOW + timedelta(minutes=5))


async def test_who_lost_the_lease_changes_nothing_but_may_settle(
    settings: Settings, store: Store, clock: Clock
) -> None:
    await subscribe(store, "1", Scope())
    await store.outbox.announce("new", "d", PAPER)
    (parcel,) = await store.outbox.claim("telegram", 10, LEASE)
    clock.wait(minutes=2)
    other = await Store.open(settings, clock)
    assert await claimed(other) == {"1": ["new"]}
    await store.outbox.postpone(parcel, timedelta(0), attempts=1)
    await store.outbox.set_aside(parcel, "BadRequest")
    await store.outbox.release()
    assert await claimed(other) == {}
    assert (await other.outbox.figures()).leased == 1
    await store.outbox.settle(parcel)
    assert (await other.outbox.figures()).leased == 0
    await other.close()


async def test_what_is_released_can_be_claimed_at_once(store: Store) -> None:
    await subscribe(store, "1", Scope())
    await store.outbox.announce("new", "d", PAPER)
    assert await claimed(store) == {"1": ["new"]}
    await store.outbox.release()
    assert await claimed(store) == {"1": ["new"]}


async def test_what_is_set_aside_is_shown_and_can_be_retried(store: Store, clock: Clock) -> None:
    for chat in ("1", "2", "3"):
        await subscribe(store, chat, Scope())
    for update in ("a", "b"):
        await store.outbox.announce(update, "d", PAPER)
    first, second, third = await store.outbox.claim("telegram", 10, LEASE)
    await store.outbox.set_aside(first, "BadRequest")
    await store.outbox.set_aside(replace(second, notices=second.notices[:1]), "BadRequest")
    await store.outbox.postpone(third, timedelta(hours=1), attempts=1)
    clock.wait(minutes=2)
    assert await store.outbox.failures() == [Failure("a", "BadRequest", 2), Failure("b", "BadRequest", 1)]
    assert await store.outbox.figures() == Figures(waiting=3, due=1, leased=0, held=0, failed=3, oldest=NOW)
    assert await claimed(store) == {second.chat: ["b"]}
    assert await store.outbox.retry() == 3
    assert {chat: sorted(updates) for chat, updates in (await claimed(store)).items()} == {
        first.chat: ["a", "b"],
        second.chat: ["a"],
    }


async def test_three_that_claim_at_once_share_without_overlap(settings: Settings, store: Store, clock: Clock) -> None:
    for number in range(30):
        await subscribe(store, str(number), Scope())
    for update in ("a", "b"):
        await store.outbox.announce(update, "d", PAPER)
    stores = [store, *[await Store.open(settings, clock) for _ in range(2)]]

    async def all_of(one: Store) -> list[Parcel]:
        parcels = []
        while some := await one.outbox.claim("telegram", 4, LEASE):
            parcels += some
        return parcels

    shares = await asyncio.gather(*(all_of(one) for one in stores))
    for one in stores[1:]:
        await one.close()
    assert sorted(int(parcel.chat) for share in shares for parcel in share) == list(range(30))
    assert all([one.update for one in parcel.notices] == ["a", "b"] for share in shares for parcel in share)


async def test_stopping_a_subscription_stops_what_waits_for_it_alone(store: Store, clock: Clock) -> None:
    await subscribe(store, "1", Scope("kolding"))
    await subscribe(store, "1", Scope(theme="mentor"), rhythm=DAILY)
    await store.outbox.announce("both", "d", KOLDING_MENTORS)
    await store.outbox.announce("one", "d", [Touched("kolding")])
    await turn(store, "1", Unsubscribe(Scope("kolding")))
    assert await claimed(store) == {}
    clock.now = TUESDAY
    (parcel,) = await store.outbox.claim("telegram", 10, LEASE)
    assert parcel.notices == (Notice("both", Scope(theme="mentor"), DAILY, TUESDAY, 0),)


async def test_another_rhythm_holds_for_what_waits(store: Store, clock: Clock) -> None:
    await subscribe(store, "1", Scope(), rhythm=DAILY)
    await store.outbox.announce("new", "d", PAPER)
    assert await claimed(store) == {}
    await subscribe(store, "1", Scope())
    assert await claimed(store) == {"1": ["new"]}
    await subscribe(store, "1", Scope(), rhythm=DAILY)
    clock.wait(minutes=2)
    assert await claimed(store) == {"1": ["new"]}


async def test_a_new_subscription_is_not_told_what_is_old(store: Store) -> None:
    await store.outbox.announce("old", "d", PAPER)
    await subscribe(store, "1", Scope())
    assert await claimed(store) == {}


async def test_what_was_sent_is_not_sent_again_after_a_change(store: Store) -> None:
    await subscribe(store, "1", Scope())
    await store.outbox.announce("new", "d", PAPER)
    await store.outbox.settle(*await store.outbox.claim("telegram", 10, LEASE))
    await subscribe(store, "1", Scope(), rhythm=Rhythm(quiet_from=1, quiet_until=2))
    await subscribe(store, "1", Scope("kolding"))
    assert await claimed(store) == {}


async def test_who_erases_is_told_nothing_more(store: Store) -> None:
    await subscribe(store, "1", Scope())
    await store.outbox.announce("new", "d", PAPER)
    (parcel,) = await store.outbox.claim("telegram", 10, LEASE)
    await turn(store, "1", Erase())
    await store.outbox.postpone(parcel, timedelta(0), attempts=1)
    await subscribe(store, "1", Scope())
    assert await claimed(store) == {}


async def test_a_group_that_moved_is_told_at_its_new_place(store: Store) -> None:
    await subscribe(store, "-1", Scope())
    await store.outbox.announce("new", "d", PAPER)
    await store.move("telegram", "-1", "-100")
    assert await claimed(store) == {"-100": ["new"]}
    assert (await store.load("telegram", "-1")).session is None
    assert (await store.load("telegram", "-100")).kept.subscriptions == (Subscription(Scope()),)
    await store.move("telegram", "-1", "-100")
    await store.move("telegram", "-100", "-100")
    assert (await store.load("telegram", "-100")).kept.subscriptions == (Subscription(Scope()),)


async def test_a_turn_under_the_old_name_is_answered_again(store: Store) -> None:
    await subscribe(store, "-1", Scope())
    before = await store.load("telegram", "-1")
    await store.move("telegram", "-1", "-100")
    assert not await store.save("telegram", "-1", before.version, Session("da"))


async def test_a_group_that_moved_to_where_it_is_known_has_both(store: Store) -> None:
    await subscribe(store, "-1", Scope(), "indkob")
    await subscribe(store, "-1", Scope("kolding"))
    await store.outbox.announce("a", "d", [Touched("aarhus")])
    await subscribe(store, "-100", Scope("kolding"), rhythm=DAILY)
    await store.outbox.announce("b", "d", [Touched("kolding")])
    await store.move("telegram", "-1", "-100")
    assert (await store.load("telegram", "-100")).kept.subscriptions == (
        Subscription(Scope(), ("indkob",)),
        Subscription(Scope("kolding"), rhythm=DAILY),
    )
    assert (await store.load("telegram", "-1")).session is None
    figures = await store.outbox.figures()
    assert (figures.waiting, figures.due) == (2, 1)
    assert await claimed(store) == {"-100": ["a"]}
