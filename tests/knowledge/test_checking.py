"""`vejviser check` finds what is wrong with a base, also where it loads: each fault with file, line and field."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.checking import check
from knowledge.yamlfile import Fault


@dataclass(frozen=True)
class Planted:
    """A fault to plant: in `file` the first `old` (a pattern) becomes `new`; it is told where `mark` then stands."""

    what: str
    file: str
    old: str
    new: str
    mark: str
    field: str
    message: str


LOADS = (
    Planted("unknown-topic", "phrases/da/_topics.yaml", r"\Z", "swimming:\n  terms: [svømme]\n",
            "swimming:", "swimming", "'swimming' is no theme"),
    Planted("one-language", "phrases/en/_topics.yaml", r"^mentorordning:\n(  .*\n)+", "",
            "", "", "has no words for 'mentorordning'"),
    Planted("shared-frame", "phrases/da/thanks.yaml", r"(utterances:\n)", r"\1- Farvel farvel igen!" + "\n",
            "Farvel farvel igen", "utterances.0", "nothing tells the two intents apart"),
    Planted("contradiction", "phrases/en/_operators.yaml", r"^last: \[", "last: [oldest, ",
            "last: [oldest", "last.0", "contradict"),
    Planted("contradiction-of-whole-words", "phrases/da/_operators.yaml", r"^after: \[", "after: [før, ",
            "after: [før", "after.0", "'før' stands in 'before' too"),
    Planted("outside-and-ours", "phrases/da/_outside.yaml", r"\Z", "planted:\n  [havregrød,\n   mentorordningerne]\n",
            "   mentorordningerne", "planted.1", "which names 'mentorordning'"),
    Planted("outside-and-a-theme", "phrases/en/_outside.yaml", r"\Z", "planted: [spin-offs]\n",
            "planted: [spin-offs]", "planted.0", "which names 'afknopning'"),
)  # fmt: skip
DOES_NOT_LOAD = (
    Planted("no-source", "data/terms.yaml", r"\n  sources: .*", "",
            "- id: socialoekonomisk-virksomhed", "0.sources", "is missing"),
    Planted("unknown-theme", "data/municipalities/kolding.yaml", r"themes: \[afknopning\]", "themes: [spinoff]",
            "themes: [spinoff]", "initiatives.3.themes.0", "'spinoff' is no theme"),
    Planted("unknown-slot", "phrases/en/overview.yaml", r"(utterances:\n)", r"\1- what of {town}?" + "\n",
            "{town}", "utterances.0", "is no slot"),
    Planted("twice", "phrases/da/greeting.yaml", r"(utterances:\n)", r"\1- Hejdikhej" + "\n" + r"- hejdikhej" + "\n",
            "- hejdikhej", "utterances.1", "stands twice"),
    Planted("not-yaml", "phrases/da/_skip.yaml", r"\A", "function: [a\nb: ]]\n", "b: ]]", "", "is not valid YAML"),
)  # fmt: skip
"""These prevent loading: they are told alone, for the rest is only checked once all files can be read."""

SHIPPED_FAULTS = frozenset(check())


@pytest.fixture
def plant(base: Path) -> Callable[[Planted], int]:
    """Puts a fault into the copy; gives the line on which it then stands."""

    def put(fault: Planted) -> int:
        path = base / fault.file
        text, changed = re.subn(fault.old, fault.new, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
        assert changed, f"{fault.what}: found nothing in {fault.file} to spoil"
        path.write_text(text, "utf-8")
        return text.count("\n", 0, text.index(fault.mark)) + 1

    return put


def new_faults(base: Path) -> list[Fault]:
    """Faults that the shipped base does not have, wherever their lines have moved to."""
    known = {(one.file, one.message) for one in SHIPPED_FAULTS}
    return [one for one in check(base) if (one.file, one.message) not in known]


@pytest.mark.parametrize("fault", [*LOADS, *DOES_NOT_LOAD], ids=lambda fault: fault.what)
def test_fault_is_told_with_file_line_and_field(base: Path, plant: Callable[[Planted], int], fault: Planted) -> None:
    """Each where it stands, and no other beside it in that file."""
    line = plant(fault)
    told = [one for one in new_faults(base) if one.file == fault.file]
    assert [(one.line, one.field) for one in told] == [(line, fault.field)], told
    assert fault.message in told[0].message


def test_faults_of_data_and_of_phrases_are_told_in_one_go(base: Path, plant: Callable[[Planted], int]) -> None:
    """An editor should not have to ask twice."""
    for fault in DOES_NOT_LOAD:
        plant(fault)
    told = check(base)
    assert {one.file for one in told} == {fault.file for fault in DOES_NOT_LOAD}
    assert told == sorted(told)


def test_all_that_loads_is_told_in_one_go(base: Path, plant: Callable[[Planted], int]) -> None:
    """All checks run, whatever the first of them found."""
    for fault in LOADS:
        plant(fault)
    told = new_faults(base)
    assert {one.file for one in told} >= {fault.file for fault in LOADS}


def test_a_folder_that_is_no_base(tmp_path: Path) -> None:
    """Told, not raised."""
    assert check(tmp_path)


def test_the_base_that_ships_is_without_fault() -> None:
    """What `vejviser check` says of it, too."""
    assert [str(one) for one in sorted(SHIPPED_FAULTS)] == []
