"""The planner: schedules that fall due become deliveries and outbox rows, a batch a transaction."""

from __future__ import annotations

import logging
import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

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
from bot.store.schedules import Schedule

log = logging.getLogger(__name__)

BATCH: Final = 100
LATER: Final = timedelta(minutes=10)  # until a schedule that failed is tried again


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
            self._plan_one(conn, schedule, now)
        return len(found)

    def _plan_one(self, conn: Connection, schedule: Schedule, now: datetime) -> None:
        """One that fails takes only itself back, so that the others of its batch are served."""
        try:
            with conn.begin_nested():
                planned = plan.due(conn, self.bank, schedule, now, self.rng)
                if planned is not None:
                    self._owe(conn, planned, now)
        except (DBAPIError, sqlite3.Error):
            # The database's own trouble is everybody's: the batch is run again.
            raise
        except Exception:
            log.exception("could not plan the %s of chat %s", schedule.kind, schedule.chat_id)
            schedules.put_off(conn, schedule, now + LATER)

    def _owe(self, conn: Connection, planned: Daily | Saver, now: datetime) -> None:
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
                expires_at=planned.expires_at,
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
        )
