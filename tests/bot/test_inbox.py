"""From what came in to its answer: order, side by side, faults, kills, a store that fails, a stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot import inbox
from bot.config import Settings
from bot.inbox import KILLED, Handle, Intake
from bot.store import Store
from bot.store_database import StoreError
from bot.store_inbox import Figures, Incoming
from tests.databases import Clock
from tests.drivers import PATIENCE

EMPTY = Figures(0, 0, None, ())


def message(number: int, chat: object = 1) -> Incoming:
    """What somebody wrote: its number."""
    return Incoming(number, "telegram", str(chat), f"{chat}:{number}")


class Handled:
    """Handles by writing down; what `held` names waits until it is let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.held: dict[str, asyncio.Event] = {}
        self.faults: dict[str, str | Exception] = {}

    async def __call__(self, payload: str) -> str:
        """As `Handle` has it."""
        self.begun.append(payload)
        if payload in self.held:
            await self.held[payload].wait()
        self.done.append(payload)
        fault = self.faults.get(payload, "")
        if isinstance(fault, Exception):
            raise fault
        return fault

    def hold(self, payload: str) -> asyncio.Event:
        """Lets it wait until the event is set."""
        return self.held.setdefault(payload, asyncio.Event())


@asynccontextmanager
async def taking(store: Store, handle: Handle, shared: bool = False) -> AsyncIterator[Intake]:
    """A running intake."""
    intake = Intake(store, handle, shared)
    intake.start()
    try:
        async with asyncio.timeout(PATIENCE):
            yield intake
    finally:
        await intake.stop()


async def until(holds: Callable[[], bool] | Callable[[], Awaitable[bool]]) -> None:
    """Waits."""
    while True:
        held = holds()
        if held if isinstance(held, bool) else await held:
            return
        await asyncio.sleep(0.01)


async def broken(store: Store, breaks: bool = True) -> None:
    """Takes away a table that every change of the inbox needs, or puts it back."""
    old, new = ("inbox", "elsewhere") if breaks else ("elsewhere", "inbox")
    async with store.database.writing() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")


@pytest.fixture
def handled() -> Handled:
    """Writes down what it handles."""
    return Handled()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits in earnest waits a moment here."""
    monkeypatch.setattr(inbox, "TICK_SECONDS", 0.05)
    monkeypatch.setattr(inbox, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(inbox, "STORE_SECONDS", 0.0)


async def test_in_order_within_a_chat_and_nothing_is_kept(store: Store, handled: Handled) -> None:
    async with taking(store, handled) as intake:
        await intake.take(message(one, one % 3) for one in range(60))
        await intake.take(message(one, one % 3) for one in range(30, 90))
        await intake.idle()
    for chat in range(3):
        mine = [one for one in handled.done if one.startswith(f"{chat}:")]
        assert mine == [f"{chat}:{one}" for one in range(90) if one % 3 == chat]
    assert await store.inbox.figures() == EMPTY


async def test_one_busy_chat_holds_nobody_up(store: Store, handled: Handled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "AT_ONCE", 2)
    first = handled.hold("0:1")
    async with taking(store, handled) as intake:
        await intake.take(message(one, 0) for one in range(1, 201))
        await intake.take(message(200 + one, one) for one in range(1, 51))
        await until(lambda: len(handled.done) == 50)
        assert handled.begun.count("0:2") == 0
        first.set()
        await intake.idle()
    assert len(handled.done) == 250


async def test_a_chat_that_has_much_to_say_takes_turns_with_the_others(
    store: Store, handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "AT_ONCE", 1)
    async with taking(store, handled) as intake:
        await intake.take([*(message(one, 0) for one in range(1, 51)), message(51, 1), message(52, 2)])
        await intake.idle()
    assert {"1:51", "2:52"} <= set(handled.done[:5])


async def test_what_a_killed_process_has_left_is_handled_at_the_next_start(
    settings: Settings, store: Store, handled: Handled, clock: Clock
) -> None:
    killed = await Store.open(settings, clock)
    await killed.inbox.add([message(one, one % 5) for one in range(500)], inbox.LEASE)
    await killed.close()
    async with taking(store, handled):
        await until(lambda: len(handled.done) == 500)
    assert await store.inbox.figures() == EMPTY


@pytest.mark.parametrize("fault", ["KeyError", KeyError("hvad borgmesteren tjener")])
async def test_what_fails_is_set_aside_without_words_and_the_next_is_handled(
    store: Store, handled: Handled, fault: str | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    handled.faults["1:1"] = fault
    async with taking(store, handled) as intake:
        await intake.take([message(1), message(2)])
        await intake.idle()
    assert handled.done == ["1:1", "1:2"]
    assert await store.inbox.figures() == Figures(0, 0, None, (("KeyError", 1),))
    assert "an update is set aside: KeyError" in caplog.text
    assert "borgmesteren" not in caplog.text


async def test_what_never_ends_is_given_up(store: Store, handled: Handled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "HANDLE_SECONDS", 0.1)
    handled.hold("1:1")
    async with taking(store, handled) as intake:
        await intake.take([message(1), message(2)])
        await intake.idle()
        assert intake.fault == ""
    assert handled.done == ["1:2"]
    assert (await store.inbox.figures()).failed == (("TimeoutError", 1),)


async def test_what_kills_the_process_again_and_again_is_set_aside_and_what_stood_beside_it_is_not(
    settings: Settings, store: Store, clock: Clock
) -> None:
    """A kill: the intake is dropped with all that it was at, and another one takes over."""
    poison, handled, kills = "1:1", Handled(), 0
    await store.inbox.add([message(1, 1), *(message(one, one) for one in range(2, 12))], None)
    while kills < 10:
        dead = asyncio.Event()
        beside = asyncio.Event()

        async def handle(payload: str, dead: asyncio.Event = dead, beside: asyncio.Event = beside) -> str:
            if payload == poison:
                dead.set()
            await beside.wait() if dead.is_set() else await handled(payload)
            return ""

        process = await Store.open(settings, clock)
        intake = Intake(process, handle)
        intake.start()
        quiet = asyncio.create_task(until(lambda: given_up(store)))
        died = asyncio.create_task(dead.wait())
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait([quiet, died], return_when=asyncio.FIRST_COMPLETED)
        for task in (quiet, died, *intake._workers, *intake._beside):
            task.cancel()
        await asyncio.wait([quiet, died, *intake._workers, *intake._beside])
        await intake._settle.stop()
        await process.close()
        if not dead.is_set():
            break
        kills += 1
    assert kills == 4
    # What was answered a moment before a kill may be answered twice.
    assert set(handled.done) == {f"{one}:{one}" for one in range(2, 12)}
    assert await given_up(store)


async def given_up(store: Store) -> bool:
    """Whether one thing was set aside and nothing is left."""
    figures = await store.inbox.figures()
    return figures == Figures(0, 0, None, ((KILLED, 1),))


async def test_while_the_store_fails_all_is_handled_before_it_is_confirmed(
    store: Store, handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    async with taking(store, handled) as intake:
        await intake.take([message(1)])
        await until(lambda: not intake._in_hand)
        await broken(store)
        held = handled.hold("1:2")
        taken = asyncio.create_task(intake.take([message(2), message(3, 2)]))
        await until(lambda: "2:3" in handled.done)
        assert not taken.done()
        held.set()
        await taken
        assert handled.done == ["1:1", "2:3", "1:2"]
        await broken(store, False)
        await intake.take([message(4)])
        await intake.idle()
    assert handled.done[-1] == "1:4"
    assert caplog.text.count("until that is put right, what comes in is answered at once instead of stored") == 1
    assert caplog.text.count("the store works again") == 1
    assert await store.inbox.figures() == EMPTY


async def test_what_is_kept_is_stored_or_refused(store: Store, handled: Handled) -> None:
    intake = Intake(store, handled, shared=True)
    await intake.keep(message(1))
    assert (await store.inbox.figures()).waiting == 1
    intake.start()
    await asyncio.gather(*(intake.keep(message(one, one % 3)) for one in range(20)))
    async with asyncio.timeout(PATIENCE):
        await until(lambda: len(handled.done) == 20)
    await broken(store)
    outcomes = await asyncio.gather(*(intake.keep(message(20)) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in outcomes] == [StoreError] * 3
    await broken(store, False)
    await intake.keep(message(20))
    async with asyncio.timeout(PATIENCE):
        await until(lambda: len(handled.done) == 21)
    await intake.stop()
    # Whoever stops hands on what still comes.
    await intake.keep(message(21))
    assert (await store.inbox.figures()).waiting == 1
    assert len(handled.done) == 21


async def test_what_was_handled_while_the_store_failed_is_settled_when_it_works(store: Store, handled: Handled) -> None:
    held, fails = handled.hold("1:1"), handled.hold("2:2")
    handled.faults["2:2"] = "KeyError"
    async with taking(store, handled) as intake:
        await intake.take([message(1), message(2, 2)])
        await until(lambda: len(handled.begun) == 2)
        await broken(store)
        held.set()
        fails.set()
        await intake.idle()
        await broken(store, False)

        async def settled() -> bool:
            return await store.inbox.figures() == Figures(0, 0, None, (("KeyError", 1),))

        await until(settled)
        await intake.take([message(1), message(2, 2)])
        await intake.idle()
    assert len(handled.done) == 2


async def test_a_stop_finishes_what_is_in_hand(store: Store, handled: Handled) -> None:
    held = handled.hold("1:1")
    async with taking(store, handled) as intake:
        await intake.take(message(one) for one in range(1, 21))
        stopping = asyncio.create_task(intake.stop())
        await asyncio.sleep(0.05)
        held.set()
        await stopping
    assert len(handled.done) == 20
    assert await store.inbox.figures() == EMPTY


async def test_what_a_stop_cannot_wait_for_is_left_to_the_next_start(
    store: Store, handled: Handled, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "STOP_SECONDS", 0.2)
    handled.hold("1:1")
    async with taking(store, handled) as intake:
        await intake.take([message(1), message(2)])
    assert "2 updates are left to the next start" in caplog.text
    assert [one.attempts for one in await store.inbox.claim(10, inbox.LEASE)] == [0, 0]


async def test_a_worker_that_ends_is_told(store: Store, handled: Handled) -> None:
    async with taking(store, handled) as intake:
        assert intake.fault == ""
        intake._workers[0].cancel()
        await until(lambda: intake.fault == "a worker has ended")


async def test_no_more_is_taken_in_hand_than_there_is_room_for(
    store: Store, handled: Handled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_IN_HAND", 3)
    held = handled.hold("1:1")
    async with taking(store, handled, shared=True) as intake:
        await intake.room()
        await intake.take(message(one) for one in range(1, 5))
        await intake.take([message(5, 2)])
        room = asyncio.create_task(intake.room())
        await asyncio.sleep(0.05)
        assert handled.begun == ["1:1"]
        assert not room.done()
        held.set()
        await room
        await until(lambda: len(handled.done) == 5)


async def test_two_share_an_inbox_in_order_and_once(
    settings: Settings, store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    other = await Store.open(settings, clock)
    handled, busy = Handled(), set()

    async def handle(payload: str) -> str:
        chat = payload.partition(":")[0]
        assert chat not in busy
        busy.add(chat)
        await asyncio.sleep(0.001)
        busy.discard(chat)
        return await handled(payload)

    async with taking(store, handle, shared=True) as one, taking(other, handle, shared=True) as two:
        for start in range(0, 300, 3):
            await (one, two)[start % 2].take(message(start + step, (start + step) % 7) for step in range(3))
        await until(lambda: len(handled.done) == 300)
    await other.close()
    for chat in range(7):
        mine = [int(each.partition(":")[2]) for each in handled.done if each.startswith(f"{chat}:")]
        assert mine == sorted(mine)
    assert await store.inbox.figures() == EMPTY
