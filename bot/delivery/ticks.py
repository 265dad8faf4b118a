"""The ticks: APScheduler says when to look, never what a person's hour is."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

# One run at a time; runs that were missed are made up for by one; none is ever dropped as late.
_JOBS: Final = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Ticks:
    """Runs coroutines at intervals; one that fails is logged and runs again at the next."""

    def __init__(self, jobs: Mapping[str, tuple[float, Callable[[], Awaitable[object]]]]) -> None:
        """`jobs` maps a name to (seconds between runs, what to run)."""
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=_JOBS)
        for name, (seconds, job) in jobs.items():
            self._scheduler.add_job(_safe(name, job), "interval", seconds=seconds, id=name)

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """No more ticks; one that runs now is left to end."""
        self._scheduler.shutdown(wait=False)


def _safe(name: str, job: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await job()
        except Exception:
            log.exception("the %s tick failed", name)

    return run
