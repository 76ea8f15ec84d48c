"""A message and what was said before -> what is asked: language, intent, slots, confidence, runners-up."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from knowledge.asked_terms import explained_before, matter
from knowledge.asof import as_of
from knowledge.closest import closest
from knowledge.confidence import calibrated
from knowledge.evidence import Evidence
from knowledge.followups import follow_up
from knowledge.intents import Intents, IntentScore
from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.loading import SHIPPED, load_knowledge
from knowledge.message import LISTS, Message
from knowledge.model import LANGUAGES
from knowledge.operators import Operators
from knowledge.phrases import Phrasebook, load_phrases
from knowledge.pictures import pictured
from knowledge.query import NOTHING, Query, Subject
from knowledge.questions import close_readings, hinted, question
from knowledge.reading import Reading
from knowledge.sentences import asks_of_its_own, introduction, question_span, second_question
from knowledge.talk import talk
from knowledge.then import then
from knowledge.untold import untold
from knowledge.words import clean

BALANCE = 0.45
"""What speaks for a question must outweigh what speaks against by this."""
CERTAIN = 0.85
"""A frame that fits so well may have a word that nothing explains, where a municipality is named."""
AT_LEAST = 0.3
"""An overview that is told for want of anything else must fit at least so well where a word is not explained."""
DANISH_LETTERS = frozenset("æøåÆØÅ")
SOLIDLY = 0.9
"""From so much that is of another subject on, an overview that is told for want of anything else is none."""
ELLIPTIC = 5
"""Words of a message that may be no more than the last question for another place: "i Esbjerg", "Viborg as well?"."""
UNROOTED = 0.9
"""The same where no municipality, no word of the field and no "which" shows that it is a question to us."""


ALONE = frozenset(
    {"greeting", "thanks", "goodbye", "praise", "complaint", "how_are_you", "switch_language", "subscribe",
     "unsubscribe", "subscriptions", "tour", "privacy", "my_data", "erase", "help", "source"}
)  # fmt: skip
"""Intents that are not answered together with another."""
GENERAL = ("overview", "dates", "goals", "figures", "partners")
"""Intents that tell of a municipality as a whole: where a question repeats one fact's words, that fact is told."""
COUNTED = ("municipalities_with", "topic_in_municipality", "count")
"""Intents whose answers tell numbers of municipalities and initiatives, and of nothing else."""
NO_TOPICS = ("when_cue", "define_cue", "fetch", "deals_with")
"""Words that tell how something is asked are no topic by themselves: "forklar", "vedtaget"."""


@dataclass(frozen=True)
class Understanding:
    """What a message was taken for, with the reasons."""

    language: str
    query: Query | None
    """None: nothing in it that the base could answer."""
    confidence: float
    """0 to 1, calibrated: among those at 0.8 about 8 in 10 are right."""
    outside: str = ""
    """The subject that it seems to be about instead, a key of _outside.yaml."""
    rest: str = ""
    """What is asked besides, where a message asks two things: to be understood once the first is answered."""
    options: tuple[Query, ...] = ()
    """Readings too close to choose between; the person is asked."""
    scores: tuple[IntentScore, ...] = ()
    """Intents by how well the frame fits, best first."""
    evidence: Evidence | None = None
    reading: Reading | None = None


class Understander:
    """Understands messages by the vocabulary of one base."""

    def __init__(self, library: Library, phrasebook: Phrasebook) -> None:
        self.library = library
        self.lexicon = Lexicon(library, phrasebook)
        self.intents = Intents(phrasebook)
        self.operators = Operators(phrasebook)

    def understand(self, text: str, subject: Subject = NOTHING, language: str = "") -> Understanding:
        """What `text` asks after what was said before. `language` is the person's, for texts that show none."""
        reading = self.lexicon.read(text)
        if begin := introduction(reading, self.operators):
            places = tuple(dict.fromkeys(one.id for one in reading.of("municipality")))
            subject = replace(subject, query=Query("overview", places), municipalities=places, topics=())
            text = clean(text)[reading.tokens[begin].start :]
            reading = self.lexicon.read(text)
        if guided := self._guided(clean(text), reading, subject, language):
            return guided
        start, end = question_span(text, reading, self.operators)
        if start or end:
            text = clean(text)[start : end or None]
            reading = self.lexicon.read(text)
        cut = second_question(reading, self.operators)
        whole = self._understand(reading, subject, language)
        return self._both(whole, clean(text), cut, subject, language) if cut else whole

    def _guided(self, text: str, reading: Reading, subject: Subject, language: str) -> Understanding | None:
        """The wish for a guided tour that is one sentence of several, where the others name no place: "I'm new here.
        Could you show me round?"."""
        starts = [token.start for token in reading.tokens if token.stop]
        cued = any(self.operators.find(reading, "tour_cue", one) for one in LANGUAGES)
        if not starts or not cued or reading.of("municipality", "place", "organisation"):
            return None
        read = [self.lexicon.read(text[start:end]) for start, end in pairwise((0, *starts, len(text)))]
        told = [self._understand(one, subject, language) for one in read]
        tours = [one for one in told if one.query and one.query.intent == "tour"]
        asks = any(asks_of_its_own(one, self.operators) for one in read)  # "We begin soon. Who has a mentor scheme?"
        return tours[0] if tours and not asks else None

    def _both(self, whole: Understanding, text: str, cut: int, subject: Subject, language: str) -> Understanding:
        """The first of the two questions that the text holds, with the rest; or the whole, where that is one."""
        first = self._understand(self.lexicon.read(text[:cut]), subject, language)
        if first.query is None or first.query.intent in ALONE:
            return whole
        rest = self.lexicon.read(text[cut:])
        second = self._understand(rest, self._after(first, subject), first.language)
        if second.query and 0 in self.operators.find(rest, "correction", first.language):
            return second
        if second.query is None or second.query.intent in (*ALONE, *LISTS) or _holds(whole.query, first, second):
            return whole
        return replace(first, rest=text[cut:], confidence=min(first.confidence, second.confidence))

    def _after(self, found: Understanding, before: Subject) -> Subject:
        """The ground that a question gives to the one that is asked together with it."""
        query, library = found.query, self.library
        assert query is not None
        places = query.municipalities or library.having(query.topics, every=False)
        items = tuple(item for place in places for item in library.items_in(query.topics, place))
        items = tuple(one for one in items if one in library.initiatives)
        return replace(
            before, query=query, municipalities=places, initiatives=items, topics=query.topics or before.topics,
            group=places if len(places) > 1 else before.group, language=found.language,
        )  # fmt: skip

    def _understand(self, reading: Reading, subject: Subject, language: str) -> Understanding:
        """The same of one question."""
        shown = self.language_of(reading)
        if shown:
            reading = reading.in_language(shown, self.lexicon.language_words[shown])
        spoken = shown or subject.language or language
        spoken = spoken if spoken in LANGUAGES else LANGUAGES[0]
        reading = reading.without_cues(self._cue_places(reading, spoken))
        message = Message(self.library, self.lexicon, self.operators, self.intents, reading, subject, spoken)
        return self._decide(message)

    def _cue_places(self, reading: Reading, language: str) -> set[int]:
        return {place for cue in NO_TOPICS for place in self.operators.find(reading, cue, language)}

    def language_of(self, reading: Reading) -> str:
        """The language that the words are in, "" where they do not tell."""
        scores = dict.fromkeys(LANGUAGES, 0.0)
        names = reading.covered("municipality", "place", "organisation")
        for place, (token, stems) in enumerate(zip(reading.tokens, reading.stems, strict=True)):
            if place in names:
                continue
            for language in LANGUAGES:
                words = self.lexicon.language_words[language]
                scores[language] += max([words.get(one, 0.0) for one in stems])
            if not DANISH_LETTERS.isdisjoint(token.written):
                scores["da"] += 1.0
        if abs(scores["da"] - scores["en"]) < 0.3:
            return ""
        return max(LANGUAGES, key=lambda one: scores[one])

    def _decide(self, message: Message) -> Understanding:
        """Talk, then follow-up, then question; what no source tells or the evidence does not carry is not answered."""
        slots = message.slots
        query: Query | None = None
        refused = False
        if message.reading.tokens:
            query = matter(message)
            query = query if query and is_ours(message, query) else talk(message) or explained_before(message)
            if query is None and slots.unknown_places and (not slots.municipalities or slots.abroad):
                short = message.opens_elliptic or len(message.reading.tokens) <= ELLIPTIC
                topics = message.topics or (message.subject.topics if short else ())
                query = Query("elsewhere", topics=topics, unknown_places=slots.unknown_places)
            refused = query is None and untold(message)
            if query is None and not refused:
                query = pictured(message) or follow_up(message) or question(message) or hinted(message)
                query = then(message, query) if query and is_ours(message, query) else None
            general = query and query.intent in GENERAL and not (query.topics or query.documents or query.then)
            # A number of something is told in the fact that has it, not in a list of who works with a topic.
            counts = (
                query
                and query.intent in COUNTED
                and query.topics
                and message.has("count_cue")
                and (message.slots.year or not (message.has("municipalities") or message.counts_ours))
            )
            if query is None or general or counts:
                query = closest(message, query) or query
        evidence = message.evidence
        raw = evidence.balance + message.best(query.intent) if query else 0.0
        return Understanding(
            message.language,
            query,
            calibrated(raw) if query else 0.9,
            "" if query else evidence.subject,
            "",
            () if query or refused else close_readings(message),
            tuple(message.scores[:5]),
            evidence,
            message.reading,
        )


def _holds(whole: Query | None, first: Understanding, second: Understanding) -> bool:
    """Whether the message read as one question asks for all that its two halves ask for."""
    one, other = first.query, second.query
    if whole is None or one is None or other is None or one.intent != other.intent:
        return False
    asked = {*one.municipalities, *other.municipalities, *one.topics, *other.topics, *one.without, *other.without}
    return asked <= {*whole.municipalities, *whole.topics, *whole.without}


def is_ours(message: Message, query: Query) -> bool:
    """Whether what speaks for the question outweighs what nothing in the base explains."""
    evidence = message.evidence
    if query.intent == "overview" and evidence.unexplained >= 1 and message.best("overview") < AT_LEAST:
        return False  # "how warm is it in Aarhus?"
    if query.intent == "overview" and evidence.outside >= SOLIDLY and message.best("overview") < CERTAIN:
        return False  # "which restaurants are there in Aarhus?"
    rooted = (
        query.terms
        or evidence.names
        or evidence.domain
        or message.has("which", "some")
        or message.subject.query
        or message.clean
    )
    if evidence.balance >= (BALANCE if rooted else UNROOTED):
        return True
    if message.subject.query and evidence.against < 0.6:
        return True
    if evidence.names and not evidence.outside and evidence.unexplained <= 1 and message.best(query.intent) >= CERTAIN:
        return True
    if query.intent == "overview" and not evidence.outside:
        asks_otherwise = message.has("which", "when_cue", "count_cue")
        return evidence.unexplained < 1 and len(message.reading.tokens) <= 9 and not asks_otherwise
    if evidence.against:
        return False
    return bool(message.best(query.intent) >= 0.35 or message.cued or query.number or query.milestones or query.topics)


def load_understander(root: Path = SHIPPED, day: date | None = None) -> Understander:
    """The understander of the base at `root`, as it was on a day where one is given. Raises KnowledgeError."""
    knowledge = load_knowledge(root)
    return Understander(Library(as_of(knowledge, day) if day else knowledge), load_phrases(root))
