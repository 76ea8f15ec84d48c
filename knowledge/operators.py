"""Finds the small words that turn a question: not, only, both, which, also, and what is counted or dated."""

from collections import defaultdict

from knowledge.lexicon import Reading
from knowledge.model import LANGUAGES
from knowledge.phrases import GRAMMAR, OPERATORS, Phrasebook
from knowledge.words import fold, stem


class Operators:
    """The operator lists of each language.

    A word matches in all its forms, one written "=word" only in that one. Behind "!" stands a phrase whose words do
    not count: "!when it comes to".
    """

    def __init__(self, phrasebook: Phrasebook) -> None:
        self._single: dict[str, dict[str, set[str]]] = {}
        self._exact: dict[str, dict[str, set[str]]] = {}
        self._several: dict[str, dict[str, dict[str, list[tuple[str, ...]]]]] = {}
        """Language -> operator -> first word -> the phrases that begin with it."""
        self._not: dict[str, dict[str, list[tuple[str, ...]]]] = {one: defaultdict(list) for one in LANGUAGES}
        self.numbers: dict[str, int] = {}
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        self.ordinals: dict[str, int] = {}
        for language in LANGUAGES:
            self._single[language] = defaultdict(set)
            self._exact[language] = defaultdict(set)
            self._several[language] = {name: defaultdict(list) for name in OPERATORS}
            for name in OPERATORS:
                for number, phrase in enumerate(phrasebook[language].operators[name]):
                    if name == "ordinals":
                        self.ordinals[fold(phrase[1:])] = number
                    if phrase.startswith("="):
                        self._exact[language][name].add(fold(phrase[1:]))
                        continue
                    words = tuple(stem(fold(word).replace("'", "")) for word in phrase.removeprefix("!").split())
                    if phrase.startswith("!"):
                        self._not[language][name].append(words)
                        continue
                    if name == "numbers":
                        self.numbers[words[0]] = number
                    elif name == "months":
                        self.months[words[0]] = number + 1
                    elif name == "weekdays":
                        self.weekdays[words[0]] = number
                    elif len(words) == 1:
                        if len(words[0]) < 4:  # a stem so short is that of too many words
                            self._exact[language][name].add(fold(phrase).replace("'", ""))
                        else:
                            self._single[language][name].add(words[0])
                    else:
                        self._several[language][name][words[0]].append(words)
        kinds = (self._single, self._exact, self._several)
        self._words = {
            name: frozenset(word for kind in kinds for language in LANGUAGES for word in kind[language][name])
            for name in OPERATORS
        }
        """Operator -> its words, and the first of its phrases, of all languages: most messages have none of them."""

    def find(self, reading: Reading, name: str, language: str) -> list[int]:
        """Places of the operator's words in the reading; of a phrase, the place of its first word."""
        known = self._words[name]
        if known.isdisjoint(reading.all_stems) and known.isdisjoint(reading.all_written):
            return []
        places: set[int] = set()
        for one in (language,) if name in GRAMMAR else LANGUAGES:  # people mix: "kan jeg få en copy"
            found = self._find(reading, name, one)
            places |= found if one == language else found - reading.native  # but "sort" in English is no "sorter"
        return sorted(places)

    def _find(self, reading: Reading, name: str, language: str) -> set[int]:
        places: set[int] = set()
        present, written = reading.all_stems, reading.all_written
        single, exact = self._single[language][name], self._exact[language][name]
        if not single.isdisjoint(present):
            places.update(place for place, stems in enumerate(reading.stems) if not single.isdisjoint(stems))
        if not exact.isdisjoint(written):
            places.update(place for place, token in enumerate(reading.tokens) if token.folded in exact)
        several = self._several[language][name]
        for first in present.intersection(several):
            for words in several[first]:
                if present.issuperset(words):
                    places.update(_places(words, reading))
        for words in self._not[language][name] if places else ():
            for place in _places(words, reading):
                places.difference_update(range(place, place + len(words)))
        return places


def _places(words: tuple[str, ...], reading: Reading) -> list[int]:
    """Where the words stand one after the other: the places of the first."""
    return [
        place
        for place in range(len(reading.stems) - len(words) + 1)
        if all(word in reading.stems[place + step] for step, word in enumerate(words))
    ]
