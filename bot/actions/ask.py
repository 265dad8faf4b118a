"""Asking: which question a chat gets, and the ask that remembers it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.bank.load import Bank
from bot.bank.pick import encode, order
from bot.bank.question import Kind, Question
from bot.rules import calendar
from bot.rules.day import day_end, local_day, next_fire
from bot.store import asks, schedules
from bot.store.asks import Ask
from bot.store.chats import Chat
from bot.store.schedules import DAILY

EXTRA: Final = "extra"
# A poll lives 5 s at least and 2,628,000 s at most; somebody who asks at 02:59 shall have time.
LEAST_OPEN: Final = timedelta(minutes=10)
LEAST_LEFT: Final = timedelta(minutes=2)  # with less a poll is as good as closed


@dataclass(frozen=True)
class Asked:
    """A question and the ask that shows it; `topic` is the topic's title in the ask's language."""

    ask: Ask
    question: Question
    topic: str


def asked(bank: Bank, ask: Ask) -> Asked | None:
    """The ask with its question; None if that question has left the bank."""
    question = bank.get(ask.slug)
    if question is None:
        return None
    return Asked(ask, question, bank.topics[question.topic][ask.language])


def daily(conn: Connection, bank: Bank, chat: Chat, now: datetime, rng: random.Random) -> Asked:
    """Today's question for the chat: the open one if there is one, else a new ask."""
    if still := _still_open(conn, bank, chat, now):
        return still
    day = local_day(now, chat.time_zone)
    served = not schedules.deliver(conn, kind=DAILY, chat_id=chat.chat_id, day=day, now=now)
    # The planner may have been quicker by a moment: then its ask is there to see by now.
    if served and (still := _still_open(conn, bank, chat, now)):
        return still
    _move_on(conn, chat, day, now)
    return scheduled(conn, bank, chat, day, now, rng)


def _still_open(conn: Connection, bank: Bank, chat: Chat, now: datetime) -> Asked | None:
    """The open ask of the day, if there is time left to answer it."""
    open_ask = asks.open_ask(conn, chat.chat_id, DAILY, now + LEAST_LEFT)
    return asked(bank, open_ask) if open_ask else None


def _move_on(conn: Connection, chat: Chat, day: date, now: datetime) -> None:
    """The day's question is served by hand: the schedule neither repeats nor announces it."""
    waiting = schedules.of_chat(conn, chat.chat_id).get(DAILY)
    if waiting and waiting.next_day == day:
        schedules.move(conn, waiting, next_fire(now, waiting.at, chat.time_zone, last=day))


def scheduled(
    conn: Connection, bank: Bank, chat: Chat, day: date, now: datetime, rng: random.Random
) -> Asked:
    """The question of the local date `day`, open until that day's end."""
    slug = question_for(conn, bank, chat, day, rng)
    return show(conn, bank, chat, slug, kind=DAILY, day=day, now=now, rng=rng)


def another(conn: Connection, bank: Bank, chat: Chat, now: datetime, rng: random.Random) -> Asked:
    """A question for a day whose own is answered or missing: unseen ones first."""
    slug = _pick(conn, chat, bank.questions.values(), rng)
    day = local_day(now, chat.time_zone)
    return show(conn, bank, chat, slug, kind=DAILY, day=day, now=now, rng=rng)


def extra(
    conn: Connection, bank: Bank, chat: Chat, topic: str, now: datetime, rng: random.Random
) -> Asked | None:
    """One more question of a topic: unseen ones first; None if the topic has none."""
    questions = bank.of_topic(topic)
    if not _levels(questions):
        return None
    slug = _pick(conn, chat, questions, rng)
    day = local_day(now, chat.time_zone)
    return show(conn, bank, chat, slug, kind=EXTRA, day=day, now=now, rng=rng)


def question_for(conn: Connection, bank: Bank, chat: Chat, day: date, rng: random.Random) -> str:
    """The slug for a chat on a day: everybody's question, or a personal pick by level."""
    if chat.level is None:
        return of_the_day(conn, bank, day, rng)
    return _pick(conn, chat, bank.questions.values(), rng)


def of_the_day(conn: Connection, bank: Bank, day: date, rng: random.Random) -> str:
    """Everybody's question for `day`, chosen and written down on first need."""
    known = asks.slug_of_day(conn, day)
    if known is not None and known in bank.questions:
        return known
    levels = _levels(bank.questions.values())
    slug = calendar.choose(day, levels, asks.days_by_slug(conn), rng)
    if known is not None:  # its question has left the bank: another one for everybody
        return asks.exchange_for_day(conn, day, known, slug)
    return asks.choose_for_day(conn, day, slug)


def show(
    conn: Connection,
    bank: Bank,
    chat: Chat,
    slug: str,
    *,
    kind: str,
    day: date,
    now: datetime,
    rng: random.Random,
) -> Asked:
    """A new ask of the question `slug`, its options shuffled, open until the end of `day`."""
    question = bank.questions[slug]
    ask = asks.add(
        conn,
        chat_id=chat.chat_id,
        slug=slug,
        kind=kind,
        day=day,
        language=chat.language,
        shown=encode(order(question, rng)),
        closes_at=max(day_end(day, chat.time_zone), now + LEAST_OPEN),
        now=now,
    )
    return Asked(ask, question, bank.topics[question.topic][ask.language])


def _pick(conn: Connection, chat: Chat, questions: Iterable[Question], rng: random.Random) -> str:
    """One of the questions for this chat: unseen before seen, the chat's level first."""
    return calendar.pick(_levels(questions), asks.seen(conn, chat.chat_id), chat.level, rng)


def _levels(questions: Iterable[Question]) -> dict[str, str]:
    return {q.slug: str(q.level) for q in questions if q.kind is Kind.CHOICE}
