"""What all pages share: the conversation behind them, their addresses in two languages, templates, and static files."""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.channels.web_security import Chats
from bot.channels.web_things import PREFIXES
from bot.channels.web_view import typeset
from bot.conversation import Conversation
from bot.drawing.canvas import stylesheet
from handlers.texts import say
from knowledge.library import Library
from knowledge.model import LANGUAGES

HERE = Path(__file__).parent
STATIC = HERE / "static"
PAINTS = "paints.css"
"""The static file with the colours of drawings, which the drawing itself knows."""


@cache
def static(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers can keep the file for good."""
    return f"/static/{name}?{sha256(content(name)).hexdigest()[:12]}"


def content(name: str) -> bytes:
    """What stands in a static file."""
    return stylesheet().encode() if name == PAINTS else (STATIC / name).read_bytes()


def templates() -> Environment:
    """The templates; what they are given is escaped, and a name that they lack is a fault."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["typeset"] = typeset
    return environment


class Site:
    """One website over one conversation."""

    def __init__(self, conversation: Conversation, chats: Chats, address: str = "", framed: bool = False) -> None:
        """`address`: the public root without a slash at the end; "": as each request has it."""
        self.conversation = conversation
        self.chats = chats
        self.framed = framed
        self._address = address
        self._templates = templates()
        self._said: dict[str, Callable[..., str]] = {language: partial(say, language) for language in LANGUAGES}

    @property
    def library(self) -> Library:
        """The base as it now is."""
        return self.conversation.dialogue.library

    def address(self, request: Request) -> str:
        """The root of all our addresses, as the person's browser knows it."""
        return self._address or str(URL(scope=request.scope).replace(path="", query="", fragment="")).rstrip("/")

    def html(self, request: Request, language: str, template: str, path: str = "/", **values: Any) -> str:
        """A page as HTML. `path`: the page's own, without the language's prefix; "": it has no address of its own."""
        chat = self.chats.chat_of(request)
        root = self.address(request)
        given: dict[str, Any] = {
            "say": self._said[language],
            "static": static,
            "language": language,
            "languages": {one: f"{PREFIXES[one]}{path or '/'}" for one in LANGUAGES},
            "prefix": PREFIXES[language],
            "address": root,
            "path": path,
            "token": self.chats.token(chat),
            "framed": self.framed,
            **values,
        }
        return self._templates.get_template(template).render(given)

    def page(
        self, request: Request, language: str, template: str, path: str = "/", status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The same as a response. It may hold the form's token, so it is the browser's own and not kept."""
        html = self.html(request, language, template, path, **values)
        headers = {"Content-Language": language, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
        return HTMLResponse(html, status, headers)

    def text(self, template: str, **values: Any) -> str:
        """What is no page: a feed."""
        return self._templates.get_template(template).render(static=static, **values)
