"""Finds the small words that turn a question: not, only, both, which, also, and what is counted or dated."""

from collections import defaultdict
from itertools import product

from knowledge.model import LANGUAGES
from knowledge.phrases import GRAMMAR, OPERATORS, Phrasebook
from knowledge.reading import Operator, Reading
from knowledge.words import fold, stem


class Operators:
    """The operator lists of each language.

    A word matches in all its forms, one written "=word" only in that one. Behind "!" stands a phrase whose words do
    not count: "!when it comes to".
    """

    def __init__(self, phrasebook: Phrasebook) -> None:
        self._single: dict[str, list[Operator]] = defaultdict(list)
        """Stem -> the operators that have it."""
        self._exact: dict[str, list[Operator]] = defaultdict(list)
        self._several: dict[tuple[str, ...], list[tuple[Operator, tuple[str, ...]]]] = defaultdict(list)
        """First two words -> the phrases that begin with them."""
        self._not: dict[Operator, list[tuple[str, ...]]] = defaultdict(list)
        self.numbers: dict[str, int] = {}
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        self.ordinals: dict[str, int] = {}
        self.money: frozenset[str] = frozenset(
            fold(unit) for language in LANGUAGES for unit in phrasebook[language].operators["money"]
        )
        self.attended: frozenset[str] = frozenset(
            stem(fold(word)) for language in LANGUAGES for word in phrasebook[language].operators["attended"]
        )
        """Stems of what is said of people who came to something; of a phrase, which is none, nothing comes."""
        for language in LANGUAGES:
            for name in OPERATORS:
                for number, phrase in enumerate(phrasebook[language].operators[name]):
                    if name == "ordinals":
                        self.ordinals[fold(phrase[1:])] = number
                    if phrase.startswith("="):
                        self._exact[fold(phrase[1:])].append((language, name))
                        continue
                    words = tuple(stem(fold(word).replace("'", "")) for word in phrase.removeprefix("!").split())
                    if phrase.startswith("!"):
                        self._not[language, name].append(words)
                        continue
                    if name == "numbers":
                        self.numbers[words[0]] = number
                    elif name == "months":
                        self.months[words[0]] = number + 1
                    elif name == "weekdays":
                        self.weekdays[words[0]] = number
                    elif len(words) == 1:
                        if len(words[0]) < 4:  # a stem so short is that of too many words
                            self._exact[fold(phrase).replace("'", "")].append((language, name))
                        else:
                            self._single[words[0]].append((language, name))
                    else:
                        self._several[words[:2]].append(((language, name), words))

    def find(self, reading: Reading, name: str, language: str) -> list[int]:
        """Places of the operator's words in the reading; of a phrase, the place of its first word."""
        return self.find_all(reading, language).get(name, [])

    def find_all(self, reading: Reading, language: str) -> dict[str, list[int]]:
        """Operator -> the same; those that the reading has."""
        if language not in reading.found:
            places: dict[str, set[int]] = defaultdict(set)
            for (spoken, name), found in self._spotted(reading).items():
                if spoken == language:
                    places[name] |= found
                elif name not in GRAMMAR:  # people mix: "kan jeg få en copy"; but "sort" in English is no "sorter"
                    places[name] |= found - reading.native
            reading.found[language] = {name: sorted(found) for name, found in places.items() if found}
        return reading.found[language]

    def _spotted(self, reading: Reading) -> dict[Operator, set[int]]:
        """Each operator's places, all looked for at once: rules ask for many, many times over, and few are there."""
        if reading.spotted is None:
            reading.spotted = self._spot(reading)
        return reading.spotted

    def _spot(self, reading: Reading) -> dict[Operator, set[int]]:
        spotted: dict[Operator, set[int]] = defaultdict(set)
        for place, (token, stems) in enumerate(zip(reading.tokens, reading.stems, strict=True)):
            for operator in self._exact.get(token.folded, ()):
                spotted[operator].add(place)
            for one in stems:
                for operator in self._single.get(one, ()):
                    spotted[operator].add(place)
            for pair in product(stems, *reading.stems[place + 1 : place + 2]):
                for operator, words in self._several.get(pair, ()):
                    if _stand_at(place, words, reading):
                        spotted[operator].add(place)
        for operator, places in spotted.items():
            for words in self._not.get(operator, ()):
                for place in range(len(reading.tokens)):
                    if _stand_at(place, words, reading):
                        places.difference_update(range(place, place + len(words)))
        return spotted


def _stand_at(place: int, words: tuple[str, ...], reading: Reading) -> bool:
    """Whether the words stand one after the other, the first of them there."""
    stems = reading.stems[place : place + len(words)]
    return len(stems) == len(words) and all(word in one for word, one in zip(words, stems, strict=True))
