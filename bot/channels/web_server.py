"""An application served at a host and port in an event loop that others run in, too: started and stopped with them."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

STOP_SECONDS = 5
"""How long a stop waits for answers that are on their way."""

log = logging.getLogger(__name__)


class Server:
    """The server, beside whatever else the event loop does."""

    def __init__(self, at: tuple[str, int], app: ASGIApp, **config: Any) -> None:
        """Takes the port at once; `config` is uvicorn's. Raises OSError where the port cannot be had."""
        host, port = at
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family)
        # Its connections have it, too. Without it an answer on a kept connection waits 40 ms for the other side.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self.port: int = self._socket.getsockname()[1]
        self._server = _Uvicorn(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=STOP_SECONDS,
                **config,
            )
        )
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to answer."""
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))

    async def stop(self) -> None:
        """Answers what has come in, then lets the port go. Can be called twice, and without a start."""
        task, self._task = self._task, None
        if task:
            self._server.should_exit = True
            await asyncio.wait([task])
            if not task.cancelled() and (fault := task.exception()):
                log.error("the page ended with %s", type(fault).__name__)
        self._socket.close()


class _Uvicorn(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are for whoever runs all the services."""
        yield
