"""For programs: an answer as the answer contract has it, the whole base, names for completion, and a description."""

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.ask import Answer, answers, fields
from bot.channels.web_conditional import OPEN, conditional
from bot.channels.web_opendata import as_object, as_table
from bot.channels.web_site import STATIC, Site
from bot.channels.web_things import names_in
from bot.metrics import count_answer
from handlers.dialogue import Dialogue
from knowledge.library import Library
from knowledge.model import LANGUAGES

LONGEST = 1_000
"""Letters of a question."""
NAMES = 20
"""How many names are offered for completion."""


class Api:
    """What stands below /api. Nothing is kept of who asks."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._description = json.loads((STATIC / "openapi.json").read_text("utf-8"))
        self._made: dict[Callable[[Library], Any], tuple[Library, bytes]] = {}

    async def answer(self, request: Request) -> Response:
        """GET /api/answer?q=...&lang=da|en: one question out of the blue, and its answer."""
        question, language = request.query_params.get("q", ""), request.query_params.get("lang", "")
        if not question.strip() or len(question) > LONGEST:
            return _refused(f"q must be a question of 1 to {LONGEST} characters")
        if language and language not in LANGUAGES:
            return _refused("lang must be da or en")
        (answer,) = self._answers(question, language)
        count_answer("api", answer.reply.about, answer.took_ms / 1000)
        return JSONResponse(fields(answer), headers={**OPEN, "Cache-Control": "no-store"})

    async def knowledge(self, request: Request) -> Response:
        """GET /api/knowledge."""
        return conditional(request, self._once(_json), "application/json")

    async def table(self, request: Request) -> Response:
        """GET /api/knowledge.csv: with a mark by which Excel sees that it is UTF-8."""
        response = conditional(request, self._once(_csv), "text/csv; charset=utf-8; header=present")
        response.headers["Content-Disposition"] = 'attachment; filename="vejviser.csv"'
        return response

    async def names(self, request: Request) -> Response:
        """GET /api/names?start=aa&lang=da: names that begin so, or have a word that does."""
        start = request.query_params.get("start", "").strip().casefold()
        language = request.query_params.get("lang", "") or LANGUAGES[0]
        if not start or language not in LANGUAGES:
            return _refused("start must have a letter, and lang must be da or en")
        names = dict.fromkeys(names_in(self._site.library, language).values())
        fitting = [name for name in names if f" {start}" in f" {name.casefold()}"]
        return JSONResponse({"names": fitting[:NAMES]}, headers=OPEN)

    async def description(self, request: Request) -> Response:
        """GET /api/openapi.json."""
        told = {**self._description, "servers": [{"url": self._site.address(request)}]}
        return JSONResponse(told, headers=OPEN)

    def _answers(self, question: str, language: str) -> list[Answer]:
        kept = self._site.conversation.dialogue
        # Without a chat there is nobody to remember, or to send notices to.
        dialogue = Dialogue(kept.library, kept.understander, kept.today)
        return list(answers(dialogue, [question], language, separated=False))

    def _once(self, make: Callable[[Library], bytes]) -> bytes:
        """What is made of the base, for as long as it is the same."""
        library = self._site.library
        if make not in self._made or self._made[make][0] is not library:
            self._made[make] = library, make(library)
        return self._made[make][1]


def _refused(reason: str) -> Response:
    return JSONResponse({"error": reason}, 422, headers=OPEN)


def _json(library: Library) -> bytes:
    return json.dumps(as_object(library), ensure_ascii=False, indent=1).encode()


def _csv(library: Library) -> bytes:
    return as_table(library).encode("utf-8-sig")
