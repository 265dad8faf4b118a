"""Which days are frozen for everybody after a downtime."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.day import local_day
from bot.rules.outage import PAUSE, outage_days

BERLIN = ZoneInfo("Europe/Berlin")
MAY_3, MAY_4, MAY_5 = date(2026, 5, 3), date(2026, 5, 4), date(2026, 5, 5)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-05-04 09:00", "2026-05-04 12:59", ()),
        ("2026-05-04 09:00", "2026-05-04 13:00", (MAY_4,)),
        # an hour before the rollover and four after it
        ("2026-05-04 02:00", "2026-05-04 07:00", (MAY_4,)),
        # four hours before and one after
        ("2026-05-03 23:00", "2026-05-04 04:00", (MAY_3,)),
        # split by the rollover, too short on either side
        ("2026-05-04 00:00", "2026-05-04 06:00", ()),
        ("2026-05-03 20:00", "2026-05-05 08:00", (MAY_3, MAY_4, MAY_5)),
    ],
)
def test_a_day_that_lost_four_hours_is_an_outage(
    start: str, end: str, days: tuple[date, ...]
) -> None:
    assert outage_days(berlin(start), berlin(end), BERLIN) == days


def test_no_downtime_is_no_outage() -> None:
    noon = berlin("2026-05-04 12:00")
    assert outage_days(noon, noon, BERLIN) == ()
    assert outage_days(noon, noon - timedelta(days=1), BERLIN) == ()


def test_the_same_downtime_falls_on_different_days_in_different_zones() -> None:
    start, end = berlin("2026-05-04 11:00"), berlin("2026-05-04 16:00")
    assert outage_days(start, end, ZoneInfo("Pacific/Honolulu")) == (MAY_3,)
    assert outage_days(start, end, ZoneInfo("Asia/Tokyo")) == (MAY_4,)


def test_a_date_left_out_is_no_outage() -> None:
    start, end = datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 1, tzinfo=UTC)
    days = outage_days(start, end, ZoneInfo("Pacific/Apia"))
    assert date(2011, 12, 30) not in days
    assert {date(2011, 12, 29), date(2011, 12, 31)} < set(days)


@given(
    st.integers(946_684_800, 2_051_222_400).map(lambda stamp: datetime.fromtimestamp(stamp, UTC)),
    st.timedeltas(timedelta(), timedelta(days=5)),
    st.timezones(),
)
def test_outage_days_lie_in_the_downtime_and_only_its_ends_may_be_spared(
    start: datetime, length: timedelta, zone: ZoneInfo
) -> None:
    end = start + length
    days = outage_days(start, end, zone)
    first, last = local_day(start, zone), local_day(end, zone)
    assert all(first <= day <= last for day in days)
    assert list(days) == sorted(set(days))
    assert not days or length >= PAUSE
    whole = {first + timedelta(days=n) for n in range(1, (last - first).days)}
    assert whole - set(days) <= {date(2011, 12, 30)}
