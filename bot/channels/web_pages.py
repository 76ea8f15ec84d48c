"""The pages beside the chat: one for each thing of the base, lists, a search for names, and what one should know."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.terminal_view import clean
from bot.channels.web_errors import nearest
from bot.channels.web_lists import LISTS, list_sheet
from bot.channels.web_sheets import Sheet, sheet
from bot.channels.web_site import Site
from bot.channels.web_things import LETTERS, PREFIXES, shelf
from bot.channels.web_view import Shown, shown
from handlers.session import Session
from knowledge.library import Library

KEPT = 2_000
"""How many pages' contents are kept; a page of a theme is some 20 kB."""
FOUND = 20
"""How many names a search shows."""

Endpoint = Callable[[Request, str], Awaitable[Response]]


class Pages:
    """The pages. What stands on one is put together once a day and base; the page around it each time."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: OrderedDict[tuple[str, str], tuple[Sheet, Shown | None]] = OrderedDict()
        self._kept_of: tuple[Library, date] | None = None

    def table(self) -> list[tuple[str, Endpoint, str]]:
        """Path, who answers it, and the method."""
        return [
            *((path, self.listed, "GET") for path in LISTS),
            *((f"/{letter}/{{key}}", self.thing, "GET") for letter in LETTERS),
            ("/find", self.find, "GET"),
            ("/find", self.found, "POST"),
            ("/privacy", self.privacy, "GET"),
            ("/accessibility", self.accessibility, "GET"),
            ("/data", self.data, "GET"),
            ("/embed", self.embed, "GET"),
        ]

    async def thing(self, request: Request, language: str) -> Response:
        """GET /k/aarhus and the like."""
        letter = request.url.path.removeprefix(PREFIXES[language])[1]
        key = request.path_params["key"]
        if letter not in LETTERS or key not in shelf(self._site.library, letter):
            raise HTTPException(404)
        path = f"/{letter}/{key}"
        return self._sheet(
            request, language, path, lambda today: sheet(self._site.library, letter, key, language, today)
        )

    async def listed(self, request: Request, language: str) -> Response:
        """GET /k and the like."""
        path = request.url.path.removeprefix(PREFIXES[language])
        return self._sheet(request, language, path, lambda today: list_sheet(self._site.library, path, language, today))

    async def find(self, request: Request, language: str) -> Response:
        """GET /find: the field alone."""
        return self._site.page(request, language, "find.html", "/find", wanted="", found=None)

    async def found(self, request: Request, language: str) -> Response:
        """POST /find: the pages whose names are like what was typed; it stands in no address."""
        wanted = clean(str((await request.form(max_files=0)).get("name", ""))).strip()
        found = nearest(self._site.library, wanted, language, FOUND) if wanted else ()
        if len(found) == 1 or (found and found[0].label.casefold() == wanted.casefold()):
            return RedirectResponse(found[0].url, 303)
        return self._site.page(request, language, "find.html", "", wanted=wanted, found=found)

    async def privacy(self, request: Request, language: str) -> Response:
        """GET /privacy: the words of /privatliv, and what the page itself does."""
        reply, _ = self._site.conversation.dialogue.act("privacy", Session(language=language))
        return self._site.page(request, language, "privacy.html", "/privacy", told=shown(reply))

    async def accessibility(self, request: Request, language: str) -> Response:
        """GET /accessibility."""
        operator = self._site.conversation.dialogue.keeping.operator
        return self._site.page(request, language, "accessibility.html", "/accessibility", operator=operator)

    async def data(self, request: Request, language: str) -> Response:
        """GET /data: what there is for programs and feed readers."""
        return self._site.page(
            request, language, "data.html", "/data",
            places=self._site.library.municipalities.values(), themes=self._site.library.themes.values(),
        )  # fmt: skip

    async def embed(self, request: Request, language: str) -> Response:
        """GET /embed: how to put the chat on another page; only where that is allowed."""
        if not self._site.framed:
            raise HTTPException(404)
        return self._site.page(request, language, "embed.html", "/embed")

    def _sheet(self, request: Request, language: str, path: str, make: Callable[[date], Sheet]) -> Response:
        page, further = self._content(language, path, make)
        return self._site.page(request, language, "sheet.html", path, sheet=page, further=further)

    def _content(self, language: str, path: str, make: Callable[[date], Sheet]) -> tuple[Sheet, Shown | None]:
        dialogue = self._site.conversation.dialogue
        of = dialogue.library, dialogue.today()
        if self._kept_of is None or self._kept_of[0] is not of[0] or self._kept_of[1] != of[1]:
            self._kept.clear()
            self._kept_of = of
        if (language, path) not in self._kept:
            made = make(of[1])
            self._kept[language, path] = made, self._further(made, language) if made.action else None
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[language, path]

    def _further(self, page: Sheet, language: str) -> Shown:
        """What the chat offers under the answer that the page is: next questions, and news of the same."""
        reply, _ = self._site.conversation.dialogue.act(page.action, Session(language=language))
        follow = tuple(one for one in reply.buttons if one.action.startswith("subscribe"))
        return shown(replace(reply, buttons=follow))
