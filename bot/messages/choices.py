"""The choices a chat makes: language, hour, city and level, the same at the start and in settings.

`then` travels in the buttons and says where the choice leads: "start" or "settings".
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from bot.bank.question import LANGUAGES
from bot.messages.html import Html
from bot.messages.places import choice, city, clock_time, grid, hour
from bot.messages.values import Button, Keyboard
from bot.rules.zones import CITIES
from bot.store.chats import Chat
from bot.store.schedules import DAILY, SAVER
from bot.texts import translate

_HOURS: Final = {
    DAILY: (time(8), time(9), time(12), time(19)),
    SAVER: (time(18), time(19), time(20), time(21)),
}
# The level's key in texts, and what it is in the chat's row.
LEVELS: Final = {"beginner": "beginner", "everybody": None, "advanced": "advanced"}


def languages(chat: Chat, then: str) -> Keyboard:
    """Four languages, each by its own name."""
    return grid(
        [
            choice(
                chat.language,
                translate(code, f"language-{code}"),
                "language",
                code,
                then,
                is_chosen=code == chat.language,
            )
            for code in LANGUAGES
        ],
        2,
    )


def hours(chat: Chat, kind: str, now_at: time | None, then: str) -> Keyboard:
    """Four usual hours and any other, for the daily question or the reminder."""
    usual = [
        choice(chat.language, hour(at), "hour", hour(at), kind, then, is_chosen=at == now_at)
        for at in _HOURS[kind]
    ]
    label = translate(chat.language, "button-other-hour")
    other = choice(chat.language, label, "hour", "other", kind, then)
    return (*grid(usual, 4), (other,))


def first_hours(chat: Chat, now_at: time) -> Keyboard:
    """The hours of the first minute: the guessed city can be put right from here."""
    label = translate(chat.language, "button-not-city", city=city(chat.language, chat.zone))
    *rows, last = hours(chat, DAILY, now_at, "start")
    return (*rows, (*last, choice(chat.language, label, "cities", "start")))


def hour_question(chat: Chat, now: datetime) -> Html:
    """When shall I write, with the guessed place to confirm."""
    place = city(chat.language, chat.zone)
    return translate(chat.language, "start-hour", time=clock_time(now, chat), city=place)


def cities(chat: Chat, then: str) -> Keyboard:
    """Cities that speakers of the language live in, and any other."""
    listed = [
        choice(
            chat.language,
            translate(chat.language, f"city-{key}"),
            "city",
            key,
            then,
            is_chosen=zone == chat.zone,
        )
        for key, zone in CITIES[chat.language].items()
    ]
    label = translate(chat.language, "button-other-city")
    return (*grid(listed, 2), (choice(chat.language, label, "city", "other", then),))


def levels(chat: Chat, then: str) -> Keyboard:
    """How far along; one a row, because the labels are sentences."""
    marks = then == "settings"  # at the start nothing is chosen yet
    return tuple(
        (
            choice(
                chat.language,
                translate(chat.language, f"level-{key}"),
                "level",
                key,
                then,
                is_chosen=marks and level == chat.level,
            ),
        )
        for key, level in LEVELS.items()
    )


def back(chat: Chat) -> tuple[Button, ...]:
    """A row that leads back to the settings."""
    return (choice(chat.language, translate(chat.language, "button-back"), "settings"),)
