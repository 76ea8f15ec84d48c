"""docs/editing.md tells the truth: followed from first to last line, every command answers what stands there."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.checking import check
from knowledge.loading import SHIPPED
from tests.bot.process import environment
from tests.test_docs import ROOT, SUBCOMMANDS, fits

PAGE = ROOT / "docs" / "editing.md"
BLOCK = re.compile(r"^(?:.*`(?P<file>[\w./-]+)`:\n\n)?```(?P<kind>\w+)\n(?P<text>[\s\S]*?)^```$", re.MULTILINE)
COPY = {"knowledge": ("ask", "new", "import", "changes"), "argument": ("check", "schema")}


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a block and what is shown below it."""
    parts = re.split(r"^\$ (.*)$", text, flags=re.MULTILINE)
    yield from ((command, shown.strip("\n")) for command, shown in zip(parts[1::2], parts[2::2], strict=True))


def edited(text: str, diff: str) -> str:
    """The text as somebody leaves it who takes out each line with a minus and puts those with a plus in its place."""
    lines, at = text.split("\n"), 0
    for change in re.finditer(r"((?:^-.*\n)*)((?:^\+.*\n)*)", diff, re.MULTILINE):
        old = [one[1:] for one in change[1].splitlines()]
        new = [one[1:] for one in change[2].splitlines()]
        if not old and not new:
            continue
        if old:
            places = [n for n in range(at, len(lines)) if lines[n : n + len(old)] == old]
            places = places or [n for n in range(len(lines)) if lines[n : n + len(old)] == old]
            assert places, f"these lines are not there: {old}"
            at = places[0]
        else:
            at = len(lines) - 1  # before the end of the last line
        lines[at : at + len(old)] = new
        at += len(new)
    return "\n".join(lines)


class Desk:
    """A folder with a copy of the base, at which somebody follows the page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = folder / "knowledge"
        for one in ("data", "phrases"):
            shutil.copytree(SHIPPED / one, self.base / one)
            shutil.copytree(SHIPPED / one, folder / "before" / one)

    def run(self, command: str) -> str:
        """What a command prints, with the words for this desk's folders as the page has them."""
        words = shlex.split(command)
        if words[0] == "git":
            return ""
        assert words[0] == "vejviser", command
        name = words[1]
        words = [str(self.folder / "before") if one == "HEAD" else one for one in words[1:]]
        words += ["--knowledge", str(self.base)] * (name in COPY["knowledge"])
        words += [str(self.base)] * (name in COPY["argument"])
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder, env={**environment(), "PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        said = (done.stdout + done.stderr).decode()
        return said.replace(str(self.folder / "before"), "HEAD").replace(str(self.base), "knowledge").strip("\n")


@pytest.fixture(scope="module")
def page() -> str:
    """The page's text."""
    return PAGE.read_text("utf-8")


def test_the_page_can_be_followed(tmp_path: Path, page: str) -> None:
    """From a base without the municipality to one that answers about it, with every mistake on the way."""
    desk = Desk(tmp_path)
    ran = []
    for block in BLOCK.finditer(page):
        file, kind, text = block["file"], block["kind"], block["text"]
        if kind == "console":
            for command, shown in commands(text):
                output = desk.run(command)
                ran.append(command.split()[1])
                assert fits(shown, output), f"{command}\n--- the page shows\n{shown}\n--- it prints\n{output}"
        elif kind == "diff":
            path = tmp_path / file
            path.write_text(edited(path.read_text("utf-8"), text), "utf-8")
        elif kind == "text":
            (tmp_path / file).write_text(text, "utf-8")
    assert {"new", "check", "ask", "import", "changes"} <= set(ran)
    assert check(desk.base) == []


def test_only_what_is_there_is_named(page: str) -> None:
    """Commands, files and other pages."""
    assert set(re.findall(r"`vejviser ([a-z]+)", page)) <= set(SUBCOMMANDS)
    for file in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page):
        assert (PAGE.parent / file).exists(), file
