"""How calls reach Telegram: over aiohttp, for which a notice takes a third of the library's own way."""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    FormData,
    JsonPayload,
    Payload,
    TCPConnector,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.metrics import CALLS

_OF_WHAT_WAS_SENT = ("message_id", "date", "chat")
"""What the library must have of a message."""


class Request(BaseRequest):
    """Connections that are kept open; a fault is told by its kind alone, for the address has the token in it."""

    def __init__(self, connections: int, seconds: float) -> None:
        """At most so many connections; `seconds` to get one, and then to be answered, unless a call says otherwise."""
        self._connections = connections
        self._seconds = seconds
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return self._seconds

    async def initialize(self) -> None:
        """Nothing: the first call opens the session."""

    async def shutdown(self) -> None:
        """Closes the connections."""
        session, self._session = self._session, None
        if session:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What a call brings. Of a message that was sent, only what is new: to make objects of its words and buttons,
        which the bot has just made of its own, takes a tenth of the time that a question takes."""
        answer = BaseRequest.parse_json_payload(payload)
        sent = answer.get("result")
        if isinstance(sent, dict) and "message_id" in sent:
            answer["result"] = {name: sent[name] for name in _OF_WHAT_WAS_SENT if name in sent}
        return answer

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Status and body. Raises NetworkError, and TimedOut where it is that."""
        call = url.rpartition("/")[2]
        try:
            status, body = await self._requested(url, *args, **kwargs)
        except NetworkError as fault:
            CALLS.labels(call, "timeout" if isinstance(fault, TimedOut) else "network").inc()
            raise
        CALLS.labels(call, str(status)).inc()
        return status, body

    async def _requested(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            connector = TCPConnector(limit=self._connections)
            # Looked up once: aiohttp itself would ask the system at each call, in another thread.
            self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar(), proxy=_proxy(url))
        read, connect = (
            one if isinstance(one, float | int) else self._seconds for one in (read_timeout, connect_timeout)
        )
        timeout = ClientTimeout(total=None, connect=connect, sock_read=read)
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as answer:
                status, body = answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as fault:
            raise NetworkError(type(fault).__name__) from None
        if not (body.startswith(b"{") and body.endswith(b"}")):
            # What something in between says, whatever its status: the library would log it, and a 404 end the bot.
            raise NetworkError(f"{status} without JSON")
        return status, body


def _proxy(url: str) -> str | None:
    """The proxy through which the system wants an address to be called (HTTPS_PROXY, NO_PROXY and the like)."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


def _body(data: RequestData | None) -> FormData | Payload | None:
    """What is called for: as JSON, which costs least, or where there are files, as a form in parts."""
    if data is None:
        return None
    if not data.contains_files:
        return JsonPayload(data.parameters)
    form = FormData(data.json_parameters)
    for name, (file, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file, content_type=kind)
    return form
