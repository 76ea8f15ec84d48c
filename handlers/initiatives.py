"""Who does what: initiatives by theme, in a municipality, and the municipalities that have none."""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from handlers.background import earlier_on
from handlers.parts import (
    about,
    describe,
    folded,
    old_remarks,
    paragraph,
    period_over,
    point,
    read_line,
    reply,
    shown,
    source_line,
    strategy_links,
    suggest,
)
from handlers.reply import Block, Bullets, Button, Paragraph, Reply, Span
from handlers.turn import Turn
from knowledge.model import Goal
from knowledge.query import Query

BRIEF = 3
"""Up to so many initiatives are told with their details."""


def municipalities_with(turn: Turn) -> Reply:
    """Which municipalities work with a topic: a line for each, the newest facts, and of how many we know."""
    library, query = turn.library, turn.query
    pool = query.within or tuple(library.municipalities)
    found = library.having(query.topics, every=query.join == "all")
    places = [one for one in found if one in pool and one not in query.excluding]
    items = library.items_on(query.topics)
    strategies, documents = library.strategies_on(query.topics), library.read_on(query.topics)
    if query.excluding or query.within or query.join == "all":
        kept = set(places)
        items = tuple([one for one in items if library.owner[one] in kept])
        strategies = tuple(one for one in strategies if library.owner[one] in kept)
        documents = {document for one in items for document in library.read_in[one]}
    initiatives = items
    if any(one in library.goals for one in query.topics):
        initiatives = tuple([one for one in items if one in library.initiatives])
    topics = turn.topics(query.topics[:4], "standard" if query.join == "all" else "or")
    if not places:
        return _nobody(turn, topics)
    known = len(pool)
    key = "with-others" if query.excluding else "with-count" if query.counted else "with"
    head = paragraph(
        turn.say(key, count=len(places), known=known, places=turn.places(tuple(places[:5])), topics=topics)
    )
    if len(places) > 5:
        head = paragraph(turn.say("with-many", count=len(places), known=known, topics=topics))
    points = [
        point(f"{turn.place(place)}: ", _told(turn, library.items_in(query.topics, place), len(items)))
        for place in shown(turn, places)
    ]
    blocks, buttons = folded(turn, points, total=len(places))
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    if len(places) > 1:
        pair = tuple(places[:2])
        compared = Query("compare", pair, query.topics if len(query.topics) == 1 else ())
        if len(query.topics) == 1:
            question = turn.say("ask-compare-topic", places=turn.places(pair), topic=_lower(turn, query.topics[0]))
        else:
            question = turn.say("ask-compare", places=turn.places(pair))
        asked.insert(0, (question, compared))
    asked.append((turn.say("ask-documents", place=turn.place(places[0])), Query("documents", (places[0],))))
    carried = about(turn, municipalities=places, themes=library.main_themes(query.topics))
    return reply(
        turn,
        (head, *blocks, *earlier_on(turn, query.topics), *old_remarks(turn, places), read_line(turn, documents)),
        # The library gives each once; a theme may have many thousand, and to sort them out again takes long.
        replace(carried, initiatives=initiatives, strategies=strategies),
        strategy_links(turn, places),
        buttons,
        suggest(turn, *asked),
    )


def municipalities_without(turn: Turn) -> Reply:
    """Which municipalities the sources mention no such initiative for - never that they do not have it."""
    library, query = turn.library, turn.query
    if query.documents:
        return _never_evaluated(turn)
    having = set(library.having(query.without, every=False))
    pool = library.having(query.topics, every=query.join == "all") if query.topics else library.told
    places = tuple(one for one in pool if one not in having)
    missing = turn.topics(query.without[:4], "or")
    values: dict[str, str | int] = {"count": len(places), "known": len(library.told), "topics": missing}
    if places:
        key = "without-but" if query.topics else "without"
        wanted = turn.topics(query.topics) if query.topics else ""
        head = turn.say(key, places=turn.some_places(places), wanted=wanted, **values)
    else:
        head = turn.say("without-none", **values)
    lacking = set(places)
    kept = [one for one in library.items_on(query.topics) if library.owner[one] in lacking]
    initiatives = tuple(one for one in kept if one in library.initiatives)
    blocks: list[Block] = [paragraph(head)]
    if kept:
        blocks.append(
            Bullets(tuple(point(f"{turn.place(library.owner[one])}: ", _told(turn, [one], 4)) for one in kept[:5]))
        )
    others = tuple(one for one in library.told if one in having)
    if others and not query.topics:
        blocks.append(paragraph(turn.say("they-do", places=turn.some_places(others, 5), topics=missing)))
    blocks.append(paragraph(turn.say("silence-is-no-no")))
    if (unread := len(library.municipalities) - len(library.told)) and not query.topics:
        blocks.append(paragraph(turn.say("without-titles", count=unread)))
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:2]]
    asked.append(
        (turn.say("ask-who", topic=_lower(turn, query.without[0])), Query("municipalities_with", (), query.without[:1]))
    )
    strategies = [one.id for place in places if (one := library.current_strategy(place))]
    return reply(
        turn,
        (*blocks, source_line(turn, strategies)),
        about(turn, municipalities=places, initiatives=initiatives, themes=library.main_themes(query.without)),
        strategy_links(turn, places),
        (),
        suggest(turn, *asked),
    )


def _never_evaluated(turn: Turn) -> Reply:
    """Municipalities whose newest strategy no evaluation is known of."""
    library = turn.library
    places = tuple(
        key for key in library.municipalities if (one := library.current_strategy(key)) and not one.evaluation
    )
    strategies = [one.id for key in places if (one := library.current_strategy(key))]
    head = turn.say(
        "never-evaluated", count=len(places), known=len(library.municipalities), places=turn.some_places(places)
    )
    asked = [
        (turn.say("ask-all-documents"), Query("list_documents")),
        (turn.say("ask-order"), Query("order", aspect="sorted")),
    ]
    return reply(
        turn,
        (paragraph(head), paragraph(turn.say("silence-is-no-no")), source_line(turn, strategies)),
        about(turn, municipalities=places, strategies=strategies),
        strategy_links(turn, places),
        (),
        suggest(turn, *asked),
    )


def topic_in_municipality(turn: Turn) -> Reply:
    """Does it, and how: yes with details, or an honest no with those who do."""
    library, query = turn.library, turn.query
    found = {place: list(library.items_in(query.topics, place)) for place in query.municipalities}
    items = [one for place in query.municipalities for one in found[place]]
    topics = turn.topics(query.topics[:4], "or")
    blocks: list[Block] = []
    buttons: tuple[Button, ...] = ()
    for place in query.municipalities:
        if found[place]:
            told, more = _yes(turn, place, found[place], topics)
            blocks += told
            buttons = buttons or more
        else:
            blocks += _no(turn, place, topics)
    if not items:
        themes = set(library.main_themes(query.topics))
        aims = [one for place in query.municipalities for one in library.goals_of(place) if themes & set(one.themes)]
        if aims:
            blocks.append(Bullets(tuple(point(f"{turn.text(one.name)}: ", turn.text(one.summary)) for one in aims)))
    elsewhere = [one for one in library.having(query.topics, every=False) if one not in query.municipalities]
    if not items and elsewhere:
        blocks.append(paragraph(turn.say("they-do", places=turn.some_places(tuple(elsewhere), 5), topics=topics)))
    blocks += earlier_on(turn, query.topics, query.municipalities)
    initiatives = tuple(one for one in items if one in library.initiatives)
    strategies = [one.id for place in query.municipalities if (one := library.current_strategy(place))]
    theme = next(iter(library.main_themes(query.topics)), "")
    first = query.municipalities[0]
    asked = [(turn.say("ask-overview", place=turn.place(first)), Query("overview", (first,)))]
    if theme:
        asked.insert(0, (turn.say("ask-who", topic=_lower(turn, theme)), Query("municipalities_with", (), (theme,))))
    asked.append((turn.say("ask-documents", place=turn.place(first)), Query("documents", (first,))))
    return reply(
        turn,
        (*blocks, *old_remarks(turn, query.municipalities), source_line(turn, items or strategies)),
        about(
            turn,
            municipalities=query.municipalities,
            initiatives=initiatives,
            themes=library.main_themes(query.topics),
            strategies=_strategies(turn, initiatives),
        ),
        strategy_links(turn, query.municipalities),
        buttons,
        suggest(turn, *asked),
    )


def detail(turn: Turn) -> Reply:
    """More on the initiatives that are meant: what, with whom, under which strategy."""
    library, query = turn.library, turn.query
    items = library.items_on(query.topics)
    places = library.owners(items)
    points = [
        point(f"{turn.topic(one)} ({turn.place(library.owner[one])}): ", describe(turn, item))
        for one in items
        if (item := library.item(one))
    ]
    if len(points) == 1:
        blocks: tuple[Block, ...] = (Paragraph(points[0]),)
        buttons: tuple[Button, ...] = ()
    else:
        blocks, buttons = folded(turn, points)
    initiatives = tuple(one for one in items if one in library.initiatives)
    themes = library.main_themes(query.topics)
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    asked += [
        (turn.say("ask-who", topic=_lower(turn, one)), Query("municipalities_with", (), (one,))) for one in themes[:1]
    ]
    asked += [(turn.say("ask-documents", place=turn.place(one)), Query("documents", (one,))) for one in places[:1]]
    return reply(
        turn,
        (*blocks, *old_remarks(turn, places), source_line(turn, items)),
        about(
            turn,
            municipalities=places,
            initiatives=initiatives,
            themes=themes,
            strategies=_strategies(turn, initiatives),
        ),
        strategy_links(turn, places),
        buttons,
        suggest(turn, *asked),
    )


def _nobody(turn: Turn, topics: str) -> Reply:
    known = len(turn.library.municipalities)
    excluded = turn.query.excluding
    key = "with-no-others" if excluded else "with-nobody"
    head = paragraph(turn.say(key, topics=topics, known=known, places=turn.places(excluded) if excluded else ""))
    asked = (turn.say("ask-themes"), Query("list_themes"))
    alone = excluded if turn.query.aspect == "only" else ()
    carried = about(turn, municipalities=alone, themes=turn.library.main_themes(turn.query.topics))
    strategies = [one.id for place in turn.library.municipalities if (one := turn.library.current_strategy(place))]
    return reply(turn, (head, source_line(turn, strategies)), carried, (), (), suggest(turn, asked))


def _yes(turn: Turn, place: str, items: list[str], topics: str) -> tuple[list[Block], tuple[Button, ...]]:
    """What it does, and the button that shows the rest of a long list."""
    library = turn.library
    alone = len(turn.query.municipalities) == 1
    key = "yes-too" if not alone else "yes" if _in_strategy(turn, place, items) else "yes-beside"
    head = turn.say(key, place=turn.place(place), topics=topics)
    points = [
        point(f"{turn.topic(one)}: ", describe(turn, item)) for one in shown(turn, items) if (item := library.item(one))
    ]
    blocks, buttons = folded(turn, points, total=len(items))
    return [paragraph(head), *blocks], buttons


def _in_strategy(turn: Turn, place: str, items: list[str]) -> bool:
    """Whether any of it stands in the municipality's newest strategy itself, or nobody says where it stands."""
    strategy = turn.library.current_strategy(place)
    found = [item for one in items if (item := turn.library.item(one))]
    return strategy is None or any(item.strategy == strategy.id or isinstance(item, Goal) for item in found)


def _no(turn: Turn, place: str, topics: str) -> list[Block]:
    strategy = turn.library.current_strategy(place)
    over = period_over(turn, strategy) if strategy else ""
    return [paragraph(Span(turn.say("no", place=turn.place(place), topics=topics, over="yes" if over else "no")))]


def _told(turn: Turn, items: Sequence[str], total: int) -> str:
    """One municipality's initiatives on the topic in running text."""
    library = turn.library
    return " ".join(describe(turn, item, details=total <= BRIEF) for one in items[:3] if (item := library.item(one)))


def _strategies(turn: Turn, initiatives: tuple[str, ...]) -> tuple[str, ...]:
    strategies = map(attrgetter("strategy"), map(turn.library.initiatives.__getitem__, initiatives))
    return tuple(dict.fromkeys(one for one in strategies if one))


def _lower(turn: Turn, topic: str) -> str:
    """A topic's name inside a sentence."""
    name = turn.topic(topic)
    return name[:1].lower() + name[1:]
