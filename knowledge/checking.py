"""All checks of a base in one go, for `vejviser check`: what does not load, and what loads but would answer wrongly."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.changes import untold
from knowledge.intents import Intents, split_utterance
from knowledge.library import Library
from knowledge.loading import SHIPPED, KnowledgeError, load_knowledge
from knowledge.model import LANGUAGES
from knowledge.phrases import Phrasebook, load_phrases
from knowledge.words import fold, stem, tokens
from knowledge.yamlfile import Fault, YamlFile, read_yaml

CONTRADICTIONS = (
    ("first", "last"), ("first", "next"), ("before", "after"), ("danish", "english"), ("not", "also"),
    ("subscribe_cue", "unsubscribe_cue"), ("only", "also"), ("only", "both"), ("only", "others"), ("both", "either"),
    ("and", "but"),
    ("not", "and"),
)  # fmt: skip
"""Pairs of operator lists between which a word must choose: in both it would say a thing and its opposite."""


def check(root: Path = SHIPPED) -> list[Fault]:
    """Every fault of the base below `root`, in the order of the files. Where it cannot be loaded, what prevents it."""
    return sorted({fault for _, fault in told(root, loaded(root))})


@dataclass(frozen=True)
class Loaded:
    """A base as far as it can be loaded, and what prevents the rest."""

    library: Library | None
    phrasebook: Phrasebook | None
    faults: tuple[Fault, ...]


def loaded(root: Path) -> Loaded:
    """Reads data and phrases, the one also where the other has faults: an editor should not have to ask twice."""
    faults: list[Fault] = []
    library: Library | None = None
    phrasebook: Phrasebook | None = None
    try:
        library = Library(load_knowledge(root))
    except KnowledgeError as error:
        faults += error.faults
    try:
        phrasebook = load_phrases(root)
    except KnowledgeError as error:
        faults += error.faults
    return Loaded(library, phrasebook, tuple(faults))


def told(root: Path, base: Loaded) -> Iterator[tuple[str, Fault]]:
    """Every fault with the name of the rule that it breaks; of a base that does not load, what prevents that."""
    yield from ((LOADS, fault) for fault in base.faults)
    if base.library and base.phrasebook:
        whole = _Base(root, base.library, base.phrasebook)
        for rule, find in RULES.items():
            yield from ((rule, fault) for fault in find(whole))


def phrase_faults(root: Path, library: Library, phrasebook: Phrasebook) -> list[Fault]:
    """Sentences that their intent loses to another one; `phrasebook` may have more of them than the files at `root`."""
    base = _Base(root, library, phrasebook)
    return sorted({*_shared_frames(base), *_stolen(base)})


def warnings(root: Path = SHIPPED) -> list[Fault]:
    """What an editor should look at and what prevents nothing. Nothing of a base that cannot be loaded."""
    try:
        return untold(root, Library(load_knowledge(root)))
    except KnowledgeError:
        return []


@dataclass(frozen=True)
class _Base:
    """A base that loads. Files are read once more only where a fault has to name its line."""

    root: Path
    library: Library
    phrasebook: Phrasebook
    _files: dict[str, YamlFile] = field(default_factory=dict)

    def fault(self, name: str, path: tuple[str | int, ...], message: str) -> Fault:
        """A fault in the file `name`, at the field that `path` leads to."""
        if name not in self._files:
            self._files[name] = read_yaml(self.root / name, name)
        return self._files[name].fault(path, message)


@dataclass(frozen=True)
class Utterance:
    """One sentence of a phrase file, with where it stands."""

    language: str
    intent: str
    number: int
    written: str
    stems: frozenset[str]
    slots: frozenset[str]

    @property
    def file(self) -> str:
        """The phrase file, from the base's folder."""
        return f"phrases/{self.language}/{self.intent}.yaml"


def utterances(phrasebook: Phrasebook) -> Iterator[Utterance]:
    """Every sentence of all phrase files, in the order in which `Intents` numbers them."""
    for language in LANGUAGES:
        for intent, listed in phrasebook[language].utterances.items():
            for number, written in enumerate(listed):
                yield Utterance(language, intent, number, written, *split_utterance(written))


def _unknown_topics(base: _Base) -> Iterator[Fault]:
    """Topics that the base does not have, and topics that only one language has words for.

    A theme or an initiative needs no entry: its name finds it. But where one language has words for it, and the
    other has none, someone stopped halfway.
    """
    library = base.library
    known = {*library.themes, *library.initiatives, *library.goals, *library.documents, *library.milestones}
    known |= set(library.terms)
    spoken = {language: base.phrasebook[language].topics for language in LANGUAGES}
    for language in LANGUAGES:
        name = f"phrases/{language}/_topics.yaml"
        for key, phrases in spoken[language].items():
            if key not in known:
                yield base.fault(
                    name,
                    (key,),
                    f"'{key}' is no theme, initiative, goal, document, milestone or term of the base",
                )
            elif not phrases.terms and not phrases.hints:
                yield base.fault(name, (key,), "has neither terms nor hints")
        for other in LANGUAGES:
            for key in spoken[other]:
                if key in known and key not in spoken[language]:
                    yield base.fault(name, (), f"has no words for '{key}': phrases/{other}/_topics.yaml has")


def _shared_frames(base: _Base) -> Iterator[Fault]:
    """Sentences of two intents that are one and the same once names and terms are taken out."""
    seen: dict[tuple[str, frozenset[str]], list[Utterance]] = defaultdict(list)
    for one in utterances(base.phrasebook):
        if not one.stems:
            continue
        earlier = seen[one.language, one.stems]
        twin = next((each for each in earlier if each.intent != one.intent and each.slots == one.slots), None)
        if twin:
            message = f"'{one.written}' is as '{twin.written}' in {twin.file}: nothing tells the two intents apart"
            yield base.fault(one.file, ("utterances", one.number), message)
        earlier.append(one)


def _stolen(base: _Base) -> Iterator[Fault]:
    """Sentences that another intent's sentences fit better than all of their own.

    One with a word that tells something fits itself wholly, and nothing fits better than that.
    """
    intents = Intents(base.phrasebook)
    for one in utterances(base.phrasebook):
        if not intents.are_commonplace(one.stems):
            continue
        scores = intents.score([{word} for word in one.stems], one.slots)
        own = next((each.score for each in scores if each.intent == one.intent), 0.0)
        if scores and scores[0].intent != one.intent and scores[0].score > own + 1e-9:
            best = scores[0]
            message = (
                f"'{one.written}' fits {best.intent} better, by '{best.utterance}' ({best.score:.2f} against {own:.2f})"
            )
            yield base.fault(one.file, ("utterances", one.number), message)


def _contradictions(base: _Base) -> Iterator[Fault]:
    """Operator words that stand in two lists that say the opposite of each other."""
    for language in LANGUAGES:
        operators = base.phrasebook[language].operators
        for first, second in CONTRADICTIONS:
            forms = {_operator_form(phrase): phrase for phrase in operators[first]}
            for number, phrase in enumerate(operators[second]):
                if (form := _operator_form(phrase)) in forms:
                    message = f"'{phrase}' stands in '{first}' too, as '{forms[form]}': the two contradict each other"
                    yield base.fault(f"phrases/{language}/_operators.yaml", (second, number), message)


def _operator_form(phrase: str) -> tuple[str, ...]:
    """What an operator's phrase matches by, as `Operators` reads it: whole words where the stem would be too short."""
    if phrase.startswith("="):
        return ("=", fold(phrase[1:]))
    words = tuple(stem(fold(word).replace("'", "")) for word in phrase.split())
    return ("=", fold(phrase).replace("'", "")) if len(words) == 1 and len(words[0]) < 4 else words


def _outside(base: _Base) -> Iterator[Fault]:
    """Phrases that are said to be about something else, and are ways to name a topic."""
    for language in LANGUAGES:
        phrases = base.phrasebook[language]
        ours = {
            _stems(theme.name[language]): (theme.name[language], theme.id) for theme in base.library.themes.values()
        }
        for key, topic in phrases.topics.items():
            ours.update((_stems(term), (term, key)) for term in topic.terms)
        for subject, listed in phrases.outside.items():
            for number, phrase in enumerate(listed):
                if found := ours.get(_stems(phrase)):
                    message = f"'{phrase}' is read as '{found[0]}', which names '{found[1]}': it cannot be both"
                    yield base.fault(f"phrases/{language}/_outside.yaml", (subject, number), message)


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens(phrase))


LOADS = "base"
"""The rule that all files can be read and make a base."""
RULES: dict[str, Callable[[_Base], Iterator[Fault]]] = {
    "unknown-topic": _unknown_topics,
    "contradiction": _contradictions,
    "outside": _outside,
    "twin-sentence": _shared_frames,
    "stolen-sentence": _stolen,
}
"""What must hold of a base that loads."""
