"""What a check has found, for people: file by file, the worst marked by colour where there is any."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.text import Text

from knowledge.checks.finding import Finding, Weight
from knowledge.checks.fixing import Change

STYLES: dict[Weight, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def for_people(base: Path, found: Sequence[Finding]) -> None:
    """Prints the findings and, as the last line, how many there are."""
    console = Console(highlight=False, soft_wrap=True)
    for name, ones in groupby(found, key=lambda one: one.file):
        console.print(Text(name, "bold"))
        last = ""
        for one in ones:
            console.print(_line(one))
            if one.hint and one.hint != last:
                console.print(Text(f"      {one.hint}", "dim"))
            last = one.hint
        console.print()
    console.print(summary(base, found))


def _line(one: Finding) -> Text:
    place = f"{one.entry}: " if one.entry else ""
    field = f"{one.field}: " if one.field else ""
    return Text.assemble(
        f"  {one.line}: ", (one.weight, STYLES[one.weight]), f" [{one.rule}] ", (place, "bold"), field, one.message
    )


def summary(base: Path, found: Sequence[Finding]) -> str:
    """ "No errors and 2 warnings in DIR"."""
    count = Counter(one.weight for one in found)
    return f"{_count(count['error'], 'error').capitalize()} and {_count(count['warning'], 'warning')} in {base}"


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def tell_changes(changes: Sequence[Change]) -> None:
    """Prints what was mended, a line each."""
    console = Console(highlight=False, soft_wrap=True)
    for change in changes:
        console.print(Text.assemble("mended ", (f"{change.file}:{change.line}", "bold"), f": {change.what}"))
    if changes:
        console.print()
