"""The database itself: SQLite or PostgreSQL behind one door, its schema kept up to date, failures told in a line."""

import asyncio
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from functools import cache, partial
from pathlib import Path
from time import monotonic
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from asyncpg.exceptions import InterfaceError, PostgresError
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Engine,
    Table,
    TableValuedAlias,
    bindparam,
    column,
    event,
    func,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot import store_sqlite
from bot.sealing import SealError

BUSY_SECONDS = 5.0
"""How long a writer waits for another one before it gives up."""
CONNECT_SECONDS = 5.0
REST_SECONDS = 0.07
"""Several processes share PostgreSQL, and each of them then has less to do at once; a statement costs the same for few
as for many. Under load this takes a fifth off what an update costs, and an answer comes a tenth of a second later."""
RESTED_SECONDS = 5.0
"""A connection that was used less than so long ago is not asked whether it still is one."""
MIGRATIONS = Path(__file__).with_name("migrations")
HALF_COPIED = "copying:"
"""Before the step's name while a database is being filled from another: nobody else may take it for a whole one."""
_WRITES = "vejviser_writes"
"""The execution option of a connection that is going to write."""


Insert = sqlite.Insert | postgresql.Insert


class StoreError(Exception):
    """The store cannot be used; the text is one line for the operator that names the place, and shows no password."""


class Database:
    """A database by its address: a path of a SQLite file, or postgresql://user:password@host/name."""

    def __init__(self, address: str) -> None:
        """Connects to nothing yet. Raises StoreError where the address cannot be one."""
        url = _url(address)
        self.file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        """Of SQLite; None: PostgreSQL."""
        self.place = str(self.file or url.set(drivername="postgresql", query={}).render_as_string(hide_password=True))
        """How messages name it."""
        if self.file is not None:
            creator = partial(store_sqlite.connect, self.file, BUSY_SECONDS)
            self._engine = create_async_engine(url, hide_parameters=True, async_creator=creator)
            event.listen(self._engine.sync_engine, "begin", _begin_sqlite)
            self._reader = self._engine
            self._writer = self._engine.execution_options(**{_WRITES: True})
        else:

            async def connect() -> Any:
                # asyncpg reads the address itself, with all that libpq knows in it (sslmode, sockets ...).
                return await asyncpg.connect(address, timeout=CONNECT_SECONDS)

            self._writer = self._engine = create_async_engine(
                url, hide_parameters=True, async_creator=connect, skip_autocommit_rollback=True
            )
            _ask_after_rest(self._engine.sync_engine)
            self._reader = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self.rest = 0.0 if self.file else REST_SECONDS
        """Seconds between what is done for many at once and the next such thing; see `Together`."""
        # SQLite has one writer at a time; within a process they queue here instead of asking again and again.
        self._writing = asyncio.Lock() if self.file else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read from, without a transaction around its statements. Raises StoreError."""
        with self.told("read"):
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at its end; on SQLite it has the file's write lock from its start, so that no
        two writers wait for each other. Raises StoreError."""
        async with self._written_by(self._writer.begin()) as connection:
            yield connection

    @asynccontextmanager
    async def writing_once(self) -> AsyncIterator[AsyncConnection]:
        """A connection on which each statement is a transaction by itself, quicker than with one around it.
        Raises StoreError."""
        async with self._written_by(self._reader.connect()) as connection:
            yield connection

    @asynccontextmanager
    async def _written_by(self, begun: AbstractAsyncContextManager[AsyncConnection]) -> AsyncIterator[AsyncConnection]:
        with self.told("written"):
            async with AsyncExitStack() as stack:
                if self._writing:
                    # Not wait_for: below Python 3.12 it forgets that it was cancelled, if that comes at the wrong time.
                    async with asyncio.timeout(BUSY_SECONDS):
                        await self._writing.acquire()
                    stack.callback(self._writing.release)
                yield await stack.enter_async_context(begun)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection that reads the database as it is at one moment, however long that takes. Raises StoreError."""
        with self.told("read"):
            if self.file is None:
                engine = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                async with engine.connect() as connection:
                    yield connection
                return
            async with self._reader.connect() as connection:
                await connection.exec_driver_sql("BEGIN")
                yield connection

    async def step(self) -> str:
        """The name of the step that the schema stands at; "": it has none. Raises StoreError."""
        if self.file is not None and not self.file.is_file():
            raise StoreError(f"there is no database at {self.file}")
        async with self.reading() as connection:
            return await connection.run_sync(_step)

    async def close(self) -> None:
        """Lets all connections go; the next use makes new ones, be it in another event loop."""
        await self._engine.dispose()

    def insert(self, table: Table) -> Insert:
        """An INSERT that may have an ON CONFLICT."""
        return sqlite.insert(table) if self.file else postgresql.insert(table)

    def each(self, name: str) -> TableValuedAlias:
        """The whole numbers of a list, which is one parameter, as rows with a `value`: so the statement stays the same
        and need not be prepared again, however many they are."""
        value = column("value", BigInteger)
        if self.file:
            return func.json_each(bindparam(name, type_=JSON)).table_valued(value)
        return func.unnest(bindparam(name, type_=postgresql.ARRAY(BigInteger))).table_valued(value).render_derived()

    async def prepare(self) -> None:
        """Makes sure that the schema is the newest one: SQLite's is made so. Raises StoreError."""
        if self.file is not None:
            _make_file(self.file)
        async with self.reading() as connection:
            step = await connection.run_sync(_step)
        if step == newest_step():
            return
        if self.file is not None:
            await self.migrate()
            return
        self._refuse_unknown(step)
        raise StoreError(f"the database {self.place} has {'an old' if step else 'no'} schema; run: vejviser migrate")

    async def check(self) -> bool:
        """True. Raises StoreError where the database is out of reach or its schema not up to date; makes nothing.

        Steps only add, so a running process goes on when a newer one has brought the schema further.
        """
        async with self.reading() as connection:
            step = await connection.run_sync(_step)
        if step != newest_step() and not _is_newer(step):
            raise StoreError(f"the database {self.place} has another schema than this Vejviser; run: vejviser migrate")
        return True

    async def migrate(self) -> tuple[str, str]:
        """Brings the schema up to date; returns the names of the steps it stood at before ("" none) and stands at now.

        Raises StoreError.
        """
        if self.file is not None:
            _make_file(self.file)
        async with self.writing() as connection:
            return await connection.run_sync(self._migrate)

    async def backup(self, file: Path) -> None:
        """Writes a consistent copy of a SQLite database to a file that is not there yet, while others read and write.

        Raises StoreError.
        """
        if self.file is None:
            raise StoreError(f"{self.place} is backed up with PostgreSQL's own means: pg_dump")
        part = _part_of(self.file, file)
        try:
            with self.told(f"copied to {file}"):
                async with self._reader.connect() as connection:
                    await connection.execute(text("VACUUM INTO :part"), {"part": str(part)})
            _keep(part, file)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def told(self, done: str) -> Iterator[None]:
        """Turns what a database and its driver raise into StoreError: "the database X cannot be `done`: why"."""
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"the database {self.place} cannot be {done}: {_reason(error.orig)}") from error
        except (sqlite3.Error, PostgresError, InterfaceError) as error:
            raise StoreError(f"the database {self.place} cannot be {done}: {_reason(error)}") from error
        except (PoolTimeout, TimeoutError) as error:
            raise StoreError(f"the database {self.place} cannot be {done}: it takes too long to answer") from error
        except SealError as error:
            raise StoreError(f"the database {self.place} cannot be {done}: {error}") from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise StoreError(f"the database {self.place} cannot be {done}: {reason}") from error

    def _migrate(self, connection: Connection) -> tuple[str, str]:
        before = _step(connection)
        self._refuse_unknown(before)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return before, _step(connection)

    def _refuse_unknown(self, step: str) -> None:
        if step.startswith(HALF_COPIED):
            raise StoreError(
                f"the database {self.place} is half a copy; call vejviser copy-database again until it ends"
            )
        if _is_newer(step):
            raise StoreError(f"the database {self.place} was made by a newer Vejviser (step {step}); install that one")


def _url(address: str) -> URL:
    scheme, colon, rest = address.partition("://")
    if not colon or scheme == "sqlite":
        # As SQLAlchemy writes it, a slash ends the empty host: sqlite:///here.db, sqlite:////var/there.db.
        path = rest.removeprefix("/") if colon else address
        return URL.create("sqlite+aiosqlite", database=str(Path(path).expanduser().absolute()))
    try:
        return make_url(f"postgresql+asyncpg://{rest}")
    except (ArgumentError, ValueError):
        # Not quoted: what cannot be read may still have a password in it.
        raise StoreError("the database's address cannot be read") from None


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        raw: Any = connection.connection.driver_connection
        raw.begin()


def _ask_after_rest(engine: Engine) -> None:
    """Sees to it that none is used that the server has closed. Only what has rested is asked for that, for there may be
    silence at the other end; the library would ask each time, which takes as long as what is done then."""

    def rests(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        record.info["since"] = monotonic()

    def awakes(connection: DBAPIConnection, record: ConnectionPoolEntry, whose: object) -> None:
        # The pool then lets it go and makes another one.
        raw: Any = record.driver_connection
        if raw.is_closed():
            raise DisconnectionError
        if monotonic() - record.info.get("since", monotonic()) < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    event.listen(engine, "checkin", rests)
    event.listen(engine, "checkout", awakes)


def _make_file(file: Path) -> None:
    """An empty file that only its owner can read, and its folder; SQLite gives its side files the same mode."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"the database {file} cannot be written: {error.strerror}") from None


def _part_of(database: Path, file: Path) -> Path:
    """An empty file beside `file`, for its content until that is whole, so that no half copy is taken for one."""
    if not database.is_file():
        raise StoreError(f"there is no database at {database}")
    if file.exists():
        raise StoreError(f"{file} is there already and stays as it is; name a new file")
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}") from None
    return part


def _keep(part: Path, file: Path) -> None:
    try:
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.rename(file)
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}") from None


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@cache
def newest_step() -> str:
    """The name of the step that the schema of this Vejviser stands at."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _is_newer(step: str) -> bool:
    """Whether it is a later Vejviser's."""
    known = {one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()}
    return bool(step) and not step.startswith(HALF_COPIED) and step not in known


def _step(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _reason(error: BaseException | None) -> str:
    # SQLAlchemy puts the class of asyncpg's exception before its text.
    lines = re.sub(r"^<class '[^']*'>: ", "", str(error)).splitlines()
    return lines[0] if lines else type(error).__name__
