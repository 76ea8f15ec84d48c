"""Unseen sentences beside every phrase file, and the gate: no intent's sentence is won by another intent."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from handlers.dialogue import Dialogue
from handlers.session import Session
from knowledge.intents import split_utterance
from knowledge.model import LANGUAGES
from knowledge.phrases import Phrasebook, load_phrases
from knowledge.query import Query

HERE = Path(__file__).parent / "phrases"
ENOUGH = {"da": 0.85, "en": 0.85}
"""Share of the unseen sentences of a language that must be understood."""
STRICT = ("municipalities", "topics", "without", "organisations", "unknown_places")
"""Slots that must be empty where a sentence does not name them."""

each_language = pytest.mark.parametrize("language", LANGUAGES)


@dataclass(frozen=True)
class Case:
    """One sentence, maybe said after another, with the query that it must become."""

    intent: str
    say: str
    after: str
    expected: dict[str, Any]

    def misses(self, query: Query | None) -> list[str]:
        """What of the query is not as expected; ids in any order."""
        if query is None:
            return ["not understood"]
        wanted = {"intent": self.intent, **dict.fromkeys(STRICT, ()), **self.expected}
        found = {name: getattr(query, name) for name in wanted}
        return [f"{name} {found[name]}" for name, value in wanted.items() if not _same(name, found[name], value)]


def _same(name: str, found: object, wanted: object) -> bool:
    if name == "intent":
        return found in wanted if isinstance(wanted, list) else found == wanted
    return (
        set(found) == set(wanted) if isinstance(found, tuple) and isinstance(wanted, list | tuple) else found == wanted
    )


def cases_of(language: str) -> list[Case]:
    """All unseen sentences of a language."""
    found = []
    for path in sorted((HERE / language).glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            say, after = entry.pop("say"), entry.pop("after", "")
            found.append(Case(path.stem, say, after, entry))
    return found


@pytest.fixture(scope="module")
def phrasebook() -> Phrasebook:
    """The phrases that ship."""
    return load_phrases()


@each_language
def test_unseen_sentences_are_understood(dialogue: Dialogue, language: str) -> None:
    """Most of them; the others are listed."""
    cases, missed = cases_of(language), []
    for case in cases:
        session = dialogue.answer(case.after, Session())[1] if case.after else Session()
        found = dialogue.understander.understand(case.say, session.subject, session.language)
        if misses := case.misses(found.query):
            missed.append(
                f"{case.intent}: {case.after + ' -> ' if case.after else ''}{case.say!r}: {', '.join(misses)}"
            )
    share = 1 - len(missed) / len(cases)
    assert share >= ENOUGH[language], f"{share:.1%} of {len(cases)} understood; missed:\n" + "\n".join(missed)


@each_language
def test_every_phrase_file_has_unseen_sentences_beside_it(phrasebook: Phrasebook, language: str) -> None:
    """At least six, and none of them stands in the phrase file."""
    cases = cases_of(language)
    assert {case.intent for case in cases} == set(phrasebook[language].utterances)
    for intent, utterances in phrasebook[language].utterances.items():
        unseen = [case.say for case in cases if case.intent == intent]
        assert len(unseen) >= 6, intent
        known = {one.casefold().rstrip("?!. ") for one in utterances}
        assert [one for one in unseen if one.casefold().rstrip("?!. ") in known] == [], intent


@each_language
def test_no_sentence_is_won_by_another_intent(dialogue: Dialogue, phrasebook: Phrasebook, language: str) -> None:
    """Its own frame with its own slots fits its own intent at least as well as any other."""
    intents, lost = dialogue.understander.intents, []
    for intent, utterances in phrasebook[language].utterances.items():
        for utterance in utterances:
            stems, slots = split_utterance(utterance)
            scores = intents.score([{one} for one in stems], slots)
            own = next((one.score for one in scores if one.intent == intent), 0.0)
            if scores and scores[0].score > own + 1e-9:
                lost.append(
                    f"{language}/{intent}.yaml: {utterance!r} is won by {scores[0].intent}: {scores[0].utterance!r}"
                )
    assert lost == []
