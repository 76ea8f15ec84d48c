"""Keeps what was asked and what came of it, by a token that each question carries and its answer ends with."""

import logging
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from bot.conversation import Conversation, Incoming
from bot.store import Store
from handlers.dialogue import Dialogue
from handlers.reply import Paragraph, Reply, Span
from tests.fake_telegram import FakeTelegram, Sent

TOKEN = re.compile(r"\s*(§\d+)")
"""Of a question."""


class Watched(Conversation):
    """Takes the token off a question and puts it under the answer; what a person asks is answered as ever."""

    def __init__(self, dialogue: Dialogue, store: Store | None = None) -> None:
        super().__init__(dialogue, store)
        self.taken: Counter[str] = Counter()
        """How often each was answered."""

    async def take(self, incoming: Incoming) -> Reply:
        """As the conversation does."""
        found = TOKEN.search(incoming.text)
        if not found:
            return await super().take(incoming)
        self.taken[found[1]] += 1
        reply = await super().take(replace(incoming, text=TOKEN.sub("", incoming.text, count=1)))
        return replace(reply, blocks=(*reply.blocks, Paragraph((Span(found[1]),))))


@dataclass(frozen=True)
class Asked:
    """A question."""

    chat: int
    topic: int | None


class Ledger:
    """What is still open, and what went wrong."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.open: dict[str, Asked] = {}
        self.silent: set[str] = set()
        """Tokens of what was not said to the bot."""
        self.lost: set[str] = set()
        self.faults: list[str] = []
        self._fake = fake
        self._read = 0
        self._numbers = 0
        self._last: defaultdict[int, int] = defaultdict(int)
        self._shown: Counter[str] = Counter()

    def token(self) -> str:
        """A new one."""
        self._numbers += 1
        return f"§{self._numbers}"

    def lose(self, chat: int) -> None:
        """What is open in the chat need not be answered: it was shut, or a fault struck too often."""
        self.read()
        gone = {token for token, asked in self.open.items() if asked.chat == chat}
        self.lost |= gone
        for token in gone:
            del self.open[token]

    def read(self) -> None:
        """Looks at what was sent since the last time."""
        for sent in self._fake.sent[self._read :]:
            self._see(sent, (sent.before or [sent.text])[0])
        self._read = len(self._fake.sent)

    def forget(self, kept: int) -> None:
        """All but the newest messages of the fake."""
        self.read()
        self._fake.forget(kept)
        self._shown.clear()
        self._read = len(self._fake.sent)

    def doubles(self, doubtful: set[int]) -> list[str]:
        """Tokens that were shown twice without a fault that explains it."""
        known = [token for token, count in self._shown.items() if count > 1]
        chats = {token: sent.chat for sent in self._fake.sent for token in TOKEN.findall(sent.text)}
        return [token for token in known if chats.get(token) not in doubtful]

    def _see(self, sent: Sent, text: str) -> None:
        for token in TOKEN.findall(text):
            self._shown[token] += 1
            asked = self.open.pop(token, None)
            if asked is None:
                continue
            if (asked.chat, asked.topic) != (sent.chat, sent.topic):
                self.faults.append(f"{token} was asked in {asked} and answered in {sent.chat}, topic {sent.topic}")
            if int(token[1:]) < self._last[sent.chat]:
                self.faults.append(f"{token} was answered after §{self._last[sent.chat]}")
            self._last[sent.chat] = int(token[1:])


class Log(logging.Handler):
    """Keeps what is logged of faults."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """An error, or anything with a traceback."""
        if record.levelno >= logging.ERROR or record.exc_info:
            fault = f" ({record.exc_info[1]!r})" if record.exc_info else ""
            self.errors.append(f"{record.name}: {record.getMessage()}{fault}")
