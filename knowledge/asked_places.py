"""Questions that set municipalities against each other: all but one, side by side, which do not, what only one has."""

from knowledge.message import SURELY, Message
from knowledge.query import Places, Query

ON_ONE_TOPIC = ("topic_in_municipality", "municipalities_with", "detail")
"""After these a comparison is of the same topic: "hvad er forskellen på de to?"."""

LEFT_OUT, LEAD = 0.7, 0.1
"""How well "who leaves it out?" must fit where no "not" is said, and by how much better than "who has it?"."""


def all_but(message: Message, places: Places) -> Query | None:
    """ "hvem ud over Aarhus har en mentorordning?"."""
    topics = message.topics or message.without
    names = [one.start for one in message.reading.of("municipality")]
    near = any(at < one <= at + 3 for at in message.places_of("except") for one in names)
    if message.has("except") and topics and not names and not message.has("which"):
        return Query("municipalities_without", (), (), "any", topics)  # "everybody apart from those with mentors"
    if near and topics:
        return Query(
            "municipalities_with", (), topics, message.slots.topics.join, excluding=message.slots.municipalities
        )
    return None


def side_by_side(message: Message, places: Places) -> Query | None:
    """Compare, what is shared, what one has and the other lacks."""
    library = message.library
    topics = library.main_themes(message.topics) if message.goals_named == message.topics else message.topics
    compares = message.has("compare_cue")
    if compares and not message.slots.municipalities and message.has("these") and len(message.group) > 1:
        last = message.subject.query
        same = library.main_themes(last.topics) if last and last.intent in ON_ONE_TOPIC else ()
        return Query("compare", message.group, topics or same)
    if not message.slots.municipalities and not (compares or message.has("common_cue")):
        return None
    owners = library.owners(topics) if len(topics) > 1 else ()
    if not places and not topics and compares and message.has("municipalities") and message.clean:
        return Query("compare", tuple(library.municipalities)) if len(library.municipalities) <= 6 else None
    if len(places) < 2 and not (compares and len(owners) > 1):
        return None
    if message.has("when_cue", "document_cue") and not compares:
        return None
    places = places if len(places) > 1 else owners
    if message.slots.negated and not topics and not message.without:
        return Query("only_in", places)
    if message.has("common_cue") and message.best("in_common") >= message.best("compare") and not topics:
        return Query("in_common", places)
    if topics and not compares:
        return Query("topic_in_municipality", places, topics)
    return Query("compare", places, topics)


def missing(message: Message, places: Places) -> Query | None:
    """Which do not."""
    slots = message.slots
    if message.topics and not message.without and not slots.municipalities and not slots.negated:
        fits = message.top == "municipalities_without" and message.best("municipalities_without") >= LEFT_OUT
        if fits and message.best("municipalities_without") - message.best("municipalities_with") >= LEAD:
            return Query("municipalities_without", (), (), "any", message.topics)  # "who leaves procurement out?"
    if not message.without or slots.municipalities:
        return None
    if message.best("define") >= SURELY and message.has("define_cue"):
        # "ordet forstår jeg ikke": the speaker lacks it, no municipality does.
        return Query("define", (), message.without)
    if not message.topics and len(places) == 1 and not message.has("which"):
        return None
    return Query("municipalities_without", (), message.topics, slots.topics.join, message.without)


def peculiar(message: Message, places: Places) -> Query | None:
    """What only one has."""
    fit = message.best("only_in")
    if message.topics or message.without or not places or fit < 0.4 or not (message.has("only") or fit >= 0.7):
        return None
    return Query("only_in", places[:2])
