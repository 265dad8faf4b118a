"""The schedules' queries: what is due, what has been served."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Connection

from bot.rules.day import Fire
from bot.store import chats, schedules
from bot.store.database import Database
from bot.store.schedules import DAILY, SAVER

NOW = datetime(2031, 3, 3, 10, tzinfo=UTC)
DAY = date(2031, 3, 3)
HOUR = timedelta(hours=1)
ALICE, BORIS = 1001, 1002


@pytest.fixture
async def db(database: Database) -> Database:
    """Alice's question is due now, Boris's in an hour."""

    def prepare(conn: Connection) -> None:
        for person, at in ((ALICE, NOW), (BORIS, NOW + HOUR)):
            chats.meet(conn, person, type="private", language="en", zone="UTC", now=NOW)
            schedules.put(conn, person, DAILY, time(9), Fire(at, DAY), active=True)

    await database.write(prepare)
    return database


async def due(db: Database, at: datetime) -> list[int]:
    return [found.chat_id for found in await db.write(schedules.due, at, 10)]


async def test_what_is_due_comes_oldest_first(db: Database) -> None:
    assert await due(db, NOW - HOUR) == []
    assert await due(db, NOW) == [ALICE]
    assert await due(db, NOW + HOUR) == [ALICE, BORIS]
    assert await db.read(schedules.next_due) == NOW


async def test_what_was_moved_on_waits_and_remembers_its_date(db: Database) -> None:
    [found] = await db.write(schedules.due, NOW, 10)
    tomorrow = Fire(NOW + 24 * HOUR, DAY + timedelta(days=1))
    await db.write(schedules.move, found, tomorrow)
    assert await due(db, NOW + HOUR) == [BORIS]
    moved = (await db.read(schedules.of_chat, ALICE))[DAILY]
    assert (moved.next_at, moved.next_day, moved.last_day) == (tomorrow.at, tomorrow.day, DAY)


async def test_setting_a_schedule_again_keeps_the_date_it_has_served(db: Database) -> None:
    [found] = await db.write(schedules.due, NOW, 10)
    await db.write(schedules.move, found, Fire(NOW + HOUR, DAY))
    await db.write(schedules.put, ALICE, DAILY, time(7), Fire(NOW + HOUR, DAY), active=True)
    again = (await db.read(schedules.of_chat, ALICE))[DAILY]
    assert (again.at, again.last_day) == (time(7), DAY)


async def test_kinds_stand_side_by_side(db: Database) -> None:
    await db.write(schedules.put, ALICE, SAVER, time(20), Fire(NOW + HOUR, DAY), active=False)
    assert set(await db.read(schedules.of_chat, ALICE)) == {DAILY, SAVER}
    assert await due(db, NOW + HOUR) == [ALICE, BORIS], "the one that is off is not due"


async def test_a_delivery_can_be_claimed_once(db: Database) -> None:
    def claim(conn: Connection, kind: str, chat_id: int, day: date) -> bool:
        return schedules.deliver(conn, kind=kind, chat_id=chat_id, day=day, now=NOW)

    assert await db.write(claim, DAILY, ALICE, DAY)
    assert not await db.write(claim, DAILY, ALICE, DAY)
    assert await db.write(claim, SAVER, ALICE, DAY)
    assert await db.write(claim, DAILY, BORIS, DAY)
    assert await db.write(claim, DAILY, ALICE, DAY + timedelta(days=1))
    assert await db.read(schedules.delivered, ALICE, DAY) == 2
