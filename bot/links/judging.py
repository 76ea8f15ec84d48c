"""Weighs what was found at an address: whether it still works, has moved, or only seems to be there."""

import re
from mimetypes import guess_type
from urllib.parse import urlsplit

from bot.links.asking import Answer, Asker
from bot.links.finding import Finding, Unreached, Why
from knowledge.model import Sighting

FRONT = frozenset({
    "", "da", "dk", "en", "forside", "forsiden", "frontpage", "home",
    "index.html", "index.htm", "index.php", "default.aspx",
})  # fmt: skip
"""Paths of front pages."""
_NOWHERE = re.compile(r"(?:^|[^a-z0-9])(?:404|not-?found|error|fejl|fejlside|ikke-fundet|login|signin)(?:$|[^a-z0-9])")
"""In an address: a page that says that there is no page, or that wants to know who one is."""
PAGES = ("text/html", "application/xhtml+xml")
HOPELESS: tuple[Why, ...] = ("dns", "resolver", "private", "address", "tls", "refused", "wait", "unreachable")
"""Reasons that are the same whatever is asked for."""


async def looked_at(asker: Asker, url: str, before: Sighting | None) -> Finding:
    """What is at the address. HEAD costs the server least; some refuse it, so only good news of it is believed."""
    found = await _asked(asker, "HEAD", url, before)
    good = found.kind in ("ok", "moved") and found.type
    return found if good or found.why in HOPELESS else await _asked(asker, "GET", url, before)


async def _asked(asker: Asker, method: str, url: str, before: Sighting | None) -> Finding:
    try:
        return judged(url, await asker.follow(method, url), before)
    except Unreached as error:
        unclear = error.why in ("wait", "resolver", "unreachable", "private")
        return Finding(url, "unclear" if unclear else "dead", error.why, 429 if error.why == "wait" else 0)


def judged(url: str, answer: Answer, before: Sighting | None) -> Finding:
    """The finding that an answer makes; `before`: what was there the last time."""
    to = answer.to
    kind = answer.type if re.fullmatch(r"[a-z0-9.+-]{1,50}/[a-z0-9.+-]{1,49}", answer.type) else ""
    if answer.status in (404, 410):
        return Finding(url, "dead", "gone", answer.status, to)
    if not 200 <= answer.status < 300:
        return Finding(url, "unclear", "status", answer.status, to)
    if to and _leads_away(url, to):
        return Finding(url, "suspicious", "elsewhere", answer.status, to, kind)
    expected = (before.type if before else "") or guess_type(urlsplit(url).path)[0] or ""
    if expected and kind and (expected in PAGES) != (kind in PAGES):
        return Finding(url, "changed", "page" if kind in PAGES else "no-page", answer.status, to, kind)
    if answer.moved_to:
        return Finding(url, "moved", None, answer.status, answer.moved_to, kind)
    return Finding(url, "ok", None, answer.status, to, kind)


def _leads_away(url: str, to: str) -> bool:
    """Whether what was one page among others now leads to a front page, or to one that says that nothing is there."""
    before, now = urlsplit(url), urlsplit(to)
    if not _is_front(before.path, before.query) and _is_front(now.path, now.query):
        return True
    told = f"{now.path}?{now.query}".lower()
    return bool(_NOWHERE.search(told)) and not _NOWHERE.search(f"{before.path}?{before.query}".lower())


def _is_front(path: str, query: str) -> bool:
    return path.strip("/").lower() in FRONT and not query
