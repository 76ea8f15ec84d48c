"""Questions as people write them over the whole base: most must be answered right, and what no source tells refused."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.ask import answers, json_line
from handlers.dialogue import Dialogue, load_dialogue

SETS = sorted((Path(__file__).parent / "questions").glob("*.yaml"))
ENOUGH = 0.95
"""Share of a set that must be right, of what can be answered as of what cannot."""
Asked = dict[str, Any]
"""A question and what is expected of its answer, or the answer itself, as the files and the contract name it."""


@pytest.fixture(scope="module")
def whole() -> Dialogue:
    """The dialogue over all that ships."""
    return load_dialogue()


def conversations(path: Path) -> Iterator[list[Asked]]:
    """The turns of each entry; a question by itself is a conversation of one."""
    for entry in yaml.safe_load(path.read_text("utf-8")):
        yield entry.get("turns") or [entry]


def misses(wanted: Asked, answer: Asked) -> list[str]:
    """What of the answer is not as wanted: its status, an id too few or too many, words that are not there."""
    status = wanted.get("status", "answered")
    found = [f"status {answer['status']}"] if status not in ("any", answer["status"]) else []
    if status == "unknown":
        return found
    may = wanted.get("may") or {}
    for kind, ids in (wanted.get("must") or {}).items():
        must, told = set(ids or ()), set(answer.get(kind) or ())
        if must - told or told - must - set(may.get(kind) or ()):
            found.append(f"{kind} {sorted(told)}")
    said = answer.get("text") or ""
    return [*found, *(f"not /{one}/" for one in wanted.get("text") or () if not re.search(one, said, re.I | re.S))]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_most_are_answered_right(whole: Dialogue, path: Path) -> None:
    """Of the questions that can be answered, of those that cannot, and of all."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong = []
    for turns in conversations(path):
        lines = [str(turn["q"]) for turn in turns]
        for turn, answer in zip(turns, answers(whole, lines), strict=True):
            found = misses(turn, json.loads(json_line(answer)))
            scope = "out of scope" if turn.get("status") == "unknown" else "in scope"
            for group in (scope, "all"):
                asked[group] += 1
                right[group] += not found
            wrong += [f"{turn['q']}: {'; '.join(found)}"] if found else []
    shares = {group: right[group] / asked[group] for group in asked}
    assert all(share >= ENOUGH for share in shares.values()), (shares, wrong)
