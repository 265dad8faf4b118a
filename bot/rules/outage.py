"""Which days the bot owes everybody because it was down itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.rules.day import day_end, day_start, local_day

PAUSE = timedelta(hours=4)


def outage_days(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """The local days (03:00 to 03:00) of which at least PAUSE fell into [start, end)."""
    if end <= start:
        return ()
    first, last = local_day(start, zone), local_day(end, zone)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if _down(day, start, end, zone) >= PAUSE)


def _down(day: date, start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    return min(end, day_end(day, zone)) - max(start, day_start(day, zone))
