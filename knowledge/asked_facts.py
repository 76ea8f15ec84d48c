"""Questions for partners, goals and what a word means."""

from knowledge.message import FLOOR, SURELY, Message
from knowledge.query import Places, Query


def partners(message: Message, places: Places) -> Query | None:
    """With whom; who works with an organisation."""
    slots, library = message.slots, message.library
    if slots.organisations:
        sites = [one for one in slots.organisations if library.organisations[one].place]
        if sites:
            return Query("detail", (), tuple(item for one in sites for item in library.work_with(one)))
        return Query("partners", slots.municipalities, message.topics, organisations=slots.organisations)
    lists = message.has("partners") and message.has("list_cue") and not message.topics
    if lists and not places and not message.has("municipalities"):
        return Query("partners")
    if not message.has("partner_cue"):
        return None
    fit = message.best("partners")
    if (
        message.topics
        and not places
        and message.has("which", "some", "municipalities")
        and (not message.has("partners") or "partnerskaber" in message.themes_named)
    ):
        return None
    if places and not message.has("partners") and message.best("overview") > fit:
        return None  # "what is Glostrup involved in?"
    topics = tuple(
        one for one in message.topics if one != "partnerskaber" or not places
    )  # "sammen med" is the question
    if (places or topics) and fit >= FLOOR:
        return Query("partners", places, topics)
    if message.has("partners") and not message.topics and (places or message.clean) and fit >= 0.3:
        return Query("partners", places)
    return None


def goals(message: Message, places: Places) -> Query | None:
    """Visions, objectives, targets."""
    named = message.goals_named
    asked = message.has("goal_cue", "figure_cue", "when_cue") or message.slots.numbers
    if named and message.slots.municipalities and not asked and (themes := message.themes_named):
        return Query("topic_in_municipality", places, (*themes, *named))
    if named and len(named) == len(message.topics):
        owners = message.library.owners(named)
        if message.slots.municipalities and not set(owners) & set(places) and not message.has("goal_cue"):
            return None
        return Query("goals", places) if places else Query("goals", (), named)
    if (
        message.has("goal_cue")
        and not message.topics
        and message.fit_of_all.get("goals", 0.0) >= (0.15 if places else FLOOR)
    ):
        return Query("goals", places)
    return None


def explained(message: Message, places: Places) -> Query | None:
    """What a word means."""
    if message.slots.municipalities:
        return None
    if message.slots.terms and message.best("define") >= SURELY and not message.topics:
        return Query("define", terms=message.slots.terms)
    if not message.has("define_cue"):
        return None
    if places and message.topics and (message.says_they or message.has("there")):
        return None  # "hvad er deres pulje til?"
    if (
        message.slots.terms
        and not message.themes_named
        and not message.has("which")
        and len(message.reading.tokens) <= 7
    ):
        return Query("define", terms=message.slots.terms)
    short = len(message.reading.tokens) <= 6
    if message.topics and (short or message.best("define", "detail") >= 0.4) and not message.has("which"):
        return Query("define", (), message.topics)
    if message.slots.terms and not message.topics:
        return Query("define", terms=message.slots.terms)
    return None
