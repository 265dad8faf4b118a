"""Backups of an embedded database: a whole copy, taken while the bot runs or not."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from bot.refusal import Refusal
from bot.store import engines


def backup(url: str, to: Path) -> None:
    """Copy the database to a new file; readers and the writer go on meanwhile."""
    source = _embedded(url)
    if not source.exists():
        raise Refusal(f"There is no database at {source}.")
    if to.exists():
        raise Refusal(f"{to} exists already; name a new file.")
    _copy(source, to)


def restore(url: str, file: Path) -> None:
    """Put a backup in the place of the database; the bot must not run. Raises DatabaseBusy.

    The old database stays until the copy is whole, and need not be readable itself.
    """
    target = _embedded(url)
    if not file.exists():
        raise Refusal(f"There is no backup at {file}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = engines.lock(target)
    draft = target.with_name(f"{target.name}.restored")
    try:
        draft.unlink(missing_ok=True)
        _copy(file, draft)
        # The old log first: SQLite would play it back into the new database.
        for log in ("-wal", "-shm"):
            target.with_name(f"{target.name}{log}").unlink(missing_ok=True)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        os.close(lock)


def _embedded(url: str) -> Path:
    if engines.dialect_of(url) != "sqlite":
        raise Refusal("That is PostgreSQL's own affair: use pg_dump and pg_restore.")
    return engines.sqlite_file(url)


def _copy(source: Path, target: Path) -> None:
    """A consistent copy by SQLite's backup API, of a sound database of ours only."""
    with contextlib.closing(_opened(source)) as old:
        _examine(old, source)
        try:
            with contextlib.closing(sqlite3.connect(target)) as new:
                old.backup(new)
        except sqlite3.OperationalError as error:
            raise Refusal(f"{target} cannot be written: {error}.") from error


def _opened(source: Path) -> sqlite3.Connection:
    # As an address with escapes: a "?" or "#" in the name would end it.
    address = f"{source.resolve().as_uri()}?mode=ro"
    try:
        return sqlite3.connect(address, uri=True)
    except sqlite3.OperationalError as error:
        raise Refusal(f"{source} cannot be read: {error}.") from error


def _examine(old: sqlite3.Connection, source: Path) -> None:
    try:
        verdict = old.execute("PRAGMA quick_check").fetchone()[0]
        ours = old.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    except sqlite3.DatabaseError as error:
        raise Refusal(f"{source} is not a sound database: {error}.") from error
    if verdict != "ok":
        raise Refusal(f"{source} is damaged: {verdict}.")
    if not ours:
        raise Refusal(f"{source} is not a database of dailygrad.")
