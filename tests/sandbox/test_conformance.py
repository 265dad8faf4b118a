"""Everything the sandbox tells a bot has the fields and types of Bot API 10.1, and no others.

bot_api_10_1.json lists the fields of the objects that occur here: "!" required, "?" optional.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.cast import BOT_ID, CHANNEL_ID, GROUP_ID
from tests.sandbox.conftest import Line, png

SHAPES: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "bot_api_10_1.json").read_text("utf-8")
)
SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "Float": (int, float),
}
KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "message_reaction",
]
BUTTONS = [
    [{"text": "a", "callback_data": "a"}, {"text": "u", "url": "https://example.org"}],
    [{"text": "c", "copy_text": {"text": "x"}}],
]


def faults_in(value: Any, shape: str, place: str = "") -> list[str]:
    """What is wrong with a value, as sentences; an empty list when nothing is."""
    choices = [_faults_in_one(value, choice, place) for choice in shape.split(" | ")]
    return min(choices, key=len)


def _faults_in_one(value: Any, shape: str, place: str) -> list[str]:
    if shape in SCALARS:
        fits = type(value) in SCALARS[shape] and (shape != "True" or value is True)
        return [] if fits else [f"{place} is {value!r}, not {shape}"]
    if shape.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{place} is no array"]
        inner = shape.removeprefix("Array of ")
        return [f for n, item in enumerate(value) for f in faults_in(item, inner, f"{place}[{n}]")]
    return _faults_in_object(value, SHAPES[shape], f"{place}<{shape}>")


def _faults_in_object(value: Any, fields: dict[str, str], place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place} is no object"]
    found = [f"{place}.{name} is unknown" for name in value if name not in fields]
    for name, shape in fields.items():
        if name in value:
            found += faults_in(value[name], shape[1:], f"{place}.{name}")
        elif shape.startswith("!"):
            found.append(f"{place}.{name} is missing")
    return found


def test_the_checker_sees_what_is_wrong() -> None:
    good = {"id": 1, "is_bot": False, "first_name": "A"}
    assert faults_in(good, "User") == []
    assert faults_in({**good, "age": 3}, "User") == ["<User>.age is unknown"]
    assert faults_in({**good, "id": "1"}, "User") == ["<User>.id is '1', not Integer"]
    assert faults_in({"id": 1, "is_bot": False}, "User") == ["<User>.first_name is missing"]
    assert faults_in([good, 3], "Array of User") == ["[1]<User> is no object"]


class Strict:
    """Calls whose results are held against the specification."""

    def __init__(self, line: Line) -> None:
        self.line = line

    async def __call__(
        self, method: str, shape: str, files: dict[str, bytes] | None = None, /, **given: Any
    ) -> Any:
        result = await self.line.call(method, files, **given)
        assert faults_in(result, shape, method) == []
        return result


@pytest.fixture
async def strict(line: Line) -> Strict:
    await line.call("getUpdates", allowed_updates=KINDS)
    line.world.say(1001, 1001, "/start")
    return Strict(line)


async def test_messages_of_every_kind(strict: Strict) -> None:
    mine = strict.line.world.say(1001, 1001, "#x @dailygrad_bot me@example.org https://a.bc")
    text = '<b>x</b><a href="http://a.bc">l</a><pre><code class="language-py">z</code></pre>'
    sent = await strict(
        "sendMessage",
        "Message",
        chat_id=1001,
        text=text,
        parse_mode="HTML",
        reply_parameters={"message_id": mine},
        reply_markup={"inline_keyboard": BUTTONS},
        message_effect_id="5104841245755180586",
        protect_content=True,
        link_preview_options={"is_disabled": True},
    )
    target = {"chat_id": 1001, "message_id": sent["message_id"]}
    await strict("editMessageText", "Message", **target, text="y")
    buttons = {"inline_keyboard": BUTTONS}
    await strict("editMessageReplyMarkup", "Message", **target, reply_markup=buttons)
    await strict("deleteMessage", "True", **target)
    await strict("sendMessage", "Message", chat_id=CHANNEL_ID, text="post")
    await strict("sendChatAction", "True", chat_id=1001, action="typing")


async def test_photos_and_files(strict: Strict) -> None:
    picture = {"photo": png(900, 600)}
    looks = {"has_spoiler": True, "show_caption_above_media": True}
    sent = await strict("sendPhoto", "Message", picture, chat_id=1001, caption="<i>c</i>", **looks)
    target = {"chat_id": 1001, "message_id": sent["message_id"]}
    await strict("editMessageCaption", "Message", **target, caption="d")
    await strict("getFile", "File", file_id=sent["photo"][0]["file_id"])


async def test_polls(strict: Strict) -> None:
    media = {"type": "photo", "media": "attach://f"}
    sent = await strict(
        "sendPoll",
        "Message",
        {"f": png(300, 200)},
        chat_id=GROUP_ID,
        question="q",
        options=[{"text": "a", "media": media}, "b"],
        type="quiz",
        correct_option_ids=[0],
        is_anonymous=False,
        explanation="<b>e</b> #x",
        explanation_parse_mode="HTML",
        explanation_media=media,
        description="#d",
        media=media,
        open_period=60,
    )
    await strict("stopPoll", "Poll", chat_id=GROUP_ID, message_id=sent["message_id"])
    await strict("sendPoll", "Message", chat_id=CHANNEL_ID, question="q", options=["a"])


async def test_chats_and_members(strict: Strict) -> None:
    member = SHAPES["ChatMemberUpdated"]["new_chat_member"][1:]
    for chat_id in (1001, GROUP_ID, CHANNEL_ID):
        await strict("getChat", "ChatFullInfo", chat_id=chat_id)
        await strict("getChatMemberCount", "Integer", chat_id=chat_id)
        for user_id in (BOT_ID, 1001, 1101):
            await strict("getChatMember", member, chat_id=chat_id, user_id=user_id)
    admins = await strict.line.call("getChatAdministrators", chat_id=CHANNEL_ID)
    assert [faults_in(admin, member) for admin in admins] == [[], []]
    strict.line.world.leave(1002, GROUP_ID)
    await strict("getChatMember", member, chat_id=GROUP_ID, user_id=1002)


async def test_the_bot_itself(strict: Strict) -> None:
    await strict("getMe", "User")
    await strict("setMyCommands", "True", commands=[{"command": "a", "description": "b"}])
    await strict("getMyCommands", "Array of BotCommand")
    await strict("getMyName", "BotName")
    await strict("getMyDescription", "BotDescription")
    await strict("getMyShortDescription", "BotShortDescription")
    await strict("getWebhookInfo", "WebhookInfo")
    await strict("setWebhook", "True", url="http://127.0.0.1:9/", secret_token="s")
    await strict("getWebhookInfo", "WebhookInfo")


async def test_updates_of_every_kind(strict: Strict) -> None:
    world = strict.line.world
    number = world.say(1001, 1001, "/start")
    world.edit(1001, 1001, number, "x")
    world.share_location(1001, 1001, 1.5, 2)
    world.edit(1001, CHANNEL_ID, world.say(1001, CHANNEL_ID, "p"), "q")
    buttons = {"inline_keyboard": BUTTONS}
    sent = await strict.line.call("sendMessage", chat_id=1001, text="x", reply_markup=buttons)
    world.press(1001, 1001, sent["message_id"], "a")
    world.react(1001, 1001, number, "👍")
    quiz = {"question": "q", "options": ["a"], "type": "quiz", "correct_option_ids": [0]}
    poll = await strict.line.call("sendPoll", chat_id=GROUP_ID, is_anonymous=False, **quiz)
    world.vote(1002, poll["poll"]["id"], [0])
    world.promote(BOT_ID, GROUP_ID)
    world.leave(1002, GROUP_ID)
    world.join(1002, GROUP_ID)
    world.block(1001)
    world.migrate(world.create_group("g", [1001]))
    world.kick_bot(GROUP_ID)
    updates = await strict("getUpdates", "Array of Update")
    assert {name for update in updates for name in list(update)[1:]} == set(KINDS)
