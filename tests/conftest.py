"""What all tests share: the dialogue over the base that ships, loaded once, and a fresh conversation for each test."""

from datetime import date

import pytest

from bot.conversation import Conversation
from handlers.dialogue import Dialogue
from handlers.keeping import Keeping
from knowledge.library import Library
from knowledge.understanding import Understander, load_understander

TODAY = date(2026, 11, 22)
"""The day on which all tests happen."""
KEEPING = Keeping(stored=True, operator="Prøve Kommune, post@proeve.dk", days=365)
"""How the tests' operator keeps chats."""


@pytest.fixture(scope="session")
def understander() -> Understander:
    """The understander of the base that ships."""
    return load_understander()


@pytest.fixture(scope="session")
def library(understander: Understander) -> Library:
    """The base that ships."""
    return understander.library


@pytest.fixture(scope="session")
def dialogue(understander: Understander) -> Dialogue:
    """The dialogue over the base that ships, on a fixed day, before a store."""
    return Dialogue(understander.library, understander, today=lambda: TODAY, keeping=KEEPING)


@pytest.fixture
def conversation(dialogue: Dialogue) -> Conversation:
    """A conversation that nobody has begun yet."""
    return Conversation(dialogue)
