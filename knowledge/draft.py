"""What a draft of a source's entries holds, before anybody has read it."""

from dataclasses import dataclass, field

from knowledge.model import PartialDate


@dataclass(frozen=True)
class Place:
    """Where something stands in the source: the heading, and the bullet's number under it (0: no bullet)."""

    section: str
    item: int = 0


@dataclass(frozen=True)
class Guess:
    """A theme or an organisation, with how sure the guess is, up to 1."""

    id: str
    score: float


@dataclass(frozen=True)
class DraftNumber:
    """A number with what it seems to count."""

    value: int
    what: str


@dataclass(frozen=True)
class DraftItem:
    """An initiative or a goal, in the source's own words."""

    id: str
    name: str
    text: str
    place: Place
    themes: tuple[Guess, ...] = ()
    partners: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Other names in the text that may be organisations."""
    figures: tuple[DraftNumber, ...] = ()
    kind: str = ""
    """Of a goal: vision, objective or target."""
    deadline: int = 0
    part: int = 0
    """Which part of a bullet that names several things; 0: it is the whole."""


@dataclass(frozen=True)
class DraftStrategy:
    """A strategy, with the dates that the text gives it."""

    id: str
    title: str
    text: str
    place: Place
    moments: dict[str, PartialDate] = field(default_factory=dict)
    start: int = 0
    until: int = 0
    replaces: str = ""


@dataclass(frozen=True)
class DraftStep:
    """A dated step."""

    id: str
    date: PartialDate
    text: str
    place: Place
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftPaper:
    """A document: the text itself, or one that it names."""

    id: str
    kind: str
    title: str
    dated: PartialDate | None = None
    listed: Place | None = None


@dataclass(frozen=True)
class Draft:
    """All that was found for one municipality. `paper`: the text itself."""

    municipality: str
    publisher: str
    paper: DraftPaper
    papers: tuple[DraftPaper, ...]
    organisations: tuple[tuple[str, str], ...]
    """Ids and names of those that the base does not know."""
    strategies: tuple[DraftStrategy, ...]
    steps: tuple[DraftStep, ...]
    goals: tuple[DraftItem, ...]
    initiatives: tuple[DraftItem, ...]
