"""`vejviser history`: who changed what of an entry, and when, readable."""

from collections.abc import Iterator
from pathlib import Path

from bot.changes import told_fields
from bot.channels.terminal_view import clean
from knowledge.history import NoHistory, Version, history

__all__ = ["NoHistory", "history_of"]

CUT = "What is older is not in this checkout (git fetch --unshallow brings it)."


def history_of(key: str, root: Path) -> Iterator[str]:
    """The lines that are printed, newest first. Raises NoHistory."""
    found = history(key, root)
    for version in found.versions:
        yield clean(_head(version))
        yield from (clean(line) for line in told_fields(version.fields))
    if found.cut:
        yield CUT


def _head(version: Version) -> str:
    if not version.day:
        return f"not committed yet: {version.how}"
    return f"{version.day}  {version.author}: {version.subject} ({version.how})"
