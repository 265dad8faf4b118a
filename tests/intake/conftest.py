"""Ticks that do not keep tests waiting."""

from __future__ import annotations

from typing import Any

import pytest

import bot.app
from bot.delivery.ticks import Ticks


@pytest.fixture
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ticks once a second ticks every 20 ms."""
    monkeypatch.setattr(
        bot.app,
        "Ticks",
        lambda jobs: Ticks({name: (seconds / 50, job) for name, (seconds, job) in jobs.items()}),
    )


@pytest.fixture
def quick_retries(quick_ticks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between tries are over before they begin."""
    from datetime import timedelta

    import bot.handlers.errors as errors
    from bot.store.database import lease_clock

    def long_ago(conn: Any) -> Any:
        return lease_clock(conn) - timedelta(hours=1)

    monkeypatch.setattr(errors, "lease_clock", long_ago)
