"""Real queries of every intent over a base, and all that can be reached from their answers by pressing buttons."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from handlers.actions import ASPECTS
from handlers.dialogue import HANDLERS, Dialogue
from handlers.reply import Button, Reply
from handlers.session import Session
from handlers.tour import NEWCOMER, ROUTES
from handlers.turn import Turn
from knowledge.library import Library
from knowledge.query import Query

TALK = frozenset(
    {"greeting", "thanks", "goodbye", "how_are_you", "praise", "complaint", "identity", "help", "switch_language",
     "subscribe", "unsubscribe", "subscriptions", "settings", "tour", "privacy", "my_data", "erase", "whats_new",
     "gone"}
)  # fmt: skip
"""Intents that are about the conversation: their answers state nothing of any municipality."""
PLAIN = (
    "list_municipalities", "list_strategies", "list_themes", "list_documents", "documents", "dates", "in_force",
    "figures", "goals", "partners", "source", "matrix", "timeline",
)  # fmt: skip
"""Intents that can be asked of the base as a whole."""
OF_A_PLACE = (
    "overview", "documents", "dates", "in_force", "goals", "figures", "partners", "only_in", "timeline", "brief",
)  # fmt: skip
OF_TWO = ("compare", "in_common", "only_in", "overviews", "compare_picture", "matrix")


def real_queries(library: Library) -> Iterator[Query]:
    """Queries of every intent: each place, pair, theme, initiative, goal, paper, word and organisation of the base."""
    places, themes, initiatives = tuple(library.municipalities), tuple(library.themes), tuple(library.initiatives)
    yield from (Query(intent) for intent in (*sorted(TALK), *PLAIN))
    for role, steps in ROUTES.items():
        yield from (Query("tour", aspect=role * (role != NEWCOMER), number=one + 1) for one in range(len(steps) + 1))
    yield from (
        Query(intent, aspect=one) for intent, aspects in ASPECTS.items() for one in aspects if one not in ROUTES
    )
    for place in places:
        yield from (Query(intent, (place,)) for intent in OF_A_PLACE)
        yield Query("tour", (place,), number=ROUTES[NEWCOMER].index("place") + 1)
        yield from (Query("topic_in_municipality", (place,), (theme,)) for theme in themes)
        yield Query("count", (place,), aspect="initiatives")
    for pair in combinations(places, 2):
        yield from (Query(intent, pair) for intent in OF_TWO)
        yield Query("topic_in_municipality", pair, ("mentorordning",))
        yield Query("compare", pair, ("netvaerk",))
        yield Query("order", pair, aspect="first", within=pair)
    yield Query("compare", places)
    yield Query("compare_picture", places)
    for theme in themes:
        yield Query("municipalities_with", (), (theme,))
        yield Query("municipalities_with", (), (theme,), counted=True)
        yield Query("municipalities_without", (), (), "any", (theme,))
        yield Query("define", (), (theme,))
        yield Query("brief", (), (theme,))
        yield Query("partners", (), (theme,))
    for theme, other in combinations(themes, 2):
        yield Query("municipalities_with", (), (theme, other), "all")
    yield Query("municipalities_with", (), ("mentorordning",), excluding=("aarhus",))
    yield Query("municipalities_without", (), ("netvaerk",), "any", ("mentorordning",))
    yield Query("municipalities_without", documents=("koebenhavn-evaluering",))
    for one in initiatives:
        yield Query("detail", (), (one,))
        yield Query("municipalities_with", (), (one,))
    yield Query("detail", (), initiatives[:9])
    yield from (Query("goals", (), (one,)) for one in library.goals)
    for document in library.documents:
        yield Query("documents", library.owners([document]), documents=(document,))
        yield Query("dates", documents=(document,))
    yield from (Query("define", terms=(one,)) for one in library.terms)
    yield from (Query("partners", organisations=(one,)) for one in library.organisations)
    yield from (Query("dates", library.owners([one]), milestones=(one,)) for one in library.milestones)
    for year in (2009, 2010, 2012, 2014, 2020):
        yield Query("dates", year=year)
    for aspect in ("first", "last", "next", "sorted", "reversed"):
        yield Query("order", aspect=aspect)
    for aspect in ("initiatives", "strategies", "documents", "themes", "partners", "municipalities"):
        yield Query("count", aspect=aspect)
    yield from (Query("figures", number=one) for one in sorted(library.figures))
    for intent in ("subscribe", "unsubscribe"):
        yield Query(intent, ("kolding",), ("indkoeb",))
        yield Query(intent, strategies=("kolding-2014",))
    yield Query("subscribe", without=("indkoeb",), excluding=("aarhus",), full=True, aspect="weekly-0-at-9")
    yield Query("whats_new", ("kolding",))
    yield Query("whats_new", (), ("indkoeb",), year=2026, number=3)
    yield Query("whats_new", (), ("afknopning",), year=2027)
    yield Query("elsewhere", unknown_places=("Odense",))
    yield Query("elsewhere", topics=("mentorordning",), unknown_places=("Odense", "Aalborg"))


def answer_to(dialogue: Dialogue, query: Query, language: str) -> Reply:
    """What the table's handler answers."""
    return HANDLERS[query.intent](Turn(dialogue.library, query, language, dialogue.today()))


@dataclass(frozen=True)
class Pressed:
    """A button that was pressed: where it stood, and what came."""

    button: Button
    suggested: bool
    before: Session
    """The session when the button was shown."""
    reply: Reply


def reachable(dialogue: Dialogue, language: str) -> list[Pressed]:
    """Every button that can be reached, breadth first from the answers to all real queries; each action once."""
    found: dict[str, Pressed] = {}
    waiting = deque(
        (answer_to(dialogue, query, language), Session(language)) for query in real_queries(dialogue.library)
    )
    while waiting:
        reply, session = waiting.popleft()
        for number, button in enumerate((*reply.suggestions, *reply.buttons)):
            if button.action not in found:
                then, after = dialogue.act(button.action, session)
                found[button.action] = Pressed(button, number < len(reply.suggestions), session, then)
                waiting.append((then, after))
    return list(found.values())
