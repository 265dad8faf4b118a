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
    """Put a backup in the place of the database; the bot must not run. Raises DatabaseBusy."""
    target = _embedded(url)
    if not file.exists():
        raise Refusal(f"There is no backup at {file}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = engines.lock(target)
    try:
        _copy(file, target)
    finally:
        os.close(lock)


def _embedded(url: str) -> Path:
    if engines.dialect_of(url) != "sqlite":
        raise Refusal("That is PostgreSQL's own affair: use pg_dump and pg_restore.")
    return engines.sqlite_file(url)


def _copy(source: Path, target: Path) -> None:
    """A consistent copy by SQLite's backup API, which also checks that it is a database."""
    with contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old:
        try:
            verdict = old.execute("PRAGMA quick_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise Refusal(f"{source} is not a sound database: {error}.") from error
        if verdict != "ok":
            raise Refusal(f"{source} is damaged: {verdict}.")
        with contextlib.closing(sqlite3.connect(target)) as new:
            old.backup(new)
