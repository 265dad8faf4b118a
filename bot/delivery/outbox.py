"""Owing messages: what a handler or the planner returns becomes rows, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection

from bot.messages.telegram import Sign, call
from bot.messages.values import Message, Urgency
from bot.store import outbox
from bot.store.outbox import Owed


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
    calls = [call(message, sign) for message in messages]
    rows = [
        Owed(
            chat_id=chat_id,
            urgency=urgency,
            method=item.method,
            params=item.params,
            due_at=now,
            ask_id=item.ask_id,
            expires_at=expires_at,
            unless_answered=unless_answered,
        )
        for item in calls
    ]
    outbox.add(conn, rows, now)
