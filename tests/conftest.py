"""What every test may ask for. No test reaches beyond this machine."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.bank.load import Bank
from tests import engines
from tests.stage import Person, Stage, playing, shipped_bank

_connect = socket.socket.connect


def _connect_here(self: socket.socket, address: Any) -> Any:
    host = address[0] if isinstance(address, tuple) else "localhost"
    if host not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"a test wants to reach {address}")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network is impossible."""
    monkeypatch.setattr(socket.socket, "connect", _connect_here)


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The shipped questions."""
    return shipped_bank()


@pytest.fixture
async def stage(bank: Bank, tmp_path: Path) -> AsyncIterator[Stage]:
    """Sandbox and bot on a fresh SQLite file."""
    async with playing(bank, engines.new_database("sqlite", tmp_path), tmp_path) as running:
        yield running


@pytest.fixture
def alice(stage: Stage) -> Person:
    """English, in London until she says otherwise."""
    return stage.person("alice")
