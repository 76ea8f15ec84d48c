"""A municipality's name as somebody writes it -> as the list of all 98 has it."""

import re

from rapidfuzz import process

from knowledge.model import Denmark
from knowledge.words import fold

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


def plain(name: str) -> str:
    """What is the same however the name is written: without "Kommune", case and genitive."""
    folded = fold(" ".join(name.split()))
    bare = _KOMMUNE.sub("", folded) if folded.endswith("kommune") else folded
    return bare.rstrip("s") or folded
