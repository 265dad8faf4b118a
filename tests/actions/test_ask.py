"""Which question a chat gets: over a fortnight, by level, again on the same day, and from a bank
that loses questions."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.actions import ask
from bot.bank.load import Bank
from bot.bank.pick import decode
from bot.rules.day import day_end
from bot.store import asks, schedules
from bot.store.chats import Chat
from bot.store.database import Database
from tests.actions.conftest import MONDAY, start


def without(bank: Bank, *slugs: str) -> Bank:
    """The bank after an author took questions out."""
    left = {slug: q for slug, q in bank.questions.items() if slug not in slugs}
    return replace(bank, questions=left)


def days(conn: Connection, bank: Bank, count: int, rng: random.Random) -> list[str]:
    """The questions of so many days in a row."""
    first = MONDAY.date()
    return [ask.of_the_day(conn, bank, first + timedelta(days=n), rng) for n in range(count)]


async def test_a_fortnight_goes_from_easy_to_hard_twice(
    database: Database, bank: Bank, rng: random.Random
) -> None:
    slugs = await database.write(days, bank, 14, rng)
    levels = [str(bank.questions[slug].level) for slug in slugs]
    for week in (0, 7):
        assert levels[week] == "beginner"
        assert levels[week + 4] == "advanced"
        assert "advanced" not in levels[week : week + 2]


async def test_nothing_repeats_until_the_bank_is_used_up(
    database: Database, bank: Bank, rng: random.Random
) -> None:
    size = len(bank)
    slugs = await database.write(days, bank, 2 * size, rng)
    assert len(set(slugs[:size])) == size
    assert slugs[size:] == slugs[:size], "then the one that waited longest"


async def test_the_day_has_one_question_whoever_asks_first(
    database: Database, bank: Bank, rng: random.Random
) -> None:
    def meet(conn: Connection) -> set[str]:
        people = [start(conn, number) for number in (1, 2, 3)]
        return {ask.daily(conn, bank, chat, MONDAY, rng).question.slug for chat in people}

    assert len(await database.write(meet)) == 1


async def test_asked_twice_it_is_the_same_ask(
    database: Database, bank: Bank, alice: Chat, rng: random.Random
) -> None:
    first = await database.write(ask.daily, bank, alice, MONDAY, rng)
    again = await database.write(ask.daily, bank, alice, MONDAY + timedelta(hours=9), rng)
    assert again.ask == first.ask
    assert sorted(decode(first.ask.shown)) == [0, 1, 2, 3]


async def test_asking_by_hand_serves_the_day(
    database: Database, bank: Bank, alice: Chat, rng: random.Random
) -> None:
    early = MONDAY + timedelta(days=1, hours=-2)  # Tuesday, an hour before it is due
    asked = await database.write(ask.daily, bank, alice, early, rng)
    known = (await database.read(schedules.of_chat, alice.chat_id))["daily"]
    assert known.next_day == asked.ask.day + timedelta(days=1)
    assert await database.read(schedules.delivered, alice.chat_id, asked.ask.day) == 1


async def test_a_question_asked_late_stays_open_for_ten_minutes(
    database: Database, bank: Bank, alice: Chat, rng: random.Random
) -> None:
    end = day_end(MONDAY.date(), alice.time_zone)
    asked = await database.write(ask.daily, bank, alice, end - timedelta(seconds=5), rng)
    assert asked.ask.day == MONDAY.date()
    assert asked.ask.closes_at == end - timedelta(seconds=5) + ask.LEAST_OPEN


async def test_a_question_that_left_the_bank_is_replaced_for_whoever_asks(
    database: Database, bank: Bank, alice: Chat, rng: random.Random
) -> None:
    first = await database.write(ask.daily, bank, alice, MONDAY, rng)
    gone = first.question.slug
    smaller = without(bank, gone)
    assert ask.asked(smaller, first.ask) is None
    second = await database.write(ask.daily, smaller, alice, MONDAY + timedelta(hours=1), rng)
    assert second.question.slug != gone
    day = await database.read(asks.slug_of_day, MONDAY.date())
    assert day == second.question.slug, "everybody gets the same other one"


async def test_a_level_brings_unseen_questions_of_that_level_first(
    database: Database, bank: Bank, rng: random.Random
) -> None:
    def weeks(conn: Connection) -> list[str]:
        chat = start(conn, level="advanced")
        found = []
        for n in range(len(bank)):
            now = MONDAY + timedelta(days=n)
            found.append(ask.daily(conn, bank, chat, now, rng).question.slug)
        return found

    slugs = await database.write(weeks)
    hard = sum(q.level == "advanced" for q in bank.questions.values())
    assert all(bank.questions[slug].level == "advanced" for slug in slugs[:hard])
    assert len(set(slugs)) == len(bank)


async def test_more_of_a_topic_prefers_what_was_not_seen(
    database: Database, bank: Bank, alice: Chat, rng: random.Random
) -> None:
    topic = max(bank.topics, key=lambda name: len(bank.of_topic(name)))
    size = len(bank.of_topic(topic))

    def several(conn: Connection) -> list[str]:
        found = []
        for n in range(size):
            now = MONDAY + timedelta(minutes=n)
            asked = ask.extra(conn, bank, alice, topic, now, rng)
            assert asked is not None
            found.append(asked.question.slug)
        return found

    slugs = await database.write(several)
    assert len(set(slugs)) == size
    assert {bank.questions[slug].topic for slug in slugs} == {topic}


async def test_an_unknown_topic_has_no_question(
    database: Database, bank: Bank, alice: Chat, rng: random.Random
) -> None:
    assert await database.write(ask.extra, bank, alice, "alchemy", MONDAY, rng) is None


async def test_west_of_the_date_line_it_is_another_day(
    database: Database, bank: Bank, rng: random.Random
) -> None:
    def far(conn: Connection) -> tuple[date, date]:
        west = start(conn, 1, zone="Pacific/Pago_Pago")
        east = start(conn, 2, zone="Pacific/Kiritimati")
        now = MONDAY + timedelta(hours=3, minutes=30)  # 02:30 there on Monday, 03:30 on Tuesday
        return (
            ask.daily(conn, bank, west, now, rng).ask.day,
            ask.daily(conn, bank, east, now, rng).ask.day,
        )

    west, east = await database.write(far)
    assert east - west == timedelta(days=2)
