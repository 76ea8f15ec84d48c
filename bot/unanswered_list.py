"""`vejviser unanswered`: the questions that are kept, grouped, and how answers were judged - for people or as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from bot.channels.terminal_view import clean
from bot.config import Settings
from bot.question_groups import Group, grouped
from bot.store import Store
from bot.store_questions import Judged
from knowledge.understanding import Understander

NOT_KEPT = "Questions without an answer are not kept; VEJVISER_UNANSWERED_DAYS turns it on."
NONE_KEPT = "No question without an answer is kept."


async def unanswered(settings: Settings, understander: Understander, as_json: bool) -> str:
    """What is kept, the questions asked most often first. Raises StoreError."""
    store = await Store.open(settings)
    try:
        kept, judged = await store.questions.kept(), await store.questions.judged()
    finally:
        await store.close()
    groups = grouped(kept, understander)
    if as_json:
        told = {"groups": [_group(one) for one in groups], "judged": [_judged(one) for one in judged]}
        return json.dumps(told, ensure_ascii=False, indent=2)
    nothing = () if groups else (NONE_KEPT if settings.unanswered_days else NOT_KEPT,)
    return "\n".join((*nothing, *(line for one in groups for line in lines_of(one)), *_table(judged)))


def lines_of(group: Group, number: int = 0) -> Iterator[str]:
    """A group in two lines, the first behind its number if it has one."""
    head = f"{number:>3}  " if number else ""
    indent = " " * len(head) + "  "
    count = len(group.questions)
    times = f"{count} {'time' if count == 1 else 'times'}, last on {group.latest}, {group.language}"
    judged = f", {group.not_helped} not helped" if group.not_helped else ""
    yield f"{head}{clean(group.text)}  ({times}{judged})"
    if group.understood:
        yield f"{indent}is read as {group.understood}"
    if group.nearest and group.nearest.intent != group.understood:
        near = group.nearest
        yield f"{indent}nearest: {near.intent} ({near.score:.2f}), by '{near.utterance}'"
    elif not group.understood:
        yield f"{indent}nothing is near"


def _table(judged: list[Judged]) -> Iterator[str]:
    if judged:
        width = max(len(one.intent) for one in judged)
        yield "Answers that people judged:"
        for one in judged:
            yield (
                f"  {one.intent:<{width}}  helped {one.helped}, did not help {one.not_helped}, "
                f"last on {one.latest.date()}"
            )


def _group(group: Group) -> dict[str, Any]:
    near = group.nearest
    return {
        "question": group.text,
        "language": group.language,
        "count": len(group.questions),
        "not_helped": group.not_helped,
        "latest": group.latest.isoformat(),
        "understood": group.understood or None,
        "nearest": {"intent": near.intent, "score": round(near.score, 3), "utterance": near.utterance}
        if near
        else None,
    }


def _judged(judged: Judged) -> dict[str, Any]:
    return {
        "intent": judged.intent,
        "helped": judged.helped,
        "not_helped": judged.not_helped,
        "latest": judged.latest.date().isoformat(),
    }
