"""Calls to the fake Bot API server as a bot makes them, where a test is about the server itself."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.fake_telegram import TOKEN, FakeTelegram

CHAT, GROUP = 1001, -1007


@asynccontextmanager
async def server_with_chats() -> AsyncIterator[FakeTelegram]:
    """The server, with a person and a group."""
    async with FakeTelegram() as server:
        server.chats[CHAT] = {"id": CHAT, "type": "private", "first_name": "Anne"}
        server.chats[GROUP] = {"id": GROUP, "type": "supergroup", "title": "Kontoret"}
        yield server


async def call(fake: FakeTelegram, method: str, body: str = "", token: str = TOKEN) -> dict[str, Any]:
    """The answer to one call with a form as the body."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{fake.root}/bot{token}/{method}", data=body, headers=form) as response,
    ):
        answer: dict[str, Any] = await response.json()
        assert answer["ok"] == (response.status == 200)
        return answer


async def ask(fake: FakeTelegram, method: str, **parameters: Any) -> dict[str, Any]:
    """The same, of parameters."""
    texts = {name: one if isinstance(one, str) else json.dumps(one) for name, one in parameters.items()}
    return await call(fake, method, urlencode(texts))
