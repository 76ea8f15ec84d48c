"""What stands on the page of each thing of the base: pure, a plain value that one template lays out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.channels.web_things import Letter, anchor
from bot.channels.web_view import Anchor, Drawing
from handlers.actions import encode
from handlers.background import remarks
from handlers.parts import document_link, last_seen, period_over
from handlers.sources import read_at
from handlers.turn import Turn
from handlers.when import strategy_dates
from knowledge.library import Library
from knowledge.model import Document, Fact, Figure, Goal, Initiative, Source, Strategy
from knowledge.query import Query

MOST = 100
"""Rows of a section; what is more is counted."""
FEWEST = 5
"""The same of each municipality's section on a theme's page, however many there are."""


@dataclass(frozen=True)
class Row:
    """One line of a section: a link, a text, and small links below it."""

    head: Anchor
    text: str = ""
    tags: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading, which may lead somewhere, and its rows; `more` are those that are left out."""

    head: Anchor
    rows: tuple[Row, ...]
    more: int = 0


@dataclass(frozen=True)
class Sheet:
    """A page on one thing, or a list of things."""

    name: str
    kind: str = ""
    lead: tuple[str, ...] = ()
    remark: str = ""
    """What one should know of how old it is."""
    facts: tuple[tuple[str, tuple[Anchor, ...]], ...] = ()
    """Label and values; a value without an address is words."""
    sections: tuple[Section, ...] = ()
    sources: tuple[Row, ...] = ()
    action: str = ""
    """The question that the page answers, as a payload; "": there is none. Further questions lean on it."""
    feed: str = ""
    """Path of the feed on the thing, without the language's prefix; "": there is none of its own."""
    paper: str = ""
    """The same of the PDF of the thing."""
    picture: Drawing | None = None
    """The whole list at a glance."""


def sheet(library: Library, letter: Letter, key: str, language: str, today: date) -> Sheet:
    """The page of a thing. Raises KeyError where there is none of that id."""
    return _MAKERS[letter](Turn(library, Query("overview"), language, today), key)


def words(text: str) -> Anchor:
    """A value that leads nowhere."""
    return Anchor(text, "")


def section(head: str | Anchor, rows: Iterable[Row], most: int = MOST) -> tuple[Section, ...]:
    """A section with its rows, none where there are no rows."""
    every = tuple(rows)
    if not every:
        return ()
    return (Section(words(head) if isinstance(head, str) else head, every[:most], max(len(every) - most, 0)),)


def anchors(turn: Turn, keys: Iterable[str]) -> tuple[Anchor, ...]:
    """Links to the things' pages."""
    return tuple(anchor(turn.library, one, turn.language) for one in keys)


def paper_row(turn: Turn, one: Document) -> Row:
    """A document with its publisher and date."""
    dated = turn.date(one.dated) if one.dated else turn.say("undated")
    return Row(_anchor(turn, one.id), ", ".join([*([one.publisher] if one.publisher else []), dated]))


def _municipality(turn: Turn, key: str) -> Sheet:
    library, place = turn.library, turn.library.municipalities[key]
    strategy = library.current_strategy(key)
    papers = [one for one in library.documents.values() if one.municipality == key]
    return Sheet(
        place.name,
        turn.say("web-kind-municipality"),
        (
            strategy_dates(turn, strategy) if strategy else turn.say("no-strategy", place=turn.place(key)),
            *remarks(turn, key),
        ),
        period_over(turn, strategy) if strategy else "",
        _facts((turn.say("web-website"), (Anchor(place.website, f"https://{place.website}"),))),
        (
            *section(turn.say("web-goals"), [_item_row(turn, one) for one in library.goals_of(key)]),
            *section(turn.say("web-initiatives"), [_item_row(turn, one) for one in library.initiatives_of(key)]),
            *section(turn.say("web-strategies"), [_strategy_row(turn, one) for one in place.strategies]),
            *section(turn.say("web-steps"), _steps(turn, [one.id for one in place.milestones])),
            *section(turn.say("web-nav-documents"), [paper_row(turn, one) for one in papers]),
        ),
        _read(turn, (*place.strategies, *place.initiatives, *place.goals, *place.milestones)),
        _action(Query("overview", (key,))),
        f"/feed/k/{key}.atom",
        f"/k/{key}.pdf",
    )


def _theme(turn: Turn, key: str) -> Sheet:
    library, theme = turn.library, turn.library.themes[key]
    having = library.having([key], every=False)
    without = [one for one in library.municipalities if one not in having]
    most = max(MOST // max(len(having), 1), FEWEST)
    held = {place: [library.initiatives[one] for one in library.items_in([key], place)] for place in having[:MOST]}
    return Sheet(
        turn.text(theme.name),
        turn.say("web-kind-theme"),
        (turn.text(theme.definition),),
        sections=(
            *(
                one
                for place, items in held.items()
                for one in section(_anchor(turn, place), [_item_row(turn, item, but=key) for item in items], most)
            ),
            *section(turn.say("web-silent"), [Row(_anchor(turn, one)) for one in without]),
        ),
        sources=_read(turn, [one for items in held.values() for one in items]),
        action=_action(Query("municipalities_with", (), (key,))),
        feed=f"/feed/t/{key}.atom",
        paper=f"/t/{key}.pdf",
    )


def _initiative(turn: Turn, key: str) -> Sheet:
    library, one = turn.library, turn.library.initiatives[key]
    place = library.owner[key]
    alike = [other for other in library.initiatives_on(one.themes[0]) if library.owner[other] != place]
    return Sheet(
        turn.text(one.name),
        turn.say("web-kind-initiative"),
        _texts(turn, one),
        period_over(turn, library.strategies[one.strategy]) if one.strategy else "",
        _facts(
            (turn.say("web-kind-municipality"), anchors(turn, [place])),
            (turn.say("web-kind-strategy"), anchors(turn, [one.strategy] if one.strategy else [])),
            (turn.say("web-nav-themes"), anchors(turn, one.themes)),
            (turn.say("web-partners"), anchors(turn, one.partners)),
            (turn.say("web-figures"), _figures(turn, one.figures)),
            (turn.say("web-nav-documents"), anchors(turn, one.documents)),
        ),
        section(turn.say("web-alike"), [_placed_row(turn, other) for other in alike]),
        _read(turn, [one]),
        _action(Query("detail", (), (key,))),
    )


def _strategy(turn: Turn, key: str) -> Sheet:
    library, one = turn.library, turn.library.strategies[key]
    place, newer = library.owner[key], library.replaced_by(key)
    items = [item for item in library.municipalities[place].initiatives if item.strategy == key]
    return Sheet(
        turn.text(one.title),
        turn.say("web-kind-strategy"),
        (strategy_dates(turn, one), *((turn.text(one.summary),) if one.summary else ())),
        period_over(turn, one),
        _facts(
            (turn.say("web-kind-municipality"), anchors(turn, [place])),
            (turn.say("web-replaced-by"), anchors(turn, [newer.id] if newer else [])),
            (turn.say("web-replaces"), anchors(turn, [one.replaces] if one.replaces else [])),
            (turn.say("web-figures"), _figures(turn, one.figures)),
            (turn.say("web-nav-documents"), anchors(turn, one.documents)),
            (turn.say("web-evaluation"), anchors(turn, [one.evaluation] if one.evaluation else [])),
        ),
        section(turn.say("web-initiatives"), [_item_row(turn, item) for item in items]),
        _read(turn, [one]),
        _action(Query("in_force", (place,))),
    )


def _goal(turn: Turn, key: str) -> Sheet:
    one, place = turn.library.goals[key], turn.library.owner[key]
    return Sheet(
        turn.text(one.name),
        turn.say("web-kind-goal"),
        _texts(turn, one),
        "",
        _facts(
            (turn.say("web-kind-municipality"), anchors(turn, [place])),
            (turn.say("web-deadline"), (words(str(one.deadline)),) if one.deadline else ()),
            (turn.say("web-nav-themes"), anchors(turn, one.themes)),
            (turn.say("web-figures"), _figures(turn, one.figures)),
        ),
        (),
        _read(turn, [one]),
        _action(Query("goals", (place,))),
    )


def _document(turn: Turn, key: str) -> Sheet:
    library, one = turn.library, turn.library.documents[key]
    link = last_seen(library, turn.language, document_link(turn.language, one))
    label = turn.say(f"web-link-{link.kind}", title=link.title)
    facts = [item for group in (library.strategies, library.initiatives, library.goals) for item in group]
    read_here = [item for item in facts if key in library.read_in[item]]
    return Sheet(
        turn.text(one.title),
        turn.say("web-kind-document"),
        (turn.text(one.remark),) if one.remark else (),
        "",
        _facts(
            (turn.say("web-address"), (Anchor(label, link.url),)),
            (turn.say("web-publisher"), (words(one.publisher),) if one.publisher else ()),
            (turn.say("web-dated"), (words(turn.date(one.dated)),) if one.dated else ()),
            (turn.say("web-kind-municipality"), anchors(turn, [one.municipality] if one.municipality else [])),
        ),
        section(turn.say("web-read-here"), [_placed_row(turn, item) for item in read_here]),
        _read_at(turn, [one.listed_in] if one.listed_in else []),
        _action(Query("documents", documents=(key,))),
    )


def _organisation(turn: Turn, key: str) -> Sheet:
    library = turn.library
    items = library.work_with(key)
    steps = [one.id for one in library.milestones.values() if key in one.organisations]
    return Sheet(
        library.organisations[key].name,
        turn.say("web-kind-organisation"),
        sections=(
            *section(turn.say("web-initiatives"), [_placed_row(turn, one) for one in items]),
            *section(turn.say("web-steps"), _steps(turn, steps)),
        ),
        sources=_read(
            turn, [*(library.initiatives[one] for one in items), *(library.milestones[one] for one in steps)]
        ),
        action=_action(Query("partners", organisations=(key,))) if items or steps else "",
    )


def _term(turn: Turn, key: str) -> Sheet:
    one = turn.library.terms[key]
    return Sheet(
        turn.text(one.name),
        turn.say("web-kind-term"),
        (turn.text(one.definition), *(turn.text(fact.text) for fact in one.facts)),
        turn.say("no-legal-advice") if one.legal else "",
        sources=_read_at(turn, dict.fromkeys([*one.sources, *(held for fact in one.facts for held in fact.sources)])),
        action=_action(Query("define", terms=(key,))),
    )


_MAKERS: dict[Letter, Callable[[Turn, str], Sheet]] = {
    "k": _municipality,
    "t": _theme,
    "i": _initiative,
    "s": _strategy,
    "m": _goal,
    "d": _document,
    "o": _organisation,
    "b": _term,
}


def _anchor(turn: Turn, key: str) -> Anchor:
    return anchor(turn.library, key, turn.language)


def _action(query: Query) -> str:
    try:
        return encode(query)
    except ValueError:  # too long for a button
        return ""


def _facts(*facts: tuple[str, tuple[Anchor, ...]]) -> tuple[tuple[str, tuple[Anchor, ...]], ...]:
    return tuple((label, values) for label, values in facts if values)


def _texts(turn: Turn, one: Initiative | Goal) -> tuple[str, ...]:
    return (turn.text(one.summary), *((turn.text(one.details),) if one.details else ()))


def _figures(turn: Turn, figures: Sequence[Figure]) -> tuple[Anchor, ...]:
    return tuple(words(f"{one.value} {turn.text(one.what)}") for one in figures)


def _item_row(turn: Turn, one: Initiative | Goal, but: str = "") -> Row:
    """`but`: the theme whose page it is."""
    return Row(_anchor(turn, one.id), turn.text(one.summary), anchors(turn, [key for key in one.themes if key != but]))


def _placed_row(turn: Turn, key: str) -> Row:
    one = turn.library.item(key) or turn.library.strategies[key]
    told = turn.text(one.summary) if one.summary else ""
    return Row(_anchor(turn, key), told, anchors(turn, [turn.library.owner[key]]))


def _strategy_row(turn: Turn, one: Strategy) -> Row:
    return Row(
        _anchor(turn, one.id), " ".join([strategy_dates(turn, one), *([turn.text(one.summary)] if one.summary else [])])
    )


def _steps(turn: Turn, keys: Iterable[str]) -> list[Row]:
    steps = sorted((turn.library.milestones[one] for one in keys), key=lambda one: one.date.sort_key)
    return [
        Row(words(turn.opening_date(one.date)), turn.text(one.text), anchors(turn, one.organisations)) for one in steps
    ]


def _read(turn: Turn, facts: Iterable[Fact]) -> tuple[Row, ...]:
    """The documents and headings that the facts were read under, each once."""
    found = dict.fromkeys(source for one in facts for source in one.sources)
    places: dict[tuple[str, str | None], list[Source]] = {}
    for one in found:
        places.setdefault((one.document, one.section), []).append(one)
    several = [Source(document=document, section=heading) for document, heading in places]
    return _read_at(
        turn, [held[0] if len(held) == 1 else one for one, held in zip(several, places.values(), strict=True)]
    )


def _read_at(turn: Turn, sources: Iterable[Source]) -> tuple[Row, ...]:
    return tuple(Row(Anchor(read_at(turn, one), _anchor(turn, one.document).url)) for one in sources)
