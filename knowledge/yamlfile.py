"""Reads one YAML file so that every fault can name its line and field - editors work in these files by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in the data: the file, the line (from 1), the field ("initiatives.2.name.en") and what it is."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field + ': ' if self.field else ''}{self.message}"


@dataclass(frozen=True)
class YamlFile:
    """What one file holds (`data`, None where it could not be read), and where in it each field stands."""

    name: str
    data: Any
    node: Any
    """PyYAML's outermost node."""
    faults: tuple[Fault, ...]

    def fault(self, path: Sequence[str | int], message: str) -> Fault:
        """A fault at the field that `path` leads to, or at the nearest that is there."""
        return Fault(self.name, self.line(path), ".".join(str(step) for step in path), message)

    def line(self, path: Sequence[str | int]) -> int:
        """The line on which the value at `path` begins."""
        node, line = self.node, 1
        for step in path:
            if node is not None and node.id == "mapping":
                for key, value in node.value:
                    if key.value == str(step):
                        node, line = value, key.start_mark.line + 1
                        break
                else:
                    return line
            elif node is not None and node.id == "sequence" and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                return line
        return line


def read_yaml(path: Path, name: str) -> YamlFile:
    """Reads `path`; what is wrong with it as a file comes back as faults, never as an exception.

    Found here: unreadable, a byte order mark, not UTF-8, tabs as indentation, bad YAML, duplicate keys.
    """
    from knowledge.yamltext import NotYamlError, parse

    def failed(line: int, message: str) -> YamlFile:
        return YamlFile(name, None, None, (Fault(name, line, "", message),))

    try:
        raw = path.read_bytes()
    except OSError as error:
        return failed(1, f"cannot be read: {error.strerror}")
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return failed(1, "begins with a byte order mark; save it as plain UTF-8 (without BOM)")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return failed(raw.count(b"\n", 0, error.start) + 1, "is not UTF-8; save the file as UTF-8")
    if tab := re.search(r"^[ ]*\t", text, re.MULTILINE):
        return failed(text.count("\n", 0, tab.end()) + 1, "is indented with a tab; use spaces")
    try:
        data, node = parse(text)
    except NotYamlError as error:
        return failed(error.line, f"is not valid YAML: {error}")
    return YamlFile(name, data, node, tuple(_duplicate_keys(name, node, ())))


def _duplicate_keys(name: str, node: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """PyYAML lets the last of two equal keys win in silence; an editor wants to know."""
    if node is not None and node.id == "mapping":
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                field = ".".join(str(step) for step in (*path, key.value))
                yield Fault(name, line, field, f"stands twice; first on line {seen[key.value]}")
            seen[key.value] = line
            yield from _duplicate_keys(name, value, (*path, key.value))
    elif node is not None and node.id == "sequence" and node.value and node.value[0].id != "scalar":
        for number, value in enumerate(node.value):
            yield from _duplicate_keys(name, value, (*path, number))
