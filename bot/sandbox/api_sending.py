"""Bot API methods that put something new into a chat: text, photos, typing, reactions."""

from typing import Any

from bot.sandbox import access, photos
from bot.sandbox.cast import BOT_ID
from bot.sandbox.formatting import Formatted, formatted
from bot.sandbox.keyboards import read_markup
from bot.sandbox.params import Params
from bot.sandbox.posting import post
from bot.sandbox.records import JSON, Chat, ChatType, Message
from bot.sandbox.refusals import bad_request
from bot.sandbox.scene import Scene

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
# What a bot may put under a message, without the selector for colourful display.
REACTIONS = (
    *"👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓",
    *"👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡❤",
    *("❤\u200d🔥", "👨\u200d💻", "🤷\u200d♂", "🤷\u200d♀"),
)


def chat_of(scene: Scene, given: Params) -> Chat:
    """The chat a call is about."""
    return access.chat_named(scene, given.text("chat_id").strip())


def draft(scene: Scene, given: Params, chat: Chat) -> Message:
    """A message of the bot's with all that is common to sending methods, without content."""
    if given.integer("message_thread_id"):
        raise bad_request("message thread not found")
    markup = read_markup(given, chat)
    empty = Message(chat.id, 0, 0, BOT_ID, inline=markup.inline, reply=markup.reply)
    empty.reply_to = _reply_target(scene, given, chat)
    if given.flag("protect_content"):
        empty.extra["has_protected_content"] = True
    if effect := given.text("message_effect_id"):
        if chat.type is not ChatType.PRIVATE or not effect.isdecimal():
            raise bad_request("EFFECT_ID_INVALID")
        empty.extra["effect_id"] = effect
    return empty


def _reply_target(scene: Scene, given: Params, chat: Chat) -> int | None:
    meant = given.mapping("reply_parameters") or {}
    target = meant.get("message_id") or given.optional_integer("reply_to_message_id")
    if not target:
        return None
    if isinstance(target, int) and scene.find(chat.id, target):
        return target
    if meant.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def read_text(given: Params, name: str = "text") -> Formatted:
    """The text of a message, 1 to 4096 units."""
    content = formatted(given.text(name), given.text("parse_mode"), given.items("entities"))
    if not content.text:
        raise bad_request("message text is empty")
    if content.length > LONGEST_TEXT:
        raise bad_request("message is too long")
    return content


def read_caption(given: Params) -> Formatted:
    """The words below a photo, up to 1024 units."""
    explicit = given.items("caption_entities")
    content = formatted(given.text("caption"), given.text("parse_mode"), explicit)
    if content.length > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return content


def send_message(scene: Scene, given: Params) -> JSON:
    """sendMessage"""
    chat = chat_of(scene, given)
    content = read_text(given)
    access.require_writing(scene, chat, "text messages")
    message = draft(scene, given, chat)
    message.text, message.entities = content.text, content.entities
    if preview := given.mapping("link_preview_options"):
        message.extra["link_preview_options"] = preview
    return post(scene, chat, message)


def send_photo(scene: Scene, given: Params) -> JSON:
    """sendPhoto"""
    chat = chat_of(scene, given)
    content = read_caption(given)
    access.require_writing(scene, chat, "photos")
    message = draft(scene, given, chat)
    message.photo = photos.take(scene, given, "photo")
    message.text, message.entities = content.text, content.entities
    if given.flag("has_spoiler"):
        message.extra["has_media_spoiler"] = True
    if given.flag("show_caption_above_media"):
        message.extra["show_caption_above_media"] = True
    return post(scene, chat, message)


def send_chat_action(scene: Scene, given: Params) -> bool:
    """sendChatAction"""
    chat = chat_of(scene, given)
    if given.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    if chat.type is ChatType.CHANNEL:
        raise bad_request("chat actions can't be sent to channel chats")
    access.require_writing(scene, chat, "text messages")
    scene.tell("typing", chat.id)
    return True


def set_message_reaction(scene: Scene, given: Params) -> bool:
    """setMessageReaction"""
    chat = chat_of(scene, given)
    access.require_presence(scene, chat)
    message = scene.find(chat.id, given.integer("message_id"))
    if message is None or message.service:
        raise bad_request("message to react not found")
    emoji = [_emoji(item) for item in given.items("reaction") or []]
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions.pop(BOT_ID, None)
    if emoji:
        message.reactions[BOT_ID] = emoji[0]
    scene.put(message)
    return True


def _emoji(reaction: Any) -> str:
    """Bots have the plain emoji only: custom ones and paid ones are for others."""
    emoji = reaction.get("emoji") if isinstance(reaction, dict) else None
    if not isinstance(emoji, str) or emoji.rstrip("\ufe0f") not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return emoji.rstrip("\ufe0f")


def get_file(scene: Scene, given: Params) -> JSON:
    """getFile"""
    file_id = given.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    return photos.file(scene, file_id)
