"""What stands beside a municipality's strategy and came before it, and what its sources leave open: a line for each."""

from collections.abc import Iterable

from handlers.parts import paragraph, point
from handlers.reply import Paragraph, Span
from handlers.turn import Turn
from knowledge.model import Initiative, PartialDate, Strategy


def background(turn: Turn, place: str) -> tuple[Paragraph, ...]:
    """Policies and plans beside the newest strategy, the strategies before it, and remarks on its sources."""
    library = turn.library
    beside = [_dated(turn, one) for one in library.beside(place)]
    before = [one for one in library.municipalities[place].strategies if library.replaced_by(one.id)]
    lines = []
    if beside:
        lines.append(turn.say("beside", named=turn.listed(beside)))
    if before:
        lines.append(turn.say("earlier", named=turn.listed([_earlier(turn, one) for one in before])))
    return tuple(paragraph(line) for line in (*lines, *remarks(turn, place)))


def happened_since(turn: Turn, place: str, since: PartialDate) -> list[tuple[Span, ...]]:
    """What the sources tell of a municipality with a date after `since`, oldest first, as points of a list."""
    municipality = turn.library.municipalities[place]
    found: list[tuple[PartialDate, str]] = [(one.date, turn.text(one.text)) for one in municipality.milestones]
    found += [(one.since, turn.text(one.summary)) for one in begun_since(turn, place, since) if one.since]
    found += [(one.begins, turn.text(one.title)) for one in municipality.strategies if one.begins]
    later = sorted([one for one in found if one[0].sort_key >= since.sort_key], key=lambda one: one[0].sort_key)
    return [point(f"{turn.opening_date(moment)}: ", text) for moment, text in later]


def begun_since(turn: Turn, place: str, since: PartialDate) -> list[Initiative]:
    """The municipality's initiatives that a source dates after `since`, the earlier ones among them."""
    initiatives = turn.library.municipalities[place].initiatives
    return [one for one in initiatives if one.since and one.since.sort_key >= since.sort_key]


def remarks(turn: Turn, place: str) -> list[str]:
    """Where the sources on a municipality disagree, or what they leave open."""
    return [turn.text(one.text) for one in turn.library.municipalities[place].remarks]


def earlier_on(turn: Turn, topics: Iterable[str], places: Iterable[str] = ("",)) -> tuple[Paragraph, ...]:
    """The line on earlier initiatives on the topics, of all municipalities or of some."""
    library = turn.library
    found = [one for place in places for one in library.earlier_on(topics, place)]
    named = [
        turn.say(
            "earlier-item",
            place=turn.place(library.owner[one]),
            item=turn.say("quoted", text=turn.topic(one)),
            date=_year(library.strategies[strategy]) if (strategy := library.earlier[one].strategy) else "",
        )
        for one in found
    ]
    return (paragraph(turn.say("earlier-with", count=len(named), named=turn.listed(named))),) if named else ()


def _dated(turn: Turn, strategy: Strategy) -> str:
    title = turn.say("quoted", text=turn.text(strategy.title))
    date = turn.date(strategy.begins) if strategy.begins else turn.say("undated")
    return turn.say("beside-dated", title=title, date=date)


def _earlier(turn: Turn, strategy: Strategy) -> str:
    count = sum(one.strategy == strategy.id for one in turn.library.initiatives.values())
    title = turn.say("quoted", text=turn.text(strategy.title))
    return turn.say("earlier-strategy", count=count, title=title, date=_year(strategy))


def _year(strategy: Strategy) -> str:
    return str(strategy.begins.year) if strategy.begins else ""
