"""The pulse: a process that was dead and a machine that slept are outages; a moved clock is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.delivery.pulse import Pulse
from bot.store import uptime, users
from bot.store.database import Database
from tests import engines

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class AlarmClock(Clock):
    """A clock whose machine can be put to sleep: time passes, and nobody moved anything."""

    slept = timedelta()

    def now(self) -> datetime:
        return super().now() + self.slept


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database.open(engines.new_database("sqlite", tmp_path))
    yield opened
    await opened.close()


async def outages(db: Database) -> int:
    return len(await db.read(users.outages_since, LONG_AGO))


async def test_a_machine_that_slept_was_an_outage(db: Database) -> None:
    clock = AlarmClock()
    pulse = Pulse(db, clock)
    await pulse.beat()
    clock.slept = timedelta(hours=9)
    await pulse.beat()
    [(start, end)] = await db.read(users.outages_since, LONG_AGO)
    assert end - start >= timedelta(hours=9)


async def test_a_short_sleep_was_none(db: Database) -> None:
    clock = AlarmClock()
    pulse = Pulse(db, clock)
    await pulse.beat()
    clock.slept = timedelta(hours=3)
    await pulse.beat()
    assert await outages(db) == 0


async def test_a_process_that_was_dead_was_an_outage(db: Database) -> None:
    clock = AlarmClock()
    await Pulse(db, clock).beat()
    clock.slept = timedelta(hours=5)
    await Pulse(db, clock).beat()
    assert await outages(db) == 1


async def test_a_journey_in_time_is_no_outage(db: Database) -> None:
    clock = AlarmClock()
    pulse = Pulse(db, clock)
    await pulse.beat()
    clock.move_to(clock.now() + timedelta(days=2))
    await pulse.beat()
    clock.move_to(clock.now() + timedelta(days=2))
    await pulse.jump()
    await Pulse(db, clock).beat()  # a start right after it finds the pulse where it should be
    assert await outages(db) == 0


async def test_it_beats_every_ten_seconds_only(db: Database) -> None:
    clock = AlarmClock()
    pulse = Pulse(db, clock)
    await pulse.beat()
    first = await db.read(uptime.last_beat)
    clock.slept = timedelta(seconds=9)
    await pulse.beat()
    assert await db.read(uptime.last_beat) == first
    clock.slept = timedelta(seconds=11)
    await pulse.beat()
    assert await db.read(uptime.last_beat) != first
