"""In which order messages leave."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.request import BaseRequest, RequestData

from bot.failures import NotSent
from bot.messages.values import Urgency
from bot.sandbox.faults import Fault
from tests import engines
from tests.delivery.desk import Desk, new_sender, opened

ALICE, BORIS, CARLA = 1001, 1002, 1003


class Unplugged(BaseRequest):
    """A transport whose next requests do not leave."""

    def __init__(self, inner: BaseRequest, times: int) -> None:
        self.inner = inner
        self.times = times

    @property
    def read_timeout(self) -> float | None:
        return self.inner.read_timeout

    async def initialize(self) -> None:
        await self.inner.initialize()

    async def shutdown(self) -> None:
        await self.inner.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> tuple[int, bytes]:
        if self.times:
            self.times -= 1
            raise NotSent("no route")
        return await self.inner.do_request(url, method, request_data, *args, **kwargs)


def unplug(desk: Desk, *, times: int) -> None:
    """The next requests of the sender do not leave."""
    desk.sender.api = replace(desk.api, sending=Unplugged(desk.api.sending, times))


async def test_replies_keep_their_order_in_a_chat(desk: Desk) -> None:
    texts = [f"reply {number}" for number in range(12)]
    await desk.owe(ALICE, *texts[:6])
    for text in texts[6:]:
        await desk.owe(ALICE, text)
    await desk.settled()
    assert desk.said(ALICE) == texts


async def test_a_reply_that_comes_late_does_not_overtake_one_that_waits(desk: Desk) -> None:
    desk.sandbox.faults.add("sendMessage", Fault.stall(0.3))
    await desk.owe(ALICE, "first")
    await desk.flying()
    await desk.owe(ALICE, "second")
    await asyncio.sleep(0.1)  # the sender looks: the chat is busy, so the second is put off
    desk.clock.move_to(desk.clock.now().replace(minute=5))  # the first one's answer takes long
    await desk.flying()
    await asyncio.sleep(0.4)
    await desk.owe(ALICE, "third")
    await desk.settled()
    assert desk.said(ALICE) == ["first", "second", "third"]


async def test_a_reply_that_could_not_leave_is_not_overtaken_by_the_next(desk: Desk) -> None:
    unplug(desk, times=2)
    await desk.owe(ALICE, "first", "second")
    await desk.owe(BORIS, "to somebody else")
    await desk.settled()
    assert desk.said(ALICE) == ["first", "second"]
    assert desk.said(BORIS) == ["to somebody else"]


async def test_a_request_that_never_left_is_retried_without_doubt(desk: Desk) -> None:
    unplug(desk, times=3)
    await desk.owe(ALICE, "reminder", urgency=Urgency.REMINDER)
    await desk.settled()
    [row] = await desk.rows()
    assert (row["state"], row["doubts"], row["tries"]) == ("sent", 0, 4)
    assert desk.said(ALICE) == ["reminder"]


async def test_a_reply_outlives_a_long_outage_of_the_network(desk: Desk) -> None:
    unplug(desk, times=25)
    await desk.owe(ALICE, "reply")
    await desk.settled()
    [row] = await desk.rows()
    assert (row["state"], row["tries"]) == ("ready", 10), "pauses grow up to a minute"
    await desk.settled(within=timedelta(minutes=25))
    [row] = await desk.rows()
    assert (row["state"], row["tries"]) == ("sent", 26)
    assert desk.said(ALICE) == ["reply"]


async def test_what_is_urgent_leaves_first(idle_desk: Desk) -> None:
    desk = idle_desk
    for urgency in reversed(Urgency):
        await desk.owe(ALICE, urgency.name, urgency=urgency)
    desk.start()
    await desk.settled()
    assert desk.said(ALICE) == ["REPLY", "ROUND", "DAILY", "REMINDER", "BULK"]


async def test_an_urgent_message_overtakes_one_that_waits(desk: Desk) -> None:
    desk.sandbox.faults.add("sendMessage", Fault.stall(0.2))
    await desk.owe(ALICE, "a", "b", "c", urgency=Urgency.BULK)
    await desk.flying()
    await desk.owe(ALICE, "reply")
    await desk.settled()
    assert desk.said(ALICE) == ["a", "reply", "b", "c"]


async def test_a_message_in_doubt_holds_up_nobody(desk: Desk) -> None:
    desk.sandbox.faults.add("sendMessage", Fault.lost_after())
    await desk.owe(ALICE, "first", "second", "third")
    await desk.settled()
    assert desk.said(ALICE) == ["first", "second", "third", "first"]


async def test_an_edit_in_doubt_is_not_overtaken_by_a_newer_one(desk: Desk) -> None:
    await desk.owe(ALICE, "old")
    await desk.settled()
    [row] = await desk.rows()
    desk.sandbox.faults.add("editMessageText", Fault.server_error())
    for text in ("new", "newest"):
        params = f'{{"message_id": {row["message_id"]}, "text": "{text}"}}'
        await desk.owe(ALICE, text, method="editMessageText", params=params)
    await desk.settled()
    assert desk.said(ALICE) == ["newest"]
    assert await desk.states() == ["sent", "sent", "sent"]


async def test_the_sender_finishes_what_is_in_flight_when_it_stops(desk: Desk) -> None:
    desk.sandbox.faults.add("sendMessage", Fault.stall(0.2))
    await desk.owe(ALICE, "reply")
    await desk.flying()
    await desk.stop()
    assert await desk.states() == ["sent"]


async def test_stopping_between_claim_and_send_loses_nothing(desk: Desk) -> None:
    for _ in range(20):
        await desk.owe(ALICE, "reply", urgency=Urgency.REMINDER)
        await desk.owe(BORIS, "reply", urgency=Urgency.REMINDER)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await desk.stop()
        assert set(await desk.states()) <= {"ready", "sent"}
        desk.start()
        await desk.settled()


async def test_a_claim_that_fails_leaves_the_chat_free(desk: Desk) -> None:
    whole = desk.db.write
    failures = iter([True, True])

    async def failing(work: Any, *args: Any, **kwargs: Any) -> Any:
        def and_fail(conn: Any, *inner: Any, **more: Any) -> Any:
            found = work(conn, *inner, **more)
            if found[0] and next(failures, False):
                raise OSError("the disk is full")
            return found

        return await whole(and_fail if work.__name__ == "_claim" else work, *args, **kwargs)

    desk.db.write = failing  # type: ignore[method-assign, assignment]
    await desk.owe(ALICE, "first", "second")
    await desk.settled()
    assert desk.said(ALICE) == ["first", "second"]


@pytest.mark.parametrize("engine", engines.ENGINES)
async def test_two_senders_on_one_database_send_each_message_once(
    tmp_path: Path, engine: engines.Engine
) -> None:
    async with opened(tmp_path, engine) as desk:
        second = new_sender(desk.db, desk.api, desk.clock, "the second one")
        desk.tasks.append(asyncio.create_task(second.run()))
        desk.start()
        said = [(5000 + number, "text") for number in range(60)]
        await desk.owe_all([*said, (ALICE, "reply")], urgency=Urgency.REPLY)
        second.wake()
        await desk.settled()
        assert len(desk.arrivals()) == 61
        assert desk.said(ALICE) == ["reply"]
