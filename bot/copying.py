"""`vejviser copy-database`: what an operator is told of a copy, from SQLite to PostgreSQL or any other way round."""

from bot.config import Settings, database_address
from bot.store_copying import Sum, copy
from bot.store_database import Database, StoreError

SHOWN = 12
"""So many characters of a digest tell two of them apart at a glance."""


async def copy_database(settings: Settings, source: str, target: str) -> str:
    """Copies the database at one address to another, which is empty or half a copy. Raises StoreError."""
    here, there = _database("FROM", source), _database("TO", target)
    if source.strip() == target.strip() or (here.file and there.file and here.file.resolve() == there.file.resolve()):
        raise StoreError(f"{here.place} cannot be copied to itself")
    try:
        sums = await copy(here, there)
    finally:
        await here.close()
        await there.close()
    key = "what is in VEJVISER_DATA_KEY" if settings.data_key else f"the key in {settings.key_file}"
    return "\n".join(
        (
            *_table(sums),
            f"{there.place} holds the same as {here.place}: every table was read again on both sides and compared.",
            f"What is sealed stays sealed under the same key, which is in neither of them: {key} has to go along.",
        )
    )


def _database(name: str, address: str) -> Database:
    try:
        return Database(database_address(address))
    except ValueError as error:
        raise StoreError(f"{name} {error}") from None


def _table(sums: dict[str, Sum]) -> list[str]:
    wide = max(map(len, sums))
    rows = max(len("rows"), *(len(f"{one.rows:,}") for one in sums.values()))
    lines = [f"{name:<{wide}}  {one.rows:>{rows},}  {one.digest[:SHOWN]}" for name, one in sums.items()]
    return [f"{'table':<{wide}}  {'rows':>{rows}}  sha256", *lines]
