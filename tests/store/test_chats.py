"""Chats: met once, paused with all they have, and moved to another id."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, select

from bot.rules.day import Fire
from bot.store import asks, chats, outbox, schedules
from bot.store import tables as t
from bot.store.chats import Chat
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.store.schedules import DAILY, SAVER

NOW = datetime(2031, 3, 3, 10, tzinfo=UTC)
DAY = date(2031, 3, 3)
OLD, NEW = -4001, -1002000000001


def meet(conn: Connection, chat_id: int, now: datetime = NOW, language: str = "en") -> Chat:
    return chats.meet(conn, chat_id, type="group", language=language, zone="UTC", now=now)


def settle_in(conn: Connection) -> None:
    """A group with a row in every table that names it."""
    meet(conn, OLD)
    chats.change(conn, OLD, language="zh", zone="Asia/Shanghai", started_at=NOW)
    schedules.put(conn, OLD, DAILY, time(7), Fire(NOW, DAY), active=True)
    schedules.deliver(conn, kind=DAILY, chat_id=OLD, day=DAY, now=NOW)
    ask = asks.add(
        conn,
        chat_id=OLD,
        slug="relu",
        kind=DAILY,
        day=DAY,
        language="zh",
        shown="0123",
        closes_at=NOW + timedelta(days=1),
        now=NOW,
    )
    row = Owed(OLD, 0, "sendPoll", "{}", NOW, ask_id=ask.ask_id)
    outbox.add(conn, [row], NOW)


def homes(conn: Connection) -> dict[str, set[int]]:
    """Which chats each table names."""
    named = (t.schedules, t.deliveries, t.asks, t.outbox, t.chats)
    return {table.name: set(conn.scalars(select(table.c.chat_id))) for table in named}


async def test_a_chat_is_met_once_and_keeps_what_was_set(database: Database) -> None:
    assert (await database.write(meet, OLD)).language == "en"
    await database.write(chats.change, OLD, language="pt")
    met_again = await database.write(meet, OLD, NOW, "ru")
    assert met_again.language == "pt"
    assert not met_again.is_private
    assert await database.read(chats.get, NEW) is None


async def test_a_pause_says_why_and_leaves_the_schedules_as_they_were(database: Database) -> None:
    await database.write(settle_in)
    before = await database.read(schedules.of_chat, OLD)
    await database.write(chats.pause, OLD, "kicked")
    assert await database.read(schedules.of_chat, OLD) == before
    chat = await database.read(chats.get, OLD)
    assert chat is not None
    assert chat.paused == "kicked"


async def test_a_migration_moves_every_table(database: Database) -> None:
    await database.write(settle_in)
    assert await database.write(chats.migrate, OLD, NEW)
    assert set(map(frozenset, (await database.read(homes)).values())) == {frozenset({NEW})}
    moved = await database.read(chats.get, NEW)
    assert moved is not None
    assert (moved.type, moved.language, moved.zone) == ("supergroup", "zh", "Asia/Shanghai")
    assert moved.started_at == NOW


async def test_a_migration_that_was_made_before_changes_nothing(database: Database) -> None:
    await database.write(settle_in)
    assert await database.write(chats.migrate, OLD, NEW)
    assert not await database.write(chats.migrate, OLD, NEW)


async def test_what_the_new_id_was_met_with_gives_way(database: Database) -> None:
    await database.write(settle_in)

    def strange(conn: Connection) -> None:
        meet(conn, NEW, NOW + timedelta(seconds=1))
        schedules.put(conn, NEW, DAILY, time(9), Fire(NOW, DAY), active=True)
        schedules.put(conn, NEW, SAVER, time(20), Fire(NOW, DAY), active=True)
        schedules.deliver(conn, kind=DAILY, chat_id=NEW, day=DAY, now=NOW)

    await database.write(strange)
    await database.write(chats.migrate, OLD, NEW)
    moved = await database.read(chats.get, NEW)
    assert moved is not None
    assert moved.language == "zh"
    found = await database.read(schedules.of_chat, NEW)
    assert {kind: schedule.at for kind, schedule in found.items()} == {
        DAILY: time(7),
        SAVER: time(20),
    }


async def test_an_old_id_met_again_after_the_move_takes_nothing_back(database: Database) -> None:
    await database.write(settle_in)
    await database.write(chats.migrate, OLD, NEW)
    await database.write(meet, OLD, NOW + timedelta(seconds=1))
    assert await database.write(chats.migrate, OLD, NEW)
    moved = await database.read(chats.get, NEW)
    assert moved is not None
    assert (moved.language, moved.started_at) == ("zh", NOW)
    assert await database.read(chats.get, OLD) is None
