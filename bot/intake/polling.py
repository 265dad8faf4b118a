"""Long polling: the next offset, which acknowledges, is asked for only after the commit."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection
from telegram.error import Conflict, InvalidToken

from bot.api import Api
from bot.intake.inbox import ALLOWED, Inbox
from bot.store import uptime
from bot.store.database import Database, lease_clock
from bot.transport import failure

log = logging.getLogger(__name__)

TIMEOUT: Final = 50  # seconds; the most that Telegram allows
LEASE: Final = timedelta(seconds=TIMEOUT + 30)
_LONGEST_PAUSE: Final = 30.0
_OTHERS: Final = 1.0  # seconds between looks whether another process has stopped polling
_LEASE_NAME: Final = "poller"


@dataclass
class Polling:
    """Asks Telegram for updates, one process at a time."""

    api: Api
    inbox: Inbox
    db: Database
    owner: str
    timeout: int = TIMEOUT

    async def run(self) -> None:
        """Poll until cancelled. Raises InvalidToken: there is no point in going on."""
        try:
            await self._poll()
        finally:
            if self.db.dialect != "sqlite":
                await self.db.write(uptime.release, _LEASE_NAME, owner=self.owner)

    async def _poll(self) -> None:
        # An offset is needed only to acknowledge the batch before. Without one Telegram gives what
        # is unacknowledged, so numbers that start again lower after a quiet week are not missed.
        offset: int | None = None
        pause = 1.0
        while True:
            try:
                if not await self._is_ours():
                    await asyncio.sleep(_OTHERS)
                    continue
                updates = await self._ask(offset)
                if updates:
                    await self.inbox.commit(updates)
                offset = updates[-1]["update_id"] + 1 if updates else None
                pause = 1.0
            except InvalidToken:
                raise
            except Exception as error:
                self._explain(error)
                trouble = failure(error)
                await asyncio.sleep(trouble.retry_after or pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _is_ours(self) -> bool:
        """Telegram serves one poller; on SQLite there is one process anyway."""
        return self.db.dialect == "sqlite" or await self.db.write(self._take)

    def _take(self, conn: Connection) -> bool:
        return uptime.lease(
            conn, _LEASE_NAME, owner=self.owner, lease_from=lease_clock(conn), length=LEASE
        )

    async def _ask(self, offset: int | None) -> list[dict[str, Any]]:
        params: dict[str, Any] = {"timeout": self.timeout, "allowed_updates": ALLOWED}
        if offset is not None:
            params["offset"] = offset
        return await self.api.poll(params, patience=self.timeout + 10)

    @staticmethod
    def _explain(error: Exception) -> None:
        if isinstance(error, Conflict):
            log.error("another program polls with this token; stop it, or give it its own token")
        else:
            log.warning("could not ask for updates: %s", failure(error).says)
