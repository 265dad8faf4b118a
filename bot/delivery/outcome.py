"""What a send came to: the one place that decides whether a message is sent again, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from bot.actions.subscribe import STOPPED
from bot.messages.telegram import REPEATABLE
from bot.messages.values import Urgency
from bot.store import asks, chats, outbox
from bot.store.outbox import Ready, State
from bot.transport import Failure, Outcome

SECOND_LOOK: Final = timedelta(seconds=30)  # before a message of unknown fate is sent again
MAX_TRIES: Final = 20
# A copy of these is better than silence: a question's copies carry the same ask.
_RESENT: Final = (Urgency.REPLY, Urgency.ROUND, Urgency.DAILY)


@dataclass(frozen=True)
class Verdict:
    """The state a message goes to; `due` if it is to be tried again."""

    state: State
    due: datetime | None = None
    error: str | None = None
    doubts: int = 0


def judge(row: Ready, failure: Failure, now: datetime) -> Verdict:
    """What follows from a failure of `row`."""
    match failure.outcome:
        case Outcome.DONE:
            return Verdict(State.SENT, error=failure.says)
        case Outcome.MIGRATED:
            return Verdict(State.READY, now, failure.says)
        case Outcome.WAIT:
            return Verdict(State.READY, now + timedelta(seconds=failure.retry_after or 1))
        case Outcome.NOT_SENT:  # nothing arrived: it is owed until it expires
            return Verdict(State.READY, now + _pause(row.tries), failure.says)
        case Outcome.UNKNOWN:
            return unknown(row, failure.says, now)
        case _:
            return Verdict(State.FAILED, error=failure.says)


def unknown(row: Ready, says: str, now: datetime) -> Verdict:
    """Telegram has no idempotency key: a lost response leaves the choice of twice or perhaps never.

    Edits are repeated at will, replies and questions once after 30 s, reminders never.
    """
    if row.method in REPEATABLE and row.tries < MAX_TRIES:
        return Verdict(State.READY, now + _pause(row.tries), says, doubts=1)
    if row.urgency in _RESENT and row.doubts == 0:
        return Verdict(State.READY, now + SECOND_LOOK, says, doubts=1)
    return Verdict(State.UNKNOWN, error=says, doubts=1)


def settle(
    conn: Connection, row: Ready, verdict: Verdict, *, owner: str, now: datetime, result: Any = None
) -> None:
    """Store how a claimed message went; a poll's id is tied to its ask in the same transaction."""
    message = result if isinstance(result, dict) else {}
    perhaps_sent = verdict.state is State.SENT or verdict.doubts  # a restart counts both
    outbox.finish(
        conn,
        row.outbox_id,
        owner=owner,
        state=verdict.state,
        due=verdict.due,
        message_id=message.get("message_id"),
        error=verdict.error,
        sent_at=now if perhaps_sent else None,
        doubts=verdict.doubts,
    )
    # Even where the lease was lost, the poll stands in the chat and may be voted in.
    if row.ask_id is not None and (poll := message.get("poll")):
        asks.tie(conn, poll["id"], row.ask_id)


def lose(conn: Connection, chat_id: int, why: str) -> None:
    """The chat will not take messages: stop writing to it until it lets us in again."""
    chat = chats.get(conn, chat_id)
    if chat and chat.paused != STOPPED:  # their own word outlives a block
        chats.pause(conn, chat_id, why)
    outbox.cancel_chat(conn, chat_id, why)


def _pause(tries: int) -> timedelta:
    return timedelta(seconds=min(2 ** max(tries - 1, 0), 60))
