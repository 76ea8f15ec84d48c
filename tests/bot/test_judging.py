"""That helped, that did not: the buttons in Telegram and on the page, what is counted and kept, and what is not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from bot import judging
from bot.conversation import Conversation, Incoming
from bot.judging import NOT_JUDGED, Judging
from bot.store import Store
from bot.store_questions import Judged
from handlers.dialogue import HANDLERS, Dialogue
from handlers.keeping import Keeping
from handlers.reply import Button, Reply, reply_text
from handlers.session import Session
from knowledge.understanding import Understander
from tests.conftest import TODAY
from tests.databases import NOW, write_protect
from tests.drivers import TelegramDriver, WebDriver
from tests.fake_telegram import FakeTelegram, Fault
from tests.web import browser, serving

QUESTION = "hvilke kommuner har en mentorordning?"
GROUP = -1007
YES, NO = "Det hjalp", "Det hjalp ikke"


def conversation_of(
    understander: Understander, store: Store | None, days: int = 30, judged: bool = True
) -> Conversation:
    """A conversation of an operator who keeps questions for so many days, or does not."""
    keeping = Keeping(stored=store is not None, unanswered_days=days, judged=judged)
    return Conversation(Dialogue(understander.library, understander, lambda: TODAY, keeping), store)


async def said(talk: Conversation, text: str) -> Reply:
    """The answer to somebody's question."""
    return await talk.take(Incoming("telegram", "4711", text))


async def pressed(talk: Conversation, button: Button) -> str:
    """What they are told who press the button."""
    return reply_text(await talk.take(Incoming("telegram", "4711", action=button.action)))


@pytest.fixture
async def telegram_with_store(
    # The store before the bot: so it is still there when the bot stops.
    store: Store,
    telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]],
    understander: Understander,
) -> TelegramDriver:
    """A person in Telegram, before a bot that keeps questions."""
    return await telegram_over(conversation_of(understander, store))


async def test_in_telegram_thanks_come_over_the_chat_and_what_did_not_help_is_kept(
    store: Store, telegram_with_store: TelegramDriver, fake: FakeTelegram
) -> None:
    telegram = telegram_with_store
    await telegram.say(f"{QUESTION} ring 20 30 40 50")
    answer = (await telegram.read())[-1]
    assert answer.buttons[-2:] == (YES, NO)
    await telegram.press(NO)
    (shown,) = await telegram.read()
    assert (shown.text, shown.buttons) == (answer.text, answer.buttons[:-2])
    thanks = fake.called("answerCallbackQuery")[-1].parameters["text"]
    assert thanks == "Tak, fordi du siger det. Så kan svarene blive bedre."
    (kept,) = await store.questions.kept()
    assert (kept.text, kept.intent) == (f"{QUESTION} ring [number]", "municipalities_with")
    (judged,) = await store.questions.judged()
    assert (judged.intent, judged.helped, judged.not_helped) == ("municipalities_with", 0, 1)

    # No link judges; other buttons work as ever.
    await telegram.say("/start judge_no_da_00_overview")
    assert "Jeg" in (await telegram.read())[-1].text
    assert await store.questions.judged() == [judged]
    await telegram.press(next(one for one in answer.buttons if "Aarhus" in one))
    assert (await telegram.read())[-1].text


@pytest.mark.parametrize("again", [NO, YES])
@pytest.mark.parametrize("old", [False, True])
async def test_in_a_group_an_answer_is_judged_once(
    store: Store, telegram_with_store: TelegramDriver, fake: FakeTelegram, again: str, old: bool
) -> None:
    telegram = telegram_with_store
    await telegram.say(f"@VejviserBot {QUESTION}", chat=GROUP)
    (answer,) = await telegram.read(GROUP)
    # Two press before either sees that the other has; of an old message it is not known what else is under it.
    edited = asyncio.Event()
    fake.fail("editMessageReplyMarkup", Fault(held=edited))
    await telegram.press(NO, chat=GROUP, old=old)
    telegram.person = 1002
    await telegram.press(again, chat=GROUP, old=old)
    edited.set()
    changed = await telegram.read(GROUP)
    assert [one.buttons for one in changed] == ([] if old else [answer.buttons[:-2]])
    first, second = (call.parameters["text"] for call in fake.called("answerCallbackQuery"))
    assert first.startswith("Tak, fordi du siger det.")
    assert second == "Tak – det er allerede sagt om svaret."
    assert [(one.helped, one.not_helped) for one in await store.questions.judged()] == [(0, 1)]


async def test_an_answer_of_which_only_the_judgement_can_be_pressed_is_left_without_buttons(
    telegram_with_store: TelegramDriver, fake: FakeTelegram
) -> None:
    telegram = telegram_with_store
    await telegram.say(QUESTION)
    await telegram.read()
    fake.sent[-1].keyboard = fake.sent[-1].keyboard[-1:]
    fake.fail("editMessageReplyMarkup", Fault(status=502))
    await telegram.press(YES)
    (shown,) = await telegram.read()
    assert shown.buttons == ()


async def test_buttons_that_cannot_be_taken_away_are_no_fault(
    telegram_with_store: TelegramDriver, fake: FakeTelegram
) -> None:
    telegram = telegram_with_store
    await telegram.say(QUESTION)
    await telegram.read()
    fake.fail("editMessageReplyMarkup", Fault(status=400, description="Bad Request: message can't be edited"))
    await telegram.press(YES)
    assert await telegram.read() == []


async def test_on_the_page_the_answer_is_kind(understander: Understander, store: Store) -> None:
    async with serving(conversation_of(understander, store)) as root, browser(root) as client:
        person = WebDriver(client, "en")
        await person.say("which municipalities run mentor schemes?")
        assert (await person.read())[-1].buttons[-2:] == ("That helped", "That did not help")
        await person.press("That helped")
        (thanks,) = await person.read()
    assert (thanks.text, thanks.buttons) == ("Thank you, that is good to know.", ())
    (judged,) = await store.questions.judged()
    assert (judged.intent, judged.helped, judged.not_helped) == ("municipalities_with", 1, 0)
    assert await store.questions.kept() == []


async def test_without_keeping_only_the_kind_of_question_is_counted(understander: Understander, store: Store) -> None:
    talk = conversation_of(understander, store, days=0)
    reply = await said(talk, QUESTION)
    assert [one.label for one in reply.judge] == [YES, NO]
    await pressed(talk, reply.judge[1])
    assert await store.questions.kept() == []
    assert await store.questions.judged() == [Judged("municipalities_with", 0, 1, NOW)]


@pytest.mark.parametrize(
    "text",
    [
        "hej", "tak", "hjælp", "hvem er du?", "/indstillinger",
        "rundtur", "privatliv", "abonner på Kolding", "mine abonnementer", "slet",
        "hvad er vejret på cykelstien i morgen?", "hvad gør de i Paris?",
    ],
)  # fmt: skip
async def test_small_talk_and_what_is_not_answered_is_not_judged(
    understander: Understander, store: Store, text: str
) -> None:
    assert (await said(conversation_of(understander, store), text)).judge == ()


def test_each_kind_of_question_is_judged_or_is_not() -> None:
    """Whoever adds one decides which."""
    assert set(HANDLERS) >= NOT_JUDGED
    assert set(HANDLERS) - NOT_JUDGED == {
        "municipalities_with", "municipalities_without", "topic_in_municipality", "overview", "overviews", "compare",
        "in_common", "only_in", "documents", "dates", "in_force", "order", "count", "figures", "goals", "partners",
        "detail", "define", "source", "list_municipalities", "list_strategies", "list_themes", "list_documents",
        "whats_new", "matrix", "timeline", "compare_picture", "brief",
    }  # fmt: skip


async def test_nobody_is_asked_where_it_is_off_or_nothing_can_be_kept(understander: Understander, store: Store) -> None:
    for talk in (conversation_of(understander, store, judged=False), conversation_of(understander, None)):
        assert (await said(talk, QUESTION)).judge == ()
    reply = await said(conversation_of(understander, store), QUESTION)
    off = conversation_of(understander, store, judged=False)
    assert await pressed(off, reply.judge[1]) == "Tak, fordi du siger det. Så kan svarene blive bedre."
    assert await store.questions.judged() == []


async def test_after_a_restart_the_button_counts_without_the_words(understander: Understander, store: Store) -> None:
    reply = await said(conversation_of(understander, store), QUESTION)
    again = conversation_of(understander, store)
    for _ in range(2):
        await pressed(again, reply.judge[1])
    assert await store.questions.judged() == [Judged("municipalities_with", 0, 1, NOW)]
    assert await store.questions.kept() == []


async def test_a_pressed_suggestion_can_be_judged_without_words(understander: Understander, store: Store) -> None:
    talk = conversation_of(understander, store)
    reply = await talk.take(Incoming("telegram", "4711", "hvad gør Kolding?", action="what_aarhus"))
    await pressed(talk, reply.judge[1])
    assert await store.questions.kept() == []
    assert await store.questions.judged() == [Judged("overview", 0, 1, NOW)]


async def test_nothing_of_the_chat_changes(understander: Understander, store: Store) -> None:
    talk = conversation_of(understander, store)
    reply = await said(talk, QUESTION)
    before = await store.load("telegram", "4711")
    await pressed(talk, reply.judge[0])
    assert await store.load("telegram", "4711") == before


async def test_while_the_store_fails_people_are_told_and_can_press_again(
    understander: Understander, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    talk = conversation_of(understander, store)
    reply = await said(talk, QUESTION)
    await write_protect(store)
    with caplog.at_level(logging.ERROR):
        told = await pressed(talk, reply.judge[1])
    assert "Tak" not in told
    assert "mentor" not in caplog.text
    await write_protect(store, False)
    await pressed(talk, reply.judge[1])
    assert [one.text for one in await store.questions.kept()] == [QUESTION]


@pytest.mark.parametrize(
    "action",
    [
        "judge", "judge_", "judge_yes_da_00", "judge_maybe_da_00_overview", "judge_yes_de_00_overview",
        "judge_no_da_00_no_such_intent", "judge_no_da_00_tour",
    ],
)  # fmt: skip
async def test_a_button_that_nobody_made_counts_nothing(understander: Understander, store: Store, action: str) -> None:
    await pressed(conversation_of(understander, store), Button("", action))
    assert await store.questions.judged() == []


async def test_words_are_held_of_the_latest_answers_alone(
    understander: Understander, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "HELD", 2)
    judge = Judging()
    dialogue = Dialogue(understander.library, understander, lambda: TODAY)
    reply = dialogue.act("what_aarhus", Session("da"))[0]
    offered = [judge.offer(reply, text) for text in ("en", "to", "tre")]
    read = [judge.read(one.judge[1].action) for one in offered]
    assert [one and one.text for one in read] == ["", "to", "tre"]
