"""`vejviser changes`: what differs between two states of the base, readable, and drafts of the entries that tell it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from handlers.texts import listed, say
from knowledge.changes import Difference, Raw, compare, digest, entries, entries_at
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.model import LANGUAGES, Language

MARKS = {"added": "+", "changed": "~", "removed": "-"}
NAMED = 4
"""A draft names so many entries and counts the others."""


def changes_since(since: str, root: Path, today: date | None = None) -> str:
    """The text that is printed; what is for the editor's eye stands behind "#", so that the whole is valid YAML.

    Raises KnowledgeError where the base of now has faults, NoSuchState where there is nothing to compare it with.
    """
    library = Library(load_knowledge(root))
    before, now = entries_at(since, root), entries(root)
    found = compare(before, now)
    lines = [line for one in found for line in _told(one)]
    count = len(found)
    head = f"{count or 'No'} {'entry differs' if count == 1 else 'entries differ'} from {since}."
    drafts = list(_drafts(found, library, today or date.today(), digest(root)))
    if drafts:
        lines.append("")
        lines.append("Read, edit and append what follows to data/updates.yaml:")
    text = "".join(f"# {line}".rstrip() + "\n" for line in (head, *lines))
    if drafts:
        text += yaml.dump(drafts, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=118)
    return text


def _told(one: Difference) -> Iterator[str]:
    place = f" ({one.entry.municipality})" if one.entry.municipality not in ("", one.id) else ""
    name = " / ".join(dict.fromkeys(filter(None, (one.entry.named(language) for language in LANGUAGES))))
    yield f"{MARKS[one.how]} {one.how} {one.entry.kind} {one.id}{place}{': ' * bool(name)}{name}"
    yield from told_fields(one.fields)


def told_fields(fields: Iterable[tuple[str, Any, Any]]) -> Iterator[str]:
    """A line for each field that is not the same: its name, and what it was and is."""
    for name, before, now in fields:
        if isinstance(before, list) and isinstance(now, list):
            gone, new = [each for each in before if each not in now], [each for each in now if each not in before]
            parts = [f"without {_shown(gone)}"] * bool(gone) + [f"with {_shown(new)}"] * bool(new)
            yield f"    {name}: now {' and '.join(parts) or 'in another order'}"
        elif before is None:
            yield f"    {name}: now {_shown(now)}"
        elif now is None:
            yield f"    {name}: no longer {_shown(before)}"
        else:
            yield f"    {name}: {_shown(before)} -> {_shown(now)}"


def _shown(value: Any) -> str:
    """A field's value on one line."""
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, dict):
        return " ".join(f"{name} {_shown(one)}" for name, one in value.items())
    return str(value)


class _Dumper(yaml.SafeDumper):
    """Writes every value out: an editor should meet no anchors and aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass(frozen=True)
class _Group:
    """Differences that one update tells of: of one municipality ("": of none), and of one kind."""

    municipality: str
    kind: str


def _drafts(found: list[Difference], library: Library, today: date, base: str) -> Iterator[dict[str, Any]]:
    groups: dict[_Group, list[Difference]] = {}
    for one in found:
        groups.setdefault(_Group(_place(one.entry, library), _kind(one, today.year)), []).append(one)
    taken = {one.id for one in library.updates}
    for group, differences in groups.items():
        ids = [one.id for one in differences if one.how != "removed"]
        if group.municipality and group.municipality not in ids and len(ids) < len(differences):
            ids.insert(0, group.municipality)  # what is gone can only be told of by what it belonged to
        if not ids:
            continue
        key = "-".join(filter(None, (str(today), group.municipality, group.kind)))
        number = next(n for n in range(1, len(taken) + 2) if (f"{key}-{n}" if n > 1 else key) not in taken)
        key = f"{key}-{number}" if number > 1 else key
        taken.add(key)
        yield {
            "id": key,
            "date": today,
            "kind": group.kind,
            "affects": ids,
            "text": {language: _text(language, group, differences, library) for language in LANGUAGES},
            "base": base,
        }


def _place(entry: Raw, library: Library) -> str:
    return entry.municipality if entry.municipality in library.municipalities else ""


def _kind(one: Difference, year: int) -> str:
    if one.how == "added":
        return "new-document" if one.entry.kind == "document" else "added"
    over = any(name == "period.until" and isinstance(now, int) and now < year for name, _, now in one.fields)
    return "expired" if over else "changed"


def _text(language: Language, group: _Group, differences: list[Difference], library: Library) -> str:
    names = [say(language, "quoted", text=one.entry.named(language) or one.id) for one in differences]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], say(language, "draft-more", count=len(names) - NAMED + 1)]
    place = library.municipalities[group.municipality].short[language] if group.municipality else "none"
    return say(language, f"draft-{group.kind}", place=place, names=listed(language, names))
