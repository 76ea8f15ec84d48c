"""Several processes that Telegram reaches by webhook, behind a small load balancer; `python -m tests.replicas` is one.

A replica is `vejviser run` whose claims end LEASE seconds (its only argument) after it is killed; with `parrot` behind
it, it repeats what it is told.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Self

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web

from bot.config import Settings
from tests.bot.process import ROOT
from tests.delivering import environment_for
from tests.fake_telegram import FakeTelegram

PUBLIC = "https://vejviser.example"
PATIENCE = 60.0
FOR_IT = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token", "X-Forwarded-For", "X-Forwarded-Proto", "Host")
"""The headers that are handed on."""


class Balancer:
    """Hands each request to the next of those behind it; where nobody listens any more, to the one after."""

    def __init__(self) -> None:
        self.behind: list[str] = []
        """Their roots."""
        self.root = ""
        self._turn = 0
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        session = ClientSession(
            connector=TCPConnector(limit=0), cookie_jar=DummyCookieJar(), timeout=ClientTimeout(total=30)
        )
        self._session = await self._stack.enter_async_context(session)
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._serve)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.root = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._stack.aclose()

    async def _serve(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: request.headers[name] for name in FOR_IT if name in request.headers}
        for _ in range(len(self.behind)):
            self._turn = (self._turn + 1) % len(self.behind)
            address = f"{self.behind[self._turn]}{request.path_qs}"
            try:
                async with self._session.request(request.method, address, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except ClientConnectorError:
                continue
            except (ClientError, OSError, TimeoutError):
                return web.Response(status=502)
        return web.Response(status=503)


class Replica:
    """One of the processes."""

    def __init__(self, process: asyncio.subprocess.Process, root: str) -> None:
        self.process = process
        self.root = root

    async def kill(self) -> None:
        """As the kernel does."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


async def begin(settings: Settings, fake_root: str, *words: str) -> Replica:
    """Starts one, and waits until it listens; `words` are those of the command below."""
    more = {
        "VEJVISER_WEB": "127.0.0.1:0", "VEJVISER_WEB_PROXIES": "127.0.0.1", "VEJVISER_PUBLIC_URL": PUBLIC,
        "VEJVISER_TELEGRAM_NETWORKS": "on", "VEJVISER_ANNOUNCE": "off", "VEJVISER_LOG_LEVEL": "ERROR",
        "VEJVISER_ROLE": "web",
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "tests.replicas", *words,
        cwd=ROOT, env={**environment_for(settings, fake_root), **more}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    line = (await process.stdout.readline()).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    return Replica(process, found[0])


@asynccontextmanager
async def replicas(
    settings: Settings, fake: FakeTelegram, count: int, *words: str
) -> AsyncIterator[tuple[Balancer, list[Replica]]]:
    """So many of them, once the webhook is set; killed at the end."""
    async with Balancer() as balancer:
        fake.webhook.leads[PUBLIC] = balancer.root
        running = list(await asyncio.gather(*(begin(settings, fake.root, *words) for _ in range(count))))
        balancer.behind = [one.root for one in running]
        try:
            async with asyncio.timeout(PATIENCE):
                while not fake.webhook.url:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            yield balancer, running
        finally:
            await asyncio.gather(*(one.kill() for one in running))
            await fake.webhook.remove()


def main(lease: float, parrot: bool) -> None:
    """One replica."""
    from bot import app, inbox
    from bot.config import load_settings
    from bot.conversation import Conversation
    from bot.store import Store
    from handlers.dialogue import load_dialogue
    from knowledge.loading import SHIPPED
    from tests.bot.standin import Parrot

    inbox.LEASE, inbox.TICK_SECONDS = timedelta(seconds=lease), lease / 3
    settings = load_settings()
    dialogue = Parrot() if parrot else load_dialogue()
    app.run(settings, Conversation(dialogue, asyncio.run(Store.open(settings))), SHIPPED)


if __name__ == "__main__":
    main(float(sys.argv[1]), "parrot" in sys.argv)
