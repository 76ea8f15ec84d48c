"""Scores the frame of a message - what is left when names and terms are taken out - against the intents' utterances."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import fsum, log
from typing import NamedTuple

from knowledge.model import LANGUAGES
from knowledge.phrases import Phrasebook
from knowledge.words import fold, stem, without_apostrophe

NO_SLOTS: frozenset[str] = frozenset()
COMMONPLACE = 0.12
"""Words that tell intents apart less than this are not worth looking up: they only add to what other words found."""


class IntentScore(NamedTuple):
    """How well a frame fits an intent: 0 to 1, and the utterance that fits best."""

    intent: str
    score: float
    utterance: str


_Frame = tuple[int, str, float, tuple[str, ...], int]
"""Place of the intent, utterance, the weight of its words, its slots, a bit for each commonplace word in it. Plain
tuples: there are many, and each process loads them all."""


class Intents:
    """The utterances of all intents, indexed by word.

    A word weighs by how few intents use it: ln(intents / intents with it) / ln(intents), from 0 (all of them) to
    1 (one alone). The score of an utterance is the weighted F-measure of what it shares with the frame; words
    that no utterance has do not count here - what nothing explains is weighed elsewhere.
    """

    def __init__(self, phrasebook: Phrasebook) -> None:
        self._frames: list[_Frame] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._small: dict[frozenset[str], list[int]] = defaultdict(list)
        """Utterances of commonplace words alone ("hvad kan du?"): nothing less than all of them tells."""
        raw: list[tuple[str, str, frozenset[str], frozenset[str]]] = []
        used: dict[str, set[str]] = defaultdict(set)
        for language in LANGUAGES:
            for intent, utterances in phrasebook[language].utterances.items():
                for utterance in utterances:
                    stems, slots = split_utterance(utterance)
                    raw.append((intent, utterance, stems, slots))
                    for one in stems:
                        used[one].add(intent)
        self.names = sorted({intent for intent, *_ in raw})
        total = len(self.names)
        self.weights = {one: log((total + 1) / len(intents)) / log(total + 1) for one, intents in used.items()}
        commonplace = sorted(one for one, weight in self.weights.items() if weight < COMMONPLACE)
        self._bits = {one: 1 << number for number, one in enumerate(commonplace)}
        place = {intent: number for number, intent in enumerate(self.names)}
        for intent, utterance, stems, slots in raw:
            weight = fsum(self.weights[one] for one in stems)  # a set has another order in each process
            number = len(self._frames)
            bits = sum(self._bits.get(one, 0) for one in stems)
            self._frames.append((place[intent], utterance, weight, tuple(slots), bits))
            for one in stems:
                if one not in self._bits:
                    self._postings[one].append(number)
            if not slots and stems and stems <= self._bits.keys():
                self._small[stems].append(number)

    def score(self, frame: Sequence[set[str]], slots: Iterable[str], without: int = -1) -> list[IntentScore]:
        """The intents by how well they fit, best first. `frame` has the possible stems of each word left.

        `without` is the number of an utterance that is left out of account.
        """
        present = frozenset(slots)
        words = [self._weightiest(stems) if len(stems) > 1 else next(iter(stems)) for stems in frame]
        known = {one: self.weights[one] for one in words if one in self.weights}
        total = sum(known.values())
        shared: dict[int, float] = {}
        for one, weight in known.items():
            for number in self._postings.get(one, ()):
                shared[number] = shared[number] + weight if number in shared else weight
        if not shared:
            shared = dict.fromkeys(self._small.get(frozenset(known), ()), 0.0)
        shared.pop(without, None)
        commonplace = [(self._bits[one], weight) for one, weight in known.items() if one in self._bits]
        said = sum(bit for bit, _ in commonplace)
        common: dict[int, float] = {}  # the weight of each set of commonplace words that the frame shares with some
        best, closest = [0.0] * len(self.names), [0] * len(self.names)
        frames, most = self._frames, sum([weight for _, weight in commonplace])
        for number, overlap in shared.items():
            intent, _, own, wanted, bits = frames[number]
            if 2 * (overlap + most) <= best[intent] * (total + own):  # most of them, and none of these could be better
                continue
            bits &= said
            if bits not in common:
                common[bits] = sum([weight for bit, weight in commonplace if bit & bits])
            score = 2 * (overlap + common[bits]) / (total + own)
            if wanted and not present.issuperset(wanted):
                score *= 0.85
            if score > best[intent]:
                best[intent], closest[intent] = score, number
        found = [
            IntentScore(name, score, self._frames[number][1])
            for name, score, number in zip(self.names, best, closest, strict=True)
            if score
        ]
        return sorted(found, key=lambda one: -one.score)  # as the names are sorted, those alike stand in their order

    def are_commonplace(self, stems: frozenset[str]) -> bool:
        """Whether none of the words tells much: then an utterance is only found where all of it was said."""
        return stems <= self._bits.keys()

    def _weightiest(self, stems: set[str]) -> str:
        # Sorted, for where two weigh the same, a set would give the one or the other from process to process.
        return max(sorted(stems), key=lambda one: self.weights.get(one, -1.0))


def split_utterance(utterance: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of an utterance's words, and the slots in it."""
    slots, words = NO_SLOTS, utterance.replace("-", " ").split()
    if "{" in utterance:
        slots = frozenset(word[word.index("{") + 1 : word.index("}")] for word in words if "{" in word)
        words = [word for word in words if "{" not in word]
    return frozenset([root for word in words if (root := _root(word))]), slots


@lru_cache(maxsize=65_536)
def _root(word: str) -> str:
    """The stem of an utterance's word, "" where it is no word."""
    plain = fold(word).strip("?!.,;:'\"()")
    return stem(without_apostrophe(plain)) if plain else ""
