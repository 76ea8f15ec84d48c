"""Mentions -> slots: which municipalities, which topics and how they go together, which documents, which dates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from knowledge.library import Library
from knowledge.operators import Operators
from knowledge.query import Join
from knowledge.reading import Mention, Reading

CLOSE = 0.8
"""Topics that reach this part of the best one's weight are meant too."""
THEME = 0.9
"""A theme counts a little less than an initiative named by itself."""
AIM = 0.8
"""A goal counts so much less beside a theme or initiative that is named."""
BEFORE_A_YEAR = frozenset({"i", "in", "for", "of", "fra", "from", "siden", "since", "by", "aar", "year"})
"""Behind one of these a number is a year, and no "2000 nye job"."""
SCOPE = 7
"""How many words a "not" reaches."""
CONFIRMED = 2
"""How many words behind the verb that it begins with a question has its "not" where it asks to be confirmed."""


@dataclass(frozen=True)
class Topics:
    """Topics that a message asks for."""

    ids: tuple[str, ...] = ()
    join: Join = "any"
    strength: float = 0.0
    """Weight of the best of them."""
    named: bool = False
    """At least one term speaks for them, and not hints alone."""


@dataclass
class Slots:
    """All that was found in a message to fill a query with."""

    municipalities: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    topics: Topics = field(default_factory=Topics)
    without: Topics = field(default_factory=Topics)
    organisations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    year: int = 0
    elsewhen: bool = False
    """The year lies outside of the years that the base tells of."""
    month: int = 0
    numbers: tuple[int, ...] = ()
    ordinal: int = 0
    """ "the third": 3; 0: none."""
    negated: bool = False
    refused: tuple[str, ...] = ()
    """Municipalities right behind a "not": "ikke Roskilde, Aarhus"."""
    abroad: bool = False
    """A place outside Denmark is named, or one that is no municipality."""
    titled: bool = False
    """A document is named by more than one everyday word."""

    @property
    def names(self) -> tuple[str, ...]:
        """The slots that are filled, as the utterances name them."""
        filled = {
            "municipality": self.municipalities or self.unknown_places,
            "topic": self.topics.ids or self.without.ids,
            "organisation": self.organisations,
            "year": self.year,
            "document": self.documents,
        }
        return tuple(name for name, value in filled.items() if value)


def find_slots(reading: Reading, library: Library, operators: Operators, language: str) -> Slots:
    """The slots of a message."""
    slots = Slots()
    slots.municipalities = _each(one.id for one in reading.of("municipality"))
    slots.unknown_places = _each(one.id for one in reading.of("place"))
    if slots.unknown_places:
        regions = library.knowledge.denmark.regions
        danish = {name for region in regions for name in region.municipalities}
        slots.abroad = not danish.issuperset(slots.unknown_places)
    slots.organisations = _each(one.id for one in reading.of("organisation"))
    refused = operators.find(reading, "not", language)
    papers = [one for one in reading.of("document") if not any(at < one.start <= at + 3 for at in refused)]
    slots.documents = _strongest(papers, library, slots.municipalities)
    slots.titled = sum(one.weight for one in reading.of("document") if one.id in slots.documents) >= 1.0
    slots.terms = _each(one.id for one in reading.of("term") if not one.hint)
    _find_dates(slots, reading, library, operators)
    slots.refused = _each(one.id for one in reading.of("municipality") if one.start - 1 in refused)
    topics = reading.of("topic")
    negated = _negated(topics, reading, operators, language)
    slots.negated = bool(negated) or bool(operators.find(reading, "not", language))
    positive = [one for one in topics if one not in negated]
    either = operators.find(reading, "either", language)
    joins = operators.find(reading, "and", language) + either
    asks_again = operators.find(reading, "which", language)
    both = bool(operators.find(reading, "both", language))
    slots.topics = _combine(positive, library, joins, bool(either), asks_again, both)
    slots.without = _combine(negated, library, joins, True, [], False)
    if slots.topics.ids and set(slots.topics.ids) <= set(slots.without.ids):
        slots.topics = Topics()  # "ikke én krone, hverken pulje eller fond"
    return slots


def _each(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _strongest(mentions: Sequence[Mention], library: Library, municipalities: Sequence[str]) -> tuple[str, ...]:
    """The documents that are named best; a municipality that is named too must be theirs."""
    weights: dict[str, float] = defaultdict(float)
    for one in mentions:
        weights[one.id] += one.weight
    named = {one.id for one in mentions if not one.hint}
    fitting = {
        key: weight
        for key, weight in weights.items()
        if key in named and (not municipalities or library.owner.get(key) in municipalities)
    }
    best = max(fitting.values(), default=0)
    return tuple(key for key in library.documents if fitting.get(key, 0) >= CLOSE * best > 0)


def _find_dates(slots: Slots, reading: Reading, library: Library, operators: Operators) -> None:
    numbers = []
    day = 0
    for place, token in enumerate(reading.tokens):
        if token.folded.isascii() and token.folded.isdecimal() and len(token.folded) < 10:
            value = int(token.folded)
            if 1900 <= value <= 2050 and len(token.folded) == 4:
                slots.year = value
                dated = place > 0 and reading.tokens[place - 1].folded in BEFORE_A_YEAR
                slots.elsewhen = dated and value not in library.years
            else:
                numbers.append(value)
                day = value if 1 <= value <= 31 else day
        elif token.stem in operators.numbers and token.stem not in ("en", "et", "to", "on"):
            numbers.append(operators.numbers[token.stem])
        slots.ordinal = max([slots.ordinal, operators.ordinals.get(token.folded, 0)])
        if token.stem in operators.months and not (token.folded in ("may", "march") and not token.capital):
            slots.month = operators.months[token.stem]
    slots.numbers = tuple(numbers)
    slots.ordinal = slots.ordinal if slots.ordinal > 1 else 0
    named = tuple(one.id for one in reading.of("milestone") if not one.hint)
    if named and not slots.month:
        slots.milestones = _each(named)
    if slots.month:
        slots.milestones = tuple(
            one.id
            for one in library.milestones.values()
            if one.date.month == slots.month
            and (not slots.year or one.date.year == slots.year)
            and (not day or not one.date.day or one.date.day == day)
            and (not slots.municipalities or library.owner[one.id] in slots.municipalities)
        )


def _negated(topics: Sequence[Mention], reading: Reading, operators: Operators, language: str) -> list[Mention]:
    """The topics that must not be there.

    A "not" reaches the topics behind it up to the next "but"; where there are none, those before it in its clause
    ("pilots yes, mentors no"). A "not" that tells something of people ("folk, der ikke kan ...") reaches nothing.
    """
    strict = set(operators.find(reading, "no", language))
    negations = sorted({*operators.find(reading, "not", language), *strict})
    if not negations:
        return []
    used = {place for one in topics if not one.hint for place in one.positions}
    topics = [one for one in topics if not one.spares]
    people = operators.find(reading, "people", language)
    buts = operators.find(reading, "but", language)
    again = operators.find(reading, "which", language)[1:]
    questions = operators.find(reading, "which", language)
    wants = set(operators.find(reading, "fetch", language))
    never_minds = set(operators.find(reading, "opener", language))
    breaks = [place for place, token in enumerate(reading.tokens) if token.breaks]
    found: list[Mention] = []
    asks = _question_starts(reading, operators, language)
    begins = set(operators.find(reading, "auxiliary", language))
    ourselves = operators.find(reading, "ourselves", language)
    indefinite = operators.find(reading, "indefinite", language)
    for place in negations:
        if place not in strict and place + 1 in indefinite and _wants_confirming(reading, place, begins):
            continue
        if place - 1 in ourselves:
            continue  # "så vi ikke skal opfinde det hele selv"
        if place == 0 and len(reading.tokens) > 1 and _is_interjection(reading, operators, language):
            continue
        asked_after = any(one.start >= asks and not one.hint for one in topics)
        if (place < asks and asked_after) or (place == len(reading.tokens) - 1 > 1 and reading.tokens[place].breaks):
            continue  # "there was a building, no?"
        start = max((one for one in range(place + 1) if reading.tokens[one].stop), default=0)
        asked = any(start <= one < place for one in questions)
        if place in wants and not asked and (place == start or start in ourselves):
            continue  # "mangler eksempler", "jeg mangler en mentor"
        # "er der nogen, der ikke har ...?" is of municipalities.
        others = [one for one in people if not (start in begins and one - start <= CONFIRMED)]
        told_of_people = any(place - 5 <= one < place for one in others) or place in people
        if place in used or place in never_minds or (place not in strict and told_of_people):
            continue
        stop = min((one for one in buts if one > place), default=len(reading.tokens))
        if place == 0 and place not in strict and (first := next((one for one in topics if not one.hint), None)):
            # "ikke rådgivning, netværk!"
            stop = min((one for one in breaks if one > first.start), default=stop)
        behind = [one for one in topics if place < one.start < stop and one.start <= place + SCOPE]
        if not any(not one.hint for one in behind):
            start = max((one for one in (*buts, *again) if one <= place), default=-1)
            near = max((one for one in breaks if one < place), default=-1)
            behind = [one for one in topics if max(start, near) <= one.start < place]
            if not any(not one.hint for one in behind):
                behind = [one for one in topics if start < one.start < place and one.start >= place - SCOPE]
        found += [one for one in behind if one not in found]
    return found


def _is_interjection(reading: Reading, operators: Operators, language: str) -> bool:
    """Whether the "no" that a message begins with only answers: "no, I meant ..."."""
    follows = reading.tokens[1].breaks or 1 in operators.find(reading, "not", language)
    corrected = [place for place in operators.find(reading, "correction", language) if 0 < place <= 3]
    return reading.tokens[0].folded in ("no", "nej", "nope", "naeh") and bool(follows or corrected)


def _wants_confirming(reading: Reading, place: int, auxiliaries: set[int]) -> bool:
    """Whether a "not" before something indefinite stands as in "var der ikke et sted?", "isn't there a fund?"."""
    start = max((one for one in range(place + 1) if reading.tokens[one].stop), default=0)
    return start in auxiliaries and place - start <= CONFIRMED


def _question_starts(reading: Reading, operators: Operators, language: str) -> int:
    """Where the question proper begins; what stands before it ("De kender det ikke. Hvem ...") only tells why.

    That is the last question word that opens a clause of its own and has a word behind it that carries something.
    """
    for place in reversed(operators.find(reading, "which", language)):
        if reading.tokens[place].breaks:
            behind = range(place + 1, len(reading.tokens))
            if any(len(reading.tokens[one].folded) > 4 for one in behind):
                return place
    return 0


def _combine(
    mentions: Sequence[Mention],
    library: Library,
    joins: Sequence[int],
    either: bool,
    asks_again: Sequence[int],
    both: bool,
) -> Topics:
    """Puts mentions together: those of one group point at the same thing, groups joined by "og" are asked for each."""
    groups = [resolve(group, library) for group in _groups(mentions, joins, asks_again)]
    groups = [one for one in groups if one.ids]
    if not groups:
        return Topics()
    strongest = max(one.strength for one in groups)
    groups = [one for one in groups if one.strength >= 0.5 * strongest]
    merged = groups[0]
    separate = any(mentions[0].start < place <= mentions[-1].start for place in asks_again[1:]) if asks_again else False
    for other in groups[1:]:
        merged = _join(merged, other, library, "any" if either or separate else "all")
    return replace(merged, join="all") if both and len(merged.ids) > 1 and not either else merged


def _join(one: Topics, other: Topics, library: Library, join: Join) -> Topics:
    first, second = set(library.items_on(one.ids)), set(library.items_on(other.ids))
    strength, named = max(one.strength, other.strength), one.named or other.named
    if (first <= second or second <= first) and join == "any":
        return other if first <= second else one  # "udbud eller køb af ydelser"
    if first <= second or second <= first:
        narrow = one if first <= second else other
        if _all_themes(one, library) == _all_themes(other, library):
            return Topics(narrow.ids, narrow.join, strength, named)
    common = first & second
    if common and not (_all_themes(one, library) and _all_themes(other, library)):
        return Topics(
            tuple(key for key in library.items_on([*one.ids, *other.ids]) if key in common), "any", strength, named
        )
    ids = _each((*one.ids, *other.ids))
    if join == "all" and len(one.ids) == 1 == len(other.ids) and library.having(ids, every=True):
        return Topics(ids, "all", strength, named)
    return Topics(ids, "any", strength, named)


def _all_themes(topics: Topics, library: Library) -> bool:
    return all(one in library.themes for one in topics.ids)


def _groups(mentions: Sequence[Mention], joins: Sequence[int], asks_again: Sequence[int]) -> list[list[Mention]]:
    """Mentions cut where "og", "eller" or a comma's like stands between two that are each a term."""
    ordered = sorted(mentions, key=lambda one: one.start)
    solid = [one for one in ordered if not one.hint]
    cuts = []
    for place in sorted({*joins, *asks_again[1:]}):
        before = any(one.start < place and (one.positions[-1] < place or _holds_another(one, ordered)) for one in solid)
        after = any(one.start > place and not one.hint for one in ordered)
        inside = any(one.start < place < one.positions[-1] and not _holds_another(one, ordered) for one in solid)
        if before and after and not inside:
            cuts.append(place)
    groups: list[list[Mention]] = [[] for _ in range(len(cuts) + 1)]
    for one in ordered:
        groups[sum(1 for cut in cuts if one.start > cut)].append(one)
    return [group for group in groups if group]


def _holds_another(mention: Mention, among: Sequence[Mention]) -> bool:
    """Whether a term of something else stands in the gaps of a phrase: "mentorer og pilotprojekter på programmet"."""
    gaps = set(range(mention.start, mention.positions[-1])) - set(mention.positions)
    return any(one.id != mention.id and not one.hint and gaps.issuperset(one.positions) for one in among)


def resolve(mentions: Sequence[Mention], library: Library) -> Topics:
    """The themes, initiatives and goals that the mentions, taken together, point at best."""
    direct: dict[str, dict[int, float]] = defaultdict(dict)
    solid: set[str] = set()
    for one in mentions:
        share = one.weight / len(one.positions) * (THEME if one.id in library.themes else 1)
        for place in one.positions:
            direct[one.id][place] = max(direct[one.id].get(place, 0), share)
        if not one.hint:
            solid.add(one.id)
    places = {theme: direct[theme] for theme in direct if theme in library.themes}
    scores = {key: sum(at.values()) for key, at in direct.items()}
    candidates = {key for key in direct if key not in library.themes}
    strong = [theme for theme in places if theme in solid]
    for number, theme in enumerate(strong):
        for other in strong[number + 1 :]:
            candidates |= set(library.initiatives_on(theme)) & set(library.initiatives_on(other))
    for key in candidates:
        if item := library.item(key):
            own = dict(direct.get(key, {}))
            for theme in item.themes:
                for place, share in places.get(theme, {}).items():
                    own[place] = max(own.get(place, 0), share)
            scores[key] = sum(own.values())
    for key in candidates - solid:  # hints alone lift an initiative above its theme only in company
        item = library.item(key)
        carried = [theme for theme in (item.themes if item else ()) if theme in places and theme in solid]
        if carried:
            taken = {place for theme in carried for place in places[theme]}
            extra = sum(share for place, share in direct.get(key, {}).items() if place not in taken)
            if extra < 0.75:
                scores[key] = min(scores[key], max(scores[theme] for theme in carried))
    if any(key not in library.goals for key in solid):  # a goal is meant where nothing that is done is named
        scores = {key: score * (AIM if key in library.goals else 1) for key, score in scores.items()}
    best = max(scores.values(), default=0.0)
    if best == 0:
        return Topics()
    chosen = [key for key, score in scores.items() if score >= CLOSE * best]
    if any(key in solid for key in chosen):
        backed = [key for key in chosen if key in solid or any(theme in solid for theme in library.themes_of([key]))]
        chosen = backed or chosen
    whole = {key for key in chosen if key in library.themes}
    items = library.initiatives
    named = [key for key in chosen if key not in items or whole.isdisjoint(items[key].themes)]
    if len(named) > 1:
        top = [key for key in named if scores[key] >= 0.95 * best]
        named = top or named
    return Topics(tuple(named), "any", best, any(key in solid for key in direct))
