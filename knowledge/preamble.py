"""What people say before they ask: "I'm a politician, so bear with me: which municipality ..."."""

from knowledge.lexicon import Kind, Reading
from knowledge.model import LANGUAGES
from knowledge.operators import Operators

CARRIES: tuple[Kind, ...] = ("topic", "document", "organisation", "term", "milestone", "municipality", "place")
"""What a sentence is about."""
ASKS = ("which", "some", "list_cue", "tour_cue", "subscribe_cue")
"""One of these shows that something is asked for."""


def question_start(reading: Reading, operators: Operators) -> int:
    """The character at which the question proper begins; 0: nothing stands before it that could be left out.

    Left out are whole sentences that name nothing of the base, before a question that names something itself.
    """
    starts = [place for place, token in enumerate(reading.tokens) if token.stop]
    carried = [one for one in reading.of(*CARRIES) if not one.hint]
    first = min((one.start for one in carried), default=0)
    for place in reversed(starts):
        if place > first or any(token.stop == "?" for token in reading.tokens[: place + 1]):
            continue
        if any(at >= place for language in LANGUAGES for cue in ASKS for at in operators.find(reading, cue, language)):
            return reading.tokens[place].start
    return 0
