"""The Telegram channel against the strict fake server, with answers made by hand."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.channels.base import Service
from bot.channels.telegram import Telegram
from bot.config import Settings
from bot.conversation import Conversation
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.keeping import NOTHING_STORED
from handlers.memory import NOTHING_KEPT, Kept
from handlers.reply import About, Bullets, Button, Link, Paragraph, Reply, SourceLine, Span
from handlers.session import Session
from tests.databases import Clock, sqlite_settings
from tests.drivers import PATIENCE, TelegramDriver
from tests.fake_telegram import TOKEN, FakeTelegram


def reply_of(text: str, language: str = "da", **more: Any) -> Reply:
    """A reply of one paragraph."""
    return Reply(language, (Paragraph((Span(text),)),), About("answered", "test"), **more)


class HandMade(Dialogue):
    """Stands in for the dialogue where a test needs a certain answer: what `replies` has, else what it was told."""

    def __init__(self) -> None:
        # Without the base: nothing of it is asked.
        self.keeping = NOTHING_STORED
        self.replies: dict[str, Reply] = {"mentor": MENTORS}
        self.acts: dict[str, Reply] = {}
        self.languages: list[str] = []
        """What each turn's session said of the language."""

    def answer(
        self, text: str, session: Session, language: str = "", kept: Kept = NOTHING_KEPT
    ) -> tuple[Reply, Session]:
        """`replies[text]`, else the text; "crash" is a fault of the program."""
        if text == "crash":
            raise KeyError("what the person wrote")
        self.languages.append(session.language)
        return self.replies.get(text, reply_of(f"text: {text}", session.language)), session

    def act(self, action: str, session: Session, kept: Kept = NOTHING_KEPT) -> tuple[Reply, Session]:
        """`acts[action]`, else the action."""
        return self.acts.get(action, reply_of(f"action: {action}")), session


MENTORS = Reply(
    "da",
    (
        Paragraph((Span("2 kommuner", strong=True), Span(" har en mentorordning:"))),
        Bullets(
            ((Span("Aarhus: <mentorer> & netværk"),), (Span("Roskilde", url="https://www.roskilde.dk/s?a=1&b=2"),))
        ),
        SourceLine("Kilde: strategien fra 2014"),
    ),
    About("answered", "municipalities_with"),
    links=(Link("Strategi 2014", "https://www.kolding.dk/strategi.pdf", "document"),),
    buttons=(Button("Vis flere", "more_mentor"),),
    suggestions=(Button("Hvad gør Aarhus?", "overview_aarhus"),),
)


def settings_for(fake: FakeTelegram, **more: Any) -> Settings:
    """Settings that lead to the fake, whatever the environment says."""
    return Settings(**{"telegram_token": TOKEN, "telegram_api": fake.root, "web": "off", "telegram_limit": 0, **more})


async def stored(conversation: Conversation, folder: Path) -> Conversation:
    """The conversation, with a store if it had none."""
    conversation.store = conversation.store or await Store.open(sqlite_settings(folder))
    return conversation


@asynccontextmanager
async def running(services: Sequence[Service]) -> AsyncIterator[Telegram]:
    """What `bot.app.build` made, with Telegram as the last, in the loop of the test."""
    telegram = services[-1]
    assert isinstance(telegram, Telegram)
    try:
        for service in services:
            service.start()
        async with asyncio.timeout(PATIENCE):
            await telegram.begun.wait()
        yield telegram
    finally:
        for service in reversed(services):
            await service.stop()


@pytest.fixture
def hand_made() -> HandMade:
    """The dialogue of `telegram`; a test may add replies."""
    return HandMade()


@pytest.fixture
async def fake(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeTelegram]:
    """The Bot API server. By the end of a test the bot has broken no rule, and acknowledged every button."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with FakeTelegram() as server:
        yield server
    assert server.violations == []
    assert server.unanswered == []


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Store]:
    """A store on SQLite. Ask for it before `telegram_over`: it must be closed after the bot has stopped."""
    opened = await Store.open(sqlite_settings(tmp_path), Clock())
    yield opened
    await opened.close()


@pytest.fixture
async def telegram_over(
    fake: FakeTelegram, tmp_path: Path
) -> AsyncIterator[Callable[[Conversation], Awaitable[TelegramDriver]]]:
    """Starts the bot over a conversation and gives a person in Telegram."""
    async with AsyncExitStack() as stack:

        async def start(conversation: Conversation) -> TelegramDriver:
            await stored(conversation, tmp_path)
            stack.push_async_callback(conversation.close)
            services = build(settings_for(fake, announce=False), conversation)
            return TelegramDriver(fake, (await stack.enter_async_context(running(services))).idle)

        yield start


@pytest.fixture
async def telegram(
    telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]], hand_made: HandMade
) -> TelegramDriver:
    """A person in Telegram, before a bot with answers made by hand."""
    return await telegram_over(Conversation(hand_made))
