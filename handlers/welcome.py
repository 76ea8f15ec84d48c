"""Greetings, thanks and help."""

from handlers.parts import about, paragraph, reply, suggest
from handlers.reply import Bullets, Button, Reply, Span
from handlers.turn import Turn
from knowledge.query import Query


def talk(turn: Turn) -> Reply:
    """A greeting, thanks, a goodbye and the like: one friendly line, and questions to go on with."""
    return reply(turn, (paragraph(turn.say(turn.query.intent.replace("_", "-"))),), about(turn), (), (), examples(turn))


def help_me(turn: Turn) -> Reply:
    """What one can ask, with examples."""
    places = list(turn.library.municipalities)
    lines = [(Span(button.label),) for button in examples(turn, many=True)]
    blocks = (
        paragraph(turn.say("help", count=len(places), places=turn.some_places(turn.library.told, 6))),
        Bullets(tuple(lines)),
        paragraph(turn.say("help-more")),
    )
    return reply(turn, blocks, about(turn), (), (), examples(turn))


def examples(turn: Turn, *, many: bool = False) -> tuple[Button, ...]:
    """Questions that show what the base can answer, made from its own first themes and municipalities."""
    library = turn.library
    places, themes = library.told or tuple(library.municipalities), list(library.themes)
    asked = [
        (turn.say("ask-who", topic=turn.topic(themes[0]).lower()), Query("municipalities_with", (), (themes[0],))),
        (turn.say("ask-overview", place=turn.place(places[0])), Query("overview", (places[0],))),
    ]
    if len(places) > 1:
        pair = (places[0], places[1])
        asked.append((turn.say("ask-compare", places=turn.places(pair)), Query("compare", pair)))
    asked += [
        (turn.say("ask-themes"), Query("list_themes")),
        (turn.say("ask-order"), Query("order", aspect="sorted")),
        (turn.say("ask-documents", place=turn.place(places[-1])), Query("documents", (places[-1],))),
    ]
    if not many:
        return suggest(turn, *asked)
    return tuple(button for one in asked for button in suggest(turn, one))
