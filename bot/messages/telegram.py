"""Messages as Bot API calls: a method's name and its parameters, ready to be kept as JSON.

The chat is left out, because a group's id may change before the message leaves.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.messages.values import (
    Button,
    Edit,
    EditButtons,
    Keyboard,
    Message,
    Press,
    Quiz,
    Text,
)

Sign = Callable[[Press], str]  # a press as callback data, at most 64 bytes

# Where a copy of the same call changes nothing, so that it may be repeated at will.
REPEATABLE: Final = frozenset(
    {"editMessageText", "editMessageReplyMarkup", "deleteMessage", "stopPoll"}
)


@dataclass(frozen=True)
class Call:
    """One call of the Bot API without its chat; `ask_id` names the question that it shows."""

    method: str
    params: str
    ask_id: int | None = None


def call(message: Message, sign: Sign) -> Call:
    """The call that says `message`."""
    match message:
        case Text():
            return Call("sendMessage", _json(_text(message, sign)))
        case Quiz():
            return Call("sendPoll", _json(_quiz(message)), message.ask_id)
        case Edit():
            params = {"message_id": message.message_id} | _words(message.html)
            return Call("editMessageText", _json(params | _markup(message.keyboard, sign)))
        case EditButtons():
            params = {"message_id": message.message_id} | _markup(message.keyboard, sign)
            return Call("editMessageReplyMarkup", _json(params))


def _json(params: dict[str, Any]) -> str:
    return json.dumps(params, ensure_ascii=False, separators=(",", ":"))


def _words(html: str) -> dict[str, Any]:
    return {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _text(message: Text, sign: Sign) -> dict[str, Any]:
    params = _words(message.html)
    if message.location_button:
        button = {"text": message.location_button, "request_location": True}
        markup = {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
        return params | {"reply_markup": markup}
    if message.drop_keyboard:
        return params | {"reply_markup": {"remove_keyboard": True}}
    return params | _markup(message.keyboard, sign)


def _quiz(quiz: Quiz) -> dict[str, Any]:
    return {
        "question": quiz.question,
        "options": [{"text": option} for option in quiz.options],
        "type": "quiz",
        "is_anonymous": False,
        "correct_option_ids": [quiz.right],
        "explanation": quiz.explanation,
        "description": quiz.description,
        "description_parse_mode": "HTML",
        "close_date": int(quiz.closes_at.timestamp()),
    }


def _markup(keyboard: Keyboard, sign: Sign) -> dict[str, Any]:
    if not keyboard:
        return {}
    rows = [[_button(button, sign) for button in row] for row in keyboard]
    return {"reply_markup": {"inline_keyboard": rows}}


def _button(button: Button, sign: Sign) -> dict[str, str]:
    if button.press is not None:
        return {"text": button.label, "callback_data": sign(button.press)}
    return {"text": button.label, "url": button.url or ""}
