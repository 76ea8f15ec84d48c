"""`vejviser check --fix` mends what is safe, and leaves comments, layout and meaning as they are."""

from pathlib import Path

import pytest

from knowledge.checks.fixing import Change, fix, fixed
from knowledge.checks.rules import findings
from knowledge.checks.typography import typeset
from knowledge.loading import SHIPPED
from knowledge.yamltext import parse

DENMARK = "data/denmark.yaml"


@pytest.mark.parametrize(
    ("language", "text", "better"),
    [
        ("da", 'De "nye" og “de gamle” og «flere»', "De „nye“ og „de gamle“ og „flere“"),
        ("da", "Planen „Overskud” og „vild vision“", "Planen „Overskud“ og „vild vision“"),
        ("da", "fra 'A' til B", "fra „A“ til B"),
        ("en", "Its “new” and ‘old’ and „odd“ plans", "Its 'new' and ‘old’ and 'odd' plans"),
        ("en", "Roskilde’s plan", "Roskilde's plan"),
        ("en", "Roskilde's plan and Aarhus' plan", "Roskilde's plan and Aarhus' plan"),
        ("da", "én indgang - ét sted—altid", "én indgang – ét sted – altid"),
        ("da", "2010-2013, 2014-06-10, job- og e-læring", "2010–2013, 2014-06-10, job- og e-læring"),
        ("da", 'et "halvt', 'et "halvt'),
    ],
)
def test_marks(language: str, text: str, better: str) -> None:
    """As the base writes them in each language; what is not plain stays."""
    assert typeset(text, language) == better
    assert typeset(better, language) == better


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("- a: {da: x, en: y}  # why  \n", "- a: {da: x, en: y}  # why\n"),
        ("# æøå\n- a: {en: y - z, da: x}\n", "# æøå\n- a: {da: x, en: y – z}\n"),
        ("- a:\n    en: y\n    da: x # of x\n", "- a:\n    en: y\n    da: x # of x\n"),
        ("- a:\n    en: y\n    da: x\n  b: 1\n", "- a:\n    da: x\n    en: y\n  b: 1\n"),
        ("- a: {da: 'x: \"y\"', en: \"Roskilde’s 'y'\"}\n", "- a: {da: 'x: „y“', en: \"Roskilde's 'y'\"}\n"),
        ("- a: {da: 'x', en: 'an “y”'}\n", "- a: {da: 'x', en: 'an ''y'''}\n"),
        ("- a: {da: x, en: “y”}\n", "- a: {da: x, en: '''y'''}\n"),
        ("- a:\n    da: et\n      ord—og et til\n    en: y\n", "- a:\n    da: et\n      ord – og et til\n    en: y\n"),
        ("- url: https://x.dk/2010-2013\n  name: a - b\n", "- url: https://x.dk/2010-2013\n  name: a - b\n"),
        ("- a:\n    da: |\n      x  \n    en: y\n", "- a:\n    da: |\n      x  \n    en: y\n"),
    ],
)  # fmt: skip
def test_edits(text: str, mended: str) -> None:
    """In texts of two languages alone; a comment is never moved, nor a block in which spaces count."""
    assert fixed(text, "data/themes.yaml")[0] == mended
    assert fixed(mended, "data/themes.yaml") == (mended, [])


def test_municipalities_are_put_in_order() -> None:
    """By the Danish alphabet, in one line or in several; with a comment among them they stay."""
    flow = "regions:\n- municipalities: [Aarhus, Ærø, Odder,\n    Ølby, Faxe]\n"
    assert fixed(flow, DENMARK)[0] == "regions:\n- municipalities: [Faxe, Odder, Ærø,\n    Ølby, Aarhus]\n"
    block = "regions:\n- municipalities:\n  - B\n  - A\n"
    assert fixed(block, DENMARK)[0] == "regions:\n- municipalities:\n  - A\n  - B\n"
    noted = "regions:\n- municipalities:\n  - B # big\n  - A\n"
    assert fixed(noted, DENMARK)[0] == noted


def test_nothing_else_is_touched(base: Path) -> None:
    """Each edit is told with its file and line; all other files, and other lines, stay byte for byte."""
    assert fix(base) == []
    path = base / "data" / "municipalities" / "aarhus.yaml"
    before = path.read_text("utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(before) if "da: En samlet" in line)
    spoilt = [line.replace("\n", "\r\n") for line in before]
    spoilt[place] = spoilt[place].replace("da: En samlet", 'da: En "samlet"').replace("\r\n", "  \r\n")
    broken = base / "phrases" / "da" / "thanks.yaml"
    broken.write_text("a: [  \n", "utf-8")
    path.write_bytes("".join(spoilt).encode())
    told = fix(base)
    name = "data/municipalities/aarhus.yaml"
    assert [(one.file, one.line) for one in told] == [(name, place + 1)] * 2
    assert isinstance(told[0], Change)
    after = path.read_bytes().decode().splitlines(keepends=True)
    assert [number for number, line in enumerate(after) if line != before[number].replace("\n", "\r\n")] == [place]
    assert "En „samlet“ strategi" in after[place]
    assert broken.read_text("utf-8") == "a: [  \n"


def test_what_is_said_to_be_mended_by_it_is(base: Path) -> None:
    """Afterwards none of these findings is left, and no other has come."""
    path = base / "data" / "themes.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(" – ", " - ").replace("  definition:\n", "  definition: \n"), "utf-8")
    before = [one for one in findings(base) if "--fix" in one.hint]
    assert {one.rule for one in before} == {"typography", "spaces"}
    assert {(one.file, one.line) for one in fix(base)} == {(one.file, one.line) for one in before}
    assert path.read_text("utf-8") == text
    assert parse(text)[0] == parse((SHIPPED / "data" / "themes.yaml").read_text("utf-8"))[0]
