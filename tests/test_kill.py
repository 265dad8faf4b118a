"""kill -9 at any moment: nothing acknowledged is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import random
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.bank.load import Bank
from bot.clock import Clock
from bot.rules.day import local_day
from bot.rules.streak import Ledger
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.store import answers, chats, engines, tables, users
from bot.trial import TOKEN
from tests import books
from tests.crowd import Crowd
from tests.engines import new_database
from tests.process import Nursery, Process, nursery
from tests.stage import PATIENCE, Stage, playing

ALICE = 1001
KILLS = 50
SIZE = 48  # people
PAUSE = 0.02  # seconds between acts, on average
LIFE = (0.2, 1.2)  # seconds that a bot lives once it polls
DISTANCE = 0.05  # seconds that a response takes: something is always on its way
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


@pytest.fixture(scope="module")
def forge() -> Iterator[subprocess.Popen[str]]:
    """What bots are forked from."""
    with nursery() as ready:
        yield ready


@pytest.fixture
def home(forge: subprocess.Popen[str], sandbox: Sandbox, url: str, tmp_path: Path) -> Nursery:
    """Where bots that are going to be killed come from."""
    return Nursery(forge, sandbox, url, tmp_path)


async def test_a_kill_while_a_reply_is_on_its_way_sends_it_a_second_time_at_most(
    sandbox: Sandbox, bank: Bank, home: Nursery
) -> None:
    await _killed_over(home, "sendMessage", lambda: sandbox.world.say(ALICE, ALICE, "/help"))
    async with _after(home, bank) as stage:
        assert len(stage.person("alice").heard) == 1 + 1
        assert await stage.app.db.read(_fates) == [("sendMessage", "sent", 1)]
        assert await stage.app.db.read(_updates) == ["done"]


async def test_a_vote_in_a_quiz_whose_sender_was_killed_counts_once(
    sandbox: Sandbox, bank: Bank, home: Nursery
) -> None:
    await _killed_over(home, "sendPoll", lambda: sandbox.world.say(ALICE, ALICE, "/daily"))
    async with _after(home, bank) as stage:
        alice = stage.person("alice")
        original, copy = alice.polls
        await alice.votes(right=True, message=original)
        await alice.votes(right=False, message=copy)
        assert len(alice.heard) == 2 + 2  # one post for the two of them, and a word on the second
        assert "first answer counts" in alice.last_text
        assert await stage.app.db.read(_options) == [0]


async def test_a_vote_cast_while_the_bot_is_dead_counts_though_the_poll_was_never_told(
    sandbox: Sandbox, bank: Bank, home: Nursery
) -> None:
    await _killed_over(home, "sendPoll", lambda: sandbox.world.say(ALICE, ALICE, "/daily"))
    poll = next(iter(sandbox.world.polls.values()))
    sandbox.world.vote(ALICE, poll.id, poll.correct)
    async with _after(home, bank) as stage:
        assert await stage.app.db.read(_options) == [0]


async def test_a_kill_over_a_changed_button_changes_it_again(
    sandbox: Sandbox, bank: Bank, home: Nursery
) -> None:
    async with playing(bank, home.url, home.folder, sandbox.clock, sandbox) as stage:
        alice = stage.person("alice")
        await alice.says("/daily")
        await alice.votes(right=True)
        post = alice.last
    save = post["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await _killed_over(
        home,
        "editMessageReplyMarkup",
        lambda: sandbox.world.press(ALICE, ALICE, post["message_id"], save),
    )
    async with _after(home, bank) as stage:
        assert (await stage.app.db.read(_fates))[-1] == ("editMessageReplyMarkup", "sent", 1)
        assert len(stage.person("alice").heard) == 2
        assert await stage.app.db.read(answers.saved_by, ALICE, 9)


async def test_updates_whose_response_met_a_dead_bot_are_asked_for_again(
    sandbox: Sandbox, bank: Bank, home: Nursery
) -> None:
    sandbox.faults.add("getUpdates", Fault.stall(60))
    bot = await home.start()
    sandbox.world.say(ALICE, ALICE, "/help")
    await asyncio.sleep(0.2)  # the response is made, and waits
    await bot.kill()
    assert sandbox.world.mail.pending
    async with _after(home, bank) as stage:
        assert len(stage.person("alice").heard) == 1
        assert await stage.app.db.read(_updates) == ["done"]


async def test_updates_handled_but_never_acknowledged_are_not_handled_again(
    sandbox: Sandbox, bank: Bank, home: Nursery
) -> None:
    bot = await home.start()
    sandbox.faults.add("getUpdates", Fault.reset_before(), times=None)
    sandbox.world.say(ALICE, ALICE, "/help")
    await _until(lambda: "sendMessage" in [call.method for call in sandbox.log])
    await bot.kill()
    sandbox.faults.clear()
    assert sandbox.world.mail.pending
    async with _after(home, bank) as stage:
        assert not sandbox.world.mail.pending
        assert 1 <= len(stage.person("alice").heard) <= 2  # two if it was killed over the reply
        assert await stage.app.db.read(_updates) == ["done"]


async def _killed_over(home: Nursery, method: str, act: Callable[[], object]) -> None:
    """Kill a bot when `method` has taken effect and its response is still to come."""
    sandbox = home.sandbox
    bot = await home.start()
    sandbox.faults.add(method, Fault.stall(60))
    act()
    await _until(lambda: not sandbox.faults.queue)
    await asyncio.sleep(0.05)
    await bot.kill()


@asynccontextmanager
async def _after(home: Nursery, bank: Bank) -> AsyncIterator[Stage]:
    """The next bot, in this process, with all that was left behind done; it owns the clock, so
    that nobody has to wait for the second look at what was in doubt."""
    sandbox = home.sandbox
    async with playing(bank, home.url, home.folder, sandbox.clock, sandbox) as stage:
        await stage.settled()
        yield stage


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not done():
            await asyncio.sleep(0.005)


def _fates(conn: Connection) -> list[tuple[str, str, int]]:
    return [(row.method, row.state, row.doubts) for row in books.rows(conn, tables.outbox)]


def _updates(conn: Connection) -> list[str]:
    return [row.state for row in books.rows(conn, tables.inbox)]


def _options(conn: Connection) -> list[int]:
    return [row.option for row in books.rows(conn, tables.answers)]


async def test_fifty_kills_under_load_lose_nothing_and_double_nothing(
    sandbox: Sandbox, bank: Bank, home: Nursery
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    crowd = Crowd.gather(sandbox.world, dice, SIZE)
    seeds = await asyncio.to_thread(engines.visit, home.url, _settle_in, crowd, dice, sandbox.clock)
    first = sandbox.world.mail.next_id
    for method in ("sendMessage", "sendPoll", "editMessageReplyMarkup"):
        sandbox.faults.add(method, Fault.stall(DISTANCE), times=None)
    began = time.monotonic()
    await _live_and_die(home, crowd, dice)
    sandbox.faults.clear()
    print(f"{KILLS} kills in {time.monotonic() - began:.0f} s")
    async with _after(home, bank) as stage:
        states = await stage.app.db.read(_check, crowd, seeds, sandbox, bank, first)
    print(f"{sandbox.world.mail.next_id - first} updates, messages: {dict(states)}")
    assert len(crowd.votes) > SIZE
    assert states["doubts"], "no kill has met a message on its way"


def _settle_in(
    conn: Connection, crowd: Crowd, dice: random.Random, clock: Clock
) -> dict[int, Ledger]:
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


async def _live_and_die(home: Nursery, crowd: Crowd, dice: random.Random) -> None:
    await (await home.start()).kill()  # it has said which updates it wants
    load = asyncio.create_task(crowd.act(PAUSE))
    try:
        for kill in range(KILLS):
            async with _brought_up(home, early=kill % 5 == 0) as bot:
                await asyncio.sleep(dice.uniform(*(BIRTH if kill % 5 == 0 else LIFE)))
                bot.check()
            assert not load.done(), load
    finally:
        load.cancel()
        await asyncio.wait([load])


@asynccontextmanager
async def _brought_up(home: Nursery, *, early: bool) -> AsyncIterator[Process]:
    """A bot that polls, or, if `early`, one that is about to; killed at the end."""
    bot = home.launch() if early else await home.start()
    try:
        yield bot
    finally:
        await bot.kill()


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
    return books.check_outbox(conn, crowd, sandbox.world)
