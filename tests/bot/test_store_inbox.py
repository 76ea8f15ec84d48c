"""The inbox on SQLite and PostgreSQL alike: kept until it is answered, once, in order, by one process at a time."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.store import Store
from bot.store_inbox import Claimed, Figures, Incoming
from bot.store_tables import inbox
from handlers.memory import Erase
from handlers.session import Session
from tests.databases import NOW, Clock

LEASE = timedelta(seconds=30)
SECRET = "hvad tjener borgmesteren?"


def message(number: int, chat: str = "1", text: str = SECRET) -> Incoming:
    """What somebody wrote."""
    return Incoming(number, "telegram", chat, text)


def numbers(claimed: list[Claimed]) -> list[int]:
    return [one.number for one in claimed]


@pytest.fixture
async def other(settings: Settings, store: Store, clock: Clock) -> AsyncIterator[Store]:
    """Another process on the same database."""
    opened = await Store.open(settings, clock)
    yield opened
    await opened.close()


async def test_what_comes_in_is_handed_out_in_its_order_and_once(store: Store) -> None:
    claimed = await store.inbox.add([message(3), message(1, "2"), message(2), message(3)], LEASE)
    assert numbers(claimed) == [1, 2, 3]
    assert {one.payload for one in claimed} == {SECRET}
    assert claimed[1].lane == claimed[2].lane != claimed[0].lane
    assert await store.inbox.add([message(2), message(3)], LEASE) == []
    assert await store.inbox.claim(10, LEASE) == []


async def test_what_was_answered_a_moment_ago_is_known(store: Store, other: Store) -> None:
    await store.inbox.add([message(1), message(2), message(3)], LEASE)
    await store.inbox.settle([1])
    await store.inbox.set_aside(2, "KeyError")
    await store.inbox.settle([3])
    assert await other.inbox.add([message(1), message(2), message(3)], LEASE) == []
    assert await store.inbox.figures() == Figures(0, 0, None, (("KeyError", 1),))


async def test_what_is_stored_only_waits(store: Store, other: Store, clock: Clock) -> None:
    assert await store.inbox.add([message(1)], None) == []
    clock.wait(seconds=5)
    await store.inbox.add([message(2, "2")], LEASE)
    assert await store.inbox.figures() == Figures(1, 1, NOW, ())
    assert numbers(await other.inbox.claim(10, LEASE)) == [1]


async def test_one_chat_is_in_one_hand(store: Store, other: Store) -> None:
    await store.inbox.add([message(5)], LEASE)
    assert await other.inbox.add([message(6)], LEASE) == []
    # Even what comes late, and would come first.
    assert await other.inbox.add([message(4)], LEASE) == []
    assert await other.inbox.claim(10, LEASE) == []
    assert numbers(await store.inbox.claim(10, LEASE)) == [4, 6]
    await store.inbox.settle([4, 5, 6])
    assert numbers(await other.inbox.add([message(7)], LEASE)) == [7]


async def test_with_the_new_comes_what_waited_in_its_chat(store: Store, other: Store) -> None:
    await store.inbox.add([message(1), message(2, "2")], None)
    assert numbers(await other.inbox.add([message(3)], LEASE)) == [1, 3]


async def test_those_who_wait_for_longest_come_first(store: Store) -> None:
    await store.inbox.add([message(one, str(one)) for one in (5, 3, 8, 1)], None)
    assert numbers(await store.inbox.claim(2, LEASE)) == [1, 3]
    assert numbers(await store.inbox.claim(2, LEASE)) == [5, 8]


async def test_when_the_lease_ends_another_takes_it_and_knows_that_one_was_killed(
    store: Store, other: Store, clock: Clock
) -> None:
    await store.inbox.add([message(1), message(2)], LEASE)
    clock.wait(seconds=20)
    await store.inbox.extend(LEASE)
    clock.wait(seconds=20)
    assert await other.inbox.claim(10, LEASE) == []
    clock.wait(seconds=11)
    # Its own are in its memory.
    assert await store.inbox.claim(10, LEASE) == []
    assert [(one.number, one.payload, one.attempts) for one in await other.inbox.claim(10, LEASE)] == [
        (1, SECRET, 1),
        (2, SECRET, 1),
    ]
    assert not await store.inbox.begin(1)
    assert await other.inbox.begin(1)
    clock.wait(seconds=31)
    assert [one.attempts for one in await store.inbox.claim(10, LEASE)] == [2, 1]


async def test_what_is_given_back_is_taken_at_once_and_nobody_was_killed(store: Store, other: Store) -> None:
    await store.inbox.add([message(1)], LEASE)
    await store.inbox.release()
    assert [one.attempts for one in await other.inbox.claim(10, LEASE)] == [0]


async def test_the_only_one_takes_over_what_others_have_left(store: Store, other: Store) -> None:
    await other.inbox.add([message(1)], LEASE)
    await store.inbox.add([message(2, "2")], LEASE)
    await store.inbox.take_over()
    assert [(one.number, one.attempts) for one in await store.inbox.claim(10, LEASE)] == [(1, 1)]


async def test_nothing_of_it_can_be_read(store: Store, other: Store) -> None:
    await store.inbox.add([message(1)], None)
    async with store.database.reading() as connection:
        row = (await connection.execute(select(inbox))).one()
    assert SECRET.encode() not in row.payload
    assert [one.payload for one in await other.inbox.claim(10, LEASE)] == [SECRET]


async def test_what_is_old_goes_however_it_stands(store: Store, clock: Clock) -> None:
    await store.inbox.add([message(1), message(2), message(3)], LEASE)
    await store.inbox.settle([1])
    await store.inbox.set_aside(2, "KeyError")
    clock.wait(days=1)
    await store.inbox.add([message(4)], LEASE)
    assert await store.inbox.forget(clock() - timedelta(hours=1)) == 1
    assert await store.inbox.figures() == Figures(0, 1, clock(), ())
    # That was so long ago that it is not sent again.
    assert numbers(await store.inbox.add([message(1)], LEASE)) == [1]


async def test_a_chat_is_told_how_many_of_its_messages_wait_and_takes_them_along(store: Store) -> None:
    assert await store.save("telegram", "1", (0, 0), Session("da"))
    await store.inbox.add([message(1), message(2), message(3, "2")], LEASE)
    remembered = await store.load("telegram", "1", counted=True)
    assert remembered.kept.waiting == 2
    assert not await store.save("telegram", "1", (7, 7), Session("da"), [Erase()])
    assert (await store.load("telegram", "1", counted=True)).kept.waiting == 2
    assert await store.save("telegram", "1", remembered.version, Session("da"), [Erase()])
    async with store.database.reading() as connection:
        assert list((await connection.execute(select(inbox.c.id))).scalars()) == [3]


async def test_what_waited_in_a_chat_is_taken_along_with_what_comes(store: Store, other: Store) -> None:
    await store.inbox.add([message(1)], None)
    assert numbers(await other.inbox.add([message(2), message(3, "2")], LEASE)) == [1, 2, 3]
    # In the hands of another: neither its own nor what comes after it is taken, but what else came is.
    assert numbers(await store.inbox.add([message(4), message(5, "3")], LEASE)) == [5]
    assert numbers(await other.inbox.add([message(6)], LEASE)) == [4, 6]
    await other.inbox.settle([1, 2, 3, 4, 6])
    assert numbers(await store.inbox.add([message(7), message(7), message(6)], LEASE)) == [7]


async def test_two_who_take_from_the_same_chats_at_once_never_share_one(store: Store, other: Store) -> None:
    chance = random.Random(5)
    all_of_them = [message(one, str(chance.randrange(20))) for one in range(1, 601)]
    hands: dict[int, Store] = {}
    done: list[int] = []

    async def work(mine: Store, several: list[Incoming]) -> None:
        while several:
            size = chance.randint(1, 5)
            coming, several = several[:size], several[size:]
            claimed = await mine.inbox.add(coming, LEASE)
            while claimed:
                for each in claimed:
                    assert hands.setdefault(each.lane, mine) is mine
                await asyncio.sleep(chance.uniform(0, 0.002))
                for lane in {each.lane for each in claimed}:
                    del hands[lane]
                done.extend(numbers(claimed))
                await mine.inbox.settle(numbers(claimed))
                claimed = await mine.inbox.claim(3, LEASE)

    await asyncio.gather(work(store, all_of_them[::2]), work(other, all_of_them[1::2]))
    while claimed := await store.inbox.claim(10, LEASE):
        done.extend(numbers(claimed))
    assert sorted(done) == [one.number for one in all_of_them]
