"""What Telegram tells a bot: messages of every kind and what else happens, each valid by aiogram's models."""

import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

from aiogram.types import Update

from tests.fake_telegram import BOT, FakeTelegram

FILE = {"file_id": "f", "file_unique_id": "u"}
SIZE = {"width": 10, "height": 10}
OTHER = {"id": 7007, "is_bot": False, "first_name": "Bo"}
MEDIA: dict[str, Any] = {
    "photo": [{**FILE, **SIZE}],
    "voice": {**FILE, "duration": 3},
    "audio": {**FILE, "duration": 3},
    "video": {**FILE, **SIZE, "duration": 3},
    "video_note": {**FILE, "length": 10, "duration": 3},
    "animation": {**FILE, **SIZE, "duration": 3},
    "document": {**FILE, "file_name": "referat.pdf"},
    "sticker": {**FILE, **SIZE, "type": "regular", "is_animated": False, "is_video": False},
    "contact": {"phone_number": "+4512345678", "first_name": "Bo"},
    "location": {"latitude": 55.6, "longitude": 12.5},
    "venue": {"location": {"latitude": 55.6, "longitude": 12.5}, "title": "Rådhuset", "address": "Torvet 1"},
    "dice": {"emoji": "\U0001f3b2", "value": 4},
    "poll": {
        "id": "1", "question": "Hvornår?", "options": [], "total_voter_count": 0, "is_closed": False,
        "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": True,
        "members_only": False,
    },
}  # fmt: skip
"""What a message can be instead of text."""
CAPTIONED = {"photo", "voice", "audio", "video", "animation", "document"}
SERVICE: dict[str, Any] = {
    "new_chat_members": [OTHER],
    "left_chat_member": OTHER,
    "new_chat_title": "Kontoret, ny",
    "delete_chat_photo": True,
    "new_chat_photo": [{**FILE, **SIZE}],
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    "forum_topic_created": {"name": "Mentorer", "icon_color": 7322096},
    "forum_topic_closed": {},
    "general_forum_topic_hidden": {},
    "video_chat_started": {},
    "video_chat_ended": {"duration": 60},
    "boost_added": {"boost_count": 1},
    "write_access_allowed": {},
    "proximity_alert_triggered": {"traveler": OTHER, "watcher": OTHER, "distance": 5},
}
"""What a chat reports of itself."""


@dataclass
class Chat:
    """A person's own chat, or a group; who writes in it, and in which topics."""

    number: int
    kind: str = "private"
    language: str | None = "da"
    topics: tuple[int, ...] = ()
    asked: list[tuple[int, str]] = field(default_factory=list)
    """Number and text of what was written, to be edited later."""
    away: bool = False
    """The bot is shut out."""

    def told(self) -> dict[str, Any]:
        """As the API tells it."""
        if self.kind == "private":
            return {"id": self.number, "type": "private", "first_name": "Anne"}
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.number, "type": self.kind, "title": "Kontoret", **forum}

    def person(self) -> dict[str, Any]:
        """Who writes."""
        number = self.number if self.number > 0 else 100_000 - self.number
        language = {"language_code": self.language} if self.language else {}
        return {"id": number, "is_bot": False, "first_name": "Anne", **language}


def message(fake: FakeTelegram, chat: Chat, topic: int | None = None, **more: Any) -> dict[str, Any]:
    """A message that somebody writes in the chat."""
    head: dict[str, Any] = {"message_id": fake.number(), "date": int(time.time()), "chat": chat.told()}
    if chat.kind != "channel":
        head["from"] = chat.person()
    if topic:
        head |= {"message_thread_id": topic, "is_topic_message": True}
    text = more.get("text", "")
    if text.startswith("/") and text[1:2].isalpha():
        more["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return {**head, **more}


def media(chance: Random) -> dict[str, Any]:
    """What is no text, maybe with words below, or one of an album."""
    kind = chance.choice(list(MEDIA))
    found = {kind: MEDIA[kind]}
    if kind == "venue":
        found["location"] = MEDIA["location"]
    if kind in CAPTIONED and chance.random() < 0.3:
        found["media_group_id"] = str(chance.randint(1, 5))
    return found


def service(fake: FakeTelegram, chance: Random, chat: Chat) -> dict[str, Any]:
    """Something that the chat reports of itself."""
    if chance.random() < 0.15:
        return {"pinned_message": message(fake, chat, text="se her")}
    kind = chance.choice(list(SERVICE))
    return {kind: SERVICE[kind]}


def forwarded(chance: Random) -> dict[str, Any]:
    """Where a message that is passed on comes from."""
    date = int(time.time())
    origins: list[dict[str, Any]] = [
        {"type": "user", "date": date, "sender_user": OTHER},
        {"type": "hidden_user", "date": date, "sender_user_name": "Bo"},
        {"type": "chat", "date": date, "sender_chat": {"id": -5, "type": "group", "title": "G"}},
        {"type": "channel", "date": date, "chat": {"id": -6, "type": "channel", "title": "K"}, "message_id": 5},
    ]
    return {"forward_origin": chance.choice(origins)}


def membership(chat: Chat, before: str, after: str) -> dict[str, Any]:
    """The bot is something else in the chat than it was."""
    more = {"kicked": {"until_date": 0}}
    old, new = ({"status": one, "user": BOT, **more.get(one, {})} for one in (before, after))
    return {
        "chat": chat.told(),
        "from": chat.person(),
        "date": int(time.time()),
        "old_chat_member": old,
        "new_chat_member": new,
    }


def press(fake: FakeTelegram, chat: Chat, under: dict[str, Any], data: str) -> dict[str, Any]:
    """Somebody presses a button."""
    return {
        "id": str(fake.number()), "from": chat.person(), "chat_instance": "1", "data": data, "message": under
    }  # fmt: skip


def typed_inline(fake: FakeTelegram, chat: Chat, text: str, offset: str, kind: str) -> dict[str, Any]:
    """Somebody types behind the bot's name in any chat."""
    return {
        "id": str(fake.number()), "from": chat.person(), "query": text[:256], "offset": offset, "chat_type": kind
    }  # fmt: skip


def checked(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """The value, once it is sure that Telegram could have sent it."""
    Update.model_validate({"update_id": 1, kind: value})
    return value
