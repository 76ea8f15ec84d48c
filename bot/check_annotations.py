"""What a check has found, as GitHub shows it beside the lines of a change: workflow commands, a line each."""

from collections.abc import Sequence
from pathlib import Path

from knowledge.checks.finding import Finding, Weight

COMMANDS: dict[Weight, str] = {"error": "error", "warning": "warning", "info": "notice"}


def annotations(base: Path, found: Sequence[Finding]) -> str:
    """The findings as lines of `::error file=...,line=...,title=...::message`."""
    return "".join(f"{_command(base, one)}\n" for one in found)


def place(base: Path, name: str) -> str:
    """The path of a file from the folder that one stands in, for there the repository is; else the whole path."""
    path = (base / name).resolve()
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def worded(one: Finding) -> str:
    """All that is to be read of a finding, in one text."""
    told = f"{one.entry}: {one.message}" if one.entry else one.message
    return f"{told} ({one.hint})" if one.hint else told


def _command(base: Path, one: Finding) -> str:
    fields = {"file": place(base, one.file), "line": str(one.line), "title": one.rule}
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in fields.items())
    return f"::{COMMANDS[one.weight]} {listed}::{_escaped(worded(one))}"


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
