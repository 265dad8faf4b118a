"""Checks what bots hang under a message or in place of the letters: reply_markup."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.links import is_link
from bot.sandbox.params import Params
from bot.sandbox.records import JSON, Chat, ChatType
from bot.sandbox.refusals import bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
LONGEST_DATA = 64
ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
)
Rows = list[list[JSON]]


@dataclass(frozen=True)
class Markup:
    """An inline keyboard, or anything that concerns the keyboard below the chat."""

    inline: Rows | None = None
    reply: JSON | None = None


def read_markup(given: Params, chat: Chat) -> Markup:
    """The reply_markup of a sending method; raises Refusal."""
    raw = given.structure("reply_markup")
    if raw is None:
        return Markup()
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        return Markup(inline=inline_rows(raw["inline_keyboard"], chat))
    if chat.type is ChatType.CHANNEL:
        raise bad_request("reply keyboards can't be used in channel chats")
    if "keyboard" in raw:
        return Markup(reply={**raw, "keyboard": reply_rows(raw["keyboard"], chat)})
    if raw.get("remove_keyboard") or raw.get("force_reply"):
        return Markup(reply=raw)
    return Markup()


def read_inline(given: Params, chat: Chat) -> Rows | None:
    """The reply_markup of an editing method, where only inline keyboards are known."""
    raw = given.mapping("reply_markup")
    if not raw:
        return None
    if "inline_keyboard" not in raw:
        raise bad_request("inline keyboard expected")
    return inline_rows(raw["inline_keyboard"], chat)


def inline_rows(raw: Any, chat: Chat) -> Rows | None:
    """Rows of inline buttons without empty rows; None when there is no button at all."""
    rows = [[inline_button(button, chat) for button in row] for row in _rows(raw, "inline")]
    return [row for row in rows if row] or None


def _rows(raw: Any, kind: str) -> list[list[Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad_request(f'field "{kind}_keyboard" must be an Array of Arrays')
    if sum(len(row) for row in raw) > MOST_BUTTONS or any(len(r) > MOST_IN_A_ROW for r in raw):
        raise bad_request("reply markup is too long")
    return raw


def inline_button(raw: Any, chat: Chat) -> JSON:
    """One inline button: a text and exactly one thing that it does."""
    trouble = "can't parse inline keyboard button"
    if not isinstance(raw, dict):
        raise bad_request(f"{trouble}: InlineKeyboardButton must be an Object")
    if not isinstance(raw.get("text"), str):
        raise bad_request(f'{trouble}: Can\'t find field "text"')
    if not raw["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in ACTIONS if raw.get(name) is not None]
    if not actions:
        raise bad_request(f"{trouble}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{trouble}: exactly one action is expected")
    _check_action(actions[0], raw[actions[0]], chat)
    return raw


def _check_action(action: str, value: Any, chat: Chat) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url" and not is_link(value):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    elif action == "copy_text" and not _is_copied(value):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif action == "web_app" and chat.type is not ChatType.PRIVATE:
        raise bad_request("BUTTON_TYPE_INVALID")


def _is_copied(value: Any) -> bool:
    text = value.get("text") if isinstance(value, dict) else None
    return isinstance(text, str) and 1 <= len(text) <= 256


def reply_rows(raw: Any, chat: Chat) -> Rows:
    """Rows of buttons that stand in place of the letters."""
    rows = [[reply_button(button, chat) for button in row] for row in _rows(raw, "reply")]
    return [row for row in rows if row]


def reply_button(raw: Any, chat: Chat) -> JSON:
    """One such button; a bare string is a button with that text."""
    button = {"text": raw} if isinstance(raw, str) else raw
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    asks_place = button.get("request_location") or button.get("request_contact")
    if asks_place and chat.type is not ChatType.PRIVATE:
        raise bad_request("location can be requested in private chats only")
    return button
