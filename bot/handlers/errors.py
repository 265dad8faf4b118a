"""When a handler raises: the update waits for another try, and is set aside after eight."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy import Connection
from telegram import Update
from telegram.ext import ContextTypes

from bot.store import inbox
from bot.store.database import Database, lease_clock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Errors:
    """Notes failures in the inbox."""

    db: Database

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """python-telegram-bot's error handler."""
        assert isinstance(update, Update)
        assert context.error is not None
        await self.note(update.update_id, context.error)

    async def note(self, update_id: int, error: Exception) -> None:
        """Remember the failure; the update is tried again after 1, 2, 4 ... 64 s."""
        poison = await self.db.write(self._fail, update_id, f"{type(error).__name__}: {error}")
        what = "is set aside after 8 tries" if poison else "is tried again"
        log.error("update %s failed and %s", update_id, what, exc_info=error)

    @staticmethod
    def _fail(conn: Connection, update_id: int, error: str) -> bool:
        return inbox.fail(conn, update_id, error, lease_clock(conn))
