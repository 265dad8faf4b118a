"""The first minute: language, hour and place, level, and then the first question at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.actions import ask, streak, subscribe
from bot.handlers.facts import Pressed, Said
from bot.handlers.unit import Unit
from bot.messages import choices, daily
from bot.messages.html import Html
from bot.messages.places import city, hour
from bot.messages.values import Edit, Keyboard, Reply, Text, Toast
from bot.store import answers
from bot.store.chats import Chat
from bot.store.schedules import DAILY
from bot.texts import translate


def start(unit: Unit, said: Said) -> Sequence[Reply]:
    """/start: the greeting for newcomers; whoever has set up before is resumed."""
    if unit.chat.started_at:
        return _resume(unit)
    subscribe.expect(unit.conn, unit.chat, None)
    key = "start-hello" if said.name else "start-hello-nameless"
    args = {"name": said.name} if said.name else {}
    hello = translate(unit.chat.language, key, **args)
    return [Text(hello, choices.languages(unit.chat, "start"))]


def _resume(unit: Unit) -> Sequence[Reply]:
    chat = subscribe.begin(unit.conn, unit.chat, unit.now)
    _, stand = streak.look(unit.conn, chat, unit.now)
    html = translate(
        chat.language,
        "start-back",
        hour=hour(_hour(unit, chat)),
        city=city(chat.language, chat.zone),
        days=stand.streak,
    )
    if stand.streak and not stand.answered_today:
        open_line = translate(chat.language, "streak-today-open")
        html = Html(translate(chat.language, "gap-sentences").join((html, open_line)))
    return [Text(html)]


def after_language(unit: Unit, chat: Chat, pressed: Pressed) -> Sequence[Reply]:
    """The language is chosen: ask for the hour in it, with the guessed place to confirm."""
    subscribe.expect(unit.conn, chat, "hour")
    return edit(
        pressed, choices.hour_question(chat, unit.now), choices.first_hours(chat, _hour(unit, chat))
    )


def after_hour(unit: Unit, chat: Chat, pressed: Pressed) -> Sequence[Reply]:
    """The hour is chosen: ask for the level."""
    return edit(pressed, translate(chat.language, "start-level"), choices.levels(chat, "start"))


def after_typed_hour(unit: Unit, chat: Chat) -> Sequence[Reply]:
    """The same for an hour that was typed: there is no message to change."""
    return [Text(translate(chat.language, "start-level"), choices.levels(chat, "start"))]


def ask_hour(unit: Unit, chat: Chat) -> Sequence[Reply]:
    """When shall I write: in a message of its own. An hour may be typed as well as tapped."""
    subscribe.expect(unit.conn, chat, "hour")
    question = choices.hour_question(chat, unit.now)
    return [Text(question, choices.first_hours(chat, _hour(unit, chat)))]


def subscribed(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """Whoever began with a question rather than with the set-up wants one every day."""
    if unit.chat.started_at:
        return [Toast(translate(unit.chat.language, "toast-stale"))]
    return ask_hour(unit, unit.chat)


def after_level(unit: Unit, chat: Chat, pressed: Pressed) -> Sequence[Reply]:
    """All is known: the schedules start, and the first question comes at once."""
    ready = subscribe.begin(unit.conn, chat, unit.now)
    first = ask.daily(unit.conn, unit.bank, ready, unit.now, unit.rng)
    answered = answers.option_of(unit.conn, first.ask.ask_id, ready.chat_id) is not None
    done = translate(
        ready.language,
        "start-done-answered" if answered else "start-done",
        hour=hour(_hour(unit, ready)),
        city=city(ready.language, ready.zone),
    )
    return [*edit(pressed, done), *([] if answered else [daily.quiz(first)])]


def edit(pressed: Pressed, html: Html, keyboard: Keyboard = ()) -> Sequence[Reply]:
    """The pressed message with new words; a new message where the old one is out of reach."""
    if pressed.message_id is None:
        return [Text(html, keyboard)]
    return [Edit(pressed.message_id, html, keyboard)]


def _hour(unit: Unit, chat: Chat) -> time:
    known = subscribe.hours(unit.conn, chat).get(DAILY)
    return known.at if known else subscribe.DEFAULT_HOURS[DAILY]
