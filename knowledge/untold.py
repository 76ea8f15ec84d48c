"""Tells whether something is asked that no source tells of anything: a price, a name, how many took part."""

from knowledge.message import NOUNS, Message

BEHIND = 4
"""How far behind "how many" stands what is counted."""
TOLD = ("intended_cue", "initiatives", "documents", "strong_document", "first", "last")
"""What is asked of these may be told: what shall be reached, which measures came of it, who got there first."""
BESIDE = 2
"""How far from the word "strategy" its year stands."""


def untold(message: Message) -> bool:
    """Whether the message asks for what no source tells, however well it names a topic or a place."""
    return (
        message.has("untold")
        or _counts_others(message)
        or _measures(message)
        or _finds_the_way(message)
        or _of_another_year(message)
        or _came_of(message)
        or (message.has("status_cue") and _only_of_what_is_done(message))
    )


def _counts_others(message: Message) -> bool:
    """ "How many mentors ...", "hvor mange fik job ...": people and enterprises are counted in goals alone."""
    others = set(message.places_of("uncounted_cue"))
    ours = {place for noun in (*NOUNS, "years") for place in message.places_of(noun)} - others
    for count in message.places_of("count_cue"):
        behind = range(count + 1, count + 1 + BEHIND)
        first = next((place for place in behind if place in others or place in ours), -1)
        if first in others:
            return not _has_target(message)
    return bool(message.topics) and not message.goals_named and not message.counts_ours


def _has_target(message: Message) -> bool:
    """Whether a goal with a figure may be meant: "how many people shall have a job in Ikast-Brande?"."""
    library = message.library
    if message.goals_named:
        return True
    goals = [goal for one in message.slots.municipalities for goal in library.municipalities[one].goals]
    return message.has("goal_cue", "intended_cue") and any(goal.figures for goal in goals)


def _measures(message: Message) -> bool:
    """ "How big is the pool in Kolding?": the size of something of which no figure is told."""
    if not message.has("size_cue") or not message.slots.topics.named or message.goals_named:
        return False
    library, places = message.library, message.slots.municipalities
    keys = [key for place in places or library.municipalities for key in library.items_in(message.topics, place)]
    return not any(item.figures for key in keys if (item := library.item(key)))


def _finds_the_way(message: Message) -> bool:
    """ "What is the address of the centre?": that of a paper can be told."""
    papers = message.has("documents", "strategies", "strong_document") or message.slots.documents
    return message.has("address_cue") and not papers and message.names_something


def _of_another_year(message: Message) -> bool:
    """ "What is in the strategy of Aarhus from 2019?": a year in which no strategy of theirs began or ran."""
    year, places = message.slots.year, message.slots.municipalities
    if not year or not places or message.has("force_cue", "news_cue", "when_cue", "before", "after"):
        return False
    if 0 in message.places_of("auxiliary"):
        return False  # "har Kolding en strategi fra 2012?" can be denied
    at = [place for place, token in enumerate(message.reading.tokens) if token.folded == str(year)]
    papers = (*message.places_of("strategies"), *message.places_of("documents"))
    beside = any(abs(one - paper) <= BESIDE for one in at for paper in papers)
    return beside and not any(year in message.library.years_of(place) for place in places)


def _came_of(message: Message) -> bool:
    """ "When did the centre open?", "har Aarhus nået sine mål?": how it went is told by an evaluation alone."""
    if not message.has("outcome_cue") or message.has(*TOLD, "some"):
        return False
    asks = ("auxiliary", "which", "when_cue", "count_cue", "figure_cue")
    if not any(0 in message.places_of(one) for one in asks):
        return False
    evaluated = {one.municipality for one in message.library.documents.values() if one.kind == "evaluation"}
    return message.names_something and evaluated.isdisjoint(message.slots.municipalities)


def _only_of_what_is_done(message: Message) -> bool:
    """Whether an initiative is named, and no paper, of which a state of affairs is told."""
    papers = message.has("strategies", "documents", "strong_document") or message.slots.documents
    return message.slots.topics.named and not papers and any(one in message.library.initiatives for one in message.topics)
