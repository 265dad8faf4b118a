"""The pulse, the outages it reveals, and leases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.store import uptime, users
from bot.store.database import Database

NOW = datetime(2031, 3, 3, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_the_first_start_ever_is_no_outage(database: Database) -> None:
    assert await database.write(uptime.wake, NOW) is None
    assert await database.read(users.outages_since, NOW - HOUR) == []


async def test_a_short_stop_is_no_outage(database: Database) -> None:
    await database.write(uptime.beat, NOW)
    assert await database.write(uptime.wake, NOW + 4 * HOUR - timedelta(seconds=1)) is None
    assert await database.read(users.outages_since, NOW - HOUR) == []


async def test_a_long_stop_is_noted_from_the_last_pulse_to_the_start(database: Database) -> None:
    await database.write(uptime.beat, NOW - HOUR)
    await database.write(uptime.beat, NOW)
    assert await database.write(uptime.wake, NOW + 30 * HOUR) == 30 * HOUR
    assert await database.read(users.outages_since, NOW) == [(NOW, NOW + 30 * HOUR)]
    assert await database.write(uptime.wake, NOW + 31 * HOUR) is None, "the pulse goes on"
    assert await database.read(users.outages_since, NOW + 30 * HOUR) == []


async def take(db: Database, owner: str, at: datetime) -> bool:
    return await db.write(uptime.lease, "poller", owner=owner, lease_from=at, length=HOUR)


async def test_a_lease_is_one_owners_until_it_runs_out(database: Database) -> None:
    assert await take(database, "me", NOW)
    assert not await take(database, "other", NOW)
    assert await take(database, "me", NOW + HOUR / 2)
    assert not await take(database, "other", NOW + HOUR)
    assert await take(database, "other", NOW + 1.5 * HOUR)
    assert not await take(database, "me", NOW + 1.5 * HOUR)
