"""Where a copy of a page that is gone is kept: what the Internet Archive's Wayback Machine says. It is a proposal."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.links.asking import Asker
from bot.links.finding import Unreached
from knowledge.model import Sighting

AVAILABLE = "https://archive.org/wayback/available"
"""Takes `url` and perhaps `timestamp`; https://archive.org/help/wayback_api.php"""


@dataclass(frozen=True)
class Copy:
    """A copy's address, and its day: "2014-12-31"."""

    url: str
    day: str


async def copy_of(asker: Asker, url: str, before: Sighting | None) -> Copy | None:
    """The copy that is nearest to when the page was last there, else the newest; None where there is none.

    Raises Unreached where the archive does not answer, or not as it should.
    """
    asked = {"url": url}
    if before and before.seen:
        asked["timestamp"] = str(before.seen).replace("-", "")
    try:
        told = json.loads(await asker.read(f"{AVAILABLE}?{urlencode(asked)}"))
        closest = told["archived_snapshots"].get("closest")
        if not closest or not closest["available"]:
            return None
        address, moment = str(closest["url"]), str(closest["timestamp"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreached("broken") from None
    if not address.startswith(("http://", "https://")) or not moment[:8].isdigit():
        raise Unreached("broken")
    return Copy(address, f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}")
