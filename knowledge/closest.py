"""The one fact whose own words a question repeats: "hvor mange borgere skulle gennem forløbet i Esbjerg?"."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from knowledge.library import Library
from knowledge.message import Message
from knowledge.model import Goal, Initiative, Milestone, Term, Text
from knowledge.query import Query
from knowledge.words import fold, stem, words_of

ENOUGH, ENOUGH_ANYWHERE = 0.7, 0.8
"""So much of what a question says must stand in the fact: where its municipality is named, and where none is."""
PLAIN = 0.25
"""What a word counts that many questions or facts have; a word of its own counts 1."""
OWN, OWN_ANYWHERE = 0.9, 1.9
"""Words of its own, by weight, that the fact must share with the question: where its municipality is named in it, and
where none is."""
BEHIND = 5
"""How far behind "how many", and behind a number, stands what is counted."""
ARTICLE = 2
"""Letters of "en", "et", "to": not every one of them counts something."""
LIKE = 6
"""Letters from which on a word may stand within a longer one of the fact: "konkurrencen" in "arkitektkonkurrencen"."""
DIGITS = 3
"""A number of fewer is no word of its own."""
Fact = Initiative | Goal | Milestone | Term


@dataclass(frozen=True)
class _Words:
    """What a fact says, as stems: all, those of each sentence with a number in it, those close behind a number."""

    all: frozenset[str]
    sums: tuple[frozenset[str], ...]
    counted: frozenset[str]
    written: frozenset[str]


@dataclass(frozen=True)
class _Said:
    """A word of the question that a fact should have: its place, its stems, as it is written, and what it counts."""

    place: int
    stems: set[str]
    written: str
    weight: float


def closest(message: Message, instead: Query | None = None) -> Query | None:
    """The query for that fact; None where none says enough of what the question says.

    `instead`: what would be answered otherwise. Where that tells of all that a municipality does or wants, the fact
    must share as much as where no municipality is named.
    """
    asked = tuple(_asked(message))
    if not any(one.weight == 1.0 for one in asked):
        return None
    strict = instead is not None and instead.intent in ("overview", "goals", "figures", "partners")
    named = message.slots.municipalities
    best = None
    for places in dict.fromkeys((named or _meant_before(message), named)):  # where the one spoken of has none, any
        placed = bool(places) and not strict
        fits = ((_fit(message, asked, fact, placed), fact) for fact in _candidates(message, asked, places))
        fit, fact = max(fits, key=lambda one: one[0], default=(0.0, None))
        if fit:
            best = fact
            break
    if best is None:
        return None
    owner = message.library.owner.get(best.id, "")
    match best:
        case Term():
            return Query("define", terms=(best.id,))
        case Milestone():
            return Query("dates", (owner,), milestones=(best.id,))
    return Query("detail", (owner,), (best.id,))


def _asked(message: Message) -> Iterator[_Said]:
    """The words that say what is asked of; those that only ask, and names, are left out."""
    reading, lexicon = message.reading, message.lexicon
    skipped = reading.covered("municipality") | _asking(message) | set(message.places_of("strategies"))
    for place, stems in enumerate(reading.stems):
        if place in skipped or stems & lexicon.function:
            continue
        written = reading.tokens[place].folded
        small = written.isdigit() and len(written) < DIGITS
        plain = small or stems & lexicon.neutral or stems & lexicon.domain or stems & lexicon.often
        yield _Said(place, stems, written, PLAIN if plain else 1.0)


def _meant_before(message: Message) -> tuple[str, ...]:
    """The one municipality that was spoken of last, where the question leans on it or names none of its own."""
    before = message.subject.municipalities
    return before if len(before) == 1 and not message.slots.unknown_places else ()


def _candidates(message: Message, asked: tuple[_Said, ...], places: tuple[str, ...]) -> Iterator[Fact]:
    """The facts that share a word with the question, those just told of, and besides all steps, and all terms where no
    place is meant."""
    library = message.library
    sharing = message.lexicon.said_by(root for one in asked for root in one.stems)
    found = dict.fromkeys((*message.subject.initiatives, *sharing))
    for key in found:
        item = library.item(key)
        if item and (not places or library.owner[key] in places):
            yield item
    for key in places or library.municipalities:
        yield from library.municipalities[key].milestones
    if not places and not message.slots.organisations:
        yield from library.terms.values()


def _fit(message: Message, asked: tuple[_Said, ...], fact: Fact, placed: bool) -> float:
    """How much of the question the fact says, from 0 to 1; 0 where that is not enough, or no answer to it."""
    said = _words(message, fact)
    themes = fact.themes if isinstance(fact, Initiative | Goal) else ()
    named = {
        place
        for one in message.reading.of("topic", "milestone", "term", "organisation")
        if not one.hint and (one.id == fact.id or one.id in themes)
        for place in one.positions
    }
    attended = _attended(message, said)
    # "regner det i morgen?"; of what was just told, "who won it?" may be asked.
    elsewhere = set() if fact.id in message.subject.initiatives else message.reading.covered("outside")
    total = shared = own = 0.0
    for one in asked:
        there = bool(one.stems & said.all) or one.place in attended or _stands_in(one.written, said.written)
        total += one.weight
        if there or one.place in named:
            shared += one.weight
            own += one.weight if one.weight == 1.0 and there and one.place not in elsewhere else 0.0
    enough, least = (ENOUGH, OWN) if placed else (ENOUGH_ANYWHERE, OWN_ANYWHERE)
    # "hvad hedder borgmesteren?": what speaks for another subject must not be more than what the fact shares.
    least = max(least, OWN * message.evidence.outside)
    # Where a number or what no source tells is asked for, a word more than the fact says asks for something else.
    enough = 1.0 if message.has("count_cue", "untold") else enough
    if not total or shared / total < enough or own < least or not _answers(message, said):
        return 0.0
    return shared / total + own / 100


def _stands_in(word: str, written: frozenset[str]) -> bool:
    """Whether the word is one of those, or begins or ends one of them."""
    return word in written or (len(word) >= LIKE and any(one.startswith(word) or one.endswith(word) for one in written))


def _attended(message: Message, said: _Words) -> set[int]:
    """Places of "turned up" and the like, where the fact tells how many came, in whichever of these words."""
    told = not message.operators.attended.isdisjoint(said.counted)
    return set(message.places_of("attended")) if told else set()


def _asking(message: Message) -> set[int]:
    """Places of the words that ask: they need not stand in the fact."""
    asking = (
        "count_cue", "size_cue", "figure_cue", "when_cue", "asking", "which", "question_word", "where", "auxiliary",
        "goal_cue", "intended_cue", "money_cue",
    )  # fmt: skip
    return {place for name in asking for place in message.places_of(name)}


def _answers(message: Message, said: _Words) -> bool:
    """Whether the fact has the number that is asked for: of money, or of what stands behind "how many"."""
    tokens = message.reading.tokens
    if message.has("now_cue", "contact_cue", "address_cue"):
        return False
    if message.has("size_cue") and not message.has("often_cue") and not said.sums:
        return False  # "how large is the fund?"
    if any(not message.reading.stems[place] & said.all for place in message.places_of("deadline_cue")):
        return False
    if message.has("money_cue"):
        return any(sentence & message.operators.money for sentence in said.sums)
    if message.has("untold") and message.has("when_cue", "figure_cue"):
        return False
    cues = message.places_of("count_cue")
    if not cues:
        return True
    behind = range(max(cues) + 1, min(max(cues) + 1 + BEHIND, len(tokens)))
    stems, ours = message.reading.stems, message.places_of("municipalities")
    nouns = [stems[place] for place in behind if place in ours or not stems[place] & message.lexicon.function]
    return not nouns or bool(_attended(message, said)) or any(noun & said.counted for noun in nouns[:2])


_KNOWN: WeakKeyDictionary[Library, dict[tuple[str, str], _Words]] = WeakKeyDictionary()


def _words(message: Message, fact: Fact) -> _Words:
    library, language, numbers = message.library, message.language, message.operators.numbers
    kept = _KNOWN.setdefault(library, {})
    if (fact.id, language) not in kept:
        if len(kept) > 5_000:
            kept.clear()
        texts = [one[language] for one in _texts(library, fact)]
        sentences = [sentence for text in texts for sentence in text.split(". ")]
        kept[fact.id, language] = _Words(
            frozenset(root for text in texts for root in _stems(text)),
            tuple(
                frozenset({*_stems(one), *map(fold, words_of(one))})
                for one in sentences
                if any(mark.isdigit() for mark in one)
            ),
            frozenset(stem(word) for one in sentences for word in _behind_numbers(one, numbers)),
            frozenset(fold(word) for text in texts for word in words_of(text)),
        )
    return kept[fact.id, language]


def _behind_numbers(sentence: str, numbers: Container[str]) -> Iterator[str]:
    """The words that stand close behind a number."""
    words = [fold(word) for word in words_of(sentence)]
    for place, word in enumerate(words):
        if word.isdigit() or (len(word) > ARTICLE and stem(word) in numbers):
            yield from words[place + 1 : place + 1 + BEHIND]


def _texts(library: Library, fact: Fact) -> Iterable[Text]:
    match fact:
        case Milestone():
            yield fact.text
        case Term():
            yield from (fact.name, fact.definition, *(one.text for one in fact.facts))
        case Initiative() | Goal():
            yield from (fact.name, fact.summary)
            if fact.details:
                yield fact.details
            for figure in fact.figures:
                yield Text(da=f"{figure.value} {figure.what.da}", en=f"{figure.value} {figure.what.en}")
    for partner in fact.partners if isinstance(fact, Initiative) else ():
        name = library.organisations[partner].name
        yield Text(da=name, en=name)


@lru_cache(maxsize=4_096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in words_of(text))
