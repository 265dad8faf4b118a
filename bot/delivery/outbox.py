"""Owing messages: what a handler or the planner returns becomes rows, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.messages.telegram import Sign, call
from bot.messages.values import Message, Quiz, Urgency
from bot.store import outbox
from bot.store.outbox import Owed

# Telegram refuses a poll that would close within 5 s; nobody reads one that closes in a minute.
MARGIN: Final = timedelta(minutes=1)


def owe(
    conn: Connection,
    chat_id: int,
    messages: Iterable[Message],
    *,
    sign: Sign,
    now: datetime,
    urgency: Urgency = Urgency.REPLY,
    expires_at: datetime | None = None,
    unless_answered: date | None = None,
) -> None:
    """Owe the messages to the chat, in their order; `sign` makes its buttons' data."""
    calls = [(call(message, sign), _ends(message, expires_at)) for message in messages]
    rows = [
        Owed(
            chat_id=chat_id,
            urgency=urgency,
            method=item.method,
            params=item.params,
            due_at=now,
            ask_id=item.ask_id,
            expires_at=ends,
            unless_answered=unless_answered,
        )
        for item, ends in calls
    ]
    outbox.add(conn, rows, now)


def _ends(message: Message, expires_at: datetime | None) -> datetime | None:
    """Until when the message may leave: a quiz only while it would stay open for a while."""
    if not isinstance(message, Quiz):
        return expires_at
    closes_at = message.closes_at - MARGIN
    return min(expires_at, closes_at) if expires_at else closes_at
