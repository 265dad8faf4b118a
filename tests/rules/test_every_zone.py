"""The daily hour, every zone of the database, five hours, three years: each date once.

The years: Samoa left out a date (2011), Brazil and others changed at midnight (2018), and one to
come. Zones that behave alike for a year are walked once.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.rules.day import day_end, day_start, local_day, next_fire

YEARS = (2011, 2018, 2027)
HOURS = (time(0), time(1, 30), time(2, 30), time(9), time(23, 30))
LEFT_OUT = {"Pacific/Apia": date(2011, 12, 30), "Pacific/Fakaofo": date(2011, 12, 30)}

Changes = tuple[tuple[int, timedelta], ...]


def offset(stamp: int, zone: ZoneInfo) -> timedelta:
    found = datetime.fromtimestamp(stamp, zone).utcoffset()
    assert found is not None
    return found


def changes(zone: ZoneInfo, year: int) -> Changes:
    """When the zone changes its offset around a year, to the second: all that next_fire sees."""
    start = int(datetime(year - 1, 12, 25, tzinfo=UTC).timestamp())
    found = [(start, offset(start, zone))]
    for end in range(start, start + 380 * 86400, 86400):
        if offset(end, zone) != found[-1][1]:
            found.append((change_before(end, zone), offset(end, zone)))
    return tuple(found)


def change_before(end: int, zone: ZoneInfo) -> int:
    before, after = end - 86400, end
    while after - before > 1:
        middle = (before + after) // 2
        if offset(middle, zone) == offset(end, zone):
            after = middle
        else:
            before = middle
    return after


def alike(year: int) -> list[list[str]]:
    groups: dict[Changes, list[str]] = defaultdict(list)
    for name in sorted(available_timezones()):
        groups[changes(ZoneInfo(name), year)].append(name)
    return list(groups.values())


def dates_of(year: int, names: list[str]) -> list[date]:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    missing = {LEFT_OUT[name] for name in names if name in LEFT_OUT}
    return [day for day in days if day not in missing]


def walk(year: int, at: time, zone: ZoneInfo) -> list[date]:
    """The dates of a year's fires, each asked for after the one before and nothing else."""
    eve = datetime(year - 1, 12, 30, tzinfo=UTC)
    fire = next_fire(eve, at, zone, last=date(year - 1, 12, 31))
    days = []
    while fire.day.year == year:
        days.append(fire.day)
        wall = fire.at.astimezone(zone)
        wanted = datetime.combine(fire.day, at)
        assert wall.fold == 0, f"the second {at} of {fire.day} in {zone}"
        assert wanted <= wall.replace(tzinfo=None) < wanted + timedelta(hours=4)
        fire = next_fire(fire.at, at, zone)
    return days


@pytest.mark.parametrize("year", YEARS)
def test_every_date_of_every_zone_has_one_fire_at_every_hour(year: int) -> None:
    for names in alike(year):
        zone, expected = ZoneInfo(names[0]), dates_of(year, names)
        for at in HOURS:
            assert walk(year, at, zone) == expected, f"{names[0]} at {at}"


@pytest.mark.parametrize("year", YEARS)
def test_the_days_of_every_zone_follow_each_other_without_gap_or_overlap(year: int) -> None:
    for names in alike(year):
        zone, expected = ZoneInfo(names[0]), dates_of(year, names)
        for day, following in pairwise(expected):
            start, end = day_start(day, zone), day_end(day, zone)
            assert local_day(start, zone) == day, f"{names[0]}, {day}"
            assert local_day(end - timedelta(microseconds=1), zone) == day
            assert end == day_start(following, zone)
            assert timedelta(hours=20) < end - start < timedelta(hours=28)
