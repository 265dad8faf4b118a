"""Fixtures of the store's tests: fresh databases on each engine in turn, with tables or without."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from tests import engines


@pytest.fixture(params=engines.ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the product's tables, on each engine in turn."""
    address = engines.new_database(request.param, tmp_path)
    yield address
    engines.drop_database(address)


@pytest.fixture(params=engines.ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, on each engine in turn."""
    address = engines.empty_database(request.param, tmp_path)
    yield address
    engines.drop_database(address)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An open database with the product's tables, on each engine in turn."""
    opened = Database.open(url)
    yield opened
    await opened.close()
