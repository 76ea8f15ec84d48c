"""What the fake server knows: chats and who is in them, messages, queries, menus, and what the bot did wrong."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.fake_telegram.faults import Faults
from tests.fake_telegram.flood import Flood
from tests.fake_telegram.queue import Queue
from tests.fake_telegram.refusal import Refused
from tests.fake_telegram.webhook import Webhook

TOKEN = "123456789:AAFakeTokenFor-Tests_only0123456789"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Vejviser", "username": "VejviserBot"}


Look = tuple[str, list[list[dict[str, Any]]]]


@dataclass
class Sent:
    """A message of the bot."""

    chat: int
    number: int
    text: str
    keyboard: list[list[dict[str, Any]]]
    parameters: dict[str, Any]
    file: tuple[str, bytes] | None = None
    """Name and content of a document."""
    photo: tuple[str, bytes] | None = None
    """Name and content of a photo, whose caption is the text."""
    entities: list[dict[str, str | int]] = field(default_factory=list)
    """The look of the text."""
    topic: int | None = None
    before: list[str] = field(default_factory=list)
    """What it said before it was edited, oldest first."""
    deleted: bool = False
    pressed: Look | None = None
    """What it said and offered when that button was pressed that was acknowledged last: all that the bot knows of it.
    None: it was edited since then."""

    @property
    def look(self) -> Look:
        """What it says and offers now."""
        return self.text, self.keyboard


@dataclass
class Call:
    """One call of the bot, and when it came (seconds, monotonic)."""

    method: str
    parameters: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


@dataclass
class Inline:
    """The answer to an inline query."""

    query: str
    results: list[dict[str, Any]]
    parameters: dict[str, Any]


@dataclass
class Query:
    """A pressed button or an inline query, which the bot has to answer once and in time."""

    at: float = field(default_factory=time.monotonic)
    answered: bool = False
    under: Sent | None = None
    """The message with the button."""
    look: Look | None = None
    """What that said and offered then."""


class World:
    """All that is true at the moment. A test reads it, and changes it where a person would."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.chats: dict[int, dict[str, Any]] = {}
        self.blocked: set[int] = set()
        """Chats that have shut the bot out."""
        self.deactivated: set[int] = set()
        """People who have deleted their account."""
        self.gone: set[int] = set()
        """Chats that there were once."""
        self.moved: dict[int, int] = {}
        """Groups that are supergroups now, with another number."""
        self.mute: set[int] = set()
        """Groups in which the bot may read, but not write."""
        self.closed_topics: set[tuple[int, int]] = set()
        """Chat and topic."""
        self.deleted_topics: set[tuple[int, int]] = set()
        self.administrators: dict[int, dict[int, str]] = {}
        """Of each group those who are more than a member, and what: "creator" or "administrator"."""
        self.heard: dict[int, set[int]] = {}
        """Of each chat the numbers of the messages that the bot has got from it."""
        self.topics: dict[int, set[int]] = {}
        """Of each chat the topics from which the bot has got messages."""
        self.query_seconds = 0.0
        """After so many seconds a pressed button and an inline query are too old to be answered; 0: never."""
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.inline: list[Inline] = []
        self.pressed: dict[str, Query] = {}
        self.asked: dict[str, Query] = {}
        """Inline queries."""
        self.posted: dict[str, tuple[str, list[list[dict[str, Any]]]]] = {}
        """Text and buttons of messages that people posted by way of the bot, by their inline_message_id."""
        self.menus: dict[tuple[str, str], list[dict[str, Any]]] = {}
        """Commands by scope (its kind, and whose chat it is for) and language."""
        self.profile: dict[tuple[str, str], str] = {}
        """Name, description and short description ("name", ...) by language."""
        self.buttons: dict[int, dict[str, Any]] = {}
        """The menu button of a chat; 0: of all others."""
        self.forgotten = 0
        """The newest message that the server itself no longer has, see `forget`."""
        self.violations: list[str] = []
        self.flood = Flood()
        self.faults = Faults()
        self.updates = Queue()
        self.webhook = Webhook(self.updates, self.faults)
        self._numbers = itertools.count(1000)
        self._by_number: dict[int, Sent] = {}

    def number(self) -> int:
        """A fresh number for a message, an update or a query."""
        return next(self._numbers)

    def keep(self, sent: Sent) -> None:
        """A message was sent."""
        self.sent.append(sent)
        self._by_number[sent.number] = sent

    def forget(self, kept: int) -> None:
        """All calls, answered queries and all but the newest messages, where a test goes on for hours."""
        self.calls.clear()
        self.inline.clear()
        self.pressed = {number: query for number, query in self.pressed.items() if not query.answered}
        self.asked = {number: query for number, query in self.asked.items() if not query.answered}
        for sent in self.sent[:-kept]:
            del self._by_number[sent.number]
            self.forgotten = sent.number
        del self.sent[:-kept]

    def find(self, chat: int, number: object) -> Sent | None:
        """A message of the bot that is still there."""
        sent = self._by_number.get(number) if isinstance(number, int) else None
        return sent if sent and sent.chat == chat and not sent.deleted else None

    def enter(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """The chat that a call writes to. Raises Refused where the bot cannot write there."""
        number = int(parameters["chat_id"])
        chat = self.chats.get(number)
        if chat is None:
            raise Refused("the test has no such chat")
        if number in self.gone:
            raise Refused("chat not found", fair=True)
        if number in self.moved:
            moved = self.moved[number]
            raise Refused("group chat was upgraded to a supergroup chat", migrate_to_chat_id=moved)
        self.flood.pass_one(number)
        if number in self.blocked:
            raise Refused(_shut(chat), 403)
        if number in self.deactivated:
            raise Refused("Forbidden: user is deactivated", 403)
        if number in self.mute:
            raise Refused("not enough rights to send text messages to the chat", fair=True)
        return chat

    def hear(self, message: dict[str, Any]) -> None:
        """A message that the bot gets: it can be answered, and so can its topic."""
        chat = (message.get("chat") or {}).get("id", 0)
        self.heard.setdefault(chat, set()).add(message.get("message_id", 0))
        if topic := message.get("message_thread_id"):
            self.topics.setdefault(chat, set()).add(topic)


def _shut(chat: dict[str, Any]) -> str:
    kind = chat.get("type")
    if kind == "private":
        return "Forbidden: bot was blocked by the user"
    return f"Forbidden: bot was kicked from the {kind if kind in ('supergroup', 'channel') else 'group'} chat"
