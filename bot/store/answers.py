"""Answers: one person's choice in an ask, and what each question's first answers add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, literal, select, update

from bot.store.database import insert_new
from bot.store.hot import Hot
from bot.store.tables import answers, items, reports, saved

_ADD = Hot(insert_new(answers))
_ANY = Hot(
    select(literal(1))
    .where(answers.c.person_id == bindparam("person"), answers.c.slug == bindparam("slug"))
    .limit(1)
)
_OPTION = select(answers.c.option).where(
    answers.c.ask_id == bindparam("ask_id"), answers.c.person_id == bindparam("person")
)
_COUNT = Hot(select(items.c.firsts, items.c.rights).where(items.c.slug == bindparam("slug_")))
_ADD_ITEM = insert_new(items)
_BUMP = Hot(
    update(items)
    .where(items.c.slug == bindparam("slug_"))
    .values(firsts=items.c.firsts + 1, rights=items.c.rights + bindparam("right"))
    .returning(items.c.firsts, items.c.rights)
)
_SAVED = Hot(
    select(literal(1)).where(
        saved.c.person_id == bindparam("person"), saved.c.slug == bindparam("slug")
    )
)


@dataclass(frozen=True)
class Tally:
    """First answers to a question and how many of them were right."""

    firsts: int = 0
    rights: int = 0


def is_first(conn: Connection, person: int, slug: str) -> bool:
    """Whether the person has never answered this question before."""
    return _ANY.one(conn, {"person": person, "slug": slug}) is None


def add(
    conn: Connection,
    *,
    ask_id: int,
    person: int,
    slug: str,
    option: int,
    first: bool,
    day: date,
    now: datetime,
) -> bool:
    """Keep an answer; False if this person has answered this ask before."""
    row = {
        "ask_id": ask_id,
        "person_id": person,
        "slug": slug,
        "option": option,
        "is_first": first,
        "day": day,
        "answered_at": now,
    }
    return _ADD.count(conn, row) == 1


def option_of(conn: Connection, ask_id: int, person: int) -> int | None:
    """The option that the person chose in this ask."""
    values = {"ask_id": ask_id, "person": person}
    return conn.execute(_OPTION, values).scalar_one_or_none()


def tally(conn: Connection, slug: str) -> Tally:
    """What the first answers to the question add up to."""
    row = _COUNT.one(conn, {"slug_": slug})
    return Tally(*row) if row else Tally()


def count_first(conn: Connection, slug: str, *, right: bool) -> Tally:
    """Count one more first answer; what they add up to now."""
    values = {"slug_": slug, "right": int(right)}
    row = _BUMP.one(conn, values)
    if row is None:
        conn.execute(_ADD_ITEM, {"slug": slug, "firsts": 0, "rights": 0})
        row = _BUMP.one(conn, values)
        assert row is not None
    return Tally(*row)


def toggle_saved(conn: Connection, person: int, slug: str, now: datetime) -> bool:
    """Save the question for the person, or forget it if it was saved; whether it is saved now."""
    row = {"person_id": person, "slug": slug, "saved_at": now}
    if conn.execute(insert_new(saved), row).rowcount == 1:
        return True
    conn.execute(delete(saved).where(saved.c.person_id == person, saved.c.slug == slug))
    return False


def saved_by(conn: Connection, person: int, most: int) -> list[str]:
    """The questions that the person saved, newest first, at most `most`."""
    query = select(saved.c.slug).where(saved.c.person_id == person)
    return list(conn.scalars(query.order_by(saved.c.saved_at.desc()).limit(most)))


def is_saved(conn: Connection, person: int, slug: str) -> bool:
    """Whether the person has saved the question."""
    return _SAVED.one(conn, {"person": person, "slug": slug}) is not None


def report(conn: Connection, person: int, slug: str, now: datetime) -> bool:
    """Note that the person finds fault with the question; False if they said so before."""
    row = {"person_id": person, "slug": slug, "reported_at": now}
    return conn.execute(insert_new(reports), row).rowcount == 1
