"""Plays the people: round by round things happen, then all must come to rest, with nothing wrong or missing."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from random import Random
from time import monotonic
from typing import Any

from tests.fake_telegram import FakeTelegram
from tests.storm.ledger import TOKEN, Ledger
from tests.storm.people import People
from tests.storm.weather import Weather

PATIENCE = 240.0
"""Seconds in which everything must have come to rest."""
ACKNOWLEDGED = 2.0
"""Seconds in which a press or an inline query is answered for the last time."""
KEPT = 400
"""Messages of the bot that are remembered from round to round: so old can a button be."""


class Storm:
    """One storm over one fake server."""

    def __init__(
        self, fake: FakeTelegram, seed: int, weather: Callable[[Ledger], Weather], marked: bool = True, times: int = 1
    ) -> None:
        """`marked`: questions carry tokens, for the bot's conversation is a `Watched`; else answers are counted.

        `times` as many people.
        """
        self.fake = fake
        self.ledger = Ledger(fake)
        self.weather = weather(self.ledger)
        self._chance = Random(seed)
        self.people = People(fake, self._chance, self.ledger, marked, times)

    async def round(self, count: int) -> None:
        """So many things happen, at once; then all must have come to rest. Raises AssertionError."""
        await self._round(self._hurry(count))

    async def steady(self, seconds: float, a_second: float) -> int:
        """For so long so many updates come a second, then as `round`; how many they were."""
        before = self.fake.updates.count
        await self._round(self._keep_pace(seconds, a_second))
        return self.fake.updates.count - before

    async def _hurry(self, count: int) -> None:
        for _ in range(count):
            await self.people.happen()
            if self._chance.random() < 0.3:
                await asyncio.sleep(self._chance.uniform(0, 0.05))

    async def _keep_pace(self, seconds: float, a_second: float) -> None:
        begun, before = monotonic(), self.fake.updates.count
        while (passed := monotonic() - begun) < seconds:
            if self.fake.updates.count - before < passed * a_second:
                await self.people.happen()
            else:
                await asyncio.sleep(1 / a_second)

    async def _round(self, happenings: Coroutine[Any, Any, None]) -> None:
        begun = len(self.fake.sent)
        self.people.asked.clear()
        self.weather.lost_chats.clear()
        self.fake.faults.by_chance = self.weather
        await happenings
        await self._rest(begun)
        self._check()
        self.ledger.forget(KEPT)
        for query in self.weather.excused:
            self.fake.pressed.pop(query, None)
            self.fake.asked.pop(query, None)
        for sent in self.fake.sent:
            if sent.photo:
                sent.photo = (sent.photo[0], sent.photo[1][:24])

    async def _rest(self, begun: int) -> None:
        """Waits until all that was asked is answered."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.fake.delivered()
                while self.missing(begun):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"after {PATIENCE} s still waiting for {self.missing(begun)}") from None
        # What should not come would come now.
        self.fake.faults.by_chance = None
        await asyncio.sleep(0.1)
        # Where the answer to a press or an inline query was lost it is given again, after a pause.
        with suppress(TimeoutError):
            async with asyncio.timeout(ACKNOWLEDGED):
                while {*self.fake.unanswered, *self._unanswered_inline()} & self.weather.excused:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)

    def missing(self, begun: int) -> list[str]:
        """What is asked and not answered."""
        self.ledger.read()
        shown = Counter(sent.chat for sent in self.fake.sent[begun:])
        few = [
            str(chat) for chat, count in self.people.asked.items() if shown[chat] < count and not self._excused(chat)
        ]
        queries = [f"query {one}" for one in self.fake.unanswered if one not in self.weather.excused]
        if "inline_query" in (self.fake.updates.allowed or ()):
            queries += [f"inline {one}" for one in self._unanswered_inline() if one not in self.weather.excused]
        return [*self.ledger.open, *few, *queries]

    def _unanswered_inline(self) -> list[str]:
        return [one for one, query in self.fake.asked.items() if not query.answered]

    def _excused(self, chat: int) -> bool:
        return chat in self.fake.blocked or chat in self.weather.lost_chats

    def _check(self) -> None:
        self.ledger.read()
        spoken = {token for sent in self.fake.sent for token in TOKEN.findall(sent.text)}
        wrong = {
            "violations": self.fake.violations,
            "faults": self.ledger.faults,
            "answered though not asked": sorted(self.ledger.silent & spoken),
            "twice": self.ledger.doubles(self.weather.doubtful),
        }
        assert not any(wrong.values()), {name: found for name, found in wrong.items() if found}
