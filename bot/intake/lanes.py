"""Lanes: one update at a time for each person, many people at once. What waits here waits in the
inbox too, so nothing is lost with the memory."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.store.inbox import Received

log = logging.getLogger(__name__)

ABREAST: Final = 64  # people whose updates are handled at the same moment


@dataclass
class Lanes:
    """Runs `handle` for each update, in order within a lane. A flood fills its own lane only."""

    handle: Callable[[Received], Awaitable[None]]
    _waiting: dict[int, deque[Received]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _known: set[int] = field(default_factory=set)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(ABREAST))

    def add(self, updates: Iterable[Received]) -> None:
        """Queue updates; one that is queued or being handled is not queued twice."""
        for update in updates:
            if update.update_id in self._known:
                continue
            self._known.add(update.update_id)
            if update.lane in self._waiting:
                self._waiting[update.lane].append(update)
                continue
            self._waiting[update.lane] = deque([update])
            task = asyncio.create_task(self._run(update.lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop after the updates in hand; the rest waits in the inbox for the next start."""
        for queue in self._waiting.values():
            queue.clear()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=10)

    async def _run(self, lane: int) -> None:
        queue = self._waiting[lane]
        while queue:
            update = queue.popleft()
            # One turn at a time, so that a long queue goes to the back after each of its updates.
            async with self._room:
                try:
                    await self.handle(update)
                except Exception:
                    log.exception("update %s", update.update_id)
            self._known.discard(update.update_id)
        del self._waiting[lane]
