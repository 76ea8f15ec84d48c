"""`vejviser new municipality`: a whole file that is refused until it is filled in, and then answers."""

import re
from pathlib import Path

import pytest

from knowledge.checking import check
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.schemas import help_texts
from knowledge.skeleton import DOCUMENTS, NotMade, new_municipality
from knowledge.yamlfile import read_yaml
from tests.bot.process import vejviser

DENMARK = read_yaml(Path(__file__).parents[2] / "knowledge/data/denmark.yaml", "denmark.yaml").data
FREE = ("Samsø", "Høje-Taastrup")


def fill_in(path: Path) -> None:
    """Puts something sound wherever something is to be filled in."""
    text = path.read_text("utf-8")
    for old, new in (
        (r"(adopted|dated): UDFYLD", r"\1: 2023-04"),
        (r"\{from: UDFYLD, until: UDFYLD\}", "{from: 2023, until: 2026}"),
        (r"partners: \[UDFYLD\]", "partners: [di]"),
        (r"themes: \[UDFYLD\]", "themes: [mentorordning]"),
        (r"website: UDFYLD", "website: proeve.dk"),
        (r"url: UDFYLD", "url: https://proeve.dk/strategi"),
        (r"-UDFYLD", "-2023"),
        (r"- id: (\S+)-2023\n( *#.*\n)*    strategy", r"- id: \1-mentorer\n    strategy"),
        (r"UDFYLD", "Prøve"),
    ):
        text = re.sub(old, new, text)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("name", FREE)
def test_a_skeleton_is_refused_until_it_is_filled_in(base: Path, name: str) -> None:
    made = new_municipality(base, name)
    told = [one for one in check(base) if "is still to be filled in" in one.message]
    assert check(base) == told
    assert {one.file for one in told} == {made.file.as_posix(), DOCUMENTS.as_posix()}
    lines = {(one.file, one.line) for one in told}
    assert len(lines) == made.places
    assert all("UDFYLD" in (base / file).read_text("utf-8").splitlines()[line - 1] for file, line in lines)
    fill_in(base / made.file)
    fill_in(base / DOCUMENTS)
    assert check(base) == []
    place = Library(load_knowledge(base)).municipalities[made.file.stem]
    assert (place.short.da, len(place.strategies), len(place.initiatives), len(place.goals)) == (name, 1, 1, 1)


def test_each_field_has_its_comment(base: Path) -> None:
    made = new_municipality(base, "Samsø")
    text = (base / made.file).read_text("utf-8") + (base / DOCUMENTS).read_text("utf-8")
    for kind in ("Strategy", "Initiative"):
        for field in ("summary", "sources"):
            assert re.search(rf"# {re.escape(help_texts()[kind][field])}\n( *#.*\n)* *{field}:", text)
    assert "#?" not in text
    assert "$" not in text.partition("\n")[2].replace("$schema", "")


def test_all_others_can_be_begun(base: Path) -> None:
    """Whatever their names: 98 less those that are there."""
    there = {read_yaml(one, one.name).data["short"]["da"] for one in (base / "data/municipalities").glob("*.yaml")}
    for name in (one for region in DENMARK["regions"] for one in region["municipalities"]):
        if name in there:
            with pytest.raises(NotMade, match="is there already"):
                new_municipality(base, name)
        else:
            made = new_municipality(base, name)
            assert made.places > 20
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*", made.file.stem)
            (base / made.file).unlink()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Samsö Kommun", "did you mean Samsø"),
        ("Silkebrog", "did you mean Silkeborg"),
        ("Atlantis", "is none of Denmark's 98 municipalities"),
        ("Roskilde", "Roskilde is there already: data/municipalities/roskilde.yaml"),
        ("Københavns Kommune", "København is there already: data/municipalities/koebenhavn.yaml"),
    ],
)
def test_other_names_are_refused(base: Path, written: str, told: str) -> None:
    before = {path: path.read_bytes() for path in base.rglob("*.yaml")}
    done = vejviser("new", "municipality", *written.split(), "--knowledge", str(base))
    assert (done.returncode, done.stdout) == (1, b"")
    assert told in done.stderr.decode()
    assert {path: path.read_bytes() for path in base.rglob("*.yaml")} == before


@pytest.mark.parametrize("written", ["bornholms regionskommune", "Bornholm"])
def test_names_are_known_in_their_forms(base: Path, written: str) -> None:
    done = vejviser("new", "municipality", written, "--knowledge", str(base))
    assert done.returncode == 0
    assert "data/municipalities/bornholm.yaml is written" in done.stdout.decode()
