"""What a check has found, as SARIF 2.1.0: the form in which code hosts and editors read what tools have to say.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.check_annotations import place, worded
from knowledge.checks.finding import Finding, Weight
from knowledge.checks.rules import TABLE

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Weight, str] = {"error": "error", "warning": "warning", "info": "note"}
NUMBERS = {rule.id: number for number, rule in enumerate(TABLE)}


def sarif(base: Path, found: Sequence[Finding]) -> str:
    """The findings as one JSON text."""
    driver = {
        "name": "vejviser check",
        "version": version("vejviser"),
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": rule.about},
                "defaultConfiguration": {"level": LEVELS[rule.weight]},
            }
            for rule in TABLE
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(base, one) for one in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _result(base: Path, one: Finding) -> dict[str, Any]:
    path = place(base, one.file)
    inside = not path.startswith("/")
    address: dict[str, Any] = {"uri": quote(path), "uriBaseId": "%SRCROOT%"} if inside else {"uri": Path(path).as_uri()}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": address, "region": {"startLine": one.line}}}
    if one.entry:
        location["logicalLocations"] = [{"name": one.entry, "fullyQualifiedName": f"{one.entry}:{one.field}"}]
    # Without the line: the same finding stays the same, however much is written above it.
    same = sha256("\0".join((one.rule, one.file, one.entry, one.message)).encode()).hexdigest()
    return {
        "ruleId": one.rule,
        "ruleIndex": NUMBERS[one.rule],
        "level": LEVELS[one.weight],
        "message": {"text": worded(one)},
        "locations": [location],
        "partialFingerprints": {"finding/v1": same},
    }
