"""Messages whose sender died with them in hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.reaper import reap
from bot.messages.values import Urgency
from bot.sandbox.faults import Fault
from bot.store import outbox
from tests.delivery.desk import Desk, new_sender

ALICE = 1001


async def die_with_a_message(desk: Desk, urgency: Urgency) -> None:
    """A process claims a message and is gone."""
    await desk.owe(ALICE, "text", urgency=urgency)
    await desk.db.write(outbox.claim, [1], owner="dead", lease_from=datetime.now(UTC))


@pytest.mark.parametrize("urgency", [Urgency.REPLY, Urgency.ROUND, Urgency.DAILY])
async def test_replies_and_questions_in_a_dead_hand_are_sent_after_30_s(
    idle_desk: Desk, urgency: Urgency
) -> None:
    desk = idle_desk
    await die_with_a_message(desk, urgency)
    died = desk.clock.now().timestamp()
    assert await desk.db.write(reap, desk.clock, ["dead"]) == 1
    desk.start()
    await desk.settled()
    [arrived] = desk.arrivals(ALICE)
    assert 30 <= arrived - died < 31
    assert await desk.states() == ["sent"]


@pytest.mark.parametrize("urgency", [Urgency.REMINDER, Urgency.BULK])
async def test_reminders_in_a_dead_hand_are_unknown(idle_desk: Desk, urgency: Urgency) -> None:
    desk = idle_desk
    await die_with_a_message(desk, urgency)
    await desk.db.write(reap, desk.clock, ["dead"])
    desk.start()
    await desk.settled(within=timedelta(hours=1))
    assert desk.arrivals(ALICE) == []
    assert await desk.states() == ["unknown"]


async def test_the_living_are_left_alone_until_their_lease_ends(idle_desk: Desk) -> None:
    desk = idle_desk
    await die_with_a_message(desk, Urgency.REPLY)
    assert await desk.db.write(reap, desk.clock) == 0
    await desk.set_outbox(lease_until=datetime.now(UTC))
    assert await desk.db.write(reap, desk.clock) == 1
    assert await desk.states() == ["ready"]


async def test_a_sender_that_lost_its_lease_cannot_say_how_it_went(desk: Desk) -> None:
    desk.sandbox.faults.add("sendMessage", Fault.stall(0.3))
    await desk.owe(ALICE, "reply")
    await desk.flying()
    await desk.set_outbox(owner="another")
    await asyncio.sleep(0.5)
    [row] = await desk.rows()
    assert (row["state"], row["owner"], row["message_id"]) == ("sending", "another", None)


async def test_a_kill_between_sending_and_settling_sends_a_reply_twice_at_most(
    idle_desk: Desk,
) -> None:
    desk = idle_desk
    desk.sandbox.faults.add("sendMessage", Fault.lost_after())
    await desk.owe(ALICE, "reply")
    desk.start()
    await desk.settled(within=timedelta(seconds=5))
    await desk.db.write(outbox.claim, [1], owner="desk", lease_from=datetime.now(UTC))
    await desk.stop()
    await desk.db.write(reap, desk.clock, ["desk"])
    desk.sender = new_sender(desk.db, desk.api, desk.clock, "the next one")
    desk.start()
    await desk.settled()
    assert len(desk.arrivals(ALICE)) == 1
    assert await desk.states() == ["unknown"], "the second doubt is the last"
