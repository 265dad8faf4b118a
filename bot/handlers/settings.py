"""Settings: one screen, changed in place; the same choices carry the first minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.actions import subscribe
from bot.bank.question import LANGUAGES
from bot.handlers import start
from bot.handlers.facts import Located, Pressed, Said
from bot.handlers.unit import Unit
from bot.messages import choices, settings
from bot.messages.html import Html, display_name
from bot.messages.places import city
from bot.messages.values import Reply, Text, Toast
from bot.rules.hour import parse_hour
from bot.rules.zones import CITIES, zone_of
from bot.store.chats import Chat
from bot.store.schedules import DAILY, SAVER
from bot.texts import translate

EXPECTS = {"hour": DAILY, "saver": SAVER}


def show(unit: Unit, said: Said) -> Sequence[Reply]:
    """/settings: the screen."""
    return [_screen(unit, unit.chat)]


def back(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """The screen again, in the place of a choice."""
    subscribe.expect(unit.conn, unit.chat, None)
    return _in_place(unit, unit.chat, pressed)


def choose(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """One setting's choices in the place of the screen."""
    chat, what = unit.chat, pressed.args[0]
    if what not in settings.CHOICES:
        return _stale(unit)
    subscribe.expect(unit.conn, chat, None)
    html, keyboard = settings.choice(chat, what, subscribe.hours(unit.conn, chat))
    return start.edit(pressed, html, (*keyboard, choices.back(chat)))


def switch(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """The reminder off or on."""
    subscribe.switch(unit.conn, unit.chat, SAVER, unit.now)
    return _in_place(unit, unit.chat, pressed)


def language(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """A language is chosen."""
    code, then = pressed.args
    if code not in LANGUAGES:
        return _stale(unit)
    chat = subscribe.set_language(unit.conn, unit.chat, code)
    if _is_first(chat, then):
        return start.after_language(unit, chat, pressed)
    return _in_place(unit, chat, pressed)


def hour(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """An hour is chosen, or is going to be typed."""
    written, kind, then = pressed.args
    chat = unit.chat
    if kind not in EXPECTS.values():
        return _stale(unit)
    if written == "other":
        subscribe.expect(unit.conn, chat, "hour" if kind == DAILY else "saver")
        way_back = (choices.back(chat),) if then == "settings" else ()
        return start.edit(pressed, _ask_hour(chat, kind), way_back)
    try:
        at = time.fromisoformat(written)
    except ValueError:
        return _stale(unit)
    subscribe.expect(unit.conn, chat, None)
    subscribe.set_hour(unit.conn, chat, kind, at, unit.now)
    if _is_first(chat, then):
        return start.after_hour(unit, chat, pressed)
    if kind == DAILY and chat.started_at is None:  # an hour set here is a subscription too
        chat = subscribe.begin(unit.conn, chat, unit.now)
    return _in_place(unit, chat, pressed)


def cities(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """The guessed place is wrong: a short list to choose from, or a city to be typed."""
    subscribe.expect(unit.conn, unit.chat, "zone")
    html = translate(unit.chat.language, "ask-city")
    return start.edit(pressed, html, choices.cities(unit.chat, pressed.args[0]))


def place(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """A city is chosen, or is going to be typed or shared."""
    key, then = pressed.args
    chat = unit.chat
    if key == "other":
        subscribe.expect(unit.conn, chat, "zone")
        html = translate(chat.language, "ask-city-typed")
        return [Text(html, location_button=translate(chat.language, "button-location"))]
    zone = next((listed[key] for listed in CITIES.values() if key in listed), None)
    if zone is None:
        return _stale(unit)
    chat = subscribe.set_zone(unit.conn, chat, zone, unit.now)
    if _is_first(chat, then):
        return start.after_language(unit, chat, pressed)
    return _in_place(unit, chat, pressed)


def level(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """A level is chosen."""
    key, then = pressed.args
    if key not in choices.LEVELS:
        return _stale(unit)
    chat = subscribe.set_level(unit.conn, unit.chat, choices.LEVELS[key])
    if _is_first(chat, then):
        return start.after_level(unit, chat, pressed)
    return _in_place(unit, chat, pressed)


def typed(unit: Unit, said: Said) -> Sequence[Reply] | None:
    """Typed words, where an hour or a place was asked for; None where nothing was."""
    if not said.text:
        return None  # a photo is no answer
    if unit.chat.expects == "zone":
        return _typed_zone(unit, said.text)
    if unit.chat.expects in EXPECTS:
        return _typed_hour(unit, said.text, EXPECTS[unit.chat.expects])
    return None


def located(unit: Unit, where: Located) -> Sequence[Reply]:
    """A shared location sets the zone, whether it was asked for or not."""
    if where.zone is None:
        return [Text(translate(unit.chat.language, "zone-nowhere"))]
    return _moved(unit, where.zone)


def _typed_zone(unit: Unit, text: str) -> Sequence[Reply]:
    zone = zone_of(text[:80]) or _listed_zone(unit.chat.language, text)
    if zone is None:
        return [Text(translate(unit.chat.language, "zone-wrong", said=_short(text)))]
    return _moved(unit, zone)


def _listed_zone(language: str, text: str) -> str | None:
    """The zone of a city on our lists, by its name in the person's language."""
    wanted = text.strip().casefold()
    for listed in CITIES.values():
        for key, zone in listed.items():
            if translate(language, f"city-{key}").casefold() == wanted:
                return zone
    return None


def _moved(unit: Unit, zone: str) -> Sequence[Reply]:
    chat = subscribe.set_zone(unit.conn, unit.chat, zone, unit.now)
    # A message of its own, because it alone can take the location button away.
    told = translate(chat.language, "zone-set", city=city(chat.language, chat.zone))
    said = Text(told, drop_keyboard=True)
    if chat.started_at is None:
        return [said, *start.ask_hour(unit, chat)]
    return [said, _screen(unit, chat)]


def _typed_hour(unit: Unit, text: str, kind: str) -> Sequence[Reply]:
    chat = unit.chat
    try:
        at = parse_hour(text[:40])
    except ValueError:
        return [Text(translate(chat.language, "hour-wrong", said=_short(text)))]
    subscribe.set_hour(unit.conn, chat, kind, at, unit.now)
    subscribe.expect(unit.conn, chat, None)
    if chat.started_at is None:
        return start.after_typed_hour(unit, chat)
    return [_screen(unit, chat)]


def _ask_hour(chat: Chat, kind: str) -> Html:
    return translate(chat.language, "ask-hour" if kind == DAILY else "ask-saver")


def _screen(unit: Unit, chat: Chat) -> Text:
    html, keyboard = settings.screen(chat, subscribe.hours(unit.conn, chat), unit.now)
    return Text(html, keyboard)


def _in_place(unit: Unit, chat: Chat, pressed: Pressed) -> Sequence[Reply]:
    screen = _screen(unit, chat)
    return start.edit(pressed, screen.html, screen.keyboard)


def _is_first(chat: Chat, then: str) -> bool:
    """Whether the choice belongs to the first minute; a second tap on its last step does not."""
    return then == "start" and chat.started_at is None


def _stale(unit: Unit) -> Sequence[Reply]:
    return [Toast(translate(unit.chat.language, "toast-stale"))]


def _short(text: str) -> str:
    """What was typed, made fit to be repeated inside a sentence."""
    return display_name(text, most=40)
