"""What an operator does with the store: `vejviser inbox`, `migrate`, `backup`, `rotate-key`; as text."""

from pathlib import Path

from bot.config import Settings
from bot.sealing import MAKE_A_KEY, key_name, new_key, write_keys
from bot.store import Store
from bot.store_database import Database, StoreError
from bot.store_keys import keys_of
from handlers.rhythm import DENMARK


async def migrate(settings: Settings) -> str:
    """Brings the database's schema up to date. Raises StoreError."""
    database = Database(settings.database.get_secret_value())
    try:
        before, now = await database.migrate()
    finally:
        await database.close()
    return f"{database.place} is at step {now}" + ("." if before == now else f", and was at {before or 'none'}.")


async def backup(settings: Settings, file: Path) -> str:
    """Copies the database while bots use it. Raises StoreError."""
    database = Database(settings.database.get_secret_value())
    try:
        await database.backup(file)
    finally:
        await database.close()
    return f"{file} is a copy of {database.place}. It can be read only with the key of today, which is not in it."


async def inbox(settings: Settings) -> str:
    """How the inbox stands. Raises StoreError."""
    store = await Store.open(settings)
    try:
        figures = await store.inbox.figures()
    finally:
        await store.close()
    oldest = f"came in {figures.oldest.astimezone(DENMARK):%Y-%m-%d %H:%M} in Denmark" if figures.oldest else "none"
    return "\n".join(
        [
            f"waiting    {figures.waiting}",
            f"answering  {figures.leased}",
            f"oldest     {oldest}",
            f"set aside  {sum(count for _, count in figures.failed)} in the last days",
            *(f"set aside: {kind}: {count}" for kind, count in figures.failed),
        ]
    )


async def rotate_key(settings: Settings) -> str:
    """Seals everything under a new key, and takes the old ones out of the key file. Raises StoreError.

    What was begun is finished: where there are several keys already, the first one is the new one.
    """
    store = await Store.open(settings)

    def make_key() -> None:
        keys = keys_of(settings)
        if len(keys) > 1:
            return
        if settings.data_key is not None:
            raise StoreError(
                f"put a new key before the old one in VEJVISER_DATA_KEY, with a comma between them, start every bot "
                f"anew with both, and call this again; this prints a new key: {MAKE_A_KEY}"
            )
        write_keys(settings.key_file, (new_key(), *keys))

    def drop_old() -> None:
        if settings.data_key is None:
            write_keys(settings.key_file, keys_of(settings)[:1])

    try:
        count = await store.rotate(make_key, drop_old)
    finally:
        await store.close()
    line = f"All is sealed under the key named {key_name(keys_of(settings)[0])}; {count} rows had another one."
    if settings.data_key is not None:
        line += " The other keys can be taken out of VEJVISER_DATA_KEY; older backups still need them."
    return line
