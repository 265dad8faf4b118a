"""Lanes: in order for one person, side by side for many, and no flood in anybody's way."""

from __future__ import annotations

import asyncio
import time

from bot.intake.inbox import lane
from bot.intake.lanes import ABREAST, Lanes
from bot.store import inbox
from bot.store.inbox import Received
from tests.stage import Stage

ANONYMOUS_ADMIN = 1087968824


async def drained(lanes: Lanes) -> None:
    async with asyncio.timeout(5):
        while lanes._tasks:
            await asyncio.sleep(0.001)


async def test_one_person_is_served_in_order_and_others_meanwhile() -> None:
    seen: list[int] = []

    async def handle(update: Received) -> None:
        await asyncio.sleep(0.02 if update.lane == 1 else 0)
        seen.append(update.update_id)

    lanes = Lanes(handle)
    lanes.add([Received(number, 1, "") for number in range(5)])
    lanes.add([Received(10, 2, "")])
    await drained(lanes)
    assert seen[0] == 10
    assert seen[1:] == [0, 1, 2, 3, 4]


async def test_an_update_known_already_is_not_queued_twice() -> None:
    seen: list[int] = []

    async def handle(update: Received) -> None:
        await asyncio.sleep(0.01)
        seen.append(update.update_id)

    lanes = Lanes(handle)
    lanes.add([Received(1, 1, ""), Received(2, 1, "")])
    await asyncio.sleep(0)
    lanes.add([Received(1, 1, ""), Received(2, 1, "")])
    await drained(lanes)
    assert seen == [1, 2]
    lanes.add([Received(1, 1, "")])
    await drained(lanes)
    assert seen == [1, 2, 1], "what is over may come again: the inbox knows better"


async def test_one_that_raises_does_not_end_its_lane() -> None:
    seen: list[int] = []

    async def handle(update: Received) -> None:
        if update.update_id == 1:
            raise RuntimeError("the database is gone")
        seen.append(update.update_id)

    lanes = Lanes(handle)
    lanes.add([Received(1, 1, ""), Received(2, 1, "")])
    await drained(lanes)
    assert seen == [2]


async def test_so_many_are_handled_abreast_and_no_more() -> None:
    now = most = 0

    async def handle(update: Received) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.005)
        now -= 1

    lanes = Lanes(handle)
    lanes.add([Received(number, number, "") for number in range(3 * ABREAST)])
    await drained(lanes)
    assert most == ABREAST


async def test_closing_finishes_what_is_in_hand_and_drops_what_waits() -> None:
    seen: list[int] = []

    async def handle(update: Received) -> None:
        await asyncio.sleep(0.05)
        seen.append(update.update_id)

    lanes = Lanes(handle)
    lanes.add([Received(1, 1, ""), Received(2, 1, ""), Received(3, 3, "")])
    await asyncio.sleep(0.01)
    await lanes.close()
    assert sorted(seen) == [1, 3]


def test_a_lane_is_the_persons_or_else_the_chats() -> None:
    person = {"id": 7}
    assert lane({"update_id": 1, "message": {"from": person, "chat": {"id": -5}}}) == 7
    assert lane({"update_id": 1, "callback_query": {"from": person}}) == 7
    assert lane({"update_id": 1, "poll_answer": {"user": person}}) == 7
    assert lane({"update_id": 1, "my_chat_member": {"from": person, "chat": {"id": -5}}}) == 7
    assert lane({"update_id": 1, "channel_post": {"chat": {"id": -5}}}) == -5
    stand_in = {"from": {"id": ANONYMOUS_ADMIN}, "chat": {"id": -5}}
    assert lane({"update_id": 1, "message": stand_in}) == -5
    assert lane({"update_id": 1, "poll": {"id": "9"}}) == 0


def test_whatever_comes_has_a_lane() -> None:
    for content in (None, 5, "x", [], {}, {"from": 5}, {"from": {"id": "x"}}, {"from": {"id": []}}):
        assert lane({"update_id": 1, "message": content}) == 0
    assert lane({"update_id": 1, "message": {"chat": {"id": "x"}}}) == 0


async def test_a_flood_of_one_person_does_not_delay_another(stage: Stage) -> None:
    world = stage.sandbox.world
    world.say(1001, 1001, "/start")
    await stage.settled()
    for number in range(200):
        world.say(1001, 1001, f"flood {number}")
    world.say(1002, 1002, "/help")
    began = time.monotonic()
    boris = stage.person("boris")
    async with asyncio.timeout(10):
        while not boris.heard:
            await asyncio.sleep(0.01)
    assert time.monotonic() - began < 1.5
    async with asyncio.timeout(10):
        while (await stage.app.db.read(inbox.counts)).get("waiting"):
            await asyncio.sleep(0.01)
    began = time.monotonic()
    world.say(1003, 1003, "/help")
    carla = stage.person("carla")
    async with asyncio.timeout(10):
        while not carla.heard:
            await asyncio.sleep(0.01)
    assert time.monotonic() - began < 1.5, "nor do 200 replies that wait for their turn"
