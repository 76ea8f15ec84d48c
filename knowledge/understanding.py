"""A message and what was said before -> what is asked: language, intent, slots, confidence, runners-up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from knowledge.confidence import calibrated
from knowledge.evidence import Evidence, weigh
from knowledge.intents import Intents, IntentScore
from knowledge.lexicon import Lexicon, Reading
from knowledge.library import Library
from knowledge.loading import SHIPPED, load_knowledge
from knowledge.model import LANGUAGES
from knowledge.operators import Operators
from knowledge.phrases import Phrasebook, load_phrases
from knowledge.query import NOTHING, Query, Subject
from knowledge.slots import Slots, find_slots

SMALL_TALK = ("greeting", "thanks", "goodbye", "how_are_you", "praise", "complaint", "identity")
ABOUT_THE_BOT = ("help", "tour", "subscribe", "unsubscribe", "whats_new")
LISTS = ("list_municipalities", "list_strategies", "list_themes", "list_documents")

FLOOR = 0.5
"""How well an intent's utterances must fit the frame to count."""
SOLID = 0.6
"""Topics that a term names count from this weight on."""
HINTED = 0.7
"""Topics that hints alone speak for count from this weight on."""
BALANCE = 0.45
"""What speaks for a question must outweigh what speaks against by this."""


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
        spoken = self.language_of(reading) or subject.language or language or LANGUAGES[0]
        return _Turn(self, reading, subject, spoken).decide()

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


def load_understander(root: Path = SHIPPED) -> Understander:
    """The understander of the base at `root`. Raises KnowledgeError."""
    return Understander(Library(load_knowledge(root)), load_phrases(root))


class _Turn:
    """One message on its way to a query: what was found in it, and the rules that join it."""

    def __init__(self, understander: Understander, reading: Reading, subject: Subject, language: str) -> None:
        self.library = understander.library
        self.lexicon = understander.lexicon
        self.operators = understander.operators
        self.reading = reading
        self.subject = subject
        self.language = language
        self.slots = find_slots(reading, self.library, self.operators, language)
        self.evidence = weigh(reading, self.slots, self.lexicon)
        self.scores = understander.intents.score(self._frame(), self.slots.names)
        self.fit = {one.intent: one.score for one in self.scores}

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

    def has(self, *names: str) -> bool:
        """Whether the message has a word of any of the operators."""
        return any(self.operators.find(self.reading, name, self.language) for name in names)

    def best(self, *intents: str) -> float:
        """How well the best of the intents fits."""
        return max((self.fit.get(one, 0.0) for one in intents), default=0.0)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Topics asked for, where more than hints speak for them."""
        topics = self.slots.topics
        if topics.strength >= (SOLID if topics.named else HINTED):
            return topics.ids
        return ()

    @cached_property
    def _cued(self) -> bool:
        """Whether a cue or an intent that needs no topic explains the message."""
        return self.has("when_cue", "force_cue", "document_cue", "count_cue", "compare_cue", "common_cue", "goal_cue",
                        "figure_cue", "partner_cue", "first", "last", "next", "sorted") or self.best(
            *LISTS, "overview", "order", *SMALL_TALK, *ABOUT_THE_BOT) >= FLOOR  # fmt: skip

    @cached_property
    def goals_named(self) -> tuple[str, ...]:
        """Goals among the topics."""
        return tuple(one for one in self.topics if one in self.library.goals)

    @cached_property
    def own_words(self) -> int:
        """Content words that are no name: none of grammar and none of the field."""
        named = self.reading.covered("municipality", "place")
        plain = self.lexicon.function | self.lexicon.domain
        return sum(
            1 for place, stems in enumerate(self.reading.stems) if place not in named and stems.isdisjoint(plain)
        )

    # ---- deciding

    def decide(self) -> Understanding:
        """The understanding of the message."""
        slots = self.slots
        if not self.reading.tokens:
            return self._unknown()
        if query := self._talk():
            return self._known(query)
        if slots.unknown_places and (not slots.municipalities or slots.abroad):
            return self._known(Query("elsewhere", topics=self.topics, unknown_places=slots.unknown_places))
        query = self._follow_up() or self._question() or self._hinted()
        if query is None or not self._is_ours(query):
            return self._unknown()
        return self._known(query)

    def _hinted(self) -> Query | None:
        """Nothing but hints, and nothing that speaks against them."""
        if self.evidence.against == 0 and len(self.slots.topics.ids) <= 2 and (self.has("which") or self.evidence.domain):
            self.topics = self.slots.topics.ids
            return self._plain(self.slots.municipalities)
        return None

    def _is_ours(self, query: Query) -> bool:
        """Whether what speaks for the question outweighs what nothing in the base explains."""
        if self.evidence.balance >= BALANCE:
            return True
        if self.subject.query and self.evidence.against < 0.6:
            return True
        if query.intent == "overview" and not self.evidence.outside:
            return self.evidence.unexplained <= 1 and len(self.reading.tokens) <= 9
        if self.evidence.against:
            return False
        return bool(self.best(query.intent) >= 0.35 or self._cued or query.number or query.milestones or query.topics)

    def _unknown(self) -> Understanding:
        return Understanding(
            self.language, None, 0.9, self.evidence.subject, (), tuple(self.scores[:5]), self.evidence, self.reading
        )

    def _known(self, query: Query) -> Understanding:
        raw = self.evidence.balance + self.best(query.intent)
        return Understanding(
            self.language, query, calibrated(raw), "", (), tuple(self.scores[:5]), self.evidence, self.reading
        )

    @property
    def _names_something(self) -> bool:
        slots = self.slots
        return bool(
            slots.municipalities or self.topics or slots.without.strength >= SOLID or slots.organisations
            or slots.documents or slots.unknown_places or slots.milestones
        )  # fmt: skip

    # ---- talk

    def _talk(self) -> Query | None:
        """Greetings, thanks and questions about the bot, where nothing else is asked."""
        if not self.scores:
            return None
        top = self.scores[0]
        against = self.evidence.outside + 0.6 * self.evidence.unexplained
        if against >= 1 or (self.subject.query and self.has("others")):
            return None
        if self.best("unsubscribe") >= 0.4 and self.has("unsubscribe_cue") and not self.has("when_cue") and self.best("unsubscribe") >= self.best("subscribe"):
            return Query("unsubscribe", self.slots.municipalities, self.topics)
        if self.best("subscribe") >= 0.4 and self.has("subscribe_cue"):
            return Query("subscribe", self.slots.municipalities, self.topics)
        if self.best("tour") >= 0.4 and self.has("tour_cue") and not self.slots.municipalities and not self.slots.topics.named:
            return Query("tour")
        if top.score < (FLOOR if self._names_something or self.evidence.domain else 0.35) or (against and top.score < FLOOR):
            return None
        if top.intent == "switch_language" and (self.has("danish") or self.has("english")):
            return self._switch_language()
        if top.intent in SMALL_TALK and self.evidence.domain:
            return None
        if top.intent in (*SMALL_TALK, *ABOUT_THE_BOT) and not self._names_something:
            return Query(top.intent)
        return None

    def _switch_language(self) -> Query:
        self.language = "en" if self.has("english") else "da"
        return self.subject.query or Query("switch_language")

    # ---- follow-ups

    def _follow_up(self) -> Query | None:
        """A question that stands on the last answer; None where it stands by itself."""
        last, slots = self.subject.query, self.slots
        if last is None or self.evidence.outside >= 1 or self.evidence.unexplained > 1:
            return None
        if slots.municipalities:
            return None if self._has_own_subject else self._same_for_other(last)
        if slots.organisations or slots.documents or slots.milestones:
            return None
        top = self.scores[0].intent if self.scores and self.scores[0].score >= 0.6 else ""
        if top == "again" and not self.topics:
            return replace(last, full=True, counted=False)
        if top == "source" and not self.topics:
            return Query("source")
        if self.has("others") and (query := self._others(last)):
            return query
        return self._about_the_same(last)

    @cached_property
    def _has_own_subject(self) -> bool:
        slots = self.slots
        return bool(self.topics or slots.documents or slots.organisations or slots.without.strength >= SOLID)

    def _same_for_other(self, last: Query) -> Query | None:
        """ "og Aarhus?", "what about Kolding?", "jeg mente København", "tag Roskilde med"."""
        places, library = self.slots.municipalities, self.library
        turns = ("correction", "add_to_comparison", "the_others")
        top = self.scores[0].intent if self.scores and self.scores[0].score >= FLOOR else ""
        if self.own_words and top not in turns:
            return None
        if self.best("overview") >= 0.8 and self.best("overview") > self.best(*turns):
            return None
        if last.intent in ("compare", "in_common", "only_in"):
            if len(places) == 1 and top != "correction":
                return replace(last, intent="compare", municipalities=_each(last.municipalities, places))
            return replace(last, municipalities=places)
        if last.intent == "elsewhere":
            return Query("topic_in_municipality" if last.topics else "overview", places, last.topics, last.join)
        if last.intent in ("municipalities_with", "municipalities_without", "detail", "define", "topic_in_municipality"):
            topics = library.main_themes(last.topics or last.without)
            return Query("topic_in_municipality", places, topics) if topics else None
        if last.intent in ("documents", "dates", "in_force", "goals", "figures", "partners", "overview", "count"):
            kept = {"documents": (), "organisations": (), "within": (), "excluding": (), "milestones": (), "topics": ()}
            return replace(last, municipalities=places, **kept)
        return None

    def _others(self, last: Query) -> Query | None:
        """ "hvad med de andre?", "who else?", "and who doesn't?"."""
        before, library = self.subject.municipalities, self.library
        if self.has("partner_cue", "count_cue", "when_cue"):
            return None
        topics = self.topics or library.main_themes(last.topics)
        if self.topics:
            return Query("municipalities_with", (), library.main_themes(topics), excluding=before)
        if last.intent == "municipalities_without":
            return Query("municipalities_with", (), last.without)
        if last.intent == "municipalities_with" and not last.excluding:
            return Query("municipalities_without", (), (), "any", last.topics)
        if last.intent in ("topic_in_municipality", "detail", "define", "partners") and topics:
            return Query("municipalities_with", (), topics, excluding=before)
        if last.intent in ("overview", "goals", "dates", "in_force", "documents", "figures"):
            rest = tuple(key for key in library.municipalities if key not in before)
            return replace(last, municipalities=rest, topics=(), documents=(), organisations=(), milestones=())
        return None

    def _about_the_same(self, last: Query) -> Query | None:
        """Pronouns, ellipses and bare intents: the municipality or initiative of the last answer is meant."""
        subject, library = self.subject, self.library
        asks_all = self.has("which") and not self.has("these")
        leans = self.has("pronoun", "also", "there", "these") or self._opens_elliptic
        if self.slots.negated and not self._has_own_subject and asks_all and (topics := last.topics or last.without):
            return Query("municipalities_without", (), (), "any", topics)
        if self.topics:
            inside = tuple(one for one in library.items_on(self.topics) if one in subject.initiatives)
            if leans and inside and not self.has("also"):
                return Query("detail", (), inside)
            if self.has("these") and not set(library.owners(library.items_on(self.topics))) & set(subject.municipalities):
                return self._question(subject.municipalities, bare=True)
            if len(subject.municipalities) == 1 and not asks_all and (leans or self._yes_no):
                return self._question(subject.municipalities)
            return None
        if self.slots.without.strength >= SOLID:
            return None
        places = subject.municipalities
        if not places and not subject.documents:
            return None
        if asks_all and not leans:
            return None
        query = self._question(places, bare=True)
        if query:
            return query
        if not leans and self.own_words > 2:
            return None
        if subject.initiatives and last.topics and not (len(places) == 1 and self.best("overview") >= 0.75):
            return Query("detail", (), subject.initiatives)
        return Query("overview", places) if len(places) == 1 and (leans or self.best("overview", "detail") >= 0.6) else None

    @cached_property
    def _opens_elliptic(self) -> bool:
        places = self.operators.find(self.reading, "opener", self.language)
        return 0 in places and len(self.reading.tokens) <= 8

    @cached_property
    def _yes_no(self) -> bool:
        """Begins with a verb ("er der", "do they") rather than with a question word."""
        return bool(self.reading.stems) and not self.operators.find(self.reading, "which", self.language)[:1] == [0]

    # ---- questions

    def _question(self, given: tuple[str, ...] = (), *, bare: bool = False) -> Query | None:
        """The question by its slots and cues. `given`: the municipalities that the last answer was about.

        With `bare` only kinds that a cue asks for are meant: the message names nothing itself.
        """
        places = self.slots.municipalities or given
        for rule in (
            self._dated_steps, self._in_order, self._side_by_side, self._papers, self._counted, self._figures,
            self._in_force, self._dates, self._missing, self._peculiar, self._partners, self._goals, self._explained,
            self._listed,
        ):  # fmt: skip
            if query := rule(places):
                return query
        return None if bare else self._plain(places)

    def _plain(self, places: tuple[str, ...]) -> Query | None:
        """No cue: the slots alone tell the kind."""
        slots = self.slots
        topics = self.topics or (slots.without.ids if slots.without.strength >= SOLID else ())
        if topics and places:
            return Query("topic_in_municipality", places, topics, slots.topics.join)
        if topics:
            return Query("municipalities_with", (), topics, slots.topics.join)
        if len(places) > 1:
            return Query("compare", places)
        if places:
            return Query("overview", places)
        if slots.documents:
            return Query("documents", documents=slots.documents)
        if slots.terms:
            return Query("define", terms=slots.terms)
        return None

    def _dated_steps(self, places: tuple[str, ...]) -> Query | None:
        slots = self.slots
        if slots.milestones and not self.topics:
            return Query("dates", self.library.owners(slots.milestones), milestones=slots.milestones, year=slots.year)
        return None

    def _in_order(self, places: tuple[str, ...]) -> Query | None:
        aspects = [name for name in ("sorted", "next", "last", "first") if self.has(name)]
        if not aspects or self.topics or (self.slots.year and not places):
            return None
        if self.slots.documents and self.best("order") < self.best("documents", "dates"):
            return None
        if len(self.slots.municipalities) == 1 and aspects[0] in ("last", "first"):
            return None
        if len(places) < 2 and self.best("order") < (0.35 if not self.evidence.against else FLOOR):
            return None
        within = self.subject.municipalities if self.has("these") or len(places) > 1 else ()
        return Query("order", self.slots.municipalities or (places if aspects[0] == "next" else ()), aspect=aspects[0],
                     counted=not self.has("which"),
                     within=self.slots.municipalities if len(self.slots.municipalities) > 1 else within)  # fmt: skip

    def _side_by_side(self, places: tuple[str, ...]) -> Query | None:
        if not self.slots.municipalities and not self.has("compare_cue", "common_cue"):
            return None
        topics = self.topics
        owners = self.library.owners(topics) if len(topics) > 1 else ()
        if len(places) < 2 and not (self.has("compare_cue") and len(owners) > 1):
            return None
        if self.has("when_cue", "document_cue", "in_force") and not self.has("compare_cue"):
            return None
        places = places if len(places) > 1 else owners
        if self.slots.negated and not topics and not self.slots.without.ids:
            return Query("only_in", places)
        if self.has("common_cue") and self.best("in_common") >= self.best("compare") and not topics:
            return Query("in_common", places)
        if topics and not self.has("compare_cue"):
            return Query("topic_in_municipality", places, topics)
        return Query("compare", places, topics)

    def _papers(self, places: tuple[str, ...]) -> Query | None:
        slots = self.slots
        if self.has("when_cue", "force_cue") and self.best("dates", "in_force") >= self.best("documents", "list_documents"):
            return None
        if slots.documents and (self.has("document_cue") or (slots.titled and not self.topics)):
            return Query("documents", self.library.owners(slots.documents) or places, documents=slots.documents)
        if not self.has("document_cue") or self.best("documents", "list_documents") < FLOOR:
            return None
        if places:
            topics = tuple(one for one in self.topics if one in self.library.initiatives)
            return Query("documents", places, topics)
        if self.topics:
            owners = self.library.owners(self.library.items_on(self.topics))
            needed = 0.75 if self.has("which") else FLOOR
            return Query("documents", owners, self.topics) if self.best("documents") >= needed else None
        return Query("list_documents") if self.best("documents", "list_documents") >= 0.6 else None

    def _counted(self, places: tuple[str, ...]) -> Query | None:
        if not self.has("count_cue") or self.goals_named:
            return None
        slots, topics = self.slots, self.topics
        if self.has("jobs") and not topics:
            return Query("figures", places)
        if topics and not slots.municipalities and not self.has("years"):
            if places and not self.has("municipalities"):
                return Query("topic_in_municipality", places, topics)
            return Query("municipalities_with", (), topics, slots.topics.join, counted=True)
        if slots.without.strength >= SOLID and not places:
            return Query("municipalities_without", (), (), "any", slots.without.ids, counted=True)
        if topics:
            return None
        for name in ("initiatives", "strategies", "documents", "themes", "partners", "municipalities"):
            if self.has(name):
                if places and name == "municipalities":
                    continue
                return Query("count", places, aspect=name, year=slots.year)
        if places and self.best("count") >= FLOOR:
            last = self.subject.query
            if not slots.municipalities and last and last.intent == "municipalities_with":
                return replace(last, counted=True)
            return Query("count", places, aspect="initiatives")
        return None

    def _figures(self, places: tuple[str, ...]) -> Query | None:
        library = self.library
        values = {
            figure.value
            for holder in (*library.goals.values(), *library.strategies.values(), *library.initiatives.values())
            for figure in holder.figures
            if figure.value > 1
        }
        named = [value for value in self.slots.numbers if value in values]
        foreign = self.evidence.outside + self.evidence.unexplained
        if named and not self.has("these") and (places or self.goals_named or (foreign < 1 and named[0] > 9)):
            if not self.topics or self.goals_named:
                return Query("figures", places, number=named[0])
        if self.has("figure_cue") and not self.topics and places and self.best("figures") >= FLOOR:
            within = self.subject.municipalities if self.has("these") else ()
            return Query("figures", () if within else places, within=within)
        if self.has("figure_cue", "when_cue") and self.goals_named:
            return Query("goals", (), self.goals_named)
        return None

    def _in_force(self, places: tuple[str, ...]) -> Query | None:
        if not self.has("force_cue") or self.topics or self.best("in_force") < FLOOR:
            return None
        owners = places or self.library.owners(self.slots.documents)
        return Query("in_force", owners)

    def _dates(self, places: tuple[str, ...]) -> Query | None:
        slots = self.slots
        if not (self.has("when_cue") or slots.year):
            return None
        owners = places or self.library.owners(slots.documents) or self.library.owners(self.library.items_on(self.topics))
        if slots.documents and not owners:
            return Query("dates", documents=slots.documents)
        if owners and (self.has("when_cue") or not self.topics) and self.best("dates", "order", "in_force") >= 0.3:
            return Query("dates", owners if len(owners) < len(self.library.municipalities) else (), year=slots.year)
        if not owners and (self.best("dates", "list_strategies", "order") >= FLOOR) and not self.topics:
            return Query("dates", year=slots.year, documents=() if slots.year or self.has("strategies") else ("overblik-2014",))
        return None

    def _missing(self, places: tuple[str, ...]) -> Query | None:
        slots = self.slots
        if slots.without.strength < SOLID or self.slots.municipalities:
            return None
        if not self.topics and places and not self.has("which"):
            return None
        return Query("municipalities_without", (), self.topics, slots.topics.join, slots.without.ids)

    def _peculiar(self, places: tuple[str, ...]) -> Query | None:
        if self.topics or not places or self.best("only_in") < 0.4 or not (self.has("only") or self.best("only_in") >= 0.7):
            return None
        return Query("only_in", places[:2])

    def _partners(self, places: tuple[str, ...]) -> Query | None:
        slots = self.slots
        if slots.organisations:
            sites = [one for one in slots.organisations if self.library.organisations[one].place]
            if sites:
                return Query("detail", (), tuple(item for one in sites for item in self.library.work_with(one)))
            return Query("partners", slots.municipalities, self.topics, organisations=slots.organisations)
        if self.has("partner_cue") and (places or self.topics) and self.best("partners") >= FLOOR:
            if self.topics and not places and self.has("which") and self.best("municipalities_with") >= self.best("partners"):
                return None
            if not slots.municipalities and not self.topics and self.subject.initiatives and self.subject.query:
                if self.subject.query.topics and not self.has("partners"):
                    return Query("partners", (), self.subject.initiatives)
            return Query("partners", places, self.topics)
        return None

    def _goals(self, places: tuple[str, ...]) -> Query | None:
        if self.goals_named and len(self.goals_named) == len(self.topics):
            owners = self.library.owners(self.goals_named)
            if places and not set(owners) & set(places):
                return Query("goals", places)
            if places:
                return Query("goals", places)
            return Query("goals", (), self.goals_named)
        if self.has("goal_cue") and not self.topics and self.best("goals") >= FLOOR:
            return Query("goals", places)
        return None

    def _explained(self, places: tuple[str, ...]) -> Query | None:
        if self.slots.municipalities or not self.has("define_cue"):
            return None
        if self.topics and self.best("define", "detail") >= 0.4 and not self.has("which"):
            return Query("define", (), self.topics)
        if self.slots.terms and not self.topics:
            return Query("define", terms=self.slots.terms)
        return None

    def _listed(self, places: tuple[str, ...]) -> Query | None:
        if self._names_something or not self.scores:
            return None
        lists = [one for one in self.scores if one.intent in LISTS and one.score >= FLOOR]
        if lists and self.evidence.outside + self.evidence.unexplained < 1:
            if not self.subject.query or self.scores[0].intent in LISTS:
                return Query(lists[0].intent)
        return None


def _each(*groups: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))
