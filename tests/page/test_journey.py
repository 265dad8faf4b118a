"""The whole of it, as somebody with a browser meets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.trial import Trial
from tests.page.browser import CHROMIUM, DESKTOP, PHONE, ChatPage, at_home, browsing
from tests.page.screenshots import take

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="the page's tests want Chromium: apt-get install chromium"
)


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[Trial]:
    """The sandbox and the bot."""
    async with at_home(tmp_path) as running:
        yield running


@pytest.fixture
async def chat(trial: Trial) -> AsyncIterator[ChatPage]:
    """The page in a desktop window, in Alice's seat."""
    async with browsing() as browser:
        page = await browser.new_page(viewport=DESKTOP, color_scheme="light")
        opened = ChatPage(page)
        await page.goto(trial.sandbox.page_url + "#seat=1001&chat=1001")
        yield opened
        assert opened.complaints == []


async def test_a_week_of_questions_streaks_and_a_freeze(chat: ChatPage) -> None:
    await chat.sets_up()
    await chat.reads("Done: every day at 09:00")
    await chat.answers()
    await chat.reads("🔥 Day 1.")

    await chat.travels("daily")  # Tuesday, 09:00
    await expect(chat.part("poll")).to_have_count(2)
    await chat.answers()
    await chat.reads("🔥 Day 2.")

    await chat.travels("day")  # Wednesday's question stays unanswered
    await expect(chat.part("poll")).to_have_count(3)
    await chat.travels("day")  # over Wednesday's evening, to Thursday
    await chat.reads("costs a freeze at 03:00")
    await expect(chat.part("poll")).to_have_count(5)
    await chat.answers()
    await chat.reads("🔥 Day 3. A freeze saved the day you missed; one is left.")


async def test_the_saver_is_answered_like_any_question(chat: ChatPage) -> None:
    await chat.sets_up()
    await chat.answers()
    await chat.reads("🔥 Day 1.")
    await chat.travels("daily")
    await chat.answers()
    await chat.reads("🔥 Day 2.")
    await chat.travels("daily")
    await expect(chat.part("poll")).to_have_count(3)
    for _ in range(11):  # 09:00 to 20:00
        await chat.travels("hour")
    await chat.reads("costs a freeze at 03:00")
    await chat.answers(1)
    await chat.reads("🔥 Day 3.")


async def test_a_vote_shows_marks_and_the_explanation(chat: ChatPage) -> None:
    await chat.sets_up()
    await chat.answers(2)
    poll = chat.part("poll").last
    await expect(poll).to_contain_text("100%")
    texts = await poll.get_by_test_id("poll-option").all_inner_texts()
    assert len(texts) == 4
    lamp = poll.get_by_role("button", name="Explanation")
    explanation = poll.get_by_test_id("poll-explanation")
    if not await explanation.is_visible():
        await lamp.click()
    await expect(explanation).to_be_visible()


async def test_a_press_shows_a_toast_and_changes_the_button(chat: ChatPage) -> None:
    await chat.sets_up()
    await chat.answers()
    await chat.taps("Save")
    await expect(chat.part("toast").last).to_contain_text("/saved")
    await expect(chat.part("inline-button").filter(has_text="Saved ✓")).to_be_visible()


async def test_the_command_menu_speaks_the_seats_language(chat: ChatPage) -> None:
    await chat.page.goto("about:blank")
    await chat.page.go_back()
    await chat.part("seat-1002").click()
    await chat.part("chat-1002").click()
    await chat.part("start-button").click()
    await chat.reads("Привет, Борис")
    await chat.part("command-menu").click()
    await expect(chat.part("command-item").filter(has_text="/daily")).to_contain_text("вопрос")


async def test_it_works_by_keyboard_alone(chat: ChatPage) -> None:
    await chat.part("start-button").press("Enter")
    await chat.reads("Hi Alice")
    composer = chat.part("composer")
    await composer.focus()
    await chat.page.keyboard.type("/help")
    await chat.page.keyboard.press("Escape")
    await chat.page.keyboard.press("Enter")
    await chat.reads("One interview question a day.")


async def test_a_phone_shows_one_column_without_sideways_scrolling(
    chat: ChatPage, trial: Trial
) -> None:
    await chat.sets_up()
    await chat.answers()
    await chat.reads("🔥 Day 1.")
    await chat.page.set_viewport_size(PHONE)
    width = await chat.page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= PHONE["width"]
    await chat.part("back").click()
    await expect(chat.part("chat-1001")).to_be_visible()
    await expect(chat.part("composer")).to_be_hidden()


async def test_a_page_that_is_loaded_again_shows_the_same(chat: ChatPage) -> None:
    await chat.sets_up()
    await chat.answers()
    await chat.reads("🔥 Day 1.")
    await chat.page.reload()
    await chat.reads("🔥 Day 1.")
    await expect(chat.part("poll")).to_have_count(1)


async def test_the_screenshots_can_be_made_again(tmp_path: Path) -> None:
    await take(tmp_path)
    for name in ("page-light.png", "page-dark.png", "page-phone.png"):
        assert (tmp_path / name).stat().st_size > 20_000
