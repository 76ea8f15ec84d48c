"""What a running bot erases by itself, what it leaves, and what a clock that was set does not make it erase."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest

from bot import housekeeping
from bot.app import build
from bot.config import Settings
from bot.conversation import Conversation, Incoming
from bot.housekeeping import Housekeeping
from bot.store import Store
from bot.store_inbox import Incoming as Received
from handlers.dialogue import Dialogue
from handlers.keeping import Keeping
from handlers.memory import Change, Scope, Subscribe, Subscription
from handlers.session import Session
from knowledge.library import Touched
from tests.bot.conftest import running, settings_for
from tests.databases import Clock, write_protect
from tests.drivers import PATIENCE
from tests.fake_telegram import FakeTelegram

KOLDING = Subscribe(Subscription(Scope("kolding")))


class Hours:
    """A clock and the time that passes, together unless the clock is set."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.seconds = 0.0

    def wait(self, **time: float) -> None:
        """Lets time pass."""
        self.clock.wait(**time)
        self.seconds += timedelta(**time).total_seconds()

    def passed(self) -> float:
        """Seconds."""
        return self.seconds


@pytest.fixture
def hours(clock: Clock) -> Hours:
    """The time of the store and of the housekeeping."""
    return Hours(clock)


def keeper(store: Store, hours: Hours, **more: Any) -> Housekeeping:
    """One of an operator with these settings."""
    return Housekeeping(store, Settings(**more), hours.clock, hours.passed)


async def turn(store: Store, chat: str, *changes: Change) -> None:
    """A turn of a chat."""
    before = await store.load("telegram", chat)
    assert await store.save("telegram", chat, before.version, Session("da"), changes)


async def known(store: Store, *chats: str) -> list[str]:
    """Those of which something is kept."""
    return [one for one in chats if (await store.load("telegram", one)).session]


async def test_who_does_not_write_is_forgotten_and_who_is_told_of_news_is_not(store: Store, hours: Hours) -> None:
    await turn(store, "silent")
    await turn(store, "follows", KOLDING)
    await turn(store, "gone", KOLDING)
    await store.pause("telegram", "gone")
    hours.wait(days=200)
    await turn(store, "writes")
    keep = keeper(store, hours)
    hours.wait(days=166)
    await keep.tidy()
    assert await known(store, "silent", "follows", "gone", "writes") == ["follows", "writes"]


async def test_who_does_not_look_at_what_waits_is_forgotten_too(store: Store, hours: Hours) -> None:
    await store.outbox.begin([])
    await turn(store, "looks", KOLDING)
    await turn(store, "never looks", KOLDING)
    keep = keeper(store, hours, inactive_days=30)
    hours.wait(hours=1)
    await store.outbox.announce("2027-01-01-x", "x", [Touched("kolding", (), ())])
    parcel = await store.claim_of("telegram", "looks", timedelta(minutes=1))
    assert parcel
    await store.outbox.settle(parcel)
    hours.wait(days=31)
    await keep.tidy()
    assert await known(store, "looks", "never looks") == ["looks"]


async def test_zero_days_erase_nobody(store: Store, hours: Hours) -> None:
    await turn(store, "silent")
    keep = keeper(store, hours, inactive_days=0)
    hours.wait(days=5000)
    await keep.tidy()
    assert await known(store, "silent") == ["silent"]


@pytest.mark.parametrize("jump", [timedelta(days=4000), timedelta(days=-4000)])
async def test_a_clock_that_is_set_erases_nothing_before_it_has_gone_right_for_an_hour(
    store: Store, hours: Hours, jump: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    await turn(store, "writes")
    keep = keeper(store, hours)
    hours.wait(hours=1)
    hours.clock.now += jump
    await keep.tidy()
    assert "the clock was set" in caplog.text
    hours.clock.now -= jump
    hours.wait(hours=1)
    await keep.tidy()
    hours.wait(hours=1)
    await keep.tidy()
    assert await known(store, "writes") == ["writes"]
    hours.wait(days=366)
    await keep.tidy()
    assert await known(store, "writes") == []


async def test_kept_questions_go_after_their_time_and_when_the_operator_turns_them_off(
    store: Store, hours: Hours
) -> None:
    keep = keeper(store, hours, unanswered_days=30)
    await store.questions.keep("hvor er svømmehallen?", "da")
    hours.wait(days=20)
    await store.questions.keep("hvem er borgmester?", "da")
    hours.wait(days=11)
    await keep.tidy()
    assert [one.text for one in await store.questions.kept()] == ["hvem er borgmester?"]
    await keeper(store, hours).tidy()
    assert await store.questions.kept() == []


async def test_what_came_in_is_known_for_two_days(store: Store, hours: Hours, caplog: pytest.LogCaptureFixture) -> None:
    keep = keeper(store, hours)
    several = [Received(one, "telegram", "1", "hej") for one in (1, 2)]
    await store.inbox.add(several, None)
    await store.inbox.settle([1])
    hours.wait(days=1)
    await keep.tidy()
    assert await store.inbox.add(several, None) == []
    assert (await store.inbox.figures()).waiting == 1
    hours.wait(days=1, hours=1)
    await keep.tidy()
    assert (await store.inbox.figures()).waiting == 0
    assert "erased 1 updates that nobody has answered for 2 days" in caplog.text


async def test_a_store_that_fails_is_told_once_and_tidied_later(
    store: Store, hours: Hours, caplog: pytest.LogCaptureFixture
) -> None:
    await turn(store, "silent")
    keep = keeper(store, hours)
    hours.wait(days=400)
    await write_protect(store)
    with caplog.at_level(logging.ERROR):
        await keep.tidy()
        await keep.tidy()
    assert [one.levelname for one in caplog.records] == ["ERROR"]
    await write_protect(store, False)
    await keep.tidy()
    assert await known(store, "silent") == []


async def test_a_running_bot_does_so(
    fake: FakeTelegram, store: Store, clock: Clock, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "EVERY_SECONDS", 0.05)
    # The bot goes by the real clock, and the store in this test by its own, which is set back.
    clock.now = clock.now.replace(year=2000)
    await turn(store, "silent")
    keeping = Keeping(stored=True)
    talk = Conversation(Dialogue(dialogue.library, dialogue.understander, dialogue.today, keeping), store)
    async with running(build(settings_for(fake), talk)), asyncio.timeout(PATIENCE):
        while await known(store, "silent"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("days", [0, 30])
async def test_what_is_not_understood_is_kept_masked_where_the_operator_wants_it(
    store: Store, dialogue: Dialogue, days: int
) -> None:
    keeping = Keeping(stored=True, unanswered_days=days)
    talk = Conversation(Dialogue(dialogue.library, dialogue.understander, dialogue.today, keeping), store)
    for text in (
        "hvad gør Kolding?",
        "hvad er vejret på cykelstien i morgen, ring 20 30 40 50 eller skriv til ole@example.dk",
        "hvad gør Vejle?",
    ):
        await talk.take(Incoming("telegram", "4711", text))
    await talk.take(Incoming("telegram", "4711", action="no_such_action"))
    kept = [(one.language, one.text) for one in await store.questions.kept()]
    masked = "hvad er vejret på cykelstien i morgen, ring [number] eller skriv til [mail]"
    assert kept == ([("da", masked)] if days else [])


async def test_a_question_that_cannot_be_kept_is_answered(
    store: Store, dialogue: Dialogue, caplog: pytest.LogCaptureFixture
) -> None:
    keeping = Keeping(stored=True, unanswered_days=30)
    talk = Conversation(Dialogue(dialogue.library, dialogue.understander, dialogue.today, keeping), store)
    async with store.database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE questions RENAME TO elsewhere")
    try:
        reply = await talk.take(Incoming("telegram", "1", "hvad er vejret på cykelstien i morgen?"))
    finally:
        async with store.database.writing() as connection:
            await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO questions")
    assert reply.about.intent == "unknown"
    assert [one.levelname for one in caplog.records] == ["ERROR"]
    assert "vejret" not in caplog.text
