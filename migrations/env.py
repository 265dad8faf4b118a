"""How Alembic reaches a database: on a connection of its own, without foreign keys on SQLite, where
rebuilding a table would delete every row that refers to it. One transaction for all that is due.

A new migration: `alembic -x url=sqlite:///scratch.db upgrade head`, then the same with
`revision --autogenerate -m "what changes"`.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.store import engines
from bot.store.columns import UtcDateTime
from bot.store.tables import metadata

LOCK = 0x6461696C79  # any number nobody else on the server uses for its advisory locks


def migrate(connection: Connection) -> None:
    """Run what is due; two replicas that start at once do it one after the other."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=render,
    )
    context.run_migrations()
    if connection.dialect.name == "sqlite":
        refuse_orphans(connection)


def render(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """How a generated migration writes our own column type."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogenerate.imports.add("from bot.store.columns import UtcDateTime")
        return "UtcDateTime()"
    return False


def refuse_orphans(connection: Connection) -> None:
    """Foreign keys were off: fail, and take everything back, if a migration broke one."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise CommandError(f"a migration leaves rows of {broken[0]} without the {broken[2]} row")


def url() -> str:
    """The database's address: from the program, or from the command line."""
    given = context.config.attributes.get("url") or context.get_x_argument(as_dictionary=True).get(
        "url"
    )
    if not given:
        raise CommandError("which database? alembic -x url=sqlite:///file.db ...")
    return str(given)


engines.visit(url(), migrate)
