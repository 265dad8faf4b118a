"""What becomes of a message whose answer was lost: twice, or perhaps never."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.delivery.sender import Sender
from bot.messages.values import Urgency
from bot.sandbox.faults import Fault
from bot.store import outbox, schedules, users
from bot.store import tables as t
from tests.delivery.desk import Desk
from tests.stage import Person, Stage

ALICE = 1001


@pytest.mark.parametrize("fault", [Fault.lost_after(), Fault.server_error(), Fault.reset_before()])
@pytest.mark.parametrize("urgency", [Urgency.REPLY, Urgency.ROUND, Urgency.DAILY])
async def test_a_reply_or_question_in_doubt_is_sent_again_once_after_30_s(
    desk: Desk, urgency: Urgency, fault: Fault
) -> None:
    desk.sandbox.faults.add("sendMessage", fault)
    await desk.owe(ALICE, "text", urgency=urgency)
    await desk.settled()
    [first, second] = desk.arrivals(ALICE)
    assert 30 <= second - first < 31
    [row] = await desk.rows()
    assert (row["state"], row["doubts"], row["tries"]) == ("sent", 1, 2)


async def test_a_question_in_doubt_twice_is_left_as_unknown(desk: Desk) -> None:
    desk.sandbox.faults.add("sendMessage", Fault.lost_after(), times=None)
    await desk.owe(ALICE, "text", urgency=Urgency.DAILY)
    await desk.settled()
    assert desk.said(ALICE) == ["text", "text"]
    [row] = await desk.rows()
    assert (row["state"], row["doubts"]) == ("unknown", 2)


@pytest.mark.parametrize("fault", [Fault.lost_after(), Fault.server_error()])
@pytest.mark.parametrize("urgency", [Urgency.REMINDER, Urgency.BULK])
async def test_a_reminder_in_doubt_is_never_sent_again_but_stays_visible(
    desk: Desk, urgency: Urgency, fault: Fault
) -> None:
    desk.sandbox.faults.add("sendMessage", fault)
    await desk.owe(ALICE, "text", urgency=urgency)
    await desk.settled(within=timedelta(hours=2))
    assert len(desk.arrivals(ALICE)) == 1
    [row] = await desk.rows()
    assert (row["state"], row["doubts"]) == ("unknown", 1)
    assert row["error"]
    await desk.db.write(outbox.prune, desk.clock.now() + timedelta(days=30))
    assert await desk.states() == ["unknown"]


async def test_an_answer_that_takes_too_long_is_a_lost_one(desk: Desk) -> None:
    desk.sandbox.faults.add("sendMessage", Fault.stall(3))  # the desk's patience is 2 s
    await desk.owe(ALICE, "text", urgency=Urgency.REMINDER)
    await desk.settled()
    assert desk.said(ALICE) == ["text"]
    assert await desk.states() == ["unknown"]


async def test_edits_are_repeated_at_will(desk: Desk) -> None:
    await desk.owe(ALICE, "old")
    await desk.settled()
    [row] = await desk.rows()
    desk.sandbox.faults.add("editMessageText", Fault.server_error(), times=3)
    params = f'{{"message_id": {row["message_id"]}, "text": "new"}}'
    await desk.owe(ALICE, "", method="editMessageText", params=params)
    await desk.settled()
    assert desk.said(ALICE) == ["new"]
    assert await desk.states() == ["sent", "sent"]
    gaps = [later - earlier for earlier, later in pairwise(desk.arrivals(ALICE)[1:])]
    assert [round(gap) for gap in gaps] == [1, 2, 4]


async def test_an_edit_that_was_made_unheard_is_a_success_when_repeated(desk: Desk) -> None:
    await desk.owe(ALICE, "old")
    await desk.settled()
    [row] = await desk.rows()
    desk.sandbox.faults.add("editMessageText", Fault.lost_after())
    params = f'{{"message_id": {row["message_id"]}, "text": "new"}}'
    await desk.owe(ALICE, "", method="editMessageText", params=params)
    await desk.settled()
    assert await desk.states() == ["sent", "sent"]
    assert (await desk.rows())[1]["tries"] == 2


async def test_an_edit_that_changes_nothing_is_a_success(desk: Desk) -> None:
    await desk.owe(ALICE, "same")
    await desk.settled()
    [row] = await desk.rows()
    params = f'{{"message_id": {row["message_id"]}, "text": "same"}}'
    await desk.owe(ALICE, "", method="editMessageText", params=params)
    await desk.settled()
    assert await desk.states() == ["sent", "sent"]


async def test_what_telegram_refuses_for_good_fails_and_holds_up_nobody(desk: Desk) -> None:
    await desk.owe(ALICE, "x" * 5000, "next")
    await desk.settled()
    assert await desk.states() == ["failed", "sent"]
    assert "too long" in (await desk.rows())[0]["error"]


async def lose_the_question(stage: Stage, alice: Person) -> None:
    """The next daily question arrives in two copies, the first under an id never told."""
    await alice.sets_up()
    await alice.votes(right=True)
    stage.sandbox.faults.add("sendPoll", Fault.lost_after())
    await stage.wait(days=1)
    await stage.wait(seconds=31)
    assert len(alice.polls) == 3
    assert alice.polls[1]["poll"]["question"] == alice.polls[2]["poll"]["question"]


@pytest.mark.parametrize("copy", [1, 2])
async def test_a_vote_in_either_copy_of_a_question_counts_once(
    stage: Stage, alice: Person, copy: int
) -> None:
    await lose_the_question(stage, alice)
    await alice.votes(right=True, message=alice.polls[copy])
    assert alice.last_text.endswith("🔥 Day 2.")
    await alice.votes(right=False, message=alice.polls[3 - copy])
    assert "first answer counts" in alice.last_text
    ledger = await stage.app.db.read(users.ledger, alice.id)
    assert ledger.streak == 2


async def test_a_vote_before_the_second_copy_counts(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    stage.sandbox.faults.add("sendPoll", Fault.lost_after())
    daily = (await stage.app.db.read(schedules.of_chat, alice.id))["daily"]
    await stage.app.travel(daily.next_at + timedelta(seconds=1))
    assert len(alice.polls) == 2
    await alice.votes(right=True)
    assert "🔥 Day 2." in "".join(str(m.get("text")) for m in alice.heard)


async def test_a_lost_saver_is_not_sent_again_and_its_poll_still_counts(
    stage: Stage, alice: Person
) -> None:
    await alice.sets_up()
    for _ in range(2):
        await alice.votes(right=True)
        await stage.wait(days=1)
    stage.sandbox.faults.add("sendPoll", Fault.lost_after())
    polls = len(alice.polls)
    await stage.wait(hours=11)
    assert len(alice.polls) == polls + 1
    await stage.wait(minutes=5)
    assert len(alice.polls) == polls + 1
    assert "unknown" in await stage.app.db.read(_states)
    await alice.votes(right=True)
    assert alice.last_text.endswith("🔥 Day 3.")


def _states(conn: Connection) -> list[str]:
    return list(conn.scalars(select(t.outbox.c.state)))


async def test_what_is_known_is_noted_even_if_the_database_fails_for_a_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = Sender._settle, [RuntimeError("disk full"), RuntimeError("disk full")]

    def shaky(self: Sender, *args: Any) -> None:
        if failures:
            raise failures.pop()
        real(self, *args)

    monkeypatch.setattr(Sender, "_settle", shaky)
    await desk.owe(ALICE, "once")
    await desk.settled()
    [row] = await desk.rows()
    assert (row["state"], row["doubts"]) == ("sent", 0)
    assert desk.said(ALICE) == ["once"]
