"""What the bot says of itself: its menu by scope and language, its name and descriptions."""

from typing import Any

import pytest

from bot.sandbox.api_profile import menu_for
from tests.sandbox.conftest import Line


def menu(words: str) -> list[dict[str, str]]:
    return [{"command": "start", "description": words}]


async def test_each_person_sees_the_menu_of_their_language(line: Line) -> None:
    await line.call("setMyCommands", commands=menu("Begin"))
    await line.call("setMyCommands", commands=menu("Começar"), language_code="pt")
    await line.call("setMyCommands", commands=menu("开始"), language_code="zh")
    seen = {seat: menu_for(line.world, seat)[0]["description"] for seat in (1001, 1002, 1003, 1004)}
    assert seen == {1001: "Begin", 1002: "Begin", 1003: "Começar", 1004: "开始"}


async def test_a_nearer_scope_comes_first(line: Line) -> None:
    await line.call("setMyCommands", commands=menu("all"))
    await line.call("setMyCommands", commands=menu("private"), scope={"type": "all_private_chats"})
    await line.call(
        "setMyCommands", commands=menu("yours"), scope={"type": "chat", "chat_id": 1001}
    )
    assert menu_for(line.world, 1001) == menu("yours")
    assert menu_for(line.world, 1002) == menu("private")


async def test_a_menu_can_be_read_back_and_deleted(line: Line) -> None:
    place = {"scope": {"type": "all_group_chats"}, "language_code": "ru"}
    assert await line.call("getMyCommands", **place) == []
    await line.call("setMyCommands", commands=menu("x"), **place)
    assert await line.call("getMyCommands", **place) == menu("x")
    assert await line.call("getMyCommands") == []
    assert await line.call("deleteMyCommands", **place) is True
    assert await line.call("getMyCommands", **place) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "parameter commands is required"),
        ({"commands": menu("x") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": menu(" ")}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": menu("x" * 257)}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": ["start"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": menu("x"), "language_code": "pt-br"}, "invalid language code specified"),
        (
            {"commands": menu("x"), "scope": {"type": "everywhere"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"commands": menu("x"), "scope": {"type": "chat", "chat_id": 5}},
            "chat not found",
        ),
    ],
)
async def test_a_menu_that_cannot_be_is_refused(
    line: Line, given: dict[str, Any], words: str
) -> None:
    assert await line.refused("setMyCommands", **given) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("noun", "name", "most"),
    [
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ],
)
async def test_texts_about_the_bot_have_languages_and_limits(
    line: Line, noun: str, name: str, most: int
) -> None:
    await line.call(f"setMy{noun}", **{name: "x" * most})
    await line.call(f"setMy{noun}", **{name: "р", "language_code": "ru"})
    assert (await line.call(f"getMy{noun}", language_code="ru"))[name] == "р"
    assert (await line.call(f"getMy{noun}", language_code="zh"))[name] == "x" * most
    too_long = {name: "x" * (most + 1)}
    assert "TOO_LONG" in await line.refused(f"setMy{noun}", **too_long)


async def test_a_new_name_is_told_by_get_me(line: Line) -> None:
    assert (await line.call("getMe"))["first_name"] == "dailygrad"
    await line.call("setMyName", name="dailygrad beta")
    assert (await line.call("getMe"))["first_name"] == "dailygrad beta"
