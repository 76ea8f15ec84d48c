"""Finds the names and terms of the base in a message: frame + slots begins with the slots."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import log
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.library import Library
from knowledge.model import LANGUAGES, Text
from knowledge.phrases import GRAMMAR, Phrasebook
from knowledge.reading import Kind, Mention, Reading
from knowledge.spelling import Spelling
from knowledge.words import Token, bare, clean, fold, stem, tokens, without_apostrophe, words_of

WIDEST_GAP = 4
"""How far apart, in words, neighbours of a phrase may stand: three others may come between."""
HINT = 0.4
TEXT_HINT = 0.35
"""Weight of a word that only the texts of an initiative hold."""
TITLE = 5
"""A title names its document from so many words on that stand in no question as they do: "Fleksjob" does not."""
PLAIN, TOLD = 0.6, 0.7
"""A phrase whose words all topics share keeps so much of its weight; where one alone has a word, it gains so much."""
CROWDED = 100
"""More phrases with the same rarest word than this are looked up by their next rarest as well."""
COMMON = 64
"""A word that stands in the texts of more initiatives than this tells nothing of any of them."""
OFTEN = 10
"""A word that stands in the texts of more initiatives and goals than this is none of one's own: "citizens"."""


class _Phrase(NamedTuple):
    stems: tuple[str, ...]
    kind: Kind
    id: str
    weight: float
    language: str
    hint: bool
    written: str
    anchor: int = 0
    spares: bool = False


_Kept = tuple[Any, ...]
"""The fields of a _Phrase, stems first. Hardly any of a base's phrases is in a message; plain tuples load faster."""


class _Name(NamedTuple):
    words: tuple[str, ...]
    kind: Kind
    id: str
    capitals: bool = False


class Lexicon:
    """All names, terms and known words of a base and its phrases, indexed for reading a message."""

    def __init__(self, library: Library, phrasebook: Phrasebook) -> None:
        self.language_words: dict[str, dict[str, float]] = {language: {} for language in LANGUAGES}
        """Stem -> how much it tells that a text is in the language."""
        self.function: set[str] = set()
        self.neutral: set[str] = set()
        self.domain: set[str] = set()
        self.plain: set[str] = set()
        """Stems that explain themselves in any question: grammar, everyday words, words of the field and of intents."""
        self._exact: set[str] = set()
        self._names: dict[str, list[_Name]] = defaultdict(list)
        self._phrases: dict[str, list[_Kept]] = defaultdict(list)
        """Rarest stem -> the phrases with it."""
        self._crowded: dict[str, dict[str, list[int]]] = {}
        """Rarest stem of many phrases -> next rarest (the same where there is none) -> their places among them."""
        self.often: frozenset[str] = frozenset()
        self._texts: dict[str, tuple[str, ...]] = {}
        self._goals = frozenset(library.goals)
        self._aliases: dict[str, str] = {}
        self._forms: dict[str, str] = {}
        self._name_words: set[str] = set()
        self._ordinary: set[str] = set()
        self._learned: dict[str, str] = {}
        self._named: set[str] = set()
        self._add_names(library)
        single = [name for listed in self._names.values() for name in listed if len(name.words) == 1]
        self._name_words = {name.words[0] for name in single}
        self._ordinary = {name.words[0] for name in single if name.capitals}
        self._add_word_lists(phrasebook)
        self._add_phrases(library, phrasebook)
        self._add_texts(library)
        self._add_utterance_words(phrasebook)
        self.plain |= self.function | self.neutral | self.domain
        self._held_names = sorted(
            {
                name.words[0]
                for listed in self._names.values()
                for name in listed
                if name.kind == "municipality" and len(name.words) == 1
            }
        )
        self._spelling = Spelling([*sorted(self._name_words), *self._forms])
        self._learned = {}

    # ---- building

    def _learn(self, phrase: str, language: str = "", weight: float = 1.0) -> tuple[str, ...]:
        """The stems of a phrase, each made known with the form it was written in."""
        learned = self._learned
        stems = tuple([learned.get(word) or self._learn_word(word) for word in _split(phrase)])
        if language:
            known = self.language_words[language]
            for root in stems:
                if known.get(root, 0.0) < weight and root not in self._named:
                    known[root] = weight
        return stems

    def _learn_word(self, word: str) -> str:
        """The stem of a word that is met for the first time; a name stays whole, it is looked for as a name.

        A name that is an ordinary word too ("vejen") has a stem like any other word.
        """
        folded = without_apostrophe(fold(word))
        whole = folded in self._name_words or (
            folded[-1:] == "s" and not self._name_words.isdisjoint(_name_forms(folded))
        )
        if whole and folded not in self._ordinary:
            root = folded
            self._named.add(root)
        else:
            root = stem(folded)
            self._forms.setdefault(folded, root)
            self._forms.setdefault(root, root)
            if not word.isascii():
                plain = bare(word)
                if len(stem(plain)) >= 5:
                    self._aliases.setdefault(stem(plain), root)
                    self._forms.setdefault(plain, root)
        self._learned[word] = root
        return root

    def _add_word_lists(self, phrasebook: Phrasebook) -> None:
        for language in LANGUAGES:
            phrases = phrasebook[language]
            for words, group, weight in (
                (phrases.function, self.function, 1.5),
                (phrases.neutral, self.neutral, 1.0),
                (phrases.domain, self.domain, 0.7),
            ):
                for phrase in words:
                    stems = self._learn(phrase, language, weight)
                    group.update(stems if len(stems) == 1 else ())
                    self._exact.add(fold(phrase))
            for name, listed in phrases.operators.items():
                for phrase in listed:
                    if not name.endswith("_cue") or phrase.startswith("="):
                        self._exact.add(fold(phrase.lstrip("=!")))
                    stems = self._learn(phrase.lstrip("=!"), language, 1.0)
                    self.plain.update(stems)
                    if name in GRAMMAR and len(stems) == 1:
                        self.function.update(stems)

    def _add_names(self, library: Library) -> None:
        def add(kind: Kind, key: str, written: str, capitals: bool = False) -> None:
            for form in dict.fromkeys((fold(written), fold(bare(written)))):
                words = tuple(token.folded for token in tokens(clean(form)))
                if words:
                    self._names[words[0]].append(_Name(words, kind, key, capitals))

        denmark = library.knowledge.denmark
        held = {fold(place.short.da): place.id for place in library.municipalities.values()}
        for place in library.municipalities.values():
            for written in (place.name, place.short.da, place.short.en, *place.aliases):
                add("municipality", place.id, written)
        for region in denmark.regions:
            for name in region.municipalities:
                if fold(name) not in held:
                    for written in (name, *denmark.aliases.get(name, ())):
                        add("place", name, written, name in denmark.needs_context)
        for listed in denmark.elsewhere.values():
            for name in listed:
                add("place", name, name)
        for organisation in library.organisations.values():
            for written in (organisation.name, *organisation.aliases):
                add("organisation", organisation.id, written, len(written) == 2)
        for names in self._names.values():
            names.sort(key=lambda name: -len(name.words))

    def _add_phrases(self, library: Library, phrasebook: Phrasebook) -> None:
        found: list[_Phrase] = []

        def add(kind: Kind, key: str, phrase: str, language: str, hint: bool = False, spares: bool = False) -> None:
            stems = self._learn(phrase, language, 0.9)
            kept = stems
            if len(stems) > 1 and not ignored.isdisjoint(stems):
                kept = tuple([one for one in stems if one not in ignored])
                kept = kept if len(kept) > 1 else stems  # "holde til" is not "holde"
            weight = HINT if hint else self._informative(kept)
            if kind == "outside" and len(kept) > 1:
                if all(one in self.function or one in self.neutral for one in kept):
                    return
                weight = min(weight, self._told(kept))
            written = fold(phrase) if len(kept) == 1 else ""
            found.append(_Phrase(kept, kind, key, weight, language, hint, written, spares=spares))

        for language in LANGUAGES:
            phrases = phrasebook[language]
            everyday = self.function | self.neutral | self.domain
            ignored = {one for phrase in phrases.operators["ignored"] for one in self._learn(phrase)}
            for key, topic in phrases.topics.items():
                kind: Kind = "topic"
                if key in library.documents:
                    kind = "document"
                elif key in library.milestones:
                    kind = "milestone"
                elif key in library.terms:
                    kind = "term"
                elif key not in library.themes and not library.item(key):
                    continue  # of a time that the base does not tell of
                for phrase in topic.terms:
                    add(kind, key, phrase, language)
                for phrase in topic.spares:
                    add(kind, key, phrase, language, spares=True)
                for phrase in topic.hints:
                    add(kind, key, phrase, language, hint=True)
            for theme in library.themes.values():
                add("topic", theme.id, theme.name[language], language)
            taken = {phrase.stems for phrase in found}
            for item in (*library.initiatives.values(), *library.goals.values()):
                add("topic", item.id, item.name[language], language)
                if found[-1].stems in taken:  # "Mentorordning" alone means the theme
                    found.pop()
            for term in library.terms.values():
                add("term", term.id, term.name[language], language)
            for document in library.documents.values():
                title = self._learn(document.title[language])
                if document.id in phrases.topics or sum(one not in everyday for one in title) >= TITLE:
                    add("document", document.id, document.title[language], language)
            for subject, listed in phrases.outside.items():
                for phrase in listed:
                    add("outside", subject, phrase, language)
        frequency = Counter(root for one in found for root in (one.stems if len(one.stems) == 1 else set(one.stems)))
        spoken: dict[tuple[tuple[str, ...], str], str] = {}
        for one in found:
            if spoken.setdefault((one.stems, one.id), one.language) != one.language:
                spoken[one.stems, one.id] = ""
        telling = _telling(found)
        for one in found:
            shared = spoken.pop((one.stems, one.id), None)
            if shared is None:
                continue  # kept already, as the other language's
            weight, anchor = one.weight, 0
            if len(one.stems) > 1:
                if one.kind == "topic" and not one.hint:
                    weight *= PLAIN + TOLD * max([telling[root] for root in one.stems])
                common = [frequency[root] for root in one.stems]
                anchor = common.index(min(common))
            kept = one._replace(weight=weight, language=shared, anchor=anchor)
            self._phrases[kept.stems[anchor]].append(tuple(kept))
        for rarest, alike in self._phrases.items():
            if len(alike) > CROWDED:
                self._crowded[rarest] = defaultdict(list)
                for number, same in enumerate(alike):
                    others = [root for root in _Phrase(*same).stems if root != rarest]
                    self._crowded[rarest][min(others, key=frequency.__getitem__, default=rarest)].append(number)

    def _informative(self, stems: tuple[str, ...]) -> float:
        """How much a term tells: 1 for a word of its own, less for phrases of everyday words, at most 1.75."""
        return 1.0 if len(stems) == 1 else min(max(0.85, 0.6 + 0.4 * self._told(stems)), 1.75)

    def _told(self, stems: tuple[str, ...]) -> float:
        told = 0.0
        for one in stems:
            told += 0.1 if one in self.function else 0.3 if one in self.domain else 0.5 if one in self.neutral else 1.0
        return told

    def _add_texts(self, library: Library) -> None:
        """Words of the initiatives' own texts find them too, so that a new entry is found without any phrase."""
        common = self.function | self.neutral | self.domain
        postings: dict[str, list[str]] = {}
        for item in (*library.initiatives.values(), *library.goals.values()):
            for text in (item.name, item.summary, item.details):
                for language in LANGUAGES if text else ():
                    assert isinstance(text, Text)
                    for root in self._learn(text[language]):
                        ids = postings.get(root)
                        if ids is None:
                            postings[root] = [item.id]
                        elif len(ids) <= COMMON and ids[-1] != item.id:
                            ids.append(item.id)
        self.often = frozenset(root for root, ids in postings.items() if len(ids) > OFTEN)
        self._texts = {
            root: tuple(ids)
            for root, ids in postings.items()
            if len(ids) <= COMMON and len(root) > 3 and root not in common
        }

    def _add_utterance_words(self, phrasebook: Phrasebook) -> None:
        for language in LANGUAGES:
            listed = phrasebook[language].utterances.values()
            words = dict.fromkeys(word for utterances in listed for one in utterances for word in one.split())
            for word in words:
                if "{" not in word:
                    self.plain.update(self._learn(word.strip("?!.,"), language, 0.8))

    # ---- reading

    def read(self, text: str) -> Reading:
        """The message's words and all mentions in it."""
        found = tokens(clean(text))[:120]
        reading = Reading(found, [{token.stem} for token in found])
        names = self._find_names(reading)
        taken = {place for one in names for place in one.positions}
        for place, token in enumerate(found):
            self._know(reading, place, token, place in taken)
        names += self._find_repaired_names(reading, taken)
        reading.mentions = names
        reading.mentions = names + self._find_phrases(reading)
        reading.mentions += self._find_in_texts(reading)
        reading.mentions.sort(key=lambda one: (one.start, -one.weight))
        return reading

    def _find_names(self, reading: Reading) -> list[Mention]:
        found, place, words = [], 0, reading.tokens
        while place < len(words):
            one = self._name_at(reading, place)
            if one:
                found.append(one)
                reading.known.update(one.positions)
            place = one.positions[-1] + 1 if one else place + 1
        return found

    def _name_at(self, reading: Reading, place: int) -> Mention | None:
        words = reading.tokens
        for form in _name_forms(words[place].folded):
            for name in self._names.get(form, ()):
                end = place + len(name.words)
                inside = [word.folded for word in words[place:end]]
                if len(inside) < len(name.words) or inside[1:-1] != list(name.words[1:-1]):
                    continue
                if len(inside) > 1 and (inside[0] != name.words[0] or name.words[-1] not in _name_forms(inside[-1])):
                    continue
                if name.capitals and not self._stands_as_name(reading, place, name):
                    continue
                return Mention(name.kind, name.id, 1.0, tuple(range(place, end)))
        return None

    @staticmethod
    def _stands_as_name(reading: Reading, place: int, name: _Name) -> bool:
        """Whether a name that is an ordinary word too is meant as a name."""
        word = reading.tokens[place]
        after = reading.tokens[place + 1].stem if place + 1 < len(reading.tokens) else ""
        if len(word.folded) == 2:
            return word.written.isupper() or (word.folded == "di" and reading.tokens[-1].folded in ("di", "da"))
        return after == "kommun" or (word.capital and (place > 0 or len(reading.tokens) == 1))

    def _know(self, reading: Reading, place: int, token: Token, is_name: bool) -> None:
        """Fills in what is known of one word: as it stands, without Danish letters, as a compound, or repaired."""
        if is_name:
            return
        if token.folded not in self._forms and len(token.folded) > 4 and self._is_nearly_held(token.folded):
            return
        if self.knows(token.stem) or token.folded in self._forms:
            reading.known.add(place)
            stems = reading.stems[place]
            if token.folded in self._forms:
                stems.add(self._forms[token.folded])
            if token.stem in self._aliases:
                stems.add(self._aliases[token.stem])
        else:
            if self._join(reading, place, token):
                return
            near = None if token.folded.isdecimal() else self._spelling.nearest(token.folded)
            parts, whole = _compound(token.folded, self)
            whole = whole and not (near and near[1] == 1 and len(token.folded) > 7)
            proper = token.capital and place > 0 and len(token.folded) < 7
            if not whole and not proper and near:
                form, edits = near
                if form in self._name_words:
                    return
                if len(token.folded) > 4 or self._forms[form] in self.plain:
                    reading.stems[place].add(self._forms[form])
                    reading.repaired[place] = edits
                    reading.known.add(place)
                    return
            if parts:
                reading.stems[place].update(parts)
                (reading.known if whole else reading.split).add(place)
                if whole:
                    reading.joined.add(place)
        self._join(reading, place, token)

    def _is_nearly_held(self, word: str) -> bool:
        """Whether one edit makes it the name of a municipality that the base holds: "Kloding"."""
        return process.extractOne(word, self._held_names, scorer=OSA.distance, score_cutoff=1) is not None

    def _join(self, reading: Reading, place: int, token: Token) -> bool:
        """Two words that are one in the lexicon: "mentor ordning"."""
        if place + 1 >= len(reading.tokens):
            return False
        joined = token.folded + reading.tokens[place + 1].folded
        root = self._forms.get(joined) or (stem(joined) if stem(joined) in self._phrases else None)
        if root is None or len(joined) < 7:
            return False
        reading.stems[place].add(root)
        reading.known.update((place, place + 1))
        return True

    def _find_repaired_names(self, reading: Reading, taken: set[int]) -> list[Mention]:
        found: list[Mention] = []
        for place, token in enumerate(reading.tokens):
            if place in taken or place in reading.known:
                continue
            repaired = self._spelling.nearest(token.folded)
            if not repaired or repaired[0] not in self._name_words:
                continue
            for name in self._names.get(repaired[0], ()):
                if len(name.words) == 1 and not name.capitals and len(token.folded) > 3:
                    weight = 1.0 - repaired[1] / len(token.folded)
                    found.append(Mention(name.kind, name.id, weight, (place,)))
                    reading.known.add(place)
                    reading.repaired[place] = repaired[1]
                    break
        return found

    def _find_phrases(self, reading: Reading) -> list[Mention]:
        where: dict[str, list[int]] = defaultdict(list)
        named = reading.covered("municipality", "place", "organisation")
        for place, stems in enumerate(reading.stems):
            for root in sorted(stems) if place not in named else ():
                where[root].append(place)
        found: dict[tuple[str, tuple[int, ...]], Mention] = {}
        present = set(where)
        for root, places in list(where.items()):
            for kept in self._with_rarest(root, present):
                if not present.issuperset(kept[0]):
                    continue
                phrase = _Phrase._make(kept)
                for place in places:
                    positions = _match(phrase, place, where)
                    if (
                        positions is None
                        or (len(phrase.stems) > 1 and not self._distinct(phrase, positions))
                        or any(reading.tokens[one].stop for one in range(positions[0] + 1, positions[-1] + 1))
                        or self._is_other_word(phrase, reading.tokens[place])
                    ):
                        continue
                    gap = positions[-1] - positions[0] + 1 - len(positions)
                    edits = sum(reading.repaired.get(one, 0) for one in positions)
                    partly = any(one in reading.split for one in positions)
                    weight = phrase.weight * (1 - 0.06 * max(gap, 0)) * (1 - 0.1 * edits) * (0.6 if partly else 1)
                    key = phrase.id, positions
                    language = phrase.language
                    if key in found and found[key].language != language:
                        language = ""  # a word of both languages
                    if key not in found or found[key].weight < weight:
                        hint = phrase.hint or (partly and len(positions) == 1)
                        exact = phrase.written == reading.tokens[place].folded and not hint
                        found[key] = Mention(
                            phrase.kind, phrase.id, weight, positions, language, hint, exact=exact, spares=phrase.spares
                        )
                    elif not language:
                        found[key] = found[key]._replace(language="")
                    if phrase.hint and len(positions) == 1:
                        break  # said twice ("side by side") it hints no more
        return _without_shadowed(list(found.values()), reading.joined)

    def _with_rarest(self, root: str, present: set[str]) -> Sequence[_Kept]:
        """The phrases whose rarest stem is the root; of many only those whose next rarest is present too."""
        listed = self._phrases.get(root, ())
        if root not in self._crowded:
            return listed
        numbers = sorted(number for one in present for number in self._crowded[root].get(one, ()))
        return [listed[number] for number in numbers]

    @staticmethod
    def _distinct(phrase: _Phrase, positions: tuple[int, ...]) -> bool:
        """Two words of a phrase may meet in one compound, but one word is not two ("hand in hand")."""
        return len(set(positions)) == len(positions) or len(set(phrase.stems)) == len(phrase.stems)

    def _is_other_word(self, phrase: _Phrase, token: Token) -> bool:
        """Whether a word looks like the phrase only without its ending: "dem" and "demens", "planer" and "planet"."""
        if len(phrase.stems) > 1 or token.folded == phrase.written:
            return False
        if token.folded in self._exact:
            return True
        root = phrase.written.rstrip("e")
        return phrase.kind == "outside" and not (root in token.folded and len(root) > 3)

    def _find_in_texts(self, reading: Reading) -> list[Mention]:
        covered = {place for one in reading.mentions for place in one.positions}
        return [
            Mention("topic", key, TEXT_HINT, (place,), hint=True, text_only=True)
            for place, stems in enumerate(reading.stems)
            for root in stems
            for key in self._texts.get(root, ())
            if place not in covered or key in self._goals
        ]

    def said_by(self, stems: Iterable[str]) -> Iterator[str]:
        """The initiatives and goals whose texts have one of the stems, where few do; one may come more than once."""
        for root in stems:
            yield from self._texts.get(root, ())

    def knows(self, word: str) -> bool:
        """Whether a folded word, or a stem, is one of any list's or text's."""
        return word in self._forms or word in self._aliases

    def is_part(self, root: str) -> bool:
        """Whether a stem may be a part of a compound."""
        return root in self._phrases or root in self.domain or root in self.neutral


def _telling(phrases: Sequence[_Phrase]) -> dict[str, float]:
    """How much each word of the topics' terms tells topics apart: 1 where one topic alone has it, 0 where all have.

    ln((topics + 1) / topics with it) / ln(topics + 1), as for the words of intents.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    for one in phrases:
        if one.kind == "topic" and not one.hint:
            for root in one.stems:
                holders[root].add(one.id)
    most = log(len(set().union(*holders.values())) + 1) if holders else 1.0
    return {root: 1 - log(len(ids)) / most for root, ids in holders.items()}


def _split(phrase: str) -> Iterable[str]:
    if phrase.isalnum():
        return (phrase,)
    return words_of(phrase)


def _name_forms(word: str) -> Iterator[str]:
    """A name's possible base forms: as it stands, then without a genitive ending."""
    yield word
    for ending in ("s", "es"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word[: -len(ending)]


def _match(phrase: _Phrase, place: int, where: dict[str, list[int]]) -> tuple[int, ...] | None:
    """Places of the phrase's words, in order and near each other, its anchor at `place`; None: not there."""
    positions, last = [place], phrase.stems[phrase.anchor]
    for root in phrase.stems[phrase.anchor + 1 :]:
        first = positions[-1] + (root == last)  # "desk to desk" wants two desks
        after = next((one for one in where.get(root, ()) if first <= one <= first + WIDEST_GAP), None)
        if after is None:
            return None
        positions.append(after)
        last = root
    last = phrase.stems[phrase.anchor]
    for root in reversed(phrase.stems[: phrase.anchor]):
        latest = positions[0] - (root == last)
        near = [one for one in where.get(root, ()) if latest - WIDEST_GAP <= one <= latest]
        if not near:
            return None
        positions.insert(0, near[-1])
        last = root
    return tuple(positions)


def _without_shadowed(mentions: list[Mention], joined: set[int]) -> list[Mention]:
    """Drops what stands wholly inside a longer phrase: "netværk" within "netværk for singler".

    A word of another subject stays where it is part of a compound: a "regnfrakke på" is no "regne på".
    """
    longer = [set(one.positions) for one in mentions if len(one.positions) > 1 and not one.hint]
    kept = []
    for one in mentions:
        places = set(one.positions)
        if (one.kind == "outside" and places <= joined) or not any(places < other for other in longer):
            kept.append(one)
    return kept


@lru_cache(maxsize=4096)
def _compound(word: str, lexicon: Lexicon) -> tuple[set[str], bool]:
    """Stems of the known parts of a compound, and whether all of it is known."""
    if len(word) < 7:
        return set(), False
    partial: set[str] = set()
    for cut in range(len(word) - 3, 2, -1):
        head = stem(word[cut:])
        if not lexicon.is_part(head):
            continue
        front = word[:cut]
        for linked in (front, front[:-1] if front[-1] in "se" else ""):
            root = stem(linked) if len(linked) >= 3 else ""
            if root and lexicon.knows(linked) and lexicon.is_part(root):
                return {root, head}, True
        if len(word) - cut >= 4:
            partial = {head}
    if not partial:
        for cut in range(4, len(word) - 3):
            root = stem(word[:cut])
            if lexicon.is_part(root) and root in word:
                partial = {root}
    return partial, False
