"""Makes the README's screenshots: `python -m tests.page.screenshots docs`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, ViewportSize

from tests.page.browser import DESKTOP, PHONE, ChatPage, at_home, browsing


async def take(folder: Path) -> None:
    """Write page-light.png, page-dark.png and page-phone.png: three people, three languages."""
    with tempfile.TemporaryDirectory() as state:
        async with at_home(Path(state)) as trial, browsing() as browser:
            url = trial.sandbox.page_url
            light = await _answered(browser, url, 1001, "light")
            await light.page.screenshot(path=folder / "page-light.png")
            dark = await _answered(browser, url, 1002, "dark")
            await dark.page.screenshot(path=folder / "page-dark.png")
            phone = await _answered(browser, url, 1004, "dark", PHONE)
            await phone.page.screenshot(path=folder / "page-phone.png")


async def _answered(
    browser: Browser, url: str, seat: int, scheme: str, size: ViewportSize = DESKTOP
) -> ChatPage:
    """A page on which somebody has just answered their first question, the quiz at its top."""
    page = await browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    await page.goto(f"{url}#seat={seat}&chat={seat}")
    chat = ChatPage(page)
    await chat.sets_up()
    await chat.answers(1)
    await chat.reads("🔥")
    await page.wait_for_timeout(1500)  # until bars and confetti have come to rest
    await chat.part("poll").last.evaluate(
        "poll => { poll.style.scrollMarginTop = '60px'; poll.scrollIntoView({block: 'start'}) }"
    )
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(700)
    return chat


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(exist_ok=True)
    asyncio.run(take(target))
