"""Subscribing: a chat's language, hour, zone and level, and the schedules that follow from them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.rules.day import Fire, next_fire
from bot.store import chats, outbox, schedules
from bot.store.chats import Chat
from bot.store.schedules import DAILY, SAVER

STOPPED: Final = "stopped"  # the pause that is their own word
DEFAULT_HOURS: Final = {DAILY: time(9), SAVER: time(20)}


def begin(conn: Connection, chat: Chat, now: datetime) -> Chat:
    """Start or resume: the schedules wait for their next moment; what was off stays off."""
    known = schedules.of_chat(conn, chat.chat_id)
    for kind, usual in DEFAULT_HOURS.items():
        if kind not in known:
            _wait_for(conn, chat, kind, usual, now)
        elif known[kind].active:
            _wait_for(conn, chat, kind, known[kind].at, now)
    started = chat.started_at or now
    chats.change(conn, chat.chat_id, started_at=started, paused=None, expects=None)
    return _again(conn, chat)


def hear(conn: Connection, chat: Chat, now: datetime) -> Chat:
    """Whoever speaks can be written to again: a pause that was not their own word ends."""
    if chat.started_at is None or chat.paused in (None, STOPPED):
        return chat
    return begin(conn, chat, now)


def set_hour(conn: Connection, chat: Chat, kind: str, at: time, now: datetime) -> None:
    """Let `kind` come at the local time `at`.

    A date that has been served stays served: moving the hour never brings a second question. One
    that has not been, and whose hour is past by the new time, is served at once rather than lost.
    """
    before = schedules.of_chat(conn, chat.chat_id).get(kind)
    _wait_for(conn, chat, kind, at, now)
    if kind != DAILY or chat.started_at is None or before is None or not before.active:
        return
    today = now.astimezone(chat.time_zone).date()
    after = schedules.of_chat(conn, chat.chat_id)[kind]
    if before.next_day <= today < after.next_day:
        schedules.put(conn, chat.chat_id, kind, at, Fire(now, today), active=True)


def _wait_for(conn: Connection, chat: Chat, kind: str, at: time, now: datetime) -> None:
    """Let `kind` come at its next occurrence on a date that has not been served."""
    known = schedules.of_chat(conn, chat.chat_id).get(kind)
    # A question asked for by hand is served too, though no schedule has spoken for its date.
    served = (known and known.last_day, schedules.last_delivered(conn, kind, chat.chat_id))
    last = max((day for day in served if day), default=None)
    following = next_fire(now, at, chat.time_zone, last=last)
    schedules.put(conn, chat.chat_id, kind, at, following, active=True)


def switch(conn: Connection, chat: Chat, kind: str, now: datetime) -> bool:
    """Turn one kind off, or on again; whether it is on now."""
    known = schedules.of_chat(conn, chat.chat_id).get(kind)
    if known and known.active:
        following = next_fire(now, known.at, chat.time_zone, last=known.last_day)
        schedules.put(conn, chat.chat_id, kind, known.at, following, active=False)
        return False
    _wait_for(conn, chat, kind, known.at if known else DEFAULT_HOURS[kind], now)
    return True


def set_zone(conn: Connection, chat: Chat, zone: str, now: datetime) -> Chat:
    """Move the chat to another zone; its hours stay the same by the wall clock there."""
    chats.change(conn, chat.chat_id, zone=ZoneInfo(zone).key, expects=None)
    moved = _again(conn, chat)
    for kind, schedule in schedules.of_chat(conn, chat.chat_id).items():
        if schedule.active:
            set_hour(conn, moved, kind, schedule.at, now)
    return moved


def set_language(conn: Connection, chat: Chat, language: str) -> Chat:
    """Talk another language from now on."""
    chats.change(conn, chat.chat_id, language=language)
    return _again(conn, chat)


def set_level(conn: Connection, chat: Chat, level: str | None) -> Chat:
    """Ask at this level; none means the question of the day."""
    chats.change(conn, chat.chat_id, level=level)
    return _again(conn, chat)


def expect(conn: Connection, chat: Chat, what: str | None) -> None:
    """Take the next typed text as an answer to `what` (hour, saver or zone)."""
    if chat.expects != what:
        chats.change(conn, chat.chat_id, expects=what)


def stop(conn: Connection, chat: Chat, why: str) -> None:
    """Send nothing more on the bot's initiative; streak, answers and hours stay."""
    chats.pause(conn, chat.chat_id, why)
    outbox.cancel_chat(conn, chat.chat_id, why)


def hours(conn: Connection, chat: Chat) -> dict[str, schedules.Schedule]:
    """The chat's schedules by kind."""
    return schedules.of_chat(conn, chat.chat_id)


def _again(conn: Connection, chat: Chat) -> Chat:
    found = chats.get(conn, chat.chat_id)
    assert found is not None
    return found
