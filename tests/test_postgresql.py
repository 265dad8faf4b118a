"""PostgreSQL for whoever outgrows one machine: the same bot, and several of it at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bank.load import Bank
from bot.sandbox.server import Sandbox
from bot.store import inbox, outbox, users
from bot.trial import TOKEN
from tests import engines
from tests.stage import monday_morning, playing


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """A fresh PostgreSQL database with the product's tables."""
    address = engines.new_database("postgresql", tmp_path)
    yield address
    engines.drop_database(address)


async def test_a_conversation_goes_as_it_does_on_sqlite(
    bank: Bank, url: str, tmp_path: Path
) -> None:
    async with playing(bank, url, tmp_path) as stage:
        alice = stage.person("alice")
        await alice.sets_up()
        await alice.votes(right=True)
        assert alice.last_text.endswith("🔥 Day 1.")
        await stage.wait(days=1)
        await alice.votes(right=False)
        assert alice.last_text.endswith("🔥 Day 2.")
        await stage.wait(days=2)
        assert any("freeze" in poll["poll"]["description"] for poll in alice.polls)


async def test_two_replicas_share_the_work_and_double_nothing(
    bank: Bank, url: str, tmp_path: Path
) -> None:
    clock = monday_morning()
    sandbox = Sandbox(clock, token=TOKEN, companions=False)
    await sandbox.start()
    try:
        async with (
            playing(bank, url, tmp_path, clock, sandbox) as one,
            playing(bank, url, tmp_path, clock, sandbox) as other,
        ):
            people = [one.person(name) for name in ("alice", "boris", "carla", "li")]
            for person in people:
                await person.says("/daily")
            for person in people:
                await person.votes(right=True)
            await asyncio.gather(one.app.planner.tick(), other.app.planner.tick())
            await one.settled()
            for person in people:
                assert len(person.polls) == 1
                assert len(person.heard) == 2
                ledger = await one.app.db.read(users.ledger, person.id)
                assert ledger.streak == 1
            assert set(await one.app.db.read(outbox.counts)) == {"sent"}
            assert set(await one.app.db.read(inbox.counts)) == {"done"}
    finally:
        await sandbox.stop()


async def test_another_replica_takes_over_when_the_poller_stops(
    bank: Bank, url: str, tmp_path: Path
) -> None:
    clock = monday_morning()
    sandbox = Sandbox(clock, token=TOKEN, companions=False)
    await sandbox.start()
    try:
        async with playing(bank, url, tmp_path, clock, sandbox) as stage:
            await stage.person("alice").says("/daily")
        async with playing(bank, url, tmp_path, clock, sandbox) as stage:
            alice = stage.person("alice")
            await alice.votes(right=True)
            assert alice.last_text.endswith("🔥 Day 1.")
    finally:
        await sandbox.stop()
