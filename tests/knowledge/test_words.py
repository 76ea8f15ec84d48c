"""Words meet in all their forms, and no text breaks the reading of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import LONGEST, bare, clean, fold, stem, tokens

texts = st.text(st.characters(codec=None))


def stem_of(word: str) -> str:
    """The stem of a word as written."""
    return stem(fold(word))


def test_drawn_out_letters() -> None:
    """A letter that is held down is written once."""
    assert [token.folded for token in tokens("hjææælp altsååå toooo 2000")] == ["hjaelp", "altsaa", "to", "2000"]


def test_where_sentences_end() -> None:
    """A token knows the mark before it; an abbreviation ends nothing."""
    found = {token.written: token.stop for token in tokens("Hej. Hvem, ph.d. hos jer: gør det? Ja")}
    assert {word: stop for word, stop in found.items() if stop} == {"Hvem": ".", "gør": ":", "Ja": "?"}


@pytest.mark.parametrize(
    "forms",
    [
        "netværk netværket netværkene netværkenes netværks",
        "mentor mentorer mentoren mentorerne mentorernes mentors",
        "mentorordning mentorordningen mentorordninger mentorordningerne",
        "kommune kommuner kommunen kommunerne kommunernes kommunes",
        "strategi strategier strategien strategierne strategiernes",
        "indsats indsatser indsatsen indsatserne",
        "virksomhed virksomheder virksomheden virksomhederne",
        "dokument dokumenter dokumentet dokumenterne",
        "partner partnere partneren partnerne",
        "vision visioner visionen visionerne",
        "network networks networked networking",
        "strategy strategies",
        "municipality municipalities",
        "document documents",
        "partnership partnerships",
        "volunteer volunteers volunteering",
        "fund funds funded funding",
        "adopt adopted adopts adopting",
    ],
)
def test_inflections_meet(forms: str) -> None:
    """All forms of a word have one stem."""
    assert len({stem_of(form) for form in forms.split()}) == 1, {form: stem_of(form) for form in forms.split()}


@pytest.mark.parametrize(
    ("one", "other"),
    [("mentor", "mening"), ("netværk", "netop"), ("fond", "fordel"), ("pulje", "plan"), ("advice", "advert")],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    """A stem is not so short that other words share it."""
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Århus", "aarhus"), ("Aarhus", "aarhus"), ("KØBENHAVN", "koebenhavn"), ("Kœb", "kœb"), ("É", "e"),
     ("naïve", "naive"), ("Malmö", "malmoe"), ("Ærø", "aeroe"), ("it’s", "it's")],
)  # fmt: skip
def test_fold(written: str, folded: str) -> None:
    """Case, accents and the two ways to write the Danish letters make no difference."""
    assert fold(written) == folded


def test_bare_is_what_keyboards_without_danish_letters_write() -> None:
    """One letter for each."""
    assert (bare("København"), bare("Århus"), bare("rådgivning")) == ("kobenhavn", "arhus", "radgivning")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hvad gør Ikast-Brande?", ["hvad", "goer", "ikast", "brande"]),
        ("Et ph.d.-stipendium", ["et", "phd", "stipendium"]),
        ("pdf'en, tak", ["pdf", "tak"]),
        ("Aarhus' plan", ["aarhus", "plan"]),
        ("don't", ["dont"]),
        ("1.000 job i 2020", ["1.000", "job", "i", "2020"]),
        ("... !?", []),
        ("<b>Kolding</b>", ["b", "kolding", "b"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    """What is one word and what is two."""
    assert [one.folded for one in tokens(clean(text))] == words


def test_tokens_know_their_place() -> None:
    """Where a word began, whether with a capital, and whether a stop stood before it."""
    first, second = tokens("kolding, Aarhus")
    assert (first.start, first.capital, first.breaks) == (0, False, False)
    assert (second.start, second.capital, second.breaks) == (9, True, True)


def test_clean_takes_away_what_cannot_be_seen() -> None:
    """Zero-width and direction marks go; a NUL or a lone surrogate does not join or break words."""
    assert clean("men\u200btor") == "mentor"
    assert clean("\u202ementor\u202c") == "mentor"
    assert clean("mentor\x00ordning") == "mentor ordning"
    assert clean("\ufeffhej\u00ad") == "hej"
    assert clean("ﬁn") == "fin"
    assert clean("kolding \ud800")
    assert clean("x" * 100_000) == "x" * LONGEST


@given(texts)
def test_no_text_breaks_reading(text: str) -> None:
    """Whatever is typed, words come out of it that can be compared."""
    for one in tokens(clean(text)):
        assert one.folded
        assert one.stem


@given(texts)
def test_clean_text_has_no_control_characters(text: str) -> None:
    """Nor anything unassigned, private or half a character; and it is never longer than what is read."""
    cleaned = clean(text)
    assert [one for one in cleaned if unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn")] == []
    assert len(cleaned) <= LONGEST
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=30).map(fold))
def test_a_stem_is_never_longer_and_keeps_its_beginning(word: str) -> None:
    """Only endings go (and "-ies" becomes "-y")."""
    root = stem(word)
    assert root
    assert len(root) <= len(word)
    assert root[: len(root) - 1] == word[: len(root) - 1]


@given(texts.map(clean))
def test_folding_twice_is_folding_once(word: str) -> None:
    """What is folded stays."""
    assert fold(fold(word)) == fold(word)
