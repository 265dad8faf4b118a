"""The planner: schedules that fall due become deliveries and outbox rows, a batch a transaction."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.actions import plan
from bot.actions.plan import Daily, Saver
from bot.bank.load import Bank
from bot.clock import Clock
from bot.delivery.outbox import owe
from bot.messages import daily
from bot.messages.press import Signer
from bot.messages.values import Urgency
from bot.store import schedules
from bot.store.database import Database

BATCH: Final = 100
# Telegram refuses a poll that would close within 5 s; nobody reads one that closes in a minute.
MARGIN: Final = timedelta(minutes=1)


@dataclass
class Planner:
    """Turns due schedules into owed messages and wakes the sender."""

    db: Database
    bank: Bank
    clock: Clock
    signer: Signer
    wake: Callable[[], None]
    rng: random.Random

    async def tick(self) -> None:
        """Deal with everything that is due."""
        while await self.db.write(self._plan) == BATCH:
            self.wake()
        self.wake()

    def _plan(self, conn: Connection) -> int:
        now = self.clock.now()
        found = schedules.due(conn, now, BATCH)
        for schedule in found:
            planned = plan.due(conn, self.bank, schedule, now, self.rng)
            if planned is not None:
                self._owe(conn, planned, now)
        return len(found)

    def _owe(self, conn: Connection, planned: Daily | Saver, now: datetime) -> None:
        closes_at = planned.asked.ask.closes_at - MARGIN
        chat_id = planned.chat.chat_id
        sign = self.signer.for_person(chat_id)
        if isinstance(planned, Saver):
            owe(
                conn,
                chat_id,
                [daily.saver(planned)],
                sign=sign,
                now=now,
                urgency=Urgency.REMINDER,
                expires_at=min(planned.expires_at, closes_at),
                unless_answered=planned.day,
            )
            return
        message = daily.quiz(planned.asked)
        owe(
            conn,
            chat_id,
            [message],
            sign=sign,
            now=now,
            urgency=Urgency.DAILY,
            expires_at=closes_at,
        )
