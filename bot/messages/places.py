"""Cities, hours and levels as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.messages.html import escape
from bot.messages.values import Button, Keyboard, Press
from bot.rules.zones import CITIES
from bot.store.chats import Chat
from bot.texts import translate


def city(language: str, zone: str) -> str:
    """The zone by a city's name: translated for cities on our lists, else the zone's last part."""
    for listed in (language, *CITIES):
        for key, known in CITIES[listed].items():
            if known == zone:
                return translate(language, f"city-{key}")
    return zone.split("/")[-1].replace("_", " ")


def clock_time(moment: datetime, chat: Chat) -> str:
    """The time of day in the chat's zone, like 14:05."""
    return f"{moment.astimezone(chat.time_zone):%H:%M}"


def hour(at: time) -> str:
    """A time of day, like 09:00."""
    return f"{at:%H:%M}"


def chosen(language: str, label: str, *, is_chosen: bool) -> str:
    """A button's label, with a tick if it is the present choice."""
    return translate(language, "button-chosen", label=escape(label)) if is_chosen else label


def grid(buttons: Sequence[Button], width: int) -> Keyboard:
    """The buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def choice(language: str, label: str, verb: str, *args: str, is_chosen: bool = False) -> Button:
    """A button that makes one choice."""
    return Button(chosen(language, label, is_chosen=is_chosen), Press(verb, args))
