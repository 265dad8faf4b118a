"""The outbox's queries: order, claims, the fence, leases, and what is cancelled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.store import chats, outbox, users
from bot.store.database import Database
from bot.store.outbox import Owed, Ready, State

NOW = datetime(2031, 3, 3, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ALICE, BORIS = 1001, 1002


@pytest.fixture
async def db(database: Database) -> Database:
    """A database that knows Alice and Boris."""

    def prepare(conn: Connection) -> None:
        for person in (ALICE, BORIS):
            chats.meet(conn, person, type="private", language="en", zone="UTC", now=NOW)

    await database.write(prepare)
    return database


def owed(chat_id: int = ALICE, **more: Any) -> Owed:
    plain = {"urgency": 0, "method": "sendMessage", "params": "{}", "due_at": NOW}
    return Owed(chat_id=chat_id, **{**plain, **more})


async def owe(db: Database, *items: Owed) -> None:
    await db.write(outbox.add, items, NOW)


async def look(db: Database, *, after: timedelta = SECOND, least: int = 4) -> list[Ready]:
    return await db.write(outbox.ready, NOW + after, least=least, most=100)


async def claim(db: Database, owner: str = "me", lease_from: datetime = NOW) -> list[int]:
    ids = [row.outbox_id for row in await look(db)]
    await db.write(outbox.claim, ids, owner=owner, lease_from=lease_from)
    return ids


async def test_owing_nothing_is_fine(db: Database) -> None:
    await owe(db)
    assert await look(db) == []
    assert await db.read(outbox.next_due) is None


async def test_the_most_urgent_come_first_then_the_oldest(db: Database) -> None:
    await owe(db, owed(urgency=4), owed(urgency=0), owed(urgency=2), owed(BORIS, urgency=0))
    found = await look(db)
    assert [(row.urgency, row.chat_id) for row in found] == [
        (0, ALICE),
        (0, BORIS),
        (2, ALICE),
        (4, ALICE),
    ]


async def test_what_is_less_urgent_than_wanted_or_not_due_stays_out(db: Database) -> None:
    await owe(db, owed(urgency=2), owed(BORIS, due_at=NOW + 2 * SECOND), owed(urgency=1))
    assert [row.urgency for row in await look(db, least=1)] == [1]


async def test_a_message_put_off_takes_those_behind_it_along(db: Database) -> None:
    await owe(db, owed(), owed(), owed(BORIS), owed(urgency=3))
    first = (await look(db))[0]
    await db.write(outbox.defer, first.outbox_id, NOW + 5 * SECOND)
    assert [row.chat_id for row in await look(db)] == [BORIS]
    assert await db.read(outbox.next_due) == NOW
    again = await look(db, after=5 * SECOND)
    assert [row.outbox_id for row in again] == [1, 2, 3, 4]


async def test_one_more_urgent_passes_a_message_put_off(db: Database) -> None:
    await owe(db, owed(urgency=2, due_at=NOW + 9 * SECOND), owed(urgency=0))
    assert [row.urgency for row in await look(db)] == [0]


async def test_a_message_in_doubt_lets_others_pass_unless_it_is_an_edit(db: Database) -> None:
    await owe(db, owed(), owed(BORIS, method="editMessageText"))
    for outbox_id in await claim(db):
        due = NOW + 30 * SECOND
        await db.write(outbox.finish, outbox_id, owner="me", state=State.READY, due=due, doubts=1)
    await owe(db, owed(), owed(BORIS))
    assert [row.chat_id for row in await look(db)] == [ALICE]


async def test_what_has_expired_is_cancelled_at_the_look(db: Database) -> None:
    await owe(db, owed(expires_at=NOW + SECOND), owed(expires_at=NOW + 2 * SECOND))
    assert [row.outbox_id for row in await look(db)] == [2]
    assert await db.read(outbox.counts) == {"cancelled": 1, "ready": 1}


@pytest.mark.parametrize(("how", "left"), [("answered", 0), ("frozen", 1), ("outage", 1)])
async def test_a_reminder_is_withheld_once_its_day_is_answered(
    db: Database, how: str, left: int
) -> None:
    day = date(2031, 3, 3)
    await owe(db, owed(urgency=3, unless_answered=day))

    def answer(conn: Connection) -> None:
        users.meet(conn, ALICE)
        users.meet(conn, BORIS)
        users.keep_days(conn, BORIS, [(day, "answered")])
        users.keep_days(conn, ALICE, [(day - timedelta(days=1), "answered"), (day, how)])

    await db.write(answer)
    assert len(await look(db)) == left


async def test_a_claimed_message_is_nobody_elses(db: Database) -> None:
    await owe(db, owed())
    assert await claim(db) == [1]
    assert await look(db) == []
    assert await db.read(outbox.owners) == ["me"]


async def test_finishing_is_fenced_by_the_owner(db: Database) -> None:
    await owe(db, owed())
    await claim(db, "me")
    assert not await db.write(outbox.finish, 1, owner="another", state=State.FAILED)
    assert await db.read(outbox.counts) == {"sending": 1}
    assert await db.write(outbox.finish, 1, owner="me", state=State.SENT, message_id=7, sent_at=NOW)
    assert not await db.write(outbox.finish, 1, owner="me", state=State.FAILED)
    assert await db.read(outbox.counts) == {"sent": 1}
    assert await db.read(outbox.sent_since, NOW) == [(ALICE, 0, NOW)]
    assert await db.read(outbox.sent_since, NOW + SECOND) == []


async def test_finishing_without_a_new_moment_keeps_the_old(db: Database) -> None:
    await owe(db, owed())
    await claim(db)
    await db.write(outbox.finish, 1, owner="me", state=State.READY, doubts=1)
    [row] = await look(db)
    assert (row.tries, row.doubts) == (1, 1)


async def test_only_leases_that_ran_out_or_whose_owner_is_gone_are_abandoned(
    db: Database,
) -> None:
    await owe(db, owed())
    await claim(db, "me")
    last = NOW + outbox.LEASE - SECOND
    assert await db.write(outbox.abandoned, lease_from=last) == []
    assert await db.write(outbox.abandoned, lease_from=last, gone=["another"]) == []
    [(row, owner)] = await db.write(outbox.abandoned, lease_from=last, gone=["me"])
    assert (row.outbox_id, owner) == (1, "me")
    assert len(await db.write(outbox.abandoned, lease_from=NOW + outbox.LEASE)) == 1


async def test_cancelling_a_chat_spares_others_and_what_is_on_its_way(db: Database) -> None:
    await owe(db, owed())
    await claim(db)
    await owe(db, owed(), owed(BORIS))
    await db.write(outbox.cancel_chat, ALICE, "blocked")
    assert await db.read(outbox.counts) == {"sending": 1, "cancelled": 1, "ready": 1}


async def test_pruning_keeps_what_somebody_may_want_to_see(db: Database) -> None:
    await owe(db, *[owed(BORIS) for _ in range(4)])
    ends = (State.SENT, State.UNKNOWN, State.FAILED, State.CANCELLED)
    for outbox_id, state in zip(await claim(db), ends, strict=True):
        await db.write(outbox.finish, outbox_id, owner="me", state=state)
    await owe(db, owed())
    await db.write(outbox.prune, NOW + outbox.KEEP)
    assert sum((await db.read(outbox.counts)).values()) == 5
    await db.write(outbox.prune, NOW + outbox.KEEP + SECOND)
    assert await db.read(outbox.counts) == {"unknown": 1, "failed": 1, "ready": 1}
