"""getUpdates: offsets, waiting, two callers, kinds, and what time does to updates."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.sandbox.cast import BOT_ID, GROUP_ID
from bot.sandbox.faults import Fault
from bot.sandbox.mailbox import Mailbox
from tests.sandbox.conftest import Line


def texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_again_until_the_offset_confirms_them(line: Line) -> None:
    for text in "abc":
        line.world.say(1001, 1001, text)
    first = await line.call("getUpdates", limit=2)
    assert texts(first) == ["a", "b"]
    assert await line.call("getUpdates", limit=2) == first
    rest = await line.call("getUpdates", offset=first[1]["update_id"] + 1)
    assert texts(rest) == ["c"]
    assert rest[0]["update_id"] == first[1]["update_id"] + 1


async def test_a_negative_offset_keeps_only_the_last_ones(line: Line) -> None:
    for text in "abc":
        line.world.say(1001, 1001, text)
    assert texts(await line.call("getUpdates", offset=-1)) == ["c"]
    assert texts(await line.call("getUpdates")) == ["c"]


async def test_a_long_poll_ends_with_the_first_update(line: Line) -> None:
    waiting = asyncio.create_task(line.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    line.world.say(1001, 1001, "a")
    assert texts(await waiting) == ["a"]


async def test_a_long_poll_ends_empty_after_its_time(line: Line) -> None:
    assert await line.call("getUpdates", timeout=1) == []


async def test_the_second_caller_ends_the_first(line: Line) -> None:
    first = asyncio.create_task(line.raw("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(line.raw("getUpdates", timeout=30))
    body = await first
    assert body["error_code"] == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    line.world.say(1001, 1001, "a")
    assert (await second)["ok"]


async def test_a_waiting_call_does_not_hold_up_the_end(line: Line) -> None:
    waiting = asyncio.create_task(line.raw("getUpdates", timeout=50))
    await asyncio.sleep(0.05)
    async with asyncio.timeout(1):
        await line.house.stop()
        await asyncio.gather(waiting, return_exceptions=True)


async def test_kinds_nobody_asked_for_never_arrive(line: Line) -> None:
    assert await line.call("getUpdates", allowed_updates=["edited_message"]) == []
    number = line.world.say(1001, 1001, "a")
    line.world.edit(1001, 1001, number, "b")
    assert [list(u)[1] for u in await line.call("getUpdates")] == ["edited_message"]


async def test_reactions_and_members_come_only_on_request(line: Line) -> None:
    line.world.promote(BOT_ID, GROUP_ID)
    await line.updates()
    number = line.world.say(1001, GROUP_ID, "a")

    def happen() -> None:
        line.world.react(1002, GROUP_ID, number, "👍")
        line.world.promote(1002, GROUP_ID)
        line.world.demote(1002, GROUP_ID)

    happen()
    assert [list(u)[1] for u in await line.updates()] == ["message"]
    await line.call("getUpdates", allowed_updates=["message_reaction", "chat_member"])
    happen()
    kinds = [list(update)[1] for update in await line.updates()]
    assert kinds == ["message_reaction", "chat_member", "chat_member"]


async def test_the_list_of_kinds_has_to_be_a_list_of_names(line: Line) -> None:
    words = await line.refused("getUpdates", allowed_updates=[1])
    assert words == 'Bad Request: field "allowed_updates" must be of type Array of String'


async def test_messages_wait_a_day(line: Line, clock: Clock) -> None:
    line.world.say(1001, 1001, "a")
    clock.move_to(clock.now() + timedelta(hours=23, minutes=59))
    line.world.tick()
    assert len(await line.call("getUpdates")) == 1
    clock.move_to(clock.now() + timedelta(minutes=2))
    line.world.tick()
    assert await line.call("getUpdates") == []


async def test_presses_wait_a_hundred_and_fifty_seconds(line: Line, clock: Clock) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    sent = await line.call("sendMessage", chat_id=GROUP_ID, text="x", reply_markup=markup)
    line.world.press(1001, GROUP_ID, sent["message_id"], "a")
    clock.move_to(clock.now() + timedelta(seconds=151))
    line.world.tick()
    assert await line.call("getUpdates") == []


async def test_a_batch_can_be_handed_out_twice(line: Line) -> None:
    line.house.faults.add("getUpdates", Fault.duplicate_updates())
    assert await line.call("getUpdates") == []
    line.world.say(1001, 1001, "a")
    batch = await line.call("getUpdates")
    again = await line.call("getUpdates", offset=batch[0]["update_id"] + 1)
    assert again == batch
    assert await line.call("getUpdates", offset=batch[0]["update_id"] + 1) == []


def test_the_first_id_looks_like_any_other() -> None:
    assert Mailbox().next_id != Mailbox().next_id
    assert Mailbox().next_id >= 100_000_000


@pytest.mark.parametrize(
    ("kind", "body", "lane"),
    [
        ("message", {"chat": {"id": -5}}, "chat -5"),
        ("my_chat_member", {"chat": {"id": 7}}, "chat 7"),
        ("callback_query", {"from": {"id": 7}, "message": {}}, "press 7"),
        ("poll", {"id": "9"}, "poll 9"),
        ("poll_answer", {"poll_id": "9", "user": {"id": 7}}, "poll 9"),
    ],
)
def test_lanes_are_chats_people_and_polls(kind: str, body: dict[str, object], lane: str) -> None:
    mail = Mailbox()
    mail.add(kind, body, now=0)
    head = mail.head(lane)
    assert head is not None
    assert head.as_json()[kind] == body
    mail.confirm([head.update_id])
    assert mail.head(lane) is None
    assert not mail.lanes
