"""`vejviser status` beside what is kept: counts, the outbox, the base on disk, on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.announcing import announce, digest_of
from bot.config import Settings
from bot.status import standing
from bot.store import Store
from bot.store_inbox import Incoming
from handlers.memory import Rhythm, Scope, Subscribe, Subscription
from handlers.session import Session
from handlers.texts import spoken_date
from knowledge.changes import digest
from knowledge.library import Library
from knowledge.loading import SHIPPED, load_knowledge
from tests.bot.process import vejviser
from tests.databases import Clock

KOLDING = "2026-11-22-kolding"
LINES = """\
Vidensbasen er version {version}; det seneste nyt er fra {newest}.
Kommuner: {municipalities}, temaer: {themes}, indsatser: {initiatives}, dokumenter: {documents}.
Database: {place}. Samtaler: 2 (1 kan ikke nås), abonnementer: 2.
Nogen skrev sidst: 2020-01-06 11:30.
Indbakke: 2 beskeder fra Telegram venter, 0 bliver besvaret, 1 er opgivet de seneste dage.
Den ældste af dem kom 2020-01-06 10:30.
Udbakke: 1 venter (1 skal af sted nu), 0 bliver sendt, 1 holdes tilbage, 0 er opgivet.
Den første af dem, der venter, skal eller skulle af sted 2020-01-07 08:00.
Spørgsmål uden svar, der er gemt: 3."""


async def test_all_is_told(settings: Settings, store: Store, library: Library, clock: Clock) -> None:
    # The command looks at the real clock, for which all this is long ago.
    clock.now = datetime(2020, 1, 6, 9, 30, tzinfo=UTC)
    daily = Subscribe(Subscription(Scope("kolding"), rhythm=Rhythm("daily", 8)))
    assert await store.save("telegram", "1", (0, 0), Session("da"), [daily])
    await store.inbox.add([Incoming(number, "telegram", f"{number}", "hej") for number in (1, 2, 3)], None)
    await store.inbox.set_aside(3, "KeyError")
    clock.wait(hours=1)
    assert await store.save("telegram", "2", (0, 0), Session("da"), [daily])
    await store.outbox.begin([(one.id, digest_of(one)) for one in library.updates if one.id != KOLDING])
    await announce(store, library)
    await store.pause("telegram", "1")
    for _ in range(3):
        await store.questions.keep("hvad?", "da")
    shipped = Library(load_knowledge())
    counts = {name: len(getattr(shipped, name)) for name in ("municipalities", "themes", "initiatives", "documents")}
    place = "SQLite" if store.database.file else "PostgreSQL"
    newest = spoken_date("da", max((one.date for one in shipped.updates), key=lambda day: day.sort_key))
    expected = LINES.format(version=digest(SHIPPED), newest=newest, place=place, **counts)
    assert await standing(settings, SHIPPED) == (expected, True)


async def test_an_empty_database_has_not_begun(settings: Settings, store: Store) -> None:
    told, _ = await standing(settings.model_copy(update={"language": "en"}), SHIPPED)
    assert "Somebody last wrote: not yet." in told
    assert told.endswith("Questions without an answer are not kept.")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Where the command keeps what it keeps."""
    return {
        "VEJVISER_DATABASE": str(tmp_path / "data" / "v.db"),
        "VEJVISER_KEY_FILE": str(tmp_path / "key" / "data.key"),
    }


def test_of_a_faulty_base_the_rest_is_told_as_well(base: Path, env: dict[str, str]) -> None:
    with (base / "data" / "themes.yaml").open("a", encoding="utf-8") as themes:
        themes.write("x: [\n")
    done = vejviser("status", "--knowledge", str(base), stdin=b"", **env)
    told = done.stdout.decode()
    assert done.returncode == 2
    assert done.stderr == b""
    assert told.startswith("Vidensbasen har fejl")
    assert "data/themes.yaml:" in told
    assert "Database: SQLite. Samtaler: 0" in told


def test_without_a_database_the_reason_is_told(env: dict[str, str]) -> None:
    done = vejviser("status", stdin=b"", **{**env, "VEJVISER_DATABASE": "postgresql://nobody:secret@127.0.0.1:1/none"})
    assert done.returncode == 1
    assert "secret" not in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
