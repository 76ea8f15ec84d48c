"""A municipality's name as somebody writes it -> as the list of all 98 has it."""

import re
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from knowledge.model import Denmark
from knowledge.words import fold
from knowledge.yamlfile import read_yaml

NEAR = 60
"""Names that are at least so alike are suggested, of 100."""
_KOMMUNE = re.compile(r"s? *(regions)?kommune$")


class NoSuchPlace(ValueError):
    """No municipality has the name; the text names those that it may be a slip of."""


def official(name: str, denmark: Denmark) -> str:
    """The name as the list of all municipalities has it. Raises NoSuchPlace."""
    known = [one for region in denmark.regions for one in region.municipalities]
    spoken = {plain(one): one for one in known}
    spoken |= {plain(alias): one for one, aliases in denmark.aliases.items() for alias in aliases}
    wanted = plain(name)
    if wanted in spoken:
        return spoken[wanted]
    near = dict.fromkeys(spoken[one[0]] for one in process.extract(wanted, list(spoken), score_cutoff=NEAR, limit=3))
    asked = f"; did you mean {' or '.join(near)}?" if near else ""
    raise NoSuchPlace(f"'{name}' is none of Denmark's {len(known)} municipalities{asked}")


@dataclass(frozen=True)
class Held:
    """A municipality that a base has a file of: the file, and the name as it stands there."""

    file: Path
    name: str


def held(root: Path) -> dict[str, Held]:
    """Those that the base at `root` has a file of, by their names; whatever else is wrong with the files."""
    found = {}
    for path in sorted((root / "data" / "municipalities").glob("*.yaml")):
        data = read_yaml(path, path.name).data
        short = data.get("short") if isinstance(data, dict) else None
        if isinstance(short, dict) and isinstance(name := short.get("da"), str):
            found[name] = Held(path.relative_to(root), str(data.get("name")))
    return found


def plain(name: str) -> str:
    """What is the same however the name is written: without "Kommune", case and genitive."""
    folded = fold(" ".join(name.split()))
    bare = _KOMMUNE.sub("", folded) if folded.endswith("kommune") else folded
    return bare.rstrip("s") or folded
