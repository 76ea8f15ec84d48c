"""When a question asks for then rather than now: a year that is named, or "dengang", "formerly"."""

from dataclasses import replace

from knowledge.message import FLOOR, Message
from knowledge.query import Query

EARLIER = "earlier"
"""`Query.then` of a question for what has been replaced since; otherwise it is a year."""
NEAR = 2
"""How far before "strategy" stands "the first"."""
ASKS_WHAT_IS = frozenset(
    {"municipalities_with", "municipalities_without", "topic_in_municipality", "overview", "overviews", "compare",
     "in_common", "only_in", "goals", "partners", "count"}
)  # fmt: skip
"""Intents whose answers are of a time."""


def then(message: Message, query: Query) -> Query:
    """The query with the time that it asks for.

    A year counts where something was replaced since: elsewhere then and now are the same, or the year only tells
    which strategy is meant.
    """
    library = message.library
    if query.then and message.has("now_cue"):
        return replace(query, then="")  # "og i dag?"
    if _asks_what_was(message, query):
        query = Query("overview", query.municipalities)
    if query.intent not in ASKS_WHAT_IS or not library.earlier:
        return query
    places = query.municipalities or tuple(library.municipalities)
    changed = {library.owner[one] for one in library.earlier}.intersection(places)
    if query.topics and query.intent != "overview":
        changed &= set(library.owners(one for place in changed for one in library.earlier_on(query.topics, place)))
    if not changed:
        return query
    year = message.slots.year
    if year and any(year < newer for place in changed for newer in library.renewed(place)):
        return replace(query, then=str(year), full=True)
    asks = message.has("earlier_cue") or _old_strategy(message)
    return replace(query, then=EARLIER, full=True) if asks else query


def _asks_what_was(message: Message, query: Query) -> bool:
    """ "What did the 2009 strategy include?", "what did they do back in 2010?": what was done, not when."""
    if query.intent not in ("dates", "detail", "documents", "in_force") or len(query.municipalities) != 1:
        return False
    if message.topics or message.has("when_cue", "name_cue", "strong_document", "force_cue"):
        return False
    year = message.slots.year
    past = bool(year) and any(year < newer for newer in message.library.renewed(query.municipalities[0]))
    return _old_strategy(message) or (past and (message.has("content_cue") or message.best("overview") >= FLOOR))


def _old_strategy(message: Message) -> bool:
    """Whether a strategy is called the first or the old one: "i sin første strategi"."""
    papers = message.places_of("strategies")
    return any(0 < paper - old <= NEAR for paper in papers for old in message.places_of("old_cue"))
