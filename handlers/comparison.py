"""Side by side: what municipalities do, on one topic or as a whole, what they share, what only one has."""

from collections.abc import Iterable

from handlers.parts import about, describe, old_remarks, paragraph, point, reply, source_line, strategy_links, suggest
from handlers.reply import Block, Bullets, Button, Reply, Span
from handlers.turn import Turn
from handlers.when import strategy_dates
from knowledge.query import Query


def compare(turn: Turn) -> Reply:
    """Two or more municipalities side by side: dates, number of initiatives, shared and own themes - or one topic."""
    library, places = turn.library, turn.query.municipalities
    if turn.query.topics:
        return _compare_on(turn)
    points = []
    for place in places:
        strategy = library.current_strategy(place)
        own = [turn.topic(theme) for theme in library.theme_set(place) if _only(turn, theme, place)]
        points.append(
            point(
                f"{turn.place(place)}: ",
                strategy_dates(turn, strategy) if strategy else "",
                " ",
                turn.say("initiative-count", count=len(library.initiatives_of(place))),
                " ",
                turn.say("only-here", count=len(own), themes=turn.listed(own[:9])),
            )
        )
    blocks: list[Block] = [paragraph(_shared_sentence(turn)), Bullets(tuple(points))]
    return _reply(turn, blocks, [one.id for place in places for one in library.initiatives_of(place)], carry=False)


def in_common(turn: Turn) -> Reply:
    """The themes that all of the municipalities work with, and how each does."""
    library, places = turn.library, turn.query.municipalities
    shared = _shared(turn)
    items = [one for place in places for theme in shared for one in library.items_in([theme], place)]
    points = [
        point(f"{turn.topic(theme)}: ", "; ".join(_initiatives_named(turn, theme, place) for place in places), ".")
        for theme in shared
    ]
    blocks: list[Block] = [paragraph(_shared_sentence(turn))]
    if points:
        blocks.append(Bullets(tuple(points)))
    return _reply(turn, blocks, list(dict.fromkeys(items)), carry=True, themes=shared)


def only_in(turn: Turn) -> Reply:
    """Themes that, among all in the base, only one municipality has; or that it has and another lacks."""
    library, places = turn.library, turn.query.municipalities
    place, others = places[0], places[1:]
    rivals = others or tuple(one for one in library.municipalities if one != place)
    own = [theme for theme in library.theme_set(place) if not any(theme in library.theme_set(one) for one in rivals)]
    items = [one for theme in own for one in library.items_in([theme], place)]
    items = list(dict.fromkeys(items))
    values: dict[str, str | int] = {"place": turn.place(place), "count": len(own), "known": len(library.municipalities)}
    head = turn.say("only-versus", other=turn.places(others), **values) if others else turn.say("only-one", **values)
    points = [
        point(f"{turn.topic(theme)}: ", " ".join(
            describe(turn, library.initiatives[one], details=False)
            for one in library.items_in([theme], place)
        ))
        for theme in own
    ]  # fmt: skip
    blocks: list[Block] = [paragraph(head)]
    if not points:
        names = [turn.text(one.name) for one in library.initiatives_of(place)]
        blocks.append(paragraph(turn.say("own-initiatives", place=turn.place(place), names=turn.listed(names))))
    if points:
        blocks.append(Bullets(tuple(points)))
    blocks.append(paragraph(turn.say("silence-is-no-no")))
    return _reply(turn, blocks, items, carry=True, themes=own, shown=(place,))


def _initiatives_named(turn: Turn, theme: str, place: str) -> str:
    """A municipality and the names of its initiatives on a theme."""
    own = turn.library.items_in([theme], place)
    return f"{turn.place(place)} – {turn.listed([turn.topic(one) for one in own])}"


def _compare_on(turn: Turn) -> Reply:
    library, places = turn.library, turn.query.municipalities
    topics = turn.query.topics
    points: list[tuple[Span, ...]] = []
    items: list[str] = []
    for place in places:
        own = library.items_in(topics, place)
        if not own:  # the same theme, where the very initiative is another's
            own = library.items_in(library.main_themes(topics), place)
        items += own
        told = " ".join(describe(turn, item) for one in own if (item := library.item(one)))
        points.append(point(f"{turn.place(place)}: ", told or turn.say("no-mention")))
    blocks: list[Block] = [
        paragraph(turn.say("compared-on", places=turn.places(places), topics=turn.topics(topics[:4]))),
        Bullets(tuple(points)),
    ]
    return _reply(turn, blocks, items, carry=True, themes=library.main_themes(topics))


def _reply(
    turn: Turn,
    blocks: list[Block],
    items: list[str],
    *,
    carry: bool,
    themes: Iterable[str] = (),
    shown: tuple[str, ...] = (),
) -> Reply:
    library, places = turn.library, turn.query.municipalities
    initiatives = [one for one in items if one in library.initiatives] if carry else []
    strategies = [one.id for place in places if (one := library.current_strategy(place))]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    if len(places) > 1:
        pair = places[:2]
        if turn.query.intent != "in_common":
            asked.insert(0, (turn.say("ask-common", places=turn.places(pair)), Query("in_common", pair)))
        else:
            asked.insert(0, (turn.say("ask-compare", places=turn.places(pair)), Query("compare", pair)))
    else:
        other = next(one for one in library.municipalities if one not in places)
        asked.insert(
            0, (turn.say("ask-compare", places=turn.places((places[0], other))), Query("compare", (places[0], other)))
        )
    asked.append((turn.say("ask-documents", place=turn.place(places[-1])), Query("documents", (places[-1],))))
    buttons: tuple[Button, ...] = ()
    return reply(
        turn,
        (*blocks, *old_remarks(turn, places), source_line(turn, [*items, *strategies])),
        about(turn, municipalities=shown or places, strategies=strategies, initiatives=initiatives, themes=themes),
        strategy_links(turn, places),
        buttons,
        suggest(turn, *asked),
    )


def _shared(turn: Turn) -> list[str]:
    places = turn.query.municipalities
    return [theme for theme in turn.library.themes if all(theme in turn.library.theme_set(place) for place in places)]


def _shared_sentence(turn: Turn) -> str:
    shared = [turn.topic(theme) for theme in _shared(turn)]
    places = turn.places(turn.query.municipalities)
    return turn.say("shared", count=len(shared), places=places, themes=turn.listed(shared))


def _only(turn: Turn, theme: str, place: str) -> bool:
    """Whether, among those compared, only this one has the theme."""
    others = (one for one in turn.query.municipalities if one != place)
    return not any(theme in turn.library.theme_set(one) for one in others)
