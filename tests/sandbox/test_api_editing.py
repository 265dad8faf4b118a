"""Changing and removing messages, and answering buttons."""

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.sandbox.cast import BOT_ID, GROUP_ID
from bot.sandbox.posting import SAME
from bot.sandbox.refusals import NotPossible
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Line, png

MARKUP = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
OLD_QUERY = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture(autouse=True)
def _alice_has_written(house: Sandbox) -> None:
    house.world.say(1001, 1001, "/start")


async def sent(line: Line, **given: Any) -> dict[str, Any]:
    """A message of the bot's, as chat_id and message_id."""
    message = await line.call("sendMessage", **{"chat_id": 1001, "text": "x", **given})
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


async def test_new_words_and_no_buttons_unless_they_are_given_again(line: Line) -> None:
    target = await sent(line, reply_markup=MARKUP)
    changed = await line.call("editMessageText", **target, text="<i>y</i>", parse_mode="HTML")
    assert changed["text"] == "y"
    assert changed["edit_date"]
    assert "reply_markup" not in changed


async def test_an_edit_that_changes_nothing_is_refused(line: Line) -> None:
    target = await sent(line, reply_markup=MARKUP)
    for method, given in (
        ("editMessageText", {"text": "x", "reply_markup": MARKUP}),
        ("editMessageReplyMarkup", {"reply_markup": MARKUP}),
    ):
        assert await line.refused(method, **target, **given) == f"Bad Request: {SAME}"


async def test_buttons_alone_can_be_changed_and_taken_away(line: Line) -> None:
    target = await sent(line)
    changed = await line.call("editMessageReplyMarkup", **target, reply_markup=MARKUP)
    assert changed["reply_markup"] == MARKUP
    assert "reply_markup" not in await line.call("editMessageReplyMarkup", **target)


async def test_a_caption_can_be_changed_and_emptied(line: Line) -> None:
    photo = await line.call("sendPhoto", {"photo": png(9, 9)}, chat_id=1001, caption="c")
    target = {"chat_id": 1001, "message_id": photo["message_id"]}
    assert (await line.call("editMessageCaption", **target, caption="d"))["caption"] == "d"
    assert "caption" not in await line.call("editMessageCaption", **target)
    words = await line.refused("editMessageText", **target, text="x")
    assert words == "Bad Request: there is no text in the message to edit"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"message_id": 999}, "message to edit not found"),
        ({"message_id": None}, "message identifier is not specified"),
        ({"inline_message_id": "x"}, "MESSAGE_ID_INVALID"),
        ({"text": ""}, "message text is empty"),
        ({"chat_id": 7}, "chat not found"),
        ({"reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
    ],
)
async def test_an_edit_that_cannot_be_is_refused(
    line: Line, given: dict[str, Any], words: str
) -> None:
    edit = {**await sent(line), "text": "y", **given}
    assert await line.refused("editMessageText", **edit) == f"Bad Request: {words}"


async def test_words_of_others_and_below_keyboards_cannot_be_edited(line: Line) -> None:
    theirs = {"chat_id": 1001, "message_id": line.world.say(1001, 1001, "mine")}
    bound = await sent(line, reply_markup={"keyboard": [["a"]]})
    for target in (theirs, bound):
        words = await line.refused("editMessageText", **target, text="y")
        assert words == "Bad Request: message can't be edited"
    words = await line.refused("editMessageCaption", **await sent(line), caption="y")
    assert words == "Bad Request: there is no caption in the message to edit"


async def test_a_message_is_deleted_once(line: Line) -> None:
    target = await sent(line)
    assert await line.call("deleteMessage", **target) is True
    assert await line.refused("deleteMessage", **target) == (
        "Bad Request: message to delete not found"
    )
    words = await line.refused("deleteMessage", chat_id=1001)
    assert words == "Bad Request: message identifier is not specified"


async def test_old_messages_and_those_of_others_stay_unless_the_bot_is_in_charge(
    line: Line, clock: Clock
) -> None:
    theirs = {"chat_id": GROUP_ID, "message_id": line.world.say(1001, GROUP_ID, "mine")}
    own = await sent(line, chat_id=GROUP_ID)
    clock.move_to(clock.now() + timedelta(hours=49))
    for target in (theirs, own):
        words = await line.refused("deleteMessage", **target)
        assert words == "Bad Request: message can't be deleted"
    line.world.promote(BOT_ID, GROUP_ID)
    assert await line.call("deleteMessage", **theirs)


async def test_a_press_is_answered_once(line: Line) -> None:
    query = line.world.press(1001, data="a", **await sent(line, reply_markup=MARKUP))
    (update,) = [u for u in await line.updates() if "callback_query" in u]
    assert update["callback_query"]["id"] == query
    assert update["callback_query"]["data"] == "a"
    assert update["callback_query"]["message"]["reply_markup"] == MARKUP
    assert line.world.toast(query) is None
    answer = {"callback_query_id": query, "text": "Right!", "show_alert": True}
    assert await line.call("answerCallbackQuery", **answer) is True
    assert line.world.toast(query) == {"text": "Right!", "alert": True, "url": None}
    assert await line.refused("answerCallbackQuery", **answer) == OLD_QUERY
    assert await line.refused("answerCallbackQuery", callback_query_id="1") == OLD_QUERY


async def test_a_press_can_be_answered_for_a_hundred_and_fifty_seconds(
    line: Line, clock: Clock
) -> None:
    query = line.world.press(1001, data="a", **await sent(line, reply_markup=MARKUP))
    clock.move_to(clock.now() + timedelta(seconds=152))
    assert await line.refused("answerCallbackQuery", callback_query_id=query) == OLD_QUERY


async def test_a_toast_has_its_limits(line: Line) -> None:
    query = line.world.press(1001, data="a", **await sent(line, reply_markup=MARKUP))
    words = await line.refused("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert words == "Bad Request: MESSAGE_TOO_LONG"
    words = await line.refused("answerCallbackQuery", callback_query_id=query, url="no link")
    assert words == "Bad Request: URL_INVALID"


async def test_a_button_that_is_gone_cannot_be_pressed(line: Line) -> None:
    target = await sent(line, reply_markup=MARKUP)
    with pytest.raises(NotPossible, match="not there"):
        line.world.press(1001, data="b", **target)
    await line.call("deleteMessage", **target)
    with pytest.raises(NotPossible, match="not there"):
        line.world.press(1001, data="a", **target)
