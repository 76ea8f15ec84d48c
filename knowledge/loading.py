"""Data files -> records. Gathers every fault of all files in one go, each with file, line and field."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from knowledge.model import Denmark, Document, Municipality, Organisation, Sighting, Term, Theme, Update, Url
from knowledge.unfinished import PLACEHOLDER, is_marked, take_marks
from knowledge.yamlfile import Fault, YamlFile, read_yaml

SHIPPED = Path(__file__).parent
"""The knowledge base that comes with the project: `data/` and `phrases/` stand below it."""

UPDATES = "updates.yaml"
"""What happened to the base, below `data/`."""
LINKS = "links.yaml"
"""When each address was last there, below `data/`; `vejviser links` writes it."""
ANY = ""
"""Stands for every kind of entry but updates, where a field may refer to any of them."""

T = TypeVar("T")


class KnowledgeError(Exception):
    """The base cannot be used; `faults` has all that is wrong, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Knowledge:
    """All records of a base, in the order of the files."""

    municipalities: tuple[Municipality, ...]
    themes: tuple[Theme, ...]
    terms: tuple[Term, ...]
    organisations: tuple[Organisation, ...]
    documents: tuple[Document, ...]
    denmark: Denmark
    updates: tuple[Update, ...] = ()
    sightings: dict[str, Sighting] = field(default_factory=dict)
    """Address -> what was found there; not every address was looked for."""


def load_knowledge(root: Path = SHIPPED) -> Knowledge:
    """The records below `root`/data. Raises KnowledgeError with every fault found in any of the files."""
    reader = _Reader(root / "data")
    themes = reader.records("themes.yaml", Theme)
    terms = reader.records("terms.yaml", Term)
    organisations = reader.records("organisations.yaml", Organisation)
    documents = reader.records("documents.yaml", Document)
    denmark = reader.record("denmark.yaml", Denmark)
    municipalities = [
        found
        for path in sorted((root / "data" / "municipalities").glob("*.yaml"))
        if (found := reader.record(f"municipalities/{path.name}", Municipality))
    ]
    # A base of which nothing was ever told has no such file.
    updates = reader.records(UPDATES, Update) if (root / "data" / UPDATES).exists() else []
    sightings = reader.sightings(LINKS) if (root / "data" / LINKS).exists() else {}
    if not municipalities and not reader.faults:
        reader.faults.append(Fault("data/municipalities", 1, "", "holds no municipality"))
    reader.check_references()
    if reader.faults or denmark is None:
        raise KnowledgeError(reader.faults)
    return Knowledge(
        tuple(municipalities),
        tuple(themes),
        tuple(terms),
        tuple(organisations),
        tuple(documents),
        denmark,
        tuple(updates),
        sightings,
    )


def load_vocabulary(root: Path = SHIPPED) -> Knowledge:
    """The themes, organisations and names of a base, and nothing else: whatever is wrong or half done in other files.

    Raises KnowledgeError with every fault of these.
    """
    reader = _Reader(root / "data")
    themes = reader.records("themes.yaml", Theme)
    organisations = reader.records("organisations.yaml", Organisation)
    denmark = reader.record("denmark.yaml", Denmark)
    if reader.faults or denmark is None:
        raise KnowledgeError(reader.faults)
    return Knowledge((), tuple(themes), (), tuple(organisations), (), denmark)


PARTS = {"strategies": "strategy", "milestones": "milestone", "goals": "goal", "initiatives": "initiative"}
"""Lists inside a municipality's file, and what each holds."""
REFERENCES = {
    "strategy": "strategy",
    "replaces": "strategy",
    "evaluation": "document",
    "municipality": "municipality",
    "document": "document",
    "documents": "document",
    "themes": "theme",
    "partners": "organisation",
    "organisations": "organisation",
    "affects": ANY,
}
"""Fields that hold ids of other entries, and of which kind; the same name means the same everywhere."""


class _Reader:
    """Reads the files one by one and remembers what each id is and where it stands."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.faults: list[Fault] = []
        self.kinds: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.references: list[tuple[YamlFile, tuple[str | int, ...], str, str]] = []
        self.unread = False
        self.unfinished: set[tuple[str, tuple[str | int, ...]]] = set()
        """Files and fields that are still to be filled in: what else is wrong with them does not matter yet."""

    def record(self, name: str, model: type[T]) -> T | None:
        """The one record that the file `name` is, None where it has faults."""
        file = self._read(name)
        if file.data is None:
            return None
        self._scan(file, (), file.data, model.__name__.lower())
        return self._validate(file, (), model)

    def records(self, name: str, model: type[T]) -> list[T]:
        """The records that the file `name` lists; those with faults are left out."""
        file = self._read(name)
        if file.data is None:
            return []
        if not isinstance(file.data, list):
            self.faults.append(file.fault((), "must be a list of entries, each beginning with '- id:'"))
            return []
        for number, entry in enumerate(file.data):
            self._scan(file, (number,), entry, model.__name__.lower())
        found = (self._validate(file, (number,), model) for number in range(len(file.data)))
        return [one for one in found if one is not None]

    def sightings(self, name: str) -> dict[str, Sighting]:
        """What the file `name` tells of addresses. It may be empty, and tell of those that the base no longer has."""
        file = read_yaml(self.data / name, f"data/{name}")
        self.faults += file.faults
        return {} if file.data is None else self._validate(file, (), dict[Url, Sighting]) or {}

    def _read(self, name: str) -> YamlFile:
        file = read_yaml(self.data / name, f"data/{name}")
        if file.data is None and not file.faults:
            self.faults.append(Fault(file.name, 1, "", "is empty"))
        self.unread |= file.data is None
        self.faults += file.faults
        for path, message in take_marks(file.data) if is_marked(self.data / name) else ():
            self.faults.append(file.fault(path, message))
            self.unfinished.add((file.name, path))
        return file

    def _validate(self, file: YamlFile, path: tuple[str | int, ...], model: type[T]) -> T | None:
        from knowledge.validation import InvalidError, validated

        value: Any = file.data
        for step in path:
            value = value[step]
        try:
            return validated(value, model)
        except InvalidError as error:
            self.faults += [
                file.fault((*path, *inner), message)
                for inner, message in error.faults
                if not self._is_unfinished(file, (*path, *inner))
            ]
            return None

    def _is_unfinished(self, file: YamlFile, path: tuple[str | int, ...]) -> bool:
        return any(name == file.name and place[: len(path)] == path for name, place in self.unfinished)

    def _scan(self, file: YamlFile, path: tuple[str | int, ...], entry: Any, kind: str) -> None:
        """Notes the ids that an entry gives and those it refers to - also where the entry has faults of its own."""
        if not isinstance(entry, dict):
            return
        if kind and isinstance(key := entry.get("id"), str):
            if PLACEHOLDER in key:
                pass
            elif key in self.kinds:
                self.faults.append(file.fault((*path, "id"), f"'{key}' is given twice; first in {self.places[key]}"))
            else:
                self.kinds[key], self.places[key] = kind, f"{file.name}:{file.line((*path, 'id'))}"
        for name, value in entry.items():
            if name in PARTS or name in ("sources", "figures", "listed_in", "facts", "remarks"):
                parts = value if isinstance(value, list) else [value]
                for number, part in enumerate(parts):
                    at = (*path, name, number) if isinstance(value, list) else (*path, name)
                    self._scan(file, at, part, PARTS.get(name, ""))
            elif name in REFERENCES and isinstance(value, str):
                self.references.append((file, (*path, name), value, REFERENCES[name]))
            elif name in REFERENCES and isinstance(value, list):
                for number, one in enumerate(value):
                    if isinstance(one, str):
                        self.references.append((file, (*path, name, number), one, REFERENCES[name]))

    def check_references(self) -> None:
        """Every id that is referred to must be given, and be of the right kind.

        A file that cannot be read at all takes its ids with it: an id that stands in its text is not called unknown.
        """
        unread = "".join(
            path.read_text("utf-8", "replace") for path in (self.data.rglob("*.yaml") if self.unread else ())
        )
        for file, path, value, kind in self.references:
            known = self.kinds.get(value)
            if PLACEHOLDER in value:
                continue
            if known is None and f"id: {value}" not in unread:
                self.faults.append(file.fault(path, f"'{value}' is no {kind or 'entry'} that the base knows"))
            elif kind == ANY and known == "update":
                self.faults.append(file.fault(path, f"'{value}' is an update itself, not what one is about"))
            elif known is not None and known != kind != ANY:
                self.faults.append(file.fault(path, f"'{value}' is the id of another kind: {known}, not {kind}"))
