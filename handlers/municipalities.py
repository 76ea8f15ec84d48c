"""One municipality as a whole, and the list of all that the base knows."""

from handlers.parts import (
    about,
    describe,
    folded,
    old_remarks,
    paragraph,
    point,
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
from knowledge.query import Query

NAMED_ONLY = 4
"""From more initiatives than this an overview names them and tells the rest on demand."""


def overview(turn: Turn) -> Reply:
    """What a municipality does: its strategy, then its initiatives - named, or told where they are few."""
    library, place = turn.library, turn.query.municipalities[0]
    municipality = library.municipalities[place]
    strategy = library.current_strategy(place)
    initiatives = municipality.initiatives
    blocks: list[Block] = []
    if strategy:
        blocks.append(
            paragraph(
                turn.say("overview", place=turn.place(place), count=len(initiatives)),
                " ",
                strategy_dates(turn, strategy),
            )
        )
    short = len(initiatives) > NAMED_ONLY and not turn.query.full
    points = [
        point(turn.text(one.name), "" if short else ": " + describe(turn, one, details=turn.query.full))
        for one in shown(turn, initiatives, 12)
    ]
    listed, buttons = folded(turn, points, at_most=12, total=len(initiatives))
    blocks += listed
    if short and not buttons:
        buttons = show_all(turn)
    if municipality.goals and not short:
        blocks.append(
            Bullets(tuple(point(f"{turn.text(one.name)}: ", turn.text(one.summary)) for one in municipality.goals))
        )
    others = [one for one in library.municipalities if one != place]
    asked = [
        (turn.say("ask-documents", place=turn.place(place)), Query("documents", (place,))),
        (turn.say("ask-dates", place=turn.place(place)), Query("dates", (place,))),
    ]
    if others:
        pair = (place, others[0])
        asked.append((turn.say("ask-compare", places=turn.places(pair)), Query("compare", pair)))
    facts = [one.id for one in initiatives] + [one.id for one in municipality.strategies]
    return reply(
        turn,
        (*blocks, *old_remarks(turn, [place]), source_line(turn, facts)),
        about(
            turn, municipalities=[place], strategies=[one.id for one in municipality.strategies],
            themes=library.theme_set(place), initiatives=[one.id for one in initiatives],
        ),
        strategy_links(turn, [place]),
        buttons,
        suggest(turn, *asked),
    )  # fmt: skip


def overviews(turn: Turn) -> Reply:
    """Several municipalities, each in one point."""
    library, places = turn.library, turn.query.municipalities
    points = []
    for place in places:
        strategy = library.current_strategy(place)
        names = [turn.text(one.name) for one in library.initiatives_of(place)[:5]]
        told = strategy_dates(turn, strategy) if strategy else ""
        points.append(
            point(
                f"{turn.place(place)}: ", told, " ", turn.say("does", initiatives=turn.listed(names)) if names else ""
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
    """All municipalities that the base holds, each with its newest strategy."""
    library = turn.library
    places = tuple(library.municipalities)
    points = []
    for place in places:
        strategy = library.current_strategy(place)
        points.append(point(f"{turn.place(place)}: ", strategy_dates(turn, strategy) if strategy else ""))
    listed, buttons = folded(turn, points, at_most=12)
    strategies = [one.id for place in places if (one := library.current_strategy(place))]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    asked += [(turn.say("ask-themes"), Query("list_themes")), (turn.say("ask-order"), Query("order", aspect="sorted"))]
    return reply(
        turn,
        (
            paragraph(turn.say("list-municipalities", count=len(places), places=turn.places(places[:12]))),
            *listed,
            source_line(turn, strategies),
        ),
        about(turn, municipalities=places, strategies=strategies),
        (),
        buttons,
        suggest(turn, *asked),
    )
