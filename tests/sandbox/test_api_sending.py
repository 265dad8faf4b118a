"""What the bot can send, and the words in which it is told that it cannot."""

import pytest

from bot.sandbox.cast import BOT_ID, CHANNEL_ID, GROUP_ID
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Line, form, png


@pytest.fixture(autouse=True)
def _alice_has_written(house: Sandbox) -> None:
    house.world.say(1001, 1001, "/start")


async def test_a_message_arrives_with_its_entities(line: Line) -> None:
    sent = await line.call("sendMessage", chat_id=1001, text="<b>Hi</b> &lt;3", parse_mode="HTML")
    assert sent["text"] == "Hi <3"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert sent["from"]["id"] == BOT_ID
    assert line.world.history(1001)[-1] == sent


async def test_a_channel_post_is_sent_by_the_channel(line: Line) -> None:
    sent = await line.call("sendMessage", chat_id="@deep_learning_daily", text="x")
    assert sent["sender_chat"]["id"] == CHANNEL_ID
    assert "from" not in sent


@pytest.mark.parametrize("style", ["query", "form", "json", "multipart"])
async def test_parameters_come_in_every_style(line: Line, style: str) -> None:
    url = f"{line.house.api_url}{TOKEN}/SENDMESSAGE"
    given = {"chat_id": "1001", "text": "x", "disable_notification": "true"}
    method, sent = {
        "query": ("GET", {"params": given}),
        "form": ("POST", {"data": given}),
        "json": ("POST", {"json": {**given, "chat_id": 1001, "unknown": [1]}}),
        "multipart": ("POST", {"data": form(given, {"unknown": b"x"})}),
    }[style]
    async with line.session.request(method, url, **sent) as answer:  # type: ignore[arg-type]
        assert (await answer.json())["result"]["text"] == "x"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": "x"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 5, "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": "x1", "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": "--5", "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": 1001}, "Bad Request: message text is empty"),
        ({"chat_id": 1001, "text": " \n "}, "Bad Request: message text is empty"),
        ({"chat_id": 1001, "text": "x" * 4097}, "Bad Request: message is too long"),
        ({"chat_id": 1001, "text": "🔥" * 2049}, "Bad Request: message is too long"),
        (
            {"chat_id": 1002, "text": "x"},
            "Forbidden: bot can't initiate conversation with a user",
        ),
        (
            {"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 999}},
            "Bad Request: message to be replied not found",
        ),
        (
            {"chat_id": 1001, "text": "x", "message_thread_id": 3},
            "Bad Request: message thread not found",
        ),
        (
            {"chat_id": GROUP_ID, "text": "x", "message_effect_id": "1"},
            "Bad Request: EFFECT_ID_INVALID",
        ),
        (
            {"chat_id": 1001, "text": ["x"]},
            'Bad Request: field "text" must be of type String',
        ),
        (
            {"chat_id": 1001, "text": "x", "protect_content": "perhaps"},
            'Bad Request: field "protect_content" must be of type Boolean',
        ),
        (
            {"chat_id": 1001, "text": "x", "message_thread_id": "soon"},
            'Bad Request: field "message_thread_id" must be of type Number',
        ),
        ({"chat_id": 1001, "text": "\ud800"}, "Bad Request: strings must be encoded in UTF-8"),
    ],
)
async def test_what_telegram_would_refuse_is_refused(
    line: Line, given: dict[str, object], words: str
) -> None:
    assert await line.refused("sendMessage", **given) == words


async def test_limits_count_after_the_tags_are_taken_out(line: Line) -> None:
    text = "<b>" + "x" * 4096 + "</b>"
    sent = await line.call("sendMessage", chat_id=1001, text=text, parse_mode="HTML")
    assert len(sent["text"]) == 4096


async def test_a_reply_carries_what_it_replies_to(line: Line) -> None:
    first = line.world.say(1001, 1001, "question")
    sent = await line.call(
        "sendMessage", chat_id=1001, text="x", reply_parameters={"message_id": first}
    )
    assert sent["reply_to_message"]["text"] == "question"
    lone = {"message_id": 999, "allow_sending_without_reply": True}
    sent = await line.call("sendMessage", chat_id=1001, text="x", reply_parameters=lone)
    assert "reply_to_message" not in sent


async def test_who_blocked_the_bot_or_left_gets_nothing(line: Line) -> None:
    line.world.block(1001, True)
    assert await line.refused("sendMessage", chat_id=1001, text="x") == (
        "Forbidden: bot was blocked by the user"
    )
    line.world.block(1001, False)
    line.world.deactivate(1001)
    assert await line.refused("sendMessage", chat_id=1001, text="x") == (
        "Forbidden: user is deactivated"
    )


async def test_a_group_may_forbid_kinds_of_messages(line: Line) -> None:
    line.world.deny(GROUP_ID, "polls", "text messages")
    assert await line.refused("sendMessage", chat_id=GROUP_ID, text="x") == (
        "Bad Request: not enough rights to send text messages to the chat"
    )
    line.world.promote(BOT_ID, GROUP_ID)
    await line.call("sendMessage", chat_id=GROUP_ID, text="x")


async def test_a_channel_is_for_administrators(line: Line) -> None:
    line.world.demote(BOT_ID, CHANNEL_ID)
    assert await line.refused("sendMessage", chat_id=CHANNEL_ID, text="x") == (
        "Bad Request: need administrator rights in the channel chat"
    )


async def test_a_photo_is_uploaded_once_and_sent_again_by_its_id(line: Line) -> None:
    sent = await line.call("sendPhoto", {"photo": png(1600, 900)}, chat_id=1001, caption="c #x")
    sizes = [(size["width"], size["height"]) for size in sent["photo"]]
    assert sizes == [(90, 51), (320, 180), (800, 450), (1280, 720), (1600, 900)]
    assert sent["caption_entities"][0]["type"] == "hashtag"
    again = await line.call("sendPhoto", chat_id=1001, photo=sent["photo"][1]["file_id"])
    assert again["photo"] == sent["photo"]
    attached = await line.call("sendPhoto", {"it": png(9, 9)}, chat_id=1001, photo="attach://it")
    assert len(attached["photo"]) == 1


@pytest.mark.parametrize(
    ("files", "given", "words"),
    [
        ({}, {}, "there is no photo in the request"),
        ({}, {"photo": "AgADunknown"}, "wrong file identifier/HTTP URL specified"),
        ({}, {"photo": "http://example.org/x.png"}, "failed to get HTTP URL content"),
        ({}, {"photo": "attach://x"}, "can't find file with the name x in the request"),
        ({"photo": b"no picture"}, {}, "IMAGE_PROCESS_FAILED"),
        ({"photo": png(1, 21)}, {}, "PHOTO_INVALID_DIMENSIONS"),
        ({"photo": png(9000, 1001)}, {}, "PHOTO_INVALID_DIMENSIONS"),
        ({"photo": png(9, 9)}, {"caption": "x" * 1025}, "message caption is too long"),
    ],
)
async def test_what_is_no_photo_is_refused(
    line: Line, files: dict[str, bytes], given: dict[str, str], words: str
) -> None:
    assert await line.refused("sendPhoto", files, chat_id=1001, **given) == f"Bad Request: {words}"


async def test_a_photo_has_at_most_ten_megabytes(line: Line) -> None:
    words = await line.refused("sendPhoto", {"photo": b"x" * 10_485_761}, chat_id=1001)
    assert words == (
        "Bad Request: file of size 10485761 bytes is too big for a photo; "
        "the maximum size is 10485760 bytes"
    )


async def test_a_file_can_be_fetched_by_its_path(line: Line) -> None:
    picture = png(20, 10)
    sent = await line.call("sendPhoto", {"photo": picture}, chat_id=1001)
    file = await line.call("getFile", file_id=sent["photo"][0]["file_id"])
    async with line.session.get(f"{line.house.file_url}{TOKEN}/{file['file_path']}") as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", picture)
    async with line.session.get(f"{line.house.file_url}{TOKEN}/photos/other") as answer:
        assert answer.status == 404
    assert await line.refused("getFile") == "Bad Request: file_id not specified"


async def test_actions_have_to_be_known_and_go_to_no_channel(line: Line) -> None:
    assert await line.call("sendChatAction", chat_id=1001, action="typing") is True
    words = await line.refused("sendChatAction", chat_id=1001, action="thinking")
    assert words == "Bad Request: wrong parameter action in request"
    words = await line.refused("sendChatAction", chat_id=CHANNEL_ID, action="typing")
    assert "channel" in words


async def test_the_bot_may_put_one_known_emoji_under_a_message(line: Line) -> None:
    target = {"chat_id": 1001, "message_id": line.world.say(1001, 1001, "x")}

    def emoji(*found: str) -> list[dict[str, str]]:
        return [{"type": "emoji", "emoji": each} for each in found]

    assert await line.call("setMessageReaction", **target, reaction=emoji("❤️"))
    message = line.world.find(1001, target["message_id"])
    assert message is not None
    assert message.reactions == {BOT_ID: "❤"}
    assert await line.call("setMessageReaction", **target, reaction=[])
    assert message.reactions == {}
    for wrong, words in ((emoji("🐍"), "REACTION_INVALID"), (emoji("👍", "👎"), "TOO_MANY")):
        assert words in await line.refused("setMessageReaction", **target, reaction=wrong)
    words = await line.refused("setMessageReaction", chat_id=1001, message_id=99, reaction=[])
    assert words == "Bad Request: message to react not found"


async def test_an_unknown_method_and_a_wrong_token_have_their_own_codes(line: Line) -> None:
    body = await line.raw("sendTelepathy")
    assert body == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with line.session.get(f"{line.house.api_url}42:OTHER/getMe") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"


async def test_a_body_that_is_no_object_is_refused(line: Line) -> None:
    for raw in (b"{", b"[1]", b'{"a": "\xff"}'):
        url = f"{line.house.api_url}{TOKEN}/getMe"
        headers = {"Content-Type": "application/json"}
        async with line.session.post(url, data=raw, headers=headers) as answer:
            assert answer.status == 400


async def test_every_call_is_in_the_log(line: Line) -> None:
    await line.call("sendMessage", chat_id=1001, text="x")
    await line.refused("sendMessage", chat_id=5, text="x")
    methods = [(call.method, call.params["chat_id"], call.response) for call in line.house.log]
    assert methods == [
        ("sendMessage", 1001, "ok"),
        ("sendMessage", 5, "Bad Request: chat not found"),
    ]
