"""What people do: writing, editing, sharing a place, reacting, blocking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from bot.sandbox.entities import utf16_length
from bot.sandbox.people import split
from bot.sandbox.refusals import NotPossible
from tests.sandbox.conftest import Line


async def test_a_message_reaches_the_bot_with_its_command(line: Line) -> None:
    line.world.say(1003, 1003, "/start from_group")
    (update,) = await line.updates()
    message = update["message"]
    assert message["text"] == "/start from_group"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "pt-br"
    assert message["chat"] == {
        "id": 1003,
        "type": "private",
        "first_name": "Carla",
        "username": "carla_tensor",
    }


async def test_the_bot_reads_everything_in_a_group_as_it_is_written(line: Line) -> None:
    line.world.say(1002, GROUP_ID, "/contest@dailygrad_bot 5")
    line.world.say(1002, GROUP_ID, "just talking")
    first, second = await line.updates()
    assert first["message"]["text"] == "/contest@dailygrad_bot 5"
    assert first["message"]["entities"][0]["length"] == len("/contest@dailygrad_bot")
    assert second["message"]["chat"]["type"] == "supergroup"


async def test_a_post_of_the_channels_owner_is_a_channel_post(line: Line) -> None:
    number = line.world.say(1001, CHANNEL_ID, "news")
    line.world.edit(1001, CHANNEL_ID, number, "old news")
    post, edited = await line.updates()
    assert post["channel_post"]["sender_chat"]["id"] == CHANNEL_ID
    assert "from" not in post["channel_post"]
    assert edited["edited_channel_post"]["text"] == "old news"


async def test_an_edit_is_told_as_one(line: Line) -> None:
    number = line.world.say(1001, 1001, "helo")
    line.world.edit(1001, 1001, number, "hello")
    edited = (await line.updates())[1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (number, "hello")
    assert edited["edit_date"]


async def test_a_shared_place_has_degrees(line: Line) -> None:
    line.world.share_location(1001, 1001, 52.52, 13.4)
    (update,) = await line.updates()
    assert update["message"]["location"] == {"latitude": 52.52, "longitude": 13.4}


async def test_ten_thousand_characters_arrive_as_three_messages(line: Line) -> None:
    line.world.say(1001, 1001, "x" * 10_000)
    lengths = [len(update["message"]["text"]) for update in await line.updates()]
    assert lengths == [4096, 4096, 1808]


@given(st.text(st.sampled_from("a🔥 "), max_size=40).map(lambda text: text * 400))
def test_pieces_are_short_enough_and_lose_nothing(text: str) -> None:
    pieces = list(split(text))
    assert "".join(pieces) == text
    assert all(utf16_length(piece) <= 4096 for piece in pieces)
    assert all(utf16_length(piece) >= 4095 for piece in pieces[:-1])


@pytest.mark.parametrize(
    ("user", "chat", "text", "words"),
    [
        (1001, 1001, " \n ", "nothing to send"),
        (1001, 1002, "x", "not in this chat"),
        (1001, -5, "x", "not in this chat"),
        (1002, CHANNEL_ID, "x", "Only admins"),
    ],
)
async def test_what_the_app_would_not_offer_is_not_possible(
    line: Line, user: int, chat: int, text: str, words: str
) -> None:
    with pytest.raises(NotPossible, match=words):
        line.world.say(user, chat, text)
    assert await line.updates() == []


async def test_only_own_messages_can_be_edited_and_not_to_nothing(line: Line) -> None:
    number = line.world.say(1001, GROUP_ID, "mine")
    with pytest.raises(NotPossible, match="your own"):
        line.world.edit(1002, GROUP_ID, number, "x")
    for text in ("", "x" * 4097):
        with pytest.raises(NotPossible, match="1 to 4096"):
            line.world.edit(1001, GROUP_ID, number, text)


async def test_a_place_that_is_nowhere_cannot_be_shared(line: Line) -> None:
    with pytest.raises(NotPossible, match="no such place"):
        line.world.share_location(1001, 1001, 91, 0)


async def test_blocking_is_told_once_and_stops_writing(line: Line) -> None:
    line.world.block(1001, True)
    line.world.block(1001, True)
    (update,) = await line.updates()
    change = update["my_chat_member"]
    assert change["chat"]["id"] == change["from"]["id"] == 1001
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "kicked"
    assert change["new_chat_member"]["user"]["id"] == 42
    with pytest.raises(NotPossible, match="unblock"):
        line.world.say(1001, 1001, "x")
    line.world.block(1001, False)
    (update,) = await line.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_a_reaction_is_put_changed_and_taken_away(line: Line) -> None:
    await line.call("getUpdates", allowed_updates=["message_reaction"])
    number = line.world.say(1001, 1001, "x")
    for emoji in ("👍", "👎", ""):
        line.world.react(1001, 1001, number, emoji)
    changes = [update["message_reaction"] for update in await line.updates()]
    steps = [
        ([r["emoji"] for r in c["old_reaction"]], [r["emoji"] for r in c["new_reaction"]])
        for c in changes
    ]
    assert steps == [([], ["👍"]), (["👍"], ["👎"]), (["👎"], [])]
    with pytest.raises(NotPossible, match="not there"):
        line.world.react(1001, 1001, 99, "👍")


async def test_a_blocked_bots_buttons_cannot_be_pressed(line: Line) -> None:
    line.world.say(1001, 1001, "x")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    sent = await line.call("sendMessage", chat_id=1001, text="x", reply_markup=markup)
    line.world.block(1001, True)
    with pytest.raises(NotPossible, match="unblock"):
        line.world.press(1001, 1001, sent["message_id"], "a")


def test_private_chats_share_one_series_of_numbers_and_supergroups_have_their_own(
    line: Line,
) -> None:
    assert line.world.say(1001, 1001, "x") == 1
    assert line.world.say(1002, 1002, "x") == 2
    assert line.world.say(1001, GROUP_ID, "x") == 4  # three greetings stand before it
