"""Where the bot may go: finds chats for it and refuses, in Telegram's words, what it may not do."""

import re

from bot.sandbox.cast import BOT_ID
from bot.sandbox.records import IN_CHARGE, Chat, ChatType, Message, Status
from bot.sandbox.refusals import bad_request, forbidden
from bot.sandbox.scene import Scene

CHAT_ID = re.compile(r"-?[0-9]{1,20}")
NAMES = {
    ChatType.GROUP: "group chat",
    ChatType.SUPERGROUP: "supergroup chat",
    ChatType.CHANNEL: "channel chat",
}


def chat_named(scene: Scene, key: str) -> Chat:
    """By id, or by @username for groups and channels."""
    if not key:
        raise bad_request("chat_id is empty")
    if key.startswith("@"):
        named = (c for c in scene.chats.values() if c.username and c.type is not ChatType.PRIVATE)
        found = next((c for c in named if f"@{c.username}".lower() == key.lower()), None)
    else:
        found = scene.chats.get(int(key)) if CHAT_ID.fullmatch(key) else None
    if found is None:
        raise bad_request("chat not found")
    return found


def require_presence(scene: Scene, chat: Chat) -> None:
    """The bot must be in the chat, and the chat must still be the chat it was."""
    if chat.upgraded_to:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.upgraded_to
        )
    if chat.type is ChatType.PRIVATE:
        if chat.id in scene.deactivated:
            raise forbidden("user is deactivated")
        return
    name = NAMES[chat.type]
    if chat.members.get(BOT_ID) is Status.KICKED:
        raise forbidden(f"bot was kicked from the {name}")
    if not chat.has(BOT_ID):
        raise forbidden(f"bot is not a member of the {name}")


def require_writing(scene: Scene, chat: Chat, kind: str) -> None:
    """May the bot send "text messages", "photos" or "polls" here?"""
    require_presence(scene, chat)
    if chat.type is ChatType.PRIVATE:
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
    elif chat.members[BOT_ID] not in IN_CHARGE:
        if chat.type is ChatType.CHANNEL:
            raise bad_request("need administrator rights in the channel chat")
        if kind in chat.denied:
            raise bad_request(f"not enough rights to send {kind} to the chat")


def own_message(scene: Scene, chat: Chat, message_id: int, what: str) -> Message:
    """A message the bot may change; `what` names it in the refusal when there is none."""
    require_presence(scene, chat)
    found = scene.find(chat.id, message_id)
    if found is None:
        raise bad_request(f"{what} not found")
    if found.sender != BOT_ID or found.reply or found.service:
        raise bad_request("message can't be edited")
    return found
