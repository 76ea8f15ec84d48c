"""Every web address that a base holds, with who uses it and where; and the file of when each was last there."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.loading import LINKS
from knowledge.model import Sighting
from knowledge.yamlfile import read_yaml

HEAD = """\
# When each address of the base was last there, of what type it was, and when it was missed since.
# `vejviser links` writes this file; answers say it beside the link.
"""
SITE = "website"
"""The field that has a site's name alone; pages link to its front page."""
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Use:
    """One place where an address stands: the file below the base's folder, the line, and the entry's id."""

    file: str
    line: int
    id: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.id}".rstrip()


def addresses(root: Path) -> dict[str, tuple[Use, ...]]:
    """Each address below `root`/data, in the order of the files, with all the places where it is used.

    Whatever field it stands in: a kind of entry that gets a link one day needs no line here.
    """
    found: dict[str, list[Use]] = {}
    for path in sorted((root / "data").rglob("*.yaml")):
        if (name := path.relative_to(root).as_posix()) != f"data/{LINKS}":
            for url, line, key in _standing(read_yaml(path, name).node, ""):
                found.setdefault(url, []).append(Use(name, line, key))
    return {url: tuple(uses) for url, uses in found.items()}


def _standing(node: Any, owner: str) -> Iterator[tuple[str, int, str]]:
    """(address, line, id of the entry) of each below one of PyYAML's nodes."""
    if node is None:
        return
    if node.id == "scalar":
        if _ADDRESS.fullmatch(node.value):
            yield node.value, node.start_mark.line + 1, owner
    elif node.id == "sequence":
        for one in node.value:
            yield from _standing(one, owner)
    else:
        own = next((value.value for key, value in node.value if key.value == "id" and value.id == "scalar"), owner)
        for key, value in node.value:
            if key.value == SITE and value.id == "scalar":
                yield f"https://{value.value}", value.start_mark.line + 1, own
            else:
                yield from _standing(value, own)


def write_sightings(root: Path, sightings: Mapping[str, Sighting]) -> Path:
    """Writes what was found at each address into the base, in one step; comments at the file's head stay.

    Raises OSError.
    """
    path = root / "data" / LINKS
    head = HEAD
    with suppress(OSError):
        kept = re.match(r"(?:#.*\n)+", path.read_text("utf-8"))
        head = kept[0] if kept else HEAD
    fresh = path.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_text(head + "".join(_line(url, one) for url, one in sorted(sightings.items())), "utf-8")
        os.replace(fresh, path)
    finally:
        with suppress(OSError):
            fresh.unlink()
    return path


def _line(url: str, one: Sighting) -> str:
    """ "'https://aarhus.dk/x.pdf': {seen: 2026-11-27, type: application/pdf}"."""
    fields = ((name, value) for name in ("seen", "type", "failed") if (value := getattr(one, name)))
    quoted = url.replace("'", "''")
    return f"'{quoted}': {{{', '.join(f'{name}: {value}' for name, value in fields)}}}\n"
