"""`vejviser copy-database`: whole and equal in every direction, whatever stops it, and nothing of others is touched."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import insert, select

from bot import store_copying
from bot.config import Settings
from bot.sealing import new_key
from bot.store import Store
from bot.store_copying import copy
from bot.store_database import HALF_COPIED, Database, StoreError, newest_step
from bot.store_inbox import Incoming
from bot.store_tables import METADATA, chats
from handlers.memory import Erase, Rhythm, Scope, Subscribe, Subscription
from handlers.session import Session
from knowledge.library import Touched
from knowledge.query import Subject
from tests.bot.process import COMMAND, ROOT, environment, vejviser
from tests.databases import KINDS, NOW, Clock, PostgresServer, sqlite_settings

SESSION = Session("da", Subject(strategies=("x",)))


DIRECTIONS = [(one, other) for one in KINDS for other in KINDS]
CHATS = 30
KEY = new_key()
NewDatabase = Callable[[str], str]


class Stopped(Exception):
    """The process has ended."""


@pytest.fixture
def new(tmp_path: Path, postgres: PostgresServer) -> NewDatabase:
    """Gives the address of a database of a kind that is not there yet, or has nothing in it."""
    count = 0

    def address(kind: str) -> str:
        nonlocal count
        count += 1
        return str(tmp_path / f"{count}" / "v.db") if kind == "sqlite" else postgres.new_database()

    return address


def settings_for(address: str) -> Settings:
    """Settings with a database and the tests' key."""
    return sqlite_settings(Path(), database=address, data_key=KEY)


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Database]:
    """A database, let go at the end."""
    database = Database(address)
    try:
        yield database
    finally:
        await database.close()


async def turn(store: Store, chat: str) -> None:
    """A turn of a chat that subscribes to all but one theme."""
    before = await store.load("telegram", chat)
    weekly = Subscription(Scope(), ("indkoeb",), Rhythm("weekly"))
    assert await store.save("telegram", chat, before.version, SESSION, [Subscribe(weekly)])


async def filled(address: str) -> None:
    """A database with something in every table; the chat with the highest number is erased."""
    async with opened(address) as database:
        await database.migrate()
    store = await Store.open(settings_for(address), Clock())
    await store.outbox.begin([("first", "d")])
    for number in range(CHATS + 1):
        await turn(store, str(number))
    last = await store.load("telegram", str(CHATS))
    assert await store.save("telegram", str(CHATS), last.version, SESSION, [Erase()])
    # In an order in which a collation of words and one of characters' numbers differ.
    for update in ("b-2", "B-1", "a_1", "a-1", "åben"):
        await store.outbox.announce(update, "d", (Touched(),))
    await store.questions.keep("hvad koster en ø?", "da")
    await store.questions.judge("overview", True)
    await store.inbox.add([Incoming(number, "telegram", "1", "{}") for number in (7, 8, 2**40)], lease=None)
    await store.close()


async def rows_of(address: str) -> dict[str, set[str]]:
    """All rows of all tables."""
    async with opened(address) as database, database.reading() as connection:
        return {
            table.name: {repr(tuple(row)) for row in await connection.execute(select(table))}
            for table in METADATA.sorted_tables
        }


async def step_of(address: str) -> str:
    """Where the schema stands."""
    async with opened(address) as database:
        return await database.step()


async def copied(source: str, target: str) -> dict[str, int]:
    """Copies; returns how many rows each table has."""
    async with opened(source) as one, opened(target) as other:
        return {name: sum_.rows for name, sum_ in (await copy(one, other)).items()}


async def count_in(address: str) -> int:
    """How many chats are there by now; 0 where there is no table yet."""
    try:
        async with opened(address) as database:
            if not await database.step():
                return 0
            async with database.reading() as connection:
                return len((await connection.execute(select(chats.c.id))).all())
    except StoreError:
        return 0


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_copying, "PIECE", 7)


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
async def test_a_copy_is_equal_and_goes_on_as_the_source_would(source: str, target: str, new: NewDatabase) -> None:
    here, there = new(source), new(target)
    await filled(here)
    rows = await copied(here, there)
    assert rows["chats"] == rows["subscriptions"] == rows["exclusions"] == CHATS
    assert all(
        rows[name] for name in ("installation", "announced", "outbox", "questions", "judged", "inbox", "received")
    ), rows
    assert await rows_of(here) == await rows_of(there)
    # Once more: nothing is to be done.
    assert await copied(here, there) == rows
    store = await Store.open(settings_for(there), Clock())
    assert (await store.load("telegram", "3")).session == SESSION
    assert [one.text for one in await store.questions.kept()] == ["hvad koster en ø?"]
    await turn(store, "new")
    # The erased chat's number is not given again.
    assert (await store.load("telegram", "new")).version[0] == CHATS + 2
    await store.close()


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
async def test_what_stops_it_anywhere_is_taken_up_by_the_next_run(
    source: str, target: str, new: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = new(source), new(target)
    await filled(here)
    writing, left, stops = Database.writing, 0, 0

    def stopping(self: Database) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped
        return writing(self)

    monkeypatch.setattr(Database, "writing", stopping)
    while True:
        left = 5 + stops % 7
        try:
            await copied(here, there)
            break
        except Stopped:
            stops += 1
            assert stops < 100
    monkeypatch.undo()
    assert stops > 3
    assert await rows_of(here) == await rows_of(there)
    assert await step_of(there) == newest_step()


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
async def test_killed_in_the_middle_it_goes_on(source: str, target: str, new: NewDatabase) -> None:
    here, there = new(source), new(target)
    await filled(here)
    many = 6000
    async with opened(here) as database, database.writing() as connection:
        row = (await connection.execute(select(chats).limit(1))).one()._asdict()
        rows = [{**row, "id": 1000 + one, "handle": one.to_bytes(32, "big")} for one in range(many)]
        await connection.execute(insert(chats), rows)
    seen = 0
    for _ in range(3):
        process = await asyncio.create_subprocess_exec(
            *COMMAND, "copy-database", here, there, cwd=ROOT, env=environment(), stdout=asyncio.subprocess.DEVNULL
        )
        while process.returncode is None and await count_in(there) <= seen:  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0)
        if process.returncode is None:
            process.kill()
        await process.wait()
        seen = await count_in(there)
        assert seen > 0
        if not (await step_of(there)).startswith(HALF_COPIED):
            break
        with pytest.raises(StoreError, match="is half a copy; call vejviser copy-database again"):
            await Store.open(settings_for(there))
        with pytest.raises(StoreError, match="is half a copy, and so not one to copy from"):
            await copied(there, here)
    done = vejviser("copy-database", here, there)
    assert done.returncode == 0, done.stderr
    assert f"chats          {many + CHATS:,}  " in done.stdout.decode()
    assert await rows_of(here) == await rows_of(there)


async def test_a_source_that_has_changed_since_is_copied_as_it_is_now(
    new: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = new("sqlite"), new("postgresql")
    await filled(here)
    proved = store_copying._prove

    async def stopped(*_: object) -> None:
        raise Stopped

    monkeypatch.setattr(store_copying, "_prove", stopped)
    with pytest.raises(Stopped):
        await copied(here, there)
    monkeypatch.setattr(store_copying, "_prove", proved)
    store = await Store.open(settings_for(here), Clock())
    await turn(store, "2")
    await store.move("telegram", "1", "another")
    await store.close()
    await copied(here, there)
    assert await rows_of(here) == await rows_of(there)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_target_with_data_of_its_own_stays_as_it_is(kind: str, new: NewDatabase) -> None:
    here, there = new("sqlite"), new(kind)
    await filled(here)
    await filled(there)
    before = await rows_of(there)
    with pytest.raises(StoreError, match=r"has data of its own \(announced\) and stays as it is"):
        await copied(here, there)
    assert await rows_of(there) == before
    # Also where it was a copy once, and somebody has used it since.
    used = new(kind)
    await copied(here, used)
    store = await Store.open(settings_for(used), Clock())
    await turn(store, "new")
    await store.close()
    before = await rows_of(used)
    with pytest.raises(StoreError, match="does not hold the same as what was copied, in: chats, subscriptions"):
        await copied(here, used)
    assert await rows_of(used) == before


async def test_tables_of_others_stay_as_they_are(new: NewDatabase, tmp_path: Path) -> None:
    here, server = new("sqlite"), new("postgresql")
    await filled(here)
    other = await asyncpg.connect(server)
    await other.execute("CREATE TABLE theirs (id int)")
    await other.close()
    with pytest.raises(StoreError, match="has tables that are not Vejviser's"):
        await copied(here, server)
    with sqlite3.connect(tmp_path / "theirs.db") as connection:
        connection.execute("CREATE TABLE theirs (id int)")
    connection.close()
    with pytest.raises(StoreError, match=r"theirs\.db has tables that are not Vejviser's"):
        await copied(here, str(tmp_path / "theirs.db"))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_schema_that_was_made_before_is_filled(kind: str, new: NewDatabase) -> None:
    here, there = new("sqlite"), new(kind)
    await filled(here)
    async with opened(there) as database:
        await database.migrate()
    await copied(here, there)
    assert await rows_of(here) == await rows_of(there)


async def test_what_cannot_be_is_told_with_its_place(new: NewDatabase, tmp_path: Path) -> None:
    here, server = new("sqlite"), new("postgresql")
    await filled(here)
    nowhere = "postgresql://anne:hemmelig@127.0.0.1:1/vejviser"
    text = tmp_path / "notes.txt"
    text.write_text("Husk maelk. " * 200)
    for source, target, told in (
        (str(tmp_path / "no.db"), server, f"there is no database at {tmp_path}/no.db"),
        (server, here, "has no schema of Vejviser's"),
        (nowhere, str(tmp_path / "to.db"), "the database postgresql://anne:***@127.0.0.1:1/vejviser cannot be read"),
        (here, nowhere, "the database postgresql://anne:***@127.0.0.1:1/vejviser cannot be read"),
        (here, str(text), "notes.txt cannot be read: file is not a database"),
        (here, str(text / "to.db"), "notes.txt/to.db cannot be written"),
        (here, f"{here}/../v.db", "cannot be copied to itself"),
        (here, "mysql://x/y", "TO is neither a path nor an address like postgresql://"),
    ):
        done = vejviser("copy-database", source, target)
        line = done.stderr.decode()
        assert done.returncode == 1, (source, target)
        assert told in line
        assert len(line.splitlines()) == 1, line
        assert "hemmelig" not in line
    assert not (tmp_path / "no.db").exists()
    assert not (tmp_path / "to.db").exists()


async def test_a_source_of_another_version_is_told(new: NewDatabase) -> None:
    here = new("sqlite")
    await filled(here)
    async with opened(here) as database, database.writing() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000_before'")
    with pytest.raises(StoreError, match=r"v\.db stands at step 0000_before, not at .*vejviser migrate$"):
        await copied(here, new("postgresql"))


async def test_a_full_disk_is_told_and_the_next_run_goes_on(new: NewDatabase) -> None:
    here, there = new("postgresql"), new("sqlite")
    await filled(here)
    async with opened(here) as source, opened(there) as target:
        await target.migrate()
        async with target.reading() as connection:
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
            await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(StoreError, match=r"v\.db cannot be written: database or disk is full"):
            await copy(source, target)
    await copied(here, there)
    assert await rows_of(here) == await rows_of(there)


async def test_the_operator_is_told_what_was_copied_and_what_goes_along(new: NewDatabase, tmp_path: Path) -> None:
    settings = sqlite_settings(tmp_path)
    store = await Store.open(settings, Clock(NOW))
    await turn(store, "1")
    await store.close()
    here, there = settings.database.get_secret_value(), new("postgresql")
    done = vejviser("copy-database", here, there, VEJVISER_KEY_FILE=str(settings.key_file))
    lines = done.stdout.decode().splitlines()
    assert lines[0].split() == ["table", "rows", "sha256"]
    told = {name: rows for name, rows, _ in (line.split() for line in lines[1:-2])}
    some = dict.fromkeys(("chats", "subscriptions", "exclusions", "installation"), "1")
    assert told == {**dict.fromkeys(METADATA.tables, "0"), **some}
    assert lines[-2].endswith(f"holds the same as {here}: every table was read again on both sides and compared.")
    assert f"the key in {settings.key_file} has to go along" in lines[-1]
