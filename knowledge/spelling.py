"""Repairs misspelt words: the nearest known word, found without scanning the whole vocabulary."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

_ALLOWED = {4: 1, 5: 1, 6: 1, 7: 2, 8: 2, 9: 2, 10: 2, 11: 2}
"""Edits allowed in a word of so many letters; none in shorter ones, three in longer ones."""

REMEMBERED = 1_000
"""Words whose repair is kept: one message asks for the same word more than once."""


class Spelling:
    """Known words in small drawers: by their first letter, their second, and their length.

    A misspelt word mostly keeps its first letter; where the first two were swapped or the first is wrong or lost,
    the second finds it. A drawer holds the few words that rapidfuzz then compares in full.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._first: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._second: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._found: dict[str, tuple[str, int] | None] = {}
        first, second = self._first, self._second
        for word in dict.fromkeys(words):
            size = len(word)
            if size >= 3 and word.isalpha():
                first[word[0], size].append(word)
                second[word[1], size].append(word)

    def nearest(self, word: str) -> tuple[str, int] | None:
        """The nearest known word and its distance in edits (a swap of neighbours is one); None: all are too far."""
        if word not in self._found:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[word] = self._search(word)
        return self._found[word]

    def _search(self, word: str) -> tuple[str, int] | None:
        size = len(word)
        allowed = 0 if size < 3 else _ALLOWED.get(size, 3 if size > 11 else 0)
        if size == 3:
            return self._best(word, [*self._first[word[0], 4]] if (word[0], 4) in self._first else [], 1)
        if not allowed:
            return None
        drawers = [(self._first, word[0], allowed), (self._second, word[1], allowed)]
        drawers += [(self._second, word[0], 1), (self._first, word[1], 1)]  # a letter lost, added or swapped in front
        best: tuple[str, int] | None = None
        for edits in range(allowed + 1):
            for shelf, letter, reach in drawers:
                for length in (size - edits, size + edits)[: 2 if edits else 1] if edits <= reach else ():
                    listed = shelf.get((letter, length))
                    found = self._best(word, listed, allowed if best is None else best[1]) if listed else None
                    if found and (best is None or _rank(word, found) < _rank(word, best)):
                        best = found
            if best and best[1] < edits:
                break
        return best

    @staticmethod
    def _best(word: str, words: list[str], cutoff: int) -> tuple[str, int] | None:
        if cutoff < 1 or not words:
            return None
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=cutoff, limit=None)
        if not found:
            return None
        nearest = [one for one, edits, _ in found if edits == found[0][1]]
        return min(nearest, key=lambda one: Indel.distance(word, one)), int(found[0][1])


def _rank(word: str, found: tuple[str, int]) -> tuple[int, int]:
    """Fewest edits first; among equals a letter lost or doubled before one that was replaced: "bulding"."""
    return found[1], Indel.distance(word, found[0])
