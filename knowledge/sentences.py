"""Where the question stands in a message: what people say around it is left out, and two questions are told apart."""

from collections.abc import Callable

from knowledge.model import LANGUAGES
from knowledge.operators import Operators
from knowledge.phrases import GRAMMAR
from knowledge.reading import Kind, Reading

CARRIES: tuple[Kind, ...] = ("topic", "document", "organisation", "term", "milestone", "municipality", "place")
"""What a sentence is about."""
WORDS = ("which", "when_cue", "count_cue", "define_cue", "compare_cue")
ASKS = (*WORDS, "some", "list_cue", "tour_cue", "subscribe_cue")
"""One of these shows that something is asked for."""
BEGINS = (*WORDS, "auxiliary", "fetch")
"""A question begins with one of these."""
SUBJECTS: tuple[Kind, ...] = ("topic", "document", "organisation")
PLAIN: tuple[Kind, ...] = ("topic", "organisation", "municipality", "place")
"""What is not easily named by chance, as a paper is by "a meeting in ten minutes"."""
LEAST = 2
"""Words that each of two questions has at least."""


def question_span(text: str, reading: Reading, operators: Operators) -> tuple[int, int]:
    """The characters from which and up to which the question proper stands; an end of 0: to the end of the text.

    Left out are whole sentences that name nothing of the base, before or after one that does: "I'm a politician, so
    bear with me: which municipality ...", "Send me the plan of Aarhus. I need it for the council." And what people tell
    of themselves, before a question that names its subject, or behind it.
    """
    finds = _finder(reading, operators)
    if wondered := _wondered(reading, finds) or _needed(reading, finds):
        return reading.tokens[wondered].start, 0
    starts = [place for place, token in enumerate(reading.tokens) if token.stop]
    carried = [one for one in reading.of(*CARRIES) if not one.hint]
    places = [one.start for one in reading.of("municipality", "place")]
    topics = [one.start for one in reading.of(*SUBJECTS) if not one.hint]
    first = min((one.start for one in carried), default=0)
    last = max((one.positions[-1] for one in carried), default=len(reading.tokens))
    if not starts:
        return 0, _told_behind(reading, finds)
    start = end = 0
    for place in reversed(starts):
        names_place = any(one < place for one in places) and not any(one >= place for one in places)
        speaks = _speaks(reading, finds) and not names_place
        of_oneself = speaks and any(one >= place for one in topics)
        if any(token.stop == "?" for token in reading.tokens[: place + 1]) or (place > first and not of_oneself):
            continue
        if place in finds("question_word") or any(at >= place for at in finds(*ASKS)):
            start = reading.tokens[place].start
            break
    for place in starts:
        if place > last and not any(at >= place for at in finds(*ASKS)) and not text.rstrip().endswith("?"):
            end = reading.tokens[place].start
            break
    return start, end


def _told_behind(reading: Reading, finds: Callable[..., list[int]]) -> int:
    """Where somebody begins to tell of themselves behind all that they name and ask, as a character; 0: they do not.

    "Ikast-Brande in short, I have a meeting in ten minutes"
    """
    named = [one.start for one in reading.of(*PLAIN) if not one.hint]
    asks = finds(*WORDS, "list_cue", "tour_cue", "subscribe_cue", "wondering")
    last = max((*named, *asks), default=len(reading.tokens))
    behind = (place for place in finds("speaker") if reading.tokens[place].breaks and place > max(last, LEAST - 1))
    return next((reading.tokens[place].start for place in behind), 0)


def _wondered(reading: Reading, finds: Callable[..., list[int]]) -> int:
    """Where the question begins that somebody tells to have, as a place; 0: nobody does.

    "Jeg sidder som ny konsulent og vil gerne vide, hvilke kommuner ...", "we should like to know what Aarhus does".
    """
    told = min(finds("wondering"), default=0)
    if not any(at < told for at in finds("speaker")):
        return 0
    place, on = told + 1, finds("wondering_on")
    while place in on:
        place += 1
    asked = place in finds(*WORDS, "question_word")
    places = [one.start for one in reading.of("municipality", "place")]
    subjects = [one.start for one in reading.of(*SUBJECTS) if not one.hint]
    told_before = any(one < place for one in subjects) and not any(one >= place for one in (*subjects, *places))
    if not asked or told_before or any(one < place for one in places):
        return 0
    return place if len(reading.tokens) - place >= LEAST else 0


def _needed(reading: Reading, finds: Callable[..., list[int]]) -> int:
    """Where it begins that somebody needs something, behind what they tell of themselves, as a place; 0: nowhere.

    "Jeg skal holde oplæg i morgen tidlig og mangler noget om Kolding"
    """
    carried = [one.start for one in reading.of(*PLAIN) if not one.hint]
    first = min(finds("speaker"), default=len(reading.tokens))
    needed = next((at for at in finds("fetch") if at > first + LEAST), 0)
    asked = any(at < needed for at in (*carried, *finds(*WORDS)))
    return needed if carried and needed and not asked else 0


def introduction(reading: Reading, operators: Operators) -> int:
    """Where the question begins behind words of whom it is about, as a place among the tokens; 0: there are none.

    "Jeg sidder med en sag fra Aarhus. Hvilke indsatser har de?"
    """
    finds = _finder(reading, operators)
    starts = [place for place, token in enumerate(reading.tokens) if token.stop]
    if not starts or not _speaks(reading, finds):
        return 0
    start = starts[0]
    named = [one.start for one in reading.of("municipality")]
    asks, back = finds(*ASKS), finds("they")
    if reading.tokens[start].stop == "?" or any(at < start for at in asks) or not any(at >= start for at in asks):
        return 0
    return start if named and max(named) < start and any(at >= start for at in back) else 0


def second_question(reading: Reading, operators: Operators) -> int:
    """The character at which a second question begins; 0: there is one question.

    It begins after a question mark, or with "og" or "and" before a word that questions begin with; or where the first
    is put right: "har Roskilde en pulje? nej vent, jeg mener Kolding".
    """
    finds = _finder(reading, operators)
    if not (finds("and", "correction") or any(token.stop == "?" for token in reading.tokens)):
        return 0
    joins, begins, rights = set(finds("and")), set(finds(*BEGINS)), set(finds("correction"))
    named = [{one.start for one in reading.of(kind) if not one.hint} for kind in ("municipality", "topic")]
    for place, token in enumerate(reading.tokens):
        stands_alone = place in rights and (token.breaks or reading.tokens[place - 1].breaks)
        if stands_alone and any(min(one) < place <= max(one) for one in named if one):
            return token.start
        if not LEAST <= place <= len(reading.tokens) - LEAST:
            continue
        joined = place in joins and place + 1 in begins
        if (token.stop == "?" and (place in begins or joined)) or (joined and not begins.isdisjoint(range(place))):
            return token.start
    return 0


def asks_of_its_own(reading: Reading, operators: Operators) -> bool:
    """Whether a sentence asks with a question word for something that it names, or does no more than name it."""
    asks = len(reading.tokens) <= LEAST or bool(_finder(reading, operators)(*WORDS))
    return asks and any(not one.hint for one in reading.of(*SUBJECTS))


def _speaks(reading: Reading, finds: Callable[..., list[int]]) -> bool:
    """Whether somebody begins by telling of themselves: "Jeg er formand for en forening. ..."."""
    leads = finds("lead_in")
    first = next((place for place in range(len(reading.tokens)) if place not in leads), -1)
    return first in finds("speaker")


def _finder(reading: Reading, operators: Operators) -> Callable[..., list[int]]:
    def finds(*names: str) -> list[int]:
        # Those that are no grammar are found in both languages at once.
        return [
            at
            for name in names
            for language in (LANGUAGES if name in GRAMMAR else LANGUAGES[:1])
            for at in operators.find(reading, name, language)
        ]

    return finds
