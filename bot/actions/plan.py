"""Planning: what falls due for one schedule, decided in the transaction that also moves it on."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.actions import ask, streak
from bot.actions.ask import Asked
from bot.bank.load import Bank
from bot.rules.day import QUIET_FROM, day_end, is_quiet, local_day, next_fire
from bot.rules.streak import Standing, worth_saving
from bot.store import answers, asks, chats, schedules
from bot.store.chats import Chat
from bot.store.schedules import DAILY, SAVER, Schedule

LATE: Final = timedelta(minutes=15)
MOST_A_DAY: Final = 2  # messages on the bot's initiative in a private chat


@dataclass(frozen=True)
class Daily:
    """Today's question is to leave."""

    chat: Chat
    asked: Asked


@dataclass(frozen=True)
class Saver:
    """A reminder with today's question in it is to leave, unless `day` is answered first."""

    chat: Chat
    asked: Asked
    standing: Standing
    day: date
    expires_at: datetime


def due(
    conn: Connection, bank: Bank, schedule: Schedule, now: datetime, rng: random.Random
) -> Daily | Saver | None:
    """Deal with one due schedule and move it on; what is to be sent, if anything."""
    chat = chats.get(conn, schedule.chat_id)
    assert chat is not None
    schedule = _latest(schedule, chat, now)
    following = next_fire(now, schedule.at, chat.time_zone, last=schedule.next_day)
    schedules.move(conn, schedule, following)
    if chat.paused or _too_late(schedule, chat, now):
        return None
    if schedules.delivered(conn, chat.chat_id, schedule.next_day) >= MOST_A_DAY:
        return None
    if schedule.kind == DAILY:
        return _daily(conn, bank, chat, schedule, now, rng)
    return _saver(conn, bank, chat, schedule, now, rng)


def _latest(schedule: Schedule, chat: Chat, now: datetime) -> Schedule:
    """After an outage of days the moments before the latest one are over."""
    while True:
        later = next_fire(schedule.next_at, schedule.at, chat.time_zone, last=schedule.next_day)
        if later.at > now:
            return schedule
        schedule = replace(schedule, next_at=later.at, next_day=later.day)


def _too_late(schedule: Schedule, chat: Chat, now: datetime) -> bool:
    """After an outage: a message whose day is over, or that would now come at night, is dropped."""
    if now >= day_end(schedule.next_day, chat.time_zone):
        return True
    late = now - schedule.next_at > LATE
    return late and is_quiet(now, chat.time_zone)


def _daily(
    conn: Connection, bank: Bank, chat: Chat, schedule: Schedule, now: datetime, rng: random.Random
) -> Daily | None:
    day = schedule.next_day
    if not schedules.deliver(conn, kind=DAILY, chat_id=chat.chat_id, day=day, now=now):
        return None
    return Daily(chat, ask.scheduled(conn, bank, chat, day, now, rng))


def _saver(
    conn: Connection, bank: Bank, chat: Chat, schedule: Schedule, now: datetime, rng: random.Random
) -> Saver | None:
    _, stand = streak.look(conn, chat, now)
    if not worth_saving(stand):
        return None
    day = schedule.next_day
    if not schedules.deliver(conn, kind=SAVER, chat_id=chat.chat_id, day=day, now=now):
        return None
    today = local_day(now, chat.time_zone)
    asked = _unanswered(conn, bank, chat, now) or ask.another(conn, bank, chat, now, rng)
    return Saver(chat, asked, stand, today, _saver_ends(schedule, chat, now))


def _unanswered(conn: Connection, bank: Bank, chat: Chat, now: datetime) -> Asked | None:
    """Today's question, unless it was answered: one asked after midnight may be, for yesterday."""
    open_ask = asks.open_ask(conn, chat.chat_id, DAILY, now)
    if open_ask is None or answers.option_of(conn, open_ask.ask_id, chat.chat_id) is not None:
        return None
    return ask.asked(bank, open_ask)


def _saver_ends(schedule: Schedule, chat: Chat, now: datetime) -> datetime:
    """A reminder held up by anything is not sent in quiet hours, unless the person chose them."""
    end = day_end(local_day(now, chat.time_zone), chat.time_zone)
    if is_quiet(schedule.next_at, chat.time_zone):
        return end
    local = now.astimezone(chat.time_zone)
    quiet = local.replace(hour=QUIET_FROM.hour, minute=QUIET_FROM.minute, second=0, microsecond=0)
    return min(end, quiet.astimezone(now.tzinfo))
