"""A base as large as one likes, made up from a seed, so that growth can be measured before the data are there."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from knowledge.loading import Knowledge, load_knowledge
from knowledge.model import Initiative, Municipality, Organisation
from knowledge.words import fold

SEED = 20141210
COMMON_WORDS = 3_000
"""Ranks up to here are drawn as by Zipf's law with exponent 1; beyond them rarer words with exponent 1.8 take over."""
RARE = 0.135
"""Share of words from beyond: the curve has no step, and the vocabulary grows with the 0.56th power of the text."""


def _words(text: str) -> list[str]:
    return text.split()


_DA_PARTS = _words("""
    skov have bo vej bro havn kyst fjord mark eng hus gård værk smede træ jern glas uld garn syn lyd lys vand luft
    jord sten sand mad brød kaffe bær frugt korn urte bi fiske heste cykel båd tog bil genbrugs møbel tøj bog teater
    musik sang dans idræts svømme sejl spejder lege ung senior familie børne skole lærer elev fag hånd maler murer
    snedker væver keramik foto film radio avis digital data robot sol vind varme energi klima miljø natur park
    plante blomster torve butiks kunde vare lager pakke post rejse gæste hotel kro kantine køkken bageri mejeri
    slagter pleje sundheds tand øre bevægelses søvn stress håb mod tillids nabo by land ø kommune stats rets rente
    løn skatte regnskabs
""")
_DA_ENDS = _words("""
    værksted laug stue kreds lav dag uge skole hus plads have gård lager butik marked messe prøve kasse pulje puljen
    bank tavle kort guide bog avis klub café køkken hold team gruppe råd nævn udvalg forum fond legat pris test plan
    kurs kursus forløb modul spor trin bånd bro vej sti rute port station central punkt linje bus bod vogn båd flåde
    samling arkiv depot kælder loft sal scene bane hal hytte lejr tur rejse fest festival måned år hjælp tjeneste
    vagt patrulje mester ven makker følge leder vært fører tolk
""")
_EN_PARTS = _words("""
    forest garden home road bridge harbour coast fjord field meadow house farm works smithy timber iron glass wool
    yarn sight sound light water air soil stone sand food bread coffee berry fruit grain herb bee fish horse bicycle
    boat train car reuse furniture clothes book theatre music song dance sports swimming sailing scout play youth
    senior family child school teacher pupil craft hand painter mason joiner weaver pottery photo film radio
    newspaper digital data robot sun wind heat energy climate environment nature park plant flower square shop
    customer goods storage parcel post travel guest hotel inn canteen kitchen bakery dairy butcher care health tooth
    ear exercise sleep stress hope courage trust neighbour town country island council state court interest wage tax
    accounts
""")
_EN_ENDS = _words("""
    workshop guild room circle union day week school house place garden farm store shop market fair trial box pool
    fund bank board map guide book paper club café kitchen squad team group council panel committee forum trust
    grant prize test plan course programme module track step ribbon bridge road path route gate station centre point
    line bus stall cart boat fleet collection archive depot cellar loft hall stage lane arena cabin camp trip
    journey party festival month year aid service watch patrol champion friend mate leader host driver interpreter
""")
_PARTS, _ENDS = min(len(_DA_PARTS), len(_EN_PARTS)), min(len(_DA_ENDS), len(_EN_ENDS))
_SMALL = {
    "da": _words("og i for med til der som af en et på om de kan ved sammen deres"),
    "en": _words("and in for with to that which of a an on about the can at together their"),
}
_WORD = re.compile(r"[^\W\d_]{4,}")


class Vocabulary:
    """Words by rank, the same meaning in both languages: first those of the shipped texts, then made-up compounds."""

    def __init__(self, shipped: Knowledge, chance: random.Random) -> None:
        self._chance = chance
        self._words: dict[int, dict[str, str]] = {}
        self._made = 0
        pairs: dict[str, list[str]] = {"da": [], "en": []}
        for place in shipped.municipalities:
            for item in place.initiatives:
                for language in pairs:
                    for text in (item.name, item.summary):
                        pairs[language] += _WORD.findall(text[language].lower())
        pairs = {language: list(dict.fromkeys(words)) for language, words in pairs.items()}
        for number, (danish, english) in enumerate(zip(pairs["da"], pairs["en"], strict=False), 1):
            self._words[number] = {"da": danish, "en": english}
        self._linked = [(first, last) for first in range(_PARTS) for last in range(_ENDS)]
        chance.shuffle(self._linked)

    def draw(self) -> dict[str, str]:
        """One word, in each language."""
        share = self._chance.random()
        if self._chance.random() >= RARE:
            rank = int(COMMON_WORDS**share)
        else:
            rank = int(COMMON_WORDS * (1 - share) ** -1.25)
        word = self._words.get(rank)
        if word is None:
            word = self._words[rank] = self._coin()
        return word

    def _coin(self) -> dict[str, str]:
        number, self._made = self._made, self._made + 1
        first, last = self._linked[number % len(self._linked)]
        again = number // len(self._linked)
        danish, english = _DA_PARTS[first] + _DA_ENDS[last], _EN_PARTS[first] + _EN_ENDS[last]
        if again:  # all compounds of two are used up: one more part before them, another each time round
            before = (first * 7 + again) % _PARTS
            danish, english = _DA_PARTS[before] + danish, _EN_PARTS[before] + english
        return {"da": danish, "en": english}


def base(size: int, seed: int = SEED) -> Knowledge:
    """The shipped base, grown to `size` initiatives over all Danish municipalities."""
    shipped = load_knowledge()
    organisations = organisations_for(size)
    kept = {one.id: one for one in shipped.municipalities}
    initiatives: dict[str, list[Initiative]] = {}
    build = TypeAdapter(Initiative)
    for place, values in fresh(shipped, size, seed):
        initiatives.setdefault(place, []).append(build.validate_python(values))
    places = []
    for key, name in municipalities(shipped):
        more = tuple(initiatives.pop(key, ()))
        values = _new(shipped, key, name, more)
        if key in kept:
            values = _values(kept[key], (*kept[key].initiatives, *more))
        places.append(TypeAdapter(Municipality).validate_python(values))
    known = tuple(TypeAdapter(Organisation).validate_python(one) for one in organisations)
    return replace(shipped, municipalities=tuple(places), organisations=(*shipped.organisations, *known))


def municipalities(shipped: Knowledge) -> Iterator[tuple[str, str]]:
    """Id and name of all municipalities of Denmark."""
    held = {place.short.da: place.id for place in shipped.municipalities}
    for region in shipped.denmark.regions:
        for name in region.municipalities:
            yield held.get(name, re.sub(r"[^a-z0-9]+", "-", fold(name))), name


def organisations_for(size: int) -> list[dict[str, Any]]:
    """Made-up organisations, one for every two hundred initiatives."""
    count = size // 200
    names = [f"Foreningen {first.title()}{last}" for last in _DA_ENDS for first in _DA_PARTS]
    return [{"id": f"forening-{number}", "name": name} for number, name in enumerate(names[:count])]


def fresh(shipped: Knowledge, size: int, seed: int = SEED) -> Iterator[tuple[str, dict[str, Any]]]:
    """Municipality and fields of each initiative that is added, the same for the same seed."""
    chance = random.Random(seed)
    words = Vocabulary(shipped, chance)
    places = [key for key, _ in municipalities(shipped)]
    themes = [one.id for one in shipped.themes]
    partners = [one["id"] for one in organisations_for(size)]
    document = shipped.documents[0].id
    strategies = {place.id: place.strategies[-1].id for place in shipped.municipalities if place.strategies}
    already = sum(len(place.initiatives) for place in shipped.municipalities)
    for number in range(size - already):
        place = chance.choice(places)
        name = _text(words, chance, chance.randint(2, 4), 0.3)
        summary = _text(words, chance, chance.randint(10, 18), 0.4)
        values: dict[str, Any] = {
            "id": f"{place}-{number}",
            "strategy": strategies.get(place, f"{place}-strategi"),
            "name": {language: text[:1].upper() + text[1:] for language, text in name.items()},
            "summary": {language: text[:1].upper() + text[1:] + "." for language, text in summary.items()},
            "themes": chance.sample(themes, chance.choice((1, 1, 2))),
            "sources": [{"document": document, "section": "Indsatser", "item": number % 20 + 1}],
        }
        if partners and chance.random() < 0.25:
            values["partners"] = chance.sample(partners, min(len(partners), chance.choice((1, 2))))
        yield place, values


def _text(words: Vocabulary, chance: random.Random, length: int, small: float) -> dict[str, str]:
    """So many content words in each language, small words between them."""
    drawn = [words.draw() for _ in range(length)]
    between = [chance.randrange(17) if chance.random() < small else -1 for _ in range(length - 1)]
    return {
        language: " ".join(
            part
            for word, link in zip(drawn, [*between, -1], strict=True)
            for part in ((word[language], _SMALL[language][link]) if link >= 0 else (word[language],))
        )
        for language in ("da", "en")
    }


def _values(place: Municipality, initiatives: tuple[Initiative, ...]) -> dict[str, Any]:
    fields = ("id", "name", "short", "aliases", "website", "strategies", "milestones", "goals")
    return {**{name: getattr(place, name) for name in fields}, "initiatives": initiatives}


def _new(shipped: Knowledge, key: str, name: str, initiatives: tuple[Initiative, ...]) -> dict[str, Any]:
    document = shipped.documents[0].id
    source = {"document": document, "section": "Indsatser"}
    strategy = {
        "id": f"{key}-strategi",
        "title": {"da": f"Strategi for {name}", "en": f"Strategy of {name}"},
        "summary": {"da": "Strategien samler indsatserne.", "en": "The strategy gathers the initiatives."},
        "adopted": "2014",
        "documents": [document],
        "sources": [source],
    }
    return {
        "id": key, "name": f"{name} Kommune", "short": {"da": name, "en": name}, "website": f"{key}.dk",
        "strategies": [strategy], "initiatives": initiatives,
    }  # fmt: skip
