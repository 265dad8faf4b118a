"""Health and figures, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import Received
from bot.web import Health, Site
from tests import engines

NOW = datetime(2031, 3, 3, 10, tzinfo=UTC)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database.open(engines.new_database("sqlite", tmp_path))
    yield opened
    await opened.close()


@pytest.fixture
async def site(db: Database) -> AsyncIterator[Site]:
    found = Site("127.0.0.1", 0, Health(db).routes())
    await found.start()
    yield found
    await found.stop()


async def get(site: Site, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{site.port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_living_process_says_so(site: Site) -> None:
    assert await get(site, "/livez") == (200, "ok\n")
    assert await get(site, "/readyz") == (200, "ok\n")


async def test_there_is_nothing_else_to_see(site: Site) -> None:
    assert (await get(site, "/"))[0] == 404


async def test_without_its_tables_it_is_alive_but_not_ready(tmp_path: Path) -> None:
    empty = Database.open(engines.empty_database("sqlite", tmp_path))
    site = Site("127.0.0.1", 0, Health(empty).routes())
    await site.start()
    assert (await get(site, "/livez"))[0] == 200
    status, words = await get(site, "/readyz")
    assert (status, words) == (503, "the database: OperationalError\n")
    assert (await get(site, "/metrics"))[0] == 503
    await site.stop()
    await empty.close()


async def test_the_figures_count_rows_by_state(site: Site, db: Database) -> None:
    updates = [Received(number, 1, "{}") for number in range(3)]
    await db.write(inbox.add, updates, owner="me", now=NOW, lease_from=NOW)
    await db.write(inbox.finish, 1)
    status, text = await get(site, "/metrics")
    assert status == 200
    assert text.splitlines() == [
        "# TYPE dailygrad_inbox_rows gauge",
        'dailygrad_inbox_rows{state="done"} 1',
        'dailygrad_inbox_rows{state="waiting"} 2',
        "# TYPE dailygrad_outbox_rows gauge",
    ]


async def test_a_port_that_is_taken_is_an_error(site: Site, db: Database) -> None:
    second = Site("127.0.0.1", site.port, Health(db).routes())
    with pytest.raises(OSError, match="in use"):
        await second.start()
    await second.stop()
