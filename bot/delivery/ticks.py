"""The ticks: APScheduler says when to look, never what a person's hour is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC
from functools import partial
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
        self._running: set[asyncio.Future[object]] = set()
        for name, (seconds, job) in jobs.items():
            run = partial(self._run, name, job)
            self._scheduler.add_job(run, "interval", seconds=seconds, id=name)

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """No more ticks; one that runs now is waited for."""
        self._scheduler.pause()
        if self._running:
            await asyncio.wait(self._running)
        self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, job: Callable[[], Awaitable[object]]) -> None:
        work = asyncio.ensure_future(job())
        self._running.add(work)
        try:
            # Shielded: APScheduler, when it stops, cancels its jobs in whatever they are doing.
            await asyncio.shield(work)
        except Exception:
            log.exception("the %s tick failed", name)
        finally:
            self._running.discard(work)
