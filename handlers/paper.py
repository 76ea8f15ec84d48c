"""What stands on a page that one hands out at a meeting, as plain data: the bot prints it on one side of A4."""

from dataclasses import dataclass

from handlers.picture import State


@dataclass(frozen=True)
class Standing:
    """One strategy: whose it is ("" where the page is about one municipality), its title, its years, how it stands."""

    place: str
    title: str
    years: str
    state: State
    told: str
    """The state in words."""


@dataclass(frozen=True)
class Item:
    """One point: what it is about, what is told of it, and an address where there is one."""

    head: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Section:
    """Points under a heading."""

    title: str
    items: tuple[Item, ...]
    left_out: int = 0
    """How many more there are."""


@dataclass(frozen=True)
class Paper:
    """One page. `name` is that of its file, without an ending."""

    name: str
    language: str
    kind: str
    """What kind of page it is, above the title."""
    title: str
    lead: str
    standings_title: str
    standings: tuple[Standing, ...]
    main_title: str
    main: tuple[Section, ...]
    """What the page is about, in the wide column."""
    aside: tuple[Section, ...]
    """What goes with it, in the narrow column."""
    main_left_out: int
    """How many more sections the wide column would have."""
    more: str
    """Said where points had to be left out, with {n} for how many."""
    notes: tuple[str, ...]
    """What must be known when reading: remarks, the source and its date."""
    made: str
    """When the page was made, and from what."""
