"""Pictures on the page: words and shapes that break no policy, legible on a phone, with the same as a table behind."""

from collections.abc import AsyncIterator

import httpx
import pytest
from bs4 import Tag
from playwright.async_api import Page, expect

from bot.channels.web_site import PAINTS, static
from bot.channels.web_view import Drawing, shown
from bot.conversation import Conversation
from bot.drawing.canvas import DARK, LIGHT, stylesheet
from bot.drawing.page import svg_of
from handlers.dialogue import Dialogue
from handlers.picture import Picture
from handlers.reply import About, Reply
from knowledge.library import Library
from knowledge.query import Query
from tests.chromium import chromium, page_of
from tests.handlers.bases import base_of
from tests.handlers.test_pictures import shown as picture_of
from tests.web import browser, one, serving, soup

ASKED = {
    "timeline": "tidslinje",
    "matrix": "vis en oversigt over temaer",
    "comparison": "sammenlign Aarhus, København og Roskilde som billede",
}
SHAPES = {"svg", "rect", "path", "circle", "text"}
OUTSIDE = """[...document.querySelectorAll(".picture text")].filter((one) => {
    const words = one.getBoundingClientRect(), whole = one.closest("svg").getBoundingClientRect();
    return words.left < whole.left || words.right > whole.right + 4 || words.bottom > whole.bottom;
}).map((one) => one.textContent)"""
"""Words that leave their picture; the box of a rising one is some pixels wider than its letters."""
FILL = "one => getComputedStyle(one).fill"


@pytest.fixture
async def root(dialogue: Dialogue) -> AsyncIterator[str]:
    """The page."""
    async with serving(Conversation(dialogue)) as address:
        yield address


@pytest.fixture
async def client(root: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who would rather look than read."""
    async with browser(root) as reader:
        yield reader


def table_of(figure: Tag) -> list[tuple[str, ...]]:
    """The table's head and rows."""
    return [tuple(cell.text for cell in row.select("th, td")) for row in figure.select("tr")]


@pytest.mark.parametrize("question", ASKED.values(), ids=list(ASKED))
async def test_a_picture_is_shapes_and_words_and_nothing_else(client: httpx.AsyncClient, question: str) -> None:
    """No script, no style, no address, no id: two pictures on a page do not get into each other's way."""
    figure = one(soup(await client.post("/", data={"text": question})), ".turn figure.picture")
    svg = one(figure, "svg")
    assert {tag.name for tag in (svg, *svg.find_all(True))} <= SHAPES
    names = {name for tag in (svg, *svg.find_all(True)) for name in tag.attrs}
    assert not {name for name in names if name in ("style", "id", "href") or name.startswith(("on", "xlink"))}
    assert svg["role"] == "img"
    assert len(str(svg["aria-label"])) > 40
    assert [text for text in svg.select("text") if text.text.strip()]


async def test_the_table_has_what_the_picture_has(client: httpx.AsyncClient, library: Library) -> None:
    """With a caption, and the names of columns and rows as such."""
    for path, query in {"/t": Query("matrix"), "/k": Query("timeline")}.items():
        for prefix, language in {"": "da", "/en": "en"}.items():
            figure = one(soup(await client.get(prefix + path)), "figure.picture")
            picture = picture_of(library, query, language)
            assert table_of(figure) == [picture.table.head, *picture.table.rows]
            assert one(figure, "caption").text == picture.title
            assert one(figure, "svg")["aria-label"] == picture.alt
            assert len(figure.select("thead th[scope=col]")) == len(picture.table.head)
            assert len(figure.select("tbody th[scope=row]")) == len(picture.table.rows)


def test_control_characters_are_gone_from_a_picture(library: Library) -> None:
    picture = picture_of(library, Query("timeline"))
    marked = Picture(picture.name, "a\u202eb\x07c", picture.parts, ("d\u2066e",), "f\x00g", picture.table)
    (part,) = shown(Reply("da", (marked,), About("answered", "timeline"))).parts
    assert isinstance(part, Drawing)
    assert part.title == "abc"
    assert not {"\u202e", "\u2066", "\x07", "\x00"} & set(part.svg)
    plain = Picture(picture.name, "abc", picture.parts, ("de",), "fg", picture.table)
    assert part.svg == svg_of(plain)


async def test_the_colours_come_from_here_and_for_good(client: httpx.AsyncClient) -> None:
    response = await client.get(static(PAINTS))
    assert response.headers["content-type"].startswith("text/css")
    assert "immutable" in response.headers["cache-control"]
    assert response.text == stylesheet()
    link = one(soup(await client.get("/")), "link[media=screen]")
    assert link["href"] == static(PAINTS)
    assert "immutable" not in (await client.get(f"/static/{PAINTS}")).headers["cache-control"]


async def test_the_button_below_an_answer_shows_the_picture(root: str) -> None:
    """With a script and without; the table unfolds by keyboard."""
    for script in (True, False):
        async with chromium() as engine, page_of(engine, java_script_enabled=script) as page:
            await page.goto(f"{root}/")
            await page.get_by_role("textbox").fill("hvilke temaer er der?")
            await page.get_by_role("textbox").press("Enter")
            await page.get_by_role("button", name="Vis som billede").click()
            await expect(page.get_by_role("img", name="20 temaer i 5 kommuner")).to_be_visible()
            await expect(page.get_by_role("table", name="Hvem arbejder med hvad?")).to_have_count(0)
            await page.get_by_text("Vis som tabel").focus()
            await page.keyboard.press("Enter")
            table = page.get_by_role("table", name="Hvem arbejder med hvad?")
            await expect(table.get_by_role("rowheader", name="Rådgivning")).to_be_visible()


@pytest.mark.parametrize("width", [320, 360, 800, 1400])
@pytest.mark.parametrize("question", ASKED.values(), ids=list(ASKED))
async def test_every_word_is_within_the_picture_and_the_picture_within_the_page(
    root: str, question: str, width: int
) -> None:
    """In the letters of the machine's own fonts; on a phone as wide as the screen."""
    async with chromium() as engine, page_of(engine, viewport={"width": width, "height": 800}) as page:
        await page.goto(f"{root}/?q={question}")
        assert await page.evaluate(OUTSIDE) == []
        assert not await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        box = await page.locator(".picture svg").bounding_box()
        assert box
        assert box["width"] == min(width, 608)


async def test_the_words_of_a_large_base_are_within_the_picture(dialogue: Dialogue, library: Library) -> None:
    large = Dialogue(base_of(library, 40, 60), dialogue.understander, dialogue.today)
    async with serving(Conversation(large)) as root, chromium() as engine, page_of(engine) as page:
        for path in ("/k", "/t", "/en/k", "/en/t"):
            await page.goto(root + path)
            assert await page.evaluate(OUTSIDE) == [], path


async def test_light_and_dark_and_paper(root: str) -> None:
    """The colours follow the reader's; on paper they are dark on white, whatever the screen has."""
    async with chromium() as engine, page_of(engine, color_scheme="dark") as page:
        await page.goto(f"{root}/t")
        assert await fill(page, "circle") == DARK["mark"]
        assert await fill(page, "text") == DARK["ink"]
        await page.emulate_media(media="print")
        assert await fill(page, "circle") == LIGHT["mark"]
        assert await fill(page, "text") == LIGHT["ink"]
        assert await fill(page, "rect") == "#ffffff"
        await page.emulate_media(media="screen", color_scheme="light")
        assert await fill(page, "circle") == LIGHT["mark"]


async def fill(page: Page, shape: str) -> str:
    """The colour of the first such shape."""
    told: str = await page.locator(f".picture {shape}").first.evaluate(FILL)
    red, green, blue = (int(part) for part in told.removeprefix("rgb(").removesuffix(")").split(","))
    return f"#{red:02x}{green:02x}{blue:02x}"
