"""The pulse: signs of life, by which an outage is known afterwards, however it came about."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.store import uptime
from bot.store.database import Database

log = logging.getLogger(__name__)

EVERY: Final = timedelta(seconds=10)


@dataclass
class Pulse:
    """Beats while the bot lives. A long gap was an outage: of the process, or of its machine."""

    db: Database
    clock: Clock
    _at: datetime | None = field(default=None, init=False)
    _shift: timedelta = field(default=timedelta(), init=False)

    async def beat(self) -> None:
        """Note that the bot is alive, and note an outage if it was not for long."""
        now = self.clock.now()
        if self._at is not None and now - self._at < EVERY:
            return
        if self._at is not None and self.clock.shift != self._shift:
            await self.db.write(uptime.beat, now)  # somebody moved the clock: no time was lost
        elif away := await self.db.write(uptime.wake, now):
            log.warning("was away for %s: days of which it took 4 hours are spared", away)
        self._at, self._shift = now, self.clock.shift

    async def jump(self) -> None:
        """The clock has been moved on purpose: what lies between was no outage."""
        self._at, self._shift = self.clock.now(), self.clock.shift
        await self.db.write(uptime.beat, self._at)
