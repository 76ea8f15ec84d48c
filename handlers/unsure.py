"""When the base has no answer, or two readings are close: said plainly, with what can be asked instead."""

from dataclasses import replace

from handlers.parts import about, paragraph, reply, suggest
from handlers.reply import Reply
from handlers.turn import Turn
from handlers.welcome import examples, help_me
from knowledge.query import Query


def unknown(turn: Turn) -> Reply:
    """Nothing in the base answers this; what it is about can be asked."""
    places = turn.some_places(turn.library.told)
    blocks = (paragraph(turn.say("unknown")), paragraph(turn.say("unknown-instead", places=places)))
    return reply(turn, blocks, about(turn, status="unknown"), (), (), examples(turn))


def gone(turn: Turn) -> Reply:
    """A button or a link to what the base does not have (any more): said kindly, with what can be asked."""
    told = help_me(turn)
    return replace(told, blocks=(paragraph(turn.say("gone")), *told.blocks), about=about(turn, status="unknown"))


def elsewhere(turn: Turn) -> Reply:
    """A place that the base has nothing on; those that it has are named."""
    library, query = turn.library, turn.query
    known = tuple(library.municipalities)
    named = turn.listed(list(query.unknown_places[:5]))
    head = turn.say("elsewhere", places=named, count=len(known), known=turn.some_places(known))
    theme = next(iter(library.main_themes(query.topics)), "")
    asked = [(turn.say("ask-overview", place=turn.place(one)), Query("overview", (one,))) for one in known[:2]]
    if theme:
        asked.insert(
            0, (turn.say("ask-who", topic=turn.topic(theme).lower()), Query("municipalities_with", (), (theme,)))
        )
    return reply(turn, (paragraph(head),), about(turn, status="unknown"), (), (), suggest(turn, *asked))


def clarify(turn: Turn) -> Reply:
    """Two readings are close: which one?"""
    from_query = [(one, option) for option in turn.options[:3] if (one := _as_question(turn, option))]
    buttons = suggest(turn, *from_query)
    text = turn.say("clarify", choices=turn.listed([turn.say("quoted", text=one.label) for one in buttons], "or"))
    return reply(turn, (paragraph(text),), about(turn, status="clarify"), (), (), buttons)


def _as_question(turn: Turn, query: Query) -> str:
    if query.intent == "municipalities_with" and query.topics:
        return turn.say("ask-who", topic=turn.topic(query.topics[0]).lower())
    if query.municipalities and query.topics:
        return turn.say("ask-has", place=turn.place(query.municipalities[0]), topic=turn.topic(query.topics[0]).lower())
    if query.municipalities and query.intent in ("overview", "documents", "dates", "partners", "goals"):
        return turn.say(f"ask-{query.intent}", place=turn.place(query.municipalities[0]))
    return ""
