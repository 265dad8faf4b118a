"""The world in the page's own shapes: previews, grey lines, unread counts, polls before a vote."""

from typing import Any

import pytest

from bot.clock import Clock
from bot.sandbox import view
from bot.sandbox.api import METHODS
from bot.sandbox.cast import BOT_ID, CHANNEL_ID, GROUP_ID
from bot.sandbox.params import Params
from bot.sandbox.world import World
from tests.sandbox.conftest import png


@pytest.fixture
def world() -> World:
    found = World(Clock())
    found.say(1001, 1001, "/start")
    return found


def bot(world: World, method: str, **given: Any) -> Any:
    return METHODS[method](world, Params(given, {"photo": png(20, 10)}))


def line(world: World, chat_id: int, seat: int = 1001) -> dict[str, Any]:
    return view.chat(world, world.chats[chat_id], seat)


def newest(world: World, chat_id: int, seat: int = 1001) -> dict[str, Any]:
    return view.message(world, list(world.in_chat(chat_id))[-1], seat)


def test_titles_and_faces_are_the_bots_in_private_and_the_chats_elsewhere(world: World) -> None:
    private, group = line(world, 1001), line(world, GROUP_ID)
    assert (private["title"], private["initials"], private["subtitle"]) == ("dailygrad", "D", "bot")
    assert (group["title"], group["initials"]) == ("ML study group", "MS")
    assert group["subtitle"] == "7 members"
    assert line(world, CHANNEL_ID)["subtitle"] == "6 subscribers"


def test_an_empty_chat_has_no_last_message(world: World) -> None:
    assert line(world, 1002, 1002)["last"] is None


def test_previews_are_one_line_and_name_what_is_not_text(world: World) -> None:
    def preview() -> str:
        return str(line(world, 1001)["last"]["text"])

    bot(world, "sendMessage", chat_id=1001, text="one\ntwo  three")
    assert preview() == "one two three"
    bot(world, "sendMessage", chat_id=1001, text="x" * 500)
    assert len(preview()) == 120
    bot(world, "sendPhoto", chat_id=1001, caption="cap")
    assert preview() == "🖼 cap"
    bot(world, "sendPhoto", chat_id=1001)
    assert preview() == "🖼"
    bot(world, "sendPoll", chat_id=1001, question="why", options=["a"])
    assert preview() == "📊 why"
    world.share_location(1001, 1001, 1, 2)
    assert preview() == "📍"


def test_grey_lines_say_who_did_what(world: World) -> None:
    def text() -> str:
        message = newest(world, GROUP_ID)
        assert message["service"] is True
        assert message["outgoing"] is False
        return str(message["text"])

    world.leave(1002, GROUP_ID)
    assert text() == "Борис left"
    world.join(1002, GROUP_ID)
    assert text() == "Борис joined"
    world.kick_bot(GROUP_ID)
    assert text() == "Alice removed dailygrad"
    world.add_bot(GROUP_ID)
    assert text() == "Alice added dailygrad"
    new = world.migrate(world.create_group("g", [1001]))
    assert newest(world, new)["text"] == "This group became a supergroup"


def test_unread_counts_others_messages_since_the_last_look(world: World) -> None:
    for _ in range(3):
        bot(world, "sendMessage", chat_id=GROUP_ID, text="x")
    assert line(world, GROUP_ID, 1001)["unread"] == 3
    world.say(1001, GROUP_ID, "mine reads what is above")
    assert line(world, GROUP_ID, 1001)["unread"] == 0
    assert line(world, GROUP_ID, 1002)["unread"] == 4
    world.read(1002, GROUP_ID)
    assert line(world, GROUP_ID, 1002)["unread"] == 0


def test_only_the_owner_writes_in_the_channel(world: World) -> None:
    writers = [seat for seat in (1001, 1002) if line(world, CHANNEL_ID, seat)["can_write"]]
    assert writers == [1001]


def test_a_post_in_a_channel_has_no_author_not_even_for_its_author(world: World) -> None:
    world.say(1001, CHANNEL_ID, "x")
    post = newest(world, CHANNEL_ID)
    assert (post["from"], post["outgoing"]) == (None, False)


def test_new_buttons_alone_do_not_count_as_an_edit(world: World) -> None:
    sent = bot(world, "sendMessage", chat_id=1001, text="x")
    target = {"chat_id": 1001, "message_id": sent["message_id"]}
    buttons = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    bot(world, "editMessageReplyMarkup", **target, reply_markup=buttons)
    assert newest(world, 1001)["edited"] is False
    bot(world, "editMessageText", **target, text="y")
    assert newest(world, 1001)["edited"] is True
    assert newest(world, 1001)["buttons"] is None


def test_buttons_the_page_cannot_follow_are_of_another_kind() -> None:
    assert view.button({"text": "a", "switch_inline_query": ""})["kind"] == "other"


def test_a_forced_answer_changes_no_keyboard(world: World) -> None:
    bot(world, "sendMessage", chat_id=1001, text="x", reply_markup={"force_reply": True})
    assert newest(world, 1001)["keyboard"] is None


def test_a_polls_picture_is_the_messages_picture(world: World) -> None:
    media = {"type": "photo", "media": "attach://photo"}
    bot(world, "sendPoll", chat_id=1001, question="q", options=["a"], media=media)
    found = newest(world, 1001)
    assert (found["photo"]["width"], found["photo"]["height"]) == (20, 10)
    assert found["text"] == ""


def test_a_poll_tells_nothing_before_the_vote(world: World) -> None:
    quiz = {"type": "quiz", "correct_option_ids": [1], "explanation": "why"}
    given = {"chat_id": GROUP_ID, "question": "q", "options": ["a", "b"], "is_anonymous": False}
    sent = bot(world, "sendPoll", **given, **quiz, open_period=60, description="#x")
    world.vote(1002, sent["poll"]["id"], [1])
    before = newest(world, GROUP_ID)["poll"]
    assert before["correct"] is None
    assert before["explanation"] is None
    assert before["explanation_entities"] is None
    assert [option["voter_count"] for option in before["options"]] == [0, 0]
    assert before["total"] == 1
    assert before["description"] == "#x"
    assert before["close_date"] == sent["date"] + 60
    after = newest(world, GROUP_ID, 1002)["poll"]
    assert (after["mine"], after["correct"], after["explanation"]) == ([1], [1], "why")
    assert [option["voter_count"] for option in after["options"]] == [0, 1]


def test_reactions_are_counted_by_emoji(world: World) -> None:
    for person, emoji in ((1001, "👍"), (1002, "👍"), (1003, "🔥")):
        world.react(person, GROUP_ID, 1, emoji)
    message = world.find(GROUP_ID, 1)
    assert message is not None
    assert view.message(world, message, 1003)["reactions"] == [
        {"emoji": "👍", "count": 2, "mine": False},
        {"emoji": "🔥", "count": 1, "mine": True},
    ]


def test_effects_and_replies_are_told(world: World) -> None:
    reply = {"message_id": 1}
    given = {"chat_id": 1001, "text": "x", "reply_parameters": reply, "message_effect_id": "7"}
    bot(world, "sendMessage", **given)
    found = newest(world, 1001)
    assert (found["effect"], found["reply_to"]) == ("7", 1)


def test_a_long_chat_is_shown_from_its_end(world: World) -> None:
    for number in range(view.MOST_MESSAGES + 5):
        bot(world, "sendMessage", chat_id=1001, text=str(number))
    shown = view.snapshot(world, 1001)["messages"]["1001"]
    assert len(shown) == view.MOST_MESSAGES
    assert shown[-1]["text"] == str(view.MOST_MESSAGES + 4)


def test_a_group_without_the_person_is_not_in_the_list(world: World) -> None:
    world.leave(1003, GROUP_ID)
    shot = view.snapshot(world, 1003)
    assert [chat["id"] for chat in shot["chats"]] == [1003, CHANNEL_ID]
    assert str(GROUP_ID) not in shot["messages"]
    assert BOT_ID in world.chats[GROUP_ID].members
