"""Brings a database to the tables this program knows, by one migration history for both engines."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

import bot
from bot.refusal import Refusal
from bot.store import engines


class NewerDatabase(Refusal):
    """The database was written by a version of this program that knows more tables."""


def upgrade(url: str, *, to: str = "head") -> None:
    """Bring the database to the newest tables (`to` names another revision), all or nothing.

    Safe when two start at once: on PostgreSQL the second waits and finds nothing to do, on SQLite
    it gets DatabaseBusy. Raises NewerDatabase. Blocks; not for the event loop's thread.
    """
    _migrate(url, command.upgrade, to)


def downgrade(url: str, *, to: str) -> None:
    """Go back to a revision, `base` being the empty database; what newer tables held is lost."""
    _migrate(url, command.downgrade, to)


def revision(url: str) -> tuple[str | None, str | None]:
    """The revision the database is at (none: empty) and the newest one this program knows.

    Blocks; not for the event loop's thread. Never creates a SQLite file.
    """
    newest = ScriptDirectory.from_config(_config(url)).get_current_head()
    if engines.dialect_of(url) == "sqlite" and not engines.sqlite_file(url).exists():
        return None, newest
    return engines.visit(url, _current), newest


def refuse_newer(at: str | None) -> None:
    """Raise NewerDatabase if `at` is a revision that this program does not know."""
    script = ScriptDirectory(str(migrations_dir()))
    if at is not None and at not in {known.revision for known in script.walk_revisions()}:
        raise NewerDatabase(
            f"The database is at revision {at}, which this version of dailygrad does not know: "
            "a newer version wrote it. Install that version again, or restore the backup taken "
            "before it."
        )


def migrations_dir() -> Path:
    """Where the migrations are: inside the installed package, or beside it in a checkout."""
    package = Path(bot.__file__).parent
    packaged = package / "_data" / "migrations"
    return packaged if packaged.is_dir() else package.parent / "migrations"


def _migrate(url: str, direction: Callable[[Config, str], None], to: str) -> None:
    config = _config(url)
    with _alone(url):
        try:
            direction(config, to)
        except CommandError:
            refuse_newer(engines.visit(url, _current))
            raise


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """Keep a running bot off its SQLite file; on PostgreSQL migrations/env.py takes a lock."""
    if engines.dialect_of(url) == "postgresql":
        yield
        return
    lock = engines.lock(engines.sqlite_file(url))
    try:
        yield
    finally:
        os.close(lock)


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
