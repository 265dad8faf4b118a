"""The books after a crowd has been served: what the database says against what the crowd did.

The expectations are worked out from the sandbox's side and from the rules; of the bot's own
tables only the moment at which an update was received is taken for granted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Table, select

from bot.bank.load import Bank
from bot.bank.pick import decode
from bot.rules.day import local_day
from bot.rules.streak import Ledger, after_answer
from bot.sandbox.cast import BOT_ID
from bot.sandbox.formatting import from_html
from bot.sandbox.world import World
from bot.store import users
from bot.store.tables import answers, asks, chats, inbox, items, outbox, polls, saved
from tests.crowd import Crowd, Voted, content

Key = tuple[object, ...]


@dataclass(frozen=True)
class Counted:
    """A vote that had to count: canonical option, and the person's own day when it arrived."""

    vote: Voted
    ask_id: int
    slug: str
    option: int
    day: date


def check_inbox(conn: Connection, first_id: int, world: World) -> None:
    """Every update that Telegram numbered is there once, handled at the first attempt."""
    assert not world.mail.pending
    found = rows(conn, inbox)
    assert [row.update_id for row in found] == list(range(first_id, world.mail.next_id))
    assert {(row.state, row.tries) for row in found} == {("done", 0)}


def count_votes(conn: Connection, crowd: Crowd, bank: Bank) -> list[Counted]:
    """The votes that had to count: each person's first in an ask, in the order of the updates."""
    received = {row.update_id: row.received_at for row in rows(conn, inbox)}
    zones = {row.chat_id: ZoneInfo(row.zone) for row in rows(conn, chats)}
    tied = {row.poll_id: row.ask_id for row in rows(conn, polls)}
    known = {row.ask_id: row for row in rows(conn, asks)}
    taken: set[tuple[int, int]] = set()
    answered: set[tuple[int, object]] = set()
    counted = []
    for vote in sorted(crowd.votes, key=lambda vote: vote.update_id):
        ask = known[tied[vote.poll.id]]
        if (vote.person, ask.ask_id) in taken:
            assert (vote.person, content(vote.poll)) in answered, "it was no copy"
            continue
        shown = decode(ask.shown)
        options = bank.questions[ask.slug].text[ask.language].options
        assert ask.chat_id == vote.person
        assert vote.poll.options == [options[number] for number in shown]
        taken.add((vote.person, ask.ask_id))
        answered.add((vote.person, content(vote.poll)))
        day = local_day(received[vote.update_id], zones[vote.person])
        counted.append(Counted(vote, ask.ask_id, ask.slug, shown[vote.option], day))
    return counted


def check_answers(conn: Connection, counted: list[Counted]) -> None:
    """Each counted vote is one answer: option, day, and whether it was the first to the question.

    The tally of every question is the sum of its first answers.
    """
    seen: set[tuple[int, str]] = set()
    expected = []
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for vote in counted:
        person, slug = vote.vote.person, vote.slug
        first = (person, slug) not in seen
        seen.add((person, slug))
        expected.append((vote.ask_id, person, slug, vote.option, first, vote.day))
        if first:
            tally[slug][0] += 1
            tally[slug][1] += vote.option == 0
    found = [tuple(row)[:6] for row in rows(conn, answers)]
    assert sorted(found) == sorted(expected)
    assert {r.slug: [r.firsts, r.rights] for r in rows(conn, items)} == tally


def check_streaks(
    conn: Connection, crowd: Crowd, seeds: Mapping[int, Ledger], votes: list[Counted]
) -> None:
    """Every ledger is what the rules make of the person's days, from where they stood before."""
    model = {person: seeds.get(person, Ledger()) for person in crowd.people}
    for vote in votes:
        person = vote.vote.person
        model[person] = after_answer(model[person], vote.day).ledger
    assert {person: users.ledger(conn, person) for person in crowd.people} == model


def check_saved(conn: Connection, crowd: Crowd) -> None:
    """An odd number of presses on "save" keeps a question, an even one does not."""
    odd = {key for key, presses in crowd.saves.items() if presses % 2}
    assert {(row.person_id, row.slug) for row in rows(conn, saved)} == odd


def check_outbox(conn: Connection, crowd: Crowd, world: World) -> Counter[str]:
    """Every owed message is there and was sent, or is visible as unknown; how many of each state.

    In the chats each stands once; one whose fate was once in doubt twice at most.
    """
    found = rows(conn, outbox)
    # Each vote is owed a reply: the first in a question the post, one in its copy a word.
    assert len(found) == crowd.replies_owed.total() + len(crowd.votes)
    assert {row.state for row in found} <= {"sent", "unknown", "cancelled"}
    least: Counter[Key] = Counter()
    most: Counter[Key] = Counter()
    for row in found:
        assert (row.state == "sent") or row.doubts, f"{row} is not explained"
        if row.method.startswith("send"):
            assert row.state != "sent" or world.find(row.chat_id, row.message_id)
            key = _owed(row)
            least[key] += row.state == "sent"
            most[key] += 2 if row.doubts else 1
    stands = Counter(key for person in crowd.people for key in _standing(world, person))
    assert stands.keys() <= most.keys()
    odd = [key for key in most if not least[key] <= stands[key] <= most[key]]
    assert not odd, [(key, least[key], stands[key], most[key]) for key in odd]
    return Counter(row.state for row in found) + Counter(doubts=sum(r.doubts > 0 for r in found))


def rows(conn: Connection, table: Table) -> list[Row[tuple[object, ...]]]:
    """A whole table in the order of its key."""
    return list(conn.execute(select(table).order_by(*table.primary_key)))


def _owed(row: Row[tuple[object, ...]]) -> Key:
    """What a message shows, from what was to be sent."""
    params = json.loads(row.params)
    if row.method == "sendPoll":
        return (row.chat_id, params["question"], *(option["text"] for option in params["options"]))
    return row.chat_id, from_html(params["text"]).text


def _standing(world: World, person: int) -> list[Key]:
    """What the bot's messages in a chat show."""
    said = [message for message in world.in_chat(person) if message.sender == BOT_ID]
    quizzes = {m.poll: world.polls[m.poll] for m in said if m.poll}
    return [
        (person, quizzes[m.poll].question, *quizzes[m.poll].options) if m.poll else (person, m.text)
        for m in said
    ]
