"""Buttons: what may hang under a message."""

from typing import Any

import pytest

from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Line

BUTTON = {"text": "a", "callback_data": "a"}


@pytest.fixture(autouse=True)
def _alice_has_written(house: Sandbox) -> None:
    house.world.say(1001, 1001, "/start")


def inline(*rows: list[Any]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


async def send(line: Line, markup: Any, chat_id: int = 1001) -> Any:
    return await line.call("sendMessage", chat_id=chat_id, text="x", reply_markup=markup)


async def test_inline_buttons_come_back_as_they_were_given_without_empty_rows(line: Line) -> None:
    link = {"text": "b", "url": "https://example.org"}
    sent = await send(line, inline([BUTTON, link], []))
    assert sent["reply_markup"] == inline([BUTTON, link])
    assert "reply_markup" not in await send(line, inline([]))


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "url": "no address"}, "inline keyboard button URL 'no address' is invalid"),
        ({"text": "a", "url": "ftp://example.org"}, "Wrong HTTP URL"),
        ({"text": "a", "url": "http://[x"}, "Wrong HTTP URL"),
        ({"text": "a", "copy_text": "x"}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": " ", "callback_data": "a"}, "BUTTON_TEXT_INVALID"),
        ({"callback_data": "a"}, 'Can\'t find field "text"'),
        ({**BUTTON, "url": "https://example.org"}, "exactly one action"),
        ("a", "must be an Object"),
    ],
)
async def test_a_button_that_cannot_work_is_refused(line: Line, button: Any, words: str) -> None:
    given = {"chat_id": 1001, "text": "x", "reply_markup": inline([button])}
    assert words in await line.refused("sendMessage", **given)


async def test_data_may_fill_sixty_four_bytes(line: Line) -> None:
    await send(line, inline([{"text": "a", "callback_data": "я" * 32}]))


@pytest.mark.parametrize(
    "markup",
    [inline([BUTTON] * 9), inline(*[[BUTTON] * 8] * 13), {"keyboard": [["a"] * 9]}],
)
async def test_there_is_room_for_a_hundred_buttons_eight_in_a_row(line: Line, markup: Any) -> None:
    words = await line.refused("sendMessage", chat_id=1001, text="x", reply_markup=markup)
    assert words == "Bad Request: reply markup is too long"


@pytest.mark.parametrize("markup", ["{", [1], {"inline_keyboard": 1}, {"inline_keyboard": [1]}])
async def test_what_is_no_markup_is_refused(line: Line, markup: Any) -> None:
    words = await line.refused("sendMessage", chat_id=1001, text="x", reply_markup=markup)
    assert words.startswith("Bad Request: ")


async def test_the_keyboard_below_the_chat_reaches_the_page_only(line: Line) -> None:
    rows = [["plain", {"text": "where", "request_location": True}]]
    sent = await send(line, {"keyboard": rows})
    assert "reply_markup" not in sent
    message = line.world.find(1001, sent["message_id"])
    assert message is not None
    assert message.reply == {"keyboard": [[{"text": "plain"}, rows[0][1]]]}


@pytest.mark.parametrize(
    ("chat_id", "markup", "words"),
    [
        (CHANNEL_ID, {"keyboard": [["a"]]}, "can't be used in channel chats"),
        (GROUP_ID, {"keyboard": [[{"text": "a", "request_location": True}]]}, "private chats only"),
        (1001, {"keyboard": [[{"text": ""}]]}, "must be non-empty"),
        (1001, {"keyboard": [[{}]]}, "Can't find field"),
    ],
)
async def test_keyboards_have_their_places(
    line: Line, chat_id: int, markup: Any, words: str
) -> None:
    found = await line.refused("sendMessage", chat_id=chat_id, text="x", reply_markup=markup)
    assert words in found


async def test_a_keyboard_can_be_taken_away_or_an_answer_asked_for(line: Line) -> None:
    for markup in ({"remove_keyboard": True}, {"force_reply": True}):
        sent = await send(line, markup)
        message = line.world.find(1001, sent["message_id"])
        assert message is not None
        assert message.reply == markup
    assert "reply_markup" not in await send(line, {})
