"""The frame of a message - what is left without names and terms - finds the intent whose sentences it is like."""

import os
import subprocess
import sys

import pytest

from knowledge.intents import Intents, split_utterance
from knowledge.model import LANGUAGES
from knowledge.phrases import LanguagePhrases, Phrasebook, load_phrases
from knowledge.words import fold, stem


def intents_of(**utterances: str) -> Intents:
    """Intents from sentences parted by bars, the same in both languages."""
    phrases = LanguagePhrases({name: tuple(listed.split(" | ")) for name, listed in utterances.items()})
    return Intents(Phrasebook(dict.fromkeys(LANGUAGES, phrases)))


def frame(words: str) -> list[set[str]]:
    """The stems of words."""
    return [{stem(fold(word))} for word in words.split()]


SMALL = intents_of(
    overview="what does {municipality} do | tell me about {municipality} | describe {municipality}",
    documents="where is the document from {municipality} | send the pdf",
    compare="compare {municipality} with {municipality} | difference between {municipality} and {municipality}",
    thanks="thank you | thanks a lot",
)


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("what does do", "overview"),
        ("please tell something about", "overview"),
        ("compare with", "compare"),
        ("differences between", "compare"),
        ("pdf", "documents"),
        ("documents", "documents"),
        ("many thanks", "thanks"),
    ],
)
def test_best_intent(words: str, intent: str) -> None:
    """The one that shares the words which tell most."""
    assert SMALL.score(frame(words), ["municipality"])[0].intent == intent


def test_the_very_sentence_scores_one() -> None:
    """And tells which sentence it was."""
    best = SMALL.score(frame("describe"), ["municipality"])[0]
    assert best.score == pytest.approx(1.0)
    assert best.utterance == "describe {municipality}"


def test_a_slot_that_is_not_there_costs() -> None:
    """ "describe" without a municipality is less of an overview."""
    [with_slot] = SMALL.score(frame("describe"), ["municipality"])
    [without] = SMALL.score(frame("describe"), [])
    assert without.score < with_slot.score


def test_other_words_of_the_intents_cost() -> None:
    """What a sentence does not have makes it fit less."""
    alone, more = SMALL.score(frame("pdf"), [])[0], SMALL.score(frame("pdf compare"), [])[0]
    assert more.score < alone.score


def test_words_that_no_sentence_has_do_not_count() -> None:
    """What nothing explains is weighed elsewhere."""
    assert SMALL.score(frame("pdf xylophone"), []) == SMALL.score(frame("pdf"), [])
    assert SMALL.score(frame("xylophone"), []) == []
    assert SMALL.score([], []) == []


def test_rare_words_tell_more() -> None:
    """A word of one intent alone weighs 1, one that all have next to nothing."""
    intents = intents_of(one="alpha beta", two="alpha gamma", three="alpha delta")
    assert intents.weights["beta"] > 0.9
    assert intents.weights["alpha"] < 0.3


def test_one_of_several_stems_is_enough() -> None:
    """A misspelt word brings its own stem and that of its repair; the one that is known counts."""
    assert SMALL.score([{"kompare", stem("compare")}], [])[0].intent == "compare"


def test_best_first_and_each_intent_once() -> None:
    """Scores fall, and lie between 0 and 1."""
    scores = SMALL.score(frame("what is the difference and where is the document"), ["municipality"])
    assert [one.score for one in scores] == sorted((one.score for one in scores), reverse=True)
    assert len({one.intent for one in scores}) == len(scores)
    assert all(0 < one.score <= 1 for one in scores)


@pytest.mark.parametrize(
    ("utterance", "stems", "slots"),
    [
        ("What can {municipality} do?", {"what", "can", "do"}, {"municipality"}),
        ("{municipality}'s {topic}", set(), {"municipality", "topic"}),
        ("don't", {"dont"}, set()),
        ("pdf'en, tak!", {"pdf", "tak"}, set()),
        ("one-stop", {"one", "stop"}, set()),
    ],
)
def test_split_utterance(utterance: str, stems: set[str], slots: set[str]) -> None:
    """Words without marks, and the names of the slots."""
    assert split_utterance(utterance) == (frozenset(stems), frozenset(slots))


def test_every_intent_of_the_base_is_there() -> None:
    """In both languages."""
    phrasebook = load_phrases()
    names = Intents(phrasebook).names
    for language in LANGUAGES:
        assert set(phrasebook[language].utterances) == set(names)


def test_words_that_weigh_the_same_are_chosen_between_alike_in_every_process() -> None:
    """The order of a set of strings differs from process to process."""
    code = (
        "from knowledge.intents import Intents; from knowledge.phrases import LanguagePhrases, Phrasebook\n"
        "texts = {'one': ('ad gangen',), 'two': ('adgang gives',)}\n"
        "book = Phrasebook({one: LanguagePhrases(utterances=texts) for one in ('da', 'en')})\n"
        "print([(one.intent, one.score) for one in Intents(book).score([{'ad', 'adgang'}, {'gang'}], ())])"
    )
    seeds = [os.environ | {"PYTHONHASHSEED": str(seed)} for seed in range(5)]
    found = {
        subprocess.run([sys.executable, "-c", code], env=one, stdout=subprocess.PIPE, check=True).stdout
        for one in seeds
    }
    assert len(found) == 1
