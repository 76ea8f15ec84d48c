"""README.md and docs/operating.md tell the truth: every subcommand and setting stands in README, and what they show
runs."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
import yaml

from bot.__main__ import app
from bot.config import PREFIX, Settings
from tests.databases import PostgresServer

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
OPERATING = ROOT / "docs" / "operating.md"
DEPLOYED = [ROOT / "Dockerfile", ROOT / "compose.yaml", *sorted((ROOT / "deploy").iterdir())]
"""What others run us with."""
SUBCOMMANDS = sorted(getattr(typer.main.get_command(app), "commands", {}))
SETTINGS = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]


@pytest.fixture
def readme() -> str:
    """The text of README.md."""
    assert README.is_file(), "README.md is missing"
    return README.read_text("utf-8")


@pytest.fixture
def operating() -> str:
    """The text of docs/operating.md."""
    return OPERATING.read_text("utf-8")


def blocks(text: str) -> list[str]:
    """What is typed into a shell."""
    return re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def examples(text: str) -> Iterator[tuple[str, str]]:
    """(command, what is shown below it) of each `vejviser ask` in the fenced sh blocks; a "$ " may stand before it.

    Shown is all up to the next command, or to the block's end; empty where nothing is.
    """
    for block in re.findall(r"^```(?:sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        parts = re.split(r"^(\$ .*|vejviser .*|make .*)$", block, flags=re.MULTILINE)
        for command, shown in zip(parts[1::2], parts[2::2], strict=True):
            if (line := command.removeprefix("$ ")).startswith("vejviser ask "):
                yield line, shown.strip("\n")


def printed(command: str) -> str:
    """What a command prints when run from the project's folder, its output piped."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    words = shlex.split(command, comments=True)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT, env=kept, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stderr.decode()}"
    return done.stdout.decode().strip("\n")


def fits(shown: str, output: str) -> bool:
    """Whether the output is what is shown; "..." there stands for anything, and no two runs take the same time."""
    parts = re.split(r"(\.\.\.|\"took_ms\": [0-9.]+)", shown)
    any_time = r'"took_ms": [0-9.]+'
    pattern = "".join(
        re.escape(part) if number % 2 == 0 else ".*" if part == "..." else any_time for number, part in enumerate(parts)
    )
    return re.fullmatch(pattern, output, re.DOTALL) is not None


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_subcommands_are_explained(readme: str, name: str) -> None:
    """Each stands in README as it is typed."""
    assert re.search(rf"vejviser {name}\b", readme), f"README.md does not mention 'vejviser {name}'"


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_explained(readme: str, name: str) -> None:
    """Each stands in README by its full name."""
    assert re.search(rf"{name}\b", readme), f"README.md does not mention {name}"


def test_no_setting_is_invented(readme: str) -> None:
    """README names no setting that nothing reads."""
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", readme)) - set(SETTINGS) == set()


def test_readme_begins_with_the_two_commands(readme: str) -> None:
    """A new user meets `make chat` and `make test` first."""
    head = readme[:2000]
    assert "make chat" in head
    assert "make test" in head


def test_examples_print_what_is_shown(readme: str) -> None:
    """Every `vejviser ask` in README runs, and prints what stands below it."""
    found = list(examples(readme))
    assert found, "README.md shows no 'vejviser ask'"
    for command, shown in found:
        output = printed(command)
        assert output, command
        assert not shown or fits(shown, output), f"{command}\n--- README.md shows\n{shown}\n--- it prints\n{output}"


def test_operators_are_told_of_what_is_there(operating: str) -> None:
    """Subcommands, settings, files and parts of other pages that the operators' page names."""
    assert set(re.findall(r"vejviser ([a-z]+(?:-[a-z]+)?)\b", "\n".join(blocks(operating)))) <= set(SUBCOMMANDS)
    assert set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", operating)) <= set(SETTINGS)
    for file, part in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", operating):
        there = (OPERATING.parent / file) if file else OPERATING
        assert there.exists(), file
        titles = [re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings(there)]
        assert not part or part in titles, part
    for file in re.findall(r"\bdeploy/[\w.-]+", operating):
        assert (ROOT / file).exists(), file


def headings(page: Path) -> list[str]:
    """A page's headings."""
    return re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)


def test_what_operators_type_is_shell(operating: str) -> None:
    """Every block can be read by a shell."""
    for block in blocks(operating):
        done = subprocess.run(["sh", "-n"], input=block.encode(), capture_output=True, check=False)
        assert done.returncode == 0, f"{block}\n{done.stderr.decode()}"


def test_what_operators_call_runs(operating: str, tmp_path: Path, postgres: PostgresServer) -> None:
    """Every `vejviser` of the operators' page, in its order, in a folder of its own."""
    places = {
        "/var/lib/vejviser": f"{tmp_path}/data",
        "/var/backups": str(tmp_path),
        "postgresql://vejviser@127.0.0.1/vejviser": postgres.new_database(),
    }
    environment = {
        **os.environ,
        "VEJVISER_DATABASE": f"{tmp_path}/data/vejviser.db",
        "VEJVISER_KEY_FILE": f"{tmp_path}/key/data.key",
    }
    called = re.findall(r"^(?:/opt/vejviser/bin/)?vejviser (.*)$", "\n".join(blocks(operating)), re.MULTILINE)
    assert {one.split()[0] for one in called} >= {"backup", "copy-database", "outbox", "rotate-key"}
    for command in called:
        for place, here in places.items():
            command = command.replace(place, here)
        done = subprocess.run(
            [sys.executable, "-m", "bot", *shlex.split(command, comments=True)],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"vejviser {command}: {done.stderr.decode()}"


@pytest.mark.parametrize("file", DEPLOYED, ids=lambda file: file.name)
def test_what_runs_us_sets_what_is_read(file: Path) -> None:
    """No setting of a file for Docker, systemd or Kubernetes is invented, in the environment or as a secret."""
    text = file.read_text("utf-8")
    named = set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", text)) | {
        one.upper() for one in re.findall(rf"\b{PREFIX.lower()}[a-z_]*[a-z]\b", text)
    }
    assert named <= set(SETTINGS)


def test_the_cluster_is_described_whole() -> None:
    """The Kubernetes example is a list whose parts find each other."""
    items = yaml.safe_load((ROOT / "deploy" / "kubernetes.yaml").read_text("utf-8"))["items"]
    pods = {one["metadata"]["name"]: one["spec"]["template"] for one in items if "template" in one.get("spec", {})}
    assert set(pods) == {"vejviser-migrate", "vejviser-web", "vejviser-deliver"}
    for one in items:
        selector = one["spec"].get("selector", {}) if "spec" in one else {}
        wanted = selector.get("matchLabels", selector)
        assert not wanted or [pod for pod in pods.values() if wanted.items() <= pod["metadata"]["labels"].items()]
    for pod in pods.values():
        (container,) = pod["spec"]["containers"]
        assert {one["name"] for one in container["volumeMounts"]} == {one["name"] for one in pod["spec"]["volumes"]}
        assert container["securityContext"]["readOnlyRootFilesystem"]
