"""Which day a moment belongs to, and when a daily hour next comes round, in any time zone.

Knows nothing of chats and stores nothing; every conversion between local time and UTC is here.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.hour import parse_hour as parse_hour

ROLLOVER = timedelta(hours=3)
QUIET_FROM = time(22)
QUIET_TO = time(8)

_ONE_DAY = timedelta(days=1)
_DAY_BEGINS = time(ROLLOVER.seconds // 3600)


@dataclass(frozen=True)
class Fire:
    """A daily hour come round: the moment (UTC), and the local calendar date it is meant for."""

    at: datetime
    day: date


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day an answer at `moment` counts for: before 03:00 local it is still yesterday.

    Always `day_start(day) <= moment < day_end(day)`, so a poll that closes at the day's end
    and the count of the day agree. That is the wall clock, but for two rarities: where the
    clock turns at 03:00 itself (Chatham) no day comes twice, and a date that a zone left out
    (Samoa, 2011-12-30) is never anybody's day.
    """
    day = (moment.astimezone(zone).replace(tzinfo=None) - ROLLOVER).date()
    while moment < day_start(day, zone):
        day -= _ONE_DAY
    while moment >= day_end(day, zone):
        day += _ONE_DAY
    return day


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """03:00 local of `day`, in UTC: the first one if ambiguous, moved forward out of a gap."""
    return _moment(day, _DAY_BEGINS, zone)


def day_end(day: date, zone: ZoneInfo) -> datetime:
    """The moment `day` is over and no longer counts: 03:00 local of the next date, in UTC."""
    return day_start(day + _ONE_DAY, zone)


def next_fire(after: datetime, at: time, zone: ZoneInfo, *, last: date | None = None) -> Fire:
    """The first time the local hour `at` comes round strictly after `after`.

    `last` is the date of the fire before: whatever zone that was in, its date does not come
    again. An ambiguous hour is the first one, an hour in a gap moves forward by the length of
    the gap, and a date that never existed in the zone has no fire.
    """
    # One day back: a gap can carry 23:45 of yesterday into today.
    day = after.astimezone(zone).date() - _ONE_DAY
    if last is not None:
        day = max(day, last + _ONE_DAY)
    hour = at.replace(fold=0)
    while True:
        moment = _moment(day, hour, zone)
        if moment > after and _exists(day, moment, zone):
            return Fire(moment, day)
        day += _ONE_DAY


def dates_left_out(first: date, last: date, zone: ZoneInfo) -> tuple[date, ...]:
    """The dates from `first` to `last`, both included, that never existed in the zone.

    A streak bridges them like days on which the bot was down: nobody could answer.
    """
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if not _exists(day, _moment(day, time(12), zone), zone))


def is_quiet(
    moment: datetime, zone: ZoneInfo, *, start: time = QUIET_FROM, end: time = QUIET_TO
) -> bool:
    """Whether the local clock stands in the quiet hours [start, end); equal ends mean never."""
    clock = moment.astimezone(zone).time()
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    # With fold=0 zoneinfo takes the offset before a change (PEP 495), which is both halves of
    # the rule: the first of two, and forward out of a gap.
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _exists(day: date, moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone's clocks ever showed `day`; `moment` is some hour of it, in UTC."""
    if moment.astimezone(zone).date() == day:
        return True
    # The hour was carried to another date, so a gap begins or ends in this one; the date is
    # real if the gap leaves its first or its last instant.
    return any(_shows(datetime.combine(day, at), zone) for at in (time.min, time.max))


def _shows(wall: datetime, zone: ZoneInfo) -> bool:
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    return moment.astimezone(zone).replace(tzinfo=None) == wall
