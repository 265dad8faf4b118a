"""The streak saver: it speaks late, seldom, and with the question in its hand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.streak import Ledger
from bot.store import users
from bot.store.chats import change
from tests.handlers.test_streak import closing, keep
from tests.stage import Person, Stage

LONDON = ZoneInfo("Europe/London")


async def with_streak(stage: Stage, person: Person, streak: int, *, freezes: int = 2) -> None:
    """Set up and with a streak that ran until yesterday; today is open."""
    await person.sets_up()
    yesterday = stage.app.clock.now().date() - timedelta(days=1)
    ledger = Ledger(streak=streak, best=streak, last_day=yesterday, freezes=freezes)
    await stage.app.db.write(keep, person.id, ledger)


async def until(stage: Stage, hour: time) -> None:
    """London's clock, today."""
    today = stage.app.clock.now().astimezone(LONDON).date()
    await stage.travel(datetime.combine(today, hour, LONDON).astimezone(UTC))


async def test_at_eight_it_brings_the_same_question_again(stage: Stage, alice: Person) -> None:
    await with_streak(stage, alice, 12)
    await until(stage, time(19, 59))
    assert len(alice.polls) == 1
    await until(stage, time(20, 1))
    first, again = alice.polls
    assert again["poll"]["question"] == first["poll"]["question"]
    assert again["poll"]["options"][0]["text"] == first["poll"]["options"][0]["text"]
    assert again["poll"]["close_date"] == first["poll"]["close_date"]


@pytest.mark.parametrize(
    ("freezes", "lead"),
    [
        (0, "🔥 Your 12-day streak ends at 03:00. One question is enough."),
        (1, "🔥 12 days so far. Missing today costs a freeze at 03:00; one question keeps it."),
    ],
)
async def test_it_says_what_is_at_stake(
    stage: Stage, alice: Person, freezes: int, lead: str
) -> None:
    await with_streak(stage, alice, 12, freezes=freezes)
    await until(stage, time(20, 1))
    assert alice.last["poll"]["description"].startswith(lead)


@pytest.mark.parametrize("copy", [0, 1])
async def test_answering_either_copy_counts_once(stage: Stage, alice: Person, copy: int) -> None:
    await with_streak(stage, alice, 2)
    await until(stage, time(20, 1))
    await alice.votes(right=True, message=alice.polls[copy])
    assert closing(alice) == "🔥 Day 3."
    await alice.votes(right=False, message=alice.polls[1 - copy])
    assert "first answer counts" in alice.last_text
    assert (await stage.app.db.read(users.ledger, alice.id)).streak == 3


@pytest.mark.parametrize("streak", [0, 1])
async def test_a_short_streak_is_not_worth_a_reminder(
    stage: Stage, alice: Person, streak: int
) -> None:
    await with_streak(stage, alice, streak)
    await until(stage, time(23))
    assert len(alice.polls) == 1


async def test_an_answered_day_is_not_reminded_of(stage: Stage, alice: Person) -> None:
    await with_streak(stage, alice, 5)
    await alice.votes(right=False)
    await until(stage, time(23))
    assert len(alice.polls) == 1


async def test_an_answer_in_the_last_moment_still_holds_it_back(
    stage: Stage, alice: Person
) -> None:
    await with_streak(stage, alice, 5)
    today = stage.app.clock.now().astimezone(LONDON).date()
    due = datetime.combine(today, time(20), LONDON).astimezone(UTC)
    stage.sandbox.clock.move_to(due)
    poll = alice.polls[0]["poll"]
    planned = stage.app.planner.tick()
    stage.sandbox.world.vote(alice.id, poll["id"], [0])
    await planned
    await stage.settled()
    assert len(alice.polls) <= 2
    assert (await stage.app.db.read(users.ledger, alice.id)).streak == 6


async def test_switched_off_it_is_silent(stage: Stage, alice: Person) -> None:
    await with_streak(stage, alice, 5)
    await alice.says("/settings")
    await alice.presses("Turn reminder off")
    await until(stage, time(23))
    assert len(alice.polls) == 1


async def test_it_comes_at_the_hour_that_was_chosen(stage: Stage, alice: Person) -> None:
    await with_streak(stage, alice, 5)
    await alice.says("/settings")
    await alice.presses("Reminder time")
    await alice.presses("Other hour")
    await alice.says("22:30")
    await until(stage, time(22, 29))
    assert len(alice.polls) == 1
    await until(stage, time(22, 31))
    assert len(alice.polls) == 2, "whoever chooses a quiet hour wants it"


async def test_a_bot_that_slept_does_not_remind_at_night(stage: Stage, alice: Person) -> None:
    await with_streak(stage, alice, 5)
    today = stage.app.clock.now().astimezone(LONDON).date()
    stage.sandbox.clock.move_to(datetime.combine(today, time(23), LONDON).astimezone(UTC))
    await stage.app.planner.tick()
    await stage.settled()
    assert len(alice.polls) == 1


async def test_one_that_slept_an_hour_reminds_late(stage: Stage, alice: Person) -> None:
    await with_streak(stage, alice, 5)
    today = stage.app.clock.now().astimezone(LONDON).date()
    stage.sandbox.clock.move_to(datetime.combine(today, time(21), LONDON).astimezone(UTC))
    await stage.app.planner.tick()
    await stage.settled()
    assert len(alice.polls) == 2


@pytest.mark.parametrize("name", ["boris", "carla", "li"])
async def test_it_speaks_every_language(stage: Stage, name: str) -> None:
    person = stage.person(name)
    await person.says("/start")
    for _ in range(2):
        await person.presses("✓")
    rows = person.last["reply_markup"]["inline_keyboard"]
    await person.press_data(person.last, rows[1][0]["callback_data"])
    today = stage.app.clock.now().date()
    ledger = Ledger(streak=21, best=21, last_day=today - timedelta(days=1), freezes=0)
    await stage.app.db.write(keep, person.id, ledger)
    await stage.app.db.write(change, person.id, zone="Europe/London")
    await stage.wait(hours=14)
    assert len(person.polls) == 2
    assert "21" in person.last["poll"]["description"]
    assert "03:00" in person.last["poll"]["description"]


async def test_never_more_than_two_messages_a_day(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    for day in range(12):
        if day % 5 < 3:
            await alice.votes(right=day % 2 == 0)
        await stage.wait(days=1)
    dates: Counter[date] = Counter()
    for message in alice.polls:
        dates[datetime.fromtimestamp(message["date"], LONDON).date()] += 1
    assert len(dates) == 13
    assert max(dates.values()) == 2
    night = [datetime.fromtimestamp(m["date"], LONDON).hour for m in alice.polls]
    assert all(8 <= hour < 22 for hour in night)
