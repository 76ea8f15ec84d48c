"""Query <-> payload: "topic_kolding_netvaerk" fits callback data, deep links and form values, and says it all."""

import re
from dataclasses import replace

from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.query import Query
from knowledge.subscribing import EACH, RHYTHM

LONGEST = 64
"""Bytes that Telegram allows in callback data and in a deep link; payloads are ASCII."""

VERBS = {
    "who": "municipalities_with",
    "whonot": "municipalities_without",
    "topic": "topic_in_municipality",
    "what": "overview",
    "compare": "compare",
    "common": "in_common",
    "only": "only_in",
    "docs": "documents",
    "when": "dates",
    "valid": "in_force",
    "order": "order",
    "count": "count",
    "goals": "goals",
    "figures": "figures",
    "partners": "partners",
    "detail": "detail",
    "define": "define",
    "municipalities": "list_municipalities",
    "strategies": "list_strategies",
    "themes": "list_themes",
    "documents": "list_documents",
    "matrix": "matrix",
    "timeline": "timeline",
    "picture": "compare_picture",
    "brief": "brief",
    "source": "source",
    "news": "whats_new",
    "subscribe": "subscribe",
    "unsubscribe": "unsubscribe",
    "subscriptions": "subscriptions",
    "settings": "settings",
    "tour": "tour",
    "privacy": "privacy",
    "mydata": "my_data",
    "erase": "erase",
    "help": "help",
    "identity": "identity",
}
ASPECTS = {
    "tour": ("staff", "coordinator", "steps", "again", "leave"),
    "erase": ("yes", "no"),
    "settings": LANGUAGES,
}
"""Intent -> the turns that a payload can give it; those of "order" and "count" are free, and some take a rhythm."""
COMMANDS = {
    "da": {
        "hjaelp": "help",
        "rundtur": "tour",
        "abonner": "subscribe",
        "abonnementer": "subscriptions",
        "indstillinger": "settings",
        "privatliv": "privacy",
        "minedata": "mydata",
        "slet": "erase",
    },
    "en": {
        "help": "help",
        "tour": "tour",
        "subscribe": "subscribe",
        "subscriptions": "subscriptions",
        "settings": "settings",
        "privacy": "privacy",
        "mydata": "mydata",
        "delete": "erase",
    },
}
"""Language -> what can be typed after a slash in it -> payload; all are understood in both languages."""
_VERB_OF = {intent: verb for verb, intent in VERBS.items()}
_ALL = "all-"
_BUT = "but"
"""Before what a subscription leaves out: "all-subscribe_but_indkoeb"."""
_SUBSCRIBING = ("subscribe", "unsubscribe")
_TAKES_RHYTHM = ("subscribe", "settings")
_OF_PLACES = ("topic_in_municipality", "overview", "compare", "in_common", "only_in")
"""Intents that say nothing without a municipality."""
_PERSONAL = frozenset({*_SUBSCRIBING, "subscriptions", "settings", "privacy", "my_data", "erase", "tour", "source"})
"""Intents whose answer depends on who asks, or on what was said before."""
_HARMLESS = {"unsubscribe": "subscriptions", "erase": "erase", "settings": "settings"}
"""Intent that changes what is kept -> the payload that shows it instead."""


def encode(query: Query) -> str:
    """The payload of a query of places, topics, documents, terms, organisations, strategies, and of what is left out.

    Raises ValueError where it is too long.
    """
    verb = _ALL * query.full + _VERB_OF[query.intent]
    topics = query.without if query.intent == "municipalities_without" else query.topics
    ids = (*query.municipalities, *topics, *query.documents, *query.terms, *query.organisations, *query.strategies)
    if query.intent in _SUBSCRIBING and (left_out := (*query.excluding, *query.without)):
        ids = (*ids, _BUT, *left_out)
    step = (str(query.number),) if query.intent == "tour" and query.number else ()
    payload = "_".join((verb, *((query.aspect,) if query.aspect else ()), *step, *ids))
    if len(payload) > LONGEST:
        raise ValueError(f"payload of {len(payload)} bytes: {payload}")
    return payload


def decode(payload: str, library: Library) -> Query | None:
    """The query of a payload; None where the verb is unknown, an id is gone from the base, or too little is named."""
    verb, *ids = payload.split("_")
    full = verb.startswith(_ALL)
    intent = VERBS.get(verb.removeprefix(_ALL))
    if intent is None:
        return None
    query = Query(intent, full=full)
    fields: dict[str, tuple[str, ...]] = {}
    left_out = False
    for place, one in enumerate(ids):
        # First: an id of the base may be spelt the same ("da" is an organisation).
        if place == 0 and (
            one in ASPECTS.get(intent, ())
            or (intent in _TAKES_RHYTHM and RHYTHM.fullmatch(one))
            or (intent == "unsubscribe" and full and one == EACH)
        ):
            query = replace(query, aspect=one)
            continue
        if one in library.municipalities:
            field = "excluding" if left_out else "municipalities"
        elif one in library.themes or library.item(one):
            field = "without" if left_out or intent == "municipalities_without" else "topics"
        elif one in library.strategies and intent in _SUBSCRIBING and not left_out:
            field = "strategies"
        elif one == _BUT and intent in _SUBSCRIBING and not left_out:
            left_out = True
            continue
        elif one in library.documents:
            field = "documents"
        elif one in library.terms:
            field = "terms"
        elif one in library.organisations:
            field = "organisations"
        elif place == 0 and intent in ("order", "count"):
            query = replace(query, aspect=one)
            continue
        elif intent == "tour" and re.fullmatch("[1-9]", one):
            query = replace(query, number=int(one))
            continue
        else:
            return None
        fields[field] = (*fields.get(field, ()), one)
    if (intent in _OF_PLACES and "municipalities" not in fields) or (
        intent == "municipalities_without" and not fields.keys() & {"without", "documents"}
    ):
        return None
    return replace(query, municipalities=fields.get("municipalities", ()), topics=fields.get("topics", ()),
                   without=fields.get("without", ()), documents=fields.get("documents", ()),
                   terms=fields.get("terms", ()), organisations=fields.get("organisations", ()),
                   strategies=fields.get("strategies", ()), excluding=fields.get("excluding", ()))  # fmt: skip


def linked(payload: str) -> str:
    """What a link with that payload asks for: anybody can make one, so it stops, erases and sets nothing by itself."""
    verb = payload.partition("_")[0].removeprefix(_ALL)
    return _HARMLESS.get(VERBS.get(verb, ""), payload)


def link_to(query: Query, library: Library) -> str:
    """The payload of a link that gives the same answer to anybody; "" where no payload says all of the query."""
    if query.intent in _PERSONAL or query.intent not in _VERB_OF:
        return ""
    try:
        payload = encode(query)
    except ValueError:
        return ""
    return payload if decode(payload, library) == query else ""
