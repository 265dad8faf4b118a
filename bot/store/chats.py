"""Chats: who is talked to, in which language and zone. A person is their private chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, delete, func, select, update

from bot.store.database import insert_new
from bot.store.hot import Hot
from bot.store.tables import asks, chats, deliveries, outbox, schedules


@dataclass(frozen=True)
class Chat:
    """One chat's row. `level` none: the question of the day; `paused` says why it is silent."""

    chat_id: int
    type: str
    language: str
    zone: str
    level: str | None
    expects: str | None
    started_at: datetime | None
    paused: str | None

    @property
    def time_zone(self) -> ZoneInfo:
        """The zone as zoneinfo knows it."""
        return ZoneInfo(self.zone)

    @property
    def is_private(self) -> bool:
        """Whether this is a talk with one person."""
        return self.type == "private"


_COLUMNS = (
    chats.c.chat_id,
    chats.c.type,
    chats.c.language,
    chats.c.zone,
    chats.c.level,
    chats.c.expects,
    chats.c.started_at,
    chats.c.paused,
)
_GET = Hot(select(*_COLUMNS).where(chats.c.chat_id == bindparam("chat_id")))
_ADD = insert_new(chats)


def get(conn: Connection, chat_id: int) -> Chat | None:
    """The chat, if the bot knows it."""
    row = _GET.one(conn, {"chat_id": chat_id})
    return Chat(*row) if row else None


def meet(
    conn: Connection, chat_id: int, *, type: str, language: str, zone: str, now: datetime
) -> Chat:
    """The chat, made with these first guesses if it is new."""
    if known := get(conn, chat_id):
        return known
    row = {"chat_id": chat_id, "type": type, "language": language, "zone": zone, "created_at": now}
    conn.execute(_ADD, row)
    found = get(conn, chat_id)
    assert found is not None
    return found


def change(conn: Connection, chat_id: int, **values: object) -> None:
    """Set columns of one chat."""
    conn.execute(update(chats).where(chats.c.chat_id == chat_id).values(**values))


def pause(conn: Connection, chat_id: int, why: str) -> None:
    """Send nothing more on the bot's initiative; `why` is blocked, stopped, kicked and so on.

    Schedules keep ticking unheard, so that what a person switched off stays off afterwards.
    """
    change(conn, chat_id, paused=why)


def migrate(conn: Connection, old: int, new: int) -> bool:
    """Give the chat `old` the id `new` in all tables; False if `old` is not known (any more)."""
    columns = [c for c in chats.c if c.name not in ("chat_id", "type")]
    # Locked: a row that another process is adding to the old id must not go down with it.
    found = conn.execute(select(*columns).where(chats.c.chat_id == old).with_for_update())
    row = found.mappings().one_or_none()
    if row is None:
        return False
    conn.execute(_ADD, {"chat_id": new, "type": "supergroup", **row})
    # Either id may have been met as a stranger while the group moved: the older row knows better.
    older = (chats.c.chat_id == new, chats.c.created_at >= row["created_at"])
    conn.execute(update(chats).where(*older).values(**row))
    for table in (schedules, deliveries):
        _drop_doubles(conn, table.name, old, new)
    for table in (schedules, deliveries, asks, outbox):
        conn.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
    conn.execute(delete(chats).where(chats.c.chat_id == old))
    return True


def _drop_doubles(conn: Connection, table_name: str, old: int, new: int) -> None:
    """Rows of the new id that stand in the way: what was set before the move is kept."""
    table = chats.metadata.tables[table_name]
    other = table.alias()
    keys = [c.name for c in table.primary_key if c.name != "chat_id"]
    same = (
        select(func.count())
        .select_from(other)
        .where(other.c.chat_id == old, *(other.c[k] == table.c[k] for k in keys))
    )
    conn.execute(delete(table).where(table.c.chat_id == new, same.scalar_subquery() > 0))
