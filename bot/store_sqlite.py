"""SQLite's driver with one errand to its thread for each statement: those errands are most of what a turn costs."""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Self

import aiosqlite

_PRAGMAS = (
    # Readers and one writer side by side, and no fsync at each turn: when the power goes, the last moment may be
    # missing, but whole transactions of it; when only the process ends, nothing is.
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    # What is erased is overwritten as well.
    "PRAGMA secure_delete = ON",
)
_AGAIN_SECONDS = 0.01
"""Between two tries where SQLite itself does not wait for the lock."""


async def connect(file: Path, busy_seconds: float) -> "Connection":
    """A connection to a database file, outside of any transaction; it waits for other writers for so long."""
    connection = Connection(partial(_open, file, busy_seconds), iter_chunk_size=64)
    # A statement that hangs must not keep the process from ending.
    connection._thread.daemon = True
    await connection
    return connection


class Connection(aiosqlite.Connection):
    """aiosqlite's, but a statement is one errand together with the rows that it gives, and with what begins it."""

    _begins = False

    def begin(self) -> None:
        """Has the next statement begin a transaction that holds the file's write lock."""
        self._begins = True

    def cursor(self) -> "_Cursor":  # type: ignore[override]
        """A cursor that costs nothing before it executes."""
        return _Cursor(self)

    async def commit(self) -> None:
        """Commits the transaction, if there is one."""
        self._begins = False
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Takes the transaction back, if there is one."""
        self._begins = False
        if self.in_transaction:
            await super().rollback()

    async def run(self, cursor: "_Cursor", sql: str, parameters: Any, many: bool) -> None:
        """Executes for a cursor."""
        begins, self._begins = self._begins, False
        errand = partial(_run, self._conn, cursor, sql, parameters, begins, many)
        await self._execute(errand)  # type: ignore[no-untyped-call]


class _Cursor:
    """What SQLAlchemy needs of a cursor; the rows are here once it has executed."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """One statement."""
        await self._connection.run(self, sql, parameters, many=False)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """One statement for each of the parameters."""
        await self._connection.run(self, sql, parameters, many=True)

    async def fetchall(self) -> list[Any]:
        """The rows, once."""
        rows, self.rows = self.rows, []
        return rows

    async def close(self) -> None:
        """The driver's cursor was closed when it had executed."""


def _open(file: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=busy_seconds, isolation_level=None)
    deadline = monotonic() + busy_seconds
    try:
        for pragma in _PRAGMAS:
            while True:
                try:
                    connection.execute(pragma)
                    break
                except sqlite3.OperationalError as error:
                    # Where several make the file, SQLite does not wait for the one that switches it to WAL.
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                        raise
                    sleep(_AGAIN_SECONDS)
    except BaseException:
        connection.close()
        raise
    return connection


def _run(driver: sqlite3.Connection, cursor: _Cursor, sql: str, parameters: Any, begins: bool, many: bool) -> None:
    """In the driver's thread."""
    if begins:
        driver.execute("BEGIN IMMEDIATE")
    done = (driver.executemany if many else driver.execute)(sql, parameters)
    cursor.description = done.description
    cursor.rows = done.fetchall() if done.description else []
    cursor.rowcount, cursor.lastrowid = done.rowcount, done.lastrowid
    done.close()
