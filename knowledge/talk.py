"""Greetings, thanks and questions about the bot itself, where nothing of the base is asked."""

from knowledge.message import ABOUT_THE_BOT, FLOOR, NOUNS, SURELY, TALK, Message
from knowledge.owndata import own_data
from knowledge.query import Query
from knowledge.subscribing import news, resting, subscribing, unheard_of

LEAST = 5
"""Words of a message that may be a wish for the tour whatever else is in it: "I am new in this job, show me ..."."""
BARELY = 0.9
"""How well talk must fit a message of small words only, where there is something that these may ask about."""
NEARLY = 0.7
"""How well the tour must fit where a cue asks for it, whatever else is told."""
FOREIGN = 0.8
"""From so much that speaks against on, a message is no small talk."""


def talk(message: Message) -> Query | None:
    """The query of a message that is about the conversation, None where it is about the base."""
    if query := resting(message) or own_data(message):
        return query
    against = message.evidence.outside + 0.6 * message.evidence.unexplained
    if message.top == "tour" and not message.names_something:
        long = len(message.reading.tokens) >= LEAST
        if long and message.fit_of_all.get("tour", 0.0) >= SURELY:
            return Query("tour")
        if message.has("tour_cue") and message.best("tour") >= NEARLY:
            return Query("tour")  # "could you walk me through it? It's my first day"
    if against >= FOREIGN or (message.subject.query and message.has("others")):
        return unheard_of(message)
    if query := subscribing(message) or news(message) or _tour(message):
        return query
    return (_language(message) or _chat(message, against)) if message.scores else None


def _tour(message: Message) -> Query | None:
    """The guided tour: a cue word and a frame that fits."""
    slots = message.slots
    of_something = message.names_something and not slots.documents
    kinds = message.has("municipalities", "strategies", "themes", "initiatives", "documents", "partners")
    guided = len(message.places_of("tour_cue")) > 1 and len(message.places_of("oneself")) > 1
    if guided and message.fit_of_all.get("tour", 0.0) >= 0.4 and not slots.municipalities:
        return Query("tour")  # "tage mig i hånden og vise mig rundt"
    if message.has("overview_cue") and message.top == "tour" and not of_something and not kinds:
        return Query("tour")
    if (
        message.has("tour_cue")
        and (not message.has("first") or message.top == "tour")
        and (tour := message.fit_of_all.get("tour", 0.0)) >= 0.4
        and (message.top == "tour" or tour > message.best("order"))
        and not (slots.municipalities or slots.organisations or slots.unknown_places)
        and (not slots.topics.named or (message.top == "tour" and message.has("oneself")))
    ):
        return Query("tour")
    return None


def _language(message: Message) -> Query | None:
    """ "in English, please": the same answer in the other language; with a question of its own, only the language."""
    wanted = "en" if message.has("english") else "da" if message.has("danish") else ""
    if not wanted or message.best("switch_language") < 0.4:
        return None
    if message.names_something or message.has("when_cue", "count_cue"):
        return None
    if message.has("which") and message.has("municipalities"):
        return None  # "which Danish municipalities ...?"
    message.language = wanted
    return message.subject.query or Query("switch_language")


def _chat(message: Message, against: float) -> Query | None:
    top = message.scores[0]
    asks = message.has(*NOUNS) or message.names_something
    if message.has("thanks_cue") and message.best("thanks") >= 0.4 and not asks and not against:
        return Query("thanks")
    known = message.names_something or message.evidence.domain or message.subject.query
    if message.reading.repaired and message.evidence.unexplained >= 1 and not known:
        return None  # "sad das dsa" greets nobody
    if message.subject.query and message.leans and not message.has("thanks_cue"):
        return None
    if message.slots.terms and message.has("which"):
        return None
    if any(one in message.library.figures for one in message.slots.numbers):
        return None  # "what's the 200 all about?"
    if message.subject.query and (message.has("example") or (message.is_bare and top.score < BARELY)):
        return None
    if message.subject.query and top.intent == "help" and top.score < 0.65:
        return None
    needed = 0.35 if not known and not against else FLOOR if not against or message.has("thanks_cue") else 0.65
    if top.intent == "tour" and (message.has("first", "which") or not message.has("tour_cue")):
        return None
    if top.score < needed or top.intent not in (*TALK, *ABOUT_THE_BOT):
        return None
    if message.names_something or (top.intent in TALK and message.evidence.domain):
        return None
    if message.has("list_cue") and message.has("themes", "documents", "strategies", "municipalities"):
        return None
    if message.subject.query and message.leans and top.score < 0.6:
        return None
    if (
        message.subject.query
        and top.intent not in ("thanks", "goodbye", "greeting", "praise")
        and (
            message.leans
            or (message.cued and message.has("when_cue", "count_cue", "document_cue", "goal_cue", "which"))
        )
    ):
        return None
    return Query(top.intent)
