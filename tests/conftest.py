"""What all tests share: the dialogue over the base that ships, loaded once, and a fresh conversation for each test."""

from collections.abc import Iterator
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


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the commands keep on disk is kept for this run, not among the user's own files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


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
    """The dialogue over the base that ships, on a fixed day."""
    return Dialogue(understander.library, understander, today=lambda: TODAY)


@pytest.fixture(scope="session")
def storing(understander: Understander) -> Dialogue:
    """The same of an operator who stores chats."""
    return Dialogue(understander.library, understander, today=lambda: TODAY, keeping=KEEPING)


@pytest.fixture
def conversation(dialogue: Dialogue) -> Conversation:
    """A conversation that nobody has begun yet."""
    return Conversation(dialogue)
