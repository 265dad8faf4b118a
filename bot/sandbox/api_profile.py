"""Bot API methods about the bot itself: its command menu, name and descriptions."""

import re
from typing import Any

from bot.sandbox import access, wire
from bot.sandbox.cast import BOT
from bot.sandbox.entities import utf16_length
from bot.sandbox.params import Params
from bot.sandbox.records import JSON
from bot.sandbox.refusals import bad_request
from bot.sandbox.scene import Scene

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST = {"name": 64, "description": 512, "short_description": 120}
PLAIN_SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
)
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


def get_me(scene: Scene, given: Params) -> JSON:
    """getMe"""
    return wire.me(scene.profile.get("name ") or BOT.name)


def _key(scene: Scene, given: Params) -> str:
    """Scope and language as the name under which a menu is kept."""
    scope = given.mapping("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind in PLAIN_SCOPES:
        return menu_key(str(kind), language(given))
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = access.chat_named(scene, str(scope.get("chat_id", "")))
    name = f"{kind} {chat.id}"
    if kind == "chat_member":
        name += f" {scope.get('user_id')}"
    return menu_key(name, language(given))


def menu_key(scope: str, code: str) -> str:
    """The name of a menu; `code` is "" for people of every other language."""
    return f"{scope}|{code}"


def language(given: Params) -> str:
    """A two-letter code, or ""."""
    code = given.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def set_my_commands(scene: Scene, given: Params) -> bool:
    """setMyCommands"""
    raw = given.items("commands")
    if raw is None:
        raise bad_request("parameter commands is required")
    if len(raw) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    scene.commands[_key(scene, given)] = [_command(item) for item in raw]
    scene.tell("commands")
    return True


def _command(raw: Any) -> JSON:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, words = str(raw.get("command", "")).removeprefix("/"), str(raw.get("description", ""))
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(words.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": words}


def get_my_commands(scene: Scene, given: Params) -> list[JSON]:
    """getMyCommands"""
    return scene.commands.get(_key(scene, given), [])


def delete_my_commands(scene: Scene, given: Params) -> bool:
    """deleteMyCommands"""
    scene.commands.pop(_key(scene, given), None)
    scene.tell("commands")
    return True


def set_profile(scene: Scene, given: Params, name: str) -> bool:
    """setMyName, setMyDescription, setMyShortDescription; an empty text removes."""
    text = given.text(name)
    if utf16_length(text) > LONGEST[name]:
        raise bad_request(f"{name.upper()}_TOO_LONG")
    scene.profile[f"{name} {language(given)}"] = text
    scene.tell("profile")
    return True


def get_profile(scene: Scene, given: Params, name: str) -> JSON:
    """getMyName, getMyDescription, getMyShortDescription."""
    fallback = BOT.name if name == "name" else ""
    general = scene.profile.get(f"{name} ", "")
    text = scene.profile.get(f"{name} {language(given)}", "") or general
    return {name: text or fallback}


def menu_for(scene: Scene, user_id: int) -> list[JSON]:
    """The commands a person sees in their private chat: nearest scope first, then language."""
    tag = (scene.people[user_id].language or "").lower()
    for scope in (f"chat {user_id}", "all_private_chats", "default"):
        for code in (tag, tag[:2], ""):
            if menu := scene.commands.get(menu_key(scope, code)):
                return menu
    return []
