"""What runs every second, or for every answer, must not read whole tables: the engine says how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event

from bot.store import asks, inbox, outbox, schedules
from tests import engines

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
QUERIES: dict[str, Callable[[Connection], object]] = {
    "outbox.ready": lambda c: outbox.ready(c, NOW, least=4, most=100),
    "outbox.next_due": outbox.next_due,
    "outbox.abandoned": lambda c: outbox.abandoned(c, lease_from=NOW),
    "outbox.sent_since": lambda c: outbox.sent_since(c, NOW),
    "outbox.prune": lambda c: outbox.prune(c, NOW),
    "inbox.take": lambda c: inbox.take(c, owner="me", lease_from=NOW),
    "inbox.prune": lambda c: inbox.prune(c, NOW),
    "schedules.due": lambda c: schedules.due(c, NOW, 100),
    "schedules.next_due": schedules.next_due,
    "schedules.delivered": lambda c: schedules.delivered(c, 1, date(2026, 11, 21)),
    "asks.open_ask": lambda c: asks.open_ask(c, 1, "daily", NOW),
    "asks.untold": lambda c: asks.untold(c, 1, NOW),
    "asks.seen": lambda c: asks.seen(c, 1),
}


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[Connection]:
    """A plain connection to an empty SQLite database with the product's tables."""
    engine = create_engine(engines.new_database("sqlite", tmp_path))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_of_the_ticks_reads_a_whole_table(conn: Connection, name: str) -> None:
    steps: list[str] = []

    def explain(_conn: Any, cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        steps.extend(row[3] for row in rows)

    event.listen(conn, "before_cursor_execute", explain)
    QUERIES[name](conn)
    assert steps
    scans = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]
    assert [scan for scan in scans if "subquery" not in scan and "CONSTANT" not in scan] == []
