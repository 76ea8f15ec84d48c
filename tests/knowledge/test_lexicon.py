"""Names and terms are found however they are written, and what stands inside a longer one is not found twice."""

import pytest

from knowledge.lexicon import Lexicon
from knowledge.model import LANGUAGES
from knowledge.reading import Reading
from knowledge.understanding import Understander


@pytest.fixture(scope="module")
def lexicon(understander: Understander) -> Lexicon:
    """The lexicon of the base that ships."""
    return understander.lexicon


def named(reading: Reading, *kinds: str) -> list[str]:
    """Ids of the mentions of those kinds that are more than hints."""
    return list(dict.fromkeys(one.id for one in reading.mentions if one.kind in kinds and not one.hint))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Roskilde", ["roskilde"]),
        ("roskildes strategi", ["roskilde"]),
        ("Københavns Kommune", ["koebenhavn"]),
        ("Kobenhavn", ["koebenhavn"]),
        ("Koebenhavn", ["koebenhavn"]),
        ("KBH", ["koebenhavn"]),
        ("kbh's planer", ["koebenhavn"]),
        ("Copenhagen's strategy", ["koebenhavn"]),
        ("Cph", ["koebenhavn"]),
        ("Kopenhagen", ["koebenhavn"]),
        ("hovedstaden", ["koebenhavn"]),
        ("ÅRHUS", ["aarhus"]),
        ("Århus'", ["aarhus"]),
        ("Arhus", ["aarhus"]),
        ("aarhusianske indsatser", ["aarhus"]),
        ("Ikast-Brande", ["ikast-brande"]),
        ("ikast brande", ["ikast-brande"]),
        ("Ikast-Brandes mål", ["ikast-brande"]),
        ("Ikast", ["ikast-brande"]),
        ("Koldng", ["kolding"]),
        ("Koldning", ["kolding"]),
        ("Kloding", ["kolding"]),
        ("Copenhagn", ["koebenhavn"]),
        ("Aarhsu", ["aarhus"]),
        ("Københavnn", ["koebenhavn"]),
        ("Aarhus, Kolding og Roskilde", ["aarhus", "kolding", "roskilde"]),
    ],
)
def test_municipalities(lexicon: Lexicon, text: str, places: list[str]) -> None:
    """By their names, genitives, abbreviations, without Danish letters, and with typing errors."""
    assert named(lexicon.read(text), "municipality") == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Odense", ["Odense"]),
        ("Odenses strategi", ["Odense"]),
        ("Aalborg", ["Aalborg"]),
        ("Ålborg", ["Aalborg"]),
        ("Hoje-Taastrup", ["Høje-Taastrup"]),
        ("Esbjreg", ["Esbjerg"]),
        ("Faaborg-Midtfyn", ["Faaborg-Midtfyn"]),
        ("Lyngby-Taarbæk Kommune", ["Lyngby-Taarbæk"]),
    ],
)
def test_other_municipalities(lexicon: Lexicon, text: str, places: list[str]) -> None:
    """All of Denmark's are known by name."""
    assert named(lexicon.read(text), "place") == places


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("DI", ["di"]),
        ("Dansk Industri", ["di"]),
        ("DI og DA", ["di", "da"]),
        ("Den Sociale Kapitalfond", ["den-sociale-kapitalfond"]),
        ("the Social Capital Fund", ["den-sociale-kapitalfond"]),
        ("RUC", ["center-for-socialt-entreprenoerskab"]),
        ("Telehandelshusets rolle", ["telehandelshuset"]),
        ("erhvervsforum roskilde", ["erhvervsforum-roskilde"]),
        ("socialudvalget", ["beskaeftigelses-og-socialudvalget"]),
        ("da jeg var barn", []),
    ],
)
def test_organisations(lexicon: Lexicon, text: str, organisations: list[str]) -> None:
    """By their names and short forms; two letters only where they are written as a name."""
    reading = lexicon.read(text)
    assert named(reading, "organisation") == organisations
    assert organisations == [] or named(reading, "municipality") == []


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("mentorordning", ["mentorordning"]),
        ("mentorordningerne", ["mentorordning"]),
        ("mentor ordning", ["mentorordning"]),
        ("mentorodning", ["mentorordning"]),
        ("mentor scheme", ["mentorordning"]),
        ("mentoring", ["mentorordning"]),
        ("netværkene", ["netvaerk"]),
        ("netvaerk", ["netvaerk"]),
        ("netvark", ["netvaerk"]),
        ("radgivning", ["raadgivning"]),
        ("rådgivningen", ["raadgivning"]),
        ("pilotprojekt", ["pilotprojekter"]),
        ("pilot projekter", ["pilotprojekter"]),
        ("Vision Vestergade", ["ikast-brande-vision-vestergade"]),
        ("afknopninger", ["afknopning"]),
        ("spin-offs", ["afknopning"]),
        ("one-stop shop", ["en-indgang"]),
    ],
)
def test_topics(lexicon: Lexicon, text: str, topics: list[str]) -> None:
    """Inflected, apart, together, misspelt, and by other words for the same."""
    assert set(topics) <= set(named(lexicon.read(text), "topic"))


@pytest.mark.parametrize("text", ["mentorrådgivning", "rådgivningsnetværk"])
def test_parts_of_compounds(lexicon: Lexicon, text: str) -> None:
    """A compound that no list has is found by its parts."""
    assert named(lexicon.read(text), "topic")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("samarbejder alle deres forvaltninger tit på tværs", "tvaergaaende-samarbejde"),
        ("barrierer vi ser i lovgivningen", "lovgivning"),
    ],
)
def test_gapped_phrases(lexicon: Lexicon, text: str, topic: str) -> None:
    """A few words may come between the words of a phrase."""
    assert topic in named(lexicon.read(text), "topic")


def test_words_far_apart_are_no_phrase(lexicon: Lexicon) -> None:
    """Too many words between them: two words, not one phrase."""
    near = lexicon.read("vision vestergade")
    far = lexicon.read("vision " + "kan man sige at det her er sådan " * 2 + "vestergade")
    assert any(len(one.positions) == 2 for one in near.of("topic"))
    assert not any(len(one.positions) == 2 and one.id == "ikast-brande-vision-vestergade" for one in far.of("topic"))


def test_what_stands_inside_a_longer_phrase_is_not_found_again(lexicon: Lexicon) -> None:
    """ "netværk" within "netværk for singler" or "netværksprinter" is not the theme."""
    for text in ("Den Sociale Kapitalfond", "erhvervsforum roskilde"):
        reading = lexicon.read(text)
        spans = [set(one.positions) for one in reading.mentions if not one.hint]
        assert not any(one < other for one in spans for other in spans)
    assert named(lexicon.read("netværksprinter"), "topic") == []


def test_a_repair_weighs_less(lexicon: Lexicon) -> None:
    """What was guessed counts less than what was written."""
    right = lexicon.read("pilotprojekter").of("topic")[0]
    wrong = lexicon.read("piltoprojekter")
    assert wrong.of("topic")[0].id == right.id
    assert wrong.of("topic")[0].weight < right.weight
    assert wrong.repaired == {0: 1}


def test_what_is_known_and_what_is_not(lexicon: Lexicon) -> None:
    """Words that no list has are left unknown."""
    reading = lexicon.read("hvem har en xylofonkvartet")
    assert reading.known == {0, 1, 2}
    assert reading.mentions == []


def test_words_tell_their_language(lexicon: Lexicon) -> None:
    """Each language has words of its own."""
    danish, english = (lexicon.language_words[language] for language in LANGUAGES)
    assert danish["hvilk"] > english.get("hvilk", 0)
    assert english["which"] > danish.get("which", 0)


def test_new_initiatives_are_found_by_their_texts(lexicon: Lexicon) -> None:
    """Words of a summary are hints, so that an entry without phrases is found, too."""
    hints = [one.id for one in lexicon.read("gartneri").of("topic")]
    assert "ikast-brande-kraftcenter" in hints
