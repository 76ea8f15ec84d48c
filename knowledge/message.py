"""One message on its way to a query: what was found in it, and the questions that the rules ask of it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from knowledge.evidence import Evidence, weigh
from knowledge.intents import Intents
from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.operators import Operators
from knowledge.query import Subject
from knowledge.reading import Reading
from knowledge.slots import Slots, Topics, find_slots, resolve
from knowledge.words import fold, words_of

FLOOR = 0.5
"""How well an intent's utterances must fit the frame to count."""
SURELY = 0.8
"""How well utterances must fit where the slots say otherwise."""
SOLID = 0.6
"""Topics that a term names count from this weight on."""
HINTED = 0.7
"""Topics that hints alone speak for count from this weight on."""
NEARLY = 0.75
"""Where a municipality is named, what it has itself is meant from this part of the best topic's weight on."""
DANISH_ARTICLES = frozenset({"de", "den", "det"})
ARTICLES = DANISH_ARTICLES | {"that", "this", "these", "those"}
"""Pronouns that are articles where a noun follows."""
NOUNS = ("municipalities", "initiatives", "strategies", "themes", "documents", "partners", "goals", "jobs")
"""What is counted or listed."""
PICKS = frozenset({"den", "det", "the", "nr", "nummer", "number", "no"})
"""Behind one of these an ordinal picks from a list: "den sidste", "nummer to"."""

TALK = ("greeting", "thanks", "goodbye", "how_are_you", "praise", "complaint", "identity")
ABOUT_THE_BOT = ("help", "tour", "subscribe", "unsubscribe", "subscriptions", "whats_new")
LISTS = ("list_municipalities", "list_strategies", "list_themes", "list_documents")
CUES = (
    "when_cue", "force_cue", "document_cue", "count_cue", "compare_cue", "common_cue", "goal_cue", "figure_cue",
    "partner_cue", "first", "last", "next", "sorted",
)  # fmt: skip


class Message:
    """A reading with its slots, its evidence and the intents that its frame fits."""

    def __init__(
        self,
        library: Library,
        lexicon: Lexicon,
        operators: Operators,
        intents: Intents,
        reading: Reading,
        subject: Subject,
        language: str,
    ) -> None:
        self.library = library
        self.lexicon = lexicon
        self.operators = operators
        self.reading = reading
        self.subject = subject
        self.language = language
        self._places = operators.find_all(reading, language)
        self.slots: Slots = find_slots(reading, library, operators, language)
        self.evidence: Evidence = weigh(reading, self.slots, lexicon, operators, language)
        self.scores = intents.score(self._frame(), self.slots.names)
        self._fit = {one.intent: one.score for one in self.scores}
        self._intents = intents

    def of(self, reading: Reading) -> "Message":
        """The same message, read otherwise."""
        return Message(self.library, self.lexicon, self.operators, self._intents, reading, self.subject, self.language)

    def frame_of_all(self) -> list[set[str]]:
        """The words left when only names are taken out."""
        taken = self.reading.covered("municipality", "place", "organisation")
        return [stems for place, stems in enumerate(self.reading.stems) if place not in taken]

    @cached_property
    def fit_of_all(self) -> dict[str, float]:
        """How well the intents fit when terms are left in: "keep me posted" has no topic in it."""
        return {one.intent: one.score for one in self._intents.score(self.frame_of_all(), self.slots.names)}

    def _frame(self) -> list[set[str]]:
        """The words left when names and terms are taken out."""
        taken = self.reading.covered("municipality", "place", "organisation")
        taken |= {
            place
            for one in self.reading.of("topic")
            if not one.hint and one.id not in self.library.goals
            for place in one.positions
        }
        return [stems for place, stems in enumerate(self.reading.stems) if place not in taken]

    # ---- words

    def places_of(self, name: str) -> list[int]:
        """Where the operator's words stand."""
        return self._places.get(name, [])

    def has(self, *names: str) -> bool:
        """Whether the message has a word of any of the operators."""
        return not self._places.keys().isdisjoint(names)

    def best(self, *intents: str) -> float:
        """How well the best of the intents fits."""
        return max((self._fit.get(one, 0.0) for one in intents), default=0.0)

    @property
    def top(self) -> str:
        """The intent that fits best, "" where none fits well."""
        return self.scores[0].intent if self.scores and self.scores[0].score >= FLOOR else ""

    # ---- slots

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Topics asked for, where more than hints speak for them."""
        topics = self.slots.topics
        if topics.strength < (SOLID if topics.named else HINTED) or (self.has("correction") and not topics.named):
            return ()
        named = {place for one in self.reading.of("topic") if not one.hint for place in one.positions}
        if named and named <= set(self.places_of("goals")) and not any(one in self.library.goals for one in topics.ids):
            return ()  # "målet" is the goal, not what is measured
        places = self.slots.municipalities
        if len(places) == 1 and not self.library.items_in(topics.ids, places[0]):
            own = self.topics_within(self.library.items_of(places[0]))
            if own.named and own.strength >= NEARLY * topics.strength:
                return own.ids
            if self.best("overview") >= SURELY and not set(topics.ids) & self.library.themes.keys():
                return ()  # "what is going on in Silkeborg these days?" asks for no day of another's
        return topics.ids

    def topics_within(self, items: Iterable[str]) -> Topics:
        """What the message's mentions point at among these initiatives and goals."""
        allowed = set(items)
        mentions = [
            one
            for one in self.reading.of("topic")
            if not allowed.isdisjoint((one.id, *self.library.initiatives_on(one.id)))
        ]
        found = resolve(mentions, self.library)
        return replace(found, ids=tuple(one for one in self.library.items_on(found.ids) if one in allowed))

    @cached_property
    def without(self) -> tuple[str, ...]:
        """Topics that must not be there."""
        return self.slots.without.ids if self.slots.without.strength >= SOLID else ()

    @cached_property
    def goals_named(self) -> tuple[str, ...]:
        """Goals among the topics."""
        return tuple(one for one in self.topics if one in self.library.goals)

    @cached_property
    def themes_named(self) -> tuple[str, ...]:
        """Themes that a term names, whether or not something narrower outweighs them."""
        named = {one.id for one in self.reading.of("topic") if not one.hint}
        return tuple(theme for theme in self.library.themes if theme in named)

    def goals_touched(self, municipality: str) -> bool:
        """Whether the very words that name a topic stand in a goal of the municipality: "what sort of culture ..."."""
        named = {place for one in self.reading.of("topic") if not one.hint for place in one.positions}
        own = {one.id for one in self.library.municipalities[municipality].goals}
        return any(
            one.text_only
            and one.id in own
            and set(one.positions) <= named
            and len(self.reading.tokens[one.start].stem) > 4
            for one in self.reading.of("topic")
        )

    @property
    def names_something(self) -> bool:
        """Whether anything that the base has is named."""
        slots = self.slots
        paper = slots.documents and (slots.titled or self.has("document_cue"))
        places = slots.municipalities or slots.unknown_places
        return bool(places or paper or slots.organisations or slots.milestones or self.topics or self.without)

    @property
    def has_own_subject(self) -> bool:
        """Whether a topic, a document or an organisation is named: more than a place."""
        slots = self.slots
        return bool(self.topics or self.without or slots.documents or slots.organisations)

    # ---- how it is put

    @cached_property
    def cued(self) -> bool:
        """Whether a cue or an intent that needs no topic explains the message."""
        return self.has(*CUES) or self.best(*LISTS, "overview", "order", *TALK, *ABOUT_THE_BOT) >= FLOOR

    @cached_property
    def own_words(self) -> int:
        """Words that are neither names nor found in any question."""
        named = self.reading.covered("municipality", "place")
        return sum(
            1
            for place, stems in enumerate(self.reading.stems)
            if place not in named and stems.isdisjoint(self.lexicon.plain)
        )

    def _pronoun(self, name: str) -> bool:
        """Whether one of the operator's words stands for something that was said before this message."""
        asked = {place + 1 for place in (*self.places_of("which"), *self.places_of("asking"))}
        mentions = self.reading.of("topic", "document", "organisation")
        named = [one.start for one in mentions if not one.hint and one.start not in asked]
        after_verb = {place + 1 for place in self.places_of("auxiliary")} if name == "they" else set()
        return any(
            not self._is_article(place) and (place in after_verb or not any(one < place for one in named))
            for place in self.places_of(name)
        )

    def _is_article(self, place: int) -> bool:
        """Whether "det" or "that" belongs to a noun behind it: "det hus", "that strategy", "det der hus"."""
        tokens, stems = self.reading.tokens, self.reading.stems
        if tokens[place].folded not in ARTICLES or place + 1 >= len(tokens):
            return False
        behind = place + 2 if tokens[place + 1].folded == "der" and place + 2 < len(tokens) else place + 1
        if not stems[behind].isdisjoint(self.lexicon.function):
            return False
        noun = any(behind in self.places_of(one) for one in NOUNS) or behind in self._named_places
        after_verb = place > 0 and place - 1 in self.places_of("auxiliary") and tokens[place].folded in DANISH_ARTICLES
        return noun or not after_verb

    @cached_property
    def topic_places(self) -> set[int]:
        """Where terms of more than one word name a topic: "hente" in "penge at hente" fetches no document."""
        long = [one for one in self.reading.of("topic") if not one.hint and len(one.positions) > 1]
        return {place for one in long for place in one.positions}

    @cached_property
    def _named_places(self) -> set[int]:
        return {place for one in self.reading.of("topic", "document") if not one.hint for place in one.positions}

    @cached_property
    def says_they(self) -> bool:
        """A pronoun stands for a municipality: "har de også ...", "their"."""
        return self._pronoun("they") or self.has("there")

    @cached_property
    def says_it(self) -> bool:
        """A pronoun stands for a thing: "hvad er det til", "that"."""
        return self._pronoun("it")

    @cached_property
    def leans(self) -> bool:
        """Whether the message leans on what was said before."""
        return self.says_they or self.says_it or self.has("also", "these") or self.opens_elliptic

    @cached_property
    def opens_elliptic(self) -> bool:
        """Begins with "og", "and", "what about"."""
        return 0 in self.places_of("opener") and len(self.reading.tokens) <= 10

    @cached_property
    def asks_all(self) -> bool:
        """Whether it asks across municipalities: "hvilke kommuner", "who"."""
        return self.has("which") and not self.has("these") and not self.says_they

    @cached_property
    def at_most_where(self) -> bool:
        """Whether no question word stands there but "where"."""
        return set(self.places_of("which")) <= set(self.places_of("where"))

    @cached_property
    def yes_no(self) -> bool:
        """Begins with a verb ("er der", "do they") rather than with a question word."""
        return bool(self.reading.stems) and 0 not in self.places_of("which")

    @cached_property
    def picks(self) -> int:
        """Which of what was listed is meant, from 1, the last -1; 0: none. "Who was the first?" picks nothing."""
        asked = min(self.places_of("which"), default=len(self.reading.tokens))
        for place, token in enumerate(self.reading.tokens):
            if 0 < place < asked and self.reading.tokens[place - 1].folded in PICKS:
                if place in self.places_of("final"):
                    return -1
                if number := self.operators.ordinals.get(token.folded, 0):
                    return number
        return 0

    @cached_property
    def opens_with_not(self) -> bool:
        """Begins by putting something right: "ikke rådgivning, netværk"."""
        return 0 in self.places_of("not") and 0 not in self.places_of("no")

    @cached_property
    def title_alone(self) -> tuple[str, ...]:
        """The document whose title is all that is said."""
        said = [token.folded for token in self.reading.tokens]
        return tuple(
            one
            for one in dict.fromkeys(mention.id for mention in self.reading.of("document"))
            for language in LANGUAGES
            if said == [fold(word) for word in words_of(self.library.documents[one].title[language])]
        )[:1]

    @cached_property
    def asks_overview(self) -> bool:
        """Whether what a municipality does is asked for, whatever small words stand around it."""
        fillers = {place for name in ("opener", "correction", "filler") for place in self.places_of(name)}
        taken = self.reading.covered("municipality", "place", "organisation") | fillers
        frame = [stems for place, stems in enumerate(self.reading.stems) if place not in taken]
        fit = {one.intent: one.score for one in self._intents.score(frame, self.slots.names)}
        return fit.get("overview", 0.0) >= 0.7 and max(fit.values()) == fit["overview"]

    @cached_property
    def asks_others(self) -> bool:
        """Whether other municipalities are asked for: "who else", "andre kommuner"."""
        others = self.places_of("others")
        return bool(others) and (self.has("who") or any(one + 1 in self.places_of("municipalities") for one in others))

    @cached_property
    def narrows(self) -> bool:
        """Whether it asks for a part of the last answer: "kun det om penge", "den med pilotprojekter"."""
        return (self.has("only", "part_of") and not self.asks_all) or self._points_at_topic

    @property
    def _points_at_topic(self) -> bool:
        """ "den forsker", "that fund", "den der pulje": right behind it stands a topic."""
        tokens = [token.folded for token in self.reading.tokens]
        return any(
            place + 1 + (tokens[place + 1 : place + 2] == ["der"]) in self._named_places and tokens[place] in ARTICLES
            for place in (*self.places_of("it"), *self.places_of("they"))
        )

    @property
    def counts_ours(self) -> bool:
        """Whether what stands behind "how many" may be something of ours: "how many cafés ..." is not."""
        if not self.has("count_cue"):
            return True
        behind = max(self.places_of("count_cue")) + 1
        named = self.reading.covered("municipality")
        for place in range(behind, min(behind + 3, len(self.reading.stems))):
            stems = self.reading.stems[place]
            if place in self._named_places:
                return True
            if place in named or not stems.isdisjoint(self.lexicon.function):
                continue
            ours = any(place in self.places_of(noun) for noun in (*NOUNS, "years", "count_cue"))
            everyday = not (stems.isdisjoint(self.lexicon.neutral) and stems.isdisjoint(self.lexicon.domain))
            return ours or (everyday and (place not in self.places_of("people") or self.evidence.domain > 0))
        return True

    @cached_property
    def opens_with_preposition(self) -> bool:
        """Hardly more than "with whom?", "for hvem?", "in which fields?": what is asked of was said before."""
        first = 1 if self.opens_elliptic and len(self.reading.tokens) > 1 else 0
        preposed = first in self.places_of("preposition") and first + 1 in self.places_of("asking")
        return preposed and len(self.reading.tokens) <= first + 4

    @cached_property
    def is_bare(self) -> bool:
        """Whether it is a question word and small words only: "og for hvem?", "in which month?"."""
        # The two are large: together they would be copied for each message.
        function, neutral = self.lexicon.function, self.lexicon.neutral
        return not self.names_something and not any(
            stems.isdisjoint(function) and stems.isdisjoint(neutral) for stems in self.reading.stems
        )

    @cached_property
    def group(self) -> tuple[str, ...]:
        """The municipalities that "de to", "the three" or "them" stands for."""
        group = self.subject.group
        return group[-self.several :] if 1 < self.several <= len(group) else group

    @cached_property
    def several(self) -> int:
        """How many are spoken of: "de to", "the other three"; 0: no number is said."""
        counts = [self.operators.numbers.get(token.stem, 0) for token in self.reading.tokens]
        return next((one for one in counts if one > 1), 0)

    @property
    def clean(self) -> bool:
        """Nothing speaks against the message being ours."""
        return self.evidence.against == 0
