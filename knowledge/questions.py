"""The kinds of question, one rule each: slots and cues -> query, in the order in which they are tried."""

from knowledge.asked_facts import explained, goals, partners
from knowledge.asked_numbers import counted, figures, most
from knowledge.asked_papers import papers, titles
from knowledge.asked_places import all_but, missing, peculiar, side_by_side
from knowledge.asked_when import dated_steps, dates, in_force, in_order
from knowledge.message import FLOOR, LISTS, Message
from knowledge.query import Places, Query


def question(message: Message, given: Places = (), *, bare: bool = False) -> Query | None:
    """The question by its slots and cues.

    `given`: the municipalities that the last answer was about, where the message names none. With `bare` only the
    kinds that a cue asks for are meant: the message names nothing itself.
    """
    if message.has("overall") and not (message.says_they or message.says_it):
        given = ()  # "hvor mange strategier er der i alt?"
    places = message.slots.municipalities or given
    for rule in RULES:
        if query := rule(message, places):
            return query
    return None if bare else plain(message, places)


def plain(message: Message, places: Places) -> Query | None:
    """No cue: the slots alone tell the kind."""
    slots = message.slots
    topics = message.topics or message.without
    found = message.library.items_in(topics, places[0]) if places else ()
    begins_with_verb = 0 in message.places_of("auxiliary")
    if places and topics and not found and not begins_with_verb and message.goals_touched(places[0]):
        return Query("goals", places)
    goals_only = topics and all(one in message.library.goals for one in topics)
    if topics and places:
        topics = message.library.main_themes(topics) if goals_only else topics
        return Query("topic_in_municipality", places, topics, slots.topics.join)
    if topics:
        return Query("municipalities_with", (), topics, slots.topics.join)
    if len(places) > 1:
        return Query("compare", places)
    if places:
        asks_otherwise = message.has("count_cue", "when_cue") or (
            0 in message.places_of("which") and not slots.documents
        )
        asks_otherwise = asks_otherwise and message.best("overview") < FLOOR
        return None if asks_otherwise else Query("overview", places)
    if slots.documents:
        return Query("documents", documents=slots.documents)
    if slots.terms and (message.has("define_cue") or len(message.reading.tokens) <= 3):
        return Query("define", terms=slots.terms)
    return None


def hinted(message: Message) -> Query | None:
    """Nothing but hints, and nothing that speaks against them."""
    if message.clean and len(message.slots.topics.ids) <= 2 and (message.has("which") or message.evidence.domain):
        message.topics = message.slots.topics.ids
        return plain(message, message.slots.municipalities)
    return None


def close_readings(message: Message) -> tuple[Query, ...]:
    """Themes that the words hint at alike, none of them by name ("viden"): two or three, or none to ask back about."""
    themes = message.library.main_themes(message.slots.topics.ids)
    if message.evidence.against or message.subject.query or message.slots.numbers or not 2 <= len(themes) <= 3:
        return ()
    place = message.slots.municipalities
    intent = "topic_in_municipality" if place else "municipalities_with"
    return tuple(Query(intent, place, (theme,)) for theme in themes)


def listed(message: Message, places: Places) -> Query | None:
    """All municipalities, themes, documents, partners or initiatives."""
    if message.names_something or message.evidence.against > 0.5:
        return None
    if message.subject.query and message.opens_elliptic and not message.has("municipalities"):
        return None
    if (
        0 < len(message.subject.initiatives) < 3
        and len(message.reading.tokens) <= 4
        and not message.has("municipalities")
        and not message.has("list_cue")
    ):
        return None  # "which fields?"
    if message.has("initiatives") and message.has("list_cue") and not message.has("strategies", "documents", "themes"):
        return None if places else Query("overview", tuple(message.library.municipalities))
    fitting = [one for one in message.scores if one.intent in LISTS and one.score >= FLOOR]
    if message.has("themes") and not message.has("municipalities", "strategies", "documents") and fitting:
        return Query("list_themes")
    if fitting and (not message.subject.query or message.top in LISTS):
        return Query(fitting[0].intent)
    if message.slots.topics.named and len(message.reading.tokens) > 5:
        return None
    if message.has("list_cue") or len(message.reading.tokens) <= 2:
        for name, intent in (
            ("partners", "partners"), ("documents", "list_documents"), ("themes", "list_themes"),
            ("initiatives", "overview"), ("strategies", "list_strategies"), ("municipalities", "list_municipalities"),
        ):  # fmt: skip
            if message.has(name) and not (places and intent in ("partners", "overview")):
                return Query(intent, tuple(message.library.municipalities) if intent == "overview" else ())
    return None


RULES = (
    dated_steps, all_but, most, in_order, side_by_side, titles, papers, counted, figures, in_force, dates, missing,
    peculiar, partners, goals, explained, listed,
)  # fmt: skip
"""Tried from left to right; the first that gives a query wins."""
