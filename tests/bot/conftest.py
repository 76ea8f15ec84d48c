"""The Telegram channel against the strict fake server, with answers made by hand."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from telegram.error import TelegramError

from bot.channels.telegram import RECEIVED, build
from bot.channels.telegram_turns import App
from bot.config import Settings
from bot.conversation import Conversation
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.memory import NOTHING_KEPT, Kept
from handlers.reply import About, Bullets, Button, Link, Paragraph, Reply, SourceLine, Span
from handlers.session import Session
from tests.databases import Clock, sqlite_settings
from tests.drivers import TelegramDriver
from tests.fake_telegram import TOKEN, FakeTelegram


def reply_of(text: str, language: str = "da", **more: Any) -> Reply:
    """A reply of one paragraph."""
    return Reply(language, (Paragraph((Span(text),)),), About("answered", "test"), **more)


class HandMade(Dialogue):
    """Stands in for the dialogue where a test needs a certain answer: what `replies` has, else what it was told."""

    def __init__(self) -> None:
        # Without the base: nothing of it is asked.
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
    return Settings(**{"telegram_token": TOKEN, "telegram_api": fake.root, **more})


def reporting(application: App) -> Callable[[TelegramError], None]:
    """Faults of polling go to the application's error handler, as with `run_polling`."""

    def report(fault: TelegramError) -> None:
        application.create_task(application.process_error(error=fault, update=None))

    return report


@asynccontextmanager
async def running(application: App) -> AsyncIterator[App]:
    """The application, polling, as `run` starts it, but in the loop of the test."""
    async with application:
        assert application.updater is not None
        assert application.post_init is not None
        await application.post_init(application)
        await application.updater.start_polling(
            timeout=5, allowed_updates=RECEIVED, drop_pending_updates=False, error_callback=reporting(application)
        )
        await application.start()
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()
            assert application.post_stop is not None
            await application.post_stop(application)


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
async def telegram_over(fake: FakeTelegram) -> AsyncIterator[Callable[[Conversation], Awaitable[TelegramDriver]]]:
    """Starts the bot over a conversation and gives a person in Telegram."""
    async with AsyncExitStack() as stack:

        async def start(conversation: Conversation) -> TelegramDriver:
            application = await stack.enter_async_context(running(build(settings_for(fake), conversation)))
            return TelegramDriver(fake, application.update_queue.join)

        yield start


@pytest.fixture
async def telegram(
    telegram_over: Callable[[Conversation], Awaitable[TelegramDriver]], hand_made: HandMade
) -> TelegramDriver:
    """A person in Telegram, before a bot with answers made by hand."""
    return await telegram_over(Conversation(hand_made))
