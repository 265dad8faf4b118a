"""`dailygrad try`: everything in one process, nothing to set, and the clock on the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.refusal import Refusal
from bot.settings import Settings
from bot.store import chats
from bot.trial import Trial, trying
from tests.stage import Person, Stage, monday_morning, shipped_bank


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[Trial]:
    """A running sandbox with its bot, on a free port."""
    async with trying(
        Settings(), port=0, keep=None, folder=tmp_path, clock=monday_morning()
    ) as running:
        yield running


def alice_of(trial: Trial) -> Person:
    """Alice, on this trial's stage."""
    return Stage(trial.sandbox, trial.app, shipped_bank()).person("alice")


async def act(trial: Trial, name: str, **body: Any) -> tuple[int, dict[str, Any]]:
    """Something done on the page."""
    url = f"{trial.sandbox.page_url}page/api/{name}"
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        return answer.status, await answer.json()


async def test_the_page_is_there_and_the_bot_answers(trial: Trial) -> None:
    async with aiohttp.ClientSession() as session, session.get(trial.sandbox.page_url) as answer:
        assert answer.status == 200
    alice = alice_of(trial)
    await alice.sets_up()
    assert len(alice.polls) == 1


async def test_the_clock_on_the_page_brings_the_next_question(trial: Trial) -> None:
    alice = alice_of(trial)
    status, told = await act(trial, "clock", seat=1001, to="daily")
    assert status == 400
    assert "/start" in told["error"]
    await alice.sets_up()
    before = trial.app.clock.now()
    for expected in (2, 3):
        status, _ = await act(trial, "clock", seat=1001, to="daily")
        assert status == 200
        assert len(alice.polls) == expected
    await act(trial, "clock", seat=1001, to="hour")
    assert timedelta(days=1) < trial.app.clock.now() - before < timedelta(days=3)


async def test_a_day_on_the_page_is_a_day_for_everybody(trial: Trial) -> None:
    alice = alice_of(trial)
    await alice.sets_up()
    for days in range(1, 4):
        await act(trial, "clock", seat=1002, to="day")
        assert len(alice.polls) == days + 1


async def test_stopped_there_is_nothing_to_travel_to(trial: Trial) -> None:
    alice = alice_of(trial)
    await alice.sets_up()
    await alice.says("/stop")
    status, told = await act(trial, "clock", seat=1001, to="daily")
    assert status == 400
    assert "/start" in told["error"]


async def test_what_is_kept_is_there_again(tmp_path: Path) -> None:
    keep = tmp_path / "kept" / "state.db"
    async with trying(Settings(), port=0, keep=keep, folder=tmp_path) as first:
        alice = alice_of(first)
        await alice.sets_up()
        await alice.votes(right=True)
        await first.app.travel(first.app.clock.now() + timedelta(days=1))
        words, then = len(alice.chat), first.app.clock.now()
    async with trying(Settings(), port=0, keep=keep, folder=tmp_path) as second:
        alice = alice_of(second)
        assert len(alice.chat) == words
        assert second.app.clock.now() >= then
        assert await alice.presses("Save") == "Saved: find it under /saved"


async def test_two_trials_do_not_share_a_file(tmp_path: Path) -> None:
    keep = tmp_path / "state.db"
    async with trying(Settings(), port=0, keep=keep, folder=tmp_path):
        with pytest.raises(Refusal, match="in use by another dailygrad"):
            async with trying(Settings(), port=0, keep=keep, folder=tmp_path):
                pass


async def test_a_state_that_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    keep = tmp_path / "state.db"
    write(keep.with_name("state.db.sandbox"), "not JSON")
    with pytest.raises(Refusal, match=r"state\.db\.sandbox"):
        async with trying(Settings(), port=0, keep=keep, folder=tmp_path):
            pass


async def test_settings_for_telegram_do_not_matter_here(tmp_path: Path) -> None:
    settings = Settings(
        bot_token="1:real",
        bot_api_url="https://api.telegram.org/bot",
        database_url="postgresql://u:p@nowhere.invalid/n",
        webhook_url="https://example.org/",
        roles=frozenset({"delivery"}),
    )
    async with trying(settings, port=0, keep=None, folder=tmp_path) as trial:
        alice = alice_of(trial)
        await alice.says("/help")
        assert alice.last_text.startswith("One interview question")
        assert await trial.app.db.read(chats.get, alice.id)


def write(file: Path, content: str) -> None:
    """Leave a file."""
    file.write_text(content)
