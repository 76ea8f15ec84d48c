"""What an editor has still to fill in or to read: such marks keep a half-made entry out of every answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

PLACEHOLDER = "UDFYLD"
"""Stands in a skeleton where something belongs."""
UNREAD = "unread"
"""The field that marks an entry of a draft which nobody has compared with its source yet."""

Place = tuple[str | int, ...]


def is_marked(path: Path) -> bool:
    """Whether the file may hold a mark: nearly all hold none, and need not be gone through."""
    raw = path.read_bytes() if path.is_file() else b""
    return PLACEHOLDER.encode() in raw or f"{UNREAD}:".encode() in raw


def take_marks(data: Any, path: Place = ()) -> Iterator[tuple[Place, str]]:
    """Each mark in the data of a file, by where it stands and what it asks for; those of unread entries are removed."""
    if isinstance(data, dict):
        if UNREAD in data:
            del data[UNREAD]
            yield (*path, UNREAD), "is a draft: read it against its source, then take out this line"
        for key, value in data.items():
            yield from take_marks(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from take_marks(value, (*path, number))
    elif isinstance(data, str) and PLACEHOLDER in data:
        yield path, f"is still to be filled in: it says {PLACEHOLDER}"
