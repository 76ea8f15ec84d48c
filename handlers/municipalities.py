"""One municipality as a whole, and the list of all that the base knows."""

from handlers.background import background
from handlers.figures import told
from handlers.parts import (
    about,
    describe,
    document_links,
    folded,
    old_remarks,
    paragraph,
    point,
    read_line,
    reply,
    show_all,
    shown,
    source_line,
    strategy_links,
    suggest,
)
from handlers.reply import Block, Bullets, Reply
from handlers.turn import Turn
from handlers.when import strategy_dates
from knowledge.asked_papers import TITLES
from knowledge.model import Document, Strategy
from knowledge.query import Query

NAMED_ONLY = 4
"""From more initiatives than this an overview names them and tells the rest on demand."""


def overview(turn: Turn) -> Reply:
    """What a municipality does: its strategy, then its initiatives - named, or told where they are few."""
    library, place = turn.library, turn.query.municipalities[0]
    municipality = library.municipalities[place]
    strategy = library.current_strategy(place)
    initiatives, goals = library.initiatives_of(place), library.goals_of(place)
    blocks: list[Block] = [paragraph(_head(turn, place, strategy, len(initiatives)))]
    short = len(initiatives) > NAMED_ONLY and not turn.query.full
    points = [
        point(turn.text(one.name), "" if short else ": " + describe(turn, one, details=turn.query.full))
        for one in shown(turn, initiatives, 12)
    ]
    listed, buttons = folded(turn, points, at_most=12, total=len(initiatives))
    blocks += listed
    if short and not buttons:
        buttons = show_all(turn)
    if goals and not short:
        blocks.append(Bullets(tuple(point(f"{turn.text(one.name)}: ", turn.text(one.summary)) for one in goals)))
    blocks += background(turn, place)
    others = [one for one in library.told if one != place]
    asked = [
        (turn.say("ask-documents", place=turn.place(place)), Query("documents", (place,))),
        (turn.say("ask-dates", place=turn.place(place)), Query("dates", (place,))),
    ]
    if others:
        pair = (place, others[0])
        asked.append((turn.say("ask-compare", places=turn.places(pair)), Query("compare", pair)))
    facts = [one.id for one in initiatives] + [one.id for one in municipality.strategies]
    titles = [one.id for one in _titles(turn, place)]
    read_in = dict.fromkeys(titles + [paper for one in facts for paper in library.read_in[one]])
    read_in.update(dict.fromkeys(source.document for one in municipality.remarks for source in one.sources))
    return reply(
        turn,
        (*blocks, *old_remarks(turn, [place]), read_line(turn, read_in)),
        about(
            turn, municipalities=[place], documents=titles, strategies=[one.id for one in municipality.strategies],
            themes=library.theme_set(place), initiatives=[one.id for one in initiatives],
        ),
        strategy_links(turn, [place]) or document_links(turn, titles),
        buttons,
        suggest(turn, *asked),
    )  # fmt: skip


def _head(turn: Turn, place: str, strategy: Strategy | None, initiatives: int) -> str:
    """How much there is, and when the strategy is from; or that there is none, or nothing but titles."""
    name = turn.place(place)
    titles = [turn.say("quoted", text=turn.text(one.title)) for one in _titles(turn, place)]
    if titles and not initiatives and (strategy is None or strategy.summary is None):
        return turn.say("overview-titles", place=name, count=len(titles), titles=turn.listed(titles))
    if strategy is None and not initiatives:
        return turn.say("overview-none", place=name)
    dated = strategy_dates(turn, strategy) if strategy else turn.say("no-strategy", place=name)
    return f"{turn.say('overview', place=name, count=initiatives)} {dated}"


def _titles(turn: Turn, place: str) -> list[Document]:
    """The municipality's papers of which the title alone was seen."""
    return [one for one in turn.library.documents.values() if one.municipality == place and one.read == "title"]


def overviews(turn: Turn) -> Reply:
    """Several municipalities, each in one point."""
    library, places = turn.library, turn.query.municipalities
    points = []
    for place in places:
        strategy = library.current_strategy(place)
        names = [turn.text(one.name) for one in library.initiatives_of(place)[:5]]
        dated = strategy_dates(turn, strategy) if strategy else turn.say("no-strategy", place=turn.place(place))
        points.append(
            point(
                f"{turn.place(place)}: ", dated, " ", turn.say("does", initiatives=turn.listed(names)) if names else ""
            )
        )
    listed, buttons = folded(turn, points)
    initiatives = [one.id for place in places for one in library.initiatives_of(place)]
    strategies = [one.id for place in places if (one := library.current_strategy(place))]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:3]]
    return reply(
        turn,
        (*listed, *old_remarks(turn, places), source_line(turn, strategies)),
        about(turn, municipalities=places, strategies=strategies, initiatives=initiatives),
        strategy_links(turn, places),
        buttons,
        suggest(turn, *asked),
    )


def list_municipalities(turn: Turn) -> Reply:
    """All municipalities that the base holds, by region, each with the year of its newest strategy."""
    library = turn.library
    places = tuple(library.municipalities)
    having = [place for place in places if library.current_strategy(place)]
    points = []
    for region, inside in library.by_region(places):
        named = [_named(turn, place) for place in inside]
        points.append(point(f"{turn.text(region)}: ", turn.listed(named), "."))
    listed, buttons = folded(turn, points, at_most=12)
    strategies = [one.id for place in places if (one := library.current_strategy(place))]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    asked += [(turn.say("ask-themes"), Query("list_themes")), (turn.say("ask-order"), Query("order", aspect="sorted"))]
    return reply(
        turn,
        (
            paragraph(turn.say("list-municipalities", count=len(places), having=len(having))),
            *listed,
            source_line(turn, strategies),
        ),
        about(turn, municipalities=places, strategies=strategies),
        (),
        buttons,
        suggest(turn, *asked),
    )


def list_strategies(turn: Turn) -> Reply:
    """The newest strategy of each municipality that has one, or all of which only the title is known."""
    library = turn.library
    titles = turn.query.aspect == TITLES
    strategies = [one for place in library.municipalities if (one := library.current_strategy(place))]
    if titles:
        strategies = [one for one in library.strategies.values() if one.summary is None]
    points = [point(f"{turn.place(library.owner[one.id])}: ", strategy_dates(turn, one)) for one in strategies]
    listed, buttons = folded(turn, points, at_most=12)
    places = library.owners(one.id for one in strategies)
    asked = [(turn.say("ask-order"), Query("order", aspect="sorted")), (turn.say("ask-themes"), Query("list_themes"))]
    return reply(
        turn,
        (
            paragraph(
                turn.say(
                    "list-titles" if titles else "list-strategies",
                    count=len(strategies),
                    known=len(library.municipalities),
                )
            ),
            *listed,
            source_line(turn, [one.id for one in strategies]),
        ),
        about(turn, municipalities=places, strategies=[one.id for one in strategies]),
        (),
        buttons,
        suggest(turn, *asked),
    )


def _named(turn: Turn, place: str) -> str:
    """A municipality with the years of its newest strategy: "Aarhus (2012)", or by its name alone."""
    strategy = turn.library.current_strategy(place)
    if strategy is None:
        return turn.place(place)
    if strategy.summary is None:
        return turn.say("listed-title-only", place=turn.place(place))
    return turn.say("listed-dated", place=turn.place(place), years=told(turn, strategy)[0])
