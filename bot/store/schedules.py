"""Schedules: when the bot speaks on its own initiative, and what it has spoken of already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection, bindparam, func, select, update

from bot.rules.day import Fire
from bot.store.database import insert_new
from bot.store.tables import deliveries, schedules

DAILY = "daily"
SAVER = "saver"


@dataclass(frozen=True)
class Schedule:
    """One kind of message at one local time of day; `next` holds the moment and its date."""

    chat_id: int
    kind: str
    at: time
    next_at: datetime
    next_day: date
    last_day: date | None
    active: bool


_COLUMNS = (
    schedules.c.chat_id,
    schedules.c.kind,
    schedules.c.at,
    schedules.c.next_at,
    schedules.c.next_day,
    schedules.c.last_day,
    schedules.c.active,
)
_DUE = (
    select(*_COLUMNS)
    .where(schedules.c.active, schedules.c.next_at <= bindparam("now"))
    .order_by(schedules.c.next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEXT = select(func.min(schedules.c.next_at)).where(schedules.c.active)
_MOVE = (
    update(schedules)
    .where(schedules.c.chat_id == bindparam("chat"), schedules.c.kind == bindparam("kind_"))
    .values(next_at=bindparam("at_"), next_day=bindparam("day_"), last_day=bindparam("last_"))
)
_DELIVER = insert_new(deliveries)
_COUNT = select(func.count()).where(
    deliveries.c.chat_id == bindparam("chat"), deliveries.c.day == bindparam("day_")
)


def due(conn: Connection, now: datetime, most: int) -> list[Schedule]:
    """Schedules whose moment has come, oldest first; locked until the transaction ends."""
    return [Schedule(*row) for row in conn.execute(_DUE, {"now": now, "most": most})]


def next_due(conn: Connection) -> datetime | None:
    """When the next schedule of all falls due."""
    found: datetime | None = conn.execute(_NEXT).scalar_one()
    return found


def of_chat(conn: Connection, chat_id: int) -> dict[str, Schedule]:
    """The chat's schedules by kind."""
    rows = conn.execute(select(*_COLUMNS).where(schedules.c.chat_id == chat_id))
    return {row.kind: Schedule(*row) for row in rows}


def put(
    conn: Connection, chat_id: int, kind: str, at: time, following: Fire, *, active: bool
) -> None:
    """Set a schedule; the date it last spoke for is kept, so that no date is served twice."""
    values = {"at": at, "next_at": following.at, "next_day": following.day, "active": active}
    where = (schedules.c.chat_id == chat_id, schedules.c.kind == kind)
    if conn.execute(update(schedules).where(*where).values(values)).rowcount == 0:
        conn.execute(insert_new(schedules), {"chat_id": chat_id, "kind": kind, **values})


def move(conn: Connection, schedule: Schedule, following: Fire) -> None:
    """The moment has been dealt with: wait for the following one."""
    conn.execute(
        _MOVE,
        {
            "chat": schedule.chat_id,
            "kind_": schedule.kind,
            "at_": following.at,
            "day_": following.day,
            "last_": schedule.next_day,
        },
    )


def put_off(conn: Connection, schedule: Schedule, until: datetime) -> None:
    """The moment could not be dealt with: look at it again at `until`."""
    conn.execute(
        update(schedules)
        .where(schedules.c.chat_id == schedule.chat_id, schedules.c.kind == schedule.kind)
        .values(next_at=until)
    )


def deliver(
    conn: Connection,
    *,
    kind: str,
    chat_id: int,
    day: date,
    now: datetime,
) -> bool:
    """Claim (kind, chat, local date); False if that message has been planned before."""
    row = {"kind": kind, "chat_id": chat_id, "day": day, "planned_at": now}
    return conn.execute(_DELIVER, row).rowcount == 1


def delivered(conn: Connection, chat_id: int, day: date) -> int:
    """How many messages on the bot's initiative the chat was owed on that date."""
    return conn.execute(_COUNT, {"chat": chat_id, "day_": day}).scalar_one()


def last_delivered(conn: Connection, kind: str, chat_id: int) -> date | None:
    """The latest date that a message of this kind was owed for."""
    query = select(func.max(deliveries.c.day)).where(
        deliveries.c.kind == kind, deliveries.c.chat_id == chat_id
    )
    found: date | None = conn.execute(query).scalar_one()
    return found
