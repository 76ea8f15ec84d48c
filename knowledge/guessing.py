"""What a piece of a source is about: the themes and organisations that the base's own words find in it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from math import exp

from knowledge.draft import Guess
from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.official import plain
from knowledge.phrases import Phrasebook
from knowledge.words import fold

AT_LEAST = 0.5
"""A theme with less is not guessed."""
BESIDE = 0.55
"""Nor is one with less than this part of the best one's score."""
MORE = 0.25
"""How much each further word for a theme adds."""
MOST = 3
"""Themes of one entry."""
_QUOTED = re.compile(r"[\"“”„'‘’»«]([A-ZÆØÅ][^\"“”„'‘’»«]{2,60})[\"“”„'‘’»«]")
_NAMED = re.compile(
    r"(?<![.!?:]\s)(?<!^)\b((?:[A-ZÆØÅ][\w&.-]*|[A-ZÆØÅ]{2,6})"
    r"(?:\s+(?:(?:for|i|af|de|til)\s+)?[A-ZÆØÅ][\w&-]*)*)"
)


class Guesser:
    """Reads pieces of a text with the lexicon of a base."""

    def __init__(self, library: Library, phrasebook: Phrasebook, together: str) -> None:
        """`together`: the words behind which a partner is named.

        Ways to name one municipality's initiative would hide those that name a theme: only the latter are looked for.
        """
        languages = {
            language: replace(one, topics={key: said for key, said in one.topics.items() if key in library.themes})
            for language, one in phrasebook.languages.items()
        }
        self._library = library
        self._lexicon = Lexicon(library, Phrasebook(languages))
        self._together = re.compile(together, re.IGNORECASE)
        denmark = library.knowledge.denmark
        self._places = {plain(name) for region in denmark.regions for name in region.municipalities}

    def themes(self, text: str) -> tuple[Guess, ...]:
        """Themes of the text, the surest first."""
        reading = self._lexicon.read(text)
        reading = reading.in_language("da", self._lexicon.language_words["da"])
        weights: dict[str, dict[tuple[int, ...], float]] = defaultdict(dict)
        for one in reading.of("topic"):
            if one.id in self._library.themes and not one.text_only:
                held = weights[one.id]
                held[one.positions] = max(one.weight, held.get(one.positions, 0.0))
        scores: dict[str, float] = {}
        for theme, found in weights.items():
            best, *others = sorted(found.values(), reverse=True)
            scores[theme] = best + MORE * sum(others)
        top = max(scores.values(), default=0.0)
        kept = [(score, theme) for theme, score in scores.items() if score >= max(AT_LEAST, BESIDE * top)]
        order = list(self._library.themes)
        kept.sort(key=lambda one: (-one[0], order.index(one[1])))
        return tuple(Guess(theme, round(1 - exp(-score), 2)) for score, theme in kept[:MOST])

    def organisations(self, text: str) -> tuple[str, ...]:
        """Ids of those that the base knows; a place is no partner."""
        found = dict.fromkeys(one.id for one in self._lexicon.read(text).of("organisation"))
        return tuple(one for one in found if not self._library.organisations[one].place)

    def names(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names that the base does not know: those behind a word for working together, and the others."""
        known = {fold(one) for each in self._library.organisations.values() for one in (each.name, *each.aliases)}
        found: dict[str, int] = {}
        for pattern in (_QUOTED, _NAMED):
            for match in pattern.finditer(text):
                name = match[1].strip(" .,-")
                if self._is_name(name, known, quoted=pattern is _QUOTED):
                    found.setdefault(name, match.start())
        whole = [name for name in found if not any(name != other and name in other for other in found)]
        cues = [one.end() for one in self._together.finditer(text)]
        partners = tuple(one for one in whole if any(0 <= found[one] - cue <= 80 for cue in cues))
        return partners, tuple(one for one in whole if one not in partners)

    def _is_name(self, name: str, known: Iterable[str], *, quoted: bool) -> bool:
        words = name.split()
        if (len(name) < 3 and not name.isupper()) or name.endswith("Kommune"):
            return False
        if any(fold(name) in one or one in fold(name) for one in known if len(one) > 2) or fold(name) in known:
            return False
        if any(plain(word) in self._places or plain(word.removesuffix("s")) in self._places for word in (name, *words)):
            return len(words) > 1 and not name.casefold().endswith("kommune")
        return quoted or len(words) > 1 or name.isupper() or not self._lexicon.knows(fold(name))
