"""Questions for a word or a matter of the field: what it means, what the law says of it, how many there are."""

import re

from knowledge.message import Message
from knowledge.query import Query
from knowledge.reading import Mention

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
SURE = 0.6
"""A term counts from this weight on."""
SHORT = 3
"""Words of "and a flex job?", whichever language they are taken for."""
SAID_BY = 4
"""Words of "according to Mandag Morgen"."""
FEW_WORDS = 8
"""Words of a message that may go on asking of what was explained: "og hvad med før 2016?"."""
QUANTITIES = ("figure_cue", "count_cue", "when_cue", "size_cue")
"""What begins with a "which" that asks for no place: "hvor meget", "how long"."""
ASKS_OF_IT = ("define_cue", "rule_cue", *QUANTITIES)
"""What asks of the matter itself, also where its words name a theme that municipalities work with."""
ASKS_OTHERWISE = ("subscribe_cue", "unsubscribe_cue", "some", "these", "compare_cue")


def matter(message: Message) -> Query | None:
    """A term that the words name, and nothing beside it: "må man reservere kontrakter?", "hvem giver prisen?"."""
    named = _named(message)
    slots = message.slots
    if not named or slots.municipalities or slots.unknown_places or message.has(*ASKS_OTHERWISE):
        return None
    if of_another_time(message, _ids(named)) or (message.has("tour_cue") and message.top == "tour"):
        return None
    if message.says_they and message.subject.municipalities and not message.has("rule_cue"):
        return None  # "har de en partnerskabsaftale?"
    covered = {place for one in named for place in one.positions}
    rules = set(message.places_of("rule_cue")) | set(message.places_of("define_cue"))
    of_the_field = {place for place, stems in enumerate(message.reading.stems) if stems & message.lexicon.domain}
    aside = _only_grammar(message) | _said_by(message)
    topics = [set(one.positions) for one in message.reading.of("topic") if not one.hint]
    topics = [one - aside for one in topics if one - aside]
    # A theme of which the term's words say most is the same matter: "how many people work in social enterprises?".
    beside = [one for one in topics if len(one - covered) >= len(one & covered)]
    if any(one - covered - of_the_field - rules for one in beside):
        return None
    last = message.subject.query
    goes_on = last is not None and last.intent == "define" and _is_short(message)  # "and a skånejob?"
    if any(one & covered for one in topics) and not goes_on:
        if _asks_who(message, covered) or not message.has(*ASKS_OF_IT):
            return None
    elif _asks_which_municipalities(message):
        return None
    return Query("define", terms=_ids(named))


def explained_before(message: Message) -> Query | None:
    """More of the term that the last answer explained: "hvad med før 2016?", "hvornår trådte den i kraft?"."""
    last = message.subject.query
    if last is None or last.intent != "define" or not last.terms or message.names_something or message.slots.terms:
        return None
    others = message.own_words - bool(message.slots.year)
    if len(message.reading.tokens) > FEW_WORDS or message.evidence.outside or others > 0:
        return None
    leans = message.opens_elliptic or message.says_it or message.is_bare
    asks = message.slots.year or message.has("before", "after", "force_cue", *ASKS_OF_IT)
    if of_another_time(message, last.terms):
        return None
    if not leans or not asks or message.has(*ASKS_OTHERWISE) or _asks_which_municipalities(message):
        return None
    return Query("define", terms=last.terms)


def _is_short(message: Message) -> bool:
    """Whether hardly more than the term is said."""
    return message.opens_elliptic or len(message.reading.tokens) <= SHORT


def of_another_time(message: Message, terms: tuple[str, ...]) -> bool:
    """Whether a number is asked for of a moment, or of a year later than all that is told of terms."""
    if not terms or not message.has("count_cue", "figure_cue", "size_cue"):
        return False
    facts = (fact for term in message.library.terms.values() for fact in term.facts)
    latest = max((int(year) for fact in facts for year in _YEAR.findall(fact.text.da)), default=0)
    years = [int(one.folded) for one in message.reading.tokens if _YEAR.fullmatch(one.folded)]
    return message.has("moment_cue") or max(years, default=0) > latest


def _only_grammar(message: Message) -> set[int]:
    """Places of small words: "en ... til en" alone names no scheme of one to one."""
    return {place for place, stems in enumerate(message.reading.stems) if stems & message.lexicon.function}


def _said_by(message: Message) -> set[int]:
    """Places of who is said to say it: "ifølge CBS"."""
    return {place for cue in message.places_of("according_cue") for place in range(cue, cue + SAID_BY)}


def _named(message: Message) -> list[Mention]:
    """The mentions of terms that tell what is asked of: "virksomhed" tells nothing where "udbytte" stands beside it."""
    return [
        one
        for one in message.reading.of("term")
        if not one.hint
        and one.weight >= SURE
        and any(message.reading.stems[place].isdisjoint(message.lexicon.domain) for place in one.positions)
    ]


def _ids(mentions: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in mentions))


def _asks_who(message: Message, covered: set[int]) -> bool:
    """Whether it is asked who or where, and not how much, and not by the words that name the term."""
    quantities = {place for name in QUANTITIES for place in message.places_of(name)}
    return not (quantities | covered).issuperset(message.places_of("which"))


def _asks_which_municipalities(message: Message) -> bool:
    """Whether municipalities are asked for: "hvilke kommuner ...", though not by "må kommunen ...?"."""
    asked = message.places_of("asking")
    return any(place + 1 in message.places_of("municipalities") for place in asked) and not message.has("rule_cue")
