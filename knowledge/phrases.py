"""Phrase files -> Phrasebook: how people say things, per language, as editors write it."""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from knowledge.loading import SHIPPED, KnowledgeError
from knowledge.model import LANGUAGES
from knowledge.yamlfile import Fault, YamlFile, read_yaml

GRAMMAR = (
    "not", "only", "both", "either", "and", "but", "which", "also", "others", "they", "it", "there", "these", "opener",
    "correction", "ignored",
)  # fmt: skip
"""Operators whose words are grammar: they carry no subject of their own."""
OPERATORS = (
    *GRAMMAR, "municipalities", "initiatives", "strategies", "themes", "documents", "partners", "jobs",
    "years", "goals", "first", "last", "next", "sorted", "months", "numbers", "danish", "english", "when_cue",
    "force_cue", "document_cue", "count_cue", "compare_cue", "common_cue", "goal_cue", "figure_cue", "partner_cue",
    "define_cue", "subscribe_cue", "unsubscribe_cue", "tour_cue", "overview_cue",
    "speaker", "ourselves", "lead_in", "wondering", "wondering_on", "question_word", "indefinite", "definite",
    "where", "lies", "has",
    "rule_cue", "untold", "uncounted_cue", "intended_cue", "size_cue", "address_cue",
    "outcome_cue", "status_cue", "contact_cue", "deadline_cue", "cite_cue", "now_cue", "result_cue", "institution",
    "moment_cue", "according_cue",
    "picture_cue", "timeline_cue", "page_cue",
    "privacy_word", "privacy_cue", "own_data_cue", "erase_cue", "oneself", "people",
    "no", "except", "list_cue", "name_cue", "before", "after", "ordinals", "other_one", "else",
    "strong_document", "thanks_cue", "content_cue", "some", "overall",
    "mine", "fetch", "same", "more", "example", "back", "this_place", "who", "part_of", "final", "filler", "auxiliary",
    "ended", "most", "fewest", "deals_with", "preposition", "asking",
    "subscriptions_cue", "news_cue", "everything", "at_once", "daily", "weekly", "weekdays", "clock",
    "earlier_cue", "old_cue", "money", "money_cue", "often_cue", "attended",
    "span", "until", "quiet", "writing", "night", "any_hour", "off",
)  # fmt: skip
SLOTS = ("municipality", "topic", "organisation", "year", "document")


@dataclass(frozen=True)
class TopicPhrases:
    """Ways to name one theme, initiative, goal or document. A hint counts only beside another hint or term."""

    terms: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()
    """Terms for what it saves people from ("fra kontor til kontor"): a "not" before one of them asks for it, too."""


TOPIC_FIELDS = tuple(one.name for one in fields(TopicPhrases))


@dataclass(frozen=True)
class LanguagePhrases:
    """All phrases of one language."""

    utterances: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Intent -> sentences with slots such as {municipality}."""
    topics: dict[str, TopicPhrases] = field(default_factory=dict)
    """Id -> ways to name it."""
    function: tuple[str, ...] = ()
    """Words of grammar."""
    neutral: tuple[str, ...] = ()
    """Words that may stand in any question without changing what is asked."""
    domain: tuple[str, ...] = ()
    """Words of the field that name no theme ("socialøkonomi", "kommune")."""
    outside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Subject that the base is not about -> words that show it."""
    operators: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Small words that turn a question, by what they do."""


@dataclass(frozen=True)
class Phrasebook:
    """The phrases of each language."""

    languages: dict[str, LanguagePhrases]

    def __getitem__(self, language: str) -> LanguagePhrases:
        return self.languages[language]


def load_phrases(root: Path = SHIPPED) -> Phrasebook:
    """The phrases below `root`/phrases. Raises KnowledgeError with every fault of every file."""
    faults: list[Fault] = []
    languages: dict[str, LanguagePhrases] = {language: _load_language(root, language, faults) for language in LANGUAGES}
    names = [set(languages[language].utterances) for language in LANGUAGES]
    for language, own, other in zip(LANGUAGES, names, reversed(names), strict=True):
        faults += [
            Fault(f"phrases/{language}/{intent}.yaml", 1, "", "is missing: the other language has this intent")
            for intent in other - own
        ]
    if faults:
        raise KnowledgeError(faults)
    return Phrasebook(languages)


def _load_language(root: Path, language: str, faults: list[Fault]) -> LanguagePhrases:
    folder = root / "phrases" / language

    def read(name: str) -> YamlFile:
        file = read_yaml(folder / name, f"phrases/{language}/{name}")
        faults.extend(file.faults)
        return file

    utterances: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("[a-z]*.yaml")):
        file = read(path.name)
        utterances[path.stem] = _strings(file, ("utterances",), faults)
        faults.extend(_slot_faults(file, utterances[path.stem]))
    topics: dict[str, TopicPhrases] = {}
    file = read("_topics.yaml")
    for key in _mapping(file, (), faults):
        kinds = _mapping(file, (key,), faults)
        for unknown in set(kinds) - set(TOPIC_FIELDS):
            faults.append(file.fault((key, unknown), "is not a field that this entry can have"))
        found = {kind: _strings(file, (key, kind), faults) for kind in TOPIC_FIELDS if kind in kinds}
        topics[str(key)] = TopicPhrases(**found)
    skip, outside, operators = read("_skip.yaml"), read("_outside.yaml"), read("_operators.yaml")
    return LanguagePhrases(
        utterances=utterances,
        topics=topics,
        function=_strings(skip, ("function",), faults),
        neutral=_strings(skip, ("neutral",), faults),
        domain=_strings(skip, ("domain",), faults),
        outside={str(key): _strings(outside, (key,), faults) for key in _mapping(outside, (), faults)},
        operators={name: _strings(operators, (name,), faults) for name in OPERATORS},
    )


def _at(file: YamlFile, path: tuple[str, ...]) -> Any:
    value = file.data
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _mapping(file: YamlFile, path: tuple[str, ...], faults: list[Fault]) -> dict[Any, Any]:
    value = _at(file, path)
    if isinstance(value, dict):
        return value
    if file.data is not None or not file.faults:
        faults.append(file.fault(path, "must be a mapping of names to lists"))
    return {}


def _strings(file: YamlFile, path: tuple[str, ...], faults: list[Fault]) -> tuple[str, ...]:
    value = _at(file, path)
    if file.data is None and file.faults:
        return ()
    if not isinstance(value, list) or not value:
        faults.append(file.fault(path, "must be a list of phrases"))
        return ()
    sound = all(type(one) is str and one and not one.isspace() for one in value)
    if sound and len({one.casefold() for one in value}) == len(value):
        return tuple(value)
    seen: set[str] = set()
    for number, one in enumerate(value):
        if not isinstance(one, str) or not one.strip():
            faults.append(file.fault((*path, number), "must be text; put it in quotation marks"))
        elif one.casefold() in seen:
            faults.append(file.fault((*path, number), f"'{one}' stands twice in this list"))
        else:
            seen.add(one.casefold())
    return tuple(one for one in value if isinstance(one, str))


def _slot_faults(file: YamlFile, utterances: tuple[str, ...]) -> list[Fault]:
    known = {f"{{{slot}}}" for slot in SLOTS}
    return [
        file.fault(("utterances", number), f"{word} is no slot; there are {', '.join(sorted(known))}")
        for number, one in enumerate(utterances)
        if "{" in one
        for word in one.replace("}", "} ").split()
        if "{" in word and word[word.index("{") :] not in known
    ]
