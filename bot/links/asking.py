"""Asks one address over HTTP and follows where it leads, hop by hop; what cannot be had becomes one plain reason."""

import asyncio
import errno
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import quote
from urllib.request import getproxies

import httpx

from bot.links.finding import Unreached
from bot.links.pace import Pace

AGENT = "Vejviser/0.1 (vejviser links: looks whether the addresses that it links to still work)"
HOPS = 10
"""Redirects in a row beyond which an address leads nowhere."""
SECONDS = 20.0
"""How long one request may take in all."""
PATIENCE = 60.0
"""Seconds that are waited where a server says how long to wait; where it says more, it is left alone."""
TRIES = 2
"""How often a server that asked to wait is asked."""
READABLE = 200_000
"""Bytes of an answer that is read; of the addresses themselves nothing is."""
_AS_IT_IS = "".join(chr(code) for code in range(0x21, 0x7F))
"""What needs no escape in an address that a server has written."""


@dataclass(frozen=True)
class Answer:
    """What is at the end of all redirects."""

    status: int
    type: str
    to: str = ""
    """Where that is; "" where there was no redirect."""
    moved_to: str = ""
    """How far redirects that are meant for good lead; "" where the first one is not."""


class Asker:
    """Asks; `private`: also in this machine's own network."""

    def __init__(self, pace: Pace, *, private: bool = False, seconds: float = SECONDS) -> None:
        self._pace, self._private, self._seconds = pace, private, seconds
        self._by_proxy = bool(getproxies())
        self._closed: set[str] = set()
        """Hosts that asked for a longer rest."""
        self._client = httpx.AsyncClient(headers={"User-Agent": AGENT}, timeout=seconds)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def follow(self, method: str, url: str) -> Answer:
        """The answer at the end of all redirects. Raises Unreached."""
        at, to, moved_to, for_good = _address(url), "", "", True
        for _ in range(HOPS + 1):
            response, _ = await self._patiently(method, at)
            if not (target := _target(response)):
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                return Answer(response.status_code, kind, to, moved_to)
            for_good = for_good and response.status_code in (301, 308)
            at, to = target, str(target)
            moved_to = to if for_good else moved_to
        raise Unreached("circle")

    async def read(self, url: str) -> bytes:
        """The beginning of what stands at an address. Raises Unreached."""
        response, body = await self._patiently("GET", _address(url), READABLE)
        if response.status_code != 200:
            raise Unreached("status")
        return body

    async def _patiently(self, method: str, url: httpx.URL, read: int = 0) -> tuple[httpx.Response, bytes]:
        """The response and so much of its body; asked again after a while where the server says so."""
        for tried in range(1, TRIES + 1):
            if url.host in self._closed:
                raise Unreached("wait")
            response, body = await self._ask(method, url, read)
            if response.status_code not in (429, 503):
                return response, body
            wait = _told_to_wait(response)
            if wait > PATIENCE:
                self._closed.add(url.host)
            elif wait and tried < TRIES:
                self._pace.hold(url.host, wait)
                continue
            break
        if response.status_code == 429:
            raise Unreached("wait")
        return response, body

    async def _ask(self, method: str, url: httpx.URL, read: int) -> tuple[httpx.Response, bytes]:
        try:
            async with self._pace.turn(url.host), asyncio.timeout(self._seconds):
                await self._permit(url)
                # A body is left where it is: some papers are large, and all that counts stands before it.
                async with self._client.stream(method, url) as response:
                    return response, await _beginning(response, read) if read else b""
        except (httpx.TimeoutException, TimeoutError):
            raise Unreached("timeout") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            raise Unreached("address") from None
        except httpx.HTTPError as error:
            raise _unreached(error) from None

    async def _permit(self, url: httpx.URL) -> None:
        """Raises Unreached where the host is unknown, or stands in a network of one's own and is not to be asked.

        An address in the base, or where it leads, may be anybody's doing: it shall not make this machine knock at
        what only this machine can reach. A proxy looks up names itself, and decides itself.
        """
        host = url.raw_host.decode("ascii")
        try:
            found = [ipaddress.ip_address(host)]
        except ValueError:
            if self._by_proxy:
                return
            found = await _looked_up(host, url.port or 0)
        if not self._private and not all(_public(one) for one in found):
            raise Unreached("private")


_Host = ipaddress.IPv4Address | ipaddress.IPv6Address


async def _looked_up(host: str, port: int) -> list[_Host]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise Unreached("resolver" if error.errno == socket.EAI_AGAIN else "dns") from None
    return [ipaddress.ip_address(one[4][0]) for one in found]


def _public(host: _Host) -> bool:
    inner = host.ipv4_mapped if isinstance(host, ipaddress.IPv6Address) else None
    return (inner or host).is_global


def _address(url: str) -> httpx.URL:
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError):
        raise Unreached("address") from None
    if not found.host:
        raise Unreached("address")
    return found


def _target(response: httpx.Response) -> httpx.URL | None:
    """Where a response leads; None where it leads nowhere. Raises Unreached where that is no address.

    Bytes that are no ASCII are kept as they are: a server that writes its own paths in Latin-1 knows them by these.
    """
    if response.status_code not in (301, 302, 303, 307, 308):
        return None
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    if not raw.strip():
        return None
    at = response.request.url
    try:
        target = at.join(quote(raw.strip(), safe=_AS_IT_IS))
    except (httpx.InvalidURL, UnicodeError):
        raise Unreached("address") from None
    if target.scheme not in ("http", "https") or not target.host:
        raise Unreached("address")
    return target if target.fragment or not at.fragment else target.copy_with(fragment=at.fragment)


def _told_to_wait(response: httpx.Response) -> float:
    """Seconds that the server asks to wait, 0 where it does not say."""
    told = response.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return 0.0
    return max((moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


async def _beginning(response: httpx.Response, most: int) -> bytes:
    found = b""
    async for chunk in response.aiter_bytes():
        found += chunk
        if len(found) >= most:
            break
    return found[:most]


def _unreached(error: BaseException) -> Unreached:
    """The reason that stands somewhere below what httpx raises."""
    causes = list(_causes(error))
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return Unreached("tls")
    if any(isinstance(one, ConnectionRefusedError) for one in causes):
        return Unreached("refused")
    if any(isinstance(one, socket.gaierror) for one in causes):
        return Unreached("dns")
    cut_off = any(isinstance(one, OSError) and one.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH) for one in causes)
    return Unreached("unreachable" if cut_off or isinstance(error, httpx.ProxyError) else "broken")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from _causes(one)
        error = error.__cause__ or error.__context__
