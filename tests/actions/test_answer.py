"""Answering: once per ask, by the day of the moment, first answers counted, lost polls found."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from bot.actions import answer, ask, streak, subscribe
from bot.actions.answer import Answered, UnknownPoll, Vote
from bot.bank.load import Bank
from bot.store import answers, asks, outbox, users
from bot.store.chats import Chat
from bot.store.database import Database, insert_new
from bot.store.outbox import Owed
from bot.store.tables import outages
from bot.store.tables import outbox as outbox_table
from tests.actions.conftest import MONDAY, start


def show(conn: Connection, bank: Bank, chat: Chat, now: datetime, poll: str) -> asks.Ask:
    """Today's question in a poll of that id."""
    shown = ask.daily(conn, bank, chat, now, random.Random(1)).ask
    asks.tie(conn, poll, shown.ask_id)
    return shown


def vote(
    conn: Connection, bank: Bank, chat: Chat, now: datetime, *, option: int = 0
) -> Answered | None:
    """Show the day's question and answer it."""
    poll = f"{chat.chat_id} {now.date()}"
    show(conn, bank, chat, now, poll)
    return answer.record(conn, bank, chat, Vote(poll, chat.chat_id, option), now)


async def test_the_option_is_the_canonical_one(database: Database, bank: Bank, alice: Chat) -> None:
    shown = await database.write(show, bank, alice, MONDAY, "p")
    place = shown.shown.index("0")
    answered = await database.write(
        answer.record, bank, alice, Vote("p", alice.chat_id, place), MONDAY
    )
    assert answered is not None
    assert answered.is_right
    assert await database.read(answers.option_of, shown.ask_id, alice.chat_id) == 0


async def test_an_ask_is_answered_once_over_all_its_polls(
    database: Database, bank: Bank, alice: Chat
) -> None:
    shown = await database.write(show, bank, alice, MONDAY, "p")
    await database.write(asks.tie, "copy", shown.ask_id)
    first = Vote("p", alice.chat_id, 1)
    assert await database.write(answer.record, bank, alice, first, MONDAY)
    for poll in ("p", "copy"):
        again = Vote(poll, alice.chat_id, 0)
        assert await database.write(answer.record, bank, alice, again, MONDAY) is None
    assert (await database.read(answers.tally, shown.slug)).firsts == 1


async def test_days_in_a_row_add_up_and_a_gap_costs_a_freeze(
    database: Database, bank: Bank, alice: Chat
) -> None:
    def days(conn: Connection) -> list[tuple[int, int, int]]:
        told = []
        for n in (0, 1, 2, 4, 5, 9):
            answered = vote(conn, bank, alice, MONDAY + timedelta(days=n))
            assert answered is not None
            step = answered.step
            told.append((step.ledger.streak, len(step.frozen), step.broken))
        return told

    assert await database.write(days) == [
        (1, 0, 0),
        (2, 0, 0),
        (3, 0, 0),
        (4, 1, 0),
        (5, 0, 0),
        (1, 0, 5),
    ]


async def test_twenty_to_one_at_night_is_still_yesterday(
    database: Database, bank: Bank, alice: Chat
) -> None:
    late = MONDAY.replace(hour=0, minute=40) + timedelta(days=1)
    await database.write(vote, bank, alice, late)
    ledger = await database.read(users.ledger, alice.chat_id)
    assert ledger.last_day == MONDAY.date()
    assert await database.read(users.has_answered, alice.chat_id, MONDAY.date())


async def test_zones_gain_nothing(database: Database, bank: Bank, alice: Chat) -> None:
    def around(conn: Connection) -> int:
        chat = alice
        for n, zone in enumerate(("Pacific/Kiritimati", "Pacific/Pago_Pago") * 3):
            chat = subscribe.set_zone(conn, chat, zone, MONDAY)
            vote(conn, bank, chat, MONDAY + timedelta(minutes=n))
            poll = f"extra {n}"
            more = ask.extra(conn, bank, chat, "activations", MONDAY, random.Random(n))
            assert more is not None
            asks.tie(conn, poll, more.ask.ask_id)
            answer.record(conn, bank, chat, Vote(poll, chat.chat_id, 0), MONDAY)
        return users.ledger(conn, chat.chat_id).streak

    assert await database.write(around) == 1


async def test_an_outage_spares_its_days(database: Database, bank: Bank, alice: Chat) -> None:
    def weeks(conn: Connection) -> Answered | None:
        vote(conn, bank, alice, MONDAY)
        down = {
            "started_at": MONDAY + timedelta(hours=20),
            "ended_at": MONDAY + timedelta(days=5, hours=4),
        }
        conn.execute(insert_new(outages), down)
        return vote(conn, bank, alice, MONDAY + timedelta(days=6))

    answered = await database.write(weeks)
    assert answered is not None
    assert answered.step.ledger.streak == 2
    assert len(answered.step.spared) == 5
    assert answered.step.ledger.freezes == 2


async def test_a_short_outage_spares_nothing(database: Database, bank: Bank, alice: Chat) -> None:
    def weeks(conn: Connection) -> Answered | None:
        vote(conn, bank, alice, MONDAY)
        noon = MONDAY + timedelta(days=1)
        down = {"started_at": noon, "ended_at": noon + timedelta(hours=3, minutes=59)}
        conn.execute(insert_new(outages), down)
        return vote(conn, bank, alice, MONDAY + timedelta(days=2))

    answered = await database.write(weeks)
    assert answered is not None
    assert len(answered.step.frozen) == 1


async def test_looking_changes_nothing(database: Database, bank: Bank, alice: Chat) -> None:
    await database.write(vote, bank, alice, MONDAY)
    later = MONDAY + timedelta(days=3)
    ledger, stand = await database.read(streak.look, alice, later)
    assert stand.freezes == 0
    assert stand.streak == 1
    assert ledger == await database.read(users.ledger, alice.chat_id)


async def test_only_first_answers_are_counted(database: Database, bank: Bank, alice: Chat) -> None:
    slug = (await database.write(show, bank, alice, MONDAY, "p")).slug
    await database.write(answer.record, bank, alice, Vote("p", alice.chat_id, 0), MONDAY)

    def again(conn: Connection) -> Answered | None:
        more = ask.show(
            conn,
            bank,
            alice,
            slug,
            kind=ask.EXTRA,
            day=MONDAY.date(),
            now=MONDAY,
            rng=random.Random(2),
        )
        asks.tie(conn, "q", more.ask.ask_id)
        return answer.record(conn, bank, alice, Vote("q", alice.chat_id, 1), MONDAY)

    answered = await database.write(again)
    assert answered is not None
    assert answered.tally.firsts == 1
    assert not answered.step.counted


@pytest.mark.parametrize(
    ("firsts", "rights", "share"), [(29, 29, None), (30, 30, 100), (31, 0, 0), (40, 13, 32)]
)
async def test_the_share_waits_for_thirty_first_answers(
    database: Database,
    bank: Bank,
    alice: Chat,
    firsts: int,
    rights: int,
    share: int | None,
) -> None:
    answered = await database.write(vote, bank, alice, MONDAY)
    assert answered is not None
    assert replace(answered, tally=answers.Tally(firsts, rights)).share_right == share


async def test_a_vote_in_an_unknown_poll_is_refused(
    database: Database, bank: Bank, alice: Chat
) -> None:
    with pytest.raises(UnknownPoll):
        await database.write(answer.record, bank, alice, Vote("?", alice.chat_id, 0), MONDAY)
    assert await database.read(users.ledger, alice.chat_id) == users.Ledger()


async def test_a_poll_whose_id_was_never_told_is_the_one_in_doubt(
    database: Database, bank: Bank, alice: Chat
) -> None:
    def lose(conn: Connection) -> asks.Ask:
        shown = ask.daily(conn, bank, alice, MONDAY, random.Random(1)).ask
        owed = Owed(alice.chat_id, 2, "sendPoll", "{}", MONDAY, ask_id=shown.ask_id)
        outbox.add(conn, [owed], MONDAY)
        conn.execute(update(outbox_table).values(doubts=1))
        return shown

    shown = await database.write(lose)
    vote_ = Vote("never told", alice.chat_id, 2)
    assert await database.write(answer.record, bank, alice, vote_, MONDAY)
    assert await database.read(asks.of_poll, "never told") == shown


async def test_a_question_that_left_the_bank_cannot_be_answered(
    database: Database, bank: Bank, alice: Chat
) -> None:
    shown = await database.write(show, bank, alice, MONDAY, "p")
    left = {slug: q for slug, q in bank.questions.items() if slug != shown.slug}
    with pytest.raises(UnknownPoll):
        await database.write(
            answer.record,
            replace(bank, questions=left),
            alice,
            Vote("p", alice.chat_id, 0),
            MONDAY,
        )


async def test_an_option_that_was_not_shown_is_refused(
    database: Database, bank: Bank, alice: Chat
) -> None:
    await database.write(show, bank, alice, MONDAY, "p")
    for option in (-1, 4, 99):
        with pytest.raises(UnknownPoll):
            await database.write(
                answer.record, bank, alice, Vote("p", alice.chat_id, option), MONDAY
            )


async def test_a_forwarded_poll_counts_for_whoever_votes(
    database: Database, bank: Bank, alice: Chat
) -> None:
    await database.write(show, bank, alice, MONDAY, "p")
    boris = await database.write(start, 1002, zone="Europe/Moscow")
    answered = await database.write(answer.record, bank, boris, Vote("p", 1002, 0), MONDAY)
    assert answered is not None
    assert (await database.read(users.ledger, 1002)).streak == 1
    assert (await database.read(users.ledger, alice.chat_id)).streak == 0


async def test_a_vote_heard_of_late_counts_for_the_day_of_its_poll(
    database: Database, bank: Bank, alice: Chat
) -> None:
    shown = await database.write(show, bank, alice, MONDAY, "p")
    heard = MONDAY + timedelta(hours=18)  # 04:00 on Tuesday: the bot was away over the night
    answered = await database.write(answer.record, bank, alice, Vote("p", alice.chat_id, 0), heard)
    assert answered is not None
    assert answered.step.ledger.last_day == shown.day == MONDAY.date()


async def test_of_two_lost_polls_a_vote_is_for_the_one_not_answered_yet(
    database: Database, bank: Bank, alice: Chat
) -> None:
    older = await database.write(show, bank, alice, MONDAY, "told")
    newer = (await database.write(ask.another, bank, alice, MONDAY, random.Random(2))).ask

    def lose(conn: Connection) -> None:
        for lost in (older, newer):
            owed = Owed(alice.chat_id, 0, "sendPoll", "{}", MONDAY, ask_id=lost.ask_id)
            outbox.add(conn, [owed], MONDAY)
        conn.execute(update(outbox_table).values(doubts=1, state="sent"))

    await database.write(lose)
    for poll, expected in (("first", newer), ("second", older)):
        vote_ = Vote(poll, alice.chat_id, 0)
        assert await database.write(answer.record, bank, alice, vote_, MONDAY)
        assert await database.read(asks.of_poll, poll) == expected
