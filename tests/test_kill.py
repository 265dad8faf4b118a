"""kill -9 at any moment: nothing acknowledged is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from bot.bank.load import Bank
from bot.clock import Clock
from bot.rules.day import local_day
from bot.rules.streak import Ledger
from bot.sandbox.server import Sandbox
from bot.store import chats, engines, users
from bot.store.tables import chats as chats_table
from bot.trial import TOKEN
from tests import books
from tests.crowd import Crowd
from tests.engines import new_database
from tests.process import Process, launch, until_polling
from tests.stage import playing

KILLS = 50
SIZE = 48  # people
PAUSE = 0.02  # seconds between acts, on average
LIFE = (0.2, 1.2)  # seconds that a bot lives once it polls
BIRTH = (0.0, 0.4)  # seconds that one lives which is killed while it starts
ZONES = ("Europe/London", "Asia/Tokyo", "America/Sao_Paulo", "Pacific/Auckland", "Asia/Kolkata")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Telegram, which survives every kill. Its clock is the machine's, as the killed bots' is."""
    telegram = Sandbox(Clock(), token=TOKEN, companions=False)
    await telegram.start()
    yield telegram
    await telegram.stop()


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database that outlives the bots."""
    return new_database("sqlite", tmp_path)


async def test_fifty_kills_under_load_lose_nothing_and_double_nothing(
    sandbox: Sandbox, bank: Bank, url: str, tmp_path: Path
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    crowd = Crowd.gather(sandbox.world, dice, SIZE)
    seeds = await asyncio.to_thread(engines.visit, url, _settle_in, crowd, dice, sandbox.clock)
    first = sandbox.world.mail.next_id
    began = time.monotonic()
    await _live_and_die(sandbox, crowd, url, tmp_path, dice)
    print(f"{KILLS} kills in {time.monotonic() - began:.0f} s")
    async with playing(bank, url, tmp_path, sandbox.clock, sandbox) as stage:
        await stage.settled()
        states = await stage.app.db.read(_check, crowd, seeds, sandbox, bank, first)
    print(f"{sandbox.world.mail.next_id - first} updates, messages: {dict(states)}")
    assert len(crowd.votes) > SIZE
    assert states["doubts"], "no kill has met a message on its way"


def _settle_in(conn: Connection, crowd: Crowd, dice: random.Random, clock: Clock) -> dict[int, Ledger]:
    """Half the crowd has been here before: in some zone, with a streak, whole or frayed."""
    seeds = {}
    for person in crowd.people[::2]:
        chat = chats.meet(
            conn, person, type="private", language="en", zone=dice.choice(ZONES), now=clock.now()
        )
        today = local_day(clock.now(), chat.time_zone)
        streak = dice.randint(1, 30)
        seeds[person] = Ledger(
            streak=streak,
            best=streak + dice.randint(0, 5),
            last_day=today - timedelta(days=dice.randint(1, 5)),
            freezes=dice.randint(0, 2),
            towards_freeze=dice.randint(0, 6),
        )
        users.meet(conn, person)
        users.keep_ledger(conn, person, seeds[person])
    return seeds


async def _live_and_die(
    sandbox: Sandbox, crowd: Crowd, url: str, folder: Path, dice: random.Random
) -> None:
    spare = await launch(sandbox, url, folder, spare=True)
    load = None
    try:
        for kill in range(KILLS):
            bot, before = spare, sandbox.updates.caller
            bot.begin()
            spare = await launch(sandbox, url, folder, spare=True)
            if kill % 5 == 4:
                await asyncio.sleep(dice.uniform(*BIRTH))
            else:
                await until_polling(sandbox, bot, before)
                load = load or asyncio.create_task(crowd.act(PAUSE))
                await asyncio.sleep(dice.uniform(*LIFE))
            bot.check()
            await bot.kill()
            assert not load or not load.done(), load
    finally:
        await bot.kill()
        await spare.kill()
        if load:
            load.cancel()
            await asyncio.wait([load])


def _check(
    conn: Connection,
    crowd: Crowd,
    seeds: dict[int, Ledger],
    sandbox: Sandbox,
    bank: Bank,
    first: int,
) -> Counter[str]:
    books.check_inbox(conn, first, sandbox.world)
    counted = books.count_votes(conn, crowd, bank)
    books.check_answers(conn, counted)
    books.check_streaks(conn, crowd, seeds, counted)
    books.check_saved(conn, crowd)
    return books.check_outbox(conn, crowd, sandbox.world, counted)
