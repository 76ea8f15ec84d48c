"""The web channel: which address is answered by whom."""

import os
import secrets
from collections.abc import Awaitable, Callable, Iterator
from ipaddress import ip_address

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.channels.web_api import Api
from bot.channels.web_chat import CHANNEL, Chat
from bot.channels.web_edge import Edge
from bot.channels.web_errors import Errors
from bot.channels.web_feeds import Feeds
from bot.channels.web_pages import Endpoint, Pages
from bot.channels.web_papers import Papers
from bot.channels.web_probes import Probes
from bot.channels.web_security import BodyLimit, Chats, SecurityHeaders
from bot.channels.web_server import Server
from bot.channels.web_site import PAINTS, STATIC, Site, content
from bot.channels.web_things import PREFIXES
from bot.channels.web_webhook import Door, Webhook
from bot.config import Settings
from bot.conversation import Conversation
from bot.delivery import Base
from bot.floods import Floods
from bot.pull import Pull
from bot.readiness import Readiness

FOREVER = "public, max-age=31536000, immutable"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class _Static(StaticFiles):
    """Files to be kept for good where the address tells their content, and to be asked for again where it does not."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = FOREVER if scope["query_string"] else "no-cache"
        return response


def build(
    settings: Settings,
    conversation: Conversation,
    base: Base | None = None,
    readiness: Readiness | None = None,
    door: Door | None = None,
) -> Starlette:
    """The application over a conversation; it holds nothing of any chat.

    `base` gives the base for notices, see `bot.delivery.Base`; None: none are shown. `readiness` is what /readyz tells,
    `door` where Telegram calls.
    """
    store = conversation.store
    # Without a store a chat ends with the process, and so may its cookie.
    secret = store.secret_for("web") if store else secrets.token_bytes(32)
    tls = settings.web_address.startswith("https:")
    chats = Chats(secret, tls, bool(settings.web_parents))
    site = Site(conversation, chats, settings.web_address, bool(settings.web_parents))
    errors = Errors(site)
    pull = Pull(store, CHANNEL, base, settings.language) if store and base else None
    routes = [*_pages(site, pull), Route(f"/static/{PAINTS}", _paints), Mount("/static", _Static(directory=STATIC))]
    middleware = [
        *([Middleware(Webhook, door=door)] if door else []),
        Middleware(Probes, readiness=readiness or Readiness()),
        Middleware(SecurityHeaders, parents=settings.web_parents, tls=tls),
        Middleware(Edge, told=errors.told, floods=Floods(settings.web_limit)),
        Middleware(TrustedHostMiddleware, allowed_hosts=_hosts(settings), www_redirect=False),
        Middleware(BodyLimit),
    ]

    async def refused(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        response = errors.told(request, fault.status_code)
        response.headers.update(fault.headers or {})
        return response

    return Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: refused})


def _pages(site: Site, pull: Pull | None) -> Iterator[Route]:
    """Every page in every language, Danish first."""
    chat, pages, papers, feeds, api = Chat(site, pull), Pages(site), Papers(site), Feeds(site), Api(site)
    table: list[tuple[str, Endpoint, str]] = [
        ("/", chat.first, "GET"),
        ("/", chat.turn, "POST"),
        ("/k/{key}.pdf", papers.municipality, "GET"),
        ("/t/{key}.pdf", papers.theme, "GET"),
        *pages.table(),
        ("/feed/all.atom", feeds.all, "GET"),
        ("/feed/k/{key}.atom", feeds.municipality, "GET"),
        ("/feed/t/{key}.atom", feeds.theme, "GET"),
    ]
    for language, prefix in PREFIXES.items():
        for path, endpoint, method in table:
            yield Route(prefix + path, _in(language, endpoint), methods=[method])
        if prefix:
            yield Route(prefix, _in(language, chat.first), methods=["GET"])
    yield Route("/api/answer", api.answer)
    yield Route("/api/knowledge", api.knowledge)
    yield Route("/api/knowledge.csv", api.table)
    yield Route("/api/names", api.names)
    yield Route("/api/openapi.json", api.description)


async def _paints(request: Request) -> Response:
    headers = {"Cache-Control": FOREVER if request.url.query else "no-cache"}
    return Response(content(PAINTS), media_type="text/css", headers=headers)


def _in(language: str, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await endpoint(request, language)

    return answer


def _hosts(settings: Settings) -> list[str]:
    """The names that the page answers to: on this machine alone no other, lest a foreign site takes one for its own."""
    at = settings.web_at
    public = settings.web_address.partition("://")[2].partition("/")[0].rpartition("@")[2]
    name = public if public.endswith("]") else public.partition(":")[0]
    if at is None or not (name or _is_loopback(at[0])):
        return ["*"]
    return [*LOOPBACK, *([name] if name else [])]


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class WebService(Server):
    """The page at its host and port."""

    def __init__(
        self,
        settings: Settings,
        conversation: Conversation,
        base: Base | None = None,
        readiness: Readiness | None = None,
        door: Door | None = None,
    ) -> None:
        """Takes the port at once; for what is optional see `build`. Raises OSError where the port cannot be had."""
        assert settings.web_at is not None
        super().__init__(
            settings.web_at,
            build(settings, conversation, base, readiness, door),
            proxy_headers=bool(settings.web_proxies),
            forwarded_allow_ips=list(settings.web_proxies),
        )
