"""What the checks measure by: an editor sets it in the base itself, in data/checks.yaml."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from knowledge.limits import Limits
from knowledge.model import Id, Line, Record
from knowledge.validation import InvalidError, validated
from knowledge.yamlfile import Fault, read_yaml

NAME = "data/checks.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Record):
    """What a rule says of some entries, and an editor has found to be as it should, for a reason."""

    rule: Id
    entries: Annotated[tuple[Id, ...], Limits(min_length=1)]
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Record):
    """Words by language."""

    da: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()

    def __getitem__(self, language: str) -> tuple[str, ...]:
        return self.en if language == "en" else self.da


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings(Record):
    """Limits and lists of what is right although it looks wrong. A base without the file has these."""

    older_than: Annotated[int, Limits(ge=1)] = 5
    """Years after which a source counts as old."""
    longest: dict[str, int] = field(default_factory=dict)
    """Field -> the most characters that a text of it should have."""
    lix: Annotated[int, Limits(ge=1)] = 76
    """Readability from which on a text is hard to read."""
    coverage: Annotated[int, Limits(ge=0, le=100)] = 50
    """Of each kind of question, per cent of its sentences that should be understood by the others."""
    abbreviations: tuple[Line, ...] = ()
    """Known to every reader, so that no text need explain them."""
    names: tuple[Line, ...] = ()
    """Words that look like a misspelt name and are none."""
    words_of_the_field: Words = Words()
    """Words that a newcomer cannot know: some term has to explain each that a text uses."""
    accepted: tuple[Accepted, ...] = ()

    def accepts(self, rule: str, entry: str) -> bool:
        """Whether an editor has said that this is as it should be."""
        return any(one.rule == rule and entry in one.entries for one in self.accepted)


def load_settings(root: Path) -> tuple[CheckSettings, list[Fault]]:
    """The settings of the base below `root`, or those that hold without any and what is wrong with the file."""
    if not (root / NAME).exists():
        return CheckSettings(), []
    file = read_yaml(root / NAME, NAME)
    if file.data is None:
        return CheckSettings(), list(file.faults)
    try:
        return validated(file.data, CheckSettings), list(file.faults)
    except InvalidError as error:
        return CheckSettings(), [file.fault(path, message) for path, message in error.faults]
