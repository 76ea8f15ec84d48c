"""What a person reads where there is no page, or something went wrong: plain words, and ways on."""

from rapidfuzz import fuzz, process, utils
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web_site import Site
from bot.channels.web_things import PREFIXES, anchor, names_in
from bot.channels.web_view import Anchor
from handlers.texts import say
from knowledge.library import Library

NEAR = 60.0
"""How alike, of 100, a name must be to be offered."""
OFFERED = 5
SPOKEN = {404: "missing", 413: "long", 429: "often", 500: "fault"}
"""Status -> which words; all others are the person's request that the page does not know."""


class Errors:
    """The error pages."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def told(self, request: Request, status: int, number: str = "") -> Response:
        """The page, or JSON for a program; `number` is the id that the log has, too."""
        path = request.url.path
        language = "en" if f"{path}/".startswith(f"{PREFIXES['en']}/") else "da"
        kind = SPOKEN.get(status, "refused")
        head, text = say(language, f"web-error-{kind}"), say(language, f"web-error-text-{kind}")
        if path.startswith("/api/"):
            return JSONResponse({"error": head, "id": number} if number else {"error": head}, status)
        near = nearest(self._site.library, path.rstrip("/").rpartition("/")[2], language) if status == 404 else ()
        return self._site.page(
            request, language, "error.html", "", status, head=head, text=text, number=number, near=near
        )


def nearest(library: Library, wanted: str, language: str, most: int = OFFERED) -> tuple[Anchor, ...]:
    """The pages whose names or ids are most like what was asked for, the likest first."""
    names = names_in(library, language)
    scores: dict[str, float] = {}
    for choices in (names, {key: key for key in names}):
        found = process.extract(
            wanted[:100], choices, scorer=fuzz.WRatio, processor=utils.default_process, limit=most, score_cutoff=NEAR
        )
        for _, score, key in found:
            scores[key] = max(score, scores.get(key, 0.0))
    best = sorted(scores, key=lambda key: -scores[key])[:most]
    return tuple(anchor(library, key, language) for key in best)
