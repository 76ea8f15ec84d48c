"""What load balancers and orchestrators ask: does the process live, and can it do its work now."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.readiness import Readiness


class Probes:
    """Answers /healthz and /readyz before anything else: who probes is no flood, and calls the machine by any name."""

    def __init__(self, app: ASGIApp, readiness: Readiness, named: bool = False) -> None:
        """`named`: whether who asks is told what is not well, too; the log has it in any case."""
        self._app = app
        self._readiness = readiness
        self._named = named

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        path = scope["path"] if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else ""
        if path == "/healthz":
            # That the event loop still turns is shown by the answer itself.
            await _told("alive")(scope, receive, send)
        elif path == "/readyz":
            await self._ready(await self._readiness.look())(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _ready(self, found: dict[str, bool]) -> PlainTextResponse:
        well = all(found.values())
        lines = [f"{name}: {'well' if one else 'not well'}" for name, one in found.items()] if self._named else []
        return _told("\n".join(("ready" if well else "not ready", *lines)), well)


def _told(text: str, well: bool = True) -> PlainTextResponse:
    return PlainTextResponse(f"{text}\n", 200 if well else 503, {"Cache-Control": "no-store"})
