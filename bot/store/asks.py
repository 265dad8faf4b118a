"""Asks: questions shown in chats, the polls that carry them, and the calendar they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, exists, func, insert, select, update

from bot.store.database import insert_new
from bot.store.hot import Hot
from bot.store.tables import answers, asks, calendar, outbox, polls


@dataclass(frozen=True)
class Ask:
    """A question shown in a chat. `shown` holds canonical option numbers in shown order."""

    ask_id: int
    chat_id: int
    slug: str
    kind: str
    day: date
    language: str
    shown: str
    closes_at: datetime


_COLUMNS = (
    asks.c.ask_id,
    asks.c.chat_id,
    asks.c.slug,
    asks.c.kind,
    asks.c.day,
    asks.c.language,
    asks.c.shown,
    asks.c.closes_at,
)
_ADD = insert(asks).returning(asks.c.ask_id)
_OF_POLL = Hot(select(*_COLUMNS).join(polls).where(polls.c.poll_id == bindparam("poll_id")))
_TIE = Hot(insert_new(polls))
_OPEN = (
    select(*_COLUMNS)
    .where(
        asks.c.chat_id == bindparam("chat_id"),
        asks.c.kind == bindparam("kind"),
        asks.c.closes_at > bindparam("now"),
    )
    .order_by(asks.c.ask_id.desc())
    .limit(1)
)
# A poll whose sending had no known outcome may stand in the chat under an id never told. Of several
# the one that the person has not answered yet is the likelier.
_ANSWERED = exists().where(
    answers.c.ask_id == asks.c.ask_id, answers.c.person_id == bindparam("chat_id")
)
_UNTOLD = (
    select(*_COLUMNS)
    .join(outbox, outbox.c.ask_id == asks.c.ask_id)
    .where(
        asks.c.chat_id == bindparam("chat_id"),
        asks.c.closes_at > bindparam("now"),
        (outbox.c.state == "sending") | (outbox.c.doubts > 0),
    )
    .order_by(_ANSWERED, asks.c.ask_id.desc())
    .limit(1)
)
_SEEN = (
    select(asks.c.slug, func.max(asks.c.created_at))
    .where(asks.c.chat_id == bindparam("chat_id"))
    .group_by(asks.c.slug)
)
_DAY = select(calendar.c.slug).where(calendar.c.day == bindparam("day"))
_DAYS = select(calendar.c.slug, func.max(calendar.c.day)).group_by(calendar.c.slug)
_ADD_DAY = insert_new(calendar)


def add(
    conn: Connection,
    *,
    chat_id: int,
    slug: str,
    kind: str,
    day: date,
    language: str,
    shown: str,
    closes_at: datetime,
    now: datetime,
) -> Ask:
    """A new ask."""
    row = {
        "chat_id": chat_id,
        "slug": slug,
        "kind": kind,
        "day": day,
        "language": language,
        "shown": shown,
        "closes_at": closes_at,
    }
    ask_id = conn.execute(_ADD, row | {"created_at": now}).scalar_one()
    return Ask(ask_id, chat_id, slug, kind, day, language, shown, closes_at)


def of_poll(conn: Connection, poll_id: str) -> Ask | None:
    """The ask that a poll carries."""
    row = _OF_POLL.one(conn, {"poll_id": poll_id})
    return Ask(*row) if row else None


def tie(conn: Connection, poll_id: str, ask_id: int) -> None:
    """Note that this poll carries this ask; an ask may be carried by several polls."""
    _TIE.count(conn, {"poll_id": poll_id, "ask_id": ask_id})


def open_ask(conn: Connection, chat_id: int, kind: str, now: datetime) -> Ask | None:
    """The newest ask of that kind in the chat that is still open."""
    row = conn.execute(_OPEN, {"chat_id": chat_id, "kind": kind, "now": now}).one_or_none()
    return Ask(*row) if row else None


def untold(conn: Connection, chat_id: int, now: datetime) -> Ask | None:
    """The newest open ask that may stand in the chat as a poll whose id was never told."""
    row = conn.execute(_UNTOLD, {"chat_id": chat_id, "now": now}).one_or_none()
    return Ask(*row) if row else None


def seen(conn: Connection, chat_id: int) -> dict[str, datetime]:
    """When each question was last asked in the chat."""
    return {row[0]: row[1] for row in conn.execute(_SEEN, {"chat_id": chat_id})}


def slug_of_day(conn: Connection, day: date) -> str | None:
    """The question of the day, if it has been chosen."""
    return conn.execute(_DAY, {"day": day}).scalar_one_or_none()


def days_by_slug(conn: Connection) -> dict[str, date]:
    """The last day of each question that the calendar has used."""
    return {row[0]: row[1] for row in conn.execute(_DAYS)}


def exchange_for_day(conn: Connection, day: date, old: str, new: str) -> str:
    """Put `new` in the place of `old`; whoever came first stands, and is returned."""
    where = (calendar.c.day == day, calendar.c.slug == old)
    conn.execute(update(calendar).where(*where).values(slug=new))
    standing: str = conn.execute(_DAY, {"day": day}).scalar_one()
    return standing


def choose_for_day(conn: Connection, day: date, slug: str) -> str:
    """Put `slug` on the calendar; whoever came first stands, and is returned."""
    conn.execute(_ADD_DAY, {"day": day, "slug": slug})
    standing: str = conn.execute(_DAY, {"day": day}).scalar_one()
    return standing
