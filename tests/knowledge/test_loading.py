"""Every fault of a base is told in one go, with file and line: an editor should not have to ask twice."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.loading import SHIPPED, KnowledgeError, load_knowledge
from knowledge.yamlfile import Fault


@dataclass(frozen=True)
class Planted:
    """A fault to plant: in `file` the first `old` (a pattern) becomes `new`, and the line of `mark` in it is told."""

    what: str
    file: str
    old: bytes
    new: bytes
    mark: bytes
    field: str
    message: str
    """What the fault's field ends with, and what its message says."""


PLANTED = (
    Planted("unknown-id", "municipalities/roskilde.yaml", rb"strategy: roskilde-2014", b"strategy: roskilde-1914",
            b"roskilde-1914", ".strategy", "'roskilde-1914' is no strategy"),
    Planted("missing-language", "municipalities/koebenhavn.yaml",
            rb"(  - id: koebenhavn-netvaerk\n(?:.*\n)*?    name: ).*", rb"\1{da: Kun dansk}", b"Kun dansk",
            ".name.en", "is missing"),
    Planted("duplicate-id", "organisations.yaml", rb"\Z", b"- id: di\n  name: Another DI\n",
            b"- id: di\n  name: Another", ".id", "'di' is given twice"),
    Planted("duplicate-key", "documents.yaml", rb"(  publisher: .*\n)", rb"\1  publisher: Twice\n",
            b"  publisher: Twice", "publisher", "stands twice"),
    Planted("wrong-date", "municipalities/aarhus.yaml", rb"adopted: .*", b"adopted: last spring",
            b"last spring", ".adopted", "must be a date"),
    Planted("unknown-key", "themes.yaml", rb"(- id: netvaerk\n)", rb"\1  colour: green\n",
            b"colour: green", ".colour", "is not a field"),
    Planted("bad-yaml", "municipalities/ikast-brande.yaml", rb"\Z", b"more: 'one' two\n",
            b"more: 'one'", "", "is not valid YAML"),
    Planted("tab", "municipalities/kolding.yaml", rb"\n    strategy: kolding-2014", b"\n\tstrategy: kolding-2014",
            b"\tstrategy", "", "tab"),
    Planted("byte-order-mark", "terms.yaml", rb"\A", b"\xef\xbb\xbf",
            b"\xef\xbb\xbf", "", "byte order mark"),
    Planted("not-utf-8", "denmark.yaml", "Allerød".encode(), "Allerød".encode("latin-1"),
            "Allerød".encode("latin-1"), "", "is not UTF-8"),
)  # fmt: skip
"""Ten faults, each in a file of its own, for a file that cannot be read hides what else is wrong with it."""

MORE = (
    Planted("no-site", "municipalities/aarhus.yaml", rb"website: .*", b"website: no site",
            b"website: no", "website", "must be a site's name"),
    Planted("wrong-type", "themes.yaml", rb"definition:\n(    .*\n)+", b"definition: 5\n",
            b"definition: 5", ".definition", "valid dictionary"),
    Planted("empty-file", "terms.yaml", rb"(?s)\A.*\Z", b"", b"", "", "is empty"),
    Planted("no-such-day", "documents.yaml", rb"dated: 2014-12-10", b"dated: 2014-12-32",
            b"2014-12-32", ".dated", ""),
    Planted("no-source", "municipalities/kolding.yaml",
            rb"(  - id: kolding-pulje\n(?:    .*\n)*?)    sources: .*\n", rb"\1", b"- id: kolding-pulje",
            ".sources", "is missing"),
    Planted("wrong-kind", "municipalities/kolding.yaml", rb"themes: \[finansiering", b"themes: [kolding-afknopning",
            b"[kolding-afknopning,", ".themes.0", "another kind: initiative, not theme"),
    Planted("update-about-nothing", "updates.yaml", rb"affects: \[aarhus,", b"affects: [aarhusia,",
            b"[aarhusia,", ".affects.0", "'aarhusia' is no entry"),
    Planted("update-about-an-update", "updates.yaml", rb"affects: \[aarhus,", b"affects: [2026-11-22-kolding,",
            b"[2026-11-22-kolding,", ".affects.0", "is an update itself"),
    Planted("update-without-a-day", "updates.yaml", rb"date: 2026-11-22", b"date: 2026-11",
            b"date: 2026-11\n", ".date", "must be a whole day"),
    Planted("update-of-another-kind", "updates.yaml", rb"\n  kind: added", b"\n  kind: gone",
            b"kind: gone", ".kind", "must be one of"),
    Planted("update-in-one-language", "updates.yaml", rb"\n    en: .*", b"", b"text:", ".text.en", "is missing"),
    Planted("update-given-twice", "updates.yaml", rb"id: 2026-11-22-aarhus", b"id: 2026-11-22-roskilde",
            b"id: 2026-11-22-roskilde\n  date: 2026-11-22\n  kind: added\n  affects: [aarhus", ".id", "given twice"),
    Planted("update-with-a-wrong-digest", "updates.yaml", rb"base: .*", b"base: none",
            b"base: none", ".base", "`vejviser changes` writes"),
    Planted("not-a-list", "organisations.yaml", rb"(?s)\A.*\Z", b"di: DI\n",
            b"di: DI", "", "must be a list"),
)  # fmt: skip


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the base that ships."""
    shutil.copytree(SHIPPED / "data", tmp_path / "data")
    return tmp_path


@pytest.fixture
def plant(base: Path) -> Callable[[Planted], tuple[str, int]]:
    """Puts a fault into the copy; gives the file and the line where it then stands."""

    def put(fault: Planted) -> tuple[str, int]:
        path = base / "data" / fault.file
        text, changed = re.subn(fault.old, fault.new, path.read_bytes(), count=1)
        assert changed, f"{fault.what}: found nothing in {fault.file} to spoil"
        path.write_bytes(text)
        return f"data/{fault.file}", text.count(b"\n", 0, text.index(fault.mark)) + 1

    return put


def faults_of(base: Path) -> tuple[Fault, ...]:
    """What loading the base complains of."""
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(base)
    return caught.value.faults


def test_the_copy_has_no_fault(base: Path) -> None:
    """What is told below is what was planted."""
    assert load_knowledge(base) == load_knowledge()


@pytest.mark.parametrize("fault", [*PLANTED, *MORE], ids=lambda fault: fault.what)
def test_fault_is_told_with_file_and_line(
    base: Path, plant: Callable[[Planted], tuple[str, int]], fault: Planted
) -> None:
    """Each fault is told where it stands, in an editor's words."""
    place = plant(fault)
    told = [one for one in faults_of(base) if (one.file, one.line) == place]
    assert told, "\n".join(map(str, faults_of(base)))
    assert any(one.field.endswith(fault.field) and fault.message in one.message for one in told), told


def test_ten_faults_are_told_at_once(base: Path, plant: Callable[[Planted], tuple[str, int]]) -> None:
    """All ten, and nothing that only follows from them."""
    places = {plant(fault) for fault in PLANTED}
    faults = faults_of(base)
    assert {(one.file, one.line) for one in faults} == places
    assert len(faults) == len(PLANTED) == 10


def test_faults_stand_in_the_error_s_text(base: Path, plant: Callable[[Planted], tuple[str, int]]) -> None:
    """Whoever prints the error sees a line for each: file, line, field, what."""
    file, line = plant(PLANTED[0])
    [fault] = faults_of(base)
    assert str(fault).startswith(f"{file}:{line}: initiatives.0.strategy: ")
    with pytest.raises(KnowledgeError, match=re.escape(str(fault))):
        load_knowledge(base)


def test_two_faults_in_one_record_are_both_told(base: Path, plant: Callable[[Planted], tuple[str, int]]) -> None:
    """A missing language in a file does not hide an unknown id in the same file."""
    first = plant(PLANTED[0])
    second = plant(
        Planted("missing-language", "municipalities/roskilde.yaml", rb"name: \{da: ([^,}]*), en: [^}]*\}",
                rb"name: {da: \1}", b"", "", "")
    )  # fmt: skip
    assert first[0] == second[0]
    messages = [one.message for one in faults_of(base)]
    assert any("is missing" in one for one in messages)
    assert any("is no strategy" in one for one in messages), messages


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Every file that a base needs is named."""
    told = {one.file for one in faults_of(tmp_path)}
    assert {"data/themes.yaml", "data/documents.yaml", "data/denmark.yaml"} <= told


def test_no_municipality_at_all(base: Path) -> None:
    """A base without any is no base."""
    shutil.rmtree(base / "data" / "municipalities")
    assert any("holds no municipality" in one.message for one in faults_of(base))
