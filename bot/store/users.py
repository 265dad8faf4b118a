"""Users: each person's streak ledger and the days behind it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.rules.streak import Ledger
from bot.store.database import insert_new
from bot.store.hot import Hot
from bot.store.tables import days, outages, users

_LEDGER = (
    users.c.streak,
    users.c.best,
    users.c.last_day,
    users.c.freezes,
    users.c.towards_freeze,
    users.c.lost,
    users.c.lost_on,
    users.c.reviews,
)
_BY_PERSON = select(*_LEDGER).where(users.c.person_id == bindparam("person"))
_GET = Hot(_BY_PERSON)
_GET_LOCKED = Hot(_BY_PERSON.with_for_update())
_ADD = Hot(insert_new(users))
_SET = Hot(
    update(users)
    .where(users.c.person_id == bindparam("person"))
    .values({c.name: bindparam(c.name) for c in _LEDGER})
)
_ADD_DAY = Hot(insert_new(days))
_ANSWERED = select(days.c.day).where(
    days.c.person_id == bindparam("person"),
    days.c.day == bindparam("day"),
    days.c.how == "answered",
)
_OUTAGES = select(outages.c.started_at, outages.c.ended_at).where(
    outages.c.ended_at > bindparam("since")
)


def meet(conn: Connection, person: int) -> None:
    """Make sure that the person has a row."""
    _ADD.count(conn, {"person_id": person})


def ledger(conn: Connection, person: int) -> Ledger:
    """The person's ledger; a fresh one for somebody who has not answered yet."""
    row = _GET.one(conn, {"person": person})
    return Ledger(*row) if row else Ledger()


def ledger_to_change(conn: Connection, person: int) -> Ledger:
    """The ledger, its row made if need be and locked until the transaction ends."""
    row = _GET_LOCKED.one(conn, {"person": person})
    if row is None:
        _ADD.count(conn, {"person_id": person})
        row = _GET_LOCKED.one(conn, {"person": person})
        assert row is not None
    return Ledger(*row)


def keep_ledger(conn: Connection, person: int, value: Ledger) -> None:
    """Store the ledger that follows an answer."""
    fields = {c.name: getattr(value, c.name) for c in _LEDGER}
    _SET.count(conn, {"person": person, **fields})


def keep_days(conn: Connection, person: int, marked: Iterable[tuple[date, str]]) -> None:
    """Note how days were kept: answered, frozen or outage. A day noted before stays as it is."""
    rows = [{"person_id": person, "day": day, "how": how} for day, how in marked]
    for row in rows:
        _ADD_DAY.count(conn, row)


def has_answered(conn: Connection, person: int, day: date) -> bool:
    """Whether the person answered anything on that day of theirs."""
    return conn.execute(_ANSWERED, {"person": person, "day": day}).first() is not None


def outages_since(conn: Connection, since: datetime) -> list[tuple[datetime, datetime]]:
    """When the bot itself was down, (start, end), as far as it ended after `since`."""
    return [(row[0], row[1]) for row in conn.execute(_OUTAGES, {"since": since})]
