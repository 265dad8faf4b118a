"""The server as a whole: starting, stopping, and the cast that waits inside."""

import pytest

from bot.clock import Clock
from bot.sandbox.cast import BOT, CHANNEL_ID, GROUP_ID, PEOPLE, SEATS, initials
from bot.sandbox.feed import MOST_WAITING, Feed
from bot.sandbox.people import say
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Line


async def test_addresses_are_known_once_it_listens(house: Sandbox) -> None:
    assert house.port > 0
    assert house.api_url == f"http://127.0.0.1:{house.port}/bot"
    assert house.file_url == f"http://127.0.0.1:{house.port}/file/bot"
    assert house.page_url == f"http://127.0.0.1:{house.port}/"


async def test_a_taken_port_is_an_error_and_leaves_nothing_behind(house: Sandbox) -> None:
    other = Sandbox(Clock())
    with pytest.raises(OSError, match="address already in use"):
        await other.start(port=house.port)
    assert other.world.listeners == []
    await other.stop()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", ""])
async def test_it_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        await Sandbox(Clock()).start(host=host)


async def test_another_token_can_be_given() -> None:
    sandbox = Sandbox(Clock(), "42:OTHER")
    await sandbox.start(host="localhost")
    assert sandbox.token == "42:OTHER"
    await sandbox.stop()


async def test_the_state_may_be_without_a_file(house: Sandbox) -> None:
    assert house.keeper is None


def test_the_cast_is_the_one_everybody_knows() -> None:
    assert [(seat.id, seat.name, seat.language) for seat in SEATS] == [
        (1001, "Alice", "en"),
        (1002, "Борис", "ru"),
        (1003, "Carla", "pt-br"),
        (1004, "李雷", "zh-hans"),
    ]
    assert [person.id for person in PEOPLE[4:]] == [1101, 1102]
    assert (BOT.id, BOT.name, BOT.username) == (42, "dailygrad", "dailygrad_bot")
    assert (GROUP_ID, CHANNEL_ID) == (-1001000000001, -1001000000002)
    assert initials("ML study group") == "MS"


async def test_the_opening_is_no_news_for_the_bot(line: Line) -> None:
    assert await line.updates() == []
    assert len(line.world.history(GROUP_ID)) == 3
    assert len(line.world.history(CHANNEL_ID)) == 1
    assert line.world.history(1001) == []


async def test_companions_are_there_unless_switched_off(house: Sandbox) -> None:
    assert house.companions is None
    assert Sandbox(Clock()).companions is not None


def test_a_page_that_does_not_keep_up_is_let_go(line: Line) -> None:
    feed = Feed(line.world, 1001)
    line.world.listeners.append(feed.heard)
    for _ in range(MOST_WAITING):
        say(line.world, 1001, 1001, "x")
    assert not feed.closed
    say(line.world, 1001, 1001, "x")
    assert feed.closed


def test_a_lagging_page_gets_the_newest_state_once(line: Line) -> None:
    feed = Feed(line.world, 1001)
    line.world.listeners.append(feed.heard)
    number = line.world.say(1001, 1001, "a")
    line.world.edit(1001, 1001, number, "b")
    messages = [data for name, data in feed.take() if name == "message"]
    assert [message["text"] for message in messages if isinstance(message, dict)] == ["b"]
    assert feed.take() == []


def test_a_message_that_came_and_went_is_not_shown(line: Line) -> None:
    feed = Feed(line.world, 1001)
    line.world.listeners.append(feed.heard)
    message = line.world.find(1001, line.world.say(1001, 1001, "a"))
    assert message is not None
    line.world.remove(message)
    assert "message" not in [name for name, _ in feed.take()]
