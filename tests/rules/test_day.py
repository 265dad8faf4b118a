"""Days and daily hours at the edges: midnight, 03:00, and the nights the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.day import (
    Fire,
    dates_left_out,
    day_end,
    day_start,
    is_quiet,
    local_day,
    next_fire,
)

BERLIN = ZoneInfo("Europe/Berlin")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
GAZA = ZoneInfo("Asia/Gaza")
NUUK = ZoneInfo("America/Nuuk")
APIA = ZoneInfo("Pacific/Apia")
KWAJALEIN = ZoneInfo("Pacific/Kwajalein")
CHATHAM = ZoneInfo("Pacific/Chatham")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")
HONOLULU = ZoneInfo("Pacific/Honolulu")

# 1971 to 2036
moments = st.integers(31_536_000, 2_082_758_400).map(lambda at: datetime.fromtimestamp(at, UTC))
hours = st.times().map(lambda at: at.replace(microsecond=0))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


# --- the day an answer counts for


@pytest.mark.parametrize(
    ("wall", "day"),
    [
        ("2026-05-04 00:40", date(2026, 5, 3)),
        ("2026-05-04 02:59:59", date(2026, 5, 3)),
        ("2026-05-04 03:00", date(2026, 5, 4)),
        ("2026-05-04 23:59", date(2026, 5, 4)),
    ],
)
def test_before_three_at_night_it_is_still_yesterday(wall: str, day: date) -> None:
    assert local_day(local(wall, BERLIN), BERLIN) == day


def test_both_half_past_two_of_an_autumn_night_belong_to_yesterday() -> None:
    for fold in (0, 1):
        assert local_day(local("2026-10-25 02:30", BERLIN, fold=fold), BERLIN) == date(2026, 10, 24)


def test_a_day_starts_at_three_local_and_ends_where_the_next_starts() -> None:
    assert day_start(date(2026, 3, 28), BERLIN) == utc("2026-03-28 02:00")
    assert day_end(date(2026, 3, 28), BERLIN) == utc("2026-03-29 01:00")


def test_a_day_that_starts_twice_starts_the_first_time() -> None:
    # Chatham turns 03:45 back to 02:45, so there are two 03:00.
    assert day_start(date(2027, 4, 4), CHATHAM) == utc("2027-04-03 13:15")
    assert local_day(local("2027-04-04 02:50", CHATHAM, fold=1), CHATHAM) == date(2027, 4, 4)


def test_a_day_whose_start_is_skipped_starts_later() -> None:
    # Chatham turns 02:45 forward to 03:45.
    assert day_start(date(2027, 9, 26), CHATHAM) == local("2027-09-26 04:00", CHATHAM)


def test_a_date_left_out_is_no_day_and_the_night_before_it_lasts_until_three() -> None:
    assert local_day(local("2011-12-31 01:00", APIA), APIA) == date(2011, 12, 29)
    assert local_day(local("2011-12-31 03:00", APIA), APIA) == date(2011, 12, 31)
    assert day_start(date(2011, 12, 30), APIA) == day_end(date(2011, 12, 30), APIA)


@given(moment=moments, zone=st.timezones())
def test_every_moment_lies_within_its_day(moment: datetime, zone: ZoneInfo) -> None:
    day = local_day(moment, zone)
    assert day_start(day, zone) <= moment < day_end(day, zone)


@given(moment=moments, later=st.timedeltas(timedelta(), timedelta(days=2)), zone=st.timezones())
def test_a_later_moment_never_counts_for_an_earlier_day(
    moment: datetime, later: timedelta, zone: ZoneInfo
) -> None:
    assert local_day(moment, zone) <= local_day(moment + later, zone)


# --- the next fire


def test_the_next_fire_is_later_today_or_else_tomorrow() -> None:
    after = local("2026-05-04 08:00", BERLIN)
    assert next_fire(after, time(9), BERLIN) == Fire(utc("2026-05-04 07:00"), date(2026, 5, 4))
    assert next_fire(after, time(7), BERLIN) == Fire(utc("2026-05-05 05:00"), date(2026, 5, 5))


def test_the_next_fire_is_strictly_after() -> None:
    fire = next_fire(utc("2026-05-04 07:00"), time(9), BERLIN)
    assert fire.day == date(2026, 5, 5)


@pytest.mark.parametrize(
    ("zone", "after", "at", "expected", "day"),
    [
        # 02:00 becomes 03:00
        (BERLIN, "2026-03-29 00:00", time(2, 30), "2026-03-29 03:30", date(2026, 3, 29)),
        # midnight becomes 01:00
        (SAO_PAULO, "2018-11-03 12:00", time(0), "2018-11-04 01:00", date(2018, 11, 4)),
        (SAO_PAULO, "2018-11-03 12:00", time(0, 30), "2018-11-04 01:30", date(2018, 11, 4)),
        # 02:00 becomes 02:30
        (LORD_HOWE, "2026-10-04 00:00", time(2, 15), "2026-10-04 02:45", date(2026, 10, 4)),
        (GAZA, "2026-03-28 00:00", time(2, 30), "2026-03-28 03:30", date(2026, 3, 28)),
        # 23:00 of Saturday becomes midnight: the hour falls on Sunday, but is Saturday's
        (NUUK, "2026-03-28 12:00", time(23, 30), "2026-03-29 00:30", date(2026, 3, 28)),
    ],
)
def test_an_hour_in_a_gap_moves_forward_and_keeps_its_date(
    zone: ZoneInfo, after: str, at: time, expected: str, day: date
) -> None:
    assert next_fire(local(after, zone), at, zone) == Fire(local(expected, zone), day)


def test_an_hour_carried_over_midnight_is_still_found_after_midnight() -> None:
    after = local("2026-03-29 00:10", NUUK)
    assert next_fire(after, time(23, 30), NUUK).day == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("zone", "after", "at", "expected"),
    [
        (BERLIN, "2026-10-25 00:00", time(2, 30), "2026-10-25 00:30"),
        (LORD_HOWE, "2026-04-05 00:00", time(1, 45), "2026-04-04 14:45"),
        (SAO_PAULO, "2018-02-17 12:00", time(23, 30), "2018-02-18 01:30"),
    ],
)
def test_an_ambiguous_hour_fires_the_first_time_only(
    zone: ZoneInfo, after: str, at: time, expected: str
) -> None:
    fire = next_fire(local(after, zone), at, zone)
    assert fire.at == utc(expected)
    assert next_fire(fire.at, at, zone).day == fire.day + timedelta(days=1)


def test_the_second_of_two_hours_is_not_asked_for_by_its_fold() -> None:
    fire = next_fire(local("2026-10-25 00:00", BERLIN), time(2, 30, fold=1), BERLIN)
    assert fire.at == utc("2026-10-25 00:30")


@pytest.mark.parametrize(
    ("zone", "left_out"), [(APIA, date(2011, 12, 30)), (KWAJALEIN, date(1993, 8, 21))]
)
@pytest.mark.parametrize("at", [time(0), time(9), time(23, 59)])
def test_a_date_that_never_existed_is_skipped(zone: ZoneInfo, left_out: date, at: time) -> None:
    eve = next_fire(day_start(left_out, zone) - timedelta(days=2, hours=4), at, zone)
    days = [eve.day]
    while days[-1] <= left_out:
        eve = next_fire(eve.at, at, zone, last=eve.day)
        days.append(eve.day)
    assert left_out not in days
    assert left_out - timedelta(days=1) in days
    assert left_out + timedelta(days=1) in days


def test_dates_left_out_are_found_for_the_streak_to_bridge() -> None:
    week = (date(2011, 12, 28), date(2012, 1, 3))
    assert dates_left_out(*week, APIA) == (date(2011, 12, 30),)
    assert dates_left_out(date(2011, 12, 30), date(2011, 12, 30), APIA) == (date(2011, 12, 30),)
    assert dates_left_out(date(2011, 12, 27), date(2011, 12, 29), APIA) == ()
    assert dates_left_out(*week, BERLIN) == ()
    assert dates_left_out(date(2018, 11, 3), date(2018, 11, 5), SAO_PAULO) == ()
    assert dates_left_out(date(2012, 1, 2), date(2012, 1, 1), APIA) == ()


def test_moving_west_does_not_ask_the_same_date_twice() -> None:
    fired = next_fire(utc("2026-05-03 12:00"), time(9), KIRITIMATI)
    assert fired.day == date(2026, 5, 4)
    again = next_fire(fired.at, time(9), HONOLULU, last=fired.day)
    assert again == Fire(local("2026-05-05 09:00", HONOLULU), date(2026, 5, 5))


def test_moving_east_asks_the_next_date_at_its_hour_there() -> None:
    fired = next_fire(utc("2026-05-03 12:00"), time(9), HONOLULU)
    then = next_fire(fired.at, time(9), BERLIN, last=fired.day)
    assert then == Fire(local("2026-05-04 09:00", BERLIN), date(2026, 5, 4))


def test_moving_across_the_date_line_leaves_out_the_date_whose_hour_has_passed() -> None:
    fired = next_fire(utc("2026-05-03 12:00"), time(9), HONOLULU)
    assert fired.day == date(2026, 5, 3)
    assert next_fire(fired.at, time(8), KIRITIMATI, last=fired.day).day == date(2026, 5, 5)


@settings(max_examples=200)
@given(start=moments, journey=st.lists(st.tuples(st.timezones(), hours), min_size=2, max_size=12))
def test_no_journey_repeats_a_date_or_goes_back(
    start: datetime, journey: list[tuple[ZoneInfo, time]]
) -> None:
    fire: Fire | None = None
    for zone, at in journey:
        before = fire
        fire = next_fire(fire.at if fire else start, at, zone, last=fire.day if fire else None)
        if before is not None:
            assert fire.at > before.at
            assert fire.day > before.day


# --- quiet hours


@pytest.mark.parametrize(
    ("wall", "quiet"),
    [
        ("2026-05-04 21:59", False),
        ("2026-05-04 22:00", True),
        ("2026-05-05 03:00", True),
        ("2026-05-05 07:59", True),
        ("2026-05-05 08:00", False),
    ],
)
def test_quiet_is_from_ten_at_night_until_eight(wall: str, quiet: bool) -> None:
    assert is_quiet(local(wall, BERLIN), BERLIN) is quiet


def test_quiet_hours_of_ones_own_may_lie_within_a_day() -> None:
    noon = local("2026-05-04 12:00", BERLIN)
    assert is_quiet(noon, BERLIN, start=time(9), end=time(17))
    assert is_quiet(noon, BERLIN, start=time(12), end=time(17))
    assert not is_quiet(noon, BERLIN, start=time(9), end=time(12))
    assert not is_quiet(noon, BERLIN, start=time(13), end=time(17))


def test_equal_ends_mean_no_quiet_hours() -> None:
    assert not is_quiet(local("2026-05-04 09:00", BERLIN), BERLIN, start=time(9), end=time(9))
