"""Questions that stand on the last answer: "og Aarhus?", "har de også et netværk?", "hvad med de andre?"."""

from dataclasses import replace

from knowledge.followups_with_place import ON_A_PLACE, ON_A_TOPIC, SIDE_BY_SIDE, for_places, topics_for, with_a_place
from knowledge.message import FLOOR, LISTS, SURELY, Message
from knowledge.query import Query
from knowledge.questions import question

NARROWING = 6
"""Words of a message that may only narrow the last one: "kun det om rådgivning"."""
FEW_WORDS = 3
"""Words of "in which fields?", where "hvilke temaer er der?" asks for the list."""
BARE = 5
"""Words of a message that asks with hardly more than a question word: "og for hvem?"."""
WITH = frozenset({"med", "with"})
FEW = 4
"""Initiatives that "it" can still stand for are fewer."""


def follow_up(message: Message) -> Query | None:
    """The query of a question that leans on the last one; None where it stands by itself."""
    last, slots, evidence = message.subject.query, message.slots, message.evidence
    if last is None or evidence.outside >= 1 or evidence.unexplained > 1:
        return None
    if query := _picked(message, last) or _corrected(message, last):
        return query
    if slots.municipalities and not message.has("except"):
        return with_a_place(message, last)
    if slots.organisations or slots.documents or slots.milestones:
        return None
    if query := _more_there(message) or _back_to(message):
        return query
    if message.top == "again" and message.best("again") >= 0.6 and not message.topics:
        return replace(last, full=True, counted=False)
    if message.top == "source" and message.best("source") >= 0.6 and not message.topics:
        return Query("source")
    if query := _who_with(message, last) or _narrowed(message, last):
        return query
    if message.has("others", "other_one", "only") and (query := _others(message, last)):
        return query
    return _about_the_same(message, last)


# ---- picked from what was listed, corrected


def _picked(message: Message, last: Query) -> Query | None:
    """ "den sidste af dem, hvad handler den om", "the first of the two": one of what the last answer listed."""
    subject, listed = message.subject, message.subject.listed
    place = message.picks
    if place == 0 or last.intent in ("order", "dates", "documents") or message.topics or message.slots.municipalities:
        return None
    if message.has("strategies", "documents", "when_cue", "document_cue"):
        return None
    if len(listed) < 2 or abs(place) > len(listed):
        return None
    one = listed[place - 1 if place > 0 else place]
    if one in message.library.initiatives:
        return Query("detail", (), (one,))
    own = tuple(item for item in subject.initiatives if message.library.owner[item] == one)
    own = own or message.library.items_in(topics_for(message, (one,)), one)
    return Query("detail", (), own) if own else Query("overview", (one,))


def _corrected(message: Message, last: Query) -> Query | None:
    """ "ikke rådgivning, netværk!", "not Roskilde, Aarhus", "no, I meant the mentor scheme"."""
    slots, subject = message.slots, message.subject
    refused = slots.refused
    if not message.has("correction") and not message.opens_with_not:
        return None
    places = tuple(one for one in slots.municipalities if one not in refused)
    if refused and places:
        if topics := message.topics or topics_for(message, places):
            return Query("topic_in_municipality", places, topics)
        return question(message, places, bare=True) or (for_places(last, places) if last.intent in ON_A_PLACE else None)
    if slots.municipalities and message.topics and last.intent == "partners" and message.has("correction"):
        return Query("partners", slots.municipalities, message.topics)
    if slots.municipalities or not message.topics or message.asks_all or message.has("count_cue", "when_cue"):
        return None
    if message.without and not message.opens_with_not:
        return None
    if last.intent == "partners":
        return Query("partners", subject.municipalities if len(subject.municipalities) == 1 else (), message.topics)
    if len(subject.municipalities) == 1:
        return Query("topic_in_municipality", subject.municipalities, message.topics)
    if last.intent in SIDE_BY_SIDE:
        return replace(last, topics=message.topics)
    return Query("municipalities_with", (), message.topics, slots.topics.join)


# ---- more of it, less of it, back to it


def _more_there(message: Message) -> Query | None:
    """ "hvad mere laver de?", "what else is in that strategy?", "the other initiatives of that city"."""
    places = message.subject.municipalities
    more = message.has("else", "more") or (message.has("others") and message.has("initiatives"))
    if len(places) != 1 or message.topics or message.without or not more:
        return None
    if message.has("document_cue", "when_cue", "partners", "partner_cue") or message.asks_others:
        return None
    if message.has("municipalities") and not (message.says_they or message.has("this_place")):
        return None
    if message.says_they or message.has("strategies", "initiatives"):
        return Query("overview", places)
    if len(message.subject.initiatives) == 1 and message.has("this_place", "there"):
        return Query("detail", (), message.subject.initiatives)  # "what else will be there?"
    return Query("overview", places) if message.has("this_place") else None


def _back_to(message: Message) -> Query | None:
    """ "tilbage til fonden: hvem er partneren?": the one of that kind that was spoken of."""
    if not message.has("back") or not message.topics:
        return None
    seen = message.topics_within(message.subject.seen).ids[:1]
    if not seen:
        return None
    if message.has("partner_cue", "partners"):
        return Query("partners", (), seen)
    return Query("detail", (), seen)


def _who_with(message: Message, last: Query) -> Query | None:
    """ "hvem er de gået sammen med?", "who turned up?": of the few things or the event that were just told of."""
    items = message.subject.initiatives
    if message.has("more", "else", "others", "first", "last") or len(message.reading.tokens) > NARROWING:
        return None
    if message.has("partner_cue") and message.has("they") and 0 < len(items) < FEW:
        return Query("partners", (), items)
    return last if message.has("attended") and message.has("which") and last.intent == "dates" else None


def _narrowed(message: Message, last: Query) -> Query | None:
    """ "kun det om rådgivning", "den med pilotprojekter", "hvad er deres pulje til": a part of the last answer."""
    subject, library = message.subject, message.library
    if not message.topics or message.has("others", "also", "compare_cue", "count_cue", "these") or message.without:
        return None
    if last.intent == "compare":
        short = message.leans or len(message.reading.tokens) <= NARROWING
        return replace(last, topics=message.topics) if short and not message.asks_all else None
    within = set(subject.initiatives)
    if not message.narrows:
        return None
    inside = tuple(one for one in library.items_on(message.topics) if one in within)
    inside = inside or message.topics_within(subject.initiatives).ids or message.topics_within(subject.seen).ids
    named = tuple(one for one in message.topics if one in inside)
    if named or inside:
        return Query("detail", (), named or inside)
    if len(subject.municipalities) == 1 and library.items_in(message.topics, subject.municipalities[0]):
        return Query("topic_in_municipality", subject.municipalities, message.topics)
    return None


# ---- the others, and the same


def _others(message: Message, last: Query) -> Query | None:
    """ "hvad med de andre?", "who else?", "and who doesn't?", "er de de eneste?", "the other one"."""
    before, library, subject = message.subject.municipalities, message.library, message.subject
    if message.has("other_one") and not message.several and len(subject.group) > 1 and len(before) == 1:
        other = tuple(one for one in subject.group if one not in before)[-1:]
        if message.topics:
            return Query("topic_in_municipality", other, message.topics)
        topics = topics_for(message, other)
        query = question(message, other, bare=True)
        if query and query.intent not in LISTS:
            return replace(query, topics=topics) if query.intent == "partners" else query
        if topics:
            items = library.items_in(topics, other[0])
            return Query("detail", (), items) if items else Query("topic_in_municipality", other, topics)
        return for_places(last, other) if last.intent in ON_A_PLACE else Query("overview", other)
    if message.has("partner_cue", "count_cue", "when_cue", "compare_cue") or not (
        message.has("others") or message.says_they or message.says_it
    ):
        return None
    aside = message.says_it or not (message.has("others") and message.clean)
    hints = () if aside else message.slots.topics.ids  # "er der andre, der har midler?"
    own = library.main_themes(message.topics or hints)
    topics = own or library.main_themes(last.topics or subject.topics)
    alone = "" if message.has("others") else "only"
    if alone and not topics:
        return None
    if own:
        return Query("municipalities_with", (), topics, excluding=before, aspect=alone)
    if last.intent == "municipalities_without":
        return Query("municipalities_with", (), last.without)
    if last.intent == "municipalities_with" and not last.excluding and not alone:
        return Query("municipalities_without", (), (), "any", last.topics)
    if last.intent in (*ON_A_TOPIC, "partners") and topics:
        return Query("municipalities_with", (), topics, excluding=before, aspect=alone)
    if last.intent in ON_A_PLACE:
        return for_places(last, tuple(key for key in library.municipalities if key not in before))
    return None


def _about_the_same(message: Message, last: Query) -> Query | None:
    """Pronouns, ellipses and bare kinds: the municipality or initiative of the last answer is meant."""
    subject, library = message.subject, message.library
    if (
        message.slots.negated
        and not message.has_own_subject
        and (topics := last.topics or last.without or subject.topics)
    ):
        leans = message.says_it or message.says_they
        wholly = message.best("municipalities_without") >= (FLOOR if leans else SURELY)
        if message.asks_all or wholly or message.top in ("the_others", "municipalities_without"):
            return Query("municipalities_without", (), (), "any", topics)
    affirms = last.intent == "municipalities_without" and message.is_bare and not message.slots.negated
    if affirms and message.has("which") and not message.topics and len(message.reading.tokens) <= BARE:
        return Query("municipalities_with", (), last.without)  # "and which ones do?"
    bare_preposition = message.opens_with_preposition and 0 < len(subject.initiatives) < FEW
    if message.topics and not bare_preposition:
        return _topic_of_the_same(message)
    if message.without:
        asks_of_one = len(subject.municipalities) == 1 and not message.asks_all
        return Query("topic_in_municipality", subject.municipalities, message.without) if asks_of_one else None
    short = len(message.reading.tokens) <= (NARROWING if message.says_it else FEW_WORDS)
    fields = message.has("themes") and message.has("which") and short
    if fields and 0 < len(subject.initiatives) < FEW:
        return Query("detail", (), subject.initiatives)  # "in which fields?"
    if message.has("strategies") and last.intent == "documents" and not message.asks_all:
        papers = tuple(one for place in subject.municipalities for one in library.strategy_papers(place))
        if papers and not message.has("when_cue", "force_cue", "goal_cue", "others", "first", "last", "these"):
            return Query("documents", subject.municipalities, documents=papers)
    if message.asks_all and not message.has("partner_cue", "when_cue", "document_cue", "figure_cue", "goal_cue"):
        if message.has("municipalities") and message.best("list_municipalities", "list_strategies") >= FLOOR:
            return None
        if last.intent == "topic_in_municipality" and not subject.initiatives:
            return Query("municipalities_with", (), last.topics)
    if message.opens_with_preposition and 0 < len(subject.initiatives) < FEW:
        alike = message.has("partner_cue") or message.reading.tokens[0].folded in WITH
        return Query("partners" if alike else "detail", (), subject.initiatives)
    found = message.says_it and last.intent in ON_A_PLACE and (message.at_most_where or not message.asks_all)
    theirs = message.has("strategies") and len(subject.municipalities) == 1 and message.at_most_where
    if message.has("fetch") and (found or theirs):
        return Query("documents", subject.municipalities)  # "where can I find it?", "og hvor finder jeg strategien?"
    if message.has("example") and (items := _with_organisations(message)):
        return Query("detail", (), items)
    if message.says_it and message.has("municipalities") and 0 < len(subject.initiatives) < FEW:
        return Query("detail", (), subject.initiatives)
    asks_its_name = (
        message.has("name_cue") and message.says_it and not message.has("strategies", "documents", "partners")
    )
    if asks_its_name and len(subject.initiatives) == 1:
        return Query("detail", (), subject.initiatives)
    if message.has("name_cue") and message.has("initiatives") and len(subject.municipalities) == 1:
        return Query("overview", subject.municipalities)  # "hvad hedder projektet, de er i gang med?"
    if message.has("jobs") and message.has("count_cue") and len(subject.municipalities) == 1:
        return Query("figures", subject.municipalities)
    told = [one for one in subject.initiatives[:2] if library.initiatives[one].figures]
    of_them = message.has("strategies", "documents")  # "hvornår er deres strategi fra?"
    if told and len(subject.initiatives) < 3 and message.has("figure_cue", "count_cue", "when_cue") and not of_them:
        return Query("detail", (), tuple(told))
    if query := question(message, subject.municipalities, bare=True):
        more = message.has("more", "else", "except", "others")
        if query.intent == "partners" and (last.topics or subject.topics) and subject.initiatives and not more:
            return replace(query, municipalities=(), topics=subject.initiatives)
        return query
    return _the_same_again(message, last)


def _with_organisations(message: Message) -> tuple[str, ...]:
    """Initiatives of the last answer, else of its municipality, in which organisations are named."""
    subject, library = message.subject, message.library
    named = tuple(one for one in subject.initiatives if library.partners_of([one]))
    if named or len(subject.municipalities) != 1:
        return named
    return ()


def _topic_of_the_same(message: Message) -> Query | None:
    subject, library = message.subject, message.library
    owners, before = set(library.having(message.topics, every=False)), set(subject.initiatives)
    inside = tuple(one for one in library.items_on(message.topics) if one in before)
    group = message.group
    if message.has("these") and not inside and subject.initiatives:
        inside = message.topics_within(subject.initiatives).ids
    if message.has("these") and len(group) > len(subject.municipalities):
        inside = ()
    here = subject.municipalities if len(subject.municipalities) == 1 else ()
    if (
        here
        and not message.has("these")
        and all(one in library.initiatives and library.owner[one] not in here for one in message.topics)
    ):
        return None  # "and the Vision Vestergade project?", which is another municipality's
    points = message.says_it or message.says_they or message.has("these", "there")
    if inside and (points or (message.leans and not message.asks_all)) and not message.has("also"):
        return Query("detail", (), inside)
    if message.has("these") and len(group) > 1 and owners & set(group):
        return Query("municipalities_with", (), message.topics, within=group)
    if here and not message.has("these") and (message.has("there") or (message.says_they and not message.asks_all)):
        return question(message, here)
    if here and message.says_they and library.items_in(message.topics, here[0]):
        return question(message, here)
    items = library.items_in(message.topics, here[0]) if here and message.opens_elliptic else ()
    if items and max(message.topic_places, default=0) < max(message.places_of("it"), default=0):
        return Query("detail", here, items)  # "og puljen, hvem er den til?"
    if (
        message.says_it
        and not message.says_they
        and 0 < len(subject.initiatives) < 3
        and (message.has("which") or (len(message.reading.tokens) <= 6 and not message.themes_named))
    ):
        return Query("detail", (), subject.initiatives)
    if message.has("these") and not owners & set(group):
        wanted, message.topics = message.topics, ()
        query = question(message, group, bare=True)
        if query and query.intent not in LISTS:
            return query
        message.topics = wanted
        return Query("municipalities_with", (), wanted, within=group) if group else None
    if message.goals_named and message.leans:
        return question(message, subject.municipalities)
    if here and not message.asks_all and (message.leans or message.yes_no):
        return question(message, here)
    return None


def _the_same_again(message: Message, last: Query) -> Query | None:
    """Nothing of its own: more on what the last answer was about."""
    subject = message.subject
    places = subject.municipalities
    if message.asks_all and not message.says_it and message.has("municipalities"):
        return None
    bare = message.is_bare and len(message.reading.tokens) <= BARE
    if not message.leans and not bare and (message.evidence.against or message.own_words):
        return None
    if not message.leans and len(message.reading.tokens) > 6 and message.best("detail", "overview") < FLOOR:
        return None
    if last.intent == "order" and (bare or message.opens_elliptic) and not message.says_they and not message.says_it:
        return Query("order", places, aspect="next")
    if (message.says_it or bare) and subject.initiatives and len(subject.initiatives) < FEW:
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
