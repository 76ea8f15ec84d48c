"""The themes: all of them, and what a word means."""

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
    source_line,
    strategy_links,
    suggest,
)
from handlers.reply import Block, Bullets, Reply
from handlers.turn import Turn
from knowledge.query import Query


def list_themes(turn: Turn) -> Reply:
    """Every theme with the number of municipalities that work with it."""
    library = turn.library
    points = [
        point(turn.topic(theme), f" – {turn.places(places)}")
        for theme in library.themes
        if (places := library.having([theme], every=False))
    ]
    shown, buttons = folded(turn, points, at_most=24)
    asked = [
        (turn.say("ask-who", topic=_lower(turn, one)), Query("municipalities_with", (), (one,)))
        for one in list(library.themes)[:2]
    ]
    asked.append((turn.say("ask-municipalities"), Query("list_municipalities")))
    strategies = [one.id for place in library.municipalities if (one := library.current_strategy(place))]
    return reply(
        turn,
        (paragraph(turn.say("list-themes", count=len(library.themes))), *shown, source_line(turn, strategies)),
        about(turn, themes=library.themes),
        (),
        buttons,
        suggest(turn, *asked),
    )


def define(turn: Turn) -> Reply:
    """What a theme or a word of the field means, and who works with it."""
    library, query = turn.library, turn.query
    if query.terms:
        return _word(turn)
    if not query.topics:
        return list_themes(turn)
    items = library.items_on(query.topics)
    places = library.having(query.topics, every=False)
    heads = [
        paragraph(
            turn.say(
                "means", word=turn.say("quoted", text=turn.topic(one)), text=turn.text(library.themes[one].definition)
            )
        )
        for one in query.topics
        if one in library.themes
    ]
    points = [
        point(f"{turn.topic(one)} ({turn.place(library.owner[one])}): ", describe(turn, item, details=len(items) < 4))
        for one in items
        if (item := library.item(one))
    ]
    shown, buttons = folded(turn, points) if points else ((), ())
    initiatives = [one for one in items if one in library.initiatives]
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in places[:2]]
    asked.append((turn.say("ask-themes"), Query("list_themes")))
    return reply(
        turn,
        (*heads, *shown, *old_remarks(turn, places), source_line(turn, items)),
        about(turn, municipalities=places, initiatives=initiatives, themes=library.main_themes(query.topics)),
        strategy_links(turn, places),
        buttons,
        suggest(turn, *asked),
    )


def _word(turn: Turn) -> Reply:
    terms = [turn.library.terms[one] for one in turn.query.terms]
    points = [point(f"{turn.text(one.name)}: ", turn.text(one.definition)) for one in terms]
    points += [point("", turn.text(fact.text)) for one in terms for fact in one.facts]
    blocks: list[Block] = [Bullets(tuple(points))]
    if any(one.legal for one in terms):
        blocks.append(paragraph(turn.say("no-legal-advice")))
    notes = [
        source for one in terms for source in (*one.sources, *(held for fact in one.facts for held in fact.sources))
    ]
    documents = list(dict.fromkeys(source.document for source in notes))
    asked = [
        (turn.say("ask-municipalities"), Query("list_municipalities")),
        (turn.say("ask-themes"), Query("list_themes")),
    ]
    return reply(
        turn,
        (*blocks, read_line(turn, documents)),
        about(turn),
        document_links(turn, documents),
        (),
        suggest(turn, *asked),
    )


def _lower(turn: Turn, topic: str) -> str:
    name = turn.topic(topic)
    return name[:1].lower() + name[1:]
