"""Questions that stand on the last answer: "og Aarhus?", "har de også et netværk?", "hvad med de andre?"."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.message import FLOOR, LISTS, Message
from knowledge.query import Query
from knowledge.questions import SURELY, question

ON_A_TOPIC = ("municipalities_with", "municipalities_without", "detail", "define", "topic_in_municipality")
ON_A_PLACE = (
    "documents", "dates", "in_force", "goals", "figures", "partners", "overview", "count", "timeline", "brief",
)  # fmt: skip
OF_ITS_OWN = (
    "when_cue", "document_cue", "goal_cue", "count_cue", "force_cue", "compare_cue", "common_cue", "partner_cue",
)  # fmt: skip
"""Cues that make a question with a place in it a question of its own."""
NARROWING = 6
"""Words of a message that may only narrow the last one: "kun det om rådgivning"."""
SIDE_BY_SIDE = ("compare", "in_common", "only_in", "compare_picture")
TURNS = ("correction", "add_to_comparison", "the_others")


def follow_up(message: Message) -> Query | None:
    """The query of a question that leans on the last one; None where it stands by itself."""
    last, slots, evidence = message.subject.query, message.slots, message.evidence
    if last is None or evidence.outside >= 1 or evidence.unexplained > 1:
        return None
    if slots.municipalities and not message.has("except"):
        if query := _same_topic_there(message, last):
            return query
        if message.has("else") and not message.has_own_subject:
            return Query("overview", slots.municipalities)
        if message.has_own_subject and message.top == "correction" and message.has("correction"):
            return _same_for_other(message, last)
        if message.has_own_subject:
            return _it_in_a_place(message, last)
        return _same_for_other(message, last)
    if slots.organisations or slots.documents or slots.milestones:
        return None
    if message.top == "again" and message.best("again") >= 0.6 and not message.topics:
        return replace(last, full=True, counted=False)
    if message.top == "source" and message.best("source") >= 0.6 and not message.topics:
        return Query("source")
    narrows = last.intent == "compare" and bool(message.topics)
    if not narrows and message.has("others", "other_one", "only") and (query := _others(message, last)):
        return query
    return _about_the_same(message, last)


def _same_for_other(message: Message, last: Query) -> Query | None:
    """ "og Aarhus?", "what about Kolding?", "jeg mente København", "tag Roskilde med"."""
    places, library = message.slots.municipalities, message.library
    top = message.top
    if message.own_words and top not in TURNS:
        return None
    new = message.best("overview") >= 0.75 and message.best("overview") > message.best(*TURNS)
    own_kind = message.has(*OF_ITS_OWN) and top != "the_others"
    if (new and not message.says_it and not message.has("correction")) or own_kind:
        return None
    if last.intent in SIDE_BY_SIDE:
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
        topics = library.main_themes(last.topics or last.without)
        return Query("topic_in_municipality", places, topics) if topics else None
    if last.intent in ON_A_PLACE:
        return _for_places(last, places)
    return None


def _same_topic_there(message: Message, last: Query) -> Query | None:
    """ "hvor tit mødes de i Roskilde?", "who does Roskilde do that with?": the topic of the last question, there."""
    topics = message.library.main_themes(last.topics)
    places, pronoun = message.slots.municipalities, message.says_it or message.says_they
    if not topics or len(places) > 1 or not pronoun or message.slots.topics.named or not message.has(*OF_ITS_OWN):
        return None
    if message.has("partner_cue"):
        return Query("partners", places, topics)
    items = message.library.items_in(topics, places[0])
    asks_how_much = message.has("count_cue", "when_cue") and not message.has("initiatives", "strategies")
    return Query("detail", (), items) if items and asks_how_much else None


def _it_in_a_place(message: Message, last: Query) -> Query | None:
    """ "do the ones in Aarhus do it as volunteers?": what "it" was, seen from the new topic."""
    library, places = message.library, message.slots.municipalities
    if not (message.says_it and message.topics and last.topics and len(places) == 1):
        return None
    before = set(library.items_on(library.main_themes(last.topics))) & set(library.items_of(places[0]))
    inside = tuple(one for one in library.items_on(message.topics) if one in before)
    return Query("detail", (), inside) if inside else None


def _for_places(last: Query, places: tuple[str, ...]) -> Query:
    return Query(last.intent, places, aspect=last.aspect, document_kind=last.document_kind)


def _others(message: Message, last: Query) -> Query | None:
    """ "hvad med de andre?", "who else?", "and who doesn't?", "er de de eneste?", "the other one"."""
    before, library, subject = message.subject.municipalities, message.library, message.subject
    if message.has("other_one") and len(subject.group) == 2 and len(before) == 1:
        other = tuple(one for one in subject.group if one not in before)
        if last.topics:
            return Query("topic_in_municipality", other, library.main_themes(last.topics))
        return question(message, other) or _for_places(last, other)
    if message.has("partner_cue", "count_cue", "when_cue", "compare_cue") or not (
        message.has("others") or message.says_they or message.says_it
    ):
        return None
    if message.says_they and message.has("else") and not message.has("which"):
        return Query("overview", before) if len(before) == 1 else None
    topics = library.main_themes(message.topics) or library.main_themes(last.topics)
    alone = "" if message.has("others") else "only"
    if alone and not topics:
        return None
    if message.topics:
        return Query("municipalities_with", (), topics, excluding=before)
    if last.intent == "municipalities_without":
        return Query("municipalities_with", (), last.without)
    if last.intent == "municipalities_with" and not last.excluding and not alone:
        return Query("municipalities_without", (), (), "any", last.topics)
    if last.intent in (*ON_A_TOPIC, "partners") and topics:
        return Query("municipalities_with", (), topics, excluding=before, aspect=alone)
    if last.intent in ON_A_PLACE:
        return _for_places(last, tuple(key for key in library.municipalities if key not in before))
    return None


def _about_the_same(message: Message, last: Query) -> Query | None:
    """Pronouns, ellipses and bare kinds: the municipality or initiative of the last answer is meant."""
    subject, library = message.subject, message.library
    if (
        message.slots.negated
        and not message.has_own_subject
        and (message.asks_all or message.best("municipalities_without") >= SURELY)
        and (topics := last.topics or last.without)
    ):
        return Query("municipalities_without", (), (), "any", topics)
    if message.topics:
        return _topic_of_the_same(message, last)
    if message.without:
        return None
    if message.asks_all and not message.has("partner_cue", "when_cue", "document_cue", "figure_cue", "goal_cue"):
        if message.has("municipalities") and message.best("list_municipalities", "list_strategies") >= FLOOR:
            return None
        if last.intent == "topic_in_municipality" and not subject.initiatives:
            return Query("municipalities_with", (), last.topics)
    if message.says_it and message.has("municipalities") and 0 < len(subject.initiatives) < 4:
        return Query("detail", (), subject.initiatives)
    asks_its_name = (
        message.has("name_cue") and message.says_it and not message.has("strategies", "documents", "partners")
    )
    if asks_its_name and len(subject.initiatives) == 1:
        return Query("detail", (), subject.initiatives)
    if message.has("jobs") and message.has("count_cue") and len(subject.municipalities) == 1:
        return Query("figures", subject.municipalities)
    told = [one for one in subject.initiatives[:2] if library.initiatives[one].figures]
    if told and len(subject.initiatives) < 3 and message.has("figure_cue", "count_cue", "when_cue"):
        return Query("detail", (), tuple(told))
    if query := question(message, subject.municipalities, bare=True):
        if query.intent == "partners" and last.topics and subject.initiatives:
            return replace(query, municipalities=(), topics=subject.initiatives)
        return query
    return _the_same_again(message, last)


def _topic_of_the_same(message: Message, last: Query) -> Query | None:
    subject, library = message.subject, message.library
    narrows = message.leans or len(message.reading.tokens) <= NARROWING
    if last.intent == "compare" and not message.asks_all and narrows:
        return replace(last, topics=message.topics)
    owners, before = set(library.having(message.topics, every=False)), set(subject.initiatives)
    inside = tuple(one for one in library.items_on(message.topics) if one in before)
    if message.has("these") and not inside and subject.initiatives:
        inside = message.topics_within(subject.initiatives).ids
    if inside and message.leans and not message.has("also"):
        return Query("detail", (), inside)
    if message.has("these") and len(subject.group) > 1 and owners & set(subject.group):
        return Query("municipalities_with", (), message.topics, within=subject.group)
    if message.has("there") and len(subject.municipalities) == 1:
        return question(message, subject.municipalities)
    if (
        message.says_it
        and not message.says_they
        and 0 < len(subject.initiatives) < 3
        and (message.has("which") or (len(message.reading.tokens) <= 6 and not message.themes_named))
    ):
        return Query("detail", (), subject.initiatives)
    if message.has("these") and not owners & set(subject.group):
        wanted, message.topics = message.topics, ()
        query = question(message, subject.group, bare=True)
        if query and query.intent not in LISTS:
            return query
        message.topics = wanted
        return Query("municipalities_with", (), wanted, within=subject.group) if subject.group else None
    if message.goals_named and message.leans:
        return question(message, subject.municipalities)
    if len(subject.municipalities) == 1 and not message.asks_all and (message.leans or message.yes_no):
        return question(message, subject.municipalities)
    return None


def _the_same_again(message: Message, last: Query) -> Query | None:
    """Nothing of its own: more on what the last answer was about."""
    subject = message.subject
    places = subject.municipalities
    if message.asks_all and not message.says_it and message.has("municipalities"):
        return None
    if not message.leans and len(message.reading.tokens) > 6 and message.best("detail", "overview") < FLOOR:
        return None
    if message.says_it and subject.initiatives and len(subject.initiatives) < 4:
        return Query("detail", (), subject.initiatives)
    wants_overview = message.best("overview") >= FLOOR and message.best("overview") >= message.best("detail")
    if len(places) == 1 and (
        last.intent in ("order", "count", "municipalities_without") or (wants_overview and not subject.initiatives)
    ):
        return Query("overview", places)
    if subject.initiatives and (last.topics or last.organisations):
        return Query("detail", (), subject.initiatives)
    if places and last.intent in (*ON_A_PLACE, *SIDE_BY_SIDE):
        return last
    return Query("overview", places) if len(places) == 1 else None


def _each(*groups: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))
