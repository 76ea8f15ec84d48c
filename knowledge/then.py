"""When a question asks for then rather than now: a year that is named, or "dengang", "formerly"."""

from dataclasses import replace

from knowledge.message import Message
from knowledge.query import Query

EARLIER = "earlier"
"""`Query.then` of a question for what has been replaced since; otherwise it is a year."""
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
    if query.intent not in ASKS_WHAT_IS or not library.earlier:
        return query
    places = query.municipalities or tuple(library.municipalities)
    changed = {place for place in places if any(library.owner[one] == place for one in library.earlier)}
    if query.topics and query.intent != "overview":
        changed &= set(library.owners(one for place in changed for one in library.earlier_on(query.topics, place)))
    if not changed:
        return query
    year = message.slots.year
    if year and any(year < newer for place in changed for newer in library.renewed(place)):
        return replace(query, then=str(year), full=True)
    return replace(query, then=EARLIER, full=True) if message.has("earlier_cue") else query
