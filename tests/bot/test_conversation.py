"""The road of all channels: what is kept of a chat goes into the answer, and a failing store takes no answer away."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import Settings
from bot.conversation import Conversation, Incoming
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.keeping import NOTHING_STORED
from handlers.memory import NOTHING_KEPT, Change, Erase, Kept, Scope, Subscribe, Subscription
from handlers.reply import About, Paragraph, Reply, Span, reply_text
from handlers.session import Session
from knowledge.query import Subject
from tests.databases import NOW, Clock, sqlite_settings, write_protect

UNKEPT = "Lige nu kan jeg hverken gemme"
NEVER_KEPT = "Her gemmer jeg ikke noget"


class Counting(Dialogue):
    """Tells what it knows of the chat: the turns before, the subscriptions; does what the text says."""

    def __init__(self) -> None:
        self.keeping = NOTHING_STORED
        self.meanwhile: Callable[[], object] = lambda: None
        """Called before each answer."""
        self.kept: list[Kept] = []

    def answer(
        self, text: str, session: Session, language: str = "", kept: Kept = NOTHING_KEPT
    ) -> tuple[Reply, Session]:
        """ "subscribe x" and "erase" change what is kept, "crash" is a fault; the rest is only counted."""
        self.meanwhile()
        if text == "crash":
            raise RuntimeError("planted")
        verb, _, place = text.partition(" ")
        self.kept.append(kept)
        known: dict[str, Change] = {"subscribe": Subscribe(Subscription(Scope(place))), "erase": Erase()}
        changes = (known[verb],) if verb in known else ()
        turns = session.subject.strategies
        had = ",".join(one.scope.municipality for one in kept.subscriptions)
        spoken = session.language or "da"
        reply = Reply(spoken, (Paragraph((Span(f"{len(turns)}[{had}]"),)),), About("answered", verb), changes=changes)
        return reply, Session(spoken, Subject(strategies=(*turns, text)))

    def act(self, action: str, session: Session, kept: Kept = NOTHING_KEPT) -> tuple[Reply, Session]:
        """As if it were typed."""
        return self.answer(action, session, kept=kept)


async def said(conversation: Conversation, text: str, chat: str = "1", language: str = "") -> str:
    """The reply's text."""
    return reply_text(await conversation.take(Incoming("telegram", chat, text, language=language)))


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that has failed is tried again at the next turn."""
    monkeypatch.setattr("bot.conversation.REST_SECONDS", 0.0)


async def test_a_conversation_goes_on_after_a_restart(settings: Settings, store: Store, clock: Clock) -> None:
    conversation = Conversation(Counting(), store)
    assert [await said(conversation, one) for one in ("hej", "subscribe kolding", "hej")] == [
        "0[]",
        "1[]",
        "2[kolding]",
    ]
    again = Conversation(Counting(), await Store.open(settings, clock))
    assert await said(again, "hej") == "3[kolding]"
    assert await said(again, "hej", chat="2") == "0[]"
    await again.close()


async def test_a_pressed_button_goes_the_same_way(store: Store) -> None:
    conversation = Conversation(Counting(), store)
    await conversation.take(Incoming("telegram", "1", action="subscribe aarhus"))
    assert await said(conversation, "hej") == "1[aarhus]"


async def test_the_language_that_the_channel_tells_is_for_those_not_known(store: Store) -> None:
    conversation = Conversation(Counting(), store)
    first = await conversation.take(Incoming("telegram", "1", "hi", language="en"))
    second = await conversation.take(Incoming("telegram", "1", "hi", language="da"))
    assert (first.language, second.language) == ("en", "en")


async def test_after_erasing_nothing_is_known(store: Store) -> None:
    conversation = Conversation(Counting(), store)
    for text in ("hej", "subscribe kolding", "erase"):
        await said(conversation, text)
    assert (await store.load("telegram", "1")).kept == NOTHING_KEPT
    assert await said(conversation, "hej") == "0[]"


async def test_a_fault_of_an_answer_changes_nothing(store: Store) -> None:
    conversation = Conversation(Counting(), store)
    await said(conversation, "subscribe kolding")
    before = await store.load("telegram", "1")
    with pytest.raises(RuntimeError, match="planted"):
        await said(conversation, "crash")
    assert await store.load("telegram", "1") == before


async def test_who_may_change_nothing_is_told_so_and_asks_as_before(store: Store) -> None:
    conversation = Conversation(Counting(), store)
    asked: list[bool] = []

    def taken(text: str, may: bool) -> Incoming:
        async def may_change() -> bool:
            asked.append(may)
            return may

        return Incoming("test", "1", text, may_change=may_change)

    await conversation.take(taken("hej", may=False))
    assert asked == []
    denied = await conversation.take(taken("subscribe kolding", may=False))
    assert denied.about.intent == "denied"
    assert (await store.load("test", "1")).kept.subscriptions == ()
    assert reply_text(await conversation.take(taken("subscribe kolding", may=True))) == "1[]"
    assert (await conversation.take(taken("erase", may=False))).about.intent == "denied"
    assert reply_text(await conversation.take(taken("hej", may=False))) == "2[kolding]"
    assert asked == [False, True, False]


async def test_language_of_a_chat_is_told_and_nothing_changed(store: Store) -> None:
    conversation = Conversation(Counting(), store)
    assert await conversation.language_of("test", "1") == ""
    await conversation.take(Incoming("test", "1", "hej", language="en"))
    before = await store.load("test", "1")
    assert await conversation.language_of("test", "1") == "en"
    assert await store.load("test", "1") == before


async def test_crossing_turns_of_two_processes_lose_nothing(settings: Settings, store: Store, clock: Clock) -> None:
    both = [Conversation(Counting(), one) for one in (store, await Store.open(settings, clock))]
    replies = await asyncio.gather(*(said(both[number % 2], f"subscribe p{number}") for number in range(6)))
    assert sorted(one[0] for one in replies) == list("012345")
    remembered = await store.load("telegram", "1")
    assert len(remembered.kept.subscriptions) == 6
    assert remembered.session
    assert len(remembered.session.subject.strategies) == 6
    await both[1].close()


async def test_a_turn_that_is_overtaken_each_time_does_not_say_that_it_is_kept(tmp_path: Path, clock: Clock) -> None:
    store = await Store.open(sqlite_settings(tmp_path), clock)
    dialogue = Counting()
    conversation = Conversation(dialogue, store)
    await said(conversation, "hej")
    other = sqlite3.connect(str(store.database.file), isolation_level=None)
    dialogue.meanwhile = lambda: other.execute("UPDATE chats SET version = version + 1")
    assert (await said(conversation, "subscribe kolding")).startswith(UNKEPT)
    assert await said(conversation, "hej") == "1[]"
    dialogue.meanwhile = lambda: None
    assert await said(conversation, "hej") == "2[]"
    other.close()
    await store.close()


async def test_while_nothing_can_be_written_questions_are_answered_and_the_log_is_told_once(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = Conversation(Counting(), store)
    for text in ("hej", "subscribe kolding"):
        await said(conversation, text)
    await write_protect(store)
    with caplog.at_level(logging.WARNING):
        assert await said(conversation, "hej") == "2[kolding]"
        assert await said(conversation, "hej") == "3[kolding]"
        assert (await said(conversation, "subscribe aarhus")).startswith(UNKEPT)
        assert (await said(conversation, "erase")).startswith(UNKEPT)
        assert await said(conversation, "hej", chat="2") == "0[]"
    (told,) = caplog.records
    assert (told.levelname, store.database.place in told.getMessage()) == ("ERROR", True)
    assert len(told.getMessage().splitlines()) == 1
    await write_protect(store, False)
    caplog.clear()
    assert await said(conversation, "hej") == "4[kolding]"
    assert [one.getMessage() for one in caplog.records] == ["the store works again"]
    remembered = await store.load("telegram", "1")
    assert remembered.session
    assert len(remembered.session.subject.strategies) == 5
    assert [one.scope.municipality for one in remembered.kept.subscriptions] == ["kolding"]


async def test_while_nothing_can_be_read_nobody_is_told_that_nothing_is_kept(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = Conversation(Counting(), store)
    await said(conversation, "subscribe kolding")
    async with store.database.writing() as connection:
        await connection.exec_driver_sql("ALTER TABLE chats RENAME TO elsewhere")
    try:
        assert await said(conversation, "hej") == "0[]"
        assert await said(conversation, "hej") == "1[]"
        for text in ("subscriptions", "my_data", "erase", "subscribe aarhus", "unsubscribe"):
            assert (await said(conversation, text)).startswith(UNKEPT)
    finally:
        async with store.database.writing() as connection:
            await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO chats")
    assert await said(conversation, "subscriptions") == "2[kolding]"
    assert [one.levelname for one in caplog.records] == ["ERROR", "WARNING"]


async def test_a_store_that_failed_is_left_alone_for_a_while(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = Counting()
    conversation = Conversation(dialogue, store)
    await said(conversation, "subscribe kolding")
    await write_protect(store)
    monkeypatch.setattr("bot.conversation.REST_SECONDS", 3600.0)
    await said(conversation, "hej")
    await write_protect(store, False)
    assert await said(conversation, "hej") == "2[]"
    assert dialogue.kept[-1] == NOTHING_KEPT
    assert (await store.load("telegram", "1")).kept.active == NOW


async def test_without_a_store_sessions_are_held_in_memory_and_nothing_is_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.conversation.REMEMBERED_CHATS", 2)
    conversation = Conversation(Counting())
    assert [await said(conversation, "hej") for _ in range(2)] == ["0[]", "1[]"]
    assert (await said(conversation, "subscribe kolding")).startswith(NEVER_KEPT)
    assert await said(conversation, "hej") == "2[]"
    for chat in ("2", "3"):
        await said(conversation, "hej", chat=chat)
    assert await said(conversation, "hej", chat="3") == "1[]"
    assert await said(conversation, "hej") == "0[]"
    await conversation.close()


async def test_a_button_speaks_the_language_that_stands_around_it(conversation: Conversation) -> None:
    """One page in Danish and one in English may lie open side by side."""
    danish = await conversation.take(Incoming("web", "1", action="what_aarhus", language="da", spoken="da"))
    english = await conversation.take(Incoming("web", "1", action="what_aarhus", language="en", spoken="en"))
    typed = await conversation.take(Incoming("web", "1", "hvem har en mentorordning?", spoken="en"))
    assert [one.language for one in (danish, english, typed)] == ["da", "en", "da"]
