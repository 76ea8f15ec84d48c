"""Who may use the bot in Telegram where that is not everybody: those on a list, or who once gave the code."""

import re
from enum import Enum
from secrets import compare_digest

from bot.config import CODE, Settings
from bot.floods import Floods
from bot.store import Store

CHANNEL = "telegram"
TRIES = 5
"""So many codes somebody may give in a row, then one a minute."""


class Entry(Enum):
    """What becomes of somebody's words."""

    LET_IN = "let in"
    REFUSED = "refused"
    TOO_OFTEN = "too often"
    """They were not even looked at."""


class Access:
    """The one place that decides it, for everything that people can do in Telegram."""

    def __init__(self, settings: Settings, store: Store) -> None:
        code = settings.access_code if settings.access == "invite" else None
        self._open = settings.access == "open"
        self._listed = frozenset((*settings.operators, *settings.access_list))
        self._code = code.get_secret_value().encode() if code else b""
        self._store = store
        self._tries = Floods(1, TRIES)

    async def allows(self, person: int, chat: int) -> bool:
        """Whether the person may use the bot, in the chat. Raises StoreError where nobody can say."""
        if self._open or self._listed & {person, chat}:
            return True
        return bool(self._code) and await self._store.admitted(CHANNEL, str(person))

    async def enter(self, person: int, words: str, language: str) -> Entry:
        """Lets the person in for good, if the words are the code. Raises StoreError."""
        if not self._code or not re.fullmatch(CODE, words):
            return Entry.REFUSED
        if self._tries.wait(str(person)):
            return Entry.TOO_OFTEN
        if not compare_digest(words.encode(), self._code):
            return Entry.REFUSED
        await self._store.admit(CHANNEL, str(person), language)
        return Entry.LET_IN

    async def keeps_something(self, person: int) -> bool:
        """Whether something is kept of the person, which they may see and have erased, let in or not."""
        return not self._open and (await self._store.load(CHANNEL, str(person))).session is not None
