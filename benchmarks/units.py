"""How many answers a second the database takes in: the runner's transaction for a vote (inbox row
finished, chat read, vote recorded with streak and tally, answer post owed), without Telegram.

All votes are queued at once on a fresh SQLite file with synchronous=FULL, so that the writer may
put up to 50 of them into a transaction; each is its person's first answer to the question. Printed:
units a second over several runs of so many votes.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.actions import answer, ask
from bot.actions.answer import Vote
from bot.bank.load import Bank
from bot.clock import Clock
from bot.delivery.outbox import owe
from bot.messages import daily
from bot.messages.press import Signer
from bot.service import load_bank, spare_collections, upgrade
from bot.settings import Settings
from bot.store import asks, chats, inbox
from bot.store.database import Database
from bot.store.inbox import Received

GOAL = 2000  # units a second


async def measure(*, votes: int = 5000) -> float:
    """Units a second."""
    with tempfile.TemporaryDirectory(prefix="dailygrad-") as folder:
        settings = Settings(data_dir=Path(folder))
        bank = load_bank(settings)
        await asyncio.to_thread(upgrade, settings)
        db = Database.open(settings.database)
        try:
            now = Clock().now()
            await db.write(_prepare, bank, votes, now)
            spare_collections()
            signer = Signer(bytes(32))
            began = time.perf_counter()
            await asyncio.gather(*(db.write(_unit, bank, n, signer) for n in range(1, votes + 1)))
            return votes / (time.perf_counter() - began)
        finally:
            await db.close()


def _prepare(conn: Connection, bank: Bank, votes: int, now: datetime) -> None:
    """So many people with an open quiz, and so many votes in the inbox."""
    dice = random.Random(1)
    for number in range(1, votes + 1):
        chat = chats.meet(
            conn, number, type="private", language="en", zone="Europe/London", now=now
        )
        asked = ask.daily(conn, bank, chat, now, dice)
        asks.tie(conn, str(number), asked.ask.ask_id)
    received = [Received(number, number, "{}") for number in range(1, votes + 1)]
    inbox.add(conn, received, owner="benchmark", now=now, lease_from=now)


def _unit(conn: Connection, bank: Bank, number: int, signer: Signer) -> None:
    """What the runner's transaction does for a vote."""
    now = inbox.finish(conn, number)
    chat = chats.get(conn, number)
    assert now
    assert chat
    answered = answer.record(conn, bank, chat, Vote(str(number), number, number % 4), now)
    assert answered
    post = daily.answer_post(answered, chat)
    owe(conn, number, [post], sign=signer.for_person(number), now=now)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    found = sorted(asyncio.run(measure(votes=args.votes)) for _ in range(args.runs))
    print(f"{args.votes} answers queued at once, {args.runs} runs, units a second:")
    print(f"  least {found[0]:.0f}, median {found[len(found) // 2]:.0f}, most {found[-1]:.0f}")
    print(f"  goal: {GOAL}")


if __name__ == "__main__":
    main()
