"""The streak as people see it, day after day through the front door."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Connection

from bot.rules.streak import Ledger
from bot.store import users
from bot.store.database import insert_new
from bot.store.tables import outages
from tests.stage import Person, Stage


def closing(person: Person) -> str:
    """The last paragraph of the post: what the answer did."""
    return person.last_text.rsplit("\n\n", 1)[-1]


def keep(conn: Connection, person: int, ledger: Ledger) -> None:
    """Give somebody a past."""
    users.ledger_to_change(conn, person)
    users.keep_ledger(conn, person, ledger)


async def kept(stage: Stage, person: Person, *, missed: int, **ledger: int) -> None:
    """A past that ended so many missed days ago."""
    today = stage.app.clock.now().date()
    last = today - timedelta(days=missed + 1)
    await stage.app.db.write(keep, person.id, Ledger(last_day=last, **ledger))


async def at_hour(stage: Stage, hour: time, *, days: int = 0) -> None:
    """Travel to a UTC time of day."""
    day = stage.app.clock.now().date() + timedelta(days=days)
    await stage.travel(datetime.combine(day, hour, UTC))


async def test_seven_days_in_a_row(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    told = []
    for _ in range(7):
        await alice.votes(right=False)
        told.append(closing(alice))
        await stage.wait(days=1)
    assert [line.split(".")[0] for line in told] == [f"🔥 Day {day}" for day in range(1, 8)]
    assert all("freeze" not in line for line in told), "two are held already"


async def test_a_missed_day_spends_a_freeze(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    await stage.wait(days=2)
    await alice.votes(right=True)
    assert closing(alice) == "🔥 Day 2. A freeze saved the day you missed; one is left."


@pytest.mark.parametrize(
    ("missed", "freezes", "told"),
    [
        (1, 1, "🔥 Day 6. A freeze saved the day you missed; none are left."),
        (2, 2, "🔥 Day 6. 2 freezes saved the days you missed; none are left."),
        (2, 1, "🔥 Day 1 again: your best was 9."),
        (1, 0, "🔥 Day 1 again: your best was 9."),
        (3, 2, "🔥 Day 1 again: your best was 9."),
        (200, 2, "🔥 Day 1 again: your best was 9."),
    ],
)
async def test_missed_days_cost_freezes_or_the_streak(
    stage: Stage, alice: Person, missed: int, freezes: int, told: str
) -> None:
    await alice.sets_up()
    await kept(stage, alice, missed=missed, streak=5, best=9, freezes=freezes)
    await alice.votes(right=True)
    assert closing(alice) == told


async def test_a_single_day_is_not_mourned(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await kept(stage, alice, missed=5, streak=1, best=1, freezes=2)
    await alice.votes(right=True)
    assert closing(alice) == "🔥 Day 1."


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("boris", "🔥 День 2. Заморозка спасла пропущенный день; осталась одна."),
        ("carla", "🔥 Dia 2."),
        ("li", "🔥 第 2 天"),
    ],
)
async def test_a_freeze_is_worded_in_every_language(stage: Stage, name: str, told: str) -> None:
    person = stage.person(name)
    await person.says("/daily")
    await kept(stage, person, missed=1, streak=1, best=1, freezes=2)
    await person.votes(right=True)
    assert closing(person).startswith(told)
    assert len(closing(person)) > len("🔥 Dia 2.")


async def test_the_seventh_kept_day_earns_a_freeze_back(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await kept(stage, alice, missed=0, streak=6, best=6, freezes=1, towards_freeze=6)
    await alice.votes(right=True)
    assert closing(alice) == "🔥 Day 7. Seven days kept: you have earned a freeze."
    await alice.says("/streak")
    assert "Freezes: 2 of 2" in alice.last_text


async def test_a_freeze_spent_and_earned_on_one_day_is_counted_right(
    stage: Stage, alice: Person
) -> None:
    await alice.sets_up()
    await kept(stage, alice, missed=1, streak=6, best=6, freezes=2, towards_freeze=6)
    await alice.votes(right=True)
    told = "A freeze saved the day you missed; one is left. Seven days kept: you have earned"
    assert told in closing(alice)
    await alice.says("/streak")
    assert "Freezes: 2 of 2" in alice.last_text


async def test_days_without_the_bot_are_spared(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await kept(stage, alice, missed=2, streak=5, best=5, freezes=0)
    noon = datetime.combine(stage.app.clock.now().date(), time(12), UTC)
    down = {"started_at": noon - timedelta(days=2), "ended_at": noon - timedelta(hours=20)}
    await stage.app.db.write(lambda conn: conn.execute(insert_new(outages), down) and None)
    await alice.votes(right=True)
    assert closing(alice).startswith("🔥 Day 6.")
    assert "I was away for 2 days, so those days are frozen for everybody." in closing(alice)


async def test_after_midnight_is_still_yesterday(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    await at_hour(stage, time(9, 1), days=1)
    await at_hour(stage, time(0, 40), days=1)
    await alice.votes(right=True)
    assert closing(alice) == "🔥 Day 2."
    await at_hour(stage, time(9, 1))
    await alice.votes(right=True)
    assert closing(alice) == "🔥 Day 3."


async def test_a_second_answer_on_a_day_is_worth_reading_but_counts_nothing(
    stage: Stage, alice: Person
) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    await alice.presses("More on this")
    await alice.votes(right=False)
    assert closing(alice) == "🔥 Still day 1: one a day counts."


async def test_streak_of_somebody_new(stage: Stage, alice: Person) -> None:
    await alice.says("/streak")
    assert alice.last_text == "No streak yet. One answer starts it: /daily"


async def test_streak_with_today_open_and_done(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await kept(stage, alice, missed=0, streak=4, best=11, freezes=1)
    await alice.says("/streak")
    assert alice.last_text == (
        "🔥 4 days\nToday is open until 03:00: /daily\nBest: 11 days\nFreezes: 1 of 2"
    )
    await alice.votes(right=True)
    await alice.says("/streak")
    assert alice.last_text.startswith("🔥 5 days\nToday is done.\n")


async def test_streak_pays_missed_days_before_it_speaks(stage: Stage, alice: Person) -> None:
    await kept(stage, alice, missed=1, streak=4, best=4, freezes=1)
    await alice.says("/streak")
    assert "🔥 4 days" in alice.last_text
    assert "Freezes: none; seven kept days bring one" in alice.last_text


async def test_streak_after_it_broke(stage: Stage, alice: Person) -> None:
    await kept(stage, alice, missed=3, streak=4, best=23, freezes=2)
    await alice.says("/streak")
    assert alice.last_text == (
        "No streak at the moment. One answer starts a new one: /daily\n"
        "Best: 23 days\nFreezes: 2 of 2"
    )


async def test_start_again_tells_the_streak(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.says("/start")
    assert "Your streak starts with the next answer." in alice.last_text
    await alice.votes(right=True)
    await alice.says("/start")
    assert "Your streak: 1 day." in alice.last_text
