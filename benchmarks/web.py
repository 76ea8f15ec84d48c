"""How heavy the page is and how fast it comes: a server in one process, its clients in another, on one machine."""

import argparse
import asyncio
import json
import multiprocessing
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import aiohttp
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.machine import machine, percentile, table
from bot.channels import web
from bot.conversation import Conversation
from bot.logs import set_up_logs
from bot.store import Store
from handlers.dialogue import load_dialogue
from handlers.keeping import Keeping
from tests.databases import sqlite_settings

CONNECTIONS = 50
SECONDS = 10.0
PACE = 300
"""Requests a second of the paced run."""
PATHS = ("/", "/k/aarhus", "/t/mentorordning", "/en/i/roskilde-mentorordning", "/feed/all.atom", "/api/answer?q=mentor")
ASKED = "POST /"
QUESTIONS = ("hvem har mentorordning?", "hvad gør Kolding?", "og Aarhus?", "hvornår er den fra?", "sammenlign dem")


class Timed:
    """Notes how long the server works on each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.took: list[float] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        start = perf_counter()
        await self._app(scope, receive, send)
        self.took.append((perf_counter() - start) * 1000)


def serve(folder: str, told: Connection) -> None:
    """Serves until `told` says otherwise; sends the port, then at each word the times since the last one, in ms."""
    asyncio.run(_serve(Path(folder), told))


async def _serve(folder: Path, told: Connection) -> None:
    set_up_logs("WARNING")
    settings = sqlite_settings(folder).model_copy(update={"web": "127.0.0.1:0", "web_limit": 0})
    store = await Store.open(settings)
    conversation = Conversation(load_dialogue(keeping=Keeping(stored=True)), store)
    timed: list[Timed] = []
    build = web.build

    def timing(*given: object) -> Timed:
        timed.append(Timed(build(*given)))  # type: ignore[arg-type]
        return timed[0]

    web.build = timing  # type: ignore[assignment]
    service = web.WebService(settings, conversation)
    service.start()
    told.send(service.port)
    while await asyncio.to_thread(told.recv) == "next":
        told.send(timed[0].took)
        timed[0].took = []
    await service.stop()
    await conversation.close()


@asynccontextmanager
async def server() -> AsyncIterator[tuple[str, Callable[[], list[float]]]]:
    """Its address, and a call that gives the times since the last call."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    with TemporaryDirectory() as folder:
        process = spawn.Process(target=serve, args=(folder, theirs))
        process.start()
        port = await asyncio.to_thread(ours.recv)

        def took() -> list[float]:
            ours.send("next")
            times: list[float] = ours.recv()
            return times

        yield f"http://127.0.0.1:{port}", took
        ours.send("stop")
        process.join()


async def drive(ask: Callable[[int], Awaitable[None]], pace: float = 0) -> list[float]:
    """Milliseconds of each request, as the client sees them; `pace`: so many a second, else as many as there can be."""
    end = perf_counter() + SECONDS
    seen: list[float] = []

    async def one(number: int) -> None:
        due = perf_counter() + (number / pace if pace else 0)
        while (start := max(due, perf_counter())) < end:
            await asyncio.sleep(max(0, due - perf_counter()))
            # Behind the pace, the time that a request had to wait counts as well.
            start = due if pace else perf_counter()
            await ask(number)
            seen.append((perf_counter() - start) * 1000)
            due += CONNECTIONS / pace if pace else 0

    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))
    return seen


def at(times: list[float], share: float) -> str:
    """A percentile, in milliseconds."""
    return f"{percentile(times, share):.1f}" if times else "-"


async def measure(paths: list[str]) -> list[list[str]]:
    """A row for each path."""
    rows = []
    async with server() as (root, took):
        for path in paths:
            async with clients(root, path) as ask:
                await ask(0)
                took()
                many = await drive(ask)
                worked = took()
                paced = await drive(ask, PACE)
                took()
            rate = len(many) / SECONDS
            rows.append([path, f"{rate:,.0f}", at(worked, 0.5), at(worked, 0.99), at(paced, 0.5), at(paced, 0.99)])
    return rows


@asynccontextmanager
async def clients(root: str, path: str) -> AsyncIterator[Callable[[int], Awaitable[None]]]:
    """A call that has the client of a number fetch the path, or ask the next question in a chat of its own."""
    jars = [aiohttp.CookieJar(unsafe=True) if path == ASKED else aiohttp.DummyCookieJar() for _ in range(CONNECTIONS)]
    sessions = [aiohttp.ClientSession(root, cookie_jar=jar) for jar in jars]
    tokens, asked = [""] * CONNECTIONS, [0] * CONNECTIONS

    async def fetch(number: int) -> None:
        async with sessions[number].get(path) as response:
            await response.read()
            assert response.status == 200, response.status

    async def question(number: int) -> None:
        data = {"text": QUESTIONS[asked[number] % len(QUESTIONS)], "token": tokens[number]}
        async with sessions[number].post("/", data=data, headers={"X-Vejviser-Part": "turn"}) as response:
            text = await response.text()
            assert response.status == 200, response.status
        found = re.search('data-token="([^"]+)"', text)
        tokens[number], asked[number] = found[1] if found else "", asked[number] + 1

    yield question if path == ASKED else fetch
    for session in sessions:
        await session.close()


async def weigh() -> list[list[str]]:
    """Bytes of a first load: the page, its style, its script and its icon."""
    rows = []
    async with server() as (root, _), aiohttp.ClientSession(root) as session:

        async def size(path: str) -> tuple[int, str]:
            async with session.get(path) as response:
                body = await response.read()
                return len(body), body.decode()

        for path in ("/", "/en/", "/k/roskilde", "/?q=hvem+har+mentorordning"):
            page, text = await size(path)
            files = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)
            sizes = [(await size(one))[0] for one in dict.fromkeys(files)]
            rows.append([path, f"{page:,}", f"{sum(sizes):,}", f"{page + sum(sizes):,}"])
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--paths", default=json.dumps([*PATHS, ASKED]), help="a JSON list")
    given = parser.parse_args(arguments)
    print(machine(("starlette", "uvicorn", "h11", "jinja2", "sqlalchemy")))
    print("\nfirst load, bytes, nothing compressed\n")
    print(table(["page", "html", "style, script, icon", "together"], asyncio.run(weigh())))
    print(f"\n{CONNECTIONS} connections, {SECONDS:.0f} s each: as many as there can be, then {PACE} a second\n")
    head = ["what", "requests/s", "server ms median", "p99", f"at {PACE}/s, client ms median", "p99 "]
    print(table(head, asyncio.run(measure(json.loads(given.paths)))))


if __name__ == "__main__":
    main()
