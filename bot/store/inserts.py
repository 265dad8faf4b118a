"""Inserts that meet an existing row in peace, in the words SQLite and PostgreSQL share, so that
such a statement can be a module constant without knowing the engine."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ClauseElement, SyntaxExtension
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal


class OnConflict(SyntaxExtension, ClauseElement):
    """The clause between VALUES and RETURNING; without `change` the existing row stays as it is."""

    _traverse_internals = [  # noqa: RUF012  (SQLAlchemy's protocol for statement caching)
        ("key", InternalTraversal.dp_string_list),
        ("change", InternalTraversal.dp_string_list),
    ]

    def __init__(self, *, key: Sequence[str] = (), change: Sequence[str] = ()) -> None:
        self.key = list(key)
        self.change = list(change)

    def apply_to_insert(self, insert_stmt: Insert) -> None:
        """Where SQLAlchemy puts this clause."""
        insert_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_values")


@compiles(OnConflict)
def _on_conflict(clause: OnConflict, compiler: SQLCompiler, **_: Any) -> str:
    quote = compiler.preparer.quote
    target = f"({', '.join(map(quote, clause.key))}) " if clause.key else ""
    if not clause.change:
        return f"ON CONFLICT {target}DO NOTHING"
    sets = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in clause.change)
    return f"ON CONFLICT {target}DO UPDATE SET {sets}"


def insert_new(table: Table) -> Insert:
    """INSERT that does nothing where a unique key is taken: `rowcount` is 1 if the row is new, else
    0; with `.returning(...)` there is a row only if it is new."""
    # inline: without it SQLAlchemy would ask for the new key, which there may not be.
    return table.insert().inline().ext(OnConflict())


def insert_or_change(table: Table, *, key: Sequence[str], change: Sequence[str]) -> Insert:
    """INSERT that, where the unique columns `key` meet an existing row, sets that row's columns
    `change` to the new values and leaves its others."""
    return table.insert().inline().ext(OnConflict(key=key, change=change))
