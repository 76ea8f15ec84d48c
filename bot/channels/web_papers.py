"""A municipality or a theme on one page of A4, as a PDF: made when it is asked for, beside the answers."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web_conditional import OPEN, has
from bot.channels.web_site import Site
from bot.printing import digest_of, pdf_of, printed
from handlers.brief import paper
from handlers.turn import Turn
from knowledge.query import Query


class Papers:
    """The pages to hand out. They are open to all and tell nothing of who asks."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def municipality(self, request: Request, language: str) -> Response:
        """GET /k/{key}.pdf."""
        key = request.path_params["key"]
        return await self._printed(request, language, Query("brief", (key,)), key in self._site.library.municipalities)

    async def theme(self, request: Request, language: str) -> Response:
        """GET /t/{key}.pdf."""
        key = request.path_params["key"]
        return await self._printed(request, language, Query("brief", (), (key,)), key in self._site.library.themes)

    async def _printed(self, request: Request, language: str, query: Query, known: bool) -> Response:
        if not known:
            raise HTTPException(404)
        page = paper(Turn(self._site.library, query, language, self._site.conversation.dialogue.today()))
        assert page
        tag = f'"{digest_of(page)}"'
        headers = {
            **OPEN,
            "ETag": tag,
            "Content-Language": language,
            "Content-Disposition": f'inline; filename="{page.name}.pdf"',
        }
        if has(request, tag):
            return Response(status_code=304, headers=headers)
        content = await printed(pdf_of, page)
        return Response(content, media_type="application/pdf", headers=headers)
