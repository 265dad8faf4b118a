"""A hot statement does on every engine, in every kind of connection, what the plain one does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store import engines
from bot.store.database import Database, insert_new
from bot.store.hot import Hot
from bot.store.tables import calendar, chats, days, users
from tests.engines import ENGINES, Engine, new_database

NOW = datetime(2026, 11, 21, 10, 30, 0, 123456, tzinfo=UTC)
TODAY = date(2026, 11, 21)
CHAT = {"chat_id": 7, "type": "private", "language": "en", "zone": "UTC", "created_at": NOW}

ADD = Hot(insert_new(chats))
GET = Hot(
    select(chats.c.created_at, chats.c.paused, chats.c.chat_id).where(
        chats.c.chat_id == bindparam("chat")
    )
)
PAUSE = Hot(
    update(chats)
    .where(chats.c.chat_id == bindparam("chat"), chats.c.paused.is_(None))
    .values(paused="stopped", started_at=bindparam("started"))
    .returning(chats.c.started_at)
)


@pytest.fixture(params=ENGINES)
async def db(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    engine: Engine = request.param
    database = Database.open(new_database(engine, tmp_path))
    yield database
    await database.close()


async def test_rows_come_back_with_their_types(db: Database) -> None:
    def work(conn: Connection) -> object:
        assert GET.one(conn, {"chat": 7}) is None
        assert ADD.count(conn, CHAT) == 1
        return GET.one(conn, {"chat": 7})

    assert await db.write(work) == (NOW, None, 7)
    assert await db.read(lambda conn: GET.one(conn, {"chat": 7})) == (NOW, None, 7)


async def test_the_count_says_how_many_rows_were_met(db: Database) -> None:
    counts = await db.write(lambda conn: [ADD.count(conn, CHAT) for _ in range(3)])
    assert counts == [1, 0, 0]


async def test_a_change_that_returns_its_row_is_done_when_it_returns(db: Database) -> None:
    def work(conn: Connection) -> list[object]:
        ADD.count(conn, CHAT)
        return [PAUSE.one(conn, {"chat": 7, "started": NOW}) for _ in range(2)]

    assert await db.write(work) == [(NOW,), None]
    assert await db.read(lambda conn: GET.one(conn, {"chat": 7})) == (NOW, "stopped", 7)


async def test_what_a_hot_statement_did_is_taken_back_with_its_unit(db: Database) -> None:
    def work(conn: Connection) -> None:
        ADD.count(conn, CHAT)
        raise LookupError

    with pytest.raises(LookupError):
        await db.write(work)
    assert await db.read(lambda conn: GET.one(conn, {"chat": 7})) is None


async def test_dates_and_defaults_of_the_table_work(db: Database) -> None:
    add_person = Hot(insert_new(users))
    add_day = Hot(insert_new(days))
    get = Hot(select(days.c.day, users.c.freezes).join(users))

    def work(conn: Connection) -> object:
        add_person.count(conn, {"person_id": 7})
        add_day.count(conn, {"person_id": 7, "day": TODAY, "how": "answered"})
        return get.one(conn, {})

    assert await db.write(work) == (TODAY, 2)


async def test_a_naive_moment_is_refused_as_ever(db: Database) -> None:
    naive = CHAT | {"created_at": NOW.replace(tzinfo=None)}
    with pytest.raises(ValueError, match="no time zone"):
        await db.write(ADD.count, naive)


def test_without_a_transaction_it_leaves_beginning_one_to_sqlalchemy(tmp_path: Path) -> None:
    file = engines.sqlite_file(new_database("sqlite", tmp_path))
    add = Hot(insert(calendar))
    engine = engines.sqlite_writer(file)
    row = {"day": TODAY, "slug": "relu"}
    with engine.connect() as conn:
        add.count(conn, row)  # begins
        conn.rollback()
        add.count(conn, row)  # nothing was kept, so this is no double
        with pytest.raises(IntegrityError):
            conn.execute(insert(calendar), row)
    engine.dispose()
