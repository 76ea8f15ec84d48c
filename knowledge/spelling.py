"""Repairs misspelt words: the nearest known word, found without scanning the whole vocabulary."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

_ALLOWED = {4: 1, 5: 1, 6: 1, 7: 2, 8: 2, 9: 2, 10: 2, 11: 2}
"""Edits allowed in a word of so many letters; none in shorter ones, three in longer ones."""

REMEMBERED = 1_000
"""Words whose repair is kept: one message asks for the same word more than once."""
CROWDED = 500
"""A drawer of more words is sifted by their letters before any is compared; for fewer it is not worth the labels."""


@dataclass(slots=True)
class _Drawer:
    """Words of one length, at least one, that have the same letter in one place."""

    words: list[str] = field(default_factory=list)
    having: dict[str, int] = field(default_factory=dict)
    """Of a crowded drawer: letter ("e"; "ee": twice) -> the words that have it, a bit for each in their order."""

    def label(self) -> None:
        """Fills `having`."""
        for number, word in enumerate(self.words):
            for letter in _letters(word):
                self.having[letter] = self.having.get(letter, 0) | 1 << number

    def nearest(self, word: str, edits: int) -> tuple[str, int] | None:
        """The best of the words that are the fewest edits away, and how many; None: more than `edits`."""
        added = max(0, len(self.words[0]) - len(word))
        if edits < max(1, added):
            return None
        words = self._sifted(word, edits - added) if self.having else self.words
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=edits, limit=None)
        near = [(one, int(away)) for one, away, _ in found if away == found[0][1]]
        return min(near, key=lambda one: _rank(word, one), default=None)

    def _sifted(self, word: str, edits: int) -> list[str]:
        """The words that lack at most so many of the letters in `word`: an edit takes away no more than one."""
        lacking = [(1 << len(self.words)) - 1] * (edits + 1)  # the words that lack at most 0, 1 ... of them
        for letter in _letters(word):
            having = self.having.get(letter, 0)
            for number in range(edits, 0, -1):
                lacking[number] = lacking[number] & having | lacking[number - 1]
            lacking[0] &= having
        found, left = [], lacking[edits]
        while left:
            lowest = left & -left
            found.append(self.words[lowest.bit_length() - 1])
            left ^= lowest
        return found


class Spelling:
    """Known words in small drawers: by their first letter, their second, and their length.

    A misspelt word mostly keeps its first letter; where the first two were swapped or the first is wrong or lost,
    the second finds it. A drawer holds the few words that rapidfuzz then compares in full.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._first: dict[tuple[str, int], _Drawer] = defaultdict(_Drawer)
        self._second: dict[tuple[str, int], _Drawer] = defaultdict(_Drawer)
        self._found: dict[str, tuple[str, int] | None] = {}
        first, second = self._first, self._second
        for word in dict.fromkeys(words):
            size = len(word)
            if size >= 3 and word.isalpha():
                first[word[0], size].words.append(word)
                second[word[1], size].words.append(word)
        for drawer in (*first.values(), *second.values()):
            if len(drawer.words) > CROWDED:
                drawer.label()

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
            longer = self._first.get((word[0], 4))
            return longer.nearest(word, 1) if longer else None
        if not allowed:
            return None
        drawers = [(self._first, word[0], allowed), (self._second, word[1], allowed)]
        drawers += [(self._second, word[0], 1), (self._first, word[1], 1)]  # a letter lost, added or swapped in front
        best: tuple[str, int] | None = None
        for edits in range(allowed + 1):
            for shelf, letter, reach in drawers:
                for length in (size - edits, size + edits)[: 2 if edits else 1] if edits <= reach else ():
                    drawer = shelf.get((letter, length))
                    found = drawer.nearest(word, best[1] if best else allowed) if drawer else None
                    if found and (best is None or _rank(word, found) < _rank(word, best)):
                        best = found
            if best and best[1] < edits:
                break
        return best


def _rank(word: str, found: tuple[str, int]) -> tuple[int, int]:
    """Fewest edits first; among equals two letters swapped ("pulej"), then one lost or doubled ("bulding"), and then
    one that was replaced."""
    return found[1], 0 if sorted(word) == sorted(found[0]) else Indel.distance(word, found[0])


def _letters(word: str) -> Iterator[str]:
    """The letters of a word, one that comes again as "ee", "eee" ..."""
    met: dict[str, str] = {}
    for letter in word:
        met[letter] = met.get(letter, "") + letter
        yield met[letter]
