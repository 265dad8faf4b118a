"""What the bot says on its own initiative: once, on time, or not at all."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, RowMapping, select

from bot.actions import plan, subscribe
from bot.bank.load import Bank
from bot.delivery.planner import Planner
from bot.messages.press import Signer
from bot.sandbox.server import Sandbox
from bot.store import chats, schedules, users
from bot.store import tables as t
from bot.store.database import Database
from bot.trial import TOKEN
from tests import engines
from tests.delivery.desk import StillClock
from tests.stage import Person, Stage, monday_morning, playing

DAY = timedelta(days=1)


def rows(conn: Connection) -> list[RowMapping]:
    return list(conn.execute(select(t.outbox).order_by(t.outbox.c.outbox_id)).mappings())


@pytest.fixture(params=engines.ENGINES)
async def db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """On each engine in turn."""
    url = engines.new_database(request.param, tmp_path)
    opened = Database.open(url)
    yield opened
    await opened.close()
    engines.drop_database(url)


def planner(db: Database, bank: Bank, clock: StillClock) -> Planner:
    return Planner(db, bank, clock, Signer(b"key"), lambda: None, random.Random(1))


def subscribed(conn: Connection, people: range, now: datetime) -> None:
    for person in people:
        chat = chats.meet(conn, person, type="private", language="en", zone="UTC", now=now)
        subscribe.begin(conn, chat, now)


async def test_two_planners_at_once_serve_everybody_once(db: Database, bank: Bank) -> None:
    clock = StillClock()
    people = range(5000, 5150)
    await db.write(subscribed, people, clock.now())
    clock.move_to(clock.now() + DAY)
    await asyncio.gather(*[planner(db, bank, clock).tick() for _ in range(4)])
    await planner(db, bank, clock).tick()
    planned = await db.read(rows)
    assert sorted(row["chat_id"] for row in planned) == list(people)
    query = select(t.deliveries.c.chat_id, t.deliveries.c.kind)
    served = await db.read(lambda conn: list(conn.execute(query)))
    assert len(served) == len(people)


async def test_one_chat_that_cannot_be_planned_for_stops_nobody_else(
    db: Database, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = StillClock()
    await db.write(subscribed, range(5000, 5003), clock.now())
    whole = plan.due

    def failing(conn: Connection, bank: Bank, schedule: Any, *args: Any) -> Any:
        found = whole(conn, bank, schedule, *args)
        if schedule.chat_id == 5001:
            raise KeyError("a question without a topic")
        return found

    monkeypatch.setattr(plan, "due", failing)
    clock.move_to(clock.now() + DAY)
    await planner(db, bank, clock).tick()
    assert [row["chat_id"] for row in await db.read(rows)] == [5000, 5002]
    monkeypatch.undo()
    clock.move_to(clock.now() + timedelta(minutes=11))
    await planner(db, bank, clock).tick()
    assert [row["chat_id"] for row in await db.read(rows)] == [5000, 5002, 5001]


async def test_a_question_that_would_close_too_soon_is_cancelled(
    stage: Stage, alice: Person
) -> None:
    await alice.sets_up()
    polls = len(alice.polls)
    at = await daily_at(stage, alice)
    stage.app.clock.move_to(at)
    closes = at + timedelta(hours=18)
    stage.app.sender.pace.hold(alice.id, (closes - timedelta(seconds=50)).timestamp())
    await stage.app.planner.tick()
    assert [row["state"] for row in await stage.app.db.read(rows)][-1] == "ready"
    await stage.app.db.write(chats.pause, alice.id, "stopped")  # nothing else is to come
    await stage.wait(hours=17, minutes=59, seconds=15)
    assert len(alice.polls) == polls
    assert [row["state"] for row in await stage.app.db.read(rows)][-1] == "cancelled"


async def test_a_question_asked_for_is_not_sent_once_it_has_closed(
    stage: Stage, alice: Person
) -> None:
    await alice.sets_up()
    polls = len(alice.polls)
    until = stage.app.clock.now() + timedelta(hours=20)  # past 03:00, the end of the day
    stage.app.sender.pace.hold(alice.id, until.timestamp())
    await alice.says("/daily")
    await stage.app.db.write(chats.pause, alice.id, "stopped")
    await stage.wait(hours=21)
    assert len(alice.polls) == polls
    assert [row["state"] for row in await stage.app.db.read(rows)][-1] == "cancelled"


async def daily_at(stage: Stage, person: Person) -> datetime:
    found = await stage.app.db.read(schedules.of_chat, person.id)
    return found["daily"].next_at


async def keep(stage: Stage, alice: Person, days: int) -> None:
    """So many days kept, and the next day's question open: a streak to lose."""
    await alice.sets_up()
    for _ in range(days):
        await alice.votes(right=True)
        await stage.wait(days=1)


async def test_a_saver_planned_is_withheld_once_today_is_answered(
    stage: Stage, alice: Person
) -> None:
    await keep(stage, alice, 2)
    saver = (await stage.app.db.read(schedules.of_chat, alice.id))["saver"]
    stage.app.clock.move_to(saver.next_at)
    stage.app.sender.pace.hold(alice.id, (saver.next_at + timedelta(minutes=2)).timestamp())
    await stage.app.planner.tick()
    polls = len(alice.polls)
    await alice.votes(right=True)
    await stage.wait(minutes=3)
    assert len(alice.polls) == polls
    assert [row["state"] for row in await stage.app.db.read(rows) if row["urgency"] == 3] == [
        "cancelled"
    ]


async def test_a_saver_held_up_until_night_does_not_come(stage: Stage, alice: Person) -> None:
    await keep(stage, alice, 2)
    saver = (await stage.app.db.read(schedules.of_chat, alice.id))["saver"]
    stage.app.clock.move_to(saver.next_at)
    stage.app.sender.pace.hold(alice.id, (saver.next_at + timedelta(hours=2.5)).timestamp())
    await stage.app.planner.tick()
    polls = len(alice.polls)
    await stage.wait(hours=3)
    assert len(alice.polls) == polls
    assert [row["state"] for row in await stage.app.db.read(rows) if row["urgency"] == 3] == [
        "cancelled"
    ]


async def test_a_saver_comes_when_today_is_unanswered(stage: Stage, alice: Person) -> None:
    await keep(stage, alice, 2)
    polls = len(alice.polls)
    await stage.wait(hours=11)
    assert len(alice.polls) == polls + 1


async def test_at_most_two_messages_a_day_come_unasked(stage: Stage, alice: Person) -> None:
    await keep(stage, alice, 3)
    before = stage.app.clock.now()
    for _ in range(4):
        await stage.wait(hours=6)
    unasked = [
        row
        for row in await stage.app.db.read(rows)
        if row["urgency"] >= 2 and row["created_at"] >= before
    ]
    assert 1 <= len(unasked) <= 2
    query = select(t.deliveries.c.day).where(t.deliveries.c.chat_id == alice.id)
    days = await stage.app.db.read(lambda conn: list(conn.scalars(query)))
    assert max(days.count(day) for day in days) <= 2


async def test_after_days_of_outage_only_todays_question_comes_and_the_streak_lives(
    bank: Bank, tmp_path: Path
) -> None:
    clock = monday_morning()
    telegram = Sandbox(clock, token=TOKEN, companions=False)
    await telegram.start()
    url = engines.new_database("sqlite", tmp_path)
    try:
        async with playing(bank, url, tmp_path, clock, telegram) as stage:
            alice = stage.person("alice")
            await keep(stage, alice, 2)
            await alice.votes(right=True)
            polls = len(alice.polls)
        clock.move_to(
            datetime.combine((clock.now() + 5 * DAY).date(), time(15), clock.now().tzinfo)
        )
        async with playing(bank, url, tmp_path, clock, telegram) as stage:
            alice = stage.person("alice")
            await stage.app.planner.tick()
            await stage.settled()
            assert len(alice.polls) == polls + 1
            await alice.votes(right=True)
            assert "🔥 Day 4." in alice.last_text
            ledger = await stage.app.db.read(users.ledger, alice.id)
            assert (ledger.streak, ledger.freezes) == (4, 2)
            marked = await stage.app.db.read(days_marked, alice.id)
            assert list(marked.values()) == ["answered"] * 3 + ["outage"] * 4 + ["answered"]
    finally:
        await telegram.stop()


def days_marked(conn: Connection, person: int) -> dict[date, str]:
    query = select(t.days.c.day, t.days.c.how).where(t.days.c.person_id == person)
    return {row[0]: row[1] for row in conn.execute(query.order_by(t.days.c.day))}
