"""Whatever a bot sends, the sandbox answers with a result or a worded refusal, never a failure."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import Clock
from bot.sandbox import view, wire
from bot.sandbox.api import METHODS
from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from bot.sandbox.params import Params
from bot.sandbox.refusals import Refusal
from bot.sandbox.state import dump
from bot.sandbox.world import World

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["<b>", "<b>x</b>", "attach://x", "{", "[1]", "null", "x" * 5000, "\ud800"])
)
FIELDS = st.sampled_from(
    [
        "type",
        "text",
        "callback_data",
        "url",
        "message_id",
        "media",
        "offset",
        "length",
        "emoji",
        "inline_keyboard",
        "keyboard",
    ]
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=3),
    max_leaves=8,
)
# A good value for each parameter, so that junk in one of them gets past the checks of the others.
GOOD: dict[str, Any] = {
    "chat_id": GROUP_ID,
    "message_id": 4,
    "user_id": 1001,
    "text": "<b>x</b>",
    "parse_mode": "HTML",
    "entities": [{"type": "bold", "offset": 0, "length": 1}],
    "caption": "c",
    "caption_entities": [],
    "photo": "attach://x",
    "question": "q",
    "options": ["a", {"text": "b"}],
    "type": "quiz",
    "correct_option_ids": [0],
    "explanation": "e",
    "explanation_entities": [],
    "description": "d",
    "open_period": 60,
    "close_date": None,
    "media": None,
    "explanation_media": {"type": "photo", "media": "attach://x"},
    "is_anonymous": False,
    "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]},
    "reply_parameters": {"message_id": 1},
    "message_effect_id": None,
    "link_preview_options": {"is_disabled": True},
    "callback_query_id": "1",
    "url": "https://example.org",
    "show_alert": True,
    "action": "typing",
    "reaction": [{"type": "emoji", "emoji": "👍"}],
    "commands": [{"command": "a", "description": "b"}],
    "scope": {"type": "chat", "chat_id": GROUP_ID},
    "language_code": "ru",
    "name": "n",
    "short_description": "s",
    "file_id": "f",
}
PICTURE = b"GIF89a\x10\0\x10\0"


def run(method: str, values: dict[str, Any]) -> Any:
    """The method's result or refusal; anything else is a failure of the test."""
    world = World(Clock())
    draft = Params({"chat_id": GROUP_ID, "text": "mine"})
    METHODS["sendMessage"](world, draft)
    try:
        result = METHODS[method](world, Params(values, {"x": PICTURE}))
    except Refusal as refusal:
        result = refusal.as_json()
    for chat in world.chats.values():
        shown = [wire.message(world, message) for message in world.in_chat(chat.id)]
        json.dumps(shown, ensure_ascii=False).encode()
    json.dumps(view.snapshot(world, 1001), ensure_ascii=False).encode()
    json.dumps(dump(world), ensure_ascii=False).encode()
    return result


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
@pytest.mark.parametrize("method", sorted(METHODS))
def test_junk_in_one_parameter_is_refused_or_understood(method: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(GOOD)))
    json.dumps(run(method, {**GOOD, name: data.draw(JUNK)}))


@settings(deadline=None, max_examples=30)
@given(st.data())
@pytest.mark.parametrize("method", sorted(METHODS))
def test_junk_in_all_parameters_is_refused_or_understood(method: str, data: st.DataObject) -> None:
    junk = data.draw(st.dictionaries(st.sampled_from(sorted(GOOD)), JUNK, max_size=6))
    json.dumps(run(method, junk))


@pytest.mark.parametrize("method", sorted(METHODS))
def test_no_parameters_at_all_are_refused_or_understood(method: str) -> None:
    json.dumps(run(method, {}))


@pytest.mark.parametrize("chat_id", [1001, 1002, GROUP_ID, CHANNEL_ID, -4, "@deep_learning_daily"])
@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_meets_every_chat(method: str, chat_id: int | str) -> None:
    json.dumps(run(method, {**GOOD, "chat_id": chat_id}))
