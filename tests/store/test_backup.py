"""Backups: a whole copy of a database in use, and a way back that never makes things worse."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.refusal import Refusal
from bot.store import chats
from bot.store.backup import backup, restore
from bot.store.database import Database, DatabaseBusy
from tests import engines

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)


def meet(conn: Connection, person: int) -> None:
    """One more row."""
    chats.meet(conn, person, type="private", language="en", zone="UTC", now=NOW)


@pytest.fixture
def lite(tmp_path: Path) -> str:
    """A SQLite database with the product's tables."""
    return engines.new_database("sqlite", tmp_path)


async def people(url: str) -> list[int]:
    """Who is in the database."""
    database = Database.open(url)
    try:
        found = [n for n in range(1, 60) if await database.read(chats.get, n)]
    finally:
        await database.close()
    return found


async def test_there_and_back(lite: str, tmp_path: Path) -> None:
    database = Database.open(lite)
    await database.write(meet, 1)
    backup(lite, tmp_path / "copy.db")  # while it runs, its log not yet in the file
    await database.write(meet, 2)
    await database.close()
    restore(lite, tmp_path / "copy.db")
    assert await people(lite) == [1]


async def test_writing_goes_on_during_a_backup(lite: str, tmp_path: Path) -> None:
    database = Database.open(lite)
    for number in range(1, 40):
        await database.write(meet, number)
        if number % 10 == 0:
            backup(lite, tmp_path / f"{number}.db")
    await database.close()
    restore(lite, tmp_path / "30.db")
    assert await people(lite) == list(range(1, 31))


async def test_a_running_bot_is_not_restored_under(lite: str, tmp_path: Path) -> None:
    backup(lite, tmp_path / "copy.db")
    database = Database.open(lite)
    await database.write(meet, 1)
    with pytest.raises(DatabaseBusy, match="Stop that one"):
        restore(lite, tmp_path / "copy.db")
    await database.close()
    assert await people(lite) == [1]


@pytest.mark.parametrize("name", ["a?b.db", "a#b.db", "100%41.db", "a b&c.db", "день.db"])
async def test_any_file_name_will_do(lite: str, tmp_path: Path, name: str) -> None:
    database = Database.open(lite)
    await database.write(meet, 7)
    await database.close()
    backup(lite, tmp_path / name)
    away = f"sqlite:///{tmp_path / 'other' / 'new.db'}"
    restore(away, tmp_path / name)
    assert await people(away) == [7]


def damaged(tmp_path: Path, lite: str, how: str) -> Path:
    """A file that is no sound backup of ours."""
    file = tmp_path / "bad.db"
    if how == "cut short":
        backup(lite, file)
        os.truncate(file, file.stat().st_size // 2)
    elif how == "overwritten":
        backup(lite, file)
        with file.open("r+b") as stream:
            stream.seek(4096)
            stream.write(b"\x55" * 60_000)
    elif how == "another program's":
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE bookmarks (url)")
        other.close()
    elif how == "a folder":
        file.mkdir()
    else:
        file.write_bytes(b"" if how == "empty" else b"x" * 5000)
    return file


@pytest.mark.parametrize(
    "how", ["cut short", "overwritten", "empty", "no database", "another program's", "a folder"]
)
async def test_a_bad_backup_is_refused_and_nothing_is_touched(
    lite: str, tmp_path: Path, how: str
) -> None:
    database = Database.open(lite)
    await database.write(meet, 1)
    await database.close()
    with pytest.raises(Refusal, match=r"bad\.db"):
        restore(lite, damaged(tmp_path, lite, how))
    assert await people(lite) == [1]
    assert not [name for name in os.listdir(tmp_path) if "restored" in name]


def ruin(file: Path) -> None:
    """Neither the database nor its log is readable any more."""
    file.write_bytes(b"damaged" * 1000)
    file.with_name(f"{file.name}-wal").write_bytes(b"old log" * 1000)


async def test_a_damaged_database_is_what_restoring_is_for(lite: str, tmp_path: Path) -> None:
    database = Database.open(lite)
    await database.write(meet, 1)
    backup(lite, tmp_path / "copy.db")
    await database.close()
    ruin(Path(lite.removeprefix("sqlite:///")))
    restore(lite, tmp_path / "copy.db")
    assert await people(lite) == [1]


def test_what_is_there_is_never_overwritten(lite: str, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(Refusal, match="exists already"):
        backup(lite, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


@pytest.mark.parametrize("place", ["file/copy.db", "nowhere/copy.db"])
def test_a_place_that_cannot_be_written_is_told_so(lite: str, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match=r"copy\.db cannot be written"):
        backup(lite, tmp_path / place)


def test_nothing_to_copy_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There is no database at"):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "copy.db")
    with pytest.raises(Refusal, match="There is no backup at"):
        restore(f"sqlite:///{tmp_path}/none.db", tmp_path / "copy.db")
    assert os.listdir(tmp_path) == []


def test_postgresql_has_tools_of_its_own(tmp_path: Path) -> None:
    for work in (backup, restore):
        with pytest.raises(Refusal, match="pg_dump"):
            work("postgresql://u:p@h/n", tmp_path / "copy.db")
