"""What operators learn of answers, without who asked: questions that had none or a bad one, and how many helped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sealing import Keyring
from bot.store_database import Database
from bot.store_keys import current_key
from bot.store_tables import judged, questions


@dataclass(frozen=True)
class Question:
    """A question that is kept: masked, and nothing of who asked."""

    number: int
    asked: datetime
    """UTC."""
    language: str
    text: str
    intent: str = ""
    """What it was taken for, where the answer did not help; "": it was not understood."""


@dataclass(frozen=True)
class Judged:
    """How many answers to one kind of question helped, as people say who pressed."""

    intent: str
    helped: int
    not_helped: int
    latest: datetime
    """When one was judged last, UTC."""


class Questions:
    """The table of questions and that of judged answers. Every method is one transaction and raises StoreError."""

    def __init__(self, database: Database, keyring: Keyring, clock: Callable[[], datetime]) -> None:
        """Made by `Store`."""
        self._database = database
        self._keyring = keyring
        self._clock = clock

    async def keep(self, text: str, language: str) -> None:
        """Keeps a question that was not understood, sealed; what `text` must not tell is masked before."""
        async with self._database.writing() as connection:
            await self._add(connection, text, language, None)

    async def judge(self, intent: str, helped: bool, text: str = "", language: str = "") -> None:
        """Counts an answer; with a `text` (masked) the question that it was no help for is kept as well."""
        now = self._clock()
        mine = judged.c.helped if helped else judged.c.not_helped
        new = {"intent": intent, "helped": int(helped), "not_helped": int(not helped), "latest": now}
        counted = (
            self._database.insert(judged)
            .values(new)
            .on_conflict_do_update(index_elements=[judged.c.intent], set_={mine.name: mine + 1, "latest": now})
        )
        async with self._database.writing() as connection:
            await connection.execute(counted)
            if text:
                await self._add(connection, text, language, intent)

    async def kept(self) -> list[Question]:
        """The questions that are kept, oldest first."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(questions).order_by(questions.c.id))
            return [
                Question(row.id, row.asked, row.language, self._opened(row.sealed_under, row.text), row.intent or "")
                for row in rows
            ]

    async def judged(self) -> list[Judged]:
        """How answers were judged, by intent."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(judged).order_by(judged.c.intent))
            return [Judged(row.intent, row.helped, row.not_helped, row.latest) for row in rows]

    async def forget(self, before: datetime) -> int:
        """Erases the questions of before a moment; returns how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(questions).where(questions.c.asked < before))).rowcount

    async def erase(self, numbers: Iterable[int]) -> int:
        """Erases these questions; returns how many there were."""
        async with self._database.writing() as connection:
            gone = delete(questions).where(questions.c.id.in_(list(numbers)))
            return (await connection.execute(gone)).rowcount

    async def _add(self, connection: AsyncConnection, text: str, language: str, intent: str | None) -> None:
        sealer = self._keyring.sealer(await current_key(connection))
        row = {
            "asked": self._clock(),
            "language": language,
            "text": sealer.seal(text),
            "sealed_under": sealer.under,
            "intent": intent,
        }
        await connection.execute(self._database.insert(questions).values(row))

    def _opened(self, under: str, text: bytes) -> str:
        return self._keyring.sealer(under).open(text)
