"""Takes `docs/page.png`, the README's picture of the page, in Chromium: `python -m docs.page`."""

import asyncio
from pathlib import Path

from bot.channels.web import WebService
from bot.config import Settings
from bot.conversation import Conversation
from handlers.dialogue import load_dialogue
from tests.chromium import chromium, page_of

QUESTION = "hvem har en mentorordning?"
PICTURE = Path(__file__).with_name("page.png")


async def take() -> None:
    """Asks the question, and takes the page as it then is."""
    service = WebService(Settings(web="127.0.0.1:0"), Conversation(load_dialogue()))
    service.start()
    size = {"width": 1100, "height": 900}
    async with chromium() as browser, page_of(browser, viewport=size, reduced_motion="reduce") as page:
        await page.goto(f"http://127.0.0.1:{service.port}/")
        await page.get_by_role("textbox").fill(QUESTION)
        await page.get_by_role("textbox").press("Enter")
        await page.locator(".turn").wait_for()
        await page.screenshot(path=PICTURE)
    await service.stop()


if __name__ == "__main__":
    asyncio.run(take())
