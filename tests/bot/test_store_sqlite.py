"""The driver beneath the store on SQLite: transactions begin late and end whole, results are the driver's."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store_sqlite import Connection, connect


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Connection]:
    """A connection to a new file with one table."""
    opened = await connect(tmp_path / "a.db", 0.1)
    await executed(opened, "CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT UNIQUE)")
    yield opened
    await opened.close()


async def executed(connection: Connection, sql: str, *parameters: object) -> tuple[list[tuple[object, ...]], int]:
    """Rows and row count of a statement."""
    cursor = connection.cursor()
    await cursor.execute(sql, parameters)
    return await cursor.fetchall(), cursor.rowcount


async def test_a_transaction_begins_with_its_first_statement_and_holds_the_lock(
    connection: Connection, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "a.db", timeout=0, isolation_level=None)
    connection.begin()
    other.execute("INSERT INTO t (word) VALUES ('other')")
    assert (await executed(connection, "SELECT word FROM t"))[0] == [("other",)]
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("INSERT INTO t (word) VALUES ('late')")
    await connection.commit()
    other.execute("INSERT INTO t (word) VALUES ('late')")
    other.close()


async def test_what_fails_is_taken_back_whole(connection: Connection) -> None:
    connection.begin()
    assert await executed(connection, "INSERT INTO t (word) VALUES (?) RETURNING id", "a") == ([(1,)], 1)
    with pytest.raises(sqlite3.IntegrityError):
        await executed(connection, "INSERT INTO t (word) VALUES (?)", "a")
    await connection.rollback()
    assert (await executed(connection, "SELECT * FROM t"))[0] == []


async def test_what_ends_before_a_statement_has_begun_nothing(connection: Connection) -> None:
    for end in (connection.commit, connection.rollback):
        connection.begin()
        await end()
        await executed(connection, "INSERT INTO t (word) VALUES (?) ON CONFLICT DO NOTHING", "a")
        assert not connection.in_transaction


async def test_many_at_once_are_counted(connection: Connection) -> None:
    cursor = connection.cursor()
    await cursor.executemany("INSERT INTO t (word) VALUES (?)", [("a",), ("b",)])
    assert (cursor.rowcount, await cursor.fetchall()) == (2, [])


async def test_a_file_that_another_holds_is_told_when_the_time_is_over(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "b.db", isolation_level=None)
    other.execute("CREATE TABLE t (id)")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await connect(tmp_path / "b.db", 0.05)
    other.close()
