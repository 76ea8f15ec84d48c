"""The page as it is served, on a port of its own, and as a person meets it without a script."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from bs4 import BeautifulSoup, Tag

from bot.channels.web import WebService
from bot.config import Settings
from bot.conversation import Conversation
from bot.delivery import Base
from bot.readiness import Readiness


@asynccontextmanager
async def serving(
    conversation: Conversation, base: Base | None = None, readiness: Readiness | None = None, **settings: Any
) -> AsyncIterator[str]:
    """Serves the conversation; gives the page's root, without a slash at the end."""
    settings = {"web": "127.0.0.1:0", "web_limit": 0, **settings}
    service = WebService(Settings(**settings), conversation, base, readiness)
    service.start()
    try:
        yield f"http://127.0.0.1:{service.port}"
    finally:
        await service.stop()


def browser(root: str, **more: Any) -> httpx.AsyncClient:
    """Somebody's browser, with its own cookies."""
    return httpx.AsyncClient(base_url=root, trust_env=False, **more)


def soup(response: httpx.Response) -> BeautifulSoup:
    """The page that came."""
    # Spaces that do not break are spaces to who reads.
    return BeautifulSoup(response.text.replace("\u00a0", " "), "html.parser")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """The one element that fits. Fails where there are none or several."""
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} times {selector!r}"
    return found[0]


def values_of(form: Tag) -> dict[str, str]:
    """What the form would send of its fields, before anything is typed."""
    return {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
