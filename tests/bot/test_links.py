"""`vejviser links` against a server with every kind of fault: each is told for what it is, and none stops the rest."""

import asyncio
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.folders import cache_folder
from bot.links import archive, asking
from bot.links.asking import AGENT, Asker
from bot.links.finding import Finding, Unreached
from bot.links.judging import looked_at
from bot.links.pace import AT_ONCE, Pace
from bot.links.resuming import Resume
from bot.links.run import STOPPED, look, sighted
from handlers.texts import say
from knowledge.addresses import HEAD, addresses, write_sightings
from knowledge.loading import load_knowledge
from knowledge.model import Sighting, parse_day
from tests.bot.process import vejviser
from tests.link_server import LinkServer, Request, TlsServer, answer, ok, serving, to

TODAY = parse_day(str(date.today()))
IDN = "b\u00f8ger.test"
HOSTS = ("a.test", "b.test", "xn--bger-gra.test")
REAL = socket.getaddrinfo


@pytest.fixture
def server() -> Iterator[LinkServer]:
    """A server with a reply for every fault."""
    with serving(LinkServer()) as one:
        yield one


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that are looked up nowhere but here, and no proxy in between."""

    def getaddrinfo(host: str | bytes | None, *rest: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host or ""
        if name in HOSTS:
            return REAL("127.0.0.1", *rest, **options)
        if name == "inside.test":
            return REAL("10.1.2.3", *rest, **options)
        if name.endswith(".test") and name != "busy.test":
            name.encode("idna")  # as the real one does
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        if re.search(r"\.[a-z]+$", name):
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        return REAL(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(asking, "getproxies", dict)


class Time:
    """A clock that only moves while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def pace(self, pause: float = 1.0) -> Pace:
        """A pace by this clock."""
        return Pace(pause, lambda: self.now, self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


async def found(url: str, before: Sighting | None = None, *, private: bool = True, seconds: float = 10.0) -> Finding:
    """What is found at one address."""
    async with Asker(Time().pace(), private=private, seconds=seconds) as asker:
        return await looked_at(asker, url, before)


@pytest.mark.parametrize(
    ("path", "kind", "why", "status", "leads"),
    [
        ("/ok", "ok", None, 200, ""),
        ("/ok.pdf", "ok", None, 200, ""),
        ("/data.pdf", "ok", None, 200, ""),
        ("/no-type", "ok", None, 200, ""),
        ("/odd-type", "ok", None, 200, ""),
        ("/ok#punkt-2", "ok", None, 200, ""),
        ("/moved", "moved", None, 200, "/ok"),
        ("/moved#punkt-2", "moved", None, 200, "/ok#punkt-2"),
        ("/moved-308", "moved", None, 200, "/ok"),
        ("/moved-twice", "moved", None, 200, "/ok"),
        ("/moved-then-elsewhere", "moved", None, 200, "/for-now"),
        ("/for-now", "ok", None, 200, "/ok"),
        ("/for-now-307", "ok", None, 200, "/ok"),
        ("/for-now-then-moved", "ok", None, 200, "/ok"),
        ("/cookie", "ok", None, 200, "/cookie"),
        ("/latin", "moved", None, 200, "/sk%E6rm"),
        ("/utf8", "moved", None, 200, "/%C3%B8konomi"),
        ("/\u00f8konomi", "ok", None, 200, ""),
        ("/post", "moved", None, 200, "/?p=123"),
        ("/loop", "dead", "circle", 0, ""),
        ("/gone", "dead", "gone", 404, ""),
        ("/gone-for-good", "dead", "gone", 410, ""),
        ("/to-gone", "dead", "gone", 404, "/gone"),
        ("/never", "dead", "timeout", 0, ""),
        ("/drips", "dead", "timeout", 0, ""),
        ("/reset", "dead", "broken", 0, ""),
        ("/reset-within", "dead", "broken", 0, ""),
        ("/garbage", "dead", "broken", 0, ""),
        ("/to-bracket", "dead", "dns", 0, ""),
        ("/to-mail", "dead", "address", 0, ""),
        ("/front", "suspicious", "elsewhere", 200, "/"),
        ("/front-da", "suspicious", "elsewhere", 200, "/da/"),
        ("/old-1", "suspicious", "elsewhere", 200, "/fejl/404.html"),
        ("/old-2", "suspicious", "elsewhere", 200, "/account/login?ReturnUrl=x"),
        ("/was.pdf", "changed", "page", 200, ""),
        ("/head-403", "ok", None, 200, ""),
        ("/head-404", "ok", None, 200, ""),
        ("/head-405", "ok", None, 200, ""),
        ("/head-501", "ok", None, 200, ""),
        ("/head-resets", "ok", None, 200, ""),
        ("/nowhere", "unclear", "status", 302, ""),
        ("/401", "unclear", "status", 401, ""),
        ("/403", "unclear", "status", 403, ""),
        ("/500", "unclear", "status", 500, ""),
        ("/503", "unclear", "status", 503, ""),
        ("/429", "unclear", "wait", 429, ""),
    ],
)  # fmt: skip
async def test_each_answer_is_told_for_what_it_is(
    server: LinkServer, path: str, kind: str, why: str | None, status: int, leads: str
) -> None:
    seconds = 0.4 if why == "timeout" else 10.0
    one = await found(server.url + path, seconds=seconds)
    assert (one.kind, one.why, one.status, one.to.replace(server.url, "")) == (kind, why, status, leads)
    assert server.agents == {AGENT}


@pytest.mark.parametrize(
    ("url", "kind", "why"),
    [
        ("http://gone.test/x", "dead", "dns"),
        ("http://busy.test/x", "unclear", "resolver"),
        ("http://a..test/x", "dead", "address"),
        (f"http://{'a' * 70}.test/x", "dead", "address"),
        ("http://[x/", "dead", "dns"),
        ("http:///x", "dead", "address"),
    ],
)
async def test_without_a_server(url: str, kind: str, why: str) -> None:
    one = await found(url)
    assert (one.kind, one.why) == (kind, why)


async def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert (await found(f"http://127.0.0.1:{port}/x")).why == "refused"


async def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    with serving(TlsServer(tmp_path)) as server:
        one = await found(f"{server.url}/ok")
    assert (one.kind, one.why, server.requests) == ("dead", "tls", [])


async def test_danish_host_names(server: LinkServer) -> None:
    """Servers know them by their ASCII form."""
    assert (await found(f"{server.at(IDN)}/ok")).kind == "ok"
    assert server.requests == [("HEAD", "xn--bger-gra.test", "/ok")]


async def test_a_large_paper_is_not_downloaded(server: LinkServer) -> None:
    one = await found(f"{server.url}/huge.pdf")
    assert (one.kind, one.type) == ("ok", "application/pdf")
    assert server.sent < 50_000_000


async def test_good_news_of_head_needs_no_get(server: LinkServer) -> None:
    for path in ("/ok", "/moved", "/gone"):
        await found(server.url + path)
    assert [(method, path) for method, _, path in server.requests] == [
        ("HEAD", "/ok"), ("HEAD", "/moved"), ("HEAD", "/ok"), ("HEAD", "/gone"), ("GET", "/gone"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "was", "why"),
    [
        ("/ok", "application/pdf", "page"),
        ("/ok.pdf", "text/html", "no-page"),
        ("/moved", "application/pdf", "page"),
        ("/ok", "application/xhtml+xml", None),
        ("/data.pdf", "application/pdf", None),
    ],
)
async def test_what_was_seen_is_remembered(server: LinkServer, path: str, was: str, why: str | None) -> None:
    """What stood there the last time counts for more than the address's ending."""
    one = await found(server.url + path, Sighting(seen=TODAY, type=was))
    assert one.why == why
    assert (one.kind == "changed") == bool(why)


# ---- others' networks, and one's own


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "a.test", "inside.test",
             "169.254.169.254", "192.168.1.1", "[fe80::1]"],
)  # fmt: skip
async def test_ones_own_network_is_left_alone(server: LinkServer, host: str) -> None:
    """Whatever name it goes by."""
    one = await found(f"{server.at(host)}/ok", private=False)
    assert (one.kind, one.why, server.requests) == ("unclear", "private", [])


async def test_nobody_can_lead_into_it(server: LinkServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by a redirect either."""
    monkeypatch.setattr(asking, "_public", lambda host: str(host) == "127.0.0.1")
    server.replies["/inside"] = to(f"http://127.0.0.2:{server.server_address[1]}/ok".encode())
    one = await found(f"{server.url}/inside", private=False)
    assert (one.why, [path for _, _, path in server.requests]) == ("private", ["/inside"])


async def test_a_proxy_looks_up_names_itself(server: LinkServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where names of the world are known to the proxy alone, none is called unknown."""
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setattr(asking, "getproxies", lambda: {"http": server.url})
    server.replies["/there"] = lambda _: ok()
    assert (await found("http://gone.test/there", private=False)).kind == "ok"
    assert (await found("http://127.0.0.1/there", private=False)).why == "private"
    assert [path for _, _, path in server.requests] == ["http://gone.test/there"]


# ---- pace


async def test_a_host_is_asked_one_after_another_with_a_pause(server: LinkServer) -> None:
    time = Time()
    async with Asker(time.pace(), private=True) as asker:
        for path in ("/moved", "/ok"):
            await looked_at(asker, server.url + path, None)
    assert time.slept == [1.0, 1.0]


async def test_few_hosts_at_once(server: LinkServer) -> None:
    """And never one of them twice; each waits until as many as may be are there."""
    pace = Pace(0.0)
    seen = 0

    async def ask(host: str) -> None:
        nonlocal seen
        async with pace.turn(host):
            running[host] = running.get(host, 0) + 1
            assert running[host] == 1
            seen = max(seen, sum(running.values()))
            await asyncio.sleep(0)
            running[host] -= 1

    running: dict[str, int] = {}
    async with asyncio.TaskGroup() as tasks:
        for number in range(60):
            tasks.create_task(ask(f"host-{number % 20}"))
    assert seen == AT_ONCE


@pytest.mark.parametrize(("path", "slept"), [("/busy-once", [7.0]), ("/busy-once-until", [])])
async def test_who_asks_to_wait_is_waited_for(server: LinkServer, path: str, slept: list[float]) -> None:
    time = Time()
    async with Asker(time.pace(0.0), private=True) as asker:
        one = await looked_at(asker, server.url + path, None)
    assert time.slept == slept
    assert one.kind == ("ok" if slept else "unclear")


async def test_who_asks_again_and_again_is_left_for_today(server: LinkServer) -> None:
    time = Time()
    async with Asker(time.pace(0.0), private=True) as asker:
        one = await looked_at(asker, f"{server.url}/busy", None)
    assert (one.why, time.slept, server.asked["/busy"]) == ("wait", [7.0], 2)


@pytest.mark.parametrize("path", ["/busy-long", "/busy-until"])
async def test_who_asks_for_a_long_rest_gets_it(server: LinkServer, path: str) -> None:
    """Nothing else of that host is asked for either."""
    async with Asker(Time().pace(), private=True) as asker:
        for url in (server.at("a.test") + path, f"{server.at('a.test')}/ok"):
            one = await looked_at(asker, url, None)
            assert one.kind == "unclear"
        assert (await looked_at(asker, f"{server.at('b.test')}/ok", None)).kind == "ok"
    assert [host for _, host, _ in server.requests].count("a.test") <= 2
    assert ("HEAD", "a.test", "/ok") not in server.requests


# ---- copies


@pytest.fixture
def kept_copies(server: LinkServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The archive's address."""
    monkeypatch.setattr(archive, "AVAILABLE", f"{server.url}/wayback/available")
    return archive.AVAILABLE


@pytest.mark.usefixtures("kept_copies")
async def test_the_copy_nearest_to_when_it_was_seen(server: LinkServer) -> None:
    url = "http://socialvirksomhed.dk/kept?a=1&b=\u00e6"
    async with Asker(Time().pace(), private=True) as asker:
        newest = await archive.copy_of(asker, url, None)
        near = await archive.copy_of(asker, url, Sighting(seen=parse_day("2016-03-01")))
        none = await archive.copy_of(asker, "http://socialvirksomhed.dk/lost", None)
    assert newest == archive.Copy(f"http://archive.test/{url}", "2014-12-31")
    assert near == archive.Copy(f"http://archive.test/{url}", "2016-03-01")
    assert none is None


@pytest.mark.parametrize("told", [b"", b"<html>", b"[]", b"null", b'{"archived_snapshots": 1}', b"[" * 100_000,
                                  b'{"archived_snapshots": {"closest": {"available": true}}}',
                                  b'{"archived_snapshots": {"closest": {"available": true, "url": "javascript:x", '
                                  b'"timestamp": "20140101"}}}'])  # fmt: skip
@pytest.mark.usefixtures("kept_copies")
async def test_an_archive_that_talks_nonsense(server: LinkServer, told: bytes) -> None:
    server.replies["/wayback/available"] = lambda _: answer(200, body=told)
    async with Asker(Time().pace(), private=True) as asker:
        with pytest.raises(Unreached):
            await archive.copy_of(asker, "http://a.test/kept", None)


# ---- the whole command


Linked = Callable[..., Path]


@pytest.fixture
def linked(base: Path) -> Linked:
    """The base with no address but these, each the link of a document; its sites' names cannot be looked up."""

    def made(*urls: str) -> Path:
        for file in (base / "data").rglob("*.yaml"):
            text = re.sub(r"^  links:\n(?:    .*\n)+", "", file.read_text("utf-8"), flags=re.MULTILINE)
            file.write_text(re.sub(r"https?://[^'\s]+", urls[0], text), "utf-8")
        documents = base / "data" / "documents.yaml"
        first, *rest = documents.read_text("utf-8").split("- id: ")
        papers = [
            f"{paper}  links: [{{kind: document, url: '{url}'}}]\n" for paper, url in zip(rest, urls, strict=False)
        ]
        documents.write_text("- id: ".join([first, *papers, *rest[len(urls) :]]), "utf-8")
        return base

    return made


def quick() -> Pace:
    """No pauses."""
    return Pace(0.0)


@pytest.mark.usefixtures("kept_copies")
def test_all_of_it(server: LinkServer, linked: Linked, capsys: pytest.CaptureFixture[str]) -> None:
    """Told by what is to be done, with the places in the files and a proposal; and noted in the base."""
    root = linked(*(server.url + path for path in ("/ok", "/kept", "/gone", "/moved", "/was.pdf", "/for-now", "/401")))
    assert look(root, "da", private=True, pace=quick()) == 1
    told = capsys.readouterr()
    assert told.err == ""
    shown = told.out.replace(server.url, "")
    assert shown.startswith(
        "Døde: 2\n"
        "  /kept\n"
        "    siden findes ikke (404)\n"
        "    arkiveret kopi fra 2014-12-31: http://archive.test//kept\n"
        f"    {addresses(root)[server.url + '/kept'][0]}\n"
        "  /gone\n"
        "    siden findes ikke (404)\n"
        "    ingen arkiveret kopi\n"
    )
    assert "Flyttet: skriv den nye adresse i filen: 1\n  /moved\n    leder til /ok\n" in shown
    assert "Noget andet end før: 1\n  /was.pdf\n    der var et dokument; nu er der en webside\n" in shown
    assert "Virker, men leder for tiden et andet sted hen: 1\n  /for-now\n    leder til /ok\n" in shown
    assert "  /401\n    serveren vil eller kan ikke vise siden (401)\n" in shown
    assert "  https://aarhus.dk\n    navnet kunne ikke slås op lige nu\n" in shown
    total = len(addresses(root))
    assert f"Adresser: {total}. Virker: 2, flyttet: 1, anden type: 1, mistænkelige: 0, døde: 2, uafklaret: " in shown
    kept = (root / "data" / "links.yaml").read_text("utf-8").replace(server.url, "")
    assert kept == HEAD + "".join(
        f"'{path}': {{{what}}}\n"
        for path, what in (
            ("/for-now", f"seen: {TODAY}, type: text/html"),
            ("/gone", f"failed: {TODAY}"),
            ("/kept", f"failed: {TODAY}"),
            ("/moved", f"seen: {TODAY}, type: text/html"),
            ("/ok", f"seen: {TODAY}, type: text/html"),
        )
    )
    assert vejviser("check", str(root)).returncode == 0


def test_all_is_well(server: LinkServer, linked: Linked, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to do but to note it; addresses that are not clear today are none that are dead."""
    root = linked(f"{server.url}/ok", f"{server.url}/ok.pdf", f"{server.url}/500")
    assert look(root, "en", private=True, pace=quick()) == 0
    assert "Dead" not in capsys.readouterr().out
    assert server.most["127.0.0.1"] == 1


def test_one_page_in_many_places(server: LinkServer, linked: Linked) -> None:
    """Is asked for once, and told with all of them."""
    url = f"{server.url}/gone"
    root = linked(*[url] * 6)
    terms = root / "data" / "terms.yaml"  # whatever file it stands in
    terms.write_text(
        re.sub(r"(?m)^- id: .*\n", rf"\g<0>  read_at: {url}\n", terms.read_text("utf-8"), count=1), "utf-8"
    )
    uses = addresses(root)[url]
    assert [use.id for use in uses][:2] == ["overblik-2014", "roskilde-notat-2014"]
    assert [use.file for use in uses] == ["data/documents.yaml"] * 6 + ["data/terms.yaml"]
    terms.write_text(terms.read_text("utf-8").replace(f"  read_at: {url}\n", ""), "utf-8")
    look(root, "da", private=True, pace=quick())
    assert server.asked["/gone"] == 2  # HEAD, GET


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl-C is heard, also where the tests run in a shell's background, which shuts it out."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_it_goes_on_after_ctrl_c(server: LinkServer, linked: Linked, capsys: pytest.CaptureFixture[str]) -> None:
    """What was found is not asked for again, and what was not clear is."""

    def stops(_: Request) -> bytes:
        os.kill(os.getpid(), signal.SIGINT)
        server.ended.wait(0.2)
        return ok()

    server.replies["/stop"] = stops
    root = linked(*(server.url + path for path in ("/ok", "/data.pdf", "/500", "/stop", "/ok.pdf")))
    assert look(root, "en", private=True, pace=quick()) == STOPPED
    told = capsys.readouterr()
    assert told.out == ""
    stopped = re.fullmatch(
        r"Stopped: (\d+) of (\d+) addresses were looked for\. Run the command again, and it goes on\.\n", told.err
    )
    assert stopped
    assert int(stopped[1]) < int(stopped[2]) == len(addresses(root))
    assert not (root / "data" / "links.yaml").exists()
    server.requests.clear()
    server.replies["/stop"] = lambda _: ok()
    assert look(root, "en", private=True, pace=quick()) == 0
    assert sorted(path for _, _, path in server.requests) == ["/500", "/500", "/ok.pdf", "/stop"]
    assert f"2 of {len(addresses(root))} addresses were looked for the last time" in capsys.readouterr().err
    assert len(load_knowledge(root).sightings) == 4
    server.requests.clear()
    look(root, "en", private=True, pace=quick())
    assert ("HEAD", "127.0.0.1", "/ok") in server.requests


def test_what_was_kept_of_a_run_may_be_old_or_broken(
    server: LinkServer, linked: Linked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Then it is looked for anew; and where nothing can be kept, nothing is."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = cache_folder()
    assert folder
    root = linked(f"{server.url}/ok")
    resume = Resume(folder, root, date.today())
    resume.add(Finding(f"{server.url}/ok", "ok", day=str(date.today() - timedelta(days=3))))
    (file,) = folder.glob("links-*")
    file.write_bytes(file.read_bytes() + b'{"url": 1}\nnull\n[]\n{"url": "' + b"x")
    assert resume.findings([f"{server.url}/ok"]) == {}
    assert look(root, "en", private=True, pace=quick()) == 0
    assert server.asked["/ok"] == 1
    assert list(folder.glob("links-*")) == []
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert look(root, "en", private=True, pace=quick()) == 0


def test_a_machine_that_is_cut_off_calls_nothing_dead(linked: Linked, capsys: pytest.CaptureFixture[str]) -> None:
    root = linked("http://gone.test/x")
    assert look(root, "da", pace=quick()) == 1
    told = capsys.readouterr()
    assert (told.out, "er maskinen på nettet?" in told.err) == ("", True)
    assert not (root / "data" / "links.yaml").exists()


def test_the_archive_is_asked_for_no_more_than_it_answers(
    server: LinkServer, linked: Linked, kept_copies: str, capsys: pytest.CaptureFixture[str]
) -> None:
    server.replies["/wayback/available"] = lambda _: answer(500)
    look(linked(f"{server.url}/gone", f"{server.url}/kept"), "en", private=True, pace=quick())
    assert capsys.readouterr().out.count("the archive did not answer") == 2
    assert len([path for _, _, path in server.requests if path.startswith("/wayback")]) == 1


def test_a_bar_for_those_who_watch(
    server: LinkServer, linked: Linked, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    assert look(linked(f"{server.url}/ok"), "da", private=True, pace=quick()) == 0
    assert say("da", "links-looking") in capsys.readouterr().err


def test_the_command(linked: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base at fault is told as everywhere; nothing inside is asked for unless one says so."""
    root = linked("http://127.0.0.1:1/x")
    done = CliRunner().invoke(app, ["links", "--knowledge", str(root), "--lang", "en"])
    assert (done.exit_code, "Nobody answered at any of the " in done.stderr) == (1, True)
    (root / "data" / "links.yaml").write_text("http://a.dk: {seen: now}\n", "utf-8")
    done = CliRunner().invoke(app, ["links", "--knowledge", str(root)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "data/links.yaml:1: http://a.dk.seen: must be a date" in done.stderr


# ---- the file


def test_what_is_noted() -> None:
    """What was there stays known when it is not; what is not clear or another thing leaves all as it was."""
    old = Sighting(seen=parse_day("2026-01-02"), type="application/pdf")
    gone = Sighting(seen=old.seen, type=old.type, failed=parse_day("2026-02-03"))
    late = Sighting(seen=parse_day("2027-01-01"))
    day = "2026-12-01"
    found = [
        Finding("a", "ok", type="text/html", day=day),
        Finding("b", "ok", day=day),
        Finding("c", "dead", "gone", 404, day=day),
        Finding("d", "changed", "page", 200, day=day),
        Finding("e", "unclear", "status", 500, day=day),
        Finding("f", "unclear", "status", 500, day=day),
        Finding("g", "suspicious", "elsewhere", 200, day=day),
        Finding("h", "dead", "gone", 404, day=day),
    ]
    today = parse_day(day)
    assert sighted(
        {one.url: one for one in found}, {"b": gone, "c": old, "d": old, "e": gone, "h": late, "x": old}
    ) == {
        "a": Sighting(seen=today, type="text/html"),
        "b": Sighting(seen=today, type="application/pdf"),
        "c": Sighting(seen=old.seen, type=old.type, failed=today),
        "d": old,
        "e": gone,
        "g": Sighting(failed=today),
        "h": Sighting(failed=today),
    }


def test_the_files_own_comments_stay(base: Path) -> None:
    file = base / "data" / "links.yaml"
    file.write_text("# yaml-language-server: $schema=links.json\n# Ours.\n'http://a.dk': {seen: 2026-01-01}\n", "utf-8")
    odd = {"http://a.dk/it's": Sighting(seen=TODAY), "http://b.dk/" + "x" * 500: Sighting(failed=TODAY)}
    write_sightings(base, odd)
    assert file.read_text("utf-8").startswith(
        "# yaml-language-server: $schema=links.json\n# Ours.\n'http://a.dk/it''s'"
    )
    assert load_knowledge(base).sightings == odd
    assert [one.name for one in file.parent.glob("links*")] == ["links.yaml"]
