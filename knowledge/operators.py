"""Finds the small words that turn a question: not, only, both, which, also, and what is counted or dated."""

from collections import defaultdict
from typing import TypeVar

from knowledge.lexicon import Reading
from knowledge.model import LANGUAGES
from knowledge.phrases import GRAMMAR, OPERATORS, Phrasebook
from knowledge.words import fold, stem

_Found = TypeVar("_Found")
_ByWord = dict[str, dict[str, list[_Found]]]
"""Language -> word -> what it may show."""


class Operators:
    """The operator lists of each language.

    A word matches in all its forms, one written "=word" only in that one. Behind "!" stands a phrase whose words do
    not count: "!when it comes to".
    """

    def __init__(self, phrasebook: Phrasebook) -> None:
        self._single: _ByWord[str] = {one: defaultdict(list) for one in LANGUAGES}
        self._exact: _ByWord[str] = {one: defaultdict(list) for one in LANGUAGES}
        self._several: _ByWord[tuple[str, tuple[str, ...]]] = {one: defaultdict(list) for one in LANGUAGES}
        """By the first word of a phrase: the operator, and all of the phrase."""
        self._not: dict[str, dict[str, list[tuple[str, ...]]]] = {one: defaultdict(list) for one in LANGUAGES}
        """Language -> operator -> what does not count."""
        self.numbers: dict[str, int] = {}
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        self.ordinals: dict[str, int] = {}
        for language in LANGUAGES:
            for name in OPERATORS:
                for number, phrase in enumerate(phrasebook[language].operators[name]):
                    if name == "ordinals":
                        self.ordinals[fold(phrase[1:])] = number
                    if phrase.startswith("="):
                        self._exact[language][fold(phrase[1:])].append(name)
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
                            self._exact[language][fold(phrase).replace("'", "")].append(name)
                        else:
                            self._single[language][words[0]].append(name)
                    else:
                        self._several[language][words[0]].append((name, words))

    def find(self, reading: Reading, name: str, language: str) -> list[int]:
        """Places of the operator's words in the reading; of a phrase, the place of its first word."""
        places: set[int] = set()
        for one in (language,) if name in GRAMMAR else LANGUAGES:  # people mix: "kan jeg få en copy"
            if found := self._spotted(reading, one).get(name):
                places |= found if one == language else found - reading.native  # but "sort" in English is no "sorter"
        return sorted(places)

    def find_all(self, reading: Reading, language: str) -> dict[str, list[int]]:
        """Operator -> the same; those that the reading has."""
        names = dict.fromkeys(name for one in LANGUAGES for name in self._spotted(reading, one))
        return {name: places for name in names if (places := self.find(reading, name, language))}

    def _spotted(self, reading: Reading, language: str) -> dict[str, set[int]]:
        """Operator -> its places by the words of that language.

        Rules ask for each operator many times over, and most messages have few: all are looked for at once.
        """
        if language not in reading.spotted:
            reading.spotted[language] = self._spot(reading, language)
        return reading.spotted[language]

    def _spot(self, reading: Reading, language: str) -> dict[str, set[int]]:
        single, exact, several = self._single[language], self._exact[language], self._several[language]
        spotted: dict[str, set[int]] = defaultdict(set)
        for place, (token, stems) in enumerate(zip(reading.tokens, reading.stems, strict=True)):
            for name in exact.get(token.folded, ()):
                spotted[name].add(place)
            for one in stems:
                for name in single.get(one, ()):
                    spotted[name].add(place)
                for name, words in several.get(one, ()):
                    if _stand_at(place, words, reading):
                        spotted[name].add(place)
        for name, places in spotted.items():
            for words in self._not[language].get(name, ()):
                for place in range(len(reading.tokens)):
                    if _stand_at(place, words, reading):
                        places.difference_update(range(place, place + len(words)))
        return spotted


def _stand_at(place: int, words: tuple[str, ...], reading: Reading) -> bool:
    """Whether the words stand one after the other, the first of them there."""
    stems = reading.stems[place : place + len(words)]
    return len(stems) == len(words) and all(word in one for word, one in zip(words, stems, strict=True))
