"""Tells whether something is asked that no source tells of anything: a price, a name, how many took part."""

import re

from knowledge.asked_terms import of_another_time
from knowledge.message import NOUNS, Message

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
BEHIND = 4
"""How far behind "how many" stands what is counted."""
TOLD = ("intended_cue", "documents", "strong_document", "first", "last")
"""What is asked of these may be told: what shall be reached, what a paper says, who got there first."""
BESIDE = 2
"""How far from the word "strategy" its year stands."""


def untold(message: Message) -> bool:
    """Whether the message asks for what no source tells, however well it names a topic or a place."""
    return (
        _names_untold(message)
        or of_another_time(message, _terms(message))
        or _counts_others(message)
        or _measures(message)
        or _finds_the_way(message)
        or _of_another_year(message)
        or _cites(message)
        or _came_of(message)
        or _resulted(message)
        or (message.has("status_cue", "deadline_cue") and _only_of_what_is_done(message))
    )


def _names_untold(message: Message) -> bool:
    """Whether a word of what is untold stands there that names no initiative: "who chairs the steering group?"."""
    words = set(message.places_of("untold"))
    named = {
        place
        for one in message.reading.of("topic")
        if not one.hint and one.id in message.library.initiatives and len(one.positions) > 1
        for place in one.positions
    }
    said = words - set(message.places_of("asking"))
    return bool(words) and not (said and said <= named)


def _terms(message: Message) -> tuple[str, ...]:
    """The terms that are asked of: those named, else the one that the last answer explained."""
    last = message.subject.query
    before = last.terms if last and last.intent == "define" and not message.names_something else ()
    return message.slots.terms or before


def _counts_others(message: Message) -> bool:
    """ "How many mentors ...", "hvem har flest virksomheder?": people and enterprises are counted in goals alone."""
    others = set(message.places_of("uncounted_cue"))
    ours = {place for noun in (*NOUNS, "years") for place in message.places_of(noun)} - others
    jobs = message.places_of("jobs")
    cues = [place for name in ("count_cue", "most", "fewest") for place in message.places_of(name)]
    topics = message.slots.topics.named and not _has_target(message)
    for cue in cues:
        behind = range(cue + 1, cue + 1 + BEHIND)
        first = next((place for place in behind if place in others or place in ours), -1)
        if first in others:
            return not _has_target(message)
        if first in jobs:
            return _of_now(message) or bool(message.slots.municipalities and not _targets(message))
        if first >= 0:
            return False
    if not topics or not message.has("count_cue"):
        return False
    return bool(message.slots.municipalities) or not message.counts_ours


def _of_now(message: Message) -> bool:
    """Whether a figure of today or of a year is asked for that no goal is set for."""
    library, places = message.library, message.slots.municipalities
    deadlines = {goal.deadline for goal in library.goals.values()}
    strategies = [one for place in places for one in library.municipalities[place].strategies]
    begun = {one.begins.year for one in strategies if one.begins}
    begun |= {one.period.until for one in strategies if one.period and one.period.until}
    return message.has("now_cue") or bool(message.slots.year and message.slots.year not in deadlines | begun)


def _has_target(message: Message) -> bool:
    """Whether a goal or what is counted has a figure: "how many people shall have a job in Ikast-Brande?"."""
    library, places = message.library, message.slots.municipalities
    if message.has("now_cue"):
        return False
    small = [bool(stems & message.lexicon.function) for stems in message.reading.stems]
    cues = message.places_of("count_cue")
    counted = {next((at for at in range(cue + 1, len(small)) if not small[at]), cue) for cue in cues}
    named = [one.id for one in message.reading.of("topic") if not one.hint and counted & set(one.positions)]
    here = places or message.subject.municipalities
    named = [one for one in named if one in library.initiatives and library.owner[one] in here]
    if any(library.initiatives[one].figures for one in named):
        return True
    if message.goals_named:
        return not places or any(library.owner[one] in places for one in message.goals_named)
    return message.has("goal_cue", "intended_cue", "old_cue") and _targets(message)


def _targets(message: Message) -> bool:
    """Whether a municipality that is named, or spoken of, has put a figure on a goal."""
    places, before = message.library.municipalities, message.subject.municipalities
    meant = message.slots.municipalities or (before if message.says_they and len(before) == 1 else ())
    return any(goal.figures for one in meant for goal in places[one].goals)


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
    if papers or not message.names_something:
        return False
    calls = message.has("contact_cue") and bool(message.slots.municipalities) and _begins(message, "which", "asking")
    return message.has("address_cue") or calls or _where_it_is(message)


def _begins(message: Message, *names: str) -> bool:
    """Whether the message begins with a word of any of the operators."""
    return any(0 in message.places_of(one) for one in names)


def _where_it_is(message: Message) -> bool:
    """ "Where is the café in Ikast?": no more than the municipality is told."""
    named = message.slots.topics.named or message.slots.milestones
    asked = _begins(message, "where") and 1 in message.places_of("lies")
    return asked and bool(message.slots.municipalities and named)


def _of_another_year(message: Message) -> bool:
    """ "What is in the strategy of Aarhus from 2019?": a year in which no strategy of theirs began or ran."""
    places = message.slots.municipalities
    if not message.slots.year or not places or message.has("force_cue", "when_cue", "before", "after"):
        return False
    if message.slots.elsewhen:
        return True
    if _begins(message, "auxiliary"):
        return False  # "har Kolding en strategi fra 2012?" can be denied
    years = {place: int(one.folded) for place, one in enumerate(message.reading.tokens) if _YEAR.fullmatch(one.folded)}
    papers = (*message.places_of("strategies"), *message.places_of("documents"))
    beside = any(abs(one - paper) <= BESIDE for one in years for paper in papers)
    told = (year in message.library.years_of(place) for year in years.values() for place in places)
    return beside and not any(told)


def _cites(message: Message) -> bool:
    """ "What does section 11 of the act say?"."""
    tokens = message.reading.tokens
    behind = (place + 1 for place in message.places_of("cite_cue"))
    return any(place < len(tokens) and tokens[place].folded.isdecimal() for place in behind)


def _came_of(message: Message) -> bool:
    """ "When did the centre open?", "har Aarhus nået sine mål?": how it went is told by an evaluation alone."""
    if not message.has("outcome_cue") or message.has(*TOLD, "some"):
        return False
    if message.has("count_cue") and message.has("initiatives"):
        return False  # "how many measures did the committee reach?"
    asks = ("auxiliary", "which", "when_cue", "count_cue", "figure_cue")
    years = any(_YEAR.fullmatch(one.folded) for one in message.reading.tokens)
    second = {*message.places_of("has"), *(message.places_of("auxiliary") if years else ())}
    has_it = _begins(message, "asking") and 1 in second  # "hvad blev der udbetalt i 2022?"
    if not _begins(message, *asks) and not has_it:
        return False
    return message.names_something and not _is_evaluated(message)


def _resulted(message: Message) -> bool:
    """ "What was the effect of the pool in Kolding?": of a topic besides the effects themselves."""
    results = set(message.places_of("result_cue"))
    others = [one for one in message.reading.of("topic") if not one.hint and results.isdisjoint(one.positions)]
    places = message.slots.municipalities
    return bool(results and others and places) and not message.has(*TOLD) and not _is_evaluated(message)


def _is_evaluated(message: Message) -> bool:
    """Whether a strategy of a municipality that is named has been evaluated."""
    library = message.library
    evaluated = {one.municipality for one in library.documents.values() if one.kind == "evaluation"}
    return not evaluated.isdisjoint(message.slots.municipalities)


def _only_of_what_is_done(message: Message) -> bool:
    """Whether an initiative is named, and no paper, of which a state of affairs is told."""
    papers = message.has("strategies", "documents", "strong_document") or message.slots.documents
    done = any(one not in message.library.goals for one in message.topics)
    return message.slots.topics.named and done and not papers
