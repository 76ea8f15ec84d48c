"""The schemas that ship: up to date, true of every file that ships, and they catch what an editor mistypes."""

import json
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from knowledge import model
from knowledge.checks import settings
from knowledge.loading import SHIPPED
from knowledge.schemas import FOLDER, files, first_line, help_texts, schema_of, schemas, write
from knowledge.yamltext import parse

FILES = sorted(files(SHIPPED))
AFTER_A_CHANGE = "after a change of the models or a new file: vejviser schema"
PLANTED = (
    ("data/municipalities/kolding.yaml", r"^website:", "websted:", "websted"),
    ("data/municipalities/kolding.yaml", r"^    launched: 2009", "    launched: 09", "launched"),
    ("data/municipalities/roskilde.yaml", r"date: 2014-06-10", "date: 2014-06-32", "date"),
    ("data/municipalities/roskilde.yaml", r"date: 2014-04", "date: 10/6 2014", "date"),
    ("data/municipalities/roskilde.yaml", r"kind: vision", "kind: drøm", "kind"),
    ("data/municipalities/roskilde.yaml", r"short: {da: Roskilde, en: Roskilde}", "short: {da: Roskilde}", "en"),
    ("data/municipalities/aarhus.yaml", r"themes: \[synlighed\]", "themes: [Synlighed]", "Synlighed"),
    ("data/municipalities/aarhus.yaml", r"themes: \[synlighed\]", "themes: []", "themes"),
    ("data/municipalities/aarhus.yaml", r"website: aarhus.dk", "website: https://aarhus.dk", "website"),
    ("data/municipalities/aarhus.yaml", r"name: Aarhus Kommune", "name: UDFYLD", "name"),
    ("data/documents.yaml", r"url: http://", "url: www.", "url"),
    ("data/documents.yaml", r"kind: overview", "kind: oversigt", "kind"),
    ("data/updates.yaml", r"date: 2026-11-22", "date: 2026-11", "date"),
    ("data/updates.yaml", r"base: \w+", "base: x", "base"),
    ("data/terms.yaml", r"\n  sources:", "\n  source:", "source"),
    ("data/themes.yaml", r"- id:", "- nr: 1\n  id:", "nr"),
    ("data/organisations.yaml", r"aliases: \[Erhvervsforum", "alias: [Erhvervsforum", "alias"),
    ("data/denmark.yaml", r"^needs_context: .*", "needs_context: [1]", "needs_context"),
    ("phrases/da/overview.yaml", r"(utterances:\n)", r"\1- hvad med {by}?" + "\n", "utterances"),
    ("phrases/da/overview.yaml", r"utterances:", "utterance:", "utterance"),
    ("phrases/en/_topics.yaml", r"  terms:", "  term:", "term"),
    ("phrases/en/_skip.yaml", r"^neutral:", "normal:", "normal"),
    ("phrases/en/_operators.yaml", r"^not:", "nott:", "nott"),
)


def faults(file: Path, text: str) -> list[str]:
    """What the schema that ships finds wrong with a text, with the field."""
    schema = json.loads((SHIPPED / FOLDER / f"{schema_of(file)}.json").read_text("utf-8"))
    validator = jsonschema_rs.Draft7Validator(schema)
    return [f"{'.'.join(map(str, one.instance_path))}: {one.message}" for one in validator.iter_errors(parse(text)[0])]


def test_the_schemas_that_ship_are_those_of_the_models() -> None:
    shipped = {path.stem: json.loads(path.read_text("utf-8")) for path in (SHIPPED / FOLDER).glob("*.json")}
    assert shipped == schemas(), AFTER_A_CHANGE


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_file_names_its_schema_and_fits_it(file: Path) -> None:
    text = (SHIPPED / file).read_text("utf-8")
    line = text.splitlines()[0]
    assert line == first_line(file), AFTER_A_CHANGE
    assert (SHIPPED / file).parent.joinpath(line.partition("=")[2]).resolve().is_file()
    assert faults(file, text) == []


@pytest.mark.parametrize(("name", "old", "new", "mark"), PLANTED, ids=lambda one: re.sub(r"\W+", "-", str(one)))
def test_what_is_mistyped_is_caught(name: str, old: str, new: str, mark: str) -> None:
    text, changed = re.subn(old, new, (SHIPPED / name).read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert changed, f"found nothing in {name} to spoil"
    assert any(re.search(mark, one) for one in faults(Path(name), text))


def test_every_field_is_explained() -> None:
    """Whoever holds the mouse over a field reads what belongs there; no text is left over."""
    records: dict[str, set[str]] = {}
    for kind in (*vars(model).values(), *vars(settings).values()):
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ in (model.__name__, settings.__name__):
            records[kind.__name__] = {"_", *(one.metadata.get("alias", one.name) for one in fields(kind))}
    of_phrases = {"Phrases", "Topics", "Skip", "Outside", "Operators", "Messages"}
    shown = {name: help_texts().get(name, {}) for name in _referred(schemas())}
    assert {name: records[name] - set(told) for name, told in shown.items()} == {name: set() for name in shown}
    assert {name for name in help_texts() if name not in of_phrases} <= set(shown)
    assert {name: set(told) - records[name] for name, told in shown.items()} == {name: set() for name in shown}


def _referred(made: dict[str, Any]) -> set[str]:
    """The names of all records that a file can hold."""
    parts = (name for one in made.values() for name in one.get("$defs", {}))
    return {"Municipality", "Denmark", "CheckSettings", *parts}


def test_a_new_file_is_given_its_line_and_nothing_else(base: Path) -> None:
    """Whatever its ends of line; a second time there is nothing to do."""
    write(base)
    new = base / "data" / "municipalities" / "samsoe.yaml"
    new.write_bytes("# Samsø\r\nid: samsoe\r\n".encode())
    other = base / "phrases" / "da" / "thanks.yaml"
    text = other.read_text("utf-8")
    other.write_text(text.replace("../../schema/phrases", "../elsewhere"), "utf-8")
    assert write(base) == [new, other]
    assert new.read_bytes().decode() == f"{first_line(new.relative_to(base))}\n# Samsø\r\nid: samsoe\r\n"
    assert other.read_text("utf-8") == text
    assert write(base) == []
