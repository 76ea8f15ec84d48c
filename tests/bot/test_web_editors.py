"""/redaktion over HTTP: the base as its editors look at it, with what is missing, in both languages."""

from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.routing import Route

from bot.channels.web_editors import Editors
from bot.channels.web_server import Server
from handlers.texts import say
from knowledge.gaps import GAPS, gaps
from knowledge.library import Library
from knowledge.loading import load_knowledge
from knowledge.model import LANGUAGES
from tests.web import browser

TODAY = date(2026, 11, 22)
LIBRARY = Library(load_knowledge())
"""The base that ships: what it lacks is what the page is for."""


@pytest.fixture
async def editor() -> AsyncIterator[httpx.AsyncClient]:
    """An editor at the page."""
    page = Editors(lambda: LIBRARY, lambda: TODAY).page
    service = Server(("127.0.0.1", 0), Starlette(routes=[Route("/redaktion", page)]))
    service.start()
    async with browser(f"http://127.0.0.1:{service.port}") as client:
        yield client
    await service.stop()


async def page_at(editor: httpx.AsyncClient, query: str = "") -> BeautifulSoup:
    """The page as it is read."""
    answer = await editor.get(f"/redaktion{query}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return BeautifulSoup(answer.text, "html.parser")


def rows(page: BeautifulSoup) -> dict[str, list[str]]:
    """Id of each municipality -> its cells."""
    found = {}
    for row in page.select("tbody tr:has(th)"):
        code = row.select_one("th code")
        assert code
        found[code.text.removesuffix(".yaml")] = [one.get_text(" ", strip=True) for one in row.select("td")]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_municipalities_stand_there_with_what_is_missing(editor: httpx.AsyncClient, language: str) -> None:
    found = rows(await page_at(editor, f"?lang={language}"))
    assert list(found) == list(LIBRARY.municipalities)
    for key, cells in found.items():
        missing = "; ".join(say(language, f"gap-{one}") for one in gaps(LIBRARY, key, TODAY))
        assert cells[-1] == (missing or "–")
        assert cells[1] == str(len(LIBRARY.initiatives_of(key)))


async def test_one_thing_that_is_missing_can_be_picked(editor: httpx.AsyncClient) -> None:
    """Each that is missing anywhere has a link; what is no such thing shows all."""
    page = await page_at(editor)
    picked = [str(one["href"]).rpartition("=")[2] for one in page.select("nav a")]
    assert set(picked) <= set(GAPS)
    for gap in picked:
        found = rows(await page_at(editor, f"?only={gap}"))
        assert list(found) == [key for key in LIBRARY.municipalities if gap in gaps(LIBRARY, key, TODAY)]
    assert len(rows(await page_at(editor, "?only=<b>"))) == len(LIBRARY.municipalities)


async def test_every_fact_stands_there_with_its_id_and_its_source(editor: httpx.AsyncClient) -> None:
    page = await page_at(editor)
    told = {one.text for one in page.select("details code")}
    assert told == {*LIBRARY.strategies, *LIBRARY.initiatives, *LIBRARY.goals, *LIBRARY.milestones}
    earlier = [one.text for one in page.select("details li") if say("da", "editors-earlier") in one.text]
    assert any("kolding-mentorordning" in one for one in earlier)
