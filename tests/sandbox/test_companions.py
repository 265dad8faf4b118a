"""Dora and Émile: they vote where they are, in their own time, mostly right."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from bot.clock import Clock
from bot.sandbox import api_polls
from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from bot.sandbox.companions import PAUSE, Companions
from bot.sandbox.params import Params
from bot.sandbox.world import World

NAMES = {1101, 1102}


@pytest.fixture
async def companions() -> AsyncIterator[Companions]:
    world = World(Clock())
    found = Companions(world, pause=(0.0, 0.02))
    world.listeners.append(found.heard)
    yield found
    found.stop()


def quiz(world: World, chat_id: int = GROUP_ID, **change: object) -> str:
    given = {"chat_id": chat_id, "question": "q", "options": ["a", "b", "c"], "type": "quiz"}
    given |= {"correct_option_ids": [1], "is_anonymous": False, **change}
    return str(api_polls.send_poll(world, Params(given))["poll"]["id"])


async def votes(world: World, poll_id: str) -> dict[int, list[int]]:
    await asyncio.sleep(0.06)
    return world.polls[poll_id].votes


async def test_each_votes_once_in_a_quiz_of_their_group(companions: Companions) -> None:
    world = companions.world
    first = quiz(world)
    assert set(await votes(world, first)) == NAMES
    world.vote(1001, first, [0])
    assert set(await votes(world, first)) == NAMES | {1001}


async def test_they_leave_other_polls_alone(companions: Companions) -> None:
    world = companions.world
    world.say(1001, 1001, "hi")
    for change in ({"type": "regular"}, {"is_anonymous": True}, {"is_closed": True}):
        assert await votes(world, quiz(world, **change)) == {}
    assert await votes(world, quiz(world, 1001)) == {}
    assert await votes(world, quiz(world, CHANNEL_ID, is_anonymous=True)) == {}


async def test_who_has_left_does_not_vote(companions: Companions) -> None:
    world = companions.world
    poll_id = quiz(world)
    world.leave(1101, GROUP_ID)
    assert set(await votes(world, poll_id)) == {1102}


async def test_they_are_right_about_six_times_in_ten(companions: Companions) -> None:
    poll = companions.world.polls[quiz(companions.world)]
    right = sum(companions._choice(poll) == [1] for _ in range(2000))
    assert 1100 < right < 1300
    poll.correct, poll.multiple = [0, 1, 2], True
    assert companions._choice(poll) == [0, 1, 2]


async def test_the_same_seed_repeats_the_same_evening() -> None:
    def evening() -> list[list[int]]:
        found = Companions(World(Clock()), dice=random.Random(5))
        poll = found.world.polls[quiz(found.world)]
        return [found._choice(poll) for _ in range(20)]

    assert evening() == evening()


def test_they_think_for_one_to_six_seconds() -> None:
    assert PAUSE == (1.0, 6.0)
