"""How a person's streak stands, without changing it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.actions.answer import outages_between
from bot.rules.day import local_day
from bot.rules.streak import Ledger, Standing, standing
from bot.store import users
from bot.store.chats import Chat


def look(conn: Connection, person: Chat, now: datetime) -> tuple[Ledger, Standing]:
    """The ledger as stored, and how it stands on the person's day."""
    ledger = users.ledger(conn, person.chat_id)
    today = local_day(now, person.time_zone)
    outages = outages_between(conn, ledger, today, person.time_zone)
    return ledger, standing(ledger, today, outages=outages)
