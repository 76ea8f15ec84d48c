"""Answers that are put in the place of others: pages that are turned, and questions that are put right."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.channels import telegram_edits, telegram_send
from bot.conversation import Conversation, Incoming
from handlers.dialogue import Dialogue
from handlers.memory import Scope, Subscribe, Subscription
from handlers.reply import Button, File, Reply
from handlers.session import Session
from handlers.texts import say
from tests.bot.conftest import HandMade, reply_of
from tests.drivers import Seen, TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault

Start = Callable[[Conversation], Awaitable[TelegramDriver]]
GROUP = -1007
ON = Button("Videre", "more", in_place=True)


def texts(seen: list[Seen]) -> list[str]:
    return [one.text for one in seen]


async def test_tour_is_one_message_from_beginning_to_end(
    fake: FakeTelegram, telegram_over: Start, conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    await telegram.say("/rundtur")
    for label in (
        "Ny på området",
        "Næste",
        "Alle trin",
        "4. En kommune tæt på",
        "Aarhus",
        "Tilbage",
        "Forlad rundturen",
    ):
        await telegram.read()
        await telegram.press(label)
    (left,) = await telegram.read()
    assert left.text.startswith("Vi stopper her.")
    assert len(fake.sent) == 1
    assert len(fake.sent[0].before) == 7


async def test_way_back_to_the_tour_does_not_wipe_an_answer_out(
    telegram_over: Start, conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    await telegram.say("/rundtur")
    await telegram.read()
    await telegram.press("Ny på området")
    await telegram.say("hvad gør Aarhus?")
    await telegram.read()
    await telegram.press("Fortsæt rundturen (trin 2 af 6)")
    (step,) = await telegram.read()
    assert step.text.startswith("Trin 2 af 6")
    assert len(telegram.fake.sent) == 3


async def test_show_all_takes_the_place_of_the_beginning(
    fake: FakeTelegram, telegram_over: Start, conversation: Conversation
) -> None:
    telegram = await telegram_over(conversation)
    await telegram.say("hvad gør Roskilde?")
    (short,) = await telegram.read()
    await telegram.press("Vis det hele")
    (whole,) = await telegram.read()
    assert len(whole.text) > len(short.text)
    assert len(fake.sent) == 1
    assert "Vis det hele" not in whole.buttons


@pytest.mark.parametrize("fault", ["message to edit not found", "message can't be edited"])
async def test_what_cannot_be_edited_is_sent(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade, fault: str
) -> None:
    hand_made.replies["side"] = reply_of("Side 1", buttons=(ON,))
    await telegram.say("side")
    await telegram.read()
    fake.fail("editMessageText", Fault(status=400, description=f"Bad Request: {fault}"))
    await telegram.press("Videre")
    assert texts(await telegram.read()) == ["action: more"]
    assert len(fake.sent) == 2


async def test_pressed_twice_is_no_fault(fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade) -> None:
    hand_made.replies["side"] = reply_of("Side 1", buttons=(ON,))
    await telegram.say("side")
    await telegram.read()
    fake.fail("editMessageText", Fault(status=400, description="Bad Request: message is not modified"))
    await telegram.press("Videre")
    assert await telegram.read() == []
    assert len(fake.sent) == 1


async def test_a_page_like_the_one_before_is_left_as_it_is(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade
) -> None:
    hand_made.replies["side"] = reply_of("action: more", buttons=(ON,))
    hand_made.acts["more"] = hand_made.replies["side"]
    await telegram.say("side")
    await telegram.read()
    await telegram.press("Videre")
    assert await telegram.read() == []
    assert fake.called("editMessageText") == []


@pytest.mark.parametrize("old", [False, True])
async def test_old_button_works_after_a_restart(
    fake: FakeTelegram, telegram_over: Start, dialogue: Dialogue, old: bool
) -> None:
    telegram = await telegram_over(Conversation(dialogue))
    await telegram.say("hvad gør Roskilde?")
    await telegram.read()
    await telegram.press("Vis det hele", old=old)
    await telegram.read()
    # What Telegram no longer shows the bot cannot be turned, so the answer comes below.
    assert len(fake.sent) == (2 if old else 1)


@pytest.mark.parametrize("language", ["da", "en"])
async def test_button_to_what_is_gone_is_answered_kindly(
    telegram_over: Start, hand_made: HandMade, dialogue: Dialogue, language: str
) -> None:
    conversation = Conversation(hand_made)
    hand_made.replies["hej"] = reply_of("Hej", language, buttons=(Button("Vis Atlantis", "what_atlantis"),))
    telegram = await telegram_over(conversation)
    telegram.language = language
    await telegram.say("hej")
    await telegram.read()
    conversation.dialogue = dialogue  # the base was edited
    await telegram.press("Vis Atlantis")
    assert (await telegram.read())[0].text.startswith(say(language, "gone"))


async def test_question_put_right_has_its_answer_put_right(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    await telegram.say("hvad gør Aarhs?", message_id=77)
    await telegram.read()
    await telegram.edit("hvad gør Aarhus?", message_id=77)
    assert texts(await telegram.read()) == ["text: hvad gør Aarhus?"]
    await telegram.edit("/hvad gør Kolding?", message_id=77)
    assert texts(await telegram.read()) == ["text: hvad gør Kolding?"]
    assert len(fake.sent) == 1


async def test_answers_of_other_lengths_and_kinds(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade, dialogue: Dialogue
) -> None:
    hand_made.replies["lang"] = reply_of("Et langt svar. " * 700, buttons=(ON,))
    hand_made.replies["fil"] = reply_of("Her.", file=File("a.json", b"{}"))
    hand_made.replies["billede"] = dialogue.answer("tidslinje", Session("da"))[0]

    def standing() -> list[str]:
        return [one.text.split(". ")[0].split("\n")[0] for one in fake.sent if not one.deleted]

    await telegram.say("kort", message_id=77)
    await telegram.read()
    for text, shown in (
        ("lang", ["Et langt svar"] * 3),
        ("kort", ["text: kort"]),
        ("fil", ["Her.", ""]),
        ("billede", None),
        ("kort", ["text: kort"]),
    ):
        await telegram.edit(text, message_id=77)
        await telegram.read()
        assert shown is None or standing() == shown, text
    assert len(standing()) == 1


@pytest.mark.parametrize(("times", "left"), [(1, 1), (9, 3)])
async def test_a_network_that_loses_what_takes_messages_away_spoils_no_answer(
    fake: FakeTelegram,
    telegram: TelegramDriver,
    hand_made: HandMade,
    monkeypatch: pytest.MonkeyPatch,
    times: int,
    left: int,
) -> None:
    monkeypatch.setattr(telegram_send, "SEND_AGAIN", (0.01, 0.01))
    hand_made.replies["lang"] = reply_of("Et langt svar. " * 700)
    await telegram.say("lang", message_id=77)
    await telegram.read()
    fake.fail("deleteMessages", *[Fault(reset=True)] * times)
    await telegram.edit("kort", message_id=77)
    await telegram.read()
    standing = [one.text.split(". ")[0] for one in fake.sent if not one.deleted]
    assert standing == ["text: kort", *["Et langt svar"] * (left - 1)]


async def test_what_was_put_right_late_or_never_answered_is_left_alone(
    fake: FakeTelegram, telegram: TelegramDriver
) -> None:
    await telegram.say("hej", message_id=77, date=int(time.time()) - 3600)
    assert texts(await telegram.read()) == ["text: hej"]
    await telegram.edit("hej igen", message_id=77, date=int(time.time()) - 3600)
    await telegram.edit("hvem?", message_id=78)
    await telegram.edit("", message_id=77, location={"longitude": 12.5, "latitude": 55.6})
    assert await telegram.read() == []
    assert len(fake.sent) == 1


async def test_what_was_done_is_not_hidden(fake: FakeTelegram, telegram_over: Start, hand_made: HandMade) -> None:
    class Keeps(Conversation):
        """Where changes can be made."""

        async def take(self, incoming: Incoming) -> Reply:
            reply = await super().take(incoming)
            return replace(reply, changes=(Subscribe(Subscription(Scope())),)) if incoming.text == "abonner" else reply

    telegram = await telegram_over(Keeps(hand_made))
    await telegram.say("abonner", message_id=77)
    await telegram.read()
    await telegram.edit("noget andet", message_id=77)
    assert await telegram.read() == []


async def test_in_a_group_too_if_it_still_speaks_to_the_bot(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    await telegram.say("@VejviserBot hvem?", chat=GROUP, message_id=77)
    await telegram.read(GROUP)
    await telegram.edit("@VejviserBot hvor?", chat=GROUP, message_id=77)
    assert texts(await telegram.read(GROUP)) == ["text: hvor?"]
    await telegram.edit("hvor, Bo?", chat=GROUP, message_id=77)
    await telegram.edit("@VejviserBot hvor?", chat=GROUP, message_id=78)
    assert await telegram.read(GROUP) == []


async def test_few_answers_are_remembered(telegram: TelegramDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_edits, "REMEMBERED", 2)
    for number in (71, 72, 73):
        await telegram.say("hej", message_id=number)
    await telegram.read()
    for number in (71, 73):
        await telegram.edit(f"nummer {number}", message_id=number)
    assert texts(await telegram.read()) == ["text: nummer 73"]


async def test_page_turned_below_a_question_is_what_is_put_right(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade
) -> None:
    hand_made.replies["side"] = reply_of("Side 1", buttons=(ON,))
    await telegram.say("side", message_id=77)
    await telegram.read()
    await telegram.press("Videre")
    await telegram.read()
    await telegram.edit("side", message_id=77)
    assert texts(await telegram.read()) == ["Side 1"]
    assert len(fake.sent) == 1
