"""Answering: one choice in one ask, what it does to the streak, and what others chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.bank.load import Bank
from bot.bank.pick import decode
from bot.bank.question import Question
from bot.rules.day import dates_left_out, day_start, local_day
from bot.rules.outage import outage_days
from bot.rules.streak import Ledger, Step, after_answer
from bot.store import answers, asks, users
from bot.store.answers import Tally
from bot.store.asks import Ask
from bot.store.chats import Chat

_INSTANT: Final = timedelta(microseconds=1)
ENOUGH: Final = 30  # first answers before a share is worth telling


@dataclass(frozen=True)
class Vote:
    """A person's choice in a poll: the index of the option as shown."""

    poll_id: str
    person: int
    option: int


@dataclass(frozen=True)
class Answered:
    """What an answer did. `option` is canonical: 0 is the right one."""

    question: Question
    ask: Ask
    option: int
    step: Step
    tally: Tally
    is_saved: bool

    @property
    def is_right(self) -> bool:
        """Whether the right option was chosen."""
        return self.option == 0

    @property
    def share_right(self) -> int | None:
        """Per cent of people whose first answer was right, once enough have answered."""
        if self.tally.firsts < ENOUGH:
            return None
        return round(100 * self.tally.rights / self.tally.firsts)


class UnknownPoll(Exception):
    """A vote in a poll that carries no ask we know, or one whose question has left the bank."""


def record(conn: Connection, bank: Bank, chat: Chat, vote: Vote, now: datetime) -> Answered | None:
    """Record a vote; None if this person answered this ask before. Raises UnknownPoll."""
    ask = _ask_of(conn, chat, vote, now)
    question = bank.questions.get(ask.slug)
    shown = decode(ask.shown)
    if question is None or not 0 <= vote.option < len(shown):
        raise UnknownPoll(vote.poll_id)
    option = shown[vote.option]
    ledger = users.ledger_to_change(conn, vote.person)
    first = answers.is_first(conn, vote.person, ask.slug)
    # A vote was cast before its poll closed, however late it is heard of.
    day = local_day(min(now, ask.closes_at - _INSTANT), chat.time_zone)
    if not answers.add(
        conn,
        ask_id=ask.ask_id,
        person=vote.person,
        slug=ask.slug,
        option=option,
        first=first,
        day=day,
        now=now,
    ):
        return None
    step = count_day(conn, vote.person, ledger, day, chat.time_zone)
    tally = (
        answers.count_first(conn, ask.slug, right=option == 0)
        if first
        else answers.tally(conn, ask.slug)
    )
    is_saved = not first and answers.is_saved(conn, vote.person, ask.slug)
    return Answered(question, ask, option, step, tally, is_saved)


def count_day(conn: Connection, person: int, ledger: Ledger, day: date, zone: ZoneInfo) -> Step:
    """Let an answer on `day` move the person's streak, and note the days it settles."""
    step = after_answer(ledger, day, outages=outages_between(conn, ledger, day, zone))
    if step.counted:
        users.keep_ledger(conn, person, step.ledger)
        marked = [(day, "answered"), *((d, "frozen") for d in step.frozen)]
        users.keep_days(conn, person, [*marked, *((d, "outage") for d in step.spared)])
    return step


def outages_between(conn: Connection, ledger: Ledger, day: date, zone: ZoneInfo) -> frozenset[date]:
    """The days since the ledger's last one that nobody could have kept: the bot itself was down,
    or the zone left the date out."""
    if ledger.last_day is None or day - ledger.last_day <= timedelta(days=1):
        return frozenset()  # no gap, nothing to spare: saves the query on every ordinary answer
    since = day_start(ledger.last_day, zone)
    found = users.outages_since(conn, since)
    down = {d for start, end in found for d in outage_days(start, end, zone)}
    return frozenset(down).union(dates_left_out(ledger.last_day, day, zone))


def _ask_of(conn: Connection, chat: Chat, vote: Vote, now: datetime) -> Ask:
    if ask := asks.of_poll(conn, vote.poll_id):
        return ask
    # The response that told this poll's id was lost; in a private chat it can only be this ask.
    if ask := asks.untold(conn, vote.person, now):
        asks.tie(conn, vote.poll_id, ask.ask_id)
        return ask
    raise UnknownPoll(vote.poll_id)
