"""What a check has found: where it stands, how much it weighs, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowledge.yamlfile import YamlFile

Weight = Literal["error", "warning", "info"]
WEIGHTS: tuple[Weight, ...] = ("error", "warning", "info")
"""The heaviest first. An error must be mended, a warning looked at, the rest is good to know."""

Path = Sequence[str | int]
"""The way to a field of a file: ("initiatives", 2, "name", "en")."""


class Found(NamedTuple):
    """What a rule tells: the field that it is about, and in which entry that stands ("" in none)."""

    file: YamlFile
    path: Path
    entry: str
    message: str
    hint: str
    line: int = 0
    """Where it is no field that it is about; else 0."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to look at, with its line (from 1) and the rule that found it."""

    file: str
    line: int
    field: str
    message: str
    rule: str
    weight: Weight
    entry: str = ""
    hint: str = ""
