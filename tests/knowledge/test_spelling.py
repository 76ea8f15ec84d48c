"""Misspelt words find the word that was meant, and other words find nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import Spelling

WORDS = (
    "mentorordning", "netvaerk", "raadgivning", "roskilde", "kolding", "aarhus", "koebenhavn", "partnerskab", "pulje",
    "strategi", "evaluering", "network", "procurement", "volunteer", "fond", "job", "building", "budding",
)  # fmt: skip


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    """A few known words."""
    return Spelling(WORDS)


@pytest.mark.parametrize(
    ("written", "meant", "edits"),
    [
        ("mentorodning", "mentorordning", 1),
        ("mentroordning", "mentorordning", 1),
        ("menorordnng", "mentorordning", 2),
        ("netværrk".replace("æ", "ae"), "netvaerk", 1),
        ("entvaerk", "netvaerk", 1),
        ("roskidle", "roskilde", 1),
        ("oskilde", "roskilde", 1),
        ("kolidng", "kolding", 1),
        ("arhus", "aarhus", 1),
        ("kobenhavn", "koebenhavn", 1),
        ("startegi", "strategi", 1),
        ("procurment", "procurement", 1),
        ("volunter", "volunteer", 1),
        ("pulie", "pulje", 1),
        ("bulding", "building", 1),
    ],
)
def test_misspelt(spelling: Spelling, written: str, meant: str, edits: int) -> None:
    """A letter wrong, lost, doubled, or two swapped, also at the beginning."""
    assert spelling.nearest(written) == (meant, edits)


@pytest.mark.parametrize("word", ["", "a", "ja", "hund", "havregroed", "svoemmehal", "parkering", "12345", "ost"])
def test_other_words(spelling: Spelling, word: str) -> None:
    """What is too far from all is left alone; the shorter a word, the nearer it must be."""
    assert spelling.nearest(word) is None


@pytest.mark.parametrize("word", [one for one in WORDS if len(one) > 3])
def test_a_known_word_is_nearest_to_itself_or_to_nothing(spelling: Spelling, word: str) -> None:
    """No known word is repaired into another."""
    found = spelling.nearest(word)
    assert found is None or found[0] == word


@given(st.text(max_size=40))
def test_any_word_is_survived(spelling: Spelling, word: str) -> None:
    """Whatever is asked for, the answer is known or none."""
    found = spelling.nearest(word)
    assert found is None or (found[0] in WORDS and 0 <= found[1] <= 3)


@given(st.sampled_from([one for one in WORDS if len(one) > 6]), st.data())
def test_one_edit_is_always_repaired(spelling: Spelling, word: str, data: st.DataObject) -> None:
    """Any one letter lost, anywhere in a word of seven or more."""
    place = data.draw(st.integers(0, len(word) - 1))
    found = spelling.nearest(word[:place] + word[place + 1 :])
    assert found
    assert found[0] == word
