"""One way to talk to the bot through any channel: say, press, read - so that one dialogue runs over all of them."""

import asyncio
import time
from base64 import b64decode
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from bs4 import BeautifulSoup, Tag

from bot.channels.terminal import Chat
from bot.channels.terminal_view import choices_of, plain
from bot.conversation import Conversation
from bot.printing import pdf_file
from handlers.reply import Reply
from tests.fake_telegram import BOT, FakeTelegram, Sent
from tests.fake_telegram.state import Inline
from tests.web import one, soup, values_of

PATIENCE = 30.0
"""Seconds after which a bot that says nothing fails the test."""


@dataclass(frozen=True)
class Seen:
    """One message as the person sees it: its text, the labels that can be pressed, the links with their labels."""

    text: str
    buttons: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    file: tuple[str, bytes] | None = None
    """Name and content of what was handed over."""
    picture: tuple[str, bytes] | None = None
    """Name and content of what is to be seen with the text."""


class Driver(Protocol):
    """A person at one channel."""

    async def say(self, text: str) -> None:
        """Types `text` and sends it."""

    async def press(self, label: str) -> None:
        """Presses the button with this label, the latest if there are several. Fails where there is none."""

    async def read(self) -> Sequence[Seen]:
        """What the bot has said since the last read, when it has finished."""


class TerminalDriver:
    """A person in `vejviser chat`, without the terminal around it: lines in, replies as plain text out."""

    def __init__(self, conversation: Conversation, language: str = "") -> None:
        self._chat = Chat(conversation, language)
        self._unread: list[Reply] = []

    async def say(self, text: str) -> None:
        """Types `text` as one line."""
        self._unread.append(await self._chat.take(text))

    async def press(self, label: str) -> None:
        """Types the number that stands before `label` under the last answer."""
        labels = [choice.label for choice in self._chat.choices]
        assert label in labels, f"no choice {label!r} among {labels}"
        await self.say(str(labels.index(label) + 1))

    async def read(self) -> list[Seen]:
        """What has been answered since the last read, one message a line typed."""
        new, self._unread = self._unread, []
        return [
            Seen(
                plain(reply).rstrip("\n"),
                tuple(choice.label for choice in choices_of(reply)),
                tuple((link.title, link.url) for link in reply.links),
                _handed_over(reply),
            )
            for reply in new
        ]


class WebDriver:
    """A person at the page without a script: forms are sent, and each answer is a page."""

    def __init__(self, client: httpx.AsyncClient, language: str = "da") -> None:
        """`client` is their browser, see `tests.web.browser`."""
        self.client = client
        self._path = "/en/" if language == "en" else "/"
        self._page: BeautifulSoup | None = None
        self._unread: list[Seen] = []

    async def open(self) -> BeautifulSoup:
        """Opens the first page."""
        self._page = soup(await self.client.get(self._path))
        return self._page

    async def say(self, text: str) -> None:
        """Types `text` and sends it."""
        form = one(self._page or await self.open(), "form[data-ask]")
        await self._send(form, {"text": text})

    async def press(self, label: str) -> None:
        """Presses the button with this label on the page as it is now."""
        found = [one for one in (self._page or await self.open()).select(".presses button") if one.text == label]
        assert found, f"no button {label!r}"
        form = found[-1].find_parent("form")
        assert form
        await self._send(form, {"press": str(found[-1]["value"])})

    async def read(self) -> list[Seen]:
        """What the pages have shown since the last read."""
        new, self._unread = self._unread, []
        return new

    async def _send(self, form: Tag, values: dict[str, str]) -> None:
        response = await self.client.post(str(form["action"]), data={**values_of(form), **values})
        assert response.status_code == 200, response.status_code
        self._page = soup(response)
        reply = one(self._page, ".turn .reply")
        self._unread.append(_shown(reply, await self._file(reply)))

    async def _file(self, reply: Tag) -> tuple[str, bytes] | None:
        """What is handed over, got as a click on its link gets it."""
        link = reply.select_one("a[download]")
        if link is None:
            return None
        address = str(link["href"])
        if address.startswith("data:"):
            return str(link["download"]), b64decode(address.partition(",")[2])
        response = await self.client.get(address)
        assert response.status_code == 200, address
        return str(link["download"]), response.content


class TelegramDriver:
    """A person in Telegram: a private chat, or with `chat` below zero a group in which others write, too."""

    def __init__(self, fake: FakeTelegram, finished: Callable[[], Awaitable[None]], language: str = "da") -> None:
        """`finished` waits until the bot has dealt with everything that it has received."""
        self.fake = fake
        self._finished = finished
        self.language = language
        self.person = 1001
        """Who writes and presses."""
        self._read: dict[int, int] = {}
        """Message -> how often it had been edited when it was read."""

    async def say(self, text: str, chat: int = 1001, **more: Any) -> None:
        """Sends `text`; `more` are further fields of the message (or `text=""` and `photo`, `sticker` ...)."""
        command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])} if text.strip() else {}
        words = {"text": text, "entities": [command] if text.startswith("/") else []} if text else {}
        await self.fake.push("message", {**self._head(chat), **words, **more})

    async def block(self, blocked: bool, chat: int = 1001) -> None:
        """Shuts the bot out of the chat, or lets it in again."""
        (self.fake.blocked.add if blocked else self.fake.blocked.discard)(chat)
        inside: dict[str, Any] = {"status": "member"}
        outside: dict[str, Any] = {"status": "kicked", "until_date": 0}
        await self.stand(*((inside, outside) if blocked else (outside, inside)), chat)

    async def stand(self, before: dict[str, Any], after: dict[str, Any], chat: int = 1001) -> None:
        """How the bot stands in the chat changes, as the API tells it."""
        head = self._head(chat)
        bot = {"id": BOT["id"], "is_bot": True, "first_name": "Vejviser"}
        member = {"old_chat_member": {"user": bot, **before}, "new_chat_member": {"user": bot, **after}}
        who = {"chat": head["chat"], "from": self._person(), "date": head["date"]}
        await self.fake.push("my_chat_member", {**who, **member})

    async def type_inline(self, text: str, offset: str = "") -> Inline:
        """Types `text` behind the bot's name in some chat; what is offered."""
        number = str(self.fake.number())
        query = {"id": number, "from": self._person(), "query": text, "offset": offset, "chat_type": "group"}
        await self.fake.push("inline_query", query)
        async with asyncio.timeout(PATIENCE):
            await self.fake.delivered()
            await self._finished()
        return next(one for one in self.fake.inline if one.query == number)

    async def edit(self, text: str, chat: int = 1001, **more: Any) -> None:
        """Changes a message to `text`: that with the `message_id`, else one that the bot has not got."""
        head = {**self._head(chat), "text": text, "edit_date": int(time.time())}
        await self.fake.push("edited_message", {**head, **more})

    async def press(self, label: str, chat: int = 1001, old: bool = False) -> None:
        """Presses a button; `old`: under a message so old that Telegram no longer says what was in it."""
        found = [(sent, data) for sent in self._sent(chat) for text, data in _pressable(sent) if text == label]
        assert found, f"no button {label!r} among {[_pressable(sent) for sent in self._sent(chat)]}"
        sent, data = found[-1]
        message = self.fake.as_message(sent)
        if old:
            message = {"message_id": sent.number, "date": 0, "chat": message["chat"]}
        query = {"id": str(self.fake.number()), "from": self._person(), "chat_instance": "1", "data": data}
        await self.fake.push("callback_query", {**query, "message": message})

    async def read(self, chat: int = 1001) -> list[Seen]:
        """What is new in the chat since the last read, sent or edited, once the bot has dealt with all it was sent."""
        async with asyncio.timeout(PATIENCE):
            await self.fake.delivered()
            await self._finished()
        sent = self._sent(chat)
        new = [one for one in sent if self._read.get(one.number) != len(one.before)]
        self._read.update((one.number, len(one.before)) for one in new)
        return [_seen(one) for one in new]

    def _sent(self, chat: int) -> list[Sent]:
        return [one for one in self.fake.sent if one.chat == chat and not one.deleted]

    def _person(self) -> dict[str, Any]:
        return {"id": self.person, "is_bot": False, "first_name": "Anne", "language_code": self.language}

    def _head(self, chat: int) -> dict[str, Any]:
        kind = {"type": "private", "first_name": "Anne"} if chat > 0 else {"type": "supergroup", "title": "Kontoret"}
        self.fake.chats.setdefault(chat, {"id": chat, **kind})
        now = int(time.time())
        return {"message_id": self.fake.number(), "date": now, "chat": self.fake.chats[chat], "from": self._person()}


def _handed_over(reply: Reply) -> tuple[str, bytes] | None:
    file = pdf_file(reply.paper) if reply.paper else reply.file
    return (file.name, file.content) if file else None


def _pressable(sent: Sent) -> list[tuple[str, str]]:
    buttons = [button for row in sent.keyboard for button in row]
    return [(button["text"], button["callback_data"]) for button in buttons if "callback_data" in button]


def _seen(sent: Sent) -> Seen:
    links = tuple((button["text"], button["url"]) for row in sent.keyboard for button in row if "url" in button)
    return Seen(sent.text, tuple(label for label, _ in _pressable(sent)), links, sent.file, sent.photo)


def _shown(reply: Tag, file: tuple[str, bytes] | None) -> Seen:
    blocks = reply.find_all(["p", "ul", "figure"], recursive=False)
    lines = [line for block in blocks for line in _lines(block)]
    links = tuple((link.text, str(link["href"])) for link in reply.select("a[href]:not([download])"))
    svg = reply.select_one("figure svg")
    return Seen(
        "\n".join(lines),
        tuple(button.text for button in reply.select("button")),
        links,
        file,
        (f"{one(reply, 'figure caption').text}.svg", str(svg).encode()) if svg else None,
    )


def _lines(block: Tag) -> list[str]:
    """What is read of a block; of a picture what it says of itself, then its table, row by row."""
    if block.name != "figure":
        return [line.text for line in block.select("li") or [block]]
    rows = [" ".join(cell.text for cell in row.select("th, td")) for row in block.select("tr")]
    return [str(one(block, "svg")["aria-label"]), *rows]
