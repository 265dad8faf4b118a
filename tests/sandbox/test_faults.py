"""Misfortune on order: each kind does what it says, and rate limits when they are on."""

import asyncio
from dataclasses import dataclass

import aiohttp
import pytest

from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from bot.sandbox.faults import Fault, Faults, Limits
from tests.sandbox.conftest import Line

SEND = {"chat_id": CHANNEL_ID, "text": "x"}


def posts(line: Line) -> int:
    return len(line.world.history(CHANNEL_ID)) - 1  # the opening post


async def test_too_many_names_its_wait_and_does_nothing(line: Line) -> None:
    line.house.faults.add("sendMessage", Fault.too_many(7))
    body = await line.raw("sendMessage", **SEND)
    assert body["error_code"] == 429
    assert body["description"] == "Too Many Requests: retry after 7"
    assert body["parameters"] == {"retry_after": 7}
    assert posts(line) == 0
    await line.call("sendMessage", **SEND)


async def test_a_server_error_does_nothing(line: Line) -> None:
    line.house.faults.add("*", Fault.server_error())
    body = await line.raw("sendMessage", **SEND)
    assert (body["error_code"], body["description"]) == (502, "Bad Gateway")
    assert posts(line) == 0


@pytest.mark.parametrize(("fault", "sent"), [(Fault.reset_before(), 0), (Fault.lost_after(), 1)])
async def test_a_lost_connection_before_or_after_the_effect(
    line: Line, fault: Fault, sent: int
) -> None:
    line.house.faults.add("sendMessage", fault)
    with pytest.raises(aiohttp.ClientError):
        await line.raw("sendMessage", **SEND)
    assert posts(line) == sent
    assert line.house.log[-1].response.startswith("connection")


async def test_a_stalled_call_has_its_effect_at_once(line: Line) -> None:
    line.house.faults.add("sendMessage", Fault.stall(0.3))
    call = asyncio.create_task(line.call("sendMessage", **SEND))
    await asyncio.sleep(0.1)
    assert posts(line) == 1
    assert not call.done()
    await call


async def test_faults_last_as_long_as_ordered(line: Line) -> None:
    faults = line.house.faults
    faults.add("sendMessage", Fault.server_error(), times=2)
    faults.add("sendMessage", Fault.too_many(1), times=None)
    codes = [(await line.raw("sendMessage", **SEND))["error_code"] for _ in range(5)]
    assert codes == [502, 502, 429, 429, 429]
    await line.call("getMe")
    faults.clear()
    await line.call("sendMessage", **SEND)


def test_a_fault_for_all_methods_strikes_the_next_call() -> None:
    faults = Faults()
    faults.add("*", Fault.server_error())
    assert faults.take("getMe") == Fault.server_error()
    assert faults.take("getMe") is None


@dataclass
class Timer:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def test_one_message_a_second_in_a_chat() -> None:
    timer = Timer()
    limits = Limits(timer)
    assert limits.wait(1, group=False) == 0
    assert limits.wait(1, group=False) == 1
    assert limits.wait(2, group=False) == 0
    timer.now += 1
    assert limits.wait(1, group=False) == 0


def test_thirty_messages_a_second_in_all() -> None:
    limits = Limits(Timer())
    assert [limits.wait(chat, group=False) for chat in range(31)] == [0] * 30 + [1]


def test_twenty_messages_a_minute_in_a_group() -> None:
    timer = Timer()
    limits = Limits(timer)
    for _ in range(20):
        assert limits.wait(-5, group=True) == 0
        timer.now += 1
    assert limits.wait(-5, group=True) == 40
    timer.now += 40
    assert limits.wait(-5, group=True) == 0


async def test_limits_are_off_until_they_are_switched_on(line: Line) -> None:
    given = {"chat_id": GROUP_ID, "text": "x"}
    for _ in range(3):
        await line.call("sendMessage", **given)
    line.house.faults.limits = True
    await line.call("sendMessage", **given)
    body = await line.raw("sendMessage", **given)
    assert body["error_code"] == 429
    assert body["parameters"]["retry_after"] >= 1
    await line.call("sendChatAction", chat_id=GROUP_ID, action="typing")
