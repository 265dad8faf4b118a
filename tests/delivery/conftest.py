"""The desk: a sender that runs between a fresh database and the sandbox."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.delivery.desk import Desk, opened


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """On SQLite, with the sender running."""
    async with opened(tmp_path) as found:
        found.start()
        yield found


@pytest.fixture
async def idle_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """On SQLite, with a sender that does not run yet."""
    async with opened(tmp_path) as found:
        yield found
