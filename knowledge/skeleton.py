"""A new municipality's files, whole but for what its sources say: every field with a comment on what belongs there."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from knowledge.model import Denmark
from knowledge.official import NoSuchPlace, held, official
from knowledge.schemas import first_line, help_texts
from knowledge.unfinished import PLACEHOLDER
from knowledge.validation import validated
from knowledge.words import fold
from knowledge.yamlfile import read_yaml

DOCUMENTS = Path("data", "documents.yaml")
_TEMPLATE = Path(__file__).with_name("skeleton.yaml")
_HELP = re.compile(r"^( *)#\? (\w+)\.(\w+)$", re.MULTILINE)


class NotMade(Exception):
    """No file is made; the text says why."""


@dataclass(frozen=True)
class Made:
    """What was written: paths from the base's root, and how many places are still to be filled in."""

    file: Path
    documents: Path
    places: int


def new_municipality(root: Path, name: str, today: date | None = None) -> Made:
    """Writes the file of a municipality, and adds an entry for its strategy to the documents. Raises NotMade."""
    denmark = validated(read_yaml(root / "data" / "denmark.yaml", "data/denmark.yaml").data, Denmark)
    try:
        short = official(name, denmark)
    except NoSuchPlace as error:
        raise NotMade(str(error)) from None
    key = fold(short).replace(" ", "-")
    file = Path("data", "municipalities", f"{key}.yaml")
    there = held(root).get(short)
    if there or (root / file).exists():
        raise NotMade(f"{short} is there already: {(there.file if there else file).as_posix()}")
    given = {
        "line": first_line(file),
        "id": key,
        "short": short,
        "name": f"{short} Kommune",
        "today": str(today or date.today()),
        "aliases": ", ".join((short, *denmark.aliases.get(short, ()))),
    }
    own, paper = filled(given)
    ended = (root / DOCUMENTS).read_bytes().endswith(b"\n")
    with (root / file).open("x", encoding="utf-8", newline="\n") as out:
        out.write(own)
    with (root / DOCUMENTS).open("a", encoding="utf-8", newline="\n") as out:
        out.write(paper if ended else f"\n{paper}")
    places = sum(not line.lstrip().startswith("#") and PLACEHOLDER in line for line in (own + paper).splitlines())
    return Made(file, DOCUMENTS, places)


def filled(given: dict[str, str]) -> tuple[str, str]:
    """The municipality's file and its entry among the documents."""
    text = Template(_TEMPLATE.read_text("utf-8")).substitute(given)
    text = _HELP.sub(lambda found: f"{found[1]}# {help_texts()[found[2]][found[3]]}", text)
    own, _, paper = text.partition("---\n")
    return own, paper
