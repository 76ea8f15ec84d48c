"""Scores the frame of a message - what is left when names and terms are taken out - against the intents' utterances."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log

from knowledge.model import LANGUAGES
from knowledge.phrases import Phrasebook
from knowledge.words import fold, stem, without_apostrophe

NO_SLOTS: frozenset[str] = frozenset()
COMMONPLACE = 0.12
"""Words that tell intents apart less than this are not worth looking up."""


@dataclass(frozen=True)
class IntentScore:
    """How well a frame fits an intent: 0 to 1, and the utterance that fits best."""

    intent: str
    score: float
    utterance: str


_Frame = tuple[str, str, tuple[str, ...], float, tuple[str, ...]]
"""Intent, utterance, the stems of its words, their weight, its slots. Plain tuples: there are many, and each process
loads them all."""


class Intents:
    """The utterances of all intents, indexed by word.

    A word weighs by how few intents use it: ln(intents / intents with it) / ln(intents), from 0 (all of them) to
    1 (one alone). The score of an utterance is the weighted F-measure of what it shares with the frame; words
    that no utterance has do not count here - what nothing explains is weighed elsewhere.
    """

    def __init__(self, phrasebook: Phrasebook) -> None:
        self._frames: list[_Frame] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
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
        for intent, utterance, stems, slots in raw:
            weight = fsum(self.weights[one] for one in stems)  # a set has another order in each process
            number = len(self._frames)
            self._frames.append((intent, utterance, tuple(stems), weight, tuple(slots)))
            for one in stems:
                self._postings[one].append(number)

    def score(self, frame: Sequence[set[str]], slots: Iterable[str]) -> list[IntentScore]:
        """The intents by how well they fit, best first. `frame` has the possible stems of each word left."""
        present = frozenset(slots)
        # Sorted, for where two weigh the same, a set would give the one or the other from process to process.
        words = [max(sorted(stems), key=lambda one: self.weights.get(one, -1.0)) for stems in frame]
        known = {one: self.weights[one] for one in words if one in self.weights}
        shared: dict[int, float] = defaultdict(float)
        for one, weight in known.items():
            if weight >= COMMONPLACE:
                for number in self._postings[one]:
                    shared[number] += weight
        total = sum(known.values())
        everyday = {one: weight for one, weight in known.items() if weight < COMMONPLACE}
        common = sum(everyday.values())
        best: dict[str, tuple[float, int]] = {}
        for number, overlap in shared.items():
            intent, _, stems, own, wanted = self._frames[number]
            leading = best[intent][0] if intent in best else 0.0
            if (overlap + common) * 2 < leading * (total + own):
                continue  # cannot beat the best even with every common word shared
            overlap += sum([everyday[one] for one in everyday if one in stems])
            score = 2 * overlap / (total + own) * (1.0 if present.issuperset(wanted) else 0.85)
            if score > leading:
                best[intent] = (score, number)
        ranked = sorted(best.items(), key=lambda entry: (-entry[1][0], entry[0]))
        return [IntentScore(intent, score, self._frames[number][1]) for intent, (score, number) in ranked]


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
