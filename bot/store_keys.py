"""Where the store's keys come from, and whether they are the right ones: told at the start, not at a message."""

import logging
import secrets

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.config import Settings
from bot.sealing import KEY_BYTES, MAKE_A_KEY, Keyring, Sealer, SealError, keys_in, new_key, read_keys, write_keys
from bot.store_database import Database, StoreError
from bot.store_tables import installation

log = logging.getLogger(__name__)


def keys_of(settings: Settings) -> tuple[str, ...]:
    """The keys that the settings have or lead to, newest first; () where there is none. Raises SealError."""
    if settings.data_key is not None:
        return keys_in(settings.data_key.get_secret_value())
    return read_keys(settings.key_file)


_CURRENT_KEY = select(installation.c.sealed_under).with_for_update(read=True)
CURRENT_KEY = _CURRENT_KEY.scalar_subquery()
"""`current_key` as a column of another statement: one less to wait for."""


async def current_key(connection: AsyncConnection) -> str:
    """The name of the key under which this transaction seals. While it lasts, no rotation can begin: it could miss a
    row."""
    return await connection.scalar(_CURRENT_KEY) or ""


async def handle_secret(database: Database, keyring: Keyring, settings: Settings) -> bytes:
    """The secret of the chats' handles: made with the database, opened with the key it was sealed under then."""
    found = select(installation.c.handle_secret, installation.c.sealed_under)
    async with database.reading() as connection:
        row = (await connection.execute(found)).one_or_none()
    if row is None:
        async with database.writing() as connection:
            # Another process may have been quicker; from here on it has to wait on SQLite, where a key file is made.
            if (await connection.execute(found)).one_or_none() is None and not keys_of(settings):
                _make_key_file(database, settings)
            sealer = keyring.newest()
            new = {
                "id": 1,
                "handle_secret": sealer.seal(secrets.token_hex(KEY_BYTES)),
                "sealed_under": sealer.under,
            }
            await connection.execute(database.insert(installation).values(new).on_conflict_do_nothing())
            row = (await connection.execute(found)).one()
    try:
        keys = keys_of(settings)
    except SealError as error:
        raise StoreError(str(error)) from None
    try:
        return bytes.fromhex(Sealer(keys, row.sealed_under).open(row.handle_secret))
    except SealError:
        where = "VEJVISER_DATA_KEY" if settings.data_key else f"the key file {settings.key_file}"
        raise StoreError(
            f"{where} {'has another key than' if keys else 'is not there, and so not'} the one that sealed "
            f"{database.place} (named {row.sealed_under}): put it back, or begin with a new database"
        ) from None


def _make_key_file(database: Database, settings: Settings) -> None:
    """Only for SQLite, and only outside of its folder: a key beside what it seals keeps nothing apart."""
    file = settings.key_file
    if database.file is None:
        raise StoreError(f"{database.place} needs a key: set VEJVISER_DATA_KEY to what this prints: {MAKE_A_KEY}")
    if file.resolve().is_relative_to(database.file.resolve().parent):
        raise StoreError("no key is made in the folder of the data; set VEJVISER_KEY_FILE to a file outside of it")
    write_keys(file, [new_key()])
    log.info("made the key file %s: without it nobody can read %s", file, database.file)
