"""Weighs what speaks for a question to the base against what nothing in the base explains."""

from collections import defaultdict
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.operators import Operators
from knowledge.reading import Reading
from knowledge.slots import Slots

OUTSIDE = 1.6
UNEXPLAINED = 0.45
DOMAIN = 0.5
PROPER = 1.0
"""An unknown word with a capital inside a sentence is a name of something that the base does not have."""
PART = 1.0
"""A compound of which only one part is known: "trafikplan" is a plan, but not one of ours."""
ELSEWHEN = 2.0
"""A year that the base tells nothing of counts as so many unexplained words."""
ASKED = 0.3
"""A "which" or "who" beside a topic that a term names speaks for the question."""
NAME = 0.6

OWN = frozenset({"egen", "eget", "egne", "own"})
"""Between "my" and what is mine."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against."""

    topic: float
    """Weight of the best topic, document, organisation or term."""
    names: int
    """Municipalities and organisations named."""
    domain: int
    """Words of the field."""
    unexplained: float
    """Content words that no list knows; half a word where only a part of a compound is known."""
    outside: float
    """Weight of words of subjects that the base is not about."""
    subject: str
    """The subject that weighs most among them."""
    asked: bool
    """Whether a named topic is asked for with "which", "who" or "where"."""

    @property
    def against(self) -> float:
        """What speaks against: words of other subjects, and words that nothing explains."""
        return OUTSIDE * self.outside + UNEXPLAINED * self.unexplained

    @property
    def balance(self) -> float:
        """For minus against."""
        speaks_for = self.topic + NAME * min(self.names, 2) + DOMAIN * min(self.domain, 2)
        return speaks_for + ASKED * self.asked - self.against


def weigh(reading: Reading, slots: Slots, lexicon: Lexicon, operators: Operators, language: str) -> Evidence:
    """The evidence in a message."""
    taken = {
        place
        for one in reading.of("topic", "document", "organisation", "term")
        if not one.hint
        for place in one.positions
    }
    outside: dict[str, float] = defaultdict(float)
    foreign: set[int] = set()
    for one in sorted(reading.of("outside"), key=lambda each: -each.weight):
        if len(one.positions) == 1 and one.positions[0] in taken - reading.joined:
            continue  # but a "børnehus" is of children, though it is a house
        if any(set(one.positions) <= set(term.positions) for term in reading.of("term")):
            continue  # "who won the municipal prize" is no sport
        fresh = [place for place in one.positions if place not in foreign]
        outside[one.id] += one.weight * len(fresh) / len(one.positions)
        foreign.update(one.positions)
    unexplained = 0.0
    domain = 0
    covered = {place for one in reading.mentions if one.kind != "outside" for place in one.positions}
    for place, token in enumerate(reading.tokens):
        if place in foreign:
            continue
        if place in covered:
            unexplained += PART if place in reading.split else 0.0
            continue
        stems = reading.stems[place]
        if not stems.isdisjoint(lexicon.domain):
            domain += 1
        elif place in reading.repaired:
            unexplained += 0.0 if not stems.isdisjoint(lexicon.plain) else 0.5
        elif place in reading.split:
            unexplained += 0.5
        elif stems.isdisjoint(lexicon.plain) and len(token.folded) > 2 and not token.folded[0].isdigit():
            unexplained += 1 + (PROPER if token.capital and place else 0)
    cues = ("force_cue",) if slots.topics.named else ("force_cue", "news_cue")
    timeless = any(operators.find(reading, cue, language) for cue in cues)
    if slots.elsewhen and not timeless:
        unexplained += ELSEWHEN
    documents = max((one.weight for one in reading.of("document") if not one.hint), default=0.0)
    terms = max((one.weight for one in reading.of("term") if not one.hint), default=0.0)
    own = operators.find(reading, "mine", language)
    personal = any(
        one.start - place == 1 + any(token.folded in OWN for token in reading.tokens[place + 1 : place + 2])
        and not one.hint
        for place in own
        for one in reading.of("topic", "document")
    )
    behind = operators.find(reading, "institution", language)
    elsewhere = sum(
        1
        for one in reading.of("municipality")
        if one.positions[-1] + 1 in behind or (one.start and reading.tokens[one.start - 1].folded == "region")
    )
    return Evidence(
        topic=max(slots.topics.strength, slots.without.strength, documents, terms),
        names=max(len(slots.municipalities) - elsewhere, 0) + len(slots.organisations),
        domain=domain,
        unexplained=unexplained,
        outside=sum(outside.values()) + elsewhere + (1.0 if personal and not domain else 0.0),
        subject=max(outside, key=lambda key: outside[key], default=""),
        asked=slots.topics.named and not slots.municipalities and bool(operators.find(reading, "which", language)),
    )
