"""Makes the README's screenshots: `python -m tests.page.screenshots docs`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser

from tests.page.browser import DESKTOP, PHONE, ChatPage, at_home, browsing


async def take(folder: Path) -> None:
    """Write page-light.png, page-dark.png and page-phone.png."""
    with tempfile.TemporaryDirectory() as state:
        async with at_home(Path(state)) as trial, browsing() as browser:
            chat = await _open(browser, trial.sandbox.page_url, "light")
            await chat.sets_up()
            await chat.answers(1)
            await chat.reads("🔥 Day 1.")
            await chat.travels("daily")
            await chat.page.wait_for_timeout(4000)  # until the notices have gone
            await chat.page.screenshot(path=folder / "page-light.png")
            dark = await _open(browser, trial.sandbox.page_url, "dark")
            await dark.reads("🔥 Day 1.")
            await dark.page.screenshot(path=folder / "page-dark.png")
            await dark.page.set_viewport_size(PHONE)
            await dark.page.wait_for_timeout(500)
            await dark.page.screenshot(path=folder / "page-phone.png")


async def _open(browser: Browser, url: str, scheme: str) -> ChatPage:
    page = await browser.new_page(viewport=DESKTOP, color_scheme=scheme)  # type: ignore[arg-type]
    await page.goto(url + "#seat=1001&chat=1001")
    return ChatPage(page)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(exist_ok=True)
    asyncio.run(take(target))
