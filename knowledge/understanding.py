"""A message and what was said before -> what is asked: language, intent, slots, confidence, runners-up."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.confidence import calibrated
from knowledge.evidence import Evidence
from knowledge.followups import follow_up
from knowledge.intents import Intents, IntentScore
from knowledge.lexicon import Lexicon, Reading
from knowledge.library import Library
from knowledge.loading import SHIPPED, load_knowledge
from knowledge.message import Message
from knowledge.model import LANGUAGES
from knowledge.operators import Operators
from knowledge.phrases import Phrasebook, load_phrases
from knowledge.pictures import pictured
from knowledge.preamble import question_start
from knowledge.query import NOTHING, Query, Subject
from knowledge.questions import close_readings, hinted, question
from knowledge.talk import talk
from knowledge.words import clean

BALANCE = 0.45
"""What speaks for a question must outweigh what speaks against by this."""
UNROOTED = 0.9
"""The same where no municipality, no word of the field and no "which" shows that it is a question to us."""


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
        if start := question_start(reading, self.operators):
            reading = self.lexicon.read(clean(text)[start:])
        spoken = self.language_of(reading) or subject.language or language
        spoken = spoken if spoken in LANGUAGES else LANGUAGES[0]
        message = Message(self.library, self.lexicon, self.operators, self.intents, reading, subject, spoken)
        return self._decide(message)

    def language_of(self, reading: Reading) -> str:
        """The language that the words are in, "" where they do not tell."""
        scores = dict.fromkeys(LANGUAGES, 0.0)
        names = reading.covered("municipality", "place", "organisation")
        for place, (token, stems) in enumerate(zip(reading.tokens, reading.stems, strict=True)):
            if place in names:
                continue
            for language in LANGUAGES:
                words = self.lexicon.language_words[language]
                scores[language] += max((words.get(one, 0.0) for one in stems), default=0.0)
            if any(letter in "æøåÆØÅ" for letter in token.written):
                scores["da"] += 1.0
        if abs(scores["da"] - scores["en"]) < 0.3:
            return ""
        return max(LANGUAGES, key=lambda one: scores[one])

    def _decide(self, message: Message) -> Understanding:
        """Talk, then follow-up, then question; what the evidence does not carry is not answered."""
        slots = message.slots
        query: Query | None = None
        if message.reading.tokens:
            query = talk(message)
            if query is None and slots.unknown_places and (not slots.municipalities or slots.abroad):
                last = message.subject.query
                topics = message.topics or (last.topics if last and message.opens_elliptic else ())
                query = Query("elsewhere", topics=topics, unknown_places=slots.unknown_places)
            if query is None:
                query = pictured(message) or follow_up(message) or question(message) or hinted(message)
                query = query if query and is_ours(message, query) else None
        evidence = message.evidence
        raw = evidence.balance + message.best(query.intent) if query else 0.0
        return Understanding(
            message.language,
            query,
            calibrated(raw) if query else 0.9,
            "" if query else evidence.subject,
            () if query else close_readings(message),
            tuple(message.scores[:5]),
            evidence,
            message.reading,
        )


def is_ours(message: Message, query: Query) -> bool:
    """Whether what speaks for the question outweighs what nothing in the base explains."""
    evidence = message.evidence
    rooted = evidence.names or evidence.domain or message.has("which", "some") or message.subject.query or message.clean
    if evidence.balance >= (BALANCE if rooted else UNROOTED):
        return True
    if message.subject.query and evidence.against < 0.6:
        return True
    if query.intent == "overview" and not evidence.outside:
        asks_otherwise = message.has("which", "when_cue", "count_cue")
        return evidence.unexplained <= 1 and len(message.reading.tokens) <= 9 and not asks_otherwise
    if evidence.against:
        return False
    return bool(message.best(query.intent) >= 0.35 or message.cued or query.number or query.milestones or query.topics)


def load_understander(root: Path = SHIPPED) -> Understander:
    """The understander of the base at `root`. Raises KnowledgeError."""
    return Understander(Library(load_knowledge(root)), load_phrases(root))
