"""Inserting what may be there already, with one statement for both engines."""

import pytest
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database, insert_new, insert_or_change

metadata = MetaData()
people = Table("test_people", metadata, Column("id", Integer, primary_key=True))
marks = Table(
    "test_marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("test_people.id"), nullable=False),
    Column("order", String, nullable=False),  # a reserved word, so that quoting is seen
    Column("note", String),
    UniqueConstraint("person", "order"),
)
ADD = insert_new(marks)
ADD_AND_TELL = insert_new(marks).returning(marks.c.id, marks.c.note)
PUT = insert_or_change(marks, key=["person", "order"], change=["note"])
FIRST = {"person": 1, "order": "a", "note": "old"}


@pytest.fixture
async def marked(database: Database) -> Database:
    """A database with one person, and one mark of theirs."""

    def prepare(conn: Connection) -> None:
        metadata.create_all(conn)
        conn.execute(people.insert(), {"id": 1})
        conn.execute(ADD, FIRST)

    await database.write(prepare)
    return database


async def notes(database: Database) -> list[str]:
    return await database.read(
        lambda conn: list(conn.scalars(select(marks.c.note).order_by(marks.c.id)))
    )


async def test_rowcount_tells_whether_the_row_is_new(marked: Database) -> None:
    def add(conn: Connection, order: str) -> int:
        return conn.execute(ADD, FIRST | {"order": order, "note": "new"}).rowcount

    assert await marked.write(add, "b") == 1
    assert await marked.write(add, "b") == 0
    assert await marked.write(add, "a") == 0
    assert await notes(marked) == ["old", "new"]


async def test_returning_gives_a_row_only_if_it_is_new(marked: Database) -> None:
    def add(conn: Connection, order: str) -> str | None:
        row = conn.execute(ADD_AND_TELL, FIRST | {"order": order}).one_or_none()
        return row and row.note

    assert await marked.write(add, "b") == "old"
    assert await marked.write(add, "b") is None


async def test_many_rows_at_once_skip_those_that_are_there(marked: Database) -> None:
    rows = [FIRST | {"order": order, "note": order} for order in "abcb"]
    await marked.write(lambda conn: conn.execute(ADD, rows) and None)
    assert await notes(marked) == ["old", "b", "c"]


async def test_many_rows_at_once_return_the_new_ones(marked: Database) -> None:
    rows = [FIRST | {"order": order, "note": order} for order in "abc"]
    found = await marked.write(lambda conn: conn.execute(ADD_AND_TELL, rows).all())
    assert {row.note for row in found} == {"b", "c"}


async def test_other_constraints_still_refuse(marked: Database) -> None:
    stranger = FIRST | {"person": 2}
    with pytest.raises(IntegrityError):
        await marked.write(lambda conn: conn.execute(ADD, stranger).rowcount)


async def test_a_taken_key_changes_the_named_columns(marked: Database) -> None:
    await marked.write(lambda conn: conn.execute(PUT, FIRST | {"note": "new"}).rowcount)
    await marked.write(lambda conn: conn.execute(PUT, FIRST | {"order": "b"}).rowcount)
    assert await notes(marked) == ["new", "old"]


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
def test_both_engines_get_the_same_words(dialect: sqlite.dialect | postgresql.dialect) -> None:
    assert str(ADD.compile(dialect=dialect)).endswith(" ON CONFLICT DO NOTHING")
    assert str(PUT.compile(dialect=dialect)).endswith(
        ' ON CONFLICT (person, "order") DO UPDATE SET note = excluded.note'
    )


def test_only_equal_clauses_share_a_compilation() -> None:
    key = ["person", "order"]
    keys = {
        statement._generate_cache_key().key
        for statement in (
            ADD,
            insert_new(marks),
            PUT,
            insert_or_change(marks, key=key, change=["note"]),
            insert_or_change(marks, key=key, change=["note", "person"]),
        )
    }
    assert len(keys) == 3
