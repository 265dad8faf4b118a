"""Fixtures of the actions' tests: a database on each engine in turn, and a person who started."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from bot.actions import subscribe
from bot.store import chats
from bot.store.chats import Chat
from bot.store.database import Database
from tests.store.conftest import database as database
from tests.store.conftest import url as url

ALICE = 1001
MONDAY = datetime(2027, 3, 1, 10, tzinfo=UTC)  # 10:00 in London, no change of clocks near


def start(
    conn: Connection,
    person: int = ALICE,
    *,
    zone: str = "Europe/London",
    level: str | None = None,
    now: datetime = MONDAY,
) -> Chat:
    """Somebody who has just set up, at 09:00 and 20:00."""
    chat = chats.meet(conn, person, type="private", language="en", zone=zone, now=now)
    subscribe.set_level(conn, chat, level)
    return subscribe.begin(conn, chat, now)


@pytest.fixture
def rng() -> random.Random:
    """The same chance every time."""
    return random.Random(7)


@pytest.fixture
async def alice(database: Database) -> Chat:
    """A person in London who started on a Monday at 10:00."""
    return await database.write(start)
