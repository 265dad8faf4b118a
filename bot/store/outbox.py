"""The outbox: messages that the bot owes. A row is sent only under a lease, fenced by its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.store.hot import Hot
from bot.store.tables import days, outbox

LEASE: Final = timedelta(seconds=60)
KEEP: Final = timedelta(days=3)
BUSY: Final = timedelta(milliseconds=250)  # between looks whether the message before has left
_Moment: Final = outbox.c.due_at.type


class State(StrEnum):
    """Where a message stands."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # perhaps sent: the response was lost, and it may not be sent twice
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Owed:
    """A message to send. `urgency` orders; `unless_answered` withholds it once that day is kept."""

    chat_id: int
    urgency: int
    method: str
    params: str
    due_at: datetime
    ask_id: int | None = None
    expires_at: datetime | None = None
    unless_answered: date | None = None


@dataclass(frozen=True)
class Ready:
    """A message whose time has come."""

    outbox_id: int
    chat_id: int
    urgency: int
    method: str
    params: str
    ask_id: int | None
    tries: int
    doubts: int


_ADD = Hot(insert(outbox).inline())
_DUE = (outbox.c.state == State.READY, outbox.c.due_at <= bindparam("now"))
_ANSWERED = exists().where(
    days.c.person_id == outbox.c.chat_id,
    days.c.day == outbox.c.unless_answered,
    days.c.how == "answered",
)
_VOID = case(
    (outbox.c.expires_at <= bindparam("now"), True),
    (outbox.c.unless_answered.is_not(None), _ANSWERED),
    else_=False,
)
_MESSAGE = (
    outbox.c.outbox_id,
    outbox.c.chat_id,
    outbox.c.urgency,
    outbox.c.method,
    outbox.c.params,
    outbox.c.ask_id,
    outbox.c.tries,
    outbox.c.doubts,
)
# A message that is put off, or on its way, holds up the ones behind it in its chat, or they would
# overtake it. One that may have arrived already holds up nobody, unless it is an edit: an old one
# must not undo a newer.
_before = outbox.alias()
_PUT_OFF = and_(
    _before.c.state == State.READY,
    _before.c.due_at > bindparam("now"),
    _before.c.urgency <= outbox.c.urgency,
    or_(_before.c.doubts == 0, _before.c.method.not_like("send%")),
)
_ON_ITS_WAY = _before.c.state == State.SENDING
_HELD_UNTIL = (
    select(func.max(case((_ON_ITS_WAY, bindparam("soon", type_=_Moment)), else_=_before.c.due_at)))
    .where(
        _before.c.chat_id == outbox.c.chat_id,
        _before.c.outbox_id != outbox.c.outbox_id,
        or_(_ON_ITS_WAY, and_(_PUT_OFF, _before.c.outbox_id < outbox.c.outbox_id)),
    )
    .scalar_subquery()
)
_READY = (
    select(*_MESSAGE, _HELD_UNTIL, _VOID)
    .where(*_DUE, outbox.c.urgency <= bindparam("least"))
    .order_by(outbox.c.urgency, outbox.c.outbox_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.outbox_id.in_(bindparam("ids", expanding=True)))
    .values(
        state=State.SENDING,
        owner=bindparam("owner_"),
        lease_until=bindparam("until"),
        tries=outbox.c.tries + 1,
    )
)
_CANCEL = (
    update(outbox)
    .where(outbox.c.outbox_id == bindparam("id_"))
    .values(state=State.CANCELLED, error="answered or expired before it left")
)
_DEFER = (
    update(outbox).where(outbox.c.outbox_id == bindparam("id_")).values(due_at=bindparam("due"))
)
_FINISH = Hot(
    update(outbox)
    .where(
        outbox.c.outbox_id == bindparam("id_"),
        outbox.c.owner == bindparam("owner_"),
        outbox.c.state == State.SENDING,
    )
    .values(
        state=bindparam("state_"),
        due_at=func.coalesce(bindparam("due", type_=_Moment), outbox.c.due_at),
        message_id=bindparam("message"),
        error=bindparam("error_"),
        doubts=outbox.c.doubts + bindparam("doubt"),
        sent_at=bindparam("sent", type_=_Moment),
    )
)
_LEASES = (
    select(*_MESSAGE, outbox.c.owner)
    .where(
        outbox.c.state == State.SENDING,
        or_(
            outbox.c.lease_until <= bindparam("now"),
            outbox.c.owner.in_(bindparam("gone", expanding=True)),
        ),
    )
    .limit(200)
    .with_for_update(skip_locked=True)
)


def add(conn: Connection, owed: Sequence[Owed], now: datetime) -> None:
    """Owe these messages."""
    for item in owed:
        _ADD.count(conn, {**vars(item), "state": State.READY, "created_at": now})


def ready(conn: Connection, now: datetime, *, least: int, most: int) -> list[Ready]:
    """What may be sent now, the most urgent first, none less urgent than `least`.

    Rows stay locked until the transaction ends. What has expired, and a reminder whose day has
    been kept in the meantime, is cancelled here: this is the last moment before it would leave.
    """
    values = {"now": now, "soon": now + BUSY, "least": least, "most": most}
    found = []
    for *message, held_until, is_void in conn.execute(_READY, values):
        if is_void:
            conn.execute(_CANCEL, {"id_": message[0]})
        elif held_until:
            defer(conn, message[0], held_until)
        else:
            found.append(Ready(*message))
    return found


def claim(conn: Connection, ids: Sequence[int], *, owner: str, lease_from: datetime) -> None:
    """Take messages for sending."""
    if ids:
        until = lease_from + LEASE
        conn.execute(_CLAIM, {"ids": list(ids), "owner_": owner, "until": until})


def defer(conn: Connection, outbox_id: int, due: datetime) -> None:
    """Not before `due`."""
    conn.execute(_DEFER, {"id_": outbox_id, "due": due})


def finish(
    conn: Connection,
    outbox_id: int,
    *,
    owner: str,
    state: State,
    due: datetime | None = None,
    message_id: int | None = None,
    error: str | None = None,
    sent_at: datetime | None = None,
    doubts: int = 0,
) -> bool:
    """Say how a claimed message went; False if the lease was lost to another process."""
    values = {
        "id_": outbox_id,
        "owner_": owner,
        "state_": state,
        "due": due,
        "message": message_id,
        "error_": error,
        "sent": sent_at,
        "doubt": doubts,
    }
    return _FINISH.count(conn, values) == 1


def abandoned(
    conn: Connection, *, lease_from: datetime, gone: Sequence[str] = ()
) -> list[tuple[Ready, str]]:
    """Messages whose lease ran out or whose owner is `gone`, with that owner: perhaps sent."""
    found = conn.execute(_LEASES, {"now": lease_from, "gone": list(gone)})
    return [(Ready(*row[:-1]), row[-1]) for row in found]


def cancel_chat(conn: Connection, chat_id: int, why: str) -> None:
    """Cancel all that waits for a chat."""
    conn.execute(
        update(outbox)
        .where(outbox.c.chat_id == chat_id, outbox.c.state == State.READY)
        .values(state=State.CANCELLED, error=why)
    )


def owners(conn: Connection) -> list[str]:
    """Every process that holds a message for sending."""
    query = select(outbox.c.owner).where(outbox.c.state == State.SENDING).distinct()
    return [owner for owner in conn.scalars(query) if owner]


def sent_since(conn: Connection, moment: datetime) -> list[tuple[int, int, datetime]]:
    """(chat, urgency, when) of what left since `moment`, so that a restart keeps the pace."""
    query = select(outbox.c.chat_id, outbox.c.urgency, outbox.c.sent_at)
    rows = conn.execute(query.where(outbox.c.sent_at >= moment).order_by(outbox.c.sent_at))
    return [(row[0], row[1], row[2]) for row in rows]


def next_due(conn: Connection) -> datetime | None:
    """When the next waiting message may leave."""
    query = select(func.min(outbox.c.due_at)).where(outbox.c.state == State.READY)
    found: datetime | None = conn.execute(query).scalar_one()
    return found


def counts(conn: Connection) -> dict[str, int]:
    """Messages by state."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    return {row[0]: row[1] for row in conn.execute(query)}


def prune(conn: Connection, now: datetime) -> None:
    """Forget what was sent or cancelled three days ago; unknown and failed rows stay visible."""
    over = outbox.c.state.in_((State.SENT, State.CANCELLED))
    conn.execute(delete(outbox).where(over, outbox.c.created_at < now - KEEP))
