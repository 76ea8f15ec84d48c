"""The base as an editor sees it: files, the entries in them, the texts in those - with the line of each.

Read from the files rather than from the records, so that what the model learns to hold is looked at from then on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge.changes import FILES
from knowledge.checks.finding import Found
from knowledge.checks.settings import NAME as SETTINGS
from knowledge.loading import PARTS, UPDATES
from knowledge.model import LANGUAGES
from knowledge.yamlfile import YamlFile, read_yaml

KINDS = {**{f"data/{name}": kind for name, kind in FILES.items()}, f"data/{UPDATES}": "update"}

UNFINISHED = re.compile(r"\b(?:TODO|TBD|FIXME|XXX+)\b|\?\?\?|\bLorem ipsum\b")
"""Only keeps the place of a text."""

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Item:
    """One entry with an id, as its file has it."""

    file: YamlFile
    path: Steps
    kind: str
    owner: str
    """Id of its municipality, "" where it has none."""
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.data["id"])

    def found(self, field: str, message: str, hint: str) -> Found:
        """Something about one of its fields; where it has no such field, about itself."""
        return Found(self.file, (*self.path, field if field in self.data else "id"), self.id, message, hint)


@dataclass(frozen=True)
class Passage:
    """One text in one language."""

    file: YamlFile
    path: Steps
    """To the text, with the language as the last step."""
    item: Item | None
    """The entry that it stands in."""
    text: str
    other: str
    """The same in the other language, "" where it has none."""

    @property
    def language(self) -> str:
        """The language that it is meant to be in."""
        return str(self.path[-1])

    @property
    def field(self) -> str:
        """ "summary", "name"; of a figure, "what"."""
        return str(self.path[-2])

    @property
    def is_ours(self) -> bool:
        """Whether it is in our own words: titles are others'."""
        return self.field != "title"

    def found(self, message: str, hint: str) -> Found:
        """Something about this text."""
        return Found(self.file, self.path, self.item.id if self.item else "", message, hint)


class Pages:
    """All data files of the base below `root`. Those that cannot be read are left out."""

    def __init__(self, root: Path) -> None:
        self.files: dict[str, YamlFile] = {}
        for path in sorted((root / "data").rglob("*.yaml")):
            name = path.relative_to(root).as_posix()
            if name != SETTINGS and (file := read_yaml(path, name)).data is not None:
                self.files[name] = file

    @cached_property
    def items(self) -> list[Item]:
        """All entries, in the order of the files."""
        return [item for file in self.files.values() for item in _items(file)]

    @cached_property
    def passages(self) -> list[Passage]:
        """All texts that somebody has written, in the order of the files."""
        return [one for one in self.all_passages if not UNFINISHED.search(one.text)]

    @cached_property
    def all_passages(self) -> list[Passage]:
        """Those, and what only keeps the place of a text."""
        found: list[Passage] = []
        for file in self.files.values():
            places = {item.path: item for item in self.items if item.file is file}
            found += _passages(file, (), file.data, None, places)
        return found

    def of(self, *kinds: str) -> list[Item]:
        """The entries of these kinds."""
        return [item for item in self.items if item.kind in kinds]

    def entry_at(self, name: str, field: str) -> str:
        """The id of the entry that a field ("initiatives.2.name.en") of a file stands in, "" where in none."""
        steps = field.split(".")
        best: tuple[int, str] = (-1, "")
        for item in self.items:
            path = [str(step) for step in item.path]
            if item.file.name == name and steps[: len(path)] == path:
                best = max(best, (len(path), item.id))
        return best[1]


def _items(file: YamlFile) -> Iterator[Item]:
    if isinstance(file.data, list):
        for number, entry in enumerate(file.data):
            if _is_entry(entry):
                yield Item(file, (number,), KINDS.get(file.name, ""), str(entry.get("municipality") or ""), entry)
    elif _is_entry(file.data):
        owner = str(file.data["id"])
        yield Item(file, (), "municipality", owner, file.data)
        for name, kind in PARTS.items():
            parts = file.data.get(name)
            for number, entry in enumerate(parts if isinstance(parts, list) else []):
                if _is_entry(entry):
                    yield Item(file, (name, number), kind, owner, entry)


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def _passages(
    file: YamlFile, path: Steps, value: Any, item: Item | None, places: dict[Steps, Item]
) -> Iterator[Passage]:
    item = places.get(path, item)
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES) and all(isinstance(one, str) for one in value.values()):
            for language, text in value.items():
                other = next((one for name, one in value.items() if name != language), "")
                yield Passage(file, (*path, language), item, text, other)
            return
        for name, one in value.items():
            yield from _passages(file, (*path, name), one, item, places)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _passages(file, (*path, number), one, item, places)
