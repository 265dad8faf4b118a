"""Uptime: the process's pulse, the outages it reveals, and the lease that lets one process poll."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from bot.rules.outage import PAUSE
from bot.store.database import insert_new, insert_or_change
from bot.store.tables import leases, outages, pulses

_BOT: Final = "bot"
_LAST = select(pulses.c.at).where(pulses.c.name == bindparam("name_"))
_BEAT = insert_or_change(pulses, key=["name"], change=["at"])


def beat(conn: Connection, now: datetime) -> None:
    """Note that the bot is alive at `now`."""
    conn.execute(_BEAT, {"name": _BOT, "at": now})


def last_beat(conn: Connection) -> datetime | None:
    """When the bot was last known to be alive; none before its first start."""
    at: datetime | None = conn.execute(_LAST, {"name_": _BOT}).scalar_one_or_none()
    return at


def wake(conn: Connection, now: datetime) -> timedelta | None:
    """Take up the pulse after a start; if it had stopped for long, note the outage.

    Returns how long the bot was down where that is long enough to spare people's days.
    """
    last = last_beat(conn)
    beat(conn, now)
    if last is None or now - last < PAUSE:
        return None
    conn.execute(insert_new(outages), {"started_at": last, "ended_at": now})
    return now - last


def release(conn: Connection, name: str, *, owner: str) -> None:
    """Give the lease back, so that another process need not wait for its end."""
    conn.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))


def lease(
    conn: Connection, name: str, *, owner: str, lease_from: datetime, length: timedelta
) -> bool:
    """Take or keep the lease `name` for `length`; False while another process holds it."""
    until = lease_from + length
    mine = or_(leases.c.owner == owner, leases.c.until <= lease_from)
    taken = update(leases).where(leases.c.name == name, mine).values(owner=owner, until=until)
    if conn.execute(taken).rowcount == 1:
        return True
    row = {"name": name, "owner": owner, "until": until}
    return conn.execute(insert_new(leases), row).rowcount == 1
