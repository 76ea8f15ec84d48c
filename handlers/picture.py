"""What a picture says, as plain data: the bot draws from it, and its words and its table come from it as well."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

State = Literal["in_force", "expired", "replaced", "unknown"]
"""How a strategy stands: within its period, past it, replaced by a newer one, or its end is not known."""


@dataclass(frozen=True)
class Table:
    """The same as the picture, to be read: a head and rows of as many cells; the first cell names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Row:
    """One theme: its name, and the number of initiatives in each column."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Rows under a heading; "" where there is only one group."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grid:
    """Themes by municipalities. `legend`: what a number means, and what it means that there is none."""

    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    legend: tuple[str, str]


@dataclass(frozen=True)
class Period:
    """One strategy on the axis of years. `start` and `end` None: not known."""

    name: str
    """Whose it is."""
    title: str
    told: str
    """The years and how it stands, in words."""
    state: State
    start: float | None
    end: float | None
    """Years; 2014.5 is the middle of 2014."""


@dataclass(frozen=True)
class Timeline:
    """Periods on one axis from the beginning of year `first` to the end of year `last`; `today` is a point on it."""

    first: int
    last: int
    today: float
    today_label: str
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class Picture:
    """A picture with all that is said in it. `name` is that of its file, without an ending."""

    name: str
    title: str
    parts: tuple[Grid | Timeline, ...]
    """Drawn one below the other."""
    notes: tuple[str, ...]
    """What stands below: remarks, the source and its date."""
    alt: str
    """What it shows, in one or two sentences."""
    table: Table


NOTHING = "–"
"""Stands in a cell where there is nothing."""


def spoken_rows(table: Table) -> list[str]:
    """Each row by itself, for those who cannot see it below the head: "Netværk: Aarhus 1; Roskilde 2"."""
    told = []
    for first, *cells in table.rows:
        named = [f"{name} {cell}" for name, cell in zip(table.head[1:], cells, strict=True) if cell != NOTHING]
        told.append(f"{first}: {'; '.join(named) or NOTHING}")
    return told


def table_lines(table: Table, width: int) -> list[str]:
    """The table as lines of plain text with its columns below each other, the head underlined.

    Cells are wrapped so that lines fit `width` columns, but never within a word.
    """
    widths = _widths(table, width)
    head, *rows = [_cells(row, widths) for row in (table.head, *table.rows)]
    return [*head, "  ".join("-" * one for one in widths), *(line for row in rows for line in row)]


_GAP = 2
"""Columns between two cells."""


def _widths(table: Table, width: int) -> list[int]:
    """Every column as wide as its longest cell; where that is too wide, the widest give way down to their words."""
    columns = list(zip(table.head, *table.rows, strict=True))
    widths = [max(1, *map(len, column)) for column in columns]
    least = [max((len(word) for cell in column for word in _words(cell)), default=1) for column in columns]
    room = width - _GAP * (len(columns) - 1)
    while sum(widths) > room:
        slack = [(one - low, number) for number, (one, low) in enumerate(zip(widths, least, strict=True)) if one > low]
        if not slack:
            break
        widths[max(slack, key=lambda each: (widths[each[1]], each))[1]] -= 1
    return widths


def _words(cell: str) -> list[str]:
    return cell.replace("-", "- ").split()


def _cells(row: tuple[str, ...], widths: list[int]) -> list[str]:
    wrapped = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = []
    for number in range(max(map(len, wrapped))):
        parts = [cell[number] if number < len(cell) else "" for cell in wrapped]
        lines.append((" " * _GAP).join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip())
    return lines


def _wrapped(cell: str, width: int) -> list[str]:
    return wrap(cell, width, break_long_words=False) or [""]
