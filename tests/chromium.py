"""A real browser for tests: Debian's Chromium. Where there is none, its tests are skipped - but not in CI."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

POLICY = "Content Security Policy"
PATIENCE_MS = 20_000
"""How long a test waits for something to be seen."""
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-proxy-server", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip
"""It talks to nobody but the page."""

expect.set_options(timeout=PATIENCE_MS)


def executable() -> str:
    """Where Chromium is. Skips the test where it is not installed; in CI, where `.ci/run` installs it, that fails."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("there is no Chromium, which .ci/run should have installed")
    pytest.skip("needs Chromium (on Debian: apt-get install chromium)")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser."""
    path = executable()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        await browser.close()


@asynccontextmanager
async def page_of(browser: Browser, strict: bool = True, **options: Any) -> AsyncIterator[Page]:
    """A page with cookies of its own. Fails where a script has failed or, if `strict`, a page's policy was broken."""
    context = await browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if strict and POLICY in line.text else None)
    yield page
    await context.close()
    assert faults == []
