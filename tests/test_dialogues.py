"""Whole written conversations, the same over every channel: what is said, what is pressed, what must be answered."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import build
from bot.conversation import Conversation, Incoming
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.reply import Reply, reply_text
from tests.bot.conftest import running, settings_for, stored
from tests.databases import sqlite_settings
from tests.drivers import Driver, Seen, TelegramDriver, TerminalDriver, WebDriver
from tests.fake_telegram import FakeTelegram
from tests.web import browser, serving

HERE = Path(__file__).parent / "dialogues"
CARRIED = ("municipalities", "strategies", "themes", "initiatives", "documents")


@dataclass(frozen=True)
class WrittenTurn:
    """What the person does, and what the reply must have."""

    say: str = ""
    press: str = ""
    """The label of a button, instead of a text."""
    intent: str = ""
    status: str = "answered"
    """Of the reply; "any": that is not what the turn is about."""
    has: tuple[str, ...] = ()
    """Words of the reply."""
    lacks: tuple[str, ...] = ()
    """Words that must not be in it."""
    link: str = ""
    """An address among the links."""
    buttons: tuple[str, ...] = ()
    """Labels among those that can be pressed."""
    file: str = ""
    """Name of the file that is handed over."""
    municipalities: tuple[str, ...] | None = None
    strategies: tuple[str, ...] | None = None
    themes: tuple[str, ...] | None = None
    initiatives: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None

    @property
    def done(self) -> str:
        """What the person did."""
        return self.say or f"[{self.press}]"


@dataclass(frozen=True)
class Written:
    """A conversation."""

    name: str
    language: str
    turns: tuple[WrittenTurn, ...]
    stored: bool = False
    """Whether it is one before an operator who stores chats."""


def read_dialogue(path: Path) -> Written:
    """The conversation in a file; keys that no turn has are refused."""
    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    turns: Iterator[dict[str, Any]] = (
        {key: tuple(value) if isinstance(value, list) else value for key, value in turn.items()}
        for turn in data["turns"]
    )
    return Written(
        data["name"], data["language"], tuple(WrittenTurn(**turn) for turn in turns), data.get("stored", False)
    )


DIALOGUES = tuple(read_dialogue(path) for path in sorted(HERE.glob("*.yaml")))
each_dialogue = pytest.mark.parametrize("written", DIALOGUES, ids=lambda one: one.name)


@pytest.fixture
async def conversation(
    written: Written, dialogue: Dialogue, storing: Dialogue, tmp_path: Path
) -> AsyncIterator[Conversation]:
    """One that nobody has begun yet, before the operator whom the written one is about."""
    store = await Store.open(sqlite_settings(tmp_path)) if written.stored else None
    talk = Conversation(storing if written.stored else dialogue, store)
    yield talk
    await talk.close()


def pressed(reply: Reply, label: str) -> str:
    """The action of a button of a reply."""
    return next(one.action for one in (*reply.buttons, *reply.suggestions) if one.label == label)


@each_dialogue
async def test_what_the_replies_carry(conversation: Conversation, written: Written) -> None:
    """Intent, status and ids of each reply, and its words."""
    reply: Reply | None = None
    for turn in written.turns:
        action = pressed(reply, turn.press) if turn.press and reply else ""
        reply = await conversation.take(Incoming("test", "1", turn.say, action, written.language))
        about = reply.about
        assert turn.status == "any" or (turn.done, about.status) == (turn.done, turn.status)
        assert not turn.intent or (turn.done, about.intent) == (turn.done, turn.intent)
        for name in CARRIED:
            wanted = getattr(turn, name)
            assert wanted is None or (turn.done, sorted(getattr(about, name))) == (turn.done, sorted(wanted))
        assert not turn.link or turn.link in [one.url for one in reply.links]
        assert [one for one in turn.has if one not in reply_text(reply) and one not in str(reply.links)] == [], (
            turn.done
        )


async def walk(driver: Driver, written: Written) -> None:
    """Does as the conversation says, and reads what comes."""
    for turn in written.turns:
        if turn.press:
            await driver.press(turn.press)
        else:
            await driver.say(turn.say)
        seen = await driver.read()
        assert seen, f"no answer to {turn.done}"
        check(turn, seen)


def check(turn: WrittenTurn, seen: Sequence[Seen]) -> None:
    """The reply as the person sees it."""
    text = "\n".join([one.text for one in seen] + [f"{label} {url}" for one in seen for label, url in one.links])
    assert [one for one in turn.has if one not in text] == [], (turn.done, text)
    assert [one for one in turn.lacks if one in "\n".join(one.text for one in seen)] == [], (turn.done, text)
    assert not turn.link or turn.link in [url for one in seen for _, url in one.links], turn.done
    labels = [label for one in seen for label in one.buttons]
    assert [one for one in turn.buttons if one not in labels] == [], (turn.done, labels)
    assert [one.file[0] for one in seen if one.file] == ([turn.file] if turn.file else []), turn.done


@each_dialogue
async def test_in_the_terminal(conversation: Conversation, written: Written) -> None:
    """`vejviser chat`."""
    await walk(TerminalDriver(conversation, written.language), written)


@asynccontextmanager
async def telegram_over(conversation: Conversation, language: str, folder: Path) -> AsyncIterator[TelegramDriver]:
    """A person in Telegram whose bot breaks no rule and acknowledges every button."""
    async with FakeTelegram() as fake:
        async with running(build(settings_for(fake, announce=False), await stored(conversation, folder))) as telegram:
            yield TelegramDriver(fake, telegram.idle, language)
        await conversation.close()
        assert fake.violations == []
        assert fake.unanswered == []


@each_dialogue
async def test_in_telegram(
    conversation: Conversation, written: Written, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The real application, over HTTP."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with telegram_over(conversation, written.language, tmp_path) as telegram:
        await walk(telegram, written)


@each_dialogue
async def test_on_the_page(conversation: Conversation, written: Written) -> None:
    """The page as it is served, without a script."""
    async with serving(conversation) as root, browser(root) as client:
        await walk(WebDriver(client, written.language), written)


def test_there_are_conversations() -> None:
    """Of staff, visitors, the tour, privacy, pictures, settings; each long enough to lean on what was said before."""
    names = {"staff", "visitor", "newcomer", "tour", "tour-en", "privacy", "privacy-en", "pictures", "settings"}
    assert {one.name for one in DIALOGUES} == names
    assert all(len(one.turns) >= 10 for one in DIALOGUES)
