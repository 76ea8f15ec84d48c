"""README.md tells the truth: every subcommand and setting stands in it, and its examples print what they show."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from bot.__main__ import app
from bot.config import PREFIX, Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SUBCOMMANDS = sorted(getattr(typer.main.get_command(app), "commands", {}))
SETTINGS = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]


@pytest.fixture
def readme() -> str:
    """The text of README.md."""
    assert README.is_file(), "README.md is missing"
    return README.read_text("utf-8")


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
