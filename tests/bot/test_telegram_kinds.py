"""Whatever people send that is no written question: a kind line, or silence where silence is right - never a fault."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.drivers import Seen, TelegramDriver
from tests.fake_telegram import BOT, FakeTelegram

ONLY_TEXT = "Jeg kan kun læse tekst. Skriv dit spørgsmål til mig, så svarer jeg."
GROUP = -1007
FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [{**FILE, "width": 1, "height": 1}]
USER = {"id": 5, "is_bot": False, "first_name": "Bo"}
STICKER = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
PLACE = {"longitude": 12.5, "latitude": 55.6}
POLL = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
        "type": "regular", "allows_multiple_answers": False, "allows_revoting": False,
        "members_only": False}  # fmt: skip
CONTENT: dict[str, dict[str, Any]] = {
    "photo": {"photo": PHOTO},
    "voice": {"voice": {**FILE, "duration": 1}},
    "audio": {"audio": {**FILE, "duration": 1}},
    "video": {"video": {**FILE, "duration": 1, "width": 1, "height": 1}},
    "video note": {"video_note": {**FILE, "duration": 1, "length": 1}},
    "animation": {"animation": {**FILE, "duration": 1, "width": 1, "height": 1}, "document": FILE},
    "file": {"document": {**FILE, "file_name": "a.pdf"}},
    "sticker": {"sticker": STICKER},
    "contact": {"contact": {"phone_number": "1", "first_name": "A"}},
    "location": {"location": PLACE},
    "live location": {"location": {**PLACE, "live_period": 60}},
    "venue": {"venue": {"location": PLACE, "title": "Rådhuset", "address": "Torvet 1"}, "location": PLACE},
    "poll": {"poll": POLL},
    "dice": {"dice": {"value": 3, "emoji": "\U0001f3b2"}},
    "story": {"story": {"id": 1, "chat": {"id": 7, "type": "private", "first_name": "Bo"}}},
    "game": {"game": {"title": "Spil", "description": "Et spil", "photo": PHOTO}},
    "checklist": {"checklist": {"title": "Opgaver", "tasks": [{"id": 1, "text": "Ring"}]}},
    "forwarded photo": {"photo": PHOTO, "forward_origin": {"type": "user", "date": 1, "sender_user": USER}},
    "reply with a sticker": {"sticker": STICKER, "reply_to_message": {
        "message_id": 1, "date": 1, "chat": {"id": 1001, "type": "private", "first_name": "Anne"}, "text": "hej"}},
}  # fmt: skip
SERVICE: dict[str, dict[str, Any]] = {
    "chat photo gone": {"delete_chat_photo": True},
    "new title": {"new_chat_title": "Nyt navn"},
    "pinned": {"pinned_message": {
        "message_id": 1, "date": 1, "chat": {"id": 1001, "type": "private", "first_name": "Anne"}, "text": "hej"}},
    "write access": {"write_access_allowed": {}},
    "users shared": {"users_shared": {"request_id": 1, "users": []}},
    "background": {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
    "a kind of the future": {"somebody_waved": {"hand": "left"}},
    "nothing at all": {},
}  # fmt: skip


def texts(seen: list[Seen]) -> list[str]:
    return [one.text for one in seen]


@pytest.fixture(autouse=True)
def faults() -> Iterator[io.StringIO]:
    """What is logged as an error: nothing."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setLevel(logging.ERROR)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    assert written.getvalue() == ""


@pytest.mark.parametrize("kind", CONTENT)
async def test_what_is_not_text_gets_a_kind_line(telegram: TelegramDriver, kind: str) -> None:
    await telegram.say("", **CONTENT[kind])
    assert texts(await telegram.read()) == [ONLY_TEXT]


@pytest.mark.parametrize("kind", [*CONTENT, *SERVICE])
async def test_in_a_group_there_is_silence(telegram: TelegramDriver, kind: str) -> None:
    await telegram.say("", chat=GROUP, **{**CONTENT, **SERVICE}[kind])
    assert await telegram.read(GROUP) == []


@pytest.mark.parametrize("kind", SERVICE)
async def test_what_the_chat_reports_of_itself_is_not_answered(telegram: TelegramDriver, kind: str) -> None:
    await telegram.say("", **SERVICE[kind])
    assert await telegram.read() == []


async def test_words_under_a_picture_are_answered_and_an_album_once(telegram: TelegramDriver) -> None:
    await telegram.say("", photo=PHOTO, caption="hvad er det?")
    for _ in range(3):
        await telegram.say("", photo=PHOTO, media_group_id="7")
    assert texts(await telegram.read()) == ["text: hvad er det?", ONLY_TEXT]
    await telegram.say("", photo=PHOTO, media_group_id="8", caption="og det?")
    await telegram.say("", photo=PHOTO, media_group_id="8")
    assert texts(await telegram.read()) == ["text: og det?"]


@pytest.mark.parametrize(
    "origin",
    [
        {"type": "user", "date": 1, "sender_user": USER},
        {"type": "hidden_user", "date": 1, "sender_user_name": "Bo"},
        {"type": "chat", "date": 1, "sender_chat": {"id": -9, "type": "group", "title": "x"}},
        {"type": "channel", "date": 1, "message_id": 1, "chat": {"id": -9, "type": "channel", "title": "x"}},
    ],
)
async def test_forwarded_words_are_a_question(telegram: TelegramDriver, origin: dict[str, Any]) -> None:
    await telegram.say("hvad gør Aarhus?", forward_origin=origin)
    assert texts(await telegram.read()) == ["text: hvad gør Aarhus?"]


async def test_answer_posted_by_way_of_the_bot_asks_nothing(telegram: TelegramDriver) -> None:
    await telegram.say("Aarhus har 4 indsatser.", via_bot=BOT)
    await telegram.say("@VejviserBot har 4 indsatser.", via_bot=BOT, chat=GROUP)
    assert await telegram.read() == []
    assert await telegram.read(GROUP) == []
    await telegram.say("hvad gør Aarhus?", via_bot={"id": 6, "is_bot": True, "first_name": "R", "username": "RBot"})
    assert texts(await telegram.read()) == ["text: hvad gør Aarhus?"]


async def test_channel_posts_are_not_asked_for(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    await telegram.say("hej")
    await telegram.read()
    assert fake.called("getUpdates")[-1].parameters["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "my_chat_member",
    ]


async def test_button_that_carries_nothing_is_acknowledged(fake: FakeTelegram, telegram: TelegramDriver) -> None:
    person = {"id": 1001, "is_bot": False, "first_name": "Anne"}
    for more in ({"game_short_name": "x"}, {"data": "help", "inline_message_id": "7"}):
        query = {"id": str(fake.number()), "from": person, "chat_instance": "1", **more}
        await fake.push("callback_query", query)
    await telegram.say("hej")
    assert texts(await telegram.read()) == ["text: hej"]
    assert fake.unanswered == []


async def test_crash_in_a_button_is_told_and_the_button_let_go(
    fake: FakeTelegram, telegram: TelegramDriver, monkeypatch: pytest.MonkeyPatch, faults: io.StringIO
) -> None:
    def crash(*args: object) -> None:
        raise KeyError("planted")

    await telegram.say("mentor")
    await telegram.read()
    monkeypatch.setattr("tests.bot.conftest.HandMade.act", crash)
    await telegram.press("Vis flere")
    assert texts(await telegram.read())[0].startswith("Noget gik galt hos mig")
    assert fake.unanswered == []
    assert "KeyError" in faults.getvalue()
    faults.truncate(0)
