"""The database behind the store: its schema, its file, its copies, and how each of its failures is told."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import Connection

from bot import store_database
from bot.config import Settings
from bot.sealing import new_key
from bot.store import Store
from bot.store_database import HALF_COPIED, Database, StoreError
from bot.store_tables import METADATA
from handlers.memory import Scope, Subscribe, Subscription
from handlers.session import Session
from knowledge.library import Touched
from tests.databases import Clock, PostgresServer, postgres_settings, sqlite_settings, write_protect

CHAT = ("telegram", "900100200300")
STEP = "0005_admitted"


async def turn(store: Store, chat: str = CHAT[1]) -> None:
    """A turn of a chat that subscribes."""
    before = await store.load("telegram", chat)
    assert await store.save("telegram", chat, before.version, Session("da"), [Subscribe(Subscription(Scope()))])


@pytest.fixture
async def embedded(tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    """A store on SQLite."""
    store = await Store.open(sqlite_settings(tmp_path), clock)
    yield store
    await store.close()


async def test_the_steps_make_the_tables_that_the_code_uses(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    async with store.database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_says_from_where_to_where(tmp_path: Path, postgres: PostgresServer) -> None:
    for address in (str(tmp_path / "a.db"), postgres.new_database()):
        database = Database(address)
        assert await database.migrate() == ("", STEP)
        assert await database.migrate() == (STEP, STEP)
        await database.close()


async def test_postgresql_without_the_schema_says_what_to_run(tmp_path: Path, postgres: PostgresServer) -> None:
    settings = postgres_settings(postgres.new_database(), tmp_path)
    with pytest.raises(StoreError, match=r"has no schema; run: vejviser migrate$"):
        await Store.open(settings)


@asynccontextmanager
async def standing_at(store: Store, step: str) -> AsyncIterator[None]:
    """The schema says that it stands at another step."""

    async def say(said: str) -> None:
        async with store.database.writing() as connection:
            await connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{said}'")

    await say(step)
    try:
        yield
    finally:
        await say(STEP)


async def test_a_schema_of_a_newer_version_is_left_alone(settings: Settings, store: Store) -> None:
    async with standing_at(store, "9999_later"):
        for call in (Store.open(settings), store.database.migrate()):
            with pytest.raises(StoreError, match=r"made by a newer Vejviser \(step 9999_later\)"):
                await call


async def test_who_runs_already_goes_on_beside_a_newer_schema_alone(store: Store) -> None:
    async with standing_at(store, "9999_later"):
        assert await store.database.check()
    for step in ("0001_chats_and_notices", f"{HALF_COPIED}{STEP}"):
        async with standing_at(store, step):
            with pytest.raises(StoreError, match="another schema"):
                await store.database.check()


async def test_eight_first_starts_at_once_make_one_store(tmp_path: Path, clock: Clock) -> None:
    settings = sqlite_settings(tmp_path)
    stores = await asyncio.gather(*(Store.open(settings, clock) for _ in range(8)))
    await turn(stores[0])
    seen = [(await one.load(*CHAT)).version for one in stores]
    for one in stores:
        await one.close()
    assert len(set(seen)) == 1
    assert seen[0] != (0, 0)


async def test_the_files_are_for_their_owner_alone(embedded: Store) -> None:
    await turn(embedded)
    assert embedded.database.file
    folder = embedded.database.file.parent
    files = {one.name: stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()}
    assert files == {"vejviser.db": 0o600, "vejviser.db-wal": 0o600, "vejviser.db-shm": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_no_chat_can_be_read_in_the_files(embedded: Store, tmp_path: Path) -> None:
    numbers = [str(900_100_200_300 + 7919 * step) for step in range(20)]
    for number in numbers:
        await turn(embedded, number)
    await embedded.move("telegram", numbers[0], "-1009876543210")
    assert embedded.database.file
    files = list(embedded.database.file.parent.iterdir())
    assert any(one.name.endswith("-wal") and one.stat().st_size for one in files)
    content = b"".join(one.read_bytes() for one in files)
    await embedded.close()
    content += embedded.database.file.read_bytes()
    assert b"telegram" in content
    for number in (*numbers, "-1009876543210"):
        asked = int(number)
        raw = [abs(asked).to_bytes(8, order) for order in ("big", "little")] + [abs(asked).to_bytes(6, "big")]
        assert [one for one in (number.encode(), number.encode("utf-16-le"), *raw) if one in content] == []


async def test_what_is_erased_is_overwritten(embedded: Store) -> None:
    await turn(embedded)
    async with embedded.database.reading() as connection:
        sealed: bytes = (await connection.exec_driver_sql("SELECT address FROM chats")).scalar_one()
    assert embedded.database.file
    await embedded.close()
    assert sealed in embedded.database.file.read_bytes()
    await embedded.pause(*CHAT)
    assert await embedded.erase_inactive(Clock().now.replace(year=2030)) == 1
    await embedded.close()
    assert sealed not in embedded.database.file.read_bytes()


async def test_a_copy_while_the_bot_writes_is_whole_and_stands_alone(embedded: Store, tmp_path: Path) -> None:
    copies = [tmp_path / f"copy-{number}.db" for number in range(3)]
    done = asyncio.Event()

    async def write() -> int:
        count = 0
        while not done.is_set():
            await turn(embedded, str(count))
            count += 1
        return count

    writing = asyncio.create_task(write())
    for copy in copies:
        await embedded.database.backup(copy)
    done.set()
    count = await writing
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with sqlite3.connect(copy) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            counts = [
                connection.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in ("chats", "subscriptions")
            ]
        connection.close()
        assert counts[0] == counts[1] <= count


async def test_a_copy_can_take_the_place_of_the_database(embedded: Store, tmp_path: Path, clock: Clock) -> None:
    await turn(embedded)
    await embedded.database.backup(tmp_path / "copy.db")
    restored = await Store.open(sqlite_settings(tmp_path, database=str(tmp_path / "copy.db")), clock)
    assert (await restored.load(*CHAT)).kept == (await embedded.load(*CHAT)).kept
    await restored.close()


async def test_a_copy_overwrites_nothing(embedded: Store, tmp_path: Path, postgres: PostgresServer) -> None:
    there = tmp_path / "there.db"
    there.write_text("precious")
    with pytest.raises(StoreError, match="is there already and stays as it is"):
        await embedded.database.backup(there)
    assert there.read_text() == "precious"
    with pytest.raises(StoreError, match=r"none/copy\.db cannot be written: No such file"):
        await embedded.database.backup(tmp_path / "none" / "copy.db")
    with pytest.raises(StoreError, match="there is no database at"):
        await Database(str(tmp_path / "no.db")).backup(tmp_path / "copy.db")
    with pytest.raises(StoreError, match="pg_dump"):
        await Database(postgres.new_database()).backup(tmp_path / "copy.db")


async def test_a_read_only_database_is_told_and_still_read(store: Store) -> None:
    await turn(store)
    before = await store.load(*CHAT)
    await write_protect(store)
    with pytest.raises(StoreError, match=r"^the database .* cannot be written: .*read-?only"):
        await store.save(*CHAT, before.version, Session("en"))
    assert await store.load(*CHAT) == before
    await write_protect(store, False)
    assert await store.save(*CHAT, before.version, Session("en"))


async def test_a_full_disk_is_told_and_loses_no_update(embedded: Store) -> None:
    for number in range(200):
        await turn(embedded, str(number))
    async with embedded.database.reading() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match=r"vejviser\.db cannot be written: database or disk is full"):
        await embedded.outbox.announce("new", "d", (Touched(),))
    assert await embedded.outbox.announced() == {}
    async with embedded.database.reading() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert await embedded.outbox.announce("new", "d", (Touched(),)) == 200


async def test_a_locked_database_is_told_and_still_read(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store_database.BUSY_SECONDS", 0.05)
    store = await Store.open(sqlite_settings(tmp_path), clock)
    await turn(store)
    other = sqlite3.connect(str(store.database.file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = await store.load(*CHAT)
    with pytest.raises(StoreError, match=r"cannot be written: database is locked"):
        await store.save(*CHAT, before.version, Session("en"))
    other.execute("COMMIT")
    other.close()
    assert await store.save(*CHAT, before.version, Session("en"))
    await store.close()


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Husk maelk. " * 200)
    with pytest.raises(StoreError, match=r"notes\.txt cannot be read: file is not a database"):
        await Store.open(sqlite_settings(tmp_path, database=str(file)))
    assert file.read_text() == "Husk maelk. " * 200
    with pytest.raises(StoreError, match=r"notes\.txt/x\.db cannot be written"):
        await Store.open(sqlite_settings(tmp_path, database=str(file / "x.db")))
    with pytest.raises(StoreError, match=r"cannot be written: Is a directory"):
        await Store.open(sqlite_settings(tmp_path, database=str(tmp_path)))


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anne:hemmelig@127.0.0.1:1/vejviser",
        "postgres://anne:hemmelig@127.0.0.1:1/vejviser?sslmode=disable",
        "postgresql://anne:hemmelig@nowhere.invalid/vejviser?password=hemmelig",
        "postgresql://anne:hemmelig@[::1/vejviser",
        "postgresql://anne:hemmelig@127.0.0.1:port/vejviser",
        "postgresql://anne:hemmelig@127.0.0.1:1/vejviser?unheard=of",
    ],
)
async def test_a_server_out_of_reach_is_told_without_the_password(address: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as raised:
        await Store.open(sqlite_settings(tmp_path, database=address, data_key=new_key()))
    assert len(str(raised.value).splitlines()) == 1
    assert "hemmelig" not in str(raised.value)


async def test_a_database_that_a_server_does_not_have_is_told(tmp_path: Path, postgres: PostgresServer) -> None:
    address = postgres.new_database().replace("/t", "/u", 1)
    with pytest.raises(StoreError, match=r"cannot be read: database .* does not exist"):
        await Store.open(postgres_settings(address, tmp_path))


@pytest.mark.parametrize("rested", [store_database.RESTED_SECONDS, 0.0])
async def test_connections_that_the_server_closed_are_made_anew(
    tmp_path: Path, postgres: PostgresServer, clock: Clock, monkeypatch: pytest.MonkeyPatch, rested: float
) -> None:
    monkeypatch.setattr(store_database, "RESTED_SECONDS", rested)
    address = await postgres.emptied_database()
    store = await Store.open(postgres_settings(address, tmp_path), clock)
    await turn(store)
    server = await asyncpg.connect(address)
    await server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    await server.close()
    await turn(store)
    await store.close()


async def test_the_key_is_made_at_the_first_start_and_found_at_the_next(tmp_path: Path, clock: Clock) -> None:
    settings = sqlite_settings(tmp_path)
    store = await Store.open(settings, clock)
    await turn(store)
    await store.close()
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600
    again = await Store.open(settings, clock)
    assert (await again.load(*CHAT)).session == Session("da")
    await again.close()


async def test_no_key_is_made_beside_the_data(tmp_path: Path) -> None:
    for file in (tmp_path / "data" / "data.key", tmp_path / "data" / "below" / "data.key"):
        with pytest.raises(StoreError, match="no key is made in the folder of the data; set VEJVISER_KEY_FILE"):
            await Store.open(sqlite_settings(tmp_path, key_file=file))
        assert not file.exists()


async def test_postgresql_without_a_key_says_how_to_make_one(tmp_path: Path, postgres: PostgresServer) -> None:
    settings = sqlite_settings(tmp_path, database=await postgres.emptied_database())
    with pytest.raises(StoreError, match="needs a key: set VEJVISER_DATA_KEY to what this prints: openssl rand"):
        await Store.open(settings)
    assert not settings.key_file.exists()


async def test_a_wrong_or_missing_key_is_told_at_the_start(settings: Settings, store: Store) -> None:
    await turn(store)
    key = settings.data_key.get_secret_value() if settings.data_key else settings.key_file.read_text().strip()
    settings.key_file.unlink(missing_ok=True)
    missing = settings.model_copy(update={"data_key": None})
    with pytest.raises(StoreError, match=r"data\.key is not there, and so not the one that sealed .* put it back"):
        await Store.open(missing)
    assert not settings.key_file.exists()
    other = settings.model_copy(update={"data_key": SecretStr(new_key())})
    with pytest.raises(StoreError, match=r"^VEJVISER_DATA_KEY has another key than the one that sealed") as raised:
        await Store.open(other)
    assert len(str(raised.value).splitlines()) == 1
    assert key not in str(raised.value)
    settings.key_file.parent.mkdir(exist_ok=True)
    settings.key_file.write_text("no key")
    with pytest.raises(StoreError, match=r"data\.key: key 1 is not 32 bytes"):
        await Store.open(missing)
    settings.key_file.write_text(f"{new_key()}\n{key}\n")
    again = await Store.open(missing)
    assert (await again.load(*CHAT)).session == Session("da")
    await again.close()
