"""How the files are laid out, as far as that is the same all over the base."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.checks.finding import Found
from knowledge.checks.pages import KINDS, Pages
from knowledge.loading import UPDATES
from knowledge.model import LANGUAGES
from knowledge.yamlfile import YamlFile

HINT = "`vejviser check --fix` does it"
SPACES = re.compile(r"[ \t]+(?=\r?$)", re.MULTILINE)
DENMARK = "data/denmark.yaml"

_ALPHABET = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def spaces(root: Path) -> Iterator[Found]:
    """Spaces that nobody sees at the end of a line."""
    for path in sorted([*root.glob("data/**/*.yaml"), *root.glob("phrases/*/*.yaml")]):
        text = path.read_text("utf-8")
        for found in SPACES.finditer(text):
            file = YamlFile(path.relative_to(root).as_posix(), None, None, ())
            line = text.count("\n", 0, found.start()) + 1
            yield Found(file, (), "", "spaces stand at the end of the line", HINT, line)


def language_order(pages: Pages) -> Iterator[Found]:
    """A text whose English stands before its Danish."""
    for one in pages.passages:
        if one.language == LANGUAGES[1] and one.other and _first(one.file.data, one.path[:-1]) == LANGUAGES[1]:
            yield one.found("English stands before Danish", HINT)


def _first(value: Any, path: tuple[str | int, ...]) -> str:
    for step in path:
        value = value[step]
    return str(next(iter(value)))


def place_order(pages: Pages) -> Iterator[Found]:
    """A region whose municipalities are not in alphabetical order."""
    file = pages.files.get(DENMARK)
    regions = file.data.get("regions") if file and isinstance(file.data, dict) else None
    for number, region in enumerate(regions or ()):
        names = [str(name) for name in region.get("municipalities") or ()]
        wrong = next((at for at, name in enumerate(sorted(names, key=danish_order)) if name != names[at]), None)
        if file and wrong is not None:
            path = ("regions", number, "municipalities", wrong)
            yield Found(file, path, "", f"'{names[wrong]}' does not stand in alphabetical order", HINT)


def danish_order(name: str) -> str:
    """By the Danish alphabet, in which aa is å and the last letter."""
    return name.casefold().replace("aa", "å").translate(_ALPHABET)


def update_order(pages: Pages) -> Iterator[Found]:
    """An update that is older than the one before it."""
    before = ""
    for item in pages.items:
        if item.kind == KINDS[f"data/{UPDATES}"]:
            day = str(item.data.get("date"))
            if day < before:
                yield item.found("date", f"is older than the update before it, of {before}", "put it where its day is")
            before = max(before, day)
