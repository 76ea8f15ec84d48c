"""Brings updates to the bot as Telegram does by webhook: by POST, again until it says 200, in order within a chat."""

import asyncio
import contextlib
import re
import time
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.fake_telegram.faults import Faults
from tests.fake_telegram.queue import Queue
from tests.fake_telegram.refusal import Refused

PORTS = (443, 80, 88, 8443)
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
HEADER = "X-Telegram-Bot-Api-Secret-Token"
FROM = "149.154.167.220"
"""The address that deliveries come from, as a proxy in front of the bot tells it."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
"""Seconds before an update is delivered again."""
PATIENCE = 10.0


class Webhook:
    """Where updates go, and the deliveries under way."""

    def __init__(self, updates: Queue, faults: Faults) -> None:
        self.leads: dict[str, str] = {}
        """From public addresses ("https://vejviser.example") to what really answers ("http://127.0.0.1:8080")."""
        self.url = ""
        self.secret = ""
        self.connections = 40
        self.error = ""
        """What was wrong with the last delivery that failed."""
        self.deliveries: list[tuple[int, int]] = []
        """Number of the update, and the status it was answered with; 0: none."""
        self._error_at = 0
        self._updates = updates
        self._faults = faults
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._under_way: set[int] = set()
        self._task: asyncio.Task[None] | None = None

    async def set(self, url: str, secret: str, connections: int) -> None:
        """Updates go there from now on. Raises Refused."""
        target = _checked(url, self.leads)
        if secret and not SECRET.fullmatch(secret):
            raise Refused("secret token contains unallowed characters")
        if not 1 <= connections <= 100:
            raise Refused("max_connections is out of its range")
        await self.remove()
        self.url, self.secret, self.connections = url, secret, connections
        self.error, self._error_at = "", 0
        self._task = asyncio.create_task(self._run(target))
        await self._updates.tell()

    async def remove(self) -> None:
        """Updates wait from now on."""
        self.url = ""
        running = [one for one in (self._task, *self._busy.values()) if one]
        self._task = None
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._busy.clear()
        self._under_way.clear()

    def told(self) -> dict[str, Any]:
        """As getWebhookInfo has it."""
        failed = {"last_error_date": self._error_at, "last_error_message": self.error} if self.error else {}
        pending = {"has_custom_certificate": False, "pending_update_count": len(self._updates.wanted())}
        allowed = {"allowed_updates": sorted(self._updates.allowed)} if self._updates.allowed else {}
        more = {"max_connections": self.connections, **failed} if self.url else {}
        return {"url": self.url, **pending, **more, **allowed}

    async def _run(self, target: str) -> None:
        timeout = ClientTimeout(total=PATIENCE)
        async with ClientSession(timeout=timeout) as session:
            while True:
                async with self._updates.changed:
                    await self._updates.changed.wait_for(self._next)
                while found := self._next():
                    chat = _chat_of(found)
                    self._under_way.add(found["update_id"])
                    self._busy[chat] = asyncio.create_task(self._deliver(session, target, found, chat))

    def _next(self) -> dict[str, Any] | None:
        """The next update that can be delivered: those of one chat go one after the other."""
        if len(self._busy) >= self.connections:
            return None
        waiting = (one for one in self._updates.wanted() if one["update_id"] not in self._under_way)
        return next((one for one in waiting if _chat_of(one) not in self._busy), None)

    async def _deliver(self, session: ClientSession, target: str, update: dict[str, Any], chat: int) -> None:
        pause = FIRST_PAUSE
        while not await self._post(session, target, update):
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        self._updates.drop(update["update_id"])
        self._under_way.discard(update["update_id"])
        del self._busy[chat]
        await self._updates.tell()

    async def _post(self, session: ClientSession, target: str, update: dict[str, Any]) -> bool:
        """Whether the bot has taken it, and Telegram has heard so."""
        fault = self._faults.next("webhook")
        await asyncio.sleep(fault.slow)
        if fault.strikes and not fault.done:
            return False
        headers = {HEADER: self.secret} if self.secret else {}
        headers |= {"Host": urlsplit(self.url).netloc, "X-Forwarded-For": FROM, "X-Forwarded-Proto": "https"}
        status, error = 0, "Connection timed out"
        with contextlib.suppress(TimeoutError):
            try:
                async with session.post(target, json=update, headers=headers, allow_redirects=False) as answer:
                    await answer.read()
                    status, error = answer.status, f"Wrong response from the webhook: {answer.status} {answer.reason}"
            except (ClientError, OSError):
                error = "Connection refused"
        self.deliveries.append((update["update_id"], status))
        if 200 <= status < 300:
            return not fault.strikes
        self.error, self._error_at = error, int(time.time())
        return False


def _checked(url: str, leads: dict[str, str]) -> str:
    """Where the address leads. Raises Refused."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise Refused("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise Refused("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    origin = f"https://{parts.netloc}"
    if origin not in leads:
        raise Refused("bad webhook: Failed to resolve host: Name or service not known")
    return leads[origin] + url.removeprefix(origin)


def _chat_of(update: dict[str, Any]) -> int:
    """The chat, or who it comes from: within it the order is kept."""
    (value,) = (one for name, one in update.items() if name != "update_id")
    message = value.get("message") or value
    number: int = (message.get("chat") or value.get("from") or value.get("user") or {}).get("id", 0)
    return number
