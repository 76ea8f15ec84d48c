"""The page in a real browser: a whole conversation with a script and without, by keyboard alone, and for everyone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.conversation import Conversation
from bot.store import Store
from handlers.dialogue import Dialogue
from tests.chromium import chromium, page_of
from tests.databases import sqlite_settings
from tests.web import serving

WORDS = {
    "da": {
        "path": "/",
        "question": "hvem har en mentorordning?",
        "answer": "2 af de 5 kommuner",
        "button": "Sammenlign Aarhus og Roskilde om mentorordning",
        "compared": "Aarhus og Roskilde om „Mentorordning“",
        "further": "hvornår vedtog aarhus deres strategi",
        "dated": "2012",
        "follow": "abonner på Kolding",
        "followed": "Du får nu besked om Kolding",
        "stop": "Stop besked om Kolding",
    },
    "en": {
        "path": "/en/",
        "question": "who runs mentor schemes?",
        "answer": "2 of the 5 municipalities",
        "button": "Compare Aarhus and Roskilde on mentor schemes",
        "compared": "Aarhus and Roskilde on ‘Mentor schemes’",
        "further": "when did Aarhus adopt its strategy?",
        "dated": "2012",
        "follow": "subscribe to Kolding",
        "followed": "You now get notices about Kolding",
        "stop": "Stop notices about Kolding",
    },
}
PAGES = (
    "/", "/?q=mentorordning", "/k", "/t", "/d", "/news", "/find", "/k/roskilde", "/k/koebenhavn", "/t/mentorordning",
    "/i/roskilde-mentorordning", "/s/kolding-2009", "/m/roskilde-vision", "/d/overblik-2014", "/o/di",
    "/b/socialoekonomi", "/privacy", "/accessibility", "/data", "/embed", "/k/arhus",
)  # fmt: skip
"""One of every kind."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
async def root(storing: Dialogue, tmp_path: Path) -> AsyncIterator[str]:
    """The page over a real store, as an intranet may frame it."""
    store = await Store.open(sqlite_settings(tmp_path))
    conversation = Conversation(storing, store)
    async with serving(conversation, web_parents="https://intranet.kommune.dk") as address:
        yield address
    await conversation.close()


async def ask(page: Page, text: str) -> None:
    """Types a question and sends it."""
    await page.get_by_role("textbox").fill(text)
    await page.get_by_role("textbox").press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", WORDS)
async def test_a_whole_conversation(root: str, language: str, script: bool) -> None:
    words = WORDS[language]
    async with chromium() as browser, page_of(browser, java_script_enabled=script) as page:
        await page.goto(root + words["path"])
        answer = page.locator(".turn .reply").last
        await ask(page, words["question"])
        await expect(answer).to_contain_text(words["answer"])
        assert page.url == root + words["path"]
        await page.get_by_role("button", name=words["button"]).click()
        await expect(answer).to_contain_text(words["compared"])
        await ask(page, words["further"])
        await expect(answer).to_contain_text(words["dated"])
        await ask(page, words["follow"])
        await expect(answer).to_contain_text(words["followed"])
        await page.get_by_role("button", name=words["stop"]).last.click()
        await expect(page.get_by_role("heading", name=words["stop"])).to_be_visible()
        # With a script all turns stand there; without one, each answer is a page.
        await expect(page.locator(".turn")).to_have_count(5 if script else 1)
        await expect(page.get_by_role("textbox")).to_have_value("")


async def test_by_keyboard_alone(root: str) -> None:
    async with chromium() as browser, page_of(browser) as page:
        await page.goto(root)
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Gå til indholdet")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("textbox")).to_be_focused()
        await page.keyboard.type("hvem har mentorordning")
        await page.keyboard.press("Enter")
        await expect(page.locator(".turn")).to_have_count(1)
        # The field keeps the focus, and the way back leads through the answer's buttons.
        await expect(page.get_by_role("textbox")).to_be_focused()
        await page.keyboard.press("Shift+Tab")
        button = page.locator(".turn button").last
        await expect(button).to_be_focused()
        outline = await button.evaluate("one => getComputedStyle(one).outlineStyle")
        assert outline == "solid"
        await page.keyboard.press("Enter")
        await expect(page.locator(".turn")).to_have_count(2)
        await expect(page.get_by_role("textbox")).to_be_focused()


async def test_a_new_answer_is_announced(root: str) -> None:
    async with chromium() as browser, page_of(browser) as page:
        await page.goto(root)
        log = page.get_by_role("log")
        await expect(log).to_have_attribute("aria-live", "polite")
        await ask(page, "who runs mentor schemes?")
        await expect(log.locator(".reply")).to_have_attribute("lang", "en")


async def test_another_tab_begins_the_chat_first(root: str) -> None:
    async with chromium() as browser, page_of(browser) as page:
        await page.goto(root)
        other = await page.context.new_page()
        await other.goto(root)
        await ask(other, "hvad gør Kolding?")
        await expect(other.locator(".turn")).to_have_count(1)
        await ask(page, "hvad gør Aarhus?")
        await expect(page.locator(".turn .reply")).to_contain_text("4 indsatser")


async def test_without_network_nothing_typed_is_lost(root: str) -> None:
    async with chromium() as browser, page_of(browser) as page:
        await page.goto(root)
        await page.context.set_offline(True)
        await ask(page, "hvad gør Kolding?")
        await expect(page.get_by_role("alert")).to_contain_text("Prøv igen")
        await expect(page.get_by_role("textbox")).to_have_value("hvad gør Kolding?")
        await page.context.set_offline(False)
        await page.get_by_role("textbox").press("Enter")
        await expect(page.locator(".turn .reply")).to_contain_text("7 indsatser")


async def test_names_are_completed(root: str) -> None:
    async with chromium() as browser, page_of(browser) as page:
        await page.goto(f"{root}/find")
        await page.get_by_role("combobox").press_sequentially("køb")
        await expect(page.locator("#names option").first).to_have_attribute("value", "København")
        await page.get_by_role("combobox").fill("København")
        await page.get_by_role("combobox").press("Enter")
        await expect(page).to_have_url(f"{root}/k/koebenhavn")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["da", "en"])
async def test_axe_finds_nothing(root: str, prefix: str, scheme: str) -> None:
    async with chromium() as browser, page_of(browser, color_scheme=scheme, reduced_motion="reduce") as page:
        for path in PAGES:
            await page.goto(f"{root}{prefix}{path}")
            await nothing_is_found(page, path)
        await page.goto(f"{root}{prefix}/")
        for text in (
            "hvem har mentorordning", "rundtur", "minedata", "/abonner", "hvor er svømmehallen", "København?",
            "tidslinje", "sammenlign Aarhus og København som billede", "tidslinje", "send mig Aarhus på én side",
        ):  # fmt: skip
            await ask(page, text)
        await expect(page.locator(".turn")).to_have_count(10)
        for table in await page.locator("summary").all():
            await table.click()
        await nothing_is_found(page, "the conversation")


async def nothing_is_found(page: Page, what: str) -> None:
    """Axe's verdict, on all rules of WCAG 2.2 AA and its own."""
    found = await Axe().run(page, options={"runOnly": list(RULES)})
    assert found.violations_count == 0, f"{what}: {found.generate_report()}"


async def test_nothing_is_cut_off_however_narrow(root: str) -> None:
    """320 pixels: what is left of 1280 at 400 %. And no target is too small for a finger."""
    small = """[...document.querySelectorAll("button, nav a, footer a, .chips a, .rows a")]
        .filter((one) => { const box = one.getBoundingClientRect(); return box.height > 0 && box.height < 24; })
        .map((one) => one.textContent)"""
    async with chromium() as browser, page_of(browser, viewport={"width": 320, "height": 640}) as page:
        for path in PAGES:
            await page.goto(root + path)
            assert not await page.evaluate(OVERFLOWS), path
            assert await page.evaluate(small) == [], path
        await page.goto(root)
        await ask(page, "vis alle dokumenter")
        await expect(page.locator(".turn")).to_have_count(1)
        assert not await page.evaluate(OVERFLOWS)


async def test_with_twice_as_large_letters(root: str) -> None:
    async with chromium() as browser, page_of(browser, viewport={"width": 640, "height": 800}) as page:
        for path in ("/", "/k/roskilde", "/find"):
            await page.goto(root + path)
            await page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert not await page.evaluate(OVERFLOWS), path


@asynccontextmanager
async def intranet(html: list[str]) -> AsyncIterator[str]:
    """Another site, whose only page is the last of `html`; gives its origin, which is not that of 127.0.0.1."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = html[-1].encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://localhost:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@pytest.mark.parametrize("allowed", [True, False], ids=["allowed", "other"])
async def test_only_an_allowed_page_may_frame_it(dialogue: Dialogue, allowed: bool) -> None:
    """The script that the page itself offers, in another site's page; over plain HTTP a browser lets no cookie in."""
    html: list[str] = []
    async with (
        intranet(html) as parent,
        serving(Conversation(dialogue), web_parents=parent if allowed else "http://localhost:1") as root,
        chromium() as browser,
        page_of(browser, strict=allowed) as page,
    ):
        html.append(
            f'<!doctype html><title>x</title><body><script src="{root}/static/embed.js" data-lang="en"></script>'
        )
        inside = page.frame_locator("iframe")
        if not allowed:
            async with page.expect_console_message(lambda line: "frame-ancestors" in line.text):
                await page.goto(parent)
            await expect(inside.get_by_role("textbox")).to_have_count(0)
            return
        await page.goto(parent)
        await expect(page.locator("iframe")).to_have_attribute("title", "Vejviser")
        told = {"who runs mentor schemes?": "2 of the 5", "what does Kolding do?": "7 initiatives"}
        for question, answer in told.items():
            await inside.get_by_role("textbox").fill(question)
            await inside.get_by_role("textbox").press("Enter")
            await expect(inside.locator(".turn .reply").last).to_contain_text(answer)


async def test_paper_has_the_facts_alone(root: str) -> None:
    async with chromium() as browser, page_of(browser) as page:
        await page.goto(f"{root}/k/roskilde")
        await page.emulate_media(media="print")
        await expect(page.get_by_role("heading", name="Indsatser")).to_be_visible()
        for gone in ("nav", ".further", ".language"):
            await expect(page.locator(gone)).to_be_hidden()
