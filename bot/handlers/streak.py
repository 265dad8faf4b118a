"""The streak, the saved questions, and stopping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions import streak, subscribe
from bot.handlers.facts import Said
from bot.handlers.unit import Unit
from bot.messages import streak as messages
from bot.messages.values import Reply, Text
from bot.store import answers
from bot.texts import translate

MOST_SAVED: Final = 20


def show(unit: Unit, said: Said) -> Sequence[Reply]:
    """/streak: how it stands today."""
    ledger, stand = streak.look(unit.conn, unit.chat, unit.now)
    return [messages.card(unit.chat.language, ledger, stand)]


def saved(unit: Unit, said: Said) -> Sequence[Reply]:
    """/saved: the questions kept, newest first, each with its answer behind a button."""
    slugs = answers.saved_by(unit.conn, unit.chat.chat_id, MOST_SAVED)
    questions = [found for slug in slugs if (found := unit.bank.get(slug))]
    return [messages.saved(unit.chat.language, questions)]


def stop(unit: Unit, said: Said) -> Sequence[Reply]:
    """/stop: nothing more on the bot's initiative."""
    if unit.chat.paused:
        return [Text(translate(unit.chat.language, "stopped-before"))]
    subscribe.stop(unit.conn, unit.chat, subscribe.STOPPED)
    return [Text(translate(unit.chat.language, "stopped"))]
