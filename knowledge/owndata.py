"""Questions about what is kept of the person who asks: told, handed over, erased."""

from knowledge.message import Message
from knowledge.query import Query

OWN_DATA = {"privacy": "privacy_cue", "my_data": "own_data_cue", "erase": "erase_cue"}
"""Intents about what is kept of the person -> the words that show it."""
OWN = 0.5
PLAINLY = 0.7
"""How well a message must fit one of them; and where it names a topic as well ("et sted"), or nobody."""
NEARLY = 0.1
"""How much better any other intent may fit."""
BRIEF = 4
"""Words of a message that is about the person without saying so: "hvad gemmer du?"."""


def own_data(message: Message) -> Query | None:
    """What is kept of the person, their data, their erasing: of them alone, not of what municipalities do."""
    if not message.has("privacy_word", *OWN_DATA.values()):
        return None
    slots, fit = message.slots, message.fit_of_all
    intent = max(OWN_DATA, key=lambda one: fit.get(one, 0.0))
    if fit.get(intent, 0.0) < max(OWN, max(fit.values()) - NEARLY if fit else 0.0):
        return None
    if slots.municipalities or slots.unknown_places or slots.organisations or message.says_they:
        return None
    papers = intent != "my_data" and message.has("documents")
    if papers or message.has("municipalities", "strategies") or message.evidence.unexplained:
        return None
    brief = len(message.reading.tokens) <= BRIEF and fit[intent] >= PLAINLY
    about_me = message.has("oneself") or brief
    if not (intent == "privacy" and message.has("privacy_word")) and not (about_me and message.has(OWN_DATA[intent])):
        return None
    cued = [place for name in ("privacy_word", *OWN_DATA.values()) for place in message.places_of(name)]
    cues = {*cued, *(place + 1 for place in cued)}
    other = [one for one in message.reading.of("topic", "outside") if not one.hint and cues.isdisjoint(one.positions)]
    return None if other and (message.evidence.outside or fit[intent] < PLAINLY) else Query(intent)
