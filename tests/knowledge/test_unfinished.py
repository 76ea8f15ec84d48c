"""What is half done stays out of the base: it is told where, once, and nothing else is told of the same field."""

from pathlib import Path

import pytest

from knowledge.checking import check

FILE = "data/municipalities/kolding.yaml"


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("website: kolding.dk", "website: UDFYLD", "website", "is still to be filled in"),
        ("launched: 2009", "launched: UDFYLD", "strategies.0.launched", "is still to be filled in"),
        ("strategy: kolding-2014", "strategy: kolding-UDFYLD", "initiatives.0.strategy", "is still to be filled in"),
        ("  - id: kolding-2009\n", "  - unread: true\n    id: kolding-2009\n", "strategies.0.unread", "is a draft"),
    ],
)
def test_marks_are_refused(base: Path, old: str, new: str, field: str, message: str) -> None:
    path = base / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    [fault] = check(base)
    assert (fault.file, fault.line, fault.field) == (FILE, text[: text.index(old)].count("\n") + 1, field)
    assert fault.message.startswith(message)


def test_ids_that_are_to_be_filled_in_are_not_the_same(base: Path) -> None:
    path = base / FILE
    text = path.read_text("utf-8").replace("  - id: kolding-afknopning", "  - id: UDFYLD")
    path.write_text(text.replace("  - id: kolding-tiltraekning", "  - id: UDFYLD"), "utf-8")
    assert {one.message for one in check(base) if one.file == FILE} == {"is still to be filled in: it says UDFYLD"}
