"""What `vejviser check` finds is told to people, as SARIF and as annotations, and decides how the command ends."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from bot.check_annotations import annotations
from bot.check_people import for_people, summary, tell_changes
from bot.check_sarif import sarif
from knowledge.checks.finding import Finding
from knowledge.checks.fixing import Change
from knowledge.checks.rules import TABLE, findings
from knowledge.loading import SHIPPED
from tests.bot.process import vejviser

SCHEMA = json.loads((Path(__file__).parents[1] / "sarif-2.1.0.json").read_text("utf-8"))
"""The schema of SARIF 2.1.0 without its descriptions, and with the slip in its pattern of languages mended."""
ERROR = Finding("data/themes.yaml", 3, "0.name.da", "50 % is wrong:\nall", "no-source", "error", "netvaerk", "mend it")
WARNING = Finding("data/themes.yaml", 9, "1.name", "look, here", "old-name", "warning")
INFO = Finding("data/terms.yaml", 1, "", "it is [old]", "old", "info", "word", "look for it")


def test_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """By file, with what to do below; and at the end how many there are."""
    for_people(Path("base"), [ERROR, WARNING, INFO])
    assert capsys.readouterr().out == (
        "data/themes.yaml\n"
        "  3: error [no-source] netvaerk: 0.name.da: 50 % is wrong:\nall\n"
        "      mend it\n"
        "  9: warning [old-name] 1.name: look, here\n"
        "\n"
        "data/terms.yaml\n"
        "  1: info [old] word: it is [old]\n"
        "      look for it\n"
        "\n"
        "1 error and 1 warning in base\n"
    )
    assert summary(Path("base"), []) == "No errors and no warnings in base"
    tell_changes([Change("data/themes.yaml", 3, "spaces taken out")])
    assert capsys.readouterr().out == "mended data/themes.yaml:3: spaces taken out\n\n"


def test_annotations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workflow command a line, escaped as GitHub wants it, with paths from the folder that one stands in."""
    monkeypatch.chdir(tmp_path)
    assert annotations(tmp_path / "a,b", [ERROR, INFO]).splitlines() == [
        "::error file=a%2Cb/data/themes.yaml,line=3,title=no-source::netvaerk: 50 %25 is wrong:%0Aall (mend it)",
        "::notice file=a%2Cb/data/terms.yaml,line=1,title=old::word: it is [old] (look for it)",
    ]
    monkeypatch.chdir("/")
    assert annotations(Path("/x"), [ERROR]).startswith("::error file=x/data/themes.yaml,")


def test_sarif(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the schema; each result with its rule, its level, its place, and a fingerprint that no line is in."""
    monkeypatch.chdir(tmp_path)
    known = [findings(SHIPPED)[0], Finding(**{**vars(ERROR), "file": "data/ø.yaml"})]
    told: dict[str, Any] = json.loads(sarif(tmp_path, known))
    jsonschema_rs.validator_for(SCHEMA).validate(told)
    assert not jsonschema_rs.validator_for(SCHEMA).is_valid({**told, "version": "2.0.0"})
    [run] = told["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in TABLE]
    for result, one in zip(run["results"], known, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.rule
        place = result["locations"][0]["physicalLocation"]
        assert place["region"] == {"startLine": one.line}
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    assert [result["level"] for result in run["results"]] == ["note", "error"]
    assert place["artifactLocation"]["uri"] == "data/%C3%B8.yaml"
    moved = [Finding(**{**vars(one), "line": one.line + 7}) for one in known]
    prints = [[one["partialFingerprints"] for one in json.loads(sarif(tmp_path, each))["runs"][0]["results"]]
              for each in (known, moved)]  # fmt: skip
    assert prints[0] == prints[1]


@pytest.fixture
def warned(base: Path) -> Path:
    """A copy with one warning that can be mended."""
    thanks = base / "phrases" / "da" / "thanks.yaml"
    thanks.write_text(thanks.read_text("utf-8").replace("utterances:\n", "utterances: \n"), "utf-8")
    return base


def test_a_warning_fails_where_that_is_asked_for(warned: Path) -> None:
    """And no more once it is mended; a fault of the base fails always."""
    assert vejviser("check", str(warned)).returncode == 0
    strict = vejviser("check", "--strict", "--format", "github", str(warned))
    assert strict.returncode == 1
    assert re.search(
        r"^::warning file=\S*phrases/da/thanks\.yaml,line=\d+,title=spaces::", strict.stdout.decode(), re.M
    )
    mended = vejviser("check", "--strict", "--fix", str(warned))
    assert mended.returncode == 0
    assert re.match(r"mended phrases/da/thanks\.yaml:\d+: spaces", mended.stdout.decode())
    (warned / "data" / "terms.yaml").write_text("- id: x\n", "utf-8")
    broken = vejviser("check", "--format", "sarif", str(warned))
    assert broken.returncode == 1
    told = json.loads(broken.stdout)
    jsonschema_rs.validator_for(SCHEMA).validate(told)
    assert {one["ruleId"] for one in told["runs"][0]["results"]} == {"base"}
    assert {one["locations"][0]["logicalLocations"][0]["name"] for one in told["runs"][0]["results"]} >= {"x"}


def test_how_old_is_old(base: Path) -> None:
    """As the option says, or else as the base does."""
    assert b"[old]" in vejviser("check", str(base)).stdout
    assert b"[old]" not in vejviser("check", "--older-than", "90", str(base)).stdout
    assert vejviser("check", "--older-than", "0", str(base)).returncode == 2
