"""A browser for tests: the system's Chromium, driven by Playwright, in a page of the sandbox."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from bot.settings import Settings
from bot.trial import Trial, trying
from tests.stage import monday_morning

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Root needs --no-sandbox; the rest keeps Chromium from looking for its maker's servers.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A headless Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def at_home(folder: Path) -> AsyncIterator[Trial]:
    """`dailygrad try` in this process, on a Monday at 10:00 UTC."""
    clock = monday_morning()
    async with trying(Settings(), port=0, keep=None, folder=folder, clock=clock) as trial:
        yield trial


class ChatPage:
    """The chat page as somebody sees and uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning"):
            self.complaints.append(str(getattr(message, "text", message)))

    def part(self, name: str) -> Locator:
        """Everything with that test id."""
        return self.page.get_by_test_id(name)

    async def taps(self, label: str) -> None:
        """Tap the latest button with that label."""
        await self.part("inline-button").filter(has_text=label).last.click()

    async def reads(self, words: str) -> None:
        """Wait until the words stand somewhere in the conversation."""
        await expect(self.part("message").filter(has_text=words).last).to_be_visible()

    async def sets_up(self) -> None:
        """The first minute in the seat's own language, with the middle level."""
        await self.part("start-button").click()
        await self.taps("✓")  # the language as guessed
        await self.taps("09:00")
        await expect(self.part("inline-button")).to_have_count(3)
        await self.part("inline-button").nth(1).click()
        await expect(self.part("poll")).to_have_count(1)

    async def answers(self, option: int = 0) -> None:
        """Choose an option of the latest quiz."""
        await self.part("poll").last.get_by_test_id("poll-option").nth(option).click()

    async def travels(self, way: str) -> None:
        """hour, day or daily on the clock bar; until the page has arrived."""
        before = await self.part("clock-now").inner_text()
        await self.part(f"clock-{way}").click()
        await expect(self.part("clock-now")).not_to_have_text(before, use_inner_text=True)
        await expect(self.part(f"clock-{way}")).to_be_enabled()
