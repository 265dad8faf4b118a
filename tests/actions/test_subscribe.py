"""Subscribing: what is chosen holds from the next occurrence on, and no date comes twice."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from bot.actions import ask, subscribe
from bot.bank.load import Bank
from bot.store import chats, outbox, schedules
from bot.store.chats import Chat
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.store.schedules import DAILY, SAVER, Schedule
from tests.actions.conftest import ALICE, MONDAY


async def hours(database: Database) -> dict[str, Schedule]:
    """Alice's schedules."""
    return await database.read(schedules.of_chat, ALICE)


async def test_a_start_waits_for_the_next_moments(database: Database, alice: Chat) -> None:
    known = await hours(database)
    assert known[DAILY].next_at == MONDAY + timedelta(hours=23)
    assert known[SAVER].next_at == MONDAY + timedelta(hours=10)
    assert alice.started_at == MONDAY


async def test_starting_again_keeps_hours_and_the_first_date(
    database: Database, alice: Chat
) -> None:
    await database.write(subscribe.set_hour, alice, DAILY, time(7, 15), MONDAY)
    later = MONDAY + timedelta(days=30)
    again = await database.write(subscribe.begin, alice, later)
    assert again.started_at == MONDAY
    known = (await hours(database))[DAILY]
    assert (known.at, known.next_day) == (time(7, 15), later.date() + timedelta(days=1))


async def test_an_hour_ahead_of_a_day_not_served_comes_today(
    database: Database, alice: Chat
) -> None:
    await database.write(subscribe.set_hour, alice, DAILY, time(12), MONDAY)
    assert (await hours(database))[DAILY].next_day == MONDAY.date()


async def test_an_hour_ahead_of_a_day_served_comes_tomorrow(
    database: Database, bank: Bank, alice: Chat
) -> None:
    await database.write(ask.daily, bank, alice, MONDAY, random.Random(1))
    for at in (time(12), time(19), time(12)):
        await database.write(subscribe.set_hour, alice, DAILY, at, MONDAY)
        assert (await hours(database))[DAILY].next_day == MONDAY.date() + timedelta(days=1)


async def test_a_zone_moves_the_hours_and_repeats_no_date(
    database: Database, bank: Bank, alice: Chat
) -> None:
    await database.write(ask.daily, bank, alice, MONDAY, random.Random(1))
    moved = await database.write(subscribe.set_zone, alice, "America/New_York", MONDAY)
    known = (await hours(database))[DAILY]
    assert moved.zone == "America/New_York"
    assert known.at == time(9)
    assert known.next_at == datetime(2027, 3, 2, 14, tzinfo=UTC)
    await database.write(subscribe.set_zone, moved, "Pacific/Kiritimati", MONDAY)
    assert (await hours(database))[DAILY].next_day == date(2027, 3, 2)


async def test_switching_off_and_on(database: Database, alice: Chat) -> None:
    assert await database.write(subscribe.switch, alice, SAVER, MONDAY) is False
    assert not (await hours(database))[SAVER].active
    await database.write(subscribe.set_zone, alice, "Asia/Tokyo", MONDAY)
    assert not (await hours(database))[SAVER].active, "moving house switches nothing on"
    assert await database.write(subscribe.switch, alice, SAVER, MONDAY) is True
    assert (await hours(database))[SAVER].at == time(20)


async def test_a_stop_cancels_what_waits_and_keeps_what_was_off(
    database: Database, alice: Chat
) -> None:
    def stop(conn: Connection) -> dict[str, int]:
        subscribe.switch(conn, alice, SAVER, MONDAY)
        outbox.add(conn, [Owed(ALICE, 2, "sendMessage", "{}", MONDAY)], MONDAY)
        subscribe.stop(conn, alice, subscribe.STOPPED)
        return outbox.counts(conn)

    assert await database.write(stop) == {"cancelled": 1}
    stopped = await database.read(chats.get, ALICE)
    assert stopped is not None
    assert stopped.paused == "stopped"
    again = await database.write(subscribe.begin, stopped, MONDAY + timedelta(days=9))
    assert again.paused is None
    known = await hours(database)
    assert known[DAILY].next_day == date(2027, 3, 11)
    assert known[DAILY].active
    assert not known[SAVER].active


async def test_whoever_speaks_is_written_to_again_unless_they_said_stop(
    database: Database, alice: Chat
) -> None:
    for why, after in (("blocked", None), ("deactivated", None), ("stopped", "stopped")):
        await database.write(subscribe.stop, alice, why)
        paused = await database.read(chats.get, ALICE)
        assert paused is not None
        heard = await database.write(subscribe.hear, paused, MONDAY)
        assert heard.paused == after


async def test_what_is_expected_is_remembered_until_it_is_told(
    database: Database, alice: Chat
) -> None:
    await database.write(subscribe.expect, alice, "hour")
    asked = await database.read(chats.get, ALICE)
    assert asked is not None
    assert asked.expects == "hour"
    await database.write(subscribe.set_zone, asked, "Asia/Tokyo", MONDAY)
    told = await database.read(chats.get, ALICE)
    assert told is not None
    assert told.expects is None


async def test_language_and_level(database: Database, alice: Chat) -> None:
    assert (await database.write(subscribe.set_language, alice, "zh")).language == "zh"
    assert (await database.write(subscribe.set_level, alice, "advanced")).level == "advanced"
    assert (await database.write(subscribe.set_level, alice, None)).level is None


async def test_an_hour_moved_into_the_past_serves_today_at_once(
    database: Database, alice: Chat
) -> None:
    started = await database.write(subscribe.begin, alice, MONDAY)
    await database.write(subscribe.set_hour, started, DAILY, time(23), MONDAY)
    later = MONDAY + timedelta(hours=2)
    await database.write(subscribe.set_hour, started, DAILY, time(1), later)
    hours = await database.read(subscribe.hours, started)
    assert hours[DAILY].next_at == later
    assert hours[DAILY].next_day == MONDAY.astimezone(alice.time_zone).date()
