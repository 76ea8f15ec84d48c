"""The parts of pictures out of the base: themes by municipalities, strategies on an axis of years."""

from collections.abc import Iterable, Sequence

from handlers.parts import standing
from handlers.picture import NOTHING, Grid, Group, Period, Row, State, Timeline
from handlers.turn import Turn
from knowledge.model import PartialDate, Strategy

MONTHS = 12


def having(turn: Turn, theme: str, places: Sequence[str]) -> tuple[str, ...]:
    """Those of the municipalities that work with the theme."""
    return tuple(one for one in places if turn.library.items_in([theme], one))


def themes_of(turn: Turn, places: Sequence[str]) -> list[str]:
    """The themes of any of the municipalities; those that most of them have come first."""
    found = [theme for theme in turn.library.themes if having(turn, theme, places)]
    return sorted(found, key=lambda one: -len(having(turn, one, places)))


def grid(turn: Turn, places: Sequence[str], groups: Iterable[tuple[str, Iterable[str]]]) -> Grid:
    """Numbers of initiatives by theme and municipality, in the order given.

    `groups`: heading and themes; those without themes are left out.
    """
    drawn = tuple(Group(title, rows) for title, themes in groups if (rows := _rows(turn, themes, places)))
    legend = turn.say("grid-number"), turn.say("grid-nothing")
    return Grid(tuple(turn.place(one) for one in places), drawn, legend)


def grid_rows(drawn: Grid) -> tuple[tuple[str, ...], ...]:
    """The grid's rows as text: the theme and its numbers."""
    return tuple(
        (row.label, *(str(one or NOTHING) for one in row.counts)) for group in drawn.groups for row in group.rows
    )


def timeline(turn: Turn, strategies: Sequence[Strategy]) -> Timeline:
    """The strategies on one axis that reaches to this year, in the order given."""
    periods = tuple(_period(turn, one) for one in strategies)
    today = turn.today.year + (turn.today.month - 1) / MONTHS
    starts = [int(one.start) for one in periods if one.start]
    # An end is the end of a year, which is where the next one begins; with nothing but ends the axis has to begin
    # before the first of them.
    ends = [int(one.end) - 1 for one in periods if one.end]
    return Timeline(
        min([*starts, *(one - 1 for one in ends), turn.today.year - 1]),
        max([*ends, *starts, turn.today.year]),
        today,
        turn.say("timeline-today"),
        periods,
    )


def told(turn: Turn, strategy: Strategy) -> tuple[str, str]:
    """When a strategy is in force and how it stands, in as few words as can be: "2010–2013", "udløbet"."""
    state = standing(turn, strategy)
    return _years(turn, strategy, state), turn.say(f"state-{state.replace('_', '-')}")


def _rows(turn: Turn, themes: Iterable[str], places: Sequence[str]) -> tuple[Row, ...]:
    library = turn.library
    return tuple(
        Row(turn.topic(theme), tuple(len(library.items_in([theme], place)) for place in places)) for theme in themes
    )


def _period(turn: Turn, strategy: Strategy) -> Period:
    begins, newer = strategy.begins, turn.library.replaced_by(strategy.id)
    until = strategy.period.until if strategy.period else None
    end: float | None = until + 1 if until else None
    if newer and newer.begins:
        end = _point(newer.begins)
    return Period(
        turn.place(turn.library.owner[strategy.id]),
        turn.text(strategy.title),
        " · ".join(told(turn, strategy)),
        standing(turn, strategy),
        _point(begins) if begins else None,
        end,
    )


def _years(turn: Turn, strategy: Strategy, state: State) -> str:
    begins, newer = strategy.begins, turn.library.replaced_by(strategy.id)
    until = strategy.period.until if strategy.period else None
    if state == "replaced" and newer and newer.begins:
        until = newer.begins.year
    if begins and until:
        return turn.say("years-both", start=str(begins.year), until=str(until))
    if begins:
        return turn.say("years-from", date=turn.date(begins))
    return turn.say("years-until", until=str(until)) if until else turn.say("years-unknown")


def _point(moment: PartialDate) -> float:
    year, month, _ = moment.sort_key
    return year + max(month - 1, 0) / MONTHS
