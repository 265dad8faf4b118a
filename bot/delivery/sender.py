"""The sender: takes rate tokens, claims messages, hands them to Telegram, notes how it went."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.api import Api
from bot.clock import Clock
from bot.delivery.outcome import Verdict, judge, lose, settle
from bot.messages.values import Urgency
from bot.rules.pace import Pace
from bot.store import chats, outbox
from bot.store.database import Database, lease_clock
from bot.store.outbox import Ready, State
from bot.transport import Failure, Outcome, failure

log = logging.getLogger(__name__)

ABREAST: Final = 100  # requests in flight at most
LOOK: Final = 100  # messages looked at in one claim
IDLE: Final = 1.0  # seconds between looks when nobody wakes the sender


@dataclass
class Sender:
    """Sends what the outbox owes. One a process; several processes may share a PostgreSQL."""

    db: Database
    api: Api
    clock: Clock
    pace: Pace
    owner: str
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _flying: dict[int, asyncio.Task[None]] = field(default_factory=dict)  # by chat: one in each
    _taking: asyncio.Task[float] | None = None

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled; what is in flight then is finished first."""
        try:
            while True:
                await self._round()
        finally:
            if self._taking:  # what it claims is ours to send
                await self._taking
            if self._flying:
                await asyncio.wait(self._flying.values(), timeout=10)

    async def drain(self) -> None:
        """Wait until nothing is due and nothing is in flight, 10 s at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(10):
                while self._flying or await self._owes():
                    self.wake()
                    await asyncio.sleep(0.02)

    async def _owes(self) -> bool:
        next_due = await self.db.read(outbox.next_due)
        return next_due is not None and next_due <= self.clock.now()

    async def _round(self) -> None:
        self._wake.clear()
        room = ABREAST - len(self._flying)
        wait = IDLE
        if room > 0:
            self._taking = asyncio.create_task(self._take(room))
            wait = await asyncio.shield(self._taking)
        if wait:
            # Not wait_for: up to Python 3.11 it forgets a cancellation that comes with the wake.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._wake.wait()

    async def _take(self, room: int) -> float:
        """Claim and set on its way; how many seconds to wait if there was nothing."""
        try:
            claimed, wait = await self.db.write(self._claim, room)
        except Exception:
            log.exception("could not claim messages")
            return IDLE
        # Noted after the commit: a claim that was rolled back must leave no chat busy.
        for row in claimed:
            self._flying[row.chat_id] = asyncio.create_task(self._send(row))
        return wait

    def _claim(self, conn: Connection, room: int) -> tuple[list[Ready], float]:
        """Claim what the pace admits; the second value is how many seconds to wait if nothing."""
        now = self.clock.now()
        least = Urgency.ROUND if self._bulk_is_full(now) else Urgency.BULK
        taken: dict[int, Ready] = {}
        for row in outbox.ready(conn, now, least=least, most=LOOK):
            if row.chat_id in taken:
                outbox.defer(conn, row.outbox_id, now + outbox.BUSY)
            elif len(taken) < room and self._admits(conn, row, now):
                taken[row.chat_id] = replace(row, tries=row.tries + 1)
        ids = [row.outbox_id for row in taken.values()]
        outbox.claim(conn, ids, owner=self.owner, lease_from=lease_clock(conn))
        return list(taken.values()), 0 if taken else self._nap(conn, now)

    def _admits(self, conn: Connection, row: Ready, now: datetime) -> bool:
        """Whether the row may leave now; if its chat may not be written to, it is put off."""
        bulk = row.urgency >= Urgency.DAILY
        if bulk and self._bulk_is_full(now):
            return False
        at = self.pace.ready_at(row.chat_id, bulk=bulk, now=now.timestamp())
        if at > now.timestamp():
            outbox.defer(conn, row.outbox_id, datetime.fromtimestamp(at, UTC))
            return False
        self.pace.sent(row.chat_id, bulk=bulk, now=now.timestamp())
        return True

    def _bulk_is_full(self, now: datetime) -> bool:
        return self.pace.bulk_ready_at(now.timestamp()) > now.timestamp()

    def _nap(self, conn: Connection, now: datetime) -> float:
        due = outbox.next_due(conn)
        if due is None:
            return IDLE
        at = max(due.timestamp(), self.pace.bulk_ready_at(now.timestamp()))
        return min(max(at - now.timestamp(), 0.01), IDLE)

    async def _send(self, row: Ready) -> None:
        try:
            result, trouble = None, None
            try:
                params = {**json.loads(row.params), "chat_id": row.chat_id}
                result = await self.api.call(row.method, params)
            except Exception as error:
                trouble = failure(error)
            self.pace.answered(row.chat_id, now=self.clock.now().timestamp())
            await self._note(row, trouble, result)
        except Exception:
            # The row stays 'sending': its lease runs out and the reaper takes it up.
            log.exception("could not settle message %s", row.outbox_id)
        finally:
            self._flying.pop(row.chat_id, None)
            self.wake()

    async def _note(self, row: Ready, trouble: Failure | None, result: Any) -> None:
        """Store how it went; tried again while the lease lasts, for it is known only here."""
        for pause in (0.1, 1.0, 5.0, 15.0):
            try:
                await self.db.write(self._settle, row, trouble, result)
                return
            except Exception as error:
                log.warning("message %s is not noted yet: %s", row.outbox_id, type(error).__name__)
                await asyncio.sleep(pause)
        await self.db.write(self._settle, row, trouble, result)

    def _settle(self, conn: Connection, row: Ready, trouble: Failure | None, result: Any) -> None:
        now = self.clock.now()
        verdict = judge(row, trouble, now) if trouble else Verdict(State.SENT)
        settle(conn, row, verdict, owner=self.owner, now=now, result=result)
        if trouble is None:
            return
        log.info("message %s: %s, %s", row.outbox_id, trouble.outcome, trouble.says)
        if trouble.outcome is Outcome.WAIT:
            until = now.timestamp() + (trouble.retry_after or 1)
            self.pace.hold(None if trouble.everywhere else row.chat_id, until)
        elif trouble.outcome is Outcome.MIGRATED and trouble.migrate_to:
            chats.migrate(conn, row.chat_id, trouble.migrate_to)
        elif trouble.gone and trouble.gone != "topic":  # without its topic the chat is well
            lose(conn, row.chat_id, trouble.gone)
