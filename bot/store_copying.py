"""Copies one database into another, of whichever kind: a piece at a time, so that whatever stops it, the next run goes
on, and proved by a digest of every table on both sides."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Table,
    collate,
    delete,
    exists,
    insert,
    inspect,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store_database import HALF_COPIED, Database, StoreError, newest_step
from bot.store_tables import METADATA, installation

PIECE = 500
"""How many rows are read and written at a time."""
TABLES = tuple(METADATA.sorted_tables)
"""Those that others refer to come first."""
_LONGEST_STEP = 32
"""As many characters Alembic's column has."""


@dataclass(frozen=True)
class Sum:
    """What a table holds: of two with the same sum the rows are the same."""

    rows: int
    digest: str
    last: int
    """The highest number that a row has ever had, where the database numbers them; else 0."""


async def copy(source: Database, target: Database) -> dict[str, Sum]:
    """Makes `target` the same as `source` and returns what each table holds; sealed content is copied as it is.

    `target` must be empty, the beginning of such a copy, or the same already. Until all is there and proved, no bot
    starts on it. Raises StoreError.
    """
    await _has_our_schema(source)
    async with source.snapshot() as connection:
        if await _begin(target, connection):
            for table in TABLES:
                await _copy_table(connection, target, table)
        sums = {table.name: await _sum(connection, table) for table in TABLES}
        await _prove(target, sums)
    async with target.writing() as writing:
        await _set_step(writing, newest_step())
    return sums


async def _has_our_schema(source: Database) -> None:
    step = await source.step()
    if step.startswith(HALF_COPIED):
        raise StoreError(f"the database {source.place} is half a copy, and so not one to copy from")
    if step != newest_step():
        stands = f"stands at step {step}" if step else "has no schema of Vejviser's"
        raise StoreError(
            f"the database {source.place} {stands}, not at {newest_step()}; "
            f"bring it there first: VEJVISER_DATABASE=... vejviser migrate"
        )


async def _begin(target: Database, source: AsyncConnection) -> bool:
    """Makes the target ready to be filled, where it may be; False: it was filled before, from this source."""
    mark = f"{HALF_COPIED}{newest_step()}"[:_LONGEST_STEP]
    if target.file is None or target.file.exists():
        step = await target.step()
        if step == mark:
            return True
        if step.startswith(HALF_COPIED):
            raise StoreError(f"{target.place} is half a copy by another version of Vejviser; name an empty database")
        async with target.reading() as connection:
            there = await _tables_in(connection)
            if there and not step:
                raise StoreError(f"{target.place} has tables that are not Vejviser's; name an empty database")
            if step == newest_step() and (secret := await _secret(source)) and secret == await _secret(connection):
                return False
            await _refuse_rows(target, connection)
    await target.migrate()
    async with target.writing() as connection:
        # Once more: a bot may have been started there.
        await _refuse_rows(target, connection)
        await _set_step(connection, mark)
    return True


async def _refuse_rows(target: Database, connection: AsyncConnection) -> None:
    there = await _tables_in(connection)
    for table in TABLES:
        if table.name in there and await connection.scalar(select(exists().select_from(table))):
            raise StoreError(f"{target.place} has data of its own ({table.name}) and stays as it is; name an empty one")


async def _tables_in(connection: AsyncConnection) -> set[str]:
    return set(await connection.run_sync(lambda one: inspect(one).get_table_names()))


async def _secret(connection: AsyncConnection) -> bytes | None:
    """As it is sealed: where two databases have the same one, the one was copied from the other."""
    secret: bytes | None = await connection.scalar(select(installation.c.handle_secret))
    return secret


async def _set_step(connection: AsyncConnection, step: str) -> None:
    await connection.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})


async def _copy_table(source: AsyncConnection, target: Database, table: Table) -> None:
    """Copies what is not there yet. What is there was copied before; if the source has changed since, all of it is
    copied anew."""
    async with target.reading() as connection:
        there = await _sum(connection, table)
        last = await _last_key(connection, table)
    if there.rows and there.digest != (await _sum(source, table, there.rows)).digest:
        async with target.writing() as connection:
            await connection.execute(delete(table))
        last = None
    async for rows in _pieces(source, table, last):
        async with target.writing() as connection:
            await connection.execute(insert(table), [row._asdict() for row in rows])
    if number := await _last_number(source, table):
        async with target.writing() as connection:
            await _go_on_after(connection, table, number)


async def _prove(target: Database, sums: dict[str, Sum]) -> None:
    async with target.snapshot() as connection:
        other = [table.name for table in TABLES if await _sum(connection, table) != sums[table.name]]
    if other:
        raise StoreError(f"{target.place} does not hold the same as what was copied, in: {', '.join(other)}")


async def _sum(connection: AsyncConnection, table: Table, first: int | None = None) -> Sum:
    """Of the `first` rows; None: of all."""
    digest, count = sha256(), 0
    async for rows in _pieces(connection, table, None, first):
        count += len(rows)
        for row in rows:
            digest.update(json.dumps(list(row), default=_plain, sort_keys=True).encode() + b"\n")
    return Sum(count, digest.hexdigest(), await _last_number(connection, table))


async def _pieces(
    connection: AsyncConnection, table: Table, after: tuple[Any, ...] | None, first: int | None = None
) -> AsyncIterator[list[Row[Any]]]:
    """The rows in the order of their keys, a piece at a time: those after a key, the first so many."""
    left = first
    while left is None or left > 0:
        size = PIECE if left is None else min(PIECE, left)
        rows = select(table).order_by(*_key(connection, table)).limit(size)
        if after is not None:
            key = [literal(value, column.type) for value, column in zip(after, table.primary_key, strict=True)]
            rows = rows.where(tuple_(*_key(connection, table)) > tuple_(*key))
        piece = list((await connection.execute(rows)).all())
        if not piece:
            return
        yield piece
        after = tuple(getattr(piece[-1], column.name) for column in table.primary_key)
        left = None if left is None else left - len(piece)


async def _last_key(connection: AsyncConnection, table: Table) -> tuple[Any, ...] | None:
    key = [part.desc() for part in _key(connection, table)]
    row = (await connection.execute(select(*table.primary_key).order_by(*key).limit(1))).one_or_none()
    return None if row is None else tuple(row)


def _key(connection: AsyncConnection, table: Table) -> list[ColumnElement[Any]]:
    """The columns of the key, in an order that is the same everywhere: by the characters' numbers, as SQLite has it."""
    if connection.dialect.name == "sqlite":
        return list(table.primary_key)
    return [collate(one, "C") if one.type.python_type is str else one for one in table.primary_key]


async def _last_number(connection: AsyncConnection, table: Table) -> int:
    if not _numbered(table):
        return 0
    if connection.dialect.name == "sqlite":
        return await connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), _named(table)) or 0
    # A sequence that was never used stands at 1 as well, so what it last gave is asked for otherwise.
    sequence = await _sequence(connection, table)
    return await connection.scalar(text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")) or 0


async def _go_on_after(connection: AsyncConnection, table: Table, last: int) -> None:
    """Has the database number the next row after `last`, even where that row is gone: no number is given twice."""
    values = {**_named(table), "last": last}
    if connection.dialect.name == "sqlite":
        await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        await connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values)
    else:
        sequence = await _sequence(connection, table)
        await connection.execute(text(f"SELECT setval('{sequence}', :last)"), values)


async def _sequence(connection: AsyncConnection, table: Table) -> str:
    return await connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), _named(table)) or ""


def _numbered(table: Table) -> bool:
    """Whether the database numbers the table's rows."""
    return bool(table.dialect_options["sqlite"]["autoincrement"])


def _named(table: Table) -> dict[str, Any]:
    return {"name": table.name}


def _plain(value: object) -> str:
    """A value as text, the same from either database."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
