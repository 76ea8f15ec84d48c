"""How many, and which figures the sources name."""

from collections.abc import Iterator

from handlers.parts import (
    about,
    describe,
    document_links,
    folded,
    old_remarks,
    paragraph,
    point,
    reply,
    shown,
    source_line,
    strategy_links,
    suggest,
)
from handlers.reply import Block, Bullets, Reply, Span
from handlers.turn import Turn
from knowledge.model import Figure
from knowledge.query import Query

COUNTED = ("strategies", "themes", "documents", "initiatives", "partners")
"""What is counted; anything else is taken for municipalities."""


def count(turn: Turn) -> Reply:
    """How many municipalities, strategies, themes or papers there are, or initiatives in a municipality."""
    library, query = turn.library, turn.query
    places = query.municipalities or tuple(library.municipalities)
    if query.aspect == "initiatives" and query.municipalities:
        return _initiatives_of(turn)
    if query.aspect in ("most", "fewest"):
        return _ranked(turn)
    initiatives = [one.id for place in places for one in library.initiatives_of(place)]
    strategies = [one for place in places for one in library.municipalities[place].strategies]
    papers = [key for key, one in library.documents.items() if not query.municipalities or one.municipality in places]
    head = turn.say(
        f"count-{query.aspect if query.aspect in COUNTED else 'municipalities'}",
        municipalities=len(places), strategies=len(strategies), initiatives=len(initiatives), papers=len(papers),
        themes=len(library.theme_set(places[0]) if len(places) == 1 else library.themes),
        partners=len(library.partners_of(initiatives)), places=turn.places(places[:12]),
    )  # fmt: skip
    asked = [
        (turn.say("ask-municipalities"), Query("list_municipalities")),
        (turn.say("ask-themes"), Query("list_themes")),
    ]
    return reply(
        turn,
        (paragraph(head), source_line(turn, [one.id for one in strategies])),
        about(
            turn, municipalities=() if query.aspect in ("themes", "documents") and not query.municipalities else places,
            strategies=[one.id for one in strategies] if query.aspect == "strategies" else (),
            documents=papers if query.aspect == "documents" else (),
        ),
        document_links(turn, papers) if query.aspect == "documents" and len(papers) < 5 else (),
        (),
        suggest(turn, *asked),
    )  # fmt: skip


def figures(turn: Turn) -> Reply:
    """The figures that the sources give, of a municipality or of all, each with what it counts."""
    library, query = turn.library, turn.query
    found = [one for one in _figures(turn) if not query.number or one[2].value == query.number]
    if not found and query.municipalities:
        return _no_figure(turn)
    places = library.owners(one[1] for one in found)
    many = len(places) > 1 or len(query.municipalities) != 1
    points = [_figure_point(turn, *one, with_place=many) for one in found]
    blocks: list[Block] = [paragraph(*points[0])] if len(points) == 1 else [Bullets(tuple(points))]
    holders = [one[1] for one in found]
    asked = [(turn.say("ask-goals", place=turn.place(one)), Query("goals", (one,))) for one in places[:1]]
    asked += [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    return reply(
        turn,
        (*blocks, *old_remarks(turn, places), source_line(turn, holders)),
        about(turn, municipalities=places, initiatives=[one for one in holders if one in library.initiatives]),
        strategy_links(turn, places),
        (),
        suggest(turn, *asked),
    )


def _initiatives_of(turn: Turn) -> Reply:
    library, places = turn.library, turn.query.municipalities
    blocks: list[Block] = []
    for place in places:
        initiatives = library.initiatives_of(place)
        stated = [figure for one in library.municipalities[place].strategies for figure in one.figures]
        names = turn.listed([turn.text(one.name) for one in initiatives])
        if stated:
            told = turn.say("count-stated", place=turn.place(place), stated=stated[0].value,
                            what=turn.text(stated[0].what), count=len(initiatives), names=names)  # fmt: skip
        elif within := _within_strategy(turn, place):
            told = turn.say("count-beside", place=turn.place(place), count=len(initiatives), names=names, **within)
        else:
            told = turn.say("count-held", place=turn.place(place), count=len(initiatives), names=names)
        blocks.append(paragraph(told))
    items = [one.id for place in places for one in library.initiatives_of(place)]
    strategies = [one.id for place in places if (one := library.current_strategy(place))]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    asked.append((turn.say("ask-municipalities"), Query("list_municipalities")))
    return reply(
        turn,
        (*blocks, *old_remarks(turn, places), source_line(turn, [*strategies, *items])),
        about(turn, municipalities=places, strategies=strategies, initiatives=items),
        strategy_links(turn, places),
        (),
        suggest(turn, *asked),
    )


def _within_strategy(turn: Turn, place: str) -> dict[str, str | int]:
    """The newest strategy's title and how many of the initiatives stand in it; nothing where it has all or none."""
    strategy = turn.library.current_strategy(place)
    initiatives = turn.library.initiatives_of(place)
    inside = sum(1 for one in initiatives if strategy and one.strategy == strategy.id)
    if not strategy or inside in (0, len(initiatives)):
        return {}
    return {"inside": inside, "strategy": turn.text(strategy.title)}


def _ranked(turn: Turn) -> Reply:
    """Who has the most or the fewest initiatives, then all by their number."""
    library, query = turn.library, turn.query
    places = query.municipalities if len(query.municipalities) > 1 else tuple(library.municipalities)
    numbers = {place: len(library.initiatives_of(place)) for place in places}
    ranked = sorted(places, key=lambda place: numbers[place], reverse=query.aspect == "most")
    best = tuple(place for place in ranked if numbers[place] == numbers[ranked[0]])
    key = "count-most" if query.aspect == "most" else "count-fewest"
    head = turn.say(key, places=turn.places(best), count=numbers[best[0]])
    points = [point(f"{turn.place(place)}: ", str(numbers[place])) for place in shown(turn, ranked)]
    blocks, buttons = folded(turn, points, total=len(ranked))
    strategies = [one.id for place in ranked for one in library.municipalities[place].strategies]
    return reply(
        turn,
        (paragraph(head), *blocks, source_line(turn, strategies)),
        about(turn, municipalities=best),
        strategy_links(turn, best),
        buttons,
        suggest(turn, (turn.say("ask-overview", place=turn.place(best[0])), Query("overview", best[:1]))),
    )


def _figures(turn: Turn) -> Iterator[tuple[str, str, Figure]]:
    """(municipality, what holds it, figure) of the municipalities asked for, or of all."""
    library, query = turn.library, turn.query
    wanted = query.within or query.municipalities or tuple(library.municipalities)
    for place in wanted:
        municipality = library.municipalities[place]
        for holder in (*municipality.goals, *municipality.strategies, *municipality.initiatives):
            for figure in holder.figures:
                yield place, holder.id, figure


def _figure_point(turn: Turn, place: str, holder: str, figure: Figure, *, with_place: bool) -> tuple[Span, ...]:
    goal = turn.library.goals.get(holder)
    by = turn.say("figure-by", year=str(goal.deadline)) if goal and goal.deadline else ""
    head = f"{turn.place(place)}: " if with_place else ""
    item = turn.library.initiatives.get(holder)
    told = f" {describe(turn, item)}" if item else ""
    return point(head, f"{figure.value} {turn.text(figure.what)}{by}.", told)


def _no_figure(turn: Turn) -> Reply:
    places = turn.query.municipalities
    strategies = [one.id for place in places if (one := turn.library.current_strategy(place))]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:2]]
    return reply(
        turn,
        (paragraph(turn.say("figures-none", places=turn.places(places))), source_line(turn, strategies)),
        about(turn, municipalities=places),
        strategy_links(turn, places),
        (),
        suggest(turn, *asked),
    )
