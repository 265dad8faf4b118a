"""Moments go in and come out aware, in UTC, and in order."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, func, select

from bot.store.columns import NaiveMoment, UtcDateTime, _from_integer, _to_integer
from bot.store.database import Database

moments = Table(
    "test_moments",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
)
NOON = datetime(2026, 5, 3, 12, 0, 0, 123456, tzinfo=UTC)


def keep(connection: Connection, *values: datetime | None) -> list[datetime | None]:
    """Store the values and read them back, the earliest first."""
    moments.create(connection)
    for value in values:
        connection.execute(moments.insert(), {"at": value})
    return list(connection.scalars(select(moments.c.at).order_by(moments.c.at)))


async def test_a_moment_comes_back_exact_and_in_utc(database: Database) -> None:
    [found] = await database.write(keep, NOON)
    assert found == NOON
    assert found.utcoffset() == timedelta()


async def test_a_moment_of_another_zone_is_the_same_moment(database: Database) -> None:
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    [found] = await database.write(keep, tokyo)
    assert (found, found.utcoffset()) == (NOON, timedelta())


async def test_no_moment_stays_none(database: Database) -> None:
    assert await database.write(keep, None) == [None]


async def test_moments_sort_and_compare_in_the_database(database: Database) -> None:
    early, late = NOON - timedelta(microseconds=1), NOON + timedelta(days=40_000)
    before_1970 = datetime(1969, 12, 31, tzinfo=UTC)
    assert await database.write(keep, late, early, NOON, before_1970) == [
        before_1970,
        early,
        NOON,
        late,
    ]
    due = select(func.count()).select_from(moments).where(moments.c.at <= NOON)
    assert await database.read(lambda conn: conn.scalar(due)) == 3


async def test_an_aggregate_is_a_moment_too(database: Database) -> None:
    await database.write(keep, NOON, NOON + timedelta(hours=1))
    latest = await database.read(lambda conn: conn.scalar(select(func.max(moments.c.at))))
    assert latest == NOON + timedelta(hours=1)


async def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(NaiveMoment, match="no time zone") as refused:
        await database.write(keep, NOON.replace(tzinfo=None))
    assert isinstance(refused.value, ValueError)


async def test_a_naive_moment_is_refused_in_a_comparison(database: Database) -> None:
    await database.write(keep, NOON)
    query = select(moments).where(moments.c.at < NOON.replace(tzinfo=None))
    with pytest.raises(NaiveMoment):
        await database.read(lambda conn: conn.execute(query).all())


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_microsecond_survives_as_an_integer(moment: datetime) -> None:
    assert _from_integer(_to_integer(moment)) == moment


def test_sqlite_keeps_an_integer() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        keep(connection, NOON)
        raw = connection.exec_driver_sql("SELECT at, typeof(at) FROM test_moments").one()
    engine.dispose()
    assert raw == (1777809600123456, "integer")
