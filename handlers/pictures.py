"""Answers to look at: who works with what, when strategies were in force, municipalities side by side."""

from collections.abc import Sequence

from handlers.actions import encode
from handlers.figures import grid, grid_rows, having, themes_of, timeline, told
from handlers.parts import about, old_remarks, paragraph, reply, source_line, standing, strategy_links, suggest
from handlers.picture import NOTHING, Picture, Table
from handlers.reply import Button, Reply
from handlers.turn import Turn
from knowledge.model import Strategy
from knowledge.query import Query

COLUMNS, ROWS, PERIODS, COMPARED = 8, 24, 10, 3
"""How many municipalities, themes, strategies and municipalities side by side can still be read on a phone."""
NAMED = 3
"""How many of those that have most are named."""
OFFERED = {
    "compare": "compare_picture",
    "in_common": "compare_picture",
    "list_themes": "matrix",
    "list_municipalities": "timeline",
    "list_strategies": "timeline",
    "dates": "timeline",
    "in_force": "timeline",
    "order": "timeline",
}
"""Intent -> the picture that shows its answer."""


def matrix(turn: Turn) -> Reply:
    """Which municipalities work with which themes; the themes that most of them have stand first."""
    library, asked = turn.library, turn.query.municipalities
    places = asked if len(asked) > 1 else tuple(library.municipalities)
    busiest = sorted(places, key=lambda one: len(library.initiatives_of(one)), reverse=True)[:COLUMNS]
    shown = tuple(one for one in places if one in busiest)
    themes = themes_of(turn, shown)
    drawn = grid(turn, shown, [("", themes[:ROWS])])
    strategies = [one.id for place in shown if (one := library.current_strategy(place))]
    source = source_line(turn, strategies)
    picture = Picture(
        "matrix",
        turn.say("matrix-title"),
        (drawn,),
        (*_cut(turn, len(shown), len(places)), turn.say("silence-is-no-no"), source.text),
        _matrix_told(turn, shown, themes),
        Table((turn.say("table-theme"), *drawn.columns), grid_rows(drawn)),
    )
    next_questions = [(turn.say("ask-municipalities"), Query("list_municipalities"))]
    if len(shown) > 1:
        pair = shown[:2]
        next_questions.insert(0, (turn.say("ask-compare", places=turn.places(pair)), Query("compare", pair)))
    return reply(
        turn,
        (picture, paragraph(turn.say("grid-told")), source),
        about(turn, municipalities=shown, themes=themes, strategies=strategies),
        (),
        (Button(turn.say("show-timeline"), encode(Query("timeline"))),),
        suggest(turn, *next_questions),
    )


def strategies_in_time(turn: Turn) -> Reply:
    """When each strategy was in force, oldest first, and how it stands today."""
    library, asked = turn.library, turn.query.municipalities
    found = [one for one in library.by_date if (library.owner[one.id] in asked if asked else _dated(one))]
    shown = found[-PERIODS:]
    places = tuple(dict.fromkeys(library.owner[one.id] for one in shown))
    drawn = timeline(turn, shown)
    source = source_line(turn, [one.id for one in shown])
    states = [standing(turn, one) for one in shown]
    counted = [
        turn.say(f"counted-{state.replace('_', '-')}", count=states.count(state)) for state in dict.fromkeys(states)
    ]
    alt = turn.say(
        "timeline-alt",
        count=len(shown),
        places=turn.places(places),
        start=str(drawn.first),
        until=str(drawn.last),
        states=turn.listed(counted),
    )
    picture = Picture(
        "timeline",
        turn.say("timeline-title"),
        (drawn,),
        (*_cut_strategies(turn, len(shown), len(found)), _as_of(turn), source.text),
        alt,
        Table(
            (turn.say("table-place"), turn.say("table-strategy"), turn.say("table-years")),
            tuple((one.name, one.title, one.told) for one in drawn.periods),
        ),
    )
    next_questions = [(turn.say("ask-order"), Query("order", aspect="sorted"))]
    next_questions += [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places]
    return reply(
        turn,
        (picture, source),
        about(turn, municipalities=places, strategies=[one.id for one in shown]),
        strategy_links(turn, asked),
        (Button(turn.say("show-matrix"), encode(Query("matrix"))),),
        suggest(turn, *next_questions),
    )


def compare_picture(turn: Turn) -> Reply:
    """Municipalities side by side: their strategies in time, the themes they share, and those that one has alone."""
    library, places = turn.library, turn.query.municipalities
    if len(places) < 2:  # a link that somebody shortened
        return matrix(turn)
    shown = places[:COMPARED]
    asked = library.main_themes(turn.query.topics)
    themes = [one for one in themes_of(turn, shown) if not asked or one in asked]
    strategies = [one for one in library.by_date if library.owner[one.id] in shown]
    alone = [[one for one in themes if having(turn, one, shown) == (place,)] for place in shown]
    shared = [one for one in themes if having(turn, one, shown) == shown]
    some = [one for one in themes if 1 < len(having(turn, one, shown)) < len(shown)]
    groups = [
        (turn.say("compared-shared"), shared),
        (turn.say("compared-some"), some),
        *((turn.say("compared-only", place=turn.place(place)), own) for place, own in zip(shown, alone, strict=True)),
    ]
    drawn = grid(turn, shown, groups)
    source = source_line(turn, [one.id for one in strategies])
    counted = [
        turn.say("compared-count", place=turn.place(place), count=len(own))
        for place, own in zip(shown, alone, strict=True)
    ]
    named = turn.listed([turn.topic(one) for one in shared])
    picture = Picture(
        "comparison",
        turn.say("compared-title", places=turn.places(shown)),
        (timeline(turn, strategies), drawn),
        (*_cut(turn, len(shown), len(places)), _as_of(turn), turn.say("silence-is-no-no"), source.text),
        f"{turn.say('shared', count=len(shared), places=turn.places(shown), themes=named)} "
        f"{turn.say('compared-alone', counted=turn.listed(counted))}",
        Table(
            (turn.say("table-theme"), *drawn.columns),
            ((turn.say("table-strategy"), *(_strategy(turn, one) for one in shown)), *grid_rows(drawn)),
        ),
    )
    pair = shown[:2]
    query = Query("compare", places, turn.query.topics)
    return reply(
        turn,
        (picture, paragraph(turn.say("grid-told")), *old_remarks(turn, shown), source),
        about(turn, municipalities=shown, themes=themes, strategies=[one.id for one in strategies]),
        strategy_links(turn, shown),
        (),
        suggest(
            turn,
            (turn.say("ask-compare", places=turn.places(places)), query),
            (turn.say("ask-common", places=turn.places(pair)), Query("in_common", pair)),
        ),
    )


def pictures_offered(turn: Turn, answer: Reply) -> tuple[Button, ...]:
    """The button that shows the answer as a picture; none where no picture does, or it would not fit a button."""
    picture = OFFERED.get(turn.query.intent)
    if picture is None or answer.about.status != "answered":
        return ()
    places = turn.query.municipalities if picture == "compare_picture" else ()
    if picture == "compare_picture" and not 1 < len(places) <= COMPARED:
        picture, places = "matrix", places[:COLUMNS]
    label = turn.say("show-timeline") if picture == "timeline" else turn.say("show-picture")
    try:
        return (Button(label, encode(Query(picture, places))),)
    except ValueError:
        return ()


def _matrix_told(turn: Turn, places: Sequence[str], themes: list[str]) -> str:
    """What the matrix shows: how much, the most common theme, and who has the most."""
    if not themes:
        return turn.say("matrix-alt-empty", places=turn.places(tuple(places)))
    spread = [len(having(turn, one, places)) for one in themes]
    most = max(spread)
    numbers = [sum(bool(turn.library.items_in([theme], one)) for theme in themes) for one in places]
    return turn.say(
        "matrix-alt",
        themes=len(themes),
        known=len(places),
        common=turn.topics(tuple(one for one, count in zip(themes, spread, strict=True) if count == most)[:NAMED]),
        count=most,
        busiest=turn.places(
            tuple(one for one, count in zip(places, numbers, strict=True) if count == max(numbers))[:NAMED]
        ),
        number=max(numbers),
    )


def _strategy(turn: Turn, place: str) -> str:
    strategy = turn.library.current_strategy(place)
    return " · ".join(told(turn, strategy)) if strategy else NOTHING


def _dated(strategy: Strategy) -> bool:
    """Whether any year of it is known: of the others a timeline shows nothing."""
    return bool(strategy.begins or (strategy.period and strategy.period.until))


def _as_of(turn: Turn) -> str:
    return turn.say("picture-as-of", month=turn.month())


def _cut(turn: Turn, shown: int, count: int) -> tuple[str, ...]:
    return (turn.say("picture-cut", shown=shown, count=count),) if shown < count else ()


def _cut_strategies(turn: Turn, shown: int, count: int) -> tuple[str, ...]:
    return (turn.say("picture-cut-strategies", shown=shown, count=count),) if shown < count else ()
