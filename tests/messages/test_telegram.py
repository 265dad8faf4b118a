import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.messages.html import Html
from bot.messages.press import Signer
from bot.messages.telegram import REPEATABLE, call
from bot.messages.values import Button, Edit, EditButtons, Message, Press, Quiz, Text

NO_PREVIEW = {"is_disabled": True}
SAVE = Button("🔖 Сохранить", Press("save", ("adamw",)))
MORE = Button("更多", Press("more", ("training", "zh")))
LINK = Button("Talk to me", url="https://t.me/dailygrad_bot")
KEYBOARD = ((SAVE, MORE), (LINK,))
INLINE = {
    "inline_keyboard": [
        [
            {"text": "🔖 Сохранить", "callback_data": "save adamw"},
            {"text": "更多", "callback_data": "more training zh"},
        ],
        [{"text": "Talk to me", "url": "https://t.me/dailygrad_bot"}],
    ]
}
QUIZ = Quiz(
    ask_id=7,
    question="Почему ReLU?",
    options=("梯度", "Não sei", "B < A"),
    right=2,
    explanation="B & A",
    description=Html("Training · <b>advanced</b>"),
    closes_at=datetime(2026, 11, 22, 2, 0, 0, 999_999, tzinfo=UTC),
)
EVERY_KIND: list[Message] = [
    Text(Html("Oi")),
    QUIZ,
    Edit(5, Html("Oi"), KEYBOARD),
    EditButtons(5, KEYBOARD),
]


def sign(press: Press) -> str:
    return " ".join((press.verb, *press.args))


def params(message: Message) -> dict[str, Any]:
    read = json.loads(call(message, sign).params)
    assert isinstance(read, dict)
    return read


def test_a_text_is_sent_as_html_without_a_link_preview() -> None:
    assert call(Text(Html("<b>Oi</b>")), sign).method == "sendMessage"
    assert params(Text(Html("<b>Oi</b>"))) == {
        "text": "<b>Oi</b>",
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
    }


def test_buttons_stand_in_their_rows_with_signed_data_or_an_address() -> None:
    assert params(Text(Html("Oi"), KEYBOARD))["reply_markup"] == INLINE


def test_a_location_button_is_a_keyboard_that_is_used_once() -> None:
    assert params(Text(Html("?"), location_button="📍 Aqui"))["reply_markup"] == {
        "keyboard": [[{"text": "📍 Aqui", "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def test_the_location_button_goes_when_its_answer_has_come() -> None:
    markup = params(Text(Html("Ok"), drop_keyboard=True))["reply_markup"]

    assert markup == {"remove_keyboard": True}


def test_a_quiz_is_a_poll_with_one_right_option() -> None:
    assert call(QUIZ, sign).method == "sendPoll"
    assert params(QUIZ) == {
        "question": "Почему ReLU?",
        "options": [{"text": "梯度"}, {"text": "Não sei"}, {"text": "B < A"}],
        "type": "quiz",
        "is_anonymous": False,
        "correct_option_ids": [2],
        "explanation": "B & A",
        "description": "Training · <b>advanced</b>",
        "description_parse_mode": "HTML",
        "close_date": 1795312800,
    }


def test_a_quiz_closes_at_a_whole_second_that_is_not_after_its_end() -> None:
    closes = datetime.fromtimestamp(params(QUIZ)["close_date"], UTC)

    assert closes == QUIZ.closes_at.replace(microsecond=0)


def test_only_a_quiz_names_its_ask() -> None:
    assert [call(message, sign).ask_id for message in EVERY_KIND] == [None, 7, None, None]


def test_an_edit_names_its_message_and_brings_words_and_buttons() -> None:
    assert call(Edit(5, Html("Oi")), sign).method == "editMessageText"
    assert params(Edit(5, Html("Oi"), KEYBOARD)) == {
        "message_id": 5,
        "text": "Oi",
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
        "reply_markup": INLINE,
    }


def test_an_edit_without_buttons_takes_them_away() -> None:
    """Telegram drops the old ones when none are given."""
    assert "reply_markup" not in params(Edit(5, Html("Oi")))
    assert params(EditButtons(5, ())) == {"message_id": 5}


def test_new_buttons_leave_the_words_alone() -> None:
    assert call(EditButtons(5, KEYBOARD), sign).method == "editMessageReplyMarkup"
    assert params(EditButtons(5, KEYBOARD)) == {"message_id": 5, "reply_markup": INLINE}


@pytest.mark.parametrize("message", EVERY_KIND)
def test_no_call_names_a_chat(message: Message) -> None:
    """A group's id may change before the message leaves."""
    assert "chat_id" not in params(message)


def test_letters_of_every_alphabet_are_kept_as_they_are() -> None:
    kept = call(Text(Html("Привет, 李雷! 🔥 Émile"), KEYBOARD), sign).params

    assert "Привет, 李雷! 🔥 Émile" in kept
    assert "\\u" not in kept + call(QUIZ, sign).params


def test_what_is_sent_is_not_repeatable_and_what_is_edited_is() -> None:
    repeatable = [call(message, sign).method in REPEATABLE for message in EVERY_KIND]

    assert repeatable == [False, False, True, True]


def test_a_real_signature_travels_in_the_data() -> None:
    signer = Signer(b"k" * 32)
    made = json.loads(call(Text(Html("Oi"), ((SAVE,),)), signer.for_person(1001)).params)
    data = made["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

    assert signer.read(data, 1001) == SAVE.press


def test_data_that_is_too_long_never_becomes_a_call() -> None:
    long = Button("x", Press("post", ("s" * 64,)))

    with pytest.raises(ValueError, match="64 are allowed"):
        call(Text(Html("Oi"), ((long,),)), Signer(b"k" * 32).for_person(1001))
