"""Who works with whom, in both directions."""

from handlers.parts import (
    about,
    describe,
    old_remarks,
    paragraph,
    partner_names,
    point,
    reply,
    source_line,
    strategy_links,
    suggest,
)
from handlers.reply import Block, Bullets, Reply
from handlers.turn import Turn
from knowledge.query import Query


def partners(turn: Turn) -> Reply:
    """The partners of a municipality or an initiative; or the municipalities that name an organisation."""
    return _who_works_with(turn) if turn.query.organisations else _partners_of(turn)


def _who_works_with(turn: Turn) -> Reply:
    library, query = turn.library, turn.query
    items = [one for name in query.organisations for one in library.work_with(name)]
    here = [one for one in items if library.owner[one] in query.municipalities]
    items = list(dict.fromkeys(here or items))
    names = turn.listed([library.organisations[one].name for one in query.organisations])
    if query.municipalities and not here:
        return _not_here(turn, items, names)
    steps = [one for one in library.milestones.values() if set(one.organisations) & set(query.organisations)]
    points = [
        point(f"{turn.place(library.owner[one])} – {turn.topic(one)}: ", describe(turn, library.initiatives[one]))
        for one in items
    ]
    points += [
        point(f"{turn.place(library.owner[one.id])}, {turn.date(one.date)}: ", turn.text(one.text)) for one in steps
    ]
    places = library.owners([*items, *(one.id for one in steps)])
    head = turn.say("organisation-works", name=names, places=turn.places(places))
    return _reply(turn, [paragraph(head), Bullets(tuple(points))], items, places, [one.id for one in steps])


def _not_here(turn: Turn, items: list[str], names: str) -> Reply:
    """That the sources tell of no work with the organisation in the municipality, and where they do."""
    places = turn.query.municipalities
    others = turn.library.owners(items)
    head = turn.say("organisation-not-here", name=names, place=turn.places(places), count=len(others),
                    others=turn.places(others))  # fmt: skip
    return _reply(turn, [paragraph(head)], [], places, items)


def _partners_of(turn: Turn) -> Reply:
    library, query = turn.library, turn.query
    if query.municipalities and query.topics:
        # By municipality: a theme may have many thousand, of which a municipality has few.
        inside = [place for place in library.municipalities if place in query.municipalities]
        found = [one for topic in query.topics for place in inside for one in library.items_in([topic], place)]
        items = [one for one in dict.fromkeys(found) if one in library.initiatives]
    elif query.municipalities:
        items = [one.id for place in query.municipalities for one in library.initiatives_of(place)]
    elif query.topics:
        items = [one for one in library.items_on(query.topics) if one in library.initiatives]
    else:
        items = [one for one in library.initiatives if partner_names(turn, library.initiatives[one])]
    places = query.municipalities or library.owners(items)
    named = [one for one in items if partner_names(turn, library.initiatives[one])]
    points = [
        point(
            f"{turn.listed(partner_names(turn, library.initiatives[one]))}: ",
            f"{turn.topic(one)} ({turn.place(library.owner[one])}). ",
            turn.text(library.initiatives[one].summary),
        )
        for one in named
    ]
    blocks: list[Block]
    if points:
        blocks = [paragraph(turn.say("partners-of", places=turn.places(places))), Bullets(tuple(points))]
    else:
        blocks = [paragraph(turn.say("partners-none", places=turn.places(places)))]
        blocks += [
            Bullets(tuple(point(f"{turn.topic(one)}: ", describe(turn, library.initiatives[one])) for one in items[:4]))
        ]
    return _reply(turn, blocks, named or (items if query.topics else []), places, [])


def _reply(turn: Turn, blocks: list[Block], items: list[str], places: tuple[str, ...], steps: list[str]) -> Reply:
    strategies = [one.id for place in places if (one := turn.library.current_strategy(place))]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:2]]
    if not turn.query.municipalities:
        asked = [
            (turn.say("ask-partners", place=turn.place(one)), Query("partners", (one,))) for one in places[:1]
        ] + asked
    return reply(
        turn,
        (*blocks, *old_remarks(turn, places), source_line(turn, [*items, *steps] or strategies)),
        about(
            turn,
            municipalities=places,
            initiatives=items,
            strategies=strategies,
            themes=turn.library.main_themes(items),
        ),
        strategy_links(turn, places),
        (),
        suggest(turn, *asked),
    )
