"""Planning: what falls due is sent once, in its day, at a decent hour, and never a third a day."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Connection

from bot.actions import answer, ask, plan, subscribe
from bot.actions.answer import Vote
from bot.actions.plan import Daily, Saver
from bot.bank.load import Bank
from bot.rules.streak import Ledger
from bot.store import asks, chats, schedules, users
from bot.store.chats import Chat
from bot.store.database import Database
from bot.store.schedules import DAILY, SAVER
from tests.actions.conftest import ALICE, MONDAY, start

TUESDAY = MONDAY.date() + timedelta(days=1)
RNG = random.Random(3)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """London's winter is UTC."""
    return datetime.combine(day, time(hour, minute), UTC)


def tick(conn: Connection, bank: Bank, now: datetime) -> list[Daily | Saver]:
    """What the planner would owe at `now`."""
    planned = [plan.due(conn, bank, one, now, RNG) for one in schedules.due(conn, now, 100)]
    return [one for one in planned if one]


def streak(conn: Connection, length: int, last: date, *, freezes: int = 2) -> None:
    """Give Alice a streak."""
    users.ledger_to_change(conn, ALICE)
    ledger = Ledger(streak=length, best=length, last_day=last, freezes=freezes)
    users.keep_ledger(conn, ALICE, ledger)


def run(conn: Connection, bank: Bank, until: datetime) -> Iterator[Daily | Saver]:
    """Every planner tick that matters up to `until`."""
    while (due := schedules.next_due(conn)) is not None and due <= until:
        yield from tick(conn, bank, due)


async def test_the_daily_question_leaves_once(database: Database, bank: Bank, alice: Chat) -> None:
    [planned] = await database.write(tick, bank, at(TUESDAY, 9))
    assert isinstance(planned, Daily)
    assert planned.asked.ask.day == TUESDAY
    assert await database.write(tick, bank, at(TUESDAY, 9)) == []
    known = (await database.read(schedules.of_chat, ALICE))[DAILY]
    assert known.next_day == TUESDAY + timedelta(days=1)


async def test_the_saver_carries_the_open_question(
    database: Database, bank: Bank, alice: Chat
) -> None:
    await database.write(streak, 4, MONDAY.date(), freezes=0)
    [daily] = await database.write(tick, bank, at(TUESDAY, 9))
    [saver] = await database.write(tick, bank, at(TUESDAY, 20))
    assert isinstance(saver, Saver)
    assert saver.asked.ask == daily.asked.ask
    assert (saver.standing.streak, saver.standing.freezes) == (4, 0)
    assert saver.day == TUESDAY
    assert saver.expires_at == at(TUESDAY, 22)


@pytest.mark.parametrize("length", [0, 1])
async def test_a_short_streak_has_no_saver(
    database: Database, bank: Bank, alice: Chat, length: int
) -> None:
    await database.write(streak, length, MONDAY.date())
    await database.write(tick, bank, at(TUESDAY, 9))
    assert await database.write(tick, bank, at(TUESDAY, 20)) == []


async def test_a_broken_streak_has_no_saver(database: Database, bank: Bank, alice: Chat) -> None:
    await database.write(streak, 40, MONDAY.date() - timedelta(days=3), freezes=1)
    await database.write(tick, bank, at(TUESDAY, 9))
    assert await database.write(tick, bank, at(TUESDAY, 20)) == []


async def test_an_outage_that_covers_the_day_drops_it(
    database: Database, bank: Bank, alice: Chat
) -> None:
    later = at(TUESDAY + timedelta(days=4), 8, 30)
    assert await database.write(tick, bank, later) == []
    known = (await database.read(schedules.of_chat, ALICE))[DAILY]
    assert known.next_at == at(TUESDAY + timedelta(days=4), 9)


@pytest.mark.parametrize(("hour", "sent"), [(9, 1), (15, 1), (21, 1), (22, 0), (23, 0)])
async def test_a_late_question_comes_by_day_only(
    database: Database, bank: Bank, alice: Chat, hour: int, sent: int
) -> None:
    planned = await database.write(tick, bank, at(TUESDAY, hour, 30))
    assert len([p for p in planned if isinstance(p, Daily)]) == sent


async def test_an_hour_at_night_is_kept_for_whoever_chose_it(
    database: Database, bank: Bank, alice: Chat
) -> None:
    await database.write(subscribe.set_hour, alice, DAILY, time(23, 45), MONDAY)
    await database.write(subscribe.set_hour, alice, SAVER, time(23, 55), MONDAY)
    [planned] = await database.write(tick, bank, at(MONDAY.date(), 23, 50))
    assert planned.asked.ask.day == MONDAY.date()
    await database.write(streak, 4, MONDAY.date() - timedelta(days=1))
    [saver] = await database.write(tick, bank, at(MONDAY.date(), 23, 55))
    assert isinstance(saver, Saver)
    assert saver.expires_at == at(TUESDAY, 3)


async def test_whoever_is_paused_gets_nothing_and_their_schedules_go_on(
    database: Database, bank: Bank, alice: Chat
) -> None:
    await database.write(chats.pause, ALICE, "blocked")
    assert await database.write(tick, bank, at(TUESDAY, 9)) == []
    known = (await database.read(schedules.of_chat, ALICE))[DAILY]
    assert known.active
    assert known.next_at == at(TUESDAY + timedelta(days=1), 9)


async def test_a_day_asked_for_by_hand_is_not_sent_again(
    database: Database, bank: Bank, alice: Chat
) -> None:
    await database.write(ask.daily, bank, alice, at(TUESDAY, 8, 30), RNG)
    assert await database.write(tick, bank, at(TUESDAY, 12)) == []


async def test_changing_everything_brings_no_second_question_on_a_date(
    database: Database, bank: Bank, alice: Chat
) -> None:
    zones = ("Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/London")

    def restless(conn: Connection) -> Counter[date]:
        dates: Counter[date] = Counter()
        chance, now, chat = random.Random(11), MONDAY, alice
        for _ in range(120):
            now += timedelta(minutes=chance.randrange(30, 600))
            dates.update(p.asked.ask.day for p in run(conn, bank, now) if isinstance(p, Daily))
            if chance.random() < 0.5:
                subscribe.set_hour(conn, chat, DAILY, time(chance.randrange(24)), now)
            else:
                chat = subscribe.set_zone(conn, chat, chance.choice(zones), now)
        return dates

    dates = await database.write(restless)
    assert len(dates) > 12
    assert set(dates.values()) == {1}


async def test_two_messages_a_day_are_the_most_over_months(
    database: Database, bank: Bank, alice: Chat
) -> None:
    def months(conn: Connection) -> tuple[Counter[date], list[int]]:
        sent: Counter[date] = Counter()
        streaks = []
        end = MONDAY + timedelta(days=60)
        while (now := schedules.next_due(conn)) is not None and now < end:
            for planned in tick(conn, bank, now):
                sent[now.date()] += 1
                if now.day % 5:
                    poll = f"{planned.asked.ask.ask_id} {now}"
                    asks.tie(conn, poll, planned.asked.ask.ask_id)
                    answer.record(conn, bank, alice, Vote(poll, ALICE, 0), now)
            streaks.append(users.ledger(conn, ALICE).streak)
        return sent, streaks

    sent, streaks = await database.write(months)
    assert max(sent.values()) == 2
    assert min(sent.values()) == 1
    assert len(sent) >= 59
    assert max(streaks) > 14, "freezes carry a streak over a missed day in five"


async def test_many_people_get_theirs_each_in_their_own_zone(
    database: Database, bank: Bank
) -> None:
    zones = ("Pacific/Kiritimati", "Asia/Shanghai", "Europe/London", "America/Sao_Paulo")

    def day(conn: Connection) -> list[datetime]:
        for number, zone in enumerate(zones, 1):
            start(conn, number, zone=zone)
        moments = []
        end = MONDAY + timedelta(days=1)
        while (now := schedules.next_due(conn)) is not None and now <= end:
            moments += [now for planned in tick(conn, bank, now) if isinstance(planned, Daily)]
        return moments

    moments = await database.write(day)
    assert len(moments) == 4
    assert [moment.hour for moment in moments] == [12, 19, 1, 9] or len(set(moments)) == 4


async def test_a_reminder_brings_a_fresh_question_where_todays_is_answered(
    database: Database, bank: Bank, alice: Chat
) -> None:
    # At 01:00 Tuesday's question comes early, and its answer counts for Monday.
    await database.write(subscribe.set_hour, alice, DAILY, time(1), MONDAY)
    [early] = await database.write(tick, bank, at(TUESDAY, 1))
    assert isinstance(early, Daily)
    await database.write(asks.tie, "p", early.asked.ask.ask_id)
    await database.write(streak, 5, MONDAY.date() - timedelta(days=1))
    await database.write(answer.record, bank, alice, Vote("p", ALICE, 0), at(TUESDAY, 1, 10))

    [reminder] = await database.write(tick, bank, at(TUESDAY, 20))
    assert isinstance(reminder, Saver)
    assert reminder.asked.question.slug != early.asked.question.slug
    await database.write(asks.tie, "q", reminder.asked.ask.ask_id)
    saved = await database.write(
        answer.record, bank, alice, Vote("q", ALICE, 0), at(TUESDAY, 20, 5)
    )
    assert saved is not None
    assert saved.step.ledger.streak == 7
