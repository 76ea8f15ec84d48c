"""The door at which Telegram hands in updates, where a webhook is set: for it alone, and 200 once they are stored."""

import json
import secrets
from collections.abc import Awaitable, Callable
from ipaddress import ip_address, ip_network
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web_security import BodyLimit
from bot.store import Store
from bot.store_database import StoreError

HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_BYTES = 1_000_000
"""No update is longer than this."""
NETWORKS = (ip_network("149.154.160.0/20"), ip_network("91.108.4.0/22"))
"""From which Telegram calls, as it says itself."""

Take = Callable[[dict[str, Any]], Awaitable[None]]
"""Returns when the update is stored. Raises StoreError."""


class Door:
    """Where Telegram is to call, what it is to say there, and who takes what it brings."""

    def __init__(self, store: Store, networks: bool = False) -> None:
        """`networks`: only Telegram's own networks may call.

        Both secrets come from that of the store: all replicas have the same, and after a change of it Telegram knows
        another address, which shows that the webhook has to be set again.
        """
        self.path = f"/telegram/{store.secret_for('webhook path').hex()[:32]}"
        self.secret = store.secret_for("webhook").hex()
        self.take: Take | None = None
        """None: nobody is there to take anything yet."""
        self._networks = networks

    async def answer(self, request: Request) -> None:
        """Returns when Telegram may forget the update. Raises HTTPException where it may not."""
        if request.method != "POST":
            raise HTTPException(405, headers={"Allow": "POST"})
        if self._networks and not _is_telegrams(request):
            raise HTTPException(403)
        if not secrets.compare_digest(request.headers.get(HEADER, "").encode(), self.secret.encode()):
            raise HTTPException(401)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPException(415)
        update = _update_in(await request.body())
        if self.take is None:
            raise HTTPException(503)
        try:
            await self.take(update)
        except StoreError:
            # Whoever takes has told the log; Telegram brings it again.
            raise HTTPException(503) from None


class Webhook:
    """Answers at the door's address before anything else: Telegram is no flood, and an update may be long."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door
        self._answer = BodyLimit(self._at_the_door, BODY_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http" or scope["path"] != self._door.path:
            await self._app(scope, receive, send)
            return
        try:
            await self._answer(scope, receive, send)
        except ClientDisconnect:
            pass  # Gone before all had come: Telegram, or the proxy, brings it again.
        except HTTPException as refused:
            headers = {"Cache-Control": "no-store", **(refused.headers or {})}
            await PlainTextResponse(f"{refused.detail}\n", refused.status_code, headers)(scope, receive, send)

    async def _at_the_door(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._door.answer(Request(scope, receive))
        await PlainTextResponse("")(scope, receive, send)


def _update_in(body: bytes) -> dict[str, Any]:
    """Raises HTTPException where there is none."""
    try:
        update = json.loads(body)
    except ValueError:
        update = None
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(update, dict) or not isinstance(number, int) or isinstance(number, bool):
        raise HTTPException(400)
    return update


def _is_telegrams(request: Request) -> bool:
    """Behind proxies that are believed, the client is who they say."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    return any(address in network for network in NETWORKS)
