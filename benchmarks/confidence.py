"""Whether 0.8 means 8 in 10: the confidence beside what was right, and a table that fits better."""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import yaml

from benchmarks.machine import machine, table
from handlers.dialogue import Dialogue, load_dialogue
from handlers.reply import reply_text
from handlers.session import Session
from knowledge.understanding import Understanding

BINS = 10
FOLDS = 5
LEAST = 20
"""A row of the fitted table stands on at least so many answers."""


@dataclass(frozen=True)
class Scored:
    """One answer: how sure it was, the score behind that, and whether it was right."""

    confidence: float
    raw: float | None
    """None where nothing was understood: the table is not asked then."""
    right: bool


def right(gold: dict[str, Any], about: Any, text: str, known: set[str]) -> bool:
    """Whether status, ids and wording are what the gold asks for. Ids that no gold could name do not count."""
    want = gold.get("status", "answered")
    if want == "unknown":
        return bool(about.status == "unknown")
    if want != "any" and about.status != want:
        return False
    may = gold.get("may") or {}
    for key, listed in (gold.get("must") or {}).items():
        must, got = set(listed or ()), set(getattr(about, key, ())) & known
        if not must <= got <= must | set(may.get(key) or ()):
            return False
    return all(re.search(pattern, text, re.I | re.S) for pattern in gold.get("text") or ())


def score(dialogue: Dialogue, paths: Sequence[Path], ids: set[str]) -> list[Scored]:
    """Asks every question; turns of a conversation in one session. Without `ids` all ids of the base count."""
    library = dialogue.library
    known = ids or {
        *library.municipalities, *library.strategies, *library.themes, *library.initiatives, *library.documents
    }  # fmt: skip
    found = []
    for turns in _conversations(paths):
        session = Session()
        for gold in turns:
            text = " ".join(str(gold["q"]).splitlines()) or " "
            understood = dialogue.understander.understand(text, session.subject, session.language)
            reply, session = dialogue.answer(text, session)
            if gold.get("status") != "any" or gold.get("must") or gold.get("text"):
                verdict = right(gold, reply.about, reply_text(reply), known)
                found.append(Scored(reply.about.confidence, raw_score(understood), verdict))
    return found


def raw_score(found: Understanding) -> float | None:
    """The score that `calibrated` was given."""
    if found.query is None or found.evidence is None:
        return None
    fit = next((one.score for one in found.scores if one.intent == found.query.intent), 0.0)
    return found.evidence.balance + fit


def _conversations(paths: Sequence[Path]) -> Iterator[list[dict[str, Any]]]:
    for path in paths:
        for entry in yaml.safe_load(path.read_text("utf-8")):
            yield entry.get("turns") or [entry]


def reliability(scored: Sequence[Scored]) -> tuple[list[list[str]], float]:
    """A row for each of the ten bins, and the expected calibration error: the mean gap, weighted by how many."""
    bins: list[list[Scored]] = [[] for _ in range(BINS)]
    for one in scored:
        bins[min(int(one.confidence * BINS), BINS - 1)].append(one)
    rows, error = [], 0.0
    for number, listed in enumerate(bins):
        label = f"{number / BINS:.1f}-{(number + 1) / BINS:.1f}"
        if not listed:
            rows.append([label, "-", "-", "0"])
            continue
        sure = sum(one.confidence for one in listed) / len(listed)
        share = sum(one.right for one in listed) / len(listed)
        error += abs(sure - share) * len(listed) / len(scored)
        rows.append([label, f"{sure:.3f}", f"{share:.3f}", str(len(listed))])
    return rows, error


def fit(pairs: Sequence[tuple[float, bool]], least: int = LEAST) -> list[tuple[float, float]]:
    """Monotone regression (pool adjacent violators): raw score -> share right, each row standing on enough answers.

    Shares are drawn a little towards the whole (one answer right and one wrong are added), so no row says 1.
    """
    ordered = sorted(pairs)
    blocks: list[list[float]] = []  # sum of raw, right, number
    for start in range(0, len(ordered), least):
        group = ordered[start : start + least]
        block = [sum(raw for raw, _ in group), float(sum(ok for _, ok in group)), float(len(group))]
        if len(group) < least and blocks:
            block = [one + other for one, other in zip(blocks.pop(), block, strict=True)]
        blocks.append(block)
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    shares = accumulate(((good + 1) / (count + 2) for _, good, count in blocks), max)
    return [(round(total / count, 2), round(share, 3)) for (total, _, count), share in zip(blocks, shares, strict=True)]


def interpolate(rows: Sequence[tuple[float, float]], raw: float) -> float:
    """As knowledge.confidence.calibrated reads its table: a straight line between rows, level beyond them."""
    if raw <= rows[0][0]:
        return rows[0][1]
    for (low, start), (high, end) in pairwise(rows):
        if raw < high:
            return start + (end - start) * (raw - low) / (high - low)
    return rows[-1][1]


def cross_checked(scored: Sequence[Scored]) -> list[Scored]:
    """The answers with the confidence that a table fitted on the other four fifths gives them."""
    found = []
    for fold in range(FOLDS):
        learn = [one for number, one in enumerate(scored) if number % FOLDS != fold]
        rows = fit([(one.raw, one.right) for one in learn if one.raw is not None])
        found += [
            Scored(one.confidence if one.raw is None else interpolate(rows, one.raw), one.raw, one.right)
            for number, one in enumerate(scored)
            if number % FOLDS == fold
        ]
    return found


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.confidence", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="question sets with gold that were not used for tuning")
    parser.add_argument("--ids", type=Path, help="YAML of the ids that the gold may name; left out: all of the base")
    parser.add_argument("--fit", action="store_true", help="print a table for knowledge/confidence.py")
    given = parser.parse_args(arguments)
    ids = set()
    if given.ids:
        ids = {key for listed in yaml.safe_load(given.ids.read_text("utf-8")).values() for key in listed or ()}
    scored = score(load_dialogue(), given.files, ids)
    understood = [one for one in scored if one.raw is not None]
    print(machine())
    share = sum(one.right for one in scored) / len(scored)
    print(f"\n{len(scored)} answers, {share:.1%} right; {len(understood)} understood\n")
    rows, error = reliability(scored)
    print(table(["confidence", "mean", "share right", "n"], rows))
    print(f"\nexpected calibration error {error:.3f}")
    refused = [one for one in scored if one.raw is None]
    if refused:
        print(f"refused: {len(refused)}, right {sum(one.right for one in refused) / len(refused):.3f}")
    if given.fit and len(understood) >= 2 * LEAST:
        fitted = fit([(one.raw, one.right) for one in understood if one.raw is not None])
        print(f"\nTABLE = ({', '.join(str(row) for row in fitted)},)")
        rows, error = reliability(cross_checked(scored))
        print(f"\nwith a table fitted on the other {FOLDS - 1} of {FOLDS} parts:\n")
        print(table(["confidence", "mean", "share right", "n"], rows))
        print(f"\nexpected calibration error {error:.3f}")


if __name__ == "__main__":
    main()
