"""The outermost edge of the page: floods are slowed, faults become a friendly page with an id, and the log is short."""

import logging
from collections.abc import Callable
from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web_security import client_of
from bot.failure import where
from bot.floods import Floods
from bot.logs import begin_turn
from bot.metrics import FAULTS

Told = Callable[[Request, int, str], Response]
"""Status and the fault's id ("" where it is not ours) -> what the person reads."""

log = logging.getLogger(__name__)


class Edge:
    """Lets no exception out. The log has the route's pattern and the time, never an address as it was typed."""

    def __init__(self, app: ASGIApp, told: Told, floods: Floods) -> None:
        self._app = app
        self._told = told
        self._floods = floods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = perf_counter()
        status = 0
        number = begin_turn()

        async def counted(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-ID"] = number
            await send(message)

        request = Request(scope, receive)
        answer: Response | None = None
        if seconds := self._floods.wait(client_of(scope)):
            answer = self._told(request, 429, "")
            answer.headers["Retry-After"] = str(seconds)
        else:
            try:
                await self._app(scope, receive, counted)
            except HTTPException as refused:
                answer = self._told(request, refused.status_code, "")
            except ClientDisconnect:
                pass  # Nobody is left to hear anything, and nothing is wrong here.
            except Exception as fault:
                FAULTS.labels("web").inc()
                log.error("fault %s: %s at %s", number, type(fault).__name__, where(fault))
                answer = self._told(request, 500, number)
        if answer and not status:
            await answer(scope, receive, counted)
        took = round((perf_counter() - start) * 1000, 1)
        fields = {"method": scope["method"], "route": _pattern(scope), "status": status, "took_ms": took}
        log.debug("%(method)s %(route)s %(status)d took_ms=%(took_ms)s", fields, extra={"fields": fields})


def _pattern(scope: Scope) -> str:
    route = scope.get("route")
    return getattr(route, "path", "") or "no route"
