"""Bot API methods that change or remove what is there, and the answer to a button."""

from bot.sandbox import access, posting
from bot.sandbox.api_sending import chat_of, read_caption, read_text
from bot.sandbox.entities import utf16_length
from bot.sandbox.keyboards import read_inline
from bot.sandbox.links import is_link
from bot.sandbox.params import Params
from bot.sandbox.records import JSON, Chat, Message
from bot.sandbox.refusals import bad_request
from bot.sandbox.scene import Scene

LONGEST_TOAST = 200


def target(scene: Scene, given: Params, chat: Chat, *, what: str = "message to edit") -> Message:
    """The message of the bot's that a call is about."""
    if given.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if not given.integer("message_id"):
        raise bad_request("message identifier is not specified")
    return access.own_message(scene, chat, given.integer("message_id"), what)


def edit_message_text(scene: Scene, given: Params) -> JSON:
    """editMessageText"""
    chat = chat_of(scene, given)
    content, inline = read_text(given), read_inline(given, chat)
    message = target(scene, given, chat)
    if message.photo or message.poll:
        raise bad_request("there is no text in the message to edit")
    return posting.rewrite(scene, message, content, inline)


def edit_message_caption(scene: Scene, given: Params) -> JSON:
    """editMessageCaption"""
    chat = chat_of(scene, given)
    content, inline = read_caption(given), read_inline(given, chat)
    message = target(scene, given, chat)
    if not message.photo:
        raise bad_request("there is no caption in the message to edit")
    return posting.rewrite(scene, message, content, inline)


def edit_message_reply_markup(scene: Scene, given: Params) -> JSON:
    """editMessageReplyMarkup"""
    chat = chat_of(scene, given)
    inline = read_inline(given, chat)
    return posting.rebutton(scene, target(scene, given, chat), inline)


def delete_message(scene: Scene, given: Params) -> bool:
    """deleteMessage"""
    chat = chat_of(scene, given)
    if not given.integer("message_id"):
        raise bad_request("message identifier is not specified")
    posting.delete(scene, chat, given.integer("message_id"))
    return True


def answer_callback_query(scene: Scene, given: Params) -> bool:
    """answerCallbackQuery"""
    text, url = given.text("text"), given.text("url")
    if utf16_length(text) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not is_link(url):
        raise bad_request("URL_INVALID")
    answer = {"text": text or None, "alert": given.flag("show_alert"), "url": url or None}
    posting.answer_press(scene, given.text("callback_query_id"), answer)
    return True
