"""One incoming turn: the query, the language, what was said before, and the base to answer from."""

from dataclasses import dataclass, field
from datetime import date

from handlers.keeping import NOTHING_STORED, Keeping
from handlers.memory import NOTHING_KEPT, Kept
from handlers.session import Session
from handlers.texts import Style, listed, say, spoken_date
from knowledge.library import Library
from knowledge.model import PartialDate, Text
from knowledge.query import Query, Subject


@dataclass(frozen=True)
class Turn:
    """What a handler needs to answer."""

    library: Library
    query: Query
    language: str
    today: date
    confidence: float = 1.0
    outside: str = ""
    options: tuple[Query, ...] = field(default=())
    session: Session = field(default_factory=Session)
    """What the chat remembered before this turn."""
    kept: Kept = NOTHING_KEPT
    """What else was kept of it."""
    keeping: Keeping = NOTHING_STORED
    """How it is kept, and by whom."""

    @property
    def subject(self) -> Subject:
        """What the last answers were about."""
        return self.session.subject

    def say(self, key: str, **values: str | int) -> str:
        """A text of the catalogue in the turn's language."""
        return say(self.language, key, **values)

    def listed(self, items: list[str] | tuple[str, ...], style: Style = "standard") -> str:
        """Items joined as the language does: "a, b og c"."""
        return listed(self.language, items, style)

    def text(self, text: Text) -> str:
        """A text of the base in the turn's language."""
        return text[self.language]

    def place(self, municipality: str) -> str:
        """The municipality's name in running text."""
        return self.library.municipalities[municipality].short[self.language]

    def places(self, municipalities: tuple[str, ...]) -> str:
        """Several names: "Aarhus og Kolding"."""
        return self.listed([self.place(one) for one in municipalities])

    def some_places(self, municipalities: tuple[str, ...], at_most: int = 8) -> str:
        """The same of many: the first of them, and how many more there are."""
        if len(municipalities) <= at_most:
            return self.places(municipalities)
        names = [self.place(one) for one in municipalities[:at_most]]
        return self.listed([*names, self.say("places-more", count=len(municipalities) - at_most)])

    def topic(self, key: str) -> str:
        """The name of a theme, initiative or goal."""
        found = self.library.themes.get(key) or self.library.item(key)
        return self.text(found.name) if found else key

    def topics(self, keys: tuple[str, ...], style: Style = "standard") -> str:
        """Names of topics, each in quotation marks."""
        return self.listed([self.say("quoted", text=self.topic(one)) for one in keys], style)

    def date(self, moment: PartialDate) -> str:
        """A date of the base, spoken."""
        return spoken_date(self.language, moment)

    def when(self, moment: PartialDate) -> str:
        """A date of the base as it stands after a verb: "i 2012", "den 27. juni 2012"."""
        key = "on-day" if moment.day else "in-season" if moment.season else "in-time"
        return self.say(key, date=self.date(moment))

    def month(self) -> str:
        """The month that it is: "november 2026"."""
        return self.date(PartialDate(year=self.today.year, month=self.today.month))

    def opening_date(self, moment: PartialDate) -> str:
        """The same where it begins a line: "April 2014", for Danish months are small elsewhere."""
        spoken = self.date(moment)
        return spoken[:1].upper() + spoken[1:]
