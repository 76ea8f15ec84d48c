"""The bot in a group: whom it answers, where, and who may change what the group is told of."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.channels import telegram_send
from bot.conversation import Conversation
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.reply import Button
from tests.bot.conftest import HandMade, reply_of
from tests.drivers import Seen, TelegramDriver
from tests.fake_telegram import FakeTelegram, Fault

Start = Callable[[Conversation], Awaitable[TelegramDriver]]
GROUP = -1007
ANNE, BO = 1001, 1002
DENIED = "Kun gruppens administratorer kan bestemme, hvad gruppen får besked om, og slette det, der er gemt."
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def texts(seen: list[Seen]) -> list[str]:
    return [one.text for one in seen]


@pytest.fixture
async def group(kept: Store, telegram_over: Start, storing: Dialogue, fake: FakeTelegram) -> TelegramDriver:
    """A group of which Anne is the administrator, before the whole bot."""
    fake.administrators[GROUP] = {ANNE: "administrator"}
    return await telegram_over(Conversation(storing, kept))


async def subscriptions(kept: Store) -> list[str]:
    remembered = await kept.load("telegram", str(GROUP))
    return [one.scope.municipality for one in remembered.kept.subscriptions]


async def test_in_a_group_only_what_speaks_to_the_bot_is_answered(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    await telegram.say("hvad mener I?", chat=GROUP)
    await telegram.say("/help@OtherBot", chat=GROUP)
    await telegram.say("/weather", chat=GROUP)
    await telegram.say("spørg @VejviserBotten", chat=GROUP)
    await telegram.say("", chat=GROUP, voice={"file_id": "f", "file_unique_id": "u", "duration": 1})
    assert await telegram.read(GROUP) == []
    await telegram.say("@vejviserbot hvad gør Aarhus?", chat=GROUP)
    await telegram.say("/help@VejviserBot", chat=GROUP)
    await telegram.say("@VejviserBot", chat=GROUP)
    await telegram.say("/kommuner@VejviserBot i Jylland", chat=GROUP)
    assert texts(await telegram.read(GROUP)) == [
        "text: hvad gør Aarhus?",
        "action: help",
        "action: help",
        "text: kommuner i Jylland",
    ]
    answer = fake.as_message(fake.sent[0])
    await telegram.say("og Kolding?", chat=GROUP, reply_to_message=answer)
    assert texts(await telegram.read(GROUP)) == ["text: og Kolding?"]


async def test_in_a_group_the_answer_points_to_its_question(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    await telegram.say("@VejviserBot mentor", chat=GROUP, message_id=77, is_topic_message=True, message_thread_id=5)
    await telegram.read(GROUP)
    parameters = fake.called("sendMessage")[0].parameters
    assert parameters["reply_parameters"] == {"message_id": 77, "allow_sending_without_reply": True}
    assert parameters["message_thread_id"] == 5


async def test_other_bots_and_posts_of_a_channel_are_not_answered(telegram: TelegramDriver) -> None:
    robot = {"id": 5, "is_bot": True, "first_name": "R"}
    await telegram.say("@VejviserBot hej", chat=GROUP, **{"from": robot})
    channel = {"id": -1009, "type": "channel", "title": "Nyt"}
    await telegram.say("@VejviserBot hej", chat=GROUP, sender_chat=channel, is_automatic_forward=True)
    assert await telegram.read(GROUP) == []
    group = {"id": GROUP, "type": "supergroup", "title": "Kontoret"}
    await telegram.say("@VejviserBot hej", chat=GROUP, sender_chat=group, **{"from": ANONYMOUS})
    assert texts(await telegram.read(GROUP)) == ["text: hej"]


async def test_button_in_a_topic_is_answered_there(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade
) -> None:
    topic = {"is_topic_message": True, "message_thread_id": 5}
    await telegram.say("@VejviserBot mentor", chat=GROUP, **topic)
    await telegram.read(GROUP)
    telegram.person = BO
    await telegram.press("Hvad gør Aarhus?", chat=GROUP)
    assert texts(await telegram.read(GROUP)) == ["action: overview_aarhus"]
    assert fake.sent[-1].topic == 5
    await telegram.press("Hvad gør Aarhus?", chat=GROUP, old=True)
    await telegram.read(GROUP)
    assert fake.called("sendMessage")[-1].parameters["reply_parameters"]["message_id"] == fake.sent[0].number


async def test_administrator_subscribes_for_the_group(group: TelegramDriver, kept: Store) -> None:
    await group.say("@VejviserBot giv mig besked om Kolding", chat=GROUP)
    (told,) = await group.read(GROUP)
    assert told.text.startswith("Du får nu besked om Kolding")
    assert told.text.endswith("Beskederne kommer her i gruppen, så alle i den kan læse dem.")
    assert await subscriptions(kept) == ["kolding"]


async def test_others_can_neither_by_sentence_command_nor_button(
    fake: FakeTelegram, group: TelegramDriver, kept: Store
) -> None:
    group.person = BO
    await group.say("@VejviserBot giv mig besked om Kolding", chat=GROUP)
    assert texts(await group.read(GROUP)) == [DENIED]
    await group.say("/start@VejviserBot subscribe_kolding", chat=GROUP)
    assert texts(await group.read(GROUP)) == [DENIED]
    await group.say("/abonner@VejviserBot", chat=GROUP)
    assert len(await group.read(GROUP)) == 1
    await group.press("Giv mig besked om Kolding", chat=GROUP)
    assert await group.read(GROUP) == []
    alert = fake.called("answerCallbackQuery")[-1].parameters
    assert (alert["text"], alert["show_alert"]) == (DENIED, True)
    assert await subscriptions(kept) == []
    group.person = ANNE
    await group.press("Giv mig besked om Kolding", chat=GROUP)
    await group.read(GROUP)
    group.person = BO
    await group.say("/slet@VejviserBot", chat=GROUP)
    await group.read(GROUP)
    await group.press("Slet alt om mig", chat=GROUP)
    await group.say("@VejviserBot stop alle beskeder", chat=GROUP)
    await group.say("/indstillinger@VejviserBot", chat=GROUP)
    await group.read(GROUP)
    await group.press("Alle beskeder hver mandag kl. 8", chat=GROUP)
    assert await group.read(GROUP) == []
    remembered = (await kept.load("telegram", str(GROUP))).kept.subscriptions
    assert [(one.scope.municipality, one.rhythm.kind) for one in remembered] == [("kolding", "now")]


async def test_nobody_is_asked_who_changes_nothing(fake: FakeTelegram, group: TelegramDriver) -> None:
    await group.say("@VejviserBot hvad gør Aarhus?", chat=GROUP)
    await group.say("/abonnementer@VejviserBot", chat=GROUP)
    await group.read(GROUP)
    assert fake.called("getChatMember") == []


@pytest.mark.parametrize(("sender", "may"), [(GROUP, True), (-1009, False)])
async def test_anonymous_administrator_is_one_and_a_channel_is_none(
    group: TelegramDriver, kept: Store, sender: int, may: bool
) -> None:
    kind = "supergroup" if may else "channel"
    sender_chat = {"id": sender, "type": kind, "title": "Kontoret"}
    await group.say("/start@VejviserBot subscribe_kolding", chat=GROUP, sender_chat=sender_chat, **{"from": ANONYMOUS})
    await group.read(GROUP)
    assert await subscriptions(kept) == ["kolding"] * may


async def test_where_nobody_can_say_nothing_is_changed(
    fake: FakeTelegram, group: TelegramDriver, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_send, "SEND_AGAIN", (0.01,))
    fake.fail("getChatMember", Fault(status=500), Fault(reset=True), Fault(status=403, description="Forbidden: no"))
    await group.say("@VejviserBot giv mig besked om Kolding", chat=GROUP)
    (fault,) = await group.read(GROUP)
    assert fault.text.startswith("Noget gik galt hos mig")
    await group.say("@VejviserBot giv mig besked om Kolding", chat=GROUP)
    assert texts(await group.read(GROUP)) == [DENIED]
    assert await subscriptions(kept) == []


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_who_rules_is_asked_while_all_messages_wait_and_again_where_telegram_says_so(
    fake: FakeTelegram, group: TelegramDriver, kept: Store
) -> None:
    fake.fail("sendMessage", *[Fault(status=429, retry_after=1)] * 2)
    fake.fail("getChatMember", Fault(status=429, retry_after=1), Fault(status=502))
    for chat in (1002, 1003):
        await group.say("hej", chat=chat)
    async with asyncio.timeout(10):
        while len(fake.called("sendMessage")) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await group.say("@VejviserBot giv mig besked om Kolding", chat=GROUP)
    (told,) = await group.read(GROUP)
    assert told.text.startswith("Du får nu besked om Kolding")
    assert fake.called("getChatMember")[0].at < fake.called("sendMessage")[2].at


async def test_private_chat_is_ones_own(fake: FakeTelegram, group: TelegramDriver, kept: Store) -> None:
    await group.say("giv mig besked om Kolding")
    (told,) = await group.read()
    assert "gruppen" not in told.text
    assert (await kept.load("telegram", "1001")).kept.subscriptions
    assert fake.called("getChatMember") == []


MEMBER, LEFT = {"status": "member"}, {"status": "left"}


@pytest.mark.parametrize("language", ["da", "en"])
async def test_group_that_lets_the_bot_in_is_told_how_to_ask(group: TelegramDriver, kept: Store, language: str) -> None:
    group.language = language
    await group.stand(LEFT, MEMBER, chat=GROUP)
    (hello,) = await group.read(GROUP)
    assert "@VejviserBot" in hello.text
    assert hello.text.startswith("Hej! Jeg svarer på" if language == "da" else "Hello! I answer")
    assert hello.buttons
    assert (await kept.load("telegram", str(GROUP))).session is None
    await group.press(hello.buttons[0], chat=GROUP)
    assert len(await group.read(GROUP)) == 1


@pytest.mark.parametrize(
    ("before", "after", "chat"),
    [
        (MEMBER, {"status": "restricted", "is_member": True}, GROUP),
        ({"status": "restricted", "is_member": True}, MEMBER, GROUP),
        (LEFT, {"status": "restricted", "is_member": False}, GROUP),
        (MEMBER, LEFT, GROUP),
        (LEFT, MEMBER, 1001),
    ],
)
async def test_other_changes_are_taken_in_silence(
    group: TelegramDriver, before: dict[str, Any], after: dict[str, Any], chat: int
) -> None:
    def whole(standing: dict[str, Any]) -> dict[str, Any]:
        rights = ("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
                  "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
                  "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
                  "can_manage_topics", "can_edit_tag", "can_react_to_messages")  # fmt: skip
        limits = {"until_date": 0, **dict.fromkeys(rights, True)} if standing["status"] == "restricted" else {}
        return {**standing, **limits}

    await group.stand(whole(before), whole(after), chat=chat)
    assert await group.read(chat) == []


async def test_channel_is_left_in_peace(fake: FakeTelegram, group: TelegramDriver) -> None:
    fake.chats[-1009] = {"id": -1009, "type": "channel", "title": "Nyt"}
    await group.stand(LEFT, MEMBER, chat=-1009)
    assert await group.read(-1009) == []


async def test_group_in_which_the_bot_may_not_write_is_no_fault(fake: FakeTelegram, group: TelegramDriver) -> None:
    fake.mute.add(GROUP)
    await group.stand(LEFT, MEMBER, chat=GROUP)
    assert await group.read(GROUP) == []


async def test_removed_group_waits_and_a_moved_one_takes_its_subscriptions_along(
    fake: FakeTelegram, group: TelegramDriver, kept: Store
) -> None:
    await group.say("@VejviserBot giv mig besked om Kolding", chat=GROUP)
    await group.read(GROUP)
    await group.stand(MEMBER, LEFT, chat=GROUP)
    await group.read(GROUP)
    assert (await kept.load("telegram", str(GROUP))).kept.paused
    await group.stand(LEFT, MEMBER, chat=GROUP)
    await group.read(GROUP)
    assert not (await kept.load("telegram", str(GROUP))).kept.paused
    # Both chats tell of the move; either is enough, and the second changes nothing.
    await group.say("", chat=-2007, migrate_from_chat_id=GROUP)
    await group.say("", chat=GROUP, migrate_to_chat_id=-2007)
    assert await group.read(-2007) == []
    assert (await kept.load("telegram", "-2007")).kept.subscriptions
    assert not (await kept.load("telegram", str(GROUP))).kept.subscriptions


async def test_group_that_moves_while_it_asks_is_answered_where_it_is_now(
    fake: FakeTelegram, telegram: TelegramDriver, hand_made: HandMade
) -> None:
    hand_made.replies["side"] = reply_of("Side 1", buttons=(Button("Videre", "more", in_place=True),))
    await telegram.say("@VejviserBot side", chat=GROUP)
    await telegram.read(GROUP)
    await telegram.say("", chat=-2007)
    fake.moved[GROUP] = -2007
    await telegram.say("@VejviserBot hvem?", chat=GROUP)
    await telegram.press("Videre", chat=GROUP)
    assert await telegram.read(GROUP) == []
    assert texts(await telegram.read(-2007)) == ["text: hvem?", "action: more"]
