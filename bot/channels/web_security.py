"""Who may do what on the page: the signed cookie, the forms' token, foreign sites, and the headers."""

import re
import secrets
from collections.abc import Sequence
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from itsdangerous import BadSignature, Signer
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 16_384
"""No form of ours is longer than this; a question is a sentence."""
COOKIE_SECONDS = 365 * 24 * 3600
NOBODY = "'none'"
_CHAT = re.compile(r"[A-Za-z0-9_-]{16,64}")
_READ = frozenset({"GET", "HEAD", "OPTIONS"})


class Chats:
    """Tells a browser's chat by its cookie, which holds a signed random name and nothing else."""

    def __init__(self, secret: bytes, secure: bool, framed: bool = False) -> None:
        """`secure`: the page is only served over TLS. `framed`: it may stand within other sites' pages."""
        self._names = Signer(secret, salt=b"vejviser.chat", digest_method=sha256)
        self._tokens = Signer(secret, salt=b"vejviser.form", digest_method=sha256)
        # The prefix has browsers refuse a cookie that another host of the domain, or a plain connection, has set.
        self.cookie = "__Host-chat" if secure else "chat"
        # A browser gives a page within another site's page only a cookie that is kept apart for that site.
        same_site = "SameSite=None; Partitioned" if secure and framed else "SameSite=Lax"
        self._attributes = f"Path=/; HttpOnly; {same_site}" + ("; Secure" if secure else "")

    def chat_of(self, request: Request) -> str:
        """The chat that the browser's cookie names; "" where there is none, or it was not signed here."""
        try:
            name = self._names.unsign(request.cookies.get(self.cookie, "")).decode()
        except (BadSignature, UnicodeError):
            return ""
        return name if _CHAT.fullmatch(name) else ""

    def token(self, chat: str) -> str:
        """What a form must carry so that it counts as this chat's; "" where there is no chat yet."""
        return self._tokens.get_signature(chat).decode() if chat else ""

    def fits(self, chat: str, token: str) -> bool:
        """Whether the token is the chat's."""
        return secrets.compare_digest(self.token(chat).encode(), token.encode())

    def begin(self) -> str:
        """The name of a new chat."""
        return secrets.token_urlsafe(24)

    def remember(self, response: Response, chat: str) -> None:
        """Has the browser keep the chat's cookie."""
        name = self._names.sign(chat).decode()
        response.headers.append("Set-Cookie", f"{self.cookie}={name}; Max-Age={COOKIE_SECONDS}; {self._attributes}")

    def forget(self, response: Response) -> None:
        """Has the browser drop it."""
        response.headers.append("Set-Cookie", f"{self.cookie}=; Max-Age=0; {self._attributes}")


def is_foreign(request: Request, address: str) -> bool:
    """Whether another site's page has sent the request; `address`: the root of our own, as browsers know it."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return False  # no browser of these years: whoever writes their own requests needs no victim
    parts = urlsplit(origin)
    return parts.netloc not in (urlsplit(address).netloc, request.headers.get("host", ""))


class SecurityHeaders:
    """Sets on every response what a page may load, who may frame it, and what is not told to others."""

    def __init__(self, app: ASGIApp, parents: Sequence[str] = (), tls: bool = False) -> None:
        """`parents`: origins whose pages may hold ours in a frame; `tls`: browsers shall come by TLS alone."""
        self._app = app
        policy = [
            "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "connect-src 'self'",
            "form-action 'self'", "base-uri 'none'", f"frame-ancestors {' '.join(parents) or NOBODY}",
        ]  # fmt: skip
        self._headers = {
            "Content-Security-Policy": "; ".join(policy),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if not parents:
            self._headers["X-Frame-Options"] = "DENY"
        if tls:
            self._headers["Strict-Transport-Security"] = f"max-age={COOKIE_SECONDS}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Refuses a body that is too long, before or while it is read."""

    def __init__(self, app: ASGIApp, most: int = BODY_BYTES) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it. Raises HTTPException 413."""
        if scope["type"] != "http" or scope["method"] in _READ:
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > self._most:
            raise HTTPException(413)
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def client_of(scope: Scope) -> str:
    """By what a client is counted: its address, of an IPv6 address the network, for a home has a whole one."""
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return str(address.exploded[:19]) if isinstance(address, IPv6Address) else str(address)
