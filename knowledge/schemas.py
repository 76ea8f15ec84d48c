"""Models -> JSON Schema of every file of a base, so that an editor's program completes and checks while one types."""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from knowledge import model
from knowledge.checks.settings import CheckSettings
from knowledge.phrases import OPERATORS, SLOTS, TOPIC_FIELDS
from knowledge.unfinished import PLACEHOLDER
from knowledge.yamlfile import read_yaml

FOLDER = "schema"
"""Where a base has its schemas, beside `data` and `phrases`."""
REFERRED = "# yaml-language-server: $schema="
"""How the first line of a file begins that says which schema is its own."""
HELP = "fields.yaml"
"""What each field is for, in the editors' language."""

Schema = dict[str, Any]

_DATE = r"^(19\d\d|20\d\d|2100)(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-(winter|spring|summer|autumn))?$"
_DAY = r"^(19\d\d|20\d\d|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_READ: dict[Any, Schema] = {
    model.parse_partial_date: {
        "anyOf": [{"type": "integer", "minimum": 1900, "maximum": 2100}, {"type": "string", "pattern": _DATE}]
    },
    model.parse_day: {"type": "string", "pattern": _DAY},
}
"""Functions that read a field -> what stands in the file."""
_FILLED_IN = rf"^(?![\s\S]*{PLACEHOLDER})[\s\S]*\S"
"""A text that is not blank and no placeholder."""
_LISTS = {
    "themes": model.Theme,
    "terms": model.Term,
    "organisations": model.Organisation,
    "documents": model.Document,
    "updates": model.Update,
}
_SINGLE = {"municipality": model.Municipality, "denmark": model.Denmark, "checks": CheckSettings}
_WRITTEN_BY_COMMANDS = ("links.yaml",)


def schema_of(file: Path) -> str:
    """The name of the schema of a file, given by its path from the base's root."""
    if file.parts[0] == "phrases":
        return file.stem[1:] if file.stem.startswith("_") else "phrases"
    return "municipality" if file.parent.name == "municipalities" else file.stem


def schemas() -> dict[str, Schema]:
    """Every schema by its name."""
    found: dict[str, Schema] = {}
    for name, kind in {**_LISTS, **_SINGLE}.items():
        made = _explained(TypeAdapter(kind).json_schema(schema_generator=_Generator))
        parts = made.pop("$defs", {})
        if name in _LISTS:
            parts[kind.__name__] = made
            made = {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}}
        found[name] = {**made, "$defs": parts}
    found |= _of_phrases()
    return {name: {"$schema": "http://json-schema.org/draft-07/schema#", **one} for name, one in found.items()}


def files(root: Path) -> Iterator[Path]:
    """The files of the base at `root` that have a schema, each by its path from there."""
    for pattern in ("data/*.yaml", "data/municipalities/*.yaml", "phrases/*/*.yaml"):
        found = sorted(root.glob(pattern))
        yield from (path.relative_to(root) for path in found if path.name not in _WRITTEN_BY_COMMANDS)


def first_line(file: Path) -> str:
    """The line that tells an editor's program where the file's schema is; `file`: its path from the base's root."""
    return f"{REFERRED}{'../' * (len(file.parts) - 1)}{FOLDER}/{schema_of(file)}.json"


def write(root: Path) -> list[Path]:
    """Writes the schemas of the base at `root`, and names them in its files; gives those that were not so already."""
    wanted: dict[Path, str] = {
        root / FOLDER / f"{name}.json": json.dumps(one, ensure_ascii=False, indent=1) + "\n"
        for name, one in schemas().items()
    }
    for file in files(root):
        # As bytes, so that no end of line changes; what is no UTF-8 is a fault that `check` tells.
        text = (root / file).read_bytes().decode("utf-8", "surrogateescape")
        if not text.startswith("\ufeff"):
            rest = text.partition("\n")[2] if text.startswith(REFERRED) else text
            wanted[root / file] = f"{first_line(file)}\n{rest}"
    written = []
    for path, text in wanted.items():
        content = text.encode("utf-8", "surrogateescape")
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(exist_ok=True)
            unfinished = path.with_name(f"{path.name}.new")
            unfinished.write_bytes(content)
            os.replace(unfinished, path)
            written.append(path)
    return written


@cache
def help_texts() -> dict[str, dict[str, str]]:
    """What each record is ("_") and what belongs in its fields."""
    found: dict[str, dict[str, str]] = read_yaml(Path(__file__).with_name(HELP), HELP).data
    return found


class _Generator(GenerateJsonSchema):
    """Describes a date as it stands in the file, and not as what is made of it."""

    def function_before_schema(self, schema: Any) -> Schema:
        return dict(_READ[schema["function"]["function"]])

    def nullable_schema(self, schema: Any) -> Schema:
        """What is not known is left out: nobody need write "null"."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> Schema:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _explained(made: Schema) -> Schema:
    """The same, with the help texts and what is wrong where a text has not the right form."""
    for name, record in {made["title"]: made, **made.get("$defs", {})}.items():
        told = help_texts().get(name, {})
        record.pop("title", None)
        record["description"] = told.get("_", record.get("description", ""))
        for field, described in record.get("properties", {}).items():
            if field in told:
                record["properties"][field] = {**described, "description": told[field]}
    return dict(_shaped(made))


def _shaped(described: Any) -> Any:
    """The same, with a form for every text and a sentence to show where it is missed."""
    if isinstance(described, list):
        return [_shaped(one) for one in described]
    if not isinstance(described, dict):
        return described
    made = {name: _shaped(one) for name, one in described.items()}
    if made.get("type") == "string" and "enum" not in made:
        made.setdefault("pattern", _FILLED_IN)
        if message := _messages().get(made["pattern"]):
            made["patternErrorMessage"] = message
    return made


@cache
def _messages() -> dict[str, str]:
    """Pattern -> what VS Code says where a text does not fit it."""
    told = help_texts()["Messages"]
    named = {str(getattr(model, name).__metadata__[0].bounds["pattern"]): told[name] for name in ("Id", "Site", "Url")}
    return {**named, _DATE: told["Date"], _DAY: told["Day"], _FILLED_IN: told["Line"]}


def _of_phrases() -> dict[str, Schema]:
    phrase = {"type": "string", "pattern": r"\S"}
    several = {"type": "array", "items": phrase, "minItems": 1, "uniqueItems": True}
    slot = "|".join(map(re.escape, SLOTS))
    spoken = {"type": "string", "pattern": rf"^(?=[\s\S]*\S)([^{{}}]|\{{({slot})\}})*$"}

    def closed(kind: str, properties: dict[str, Schema], required: tuple[str, ...] = ()) -> Schema:
        told = help_texts()[kind]
        explained = {
            name: {**one, "description": told[name]} if name in told else one for name, one in properties.items()
        }
        return {
            "type": "object", "description": told["_"], "properties": explained,
            "required": list(required), "additionalProperties": False,
        }  # fmt: skip

    def named(kind: str, each: Schema) -> Schema:
        return {"type": "object", "description": help_texts()[kind]["_"], "additionalProperties": each}

    groups = ("function", "neutral", "domain")
    return {
        "phrases": closed("Phrases", {"utterances": {**several, "items": spoken}}, ("utterances",)),
        "topics": named("Topics", {**closed("Topics", dict.fromkeys(TOPIC_FIELDS, several)), "minProperties": 1}),
        "skip": closed("Skip", dict.fromkeys(groups, several), groups),
        "outside": named("Outside", several),
        "operators": closed("Operators", dict.fromkeys(OPERATORS, several), OPERATORS),
    }
