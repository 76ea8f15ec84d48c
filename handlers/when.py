"""When: adopted, in force, first and last, and the dated steps on the way."""

from handlers.background import background
from handlers.parts import (
    about,
    document_links,
    folded,
    paragraph,
    period_over,
    point,
    reply,
    source_line,
    strategy_links,
    suggest,
)
from handlers.reply import Block, Bullets, Button, Reply, SourceLine, Span
from handlers.turn import Turn
from knowledge.model import Strategy
from knowledge.query import Query

TOLD = 12
"""Dates beyond which a list is folded."""


def strategy_dates(turn: Turn, strategy: Strategy) -> str:
    """A strategy's title and what is known of when, as one sentence or two."""
    title = turn.say("quoted", text=turn.text(strategy.title))
    parts = []
    for key, moment in (
        ("adopted", strategy.adopted),
        ("launched", strategy.launched),
        ("presented", strategy.presented),
    ):
        if moment:
            parts.append(turn.say(f"strategy-{key}", title=title, date=turn.when(moment)))
    if period := strategy.period:
        if period.start and period.until:
            name = turn.say("strategy-it") if parts else title
            key = "strategy-period" if period.until < turn.today.year else "strategy-runs"
            parts.append(turn.say(key, title=name, start=str(period.start), until=str(period.until)))
        elif period.until:
            parts.append(turn.say("strategy-until", title=title, until=str(period.until)))
    if strategy.summary is None:
        parts.append(turn.say("strategy-title-only", title=title))
    return " ".join(parts) or turn.say("strategy-undated", title=title)


def dates(turn: Turn) -> Reply:
    """When a municipality's strategies, or those of a year, were adopted; steps on the way; a paper's own date."""
    library, query = turn.library, turn.query
    if query.documents:
        return _document_dates(turn)
    if query.milestones:
        return _steps(turn)
    places = query.municipalities or tuple(library.municipalities)
    strategies = [one for place in places for one in library.strategies_of(place)]
    if not query.municipalities:
        if query.year:
            return _of_year(turn)
        strategies = [*library.by_date]
    points = [_dated_point(turn, one, with_place=len(places) > 1) for one in strategies]
    steps = library.municipalities[places[0]].milestones if len(places) == 1 else ()
    points += [point(f"{turn.opening_date(one.date)}: ", turn.text(one.text)) for one in steps]
    goals = [one for place in places for one in library.goals_of(place) if one.deadline]
    points += [point(f"{one.deadline}: ", turn.text(one.summary)) for one in goals]
    blocks, buttons = _listed(turn, points)
    if len(places) == 1:
        blocks += background(turn, places[0])
    return reply(
        turn,
        (*blocks, source_line(turn, [one.id for one in (*strategies, *steps, *goals)])),
        about(
            turn,
            municipalities=places,
            strategies=[one.id for one in strategies],
            documents=[paper for one in strategies for paper in one.documents],
        ),
        strategy_links(turn, places),
        buttons,
        _next(turn, places),
    )


def _listed(turn: Turn, points: list[tuple[Span, ...]]) -> tuple[list[Block], tuple[Button, ...]]:
    """The points as a list that is folded where it is long; of one, a paragraph."""
    if len(points) == 1:
        return [paragraph(*points[0])], ()
    blocks, buttons = folded(turn, points, at_most=TOLD)
    return list(blocks), buttons


def in_force(turn: Turn) -> Reply:
    """Is it still valid: over, replaced, or not known - with the dates that say so."""
    library = turn.library
    places = turn.query.municipalities or tuple(library.municipalities)
    points, strategies = [], []
    for place in places:
        for strategy in library.strategies_of(place):
            newer = library.replaced_by(strategy.id)
            if turn.query.aspect == "ended" and not (newer or period_over(turn, strategy)):
                continue
            strategies.append(strategy.id)
            if newer:
                state = turn.say("replaced", title=turn.say("quoted", text=turn.text(newer.title)))
            else:
                state = period_over(turn, strategy) or turn.say("end-unknown", place=turn.place(place))
            points.append(point(f"{turn.place(place)}: ", strategy_dates(turn, strategy), " ", state))
    blocks, buttons = _listed(turn, points)
    if turn.query.municipalities and not points:
        blocks = [paragraph(turn.say("no-strategy", place=turn.places(places)))]
    if len(places) == 1 and turn.query.aspect != "ended":
        blocks += background(turn, places[0])
    places = library.owners(strategies) or turn.query.municipalities
    return reply(
        turn,
        (*blocks, source_line(turn, strategies)),
        about(turn, municipalities=places, strategies=strategies),
        strategy_links(turn, places),
        buttons,
        _next(turn, places),
    )


def order(turn: Turn) -> Reply:
    """Who was first, last or next; or all in order of time."""
    library, query = turn.library, turn.query
    pool = query.within or (query.municipalities if len(query.municipalities) > 1 else ())
    begun = [one for one in library.by_date if one.begins]
    dated = [one for one in begun if not pool or library.owner[one.id] in pool]
    if not dated:  # of those that were spoken of no beginning is known
        pool, dated = (), begun
    firsts: dict[str, Strategy] = {}
    for one in dated:
        firsts.setdefault(library.owner[one.id], one)
    shown = dated
    if query.aspect in ("sorted", "reversed"):
        shown = dated if query.aspect == "sorted" else dated[::-1]
        head = turn.say(f"order-{query.aspect}", count=len(dated))
    elif query.aspect == "last":
        newest = dated[-1]
        latest = newest.begins
        newests = {library.owner[one.id]: one for one in dated}
        shown = (
            [one for one in dated if one.begins and latest and one.begins.year == latest.year]
            if not pool
            else list(newests.values())
        )
        owners = (
            tuple(dict.fromkeys(library.owner[one.id] for one in shown)) if not pool else (library.owner[newest.id],)
        )
        head = turn.say(
            "order-last", count=len(owners), places=turn.places(owners), year=str(latest.year if latest else "")
        )
    elif query.aspect == "next" and len(firsts) > 1:
        sequence = list(firsts)
        before = (
            query.municipalities[0] if query.municipalities and query.municipalities[0] in sequence else sequence[0]
        )
        following = sequence[min(sequence.index(before) + 1, len(sequence) - 1)]
        shown = [firsts[following]]
        head = turn.say(
            "order-next", place=turn.place(following), before=turn.place(before), year=_year(firsts[following])
        )
    elif query.aspect == "previous" and query.municipalities:
        own = firsts.get(query.municipalities[0])
        shown = [
            one for one in dated if own and one.begins and own.begins and one.begins < own.begins and one.id != own.id
        ]
        owners = tuple(dict.fromkeys(library.owner[one.id] for one in shown))
        head = turn.say(
            "order-previous", count=len(owners), place=turn.place(query.municipalities[0]), places=turn.places(owners)
        )
    elif query.aspect == "ordinal" and len(firsts) >= query.number > 0:
        third = list(firsts.values())[query.number - 1]
        shown = [third]
        head = turn.say(
            "order-ordinal", place=turn.place(library.owner[third.id]), number=query.number, year=_year(third)
        )
    else:
        first = dated[0]
        shown = list(firsts.values()) if pool else [first]
        key = "order-first-in-denmark" if first.first_in_denmark else "order-first"
        head = turn.say(key, place=turn.place(library.owner[first.id]), year=_year(first))
    blocks: list[Block] = [paragraph(head), Bullets(tuple(_dated_point(turn, one, with_place=True) for one in shown))]
    undated = [one for one in library.by_date if not one.begins and (not pool or library.owner[one.id] in pool)]
    if undated and (query.aspect in ("sorted", "reversed") or pool):
        blocks.append(
            paragraph(turn.say("order-undated", places=turn.places(tuple(library.owner[one.id] for one in undated))))
        )
    owners = tuple(dict.fromkeys(library.owner[one.id] for one in shown))
    if pool and query.aspect in ("first", "last") and not query.counted:  # "which of the two": the one that it is
        owners = (library.owner[(dated[0] if query.aspect == "first" else dated[-1]).id],)
    asked = [(turn.say("ask-order"), Query("order", aspect="sorted"))] if query.aspect != "sorted" else []
    asked += [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in owners[:2]]
    return reply(
        turn,
        (*blocks, source_line(turn, [one.id for one in shown])),
        about(turn, municipalities=owners, strategies=[one.id for one in shown]),
        strategy_links(turn, owners),
        (),
        suggest(turn, *asked),
    )


def _year(strategy: Strategy) -> str:
    return str(strategy.begins.year) if strategy.begins else ""


def _dated_point(turn: Turn, strategy: Strategy, *, with_place: bool) -> tuple[Span, ...]:
    head = f"{turn.place(turn.library.owner[strategy.id])}: " if with_place else ""
    newer = turn.library.replaced_by(strategy.id)
    state = (
        turn.say("replaced", title=turn.say("quoted", text=turn.text(newer.title)))
        if newer
        else period_over(turn, strategy)
    )
    return point(head, strategy_dates(turn, strategy), f" {state}" if state else "")


def _of_year(turn: Turn) -> Reply:
    library, year = turn.library, turn.query.year
    found = [one for one in library.by_date if _touches(one, year, turn.query.aspect)]
    steps = [one for one in library.milestones.values() if one.date.year == year and not turn.query.aspect]
    places = tuple(dict.fromkeys(library.owner[one.id] for one in found)) or library.owners(one.id for one in steps)
    if not found and not steps:
        head = paragraph(turn.say("year-nothing", year=str(year)))
        return reply(
            turn, (head,), about(turn), (), (), suggest(turn, (turn.say("ask-order"), Query("order", aspect="sorted")))
        )
    points = [_dated_point(turn, one, with_place=True) for one in found]
    points += [
        point(f"{turn.place(library.owner[one.id])}, {turn.date(one.date)}: ", turn.text(one.text)) for one in steps
    ]
    key = f"year-{turn.query.aspect or 'strategies'}"
    head = paragraph(turn.say(key, count=len(found), year=str(year), places=turn.places(places)))
    return reply(
        turn,
        (head, Bullets(tuple(points)), source_line(turn, [one.id for one in (*found, *steps)])),
        about(turn, municipalities=places, strategies=[one.id for one in found]),
        strategy_links(turn, places),
        (),
        _next(turn, places),
    )


def _touches(strategy: Strategy, year: int, aspect: str) -> bool:
    """Whether a strategy is of the year: begun in it, in force in it, or begun before or after it."""
    begins, period = strategy.begins, strategy.period
    if aspect:
        return bool(begins and (begins.year < year if aspect == "before" else begins.year > year))
    covered = period and period.start and period.until and period.start <= year <= period.until
    return bool(covered or (begins and begins.year == year))


def _steps(turn: Turn) -> Reply:
    library = turn.library
    steps = [library.milestones[one] for one in turn.query.milestones]
    places = library.owners(one.id for one in steps)
    points = tuple(
        point(f"{turn.opening_date(one.date)} ({turn.place(library.owner[one.id])}): ", turn.text(one.text))
        for one in steps
    )
    blocks: list[Block] = [paragraph(*points[0])] if len(points) == 1 else [Bullets(points)]
    strategies = [one.id for place in places if (one := library.current_strategy(place))]
    return reply(
        turn,
        (*blocks, source_line(turn, [one.id for one in steps])),
        about(turn, municipalities=places, strategies=strategies),
        strategy_links(turn, places),
        (),
        _next(turn, places),
    )


def _document_dates(turn: Turn) -> Reply:
    library = turn.library
    documents = [library.documents[one] for one in turn.query.documents]
    points = []
    for one in documents:
        title = turn.say("quoted", text=turn.text(one.title))
        told = (
            turn.say("document-dated", title=title, date=turn.date(one.dated))
            if one.dated
            else turn.say("document-undated", title=title)
        )
        points.append(point("", told))
    blocks: list[Block] = [paragraph(*points[0])] if len(points) == 1 else [Bullets(tuple(points))]
    blocks.append(SourceLine(turn.say("base-age")))
    return reply(
        turn,
        blocks,
        about(turn, municipalities=library.owners(turn.query.documents), documents=turn.query.documents),
        document_links(turn, turn.query.documents),
        (),
        suggest(turn, (turn.say("ask-order"), Query("order", aspect="sorted"))),
    )


def _next(turn: Turn, places: tuple[str, ...]) -> tuple[Button, ...]:
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:1]]
    asked += [(turn.say("ask-documents", place=turn.place(one)), Query("documents", (one,))) for one in places[:1]]
    return suggest(turn, *asked, (turn.say("ask-order"), Query("order", aspect="sorted")))
