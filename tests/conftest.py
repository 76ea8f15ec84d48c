"""What all tests share: the dialogue over the base that ships, loaded once, and a fresh conversation for each test."""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.config import Settings
from bot.conversation import Conversation
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.keeping import Keeping
from knowledge.asof import documents_of, pruned
from knowledge.library import Library
from knowledge.loading import SHIPPED, load_knowledge
from knowledge.phrases import load_phrases
from knowledge.understanding import Understander
from tests.databases import KINDS, Clock, PostgresServer, postgres_server, postgres_settings, sqlite_settings
from tests.telegram_gate import pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown

__all__ = ["pytest_sessionfinish", "pytest_terminal_summary", "pytest_testnodedown"]

TODAY = date(2026, 11, 22)
"""The day on which all tests happen."""
FIRST_TEXTS = ("overblik-2014", "roskilde-notat-2014")
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
    """The understander of what the base holds from the two texts of 2014: that does not change as the base grows."""
    knowledge = load_knowledge()
    kept = pruned(knowledge, lambda fact: any(one.document in FIRST_TEXTS for one in fact.sources), lambda _: True)
    places = tuple(one for one in kept.municipalities if one.strategies)
    carried = {theme for place in places for one in (*place.initiatives, *place.goals) for theme in one.themes}
    themes = tuple(one for one in kept.themes if one.id in carried)
    partners = {key for place in places for one in place.initiatives for key in one.partners}
    partners |= {key for place in places for one in place.milestones for key in one.organisations}
    organisations = tuple(one for one in kept.organisations if one.id in partners)
    first = tuple(one for one in kept.documents if not one.seen)
    used = documents_of(replace(kept, municipalities=places))
    others = tuple(replace(one, municipality=None) for one in kept.documents if one.seen and one.id in used)
    small = replace(kept, municipalities=places, documents=first + others, themes=themes, organisations=organisations)
    return Understander(Library(small), load_phrases())


@pytest.fixture(scope="session")
def library(understander: Understander) -> Library:
    """What the base holds from the two texts of 2014."""
    return understander.library


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the base that ships, for editing."""
    for folder in ("data", "phrases"):
        shutil.copytree(SHIPPED / folder, tmp_path / "base" / folder)
    return tmp_path / "base"


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of the tests' own."""
    with TemporaryDirectory(prefix="pg") as folder, postgres_server(Path(folder)) as server:
        yield server


@pytest.fixture(params=KINDS)
async def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with an empty database: each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return sqlite_settings(tmp_path)
    server: PostgresServer = request.getfixturevalue("postgres")
    return postgres_settings(await server.emptied_database(), tmp_path)


@pytest.fixture
def clock() -> Clock:
    """The store's clock."""
    return Clock()


@pytest.fixture
async def store(settings: Settings, clock: Clock) -> AsyncIterator[Store]:
    """A new store."""
    opened = await Store.open(settings, clock)
    yield opened
    await opened.close()
