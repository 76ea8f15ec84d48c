"""Kept questions that are nearly the same stand together, whatever they name; each group has what comes nearest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from bot.store_questions import Question
from bot.unanswered import without_masks
from knowledge.intents import IntentScore
from knowledge.teaching import with_slots
from knowledge.understanding import Understander
from knowledge.words import fold

ALIKE = 85
"""Questions are nearly the same from this likeness on, of 100; the order of the words does not count."""


@dataclass(frozen=True)
class Group:
    """Questions that are nearly the same."""

    text: str
    """As most of them put it."""
    language: str
    questions: tuple[Question, ...]
    """Newest first."""
    understood: str
    """The intent that it is read as by now; "": it still is not understood."""
    nearest: IntentScore | None
    """The intent whose sentences fit best, with how well, and the best of them."""

    @property
    def latest(self) -> date:
        """When it was asked last, UTC."""
        return self.questions[0].asked.date()

    @property
    def not_helped(self) -> int:
        """How many of them were answered, but the answer did not help."""
        return sum(1 for one in self.questions if one.intent)


def grouped(kept: Iterable[Question], understander: Understander) -> list[Group]:
    """The questions in groups, the largest first, then the newest."""
    groups: list[tuple[str, list[Question]]] = []
    heads: dict[str, dict[int, str]] = {}
    """Language -> the number of a group -> what its first question is compared by."""
    exact: dict[tuple[str, str], int] = {}
    for one in sorted(kept, key=lambda each: each.number, reverse=True):
        words = _frame(understander, one.text, one.language)
        number = exact.get((one.language, words))
        if number is None:
            known = heads.setdefault(one.language, {})
            near = process.extractOne(words, known, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
            number = near[2] if near else len(groups)
            if not near:
                known[number] = words
                groups.append((one.language, []))
            exact[one.language, words] = number
        groups[number][1].append(one)
    made = [_group(language, questions, understander) for language, questions in groups]
    return sorted(made, key=lambda group: (-len(group.questions), -group.questions[0].number))


def like(text: str, language: str, kept: Iterable[Question], understander: Understander) -> list[Question]:
    """Those of the questions that are nearly the same as `text`."""
    frame = _frame(understander, text, language)
    alike = [one for one in kept if one.language == language]
    return [one for one in alike if fuzz.token_sort_ratio(frame, _frame(understander, one.text, language)) >= ALIKE]


def _group(language: str, questions: Sequence[Question], understander: Understander) -> Group:
    text = Counter(one.text for one in questions).most_common(1)[0][0]
    found = understander.understand(without_masks(text), language=language)
    understood = found.query.intent if found.query else ""
    return Group(text, language, tuple(questions), understood, found.scores[0] if found.scores else None)


def _frame(understander: Understander, text: str, language: str) -> str:
    """What two questions are compared by. Names in them, marks and capital letters make no other question."""
    frame = fold(with_slots(understander, without_masks(text), language))
    return " ".join("".join(one if one.isalnum() else " " for one in frame).split())
