"""Data files -> records. Gathers every fault of all files in one go, each with file, line and field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from knowledge.model import Denmark, Document, Municipality, Organisation, Source, Term, Theme
from knowledge.yamlfile import Fault, YamlFile, read_yaml

SHIPPED = Path(__file__).parent
"""The knowledge base that comes with the project: `data/` and `phrases/` stand below it."""

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
    if not municipalities and not reader.faults:
        reader.faults.append(Fault("data/municipalities", 1, "", "holds no municipality"))
    reader.check_references()
    if reader.faults or denmark is None:
        raise KnowledgeError(reader.faults)
    return Knowledge(
        tuple(municipalities), tuple(themes), tuple(terms), tuple(organisations), tuple(documents), denmark
    )


class _Reader:
    """Reads the files one by one and remembers what each id is and where it stands."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.faults: list[Fault] = []
        self.kinds: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.references: list[tuple[YamlFile, tuple[str | int, ...], str, str]] = []
        self.broken = False

    def record(self, name: str, model: type[T]) -> T | None:
        """The one record that the file `name` is, None where it has faults."""
        file = self._read(name)
        found = self._validate(file, (), model) if file.data is not None else None
        if found is not None:
            self._register(file, (), found)
        return found

    def records(self, name: str, model: type[T]) -> list[T]:
        """The records that the file `name` lists; those with faults are left out."""
        file = self._read(name)
        if file.data is None:
            return []
        if not isinstance(file.data, list):
            self.faults.append(file.fault((), "must be a list of entries, each beginning with '- id:'"))
            return []
        found = []
        for number, _ in enumerate(file.data):
            one = self._validate(file, (number,), model)
            if one is not None:
                self._register(file, (number,), one)
                found.append(one)
        return found

    def _read(self, name: str) -> YamlFile:
        file = read_yaml(self.data / name, f"data/{name}")
        if file.data is None and not file.faults:
            self.faults.append(Fault(file.name, 1, "", "is empty"))
        self.broken |= file.data is None
        self.faults += file.faults
        return file

    def _validate(self, file: YamlFile, path: tuple[str | int, ...], model: type[T]) -> T | None:
        value: Any = file.data
        for step in path:
            value = value[step]
        try:
            return TypeAdapter(model).validate_python(value)
        except ValidationError as error:
            self.broken = True
            for detail in error.errors(include_url=False, include_input=False):
                self.faults.append(file.fault((*path, *detail["loc"]), plain_message(detail)))
            return None

    def _register(self, file: YamlFile, path: tuple[str | int, ...], record: Any) -> None:
        """Notes the ids that `record` gives and those that it refers to."""
        self._give(file, path, record)
        if isinstance(record, Municipality):
            for field in ("strategies", "milestones", "goals", "initiatives"):
                for number, part in enumerate(getattr(record, field)):
                    self._give(file, (*path, field, number), part)
                    self._refer(file, (*path, field, number), part)
        else:
            self._refer(file, path, record)

    def _give(self, file: YamlFile, path: tuple[str | int, ...], record: Any) -> None:
        key = getattr(record, "id", None)
        if key is None:
            return
        place = f"{file.name}:{file.line((*path, 'id'))}"
        if key in self.kinds:
            self.faults.append(file.fault((*path, "id"), f"'{key}' is given twice; first in {self.places[key]}"))
        self.kinds[key], self.places[key] = type(record).__name__.lower(), place

    def _refer(self, file: YamlFile, path: tuple[str | int, ...], record: Any) -> None:
        single = {"strategy": "strategy", "replaces": "strategy", "evaluation": "document", "municipality": "municipality"}
        several = {"themes": "theme", "partners": "organisation", "organisations": "organisation", "documents": "document"}
        for field, kind in single.items():
            if value := getattr(record, field, None):
                self.references.append((file, (*path, field), value, kind))
        for field, kind in several.items():
            for number, value in enumerate(getattr(record, field, ())):
                self.references.append((file, (*path, field, number), value, kind))
        sources: list[tuple[tuple[str | int, ...], Source]] = []
        if listed := getattr(record, "listed_in", None):
            sources.append(((*path, "listed_in"), listed))
        for number, source in enumerate(getattr(record, "sources", ())):
            sources.append(((*path, "sources", number), source))
        for number, figure in enumerate(getattr(record, "figures", ())):
            for place, source in enumerate(figure.sources):
                sources.append(((*path, "figures", number, "sources", place), source))
        self.references += [(file, (*at, "document"), source.document, "document") for at, source in sources]

    def check_references(self) -> None:
        """Every id that is referred to must be given, and be of the right kind.

        Where a record is broken its ids are missing for that reason alone, so unknown ids are then told
        only where no broken record could have given them.
        """
        for file, path, value, kind in self.references:
            known = self.kinds.get(value)
            if known is None and not (self.broken and self._stands_in_data(value)):
                self.faults.append(file.fault(path, f"'{value}' is no {kind} that the base knows"))
            elif known is not None and known != kind:
                self.faults.append(file.fault(path, f"'{value}' is a {known}, not a {kind}"))

    def _stands_in_data(self, value: str) -> bool:
        needle = f"id: {value}"
        return any(needle in path.read_text("utf-8", "replace") for path in self.data.rglob("*.yaml"))


_MESSAGES: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "is missing",
    "extra_forbidden": lambda _: "is not a field that this entry can have",
    "string_type": lambda _: "must be text; put it in quotation marks",
    "too_short": lambda _: "must have at least one entry",
    "string_too_short": lambda _: "is empty",
    "string_too_long": lambda context: f"is longer than {context['max_length']} characters",
}


def plain_message(detail: Any) -> str:
    """One of pydantic's error details in an editor's words."""
    context, kind = detail.get("ctx") or {}, detail["type"]
    if kind == "string_pattern_mismatch":
        if "http" in str(context.get("pattern")):
            return "must be an address that begins with http:// or https://"
        return "must be an id: small letters a-z, digits and hyphens"
    if kind == "literal_error":
        return f"must be one of {context['expected']}"
    if kind in _MESSAGES:
        return _MESSAGES[kind](context)
    return str(detail["msg"]).removeprefix("Value error, ")
