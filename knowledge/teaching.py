"""A new sentence for a phrase file: what it looks like with slots in it, and whether it leaves the others alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.checking import phrase_faults
from knowledge.library import Library
from knowledge.model import LANGUAGES
from knowledge.phrases import SLOTS, Phrasebook
from knowledge.understanding import NO_TOPICS, Understander
from knowledge.words import clean
from knowledge.yamlfile import Fault

_SLOT = re.compile(r"\{(\w*)\}?")
_DOUBLE = re.compile(r"(\{\w+\})(?: \1)+")


@dataclass(frozen=True)
class Lesson:
    """A sentence to be put into the phrase file of an intent."""

    language: str
    intent: str
    sentence: str
    """With slots: "hvem har {topic}?"."""

    @property
    def file(self) -> str:
        """The phrase file, from the base's folder."""
        return f"phrases/{self.language}/{self.intent}.yaml"


def taught(phrasebook: Phrasebook, lesson: Lesson) -> Phrasebook:
    """The phrasebook with the sentence in it."""
    phrases = phrasebook[lesson.language]
    sentences = (*phrases.utterances[lesson.intent], lesson.sentence)
    more = replace(phrases, utterances={**phrases.utterances, lesson.intent: sentences})
    return Phrasebook({**phrasebook.languages, lesson.language: more})


def refusals(root: Path, library: Library, phrasebook: Phrasebook, lesson: Lesson) -> list[str]:
    """Why the sentence must not be added, a line each: what `vejviser check` would say of the base with it."""
    known = phrasebook[lesson.language].utterances.get(lesson.intent)
    if known is None:
        return [f"there is no intent '{lesson.intent}'; there are {', '.join(sorted(phrasebook['da'].utterances))}"]
    if wrong := [slot for slot in _SLOT.findall(lesson.sentence) if slot not in SLOTS]:
        return [f"'{{{wrong[0]}}}' is no slot; there are {', '.join(f'{{{one}}}' for one in SLOTS)}"]
    if not re.search(r"\w", _SLOT.sub("", lesson.sentence)):
        return ["the sentence has no word of its own to be known by"]
    if lesson.sentence.casefold() in (one.casefold() for one in known):
        return [f"{lesson.file}: '{lesson.sentence}' stands there already"]
    after = [_told(one) for one in phrase_faults(root, library, taught(phrasebook, lesson))]
    if not after:
        return []
    before = {_told(one) for one in phrase_faults(root, library, phrasebook)}
    return [one for one in after if one not in before]


def with_slots(understander: Understander, text: str, language: str = "") -> str:
    """A question with its names and terms replaced by slots: "hvem har mentorer?" -> "hvem har {topic}?"."""
    text = " ".join(clean(text).split())
    if _SLOT.search(text):
        return text
    lexicon, operators = understander.lexicon, understander.operators
    reading = lexicon.read(text)
    if spoken := understander.language_of(reading) or language:
        reading = reading.in_language(spoken, lexicon.language_words[spoken])
        reading = reading.without_cues({at for cue in NO_TOPICS for at in operators.find(reading, cue, spoken)})
    slots: dict[int, str] = {
        place: "year" for place, token in enumerate(reading.tokens) if re.fullmatch(r"(19|20)\d\d", token.written)
    }
    # What weighs most is written last, so it stands where two overlap: a name before a topic, a topic before a title.
    for kind, slot in (
        ("document", "document"), ("topic", "topic"), ("organisation", "organisation"), ("place", "municipality"),
        ("municipality", "municipality"),
    ):  # fmt: skip
        for one in reading.mentions:
            if one.kind == kind and not one.hint and one.id not in understander.library.goals:
                slots.update(dict.fromkeys(one.positions, slot))
    parts, end = [], 0
    for place, token in enumerate(reading.tokens):
        if place in slots:
            written = f"{{{slots[place]}}}"
            parts += [text[end : token.start], written]
            end = token.start + len(token.written)
    return _DOUBLE.sub(r"\1", "".join([*parts, text[end:]]))


def examples(library: Library, phrasebook: Phrasebook) -> Iterator[tuple[str, str]]:
    """Every sentence of the phrase files with names of the base in its slots, and its language."""
    for language in LANGUAGES:
        for sentences in phrasebook[language].utterances.values():
            for sentence in sentences:
                yield language, filled(library, sentence, language)


def filled(library: Library, sentence: str, language: str) -> str:
    """A sentence with names of the base in its slots, each another one where there are several."""
    places = [one.short[language] for one in library.municipalities.values()]
    topics = [one.name[language].lower() for one in library.themes.values()]
    names = {
        "municipality": places,
        "topic": topics,
        "organisation": [one.name for one in library.organisations.values() if not one.place],
        "document": [one.title[language] for one in library.documents.values()],
        "year": [str(one) for one in sorted(library.years)],
    }
    used = dict.fromkeys(names, 0)

    def name(found: re.Match[str]) -> str:
        slot = found[1]
        if not names.get(slot):
            return found[0]
        used[slot] += 1
        return names[slot][(used[slot] - 1) % len(names[slot])]

    return _SLOT.sub(name, sentence)


def _told(fault: Fault) -> str:
    # Without the line: the new sentence has none yet.
    return f"{fault.file}: {fault.message}"
