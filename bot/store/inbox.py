"""The inbox: updates that Telegram has handed over, kept until their effects are committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from bot.store.database import insert_new
from bot.store.hot import Hot
from bot.store.tables import inbox

MAX_TRIES: Final = 8
LEASE: Final = timedelta(seconds=60)
KEEP: Final = timedelta(days=3)  # Telegram repeats nothing older than a day


@dataclass(frozen=True)
class Received:
    """An update as it came: its number, the lane it is handled in, its JSON."""

    update_id: int
    lane: int
    payload: str


_ADD = Hot(insert_new(inbox))
_FINISH = Hot(
    update(inbox)
    .where(inbox.c.update_id == bindparam("id_"), inbox.c.state == "waiting")
    .values(state="done", payload=None, error=None)
    .returning(inbox.c.received_at)
)
_WAITING = (
    select(inbox.c.update_id, inbox.c.lane, inbox.c.payload)
    .where(
        inbox.c.state == "waiting",
        or_(
            inbox.c.due_at <= bindparam("now"), inbox.c.owner.in_(bindparam("gone", expanding=True))
        ),
    )
    .order_by(inbox.c.update_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(inbox)
    .where(inbox.c.update_id.in_(bindparam("ids", expanding=True)))
    .values(owner=bindparam("owner_"), due_at=bindparam("due"))
)


def add(
    conn: Connection,
    updates: Sequence[Received],
    *,
    owner: str,
    now: datetime,
    lease_from: datetime,
) -> list[Received]:
    """Keep updates; returns those that are new. A number seen before is not taken twice."""
    fresh = []
    for item in updates:
        row = {
            "update_id": item.update_id,
            "lane": item.lane,
            "payload": item.payload,
            "state": "waiting",
            "owner": owner,
            "due_at": lease_from + LEASE,
            "received_at": now,
        }
        if _ADD.count(conn, row) == 1:
            fresh.append(item)
    return fresh


def finish(conn: Connection, update_id: int) -> datetime | None:
    """Mark an update as handled: when it was received, or None if somebody else handled it.

    Its payload is emptied: it holds names and words that are of no further use.
    """
    row = _FINISH.one(conn, {"id_": update_id})
    return row[0] if row else None


def fail(conn: Connection, update_id: int, error: str, lease_from: datetime) -> bool:
    """Note a failure: tried again after 1, 2, 4 ... 64 s. True if it is given up as poison."""
    row = conn.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.state == "waiting")
        .values(tries=inbox.c.tries + 1, error=error[:1000])
        .returning(inbox.c.tries)
    ).one_or_none()
    if row is None:
        return False
    poison: bool = row[0] >= MAX_TRIES
    due = lease_from + timedelta(seconds=2 ** (row[0] - 1))
    state = "poison" if poison else "waiting"
    conn.execute(
        update(inbox).where(inbox.c.update_id == update_id).values(state=state, due_at=due)
    )
    return poison


def take(
    conn: Connection, *, owner: str, lease_from: datetime, gone: Sequence[str] = (), most: int = 200
) -> list[Received]:
    """Waiting updates whose time has come, or whose owner is among the `gone`, now leased to us."""
    found = conn.execute(_WAITING, {"now": lease_from, "gone": list(gone), "most": most})
    taken = [Received(*row) for row in found]
    if taken:
        ids = [item.update_id for item in taken]
        conn.execute(_TAKE, {"ids": ids, "owner_": owner, "due": lease_from + LEASE})
    return taken


def owners(conn: Connection) -> list[str]:
    """Every process that has updates waiting."""
    query = select(inbox.c.owner).where(inbox.c.state == "waiting").distinct()
    return list(conn.scalars(query))


def counts(conn: Connection) -> dict[str, int]:
    """Updates by state."""
    query = select(inbox.c.state, func.count()).group_by(inbox.c.state)
    return {row[0]: row[1] for row in conn.execute(query)}


def prune(conn: Connection, now: datetime) -> None:
    """Forget handled updates after three days; poison stays for the operator."""
    old = inbox.c.received_at < now - KEEP
    conn.execute(delete(inbox).where(old, inbox.c.state == "done"))
