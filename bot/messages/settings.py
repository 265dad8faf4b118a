"""The settings screen and what can be chosen from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.messages import choices
from bot.messages.html import Html
from bot.messages.places import choice as button
from bot.messages.places import city, clock_time, grid, hour
from bot.messages.values import Keyboard
from bot.store.chats import Chat
from bot.store.schedules import DAILY, SAVER, Schedule
from bot.texts import translate

CHOICES: Final = ("language", "city", "hour", "saver", "level")


def screen(chat: Chat, hours: Mapping[str, Schedule], now: datetime) -> tuple[Html, Keyboard]:
    """Everything that is set, and a button for each."""
    language = chat.language
    html = translate(
        language,
        "settings",
        language=translate(language, f"language-{language}"),
        city=city(language, chat.zone),
        time=clock_time(now, chat),
        hour=_hour(chat, hours, DAILY),
        saver=_hour(chat, hours, SAVER),
        level=translate(language, f"level-{_level_key(chat)}"),
    )
    if chat.paused:
        html = Html(f"{html}\n\n{translate(language, 'settings-paused')}")
    is_on = SAVER in hours and hours[SAVER].active
    toggle = "settings-saver-off" if is_on else "settings-saver-on"
    buttons = [
        button(language, translate(language, f"settings-{what}"), "choose", what)
        for what in CHOICES
    ]
    return html, grid([*buttons, button(language, translate(language, toggle), "switch")], 2)


def choice(chat: Chat, what: str, hours: Mapping[str, Schedule]) -> tuple[Html, Keyboard]:
    """What may be chosen for one setting, `what` being one of CHOICES."""
    if what == "city":
        return translate(chat.language, "ask-city"), choices.cities(chat, "settings")
    html = translate(chat.language, f"settings-choose-{what}")
    if what == "language":
        return html, choices.languages(chat, "settings")
    if what == "level":
        return html, choices.levels(chat, "settings")
    kind = DAILY if what == "hour" else SAVER
    at = hours[kind].at if kind in hours else None
    return html, choices.hours(chat, kind, at, "settings")


def _hour(chat: Chat, hours: Mapping[str, Schedule], kind: str) -> str:
    known = hours.get(kind)
    if known is None or not known.active:
        return translate(chat.language, "settings-off")
    return hour(known.at)


def _level_key(chat: Chat) -> str:
    return next(key for key, level in choices.LEVELS.items() if level == chat.level)
