"""A web server with everything that can be wrong with a link: written byte by byte, for no library would send it."""

import json
import socket
import struct
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HTML, PDF = b"text/html; charset=utf-8", b"Application/PDF"
LATER = b"3600"
"""What a server says that wants to be left alone for longer than anybody waits."""
HUGE = 10_000_000_000
CHUNK = b"x" * 65_536

Reply = Callable[["Request"], bytes]


class Reset(Exception):
    """Ends the connection in the middle, without a goodbye."""


def answer(status: int, *headers: bytes, body: bytes = b"") -> bytes:
    """An answer whose headers may hold any bytes."""
    lines = (b"HTTP/1.1 %d -" % status, b"Connection: close", b"Content-Length: %d" % len(body), *headers)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def ok(kind: bytes = HTML) -> bytes:
    """What stands there is of that type."""
    return answer(200, b"Content-Type: " + kind)


def to(place: bytes, status: int = 301) -> Reply:
    """Redirects there."""
    return lambda _: answer(status, b"Location: " + place)


def says(status: int, *headers: bytes) -> Reply:
    """Always the same."""
    return lambda _: answer(status, *headers, b"Content-Type: text/html")


def refuses_head(status: int) -> Reply:
    """As many servers do, though the page is there."""
    return lambda request: answer(status) if request.method == "HEAD" else ok(PDF)


class Request(StreamRequestHandler):
    """One request; a connection has no second one."""

    server: "LinkServer"
    method = path = ""
    headers: dict[str, str]

    def handle(self) -> None:
        """Notes the request and writes the reply of its path."""
        line = self.rfile.readline().decode("ascii")
        if not line.strip():
            return
        self.method, self.path, _ = line.split()
        self.headers = {}
        while header := self.rfile.readline().strip().decode("latin-1"):
            name, _, value = header.partition(":")
            self.headers[name.lower()] = value.strip()
        with self.server.noted(self):
            reply = self.server.replies.get(urlsplit(self.path).path, says(404))
            try:
                self.wfile.write(reply(self))
                self.wfile.flush()
            except Reset:
                self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            except OSError:
                pass  # the other side has heard enough

    def host(self) -> str:
        """The name that was asked for, without its port."""
        return self.headers.get("host", "").rpartition(":")[0]


class LinkServer(ThreadingTCPServer):
    """Serves `replies` on a free port, each request in a thread of its own."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 100

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.replies: dict[str, Reply] = {**REPLIES}
        self.requests: list[tuple[str, str, str]] = []
        """(method, host, path) of each, in their order."""
        self.agents: set[str] = set()
        self.asked: Counter[str] = Counter()
        """Path -> how often."""
        self.most: defaultdict[str, int] = defaultdict(int)
        """Host -> requests at the same time, at most; "" for all hosts together."""
        self.sent = 0
        """Bytes of the huge body that could be written."""
        self.ended = threading.Event()
        self._now: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def at(self, host: str) -> str:
        """The same by another name."""
        return f"http://{host}:{self.server_address[1]}"

    @contextmanager
    def noted(self, request: Request) -> Iterator[None]:
        """Remembers that it was asked, and how many are at the same time."""
        names = ("", request.host())
        with self._lock:
            self.requests.append((request.method, request.host(), request.path))
            self.agents.add(request.headers.get("user-agent", ""))
            self.asked[request.path] += 1
            for name in names:
                self._now[name] += 1
                self.most[name] = max(self.most[name], self._now[name])
        try:
            yield
        finally:
            with self._lock:
                self._now.subtract(names)


@contextmanager
def serving(server: LinkServer) -> Iterator[LinkServer]:
    """Lets it serve in a thread beside."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


class TlsServer(LinkServer):
    """The same behind a certificate that nobody vouches for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self_signed(folder))
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://127.0.0.1:{self.server_address[1]}"


def self_signed(folder: Path) -> Path:
    """A file with a key and its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file.write_bytes(key.private_bytes(pem, *form) + certificate.public_bytes(pem))
    return file


def _resets(_: Request) -> bytes:
    raise Reset


def _resets_within_headers(request: Request) -> bytes:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Ty")
    request.wfile.flush()
    raise Reset


def _resets_at_head(request: Request) -> bytes:
    if request.method == "HEAD":
        raise Reset
    return ok()


def _never(request: Request) -> bytes:
    request.server.ended.wait()
    return ok()


def _drips(request: Request) -> bytes:
    """A line now and then, so that no single wait is long."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not request.server.ended.wait(0.05):
        request.wfile.write(b"X-Still: here\r\n")
        request.wfile.flush()
    return b"\r\n"


def _huge(request: Request) -> bytes:
    if request.method == "HEAD":
        return answer(405)
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: %d\r\n\r\n" % HUGE)
    while request.server.sent < HUGE:
        request.wfile.write(CHUNK)
        request.server.sent += len(CHUNK)
    return b""


def _busy_once(wait: Callable[[], bytes]) -> Reply:
    """Asks to wait the first time."""

    def reply(request: Request) -> bytes:
        return answer(429, b"Retry-After: " + wait()) if request.server.asked[request.path] == 1 else ok()

    return reply


def _cookie(request: Request) -> bytes:
    """Redirects to itself until its cookie comes back."""
    if "seen=1" in request.headers.get("cookie", ""):
        return ok()
    return answer(302, b"Location: /cookie", b"Set-Cookie: seen=1; Path=/")


def _archive(request: Request) -> bytes:
    """As the Wayback Machine's availability API answers; it has copies of what is called "kept"."""
    asked = parse_qs(urlsplit(request.path).query)
    url, moment = asked["url"][0], asked.get("timestamp", ["20141231"])[0]
    copy = {"status": "200", "available": True, "timestamp": f"{moment}120000", "url": f"http://archive.test/{url}"}
    told = {"url": url, "archived_snapshots": {"closest": copy} if "kept" in url else {}}
    return answer(200, b"Content-Type: application/json", body=json.dumps(told).encode())


def _in_an_hour() -> bytes:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True).encode()


def _an_hour_ago() -> bytes:
    return format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True).encode()


REPLIES: dict[str, Reply] = {
    "/": lambda _: ok(),
    "/ok": lambda _: ok(),
    "/ok.pdf": lambda _: ok(PDF),
    "/data.pdf": lambda _: ok(b"application/octet-stream"),
    "/no-type": lambda _: answer(200),
    "/odd-type": lambda _: ok(b"text"),
    "/moved": to(b"/ok"),
    "/moved-308": to(b"/ok", 308),
    "/moved-twice": to(b"/moved"),
    "/moved-then-elsewhere": to(b"/for-now"),
    "/for-now": to(b"/ok", 302),
    "/for-now-307": to(b"/ok", 307),
    "/for-now-then-moved": to(b"/moved", 303),
    "/nowhere": says(302),
    "/loop": to(b"/loop"),
    "/cookie": _cookie,
    "/front": to(b"/"),
    "/front-da": to(b"/da/"),
    "/da/": lambda _: ok(),
    "/post": to(b"/?p=123"),
    "/old-1": to(b"/fejl/404.html", 302),
    "/fejl/404.html": lambda _: ok(),
    "/old-2": to(b"/account/login?ReturnUrl=x", 302),
    "/account/login": lambda _: ok(),
    "/to-gone": to(b"/gone"),
    "/gone": says(404),
    "/kept": says(404),
    "/gone-for-good": says(410),
    "/head-403": refuses_head(403),
    "/head-404": refuses_head(404),
    "/head-405": refuses_head(405),
    "/head-501": refuses_head(501),
    "/head-resets": _resets_at_head,
    "/401": says(401),
    "/403": says(403),
    "/500": says(500),
    "/503": says(503),
    "/429": says(429),
    "/busy-once": _busy_once(lambda: b"7"),
    "/busy-once-until": _busy_once(_an_hour_ago),
    "/busy": says(429, b"Retry-After: 7"),
    "/busy-long": says(429, b"Retry-After: " + LATER),
    "/busy-until": lambda _: answer(503, b"Retry-After: " + _in_an_hour()),
    "/never": _never,
    "/drips": _drips,
    "/reset": _resets,
    "/reset-within": _resets_within_headers,
    "/garbage": lambda _: b"SSH-2.0-OpenSSH_9.6\r\n",
    "/huge.pdf": _huge,
    "/was.pdf": lambda _: ok(),
    "/latin": to("/skærm".encode("latin-1")),
    "/sk%E6rm": lambda _: ok(),
    "/utf8": to("/økonomi".encode()),
    "/%C3%B8konomi": lambda _: ok(),
    "/to-bracket": to(b"http://[/"),
    "/to-mail": to(b"mailto:post@aarhus.dk"),
    "/wayback/available": _archive,
}
