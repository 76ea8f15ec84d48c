"""Follow-ups that name a municipality: the last question for another one, "og Aarhus?", or "it" seen from there."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.message import Message
from knowledge.query import Query

ON_A_TOPIC = ("municipalities_with", "municipalities_without", "detail", "define", "topic_in_municipality")
ON_A_PLACE = (
    "documents", "dates", "in_force", "goals", "figures", "partners", "overview", "count", "timeline", "brief",
)  # fmt: skip
OF_ITS_OWN = (
    "when_cue", "document_cue", "goal_cue", "count_cue", "force_cue", "compare_cue", "common_cue", "partner_cue",
    "name_cue",
)  # fmt: skip
"""Cues that make a question with a place in it a question of its own."""
SIDE_BY_SIDE = ("compare", "in_common", "only_in", "compare_picture")
TURNS = ("correction", "add_to_comparison", "the_others")


def with_a_place(message: Message, last: Query) -> Query | None:
    """The last question for another municipality, or one that "it" ties to the last one."""
    places = message.slots.municipalities
    if message.top == "add_to_comparison" and len(message.subject.group) > 1 and message.has("compare_cue"):
        return Query("compare", _each(message.subject.group, places))
    if (
        message.has("compare_cue")
        and not message.has("same")
        and len(places) == 1
        and not message.topics
        and message.subject.municipalities
    ):
        before = message.subject.municipalities
        if len(before) == 1 and before != places:
            return Query("compare", (*before, *places))
    if query := _same_topic_there(message, last) or _named_there(message, last):
        return query
    if message.has("else") and not message.has_own_subject:
        return Query("overview", places)
    corrects = message.top == "correction" and message.has("correction") and not message.slots.topics.named
    if message.has_own_subject and corrects:
        return _same_for_other(message, last)
    if message.has_own_subject:
        return _it_in_a_place(message, last)
    return _same_for_other(message, last)


def _same_for_other(message: Message, last: Query) -> Query | None:
    """ "og Aarhus?", "what about Kolding?", "jeg mente København", "tag Roskilde med"."""
    places, library = message.slots.municipalities, message.library
    top = message.top
    if message.own_words and top not in TURNS:
        return None
    same = message.has("same")
    if message.has("initiatives") and not same and not message.says_it:
        return None  # "så giv mig Aarhus' indsatser"
    own_kind = message.has(*OF_ITS_OWN) and top != "the_others"
    if own_kind or (message.asks_overview and not message.has("same", "also") and not message.says_it):
        return None
    if last.intent in SIDE_BY_SIDE and not same:
        if len(places) == 1 and top != "correction":
            kind = last.intent if last.intent == "compare_picture" else "compare"
            return replace(last, intent=kind, municipalities=_each(last.municipalities, places))
        return replace(last, municipalities=places)
    if last.intent == "elsewhere":
        topics = library.main_themes(last.topics)
        return Query("topic_in_municipality" if topics else "overview", places, topics, last.join)
    if top == "add_to_comparison" and len(last.municipalities) > 1 and last.intent in ON_A_TOPIC:
        return Query("compare", _each(last.municipalities, places), last.topics)
    if last.intent in ON_A_TOPIC or (last.intent == "partners" and last.topics):
        topics = topics_for(message, places) or library.main_themes(last.topics or last.without)
        return Query("topic_in_municipality", places, topics) if topics else None
    if same and last.intent not in ("figures", "goals") and (topics := topics_for(message, places)):
        return Query("topic_in_municipality", places, topics)
    if last.intent in ON_A_PLACE:
        return for_places(last, places)
    return None


def topics_for(message: Message, places: tuple[str, ...]) -> tuple[str, ...]:
    """The topic of the conversation as it is asked for in these municipalities: theirs by name, else by its themes."""
    topics = message.subject.topics
    library = message.library
    own = tuple(one for one in topics if library.owner.get(one) in places)
    themes = library.main_themes(topics)
    if message.has("same") and not any(library.items_in(themes, place) for place in places):
        themes = library.themes_of(topics)  # "noget for den samme gruppe"
    return own or themes


def _same_topic_there(message: Message, last: Query) -> Query | None:
    """ "hvor tit mødes de i Roskilde?", "who does Roskilde do that with?": the topic of the last question, there."""
    places, pronoun = message.slots.municipalities, message.says_it or message.says_they
    topics = topics_for(message, places) or message.library.main_themes(last.topics)
    if not topics or len(places) > 1 or not pronoun or message.slots.topics.named:
        return None
    if message.has("partners", "partner_cue") and not message.without:
        return Query("partners", places, topics)
    return None


def _named_there(message: Message, last: Query) -> Query | None:
    """ "hvad hedder stedet i Kolding?", "hvor mange år løber det i Roskilde?": of the topic of the last question."""
    places = message.slots.municipalities
    topics = topics_for(message, places) or message.library.main_themes(last.topics)
    items = message.library.items_in(topics, places[0]) if len(places) == 1 else ()
    if not items or message.slots.topics.named or message.has("strategies", "documents"):
        return None
    if message.has("name_cue"):
        return Query("detail", (), items)
    if not (message.says_it or message.says_they) or not message.has(*OF_ITS_OWN):
        return None
    asks_how_much = message.has("count_cue", "when_cue") and not message.has("initiatives", "jobs")
    return Query("detail", (), items) if asks_how_much else None


def _it_in_a_place(message: Message, last: Query) -> Query | None:
    """ "do the ones in Aarhus do it as volunteers?": what "it" was, seen from the new topic."""
    library, places = message.library, message.slots.municipalities
    if not (message.says_it and message.topics and last.topics and len(places) == 1):
        return None
    before = set(library.items_on(library.main_themes(last.topics))) & set(library.items_of(places[0]))
    inside = tuple(one for one in library.items_on(message.topics) if one in before)
    return Query("detail", (), inside) if inside else None


def for_places(last: Query, places: tuple[str, ...]) -> Query:
    return Query(last.intent, places, aspect=last.aspect)


def _each(*groups: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))
