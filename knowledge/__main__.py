"""A door for trying sentences: what is found in them, what they are taken for, and which intents were close."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from knowledge.loading import SHIPPED, KnowledgeError
from knowledge.reading import Mention, Reading
from knowledge.understanding import Understander, Understanding, load_understander

WIDTH = 12
"""Characters that the names before the values take."""


def main() -> int:
    """Reads the sentences of the command line, or of standard input, and prints what is understood."""
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    parser.add_argument("sentence", nargs="*", help="left out: standard input, one sentence a line")
    parser.add_argument(
        "--knowledge", type=Path, default=SHIPPED, metavar="DIR", help="another base than the one that ships"
    )
    given = parser.parse_args()
    try:
        understander = load_understander(given.knowledge)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 2
    for number, sentence in enumerate(given.sentence or sys.stdin):
        if number:
            print()
        print("\n".join(explain(understander, sentence.rstrip("\n"))), flush=True)
    return 0


def explain(understander: Understander, sentence: str) -> Iterator[str]:
    """The lines that tell how a sentence was understood."""
    found = understander.understand(sentence)
    yield _line("sentence", sentence.encode("utf-8", "replace").decode())
    yield _line("language", found.language)
    yield from _query(found)
    if found.reading:
        yield from _reading(found.reading)
    if found.evidence:
        evidence = found.evidence
        numbers = [
            f"{name} {value:.2f}" if isinstance(value, float) else f"{name} {value}"
            for name, value in asdict(evidence).items()
        ]
        yield _line("evidence", ", ".join((f"balance {evidence.balance:.2f}", *numbers)))
    yield from _table("intents", ((one.intent, f"{one.score:.2f}", one.utterance) for one in found.scores))


def _query(found: Understanding) -> Iterator[str]:
    if found.query:
        yield _line("intent", f"{found.query.intent} ({found.confidence:.2f})")
        slots = {name: value for name, value in found.query.to_dict().items() if name != "intent"}
        yield from _table("slots", ((name, _told(value)) for name, value in slots.items()))
    else:
        yield _line("intent", f"none ({found.confidence:.2f}){', about ' + found.outside if found.outside else ''}")
    yield from _table("options", ((one.intent, _told(one.municipalities + one.topics)) for one in found.options))


def _reading(reading: Reading) -> Iterator[str]:
    yield from _table(
        "mentions", ((one.kind, one.id, f"{one.weight:.2f}", _words(one, reading)) for one in reading.mentions)
    )
    repaired = [
        f"{reading.tokens[place].written} -> {_told(sorted(reading.stems[place]))}"
        for place in sorted(reading.repaired)
    ]
    if repaired:
        yield _line("repaired", ", ".join(repaired))
    unknown = [one.written for place, one in enumerate(reading.tokens) if place not in reading.known]
    if unknown:
        yield _line("unknown", ", ".join(unknown))


def _words(mention: Mention, reading: Reading) -> str:
    words = " ".join(reading.tokens[place].written for place in mention.positions)
    return f"{words} (hint)" if mention.hint else words


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _line(name: str, value: str) -> str:
    return f"{name:<{WIDTH}}{value}".rstrip()


def _table(name: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns as wide as their longest cell, the first behind `name`."""
    listed = list(rows)
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    for number, row in enumerate(listed):
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        yield _line("" if number else name, "  ".join(cells))


if __name__ == "__main__":
    sys.exit(main())
