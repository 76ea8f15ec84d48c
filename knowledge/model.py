"""What the base holds: municipalities, strategies, initiatives, goals, documents - as frozen records with sources."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import total_ordering
from typing import Annotated, Any, ClassVar, Literal

from knowledge.limits import Limits, ReadBy

Id = Annotated[str, Limits(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Lowercase ASCII slug: it fits deep links and callback data, and it never changes once given."""

Line = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=600)]
Site = Annotated[str, Limits(pattern=r"^([a-zæøå0-9-]+\.)+[a-z]{2,}$")]
"""A host's name without scheme and path, such as "aarhus.dk"."""
Url = Annotated[str, Limits(pattern=r"^https?://[^\s<>\"]+$")]
Year = Annotated[int, Limits(ge=1900, le=2100)]
Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = ("da", "en")

SEASONS = {"winter": 1, "spring": 3, "summer": 6, "autumn": 9}
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|(winter|spring|summer|autumn)))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Base of all records: frozen and closed, so that a misspelt key is a fault and not silence.

    Pydantic checks them as they are read from a file. They are no models of its own: one of these takes 1 kB more,
    which a base of many thousand initiatives would feel.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Record):
    """One short text in every language of the base."""

    da: Line
    en: Line

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.da


@total_ordering
@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate(Record):
    """A date as exact as the source gives it: 2012, 2014-04, 2014-06-10 or 2014-autumn."""

    year: Year
    month: int | None = None
    day: int | None = None
    season: str | None = None

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Year, month, day; a season counts from its first month, what is not known as the earliest."""
        return self.year, self.month or SEASONS.get(self.season or "", 0), self.day or 0

    def __lt__(self, other: "PartialDate") -> bool:
        return self.sort_key < other.sort_key

    def __str__(self) -> str:
        if self.season:
            return f"{self.year}-{self.season}"
        return "-".join([str(self.year), *(f"{part:02}" for part in (self.month, self.day) if part)])


def parse_partial_date(value: Any) -> PartialDate:
    """Reads what YAML makes of a date: an int (2012), a date (2014-06-10) or a string (2014-04, 2014-autumn)."""
    if isinstance(value, PartialDate):
        return value
    match = _PARTIAL_DATE.match(str(value))
    if isinstance(value, bool) or not match:
        raise ValueError("must be a date such as 2012, 2014-04, 2014-06-10 or 2014-autumn")
    year, month, day, season = match.groups()
    date(int(year), int(month or 1), int(day or 1))
    return PartialDate(
        year=int(year), month=int(month) if month else None, day=int(day) if day else None, season=season
    )


def parse_day(value: Any) -> PartialDate:
    """The same, but a whole day: news are told in the order of their days."""
    found = parse_partial_date(value)
    if not found.day:
        raise ValueError("must be a whole day such as 2014-06-10")
    return found


Dated = Annotated[PartialDate, ReadBy(parse_partial_date)]
Day = Annotated[PartialDate, ReadBy(parse_day)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Where a fact was read: a document of the base, the heading that it stands under there, the bullet's number.

    A web page has neither heading nor bullet to name.
    """

    document: Id
    section: Line | None = None
    item: Annotated[int, Limits(ge=1)] | None = None


Sources = Annotated[tuple[Source, ...], Limits(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number with what it counts."""

    value: int
    what: Text
    sources: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Record):
    """A sentence with its own sources; `date` is the day or year that it is true of, where a source gives one."""

    text: Text
    date: Dated | None = None
    sources: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Record):
    """First and last year in force; either may be unknown."""

    start: Year | None = field(default=None, metadata={"alias": "from"})
    until: Year | None = None

    def __post_init__(self) -> None:
        if self.start and self.until and self.start > self.until:
            raise ValueError("ends before it begins")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """Something with an id of its own."""

    id: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Entry):
    """An entry that was read somewhere; figures are the numbers in it."""

    figures: tuple[Figure, ...] = ()
    sources: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Themed(Fact):
    """A fact that carries themes, with a short text and perhaps a longer one.

    `strategy` is the one that it stands in, None where it is no part of any. `since` is the earliest date for which a
    source tells of it, where that is another than its strategy's.
    """

    name: Text
    summary: Text
    details: Text | None = None
    themes: tuple[Id, ...] = ()
    strategy: Id | None = None
    since: Dated | None = None


StrategyKind = Literal["strategy", "agreement", "policy", "decision", "plan", "proposal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy(Fact):
    """One strategy of a municipality, or a paper that has its place beside one, as `kind` tells.

    Of the dates only those that a source gives are set. Without a summary only the title is known, and no content is
    claimed. `replaces` is the strategy whose place it took by a source's word: what stood in that one is told as
    earlier from then on.
    """

    kind: StrategyKind = "strategy"
    title: Text
    summary: Text | None = None
    adopted: Dated | None = None
    launched: Dated | None = None
    presented: Dated | None = None
    period: Period | None = None
    replaces: Id | None = None
    evaluation: Id | None = None
    first_in_denmark: bool = False
    documents: tuple[Id, ...] = ()

    @property
    def begins(self) -> PartialDate | None:
        """The earliest date that tells when it came, None where no source says."""
        stated = [moment for moment in (self.adopted, self.launched, self.presented) if moment]
        if self.period and self.period.start:
            stated.append(PartialDate(year=self.period.start))
        return min(stated, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Fact):
    """A dated step on the way to a strategy."""

    date: Dated
    text: Text
    organisations: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Themed):
    """A vision, an objective or a target; `deadline` is the year by which it is to be reached."""

    kind: Literal["vision", "objective", "target"]
    deadline: Year | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Themed):
    """One thing that a municipality does, plans or did, under a strategy or beside it."""

    themes: Annotated[tuple[Id, ...], Limits(min_length=1)]
    partners: tuple[Id, ...] = ()
    documents: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality(Entry):
    """A municipality that the base knows more of than its name. `short` is the name in running text.

    `remarks` tell where its sources disagree, or what they leave open.
    """

    name: Line
    short: Text
    aliases: tuple[Line, ...] = ()
    website: Site
    strategies: tuple[Strategy, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    goals: tuple[Goal, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    remarks: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Entry):
    """A theme that initiatives and goals carry."""

    name: Text
    definition: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Entry):
    """A word or a matter of the field with its explanation, and what else the sources tell of it.

    `legal`: it is about what the law says, and answers add that they are no legal advice.
    """

    name: Text
    definition: Text
    facts: tuple[Note, ...] = ()
    legal: bool = False
    sources: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Entry):
    """An organisation, body or place that a source names."""

    name: Line
    aliases: tuple[Line, ...] = ()
    place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """An address: the document itself, or a page that lists or holds it."""

    kind: Literal["document", "page"]
    url: Url


DocumentKind = Literal[
    "overview", "note", "strategy", "information", "evaluation", "case", "page", "news", "report", "law"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Entry):
    """A paper or page that answers link to. No `links`: no address is known, and answers offer a search instead.

    `dated` is its own date, `seen` when its text was read for the base, and `read` how much of it: of a paper whose
    title alone was seen nothing is claimed but that it exists.
    """

    kind: DocumentKind
    title: Text
    publisher: Line | None = None
    website: Site
    municipality: Id | None = None
    dated: Dated | None = None
    seen: Dated | None = None
    read: Literal["whole", "beginning", "title"] | None = None
    remark: Text | None = None
    listed_in: Source | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Update(Entry):
    """Something that happened to the base and that people are told of: the notices' and "hvad er nyt?"'s one source.

    `affects` has ids of any entries that the text is about. `base` is the digest of the base at the time when an
    editor wrote the entry (`vejviser changes` drafts it), so that a later change that no update tells of is noticed.
    """

    date: Day
    kind: Literal["added", "changed", "expired", "new-document"]
    affects: Annotated[tuple[Id, ...], Limits(min_length=1)]
    text: Text
    link: Link | None = None
    base: Annotated[str, Limits(pattern=r"^[0-9a-f]{12}$")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting(Record):
    """What `vejviser links` found at an address: when it was there last, of what type, and when it was missed since."""

    seen: Day | None = None
    type: Annotated[str, Limits(pattern=r"^[a-z0-9.+-]+/[a-z0-9.+-]+$", max_length=100)] | None = None
    failed: Day | None = None

    def __post_init__(self) -> None:
        if not self.seen and not self.failed:
            raise ValueError("must have 'seen' or 'failed'")
        if self.seen and self.failed and self.failed < self.seen:
            raise ValueError("failed before it was last seen; take out what is no longer so")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Record):
    """One of the five regions and the names of its municipalities."""

    name: Text
    municipalities: Annotated[tuple[Line, ...], Limits(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denmark(Record):
    """The names of all municipalities, and of places that are none, so that a question about them is understood."""

    regions: tuple[Region, ...]
    aliases: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    needs_context: tuple[Line, ...] = ()
    elsewhere: dict[str, tuple[Line, ...]] = field(default_factory=dict)
