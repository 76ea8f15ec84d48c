"""How much is kept, in numbers: for `vejviser status` and for those who watch over a running bot."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.store_database import Database
from bot.store_tables import chats, questions, subscriptions


@dataclass(frozen=True)
class Counts:
    """What is kept of all chats together."""

    chats: int
    paused: int
    """Of the chats, those that cannot be reached."""
    subscriptions: int
    questions: int
    """Unanswered ones."""
    active: datetime | None
    """When a chat last took a turn, in whichever process; UTC."""


async def counts_in(database: Database) -> Counts:
    """The numbers as they are now. Raises StoreError."""
    of_chats = select(func.count(), func.count(chats.c.paused), func.max(chats.c.active).label("active"))
    async with database.reading() as connection:
        kept, paused, active = (await connection.execute(of_chats)).one()
        followed = await connection.scalar(select(func.count()).select_from(subscriptions))
        asked = await connection.scalar(select(func.count()).select_from(questions))
    return Counts(kept, paused, followed or 0, asked or 0, active)
