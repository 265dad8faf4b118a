"""Taking updates in: committed to the inbox first, acknowledged afterwards, then handled."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from bot.clock import Clock
from bot.store import inbox
from bot.store.database import Database, lease_clock
from bot.store.inbox import Received

log = logging.getLogger(__name__)

# What the bot asks Telegram to send; anything else would only be thrown away.
ALLOWED: Final = ["message", "callback_query", "poll_answer", "my_chat_member"]
# Accounts that write in people's stead: anonymous admins, linked channels, channel users.
NOT_PEOPLE: Final = frozenset({1087968824, 777000, 136817688})


@dataclass
class Inbox:
    """The way in. `hand_over` gives committed updates to the lanes."""

    db: Database
    clock: Clock
    owner: str
    hand_over: Callable[[Sequence[Received]], None]

    async def commit(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep raw updates; once this returns they may be acknowledged."""
        received = [
            Received(update["update_id"], lane(update), json.dumps(update, ensure_ascii=False))
            for update in updates
        ]
        self.hand_over(await self.db.write(self._add, received))

    async def recover(self, *, alone: bool) -> None:
        """Take up what other processes have left: all of it if we are `alone`, else what is due."""
        while taken := await self.db.write(self._take, alone):
            self.hand_over(taken)

    def _add(self, conn: Connection, received: Sequence[Received]) -> list[Received]:
        return inbox.add(
            conn,
            received,
            owner=self.owner,
            now=self.clock.now(),
            lease_from=lease_clock(conn),
        )

    def _take(self, conn: Connection, alone: bool) -> list[Received]:
        gone = [o for o in inbox.owners(conn) if o != self.owner] if alone else []
        return inbox.take(conn, owner=self.owner, lease_from=lease_clock(conn), gone=gone)


def lane(update: dict[str, Any]) -> int:
    """Whose turn an update waits for: the person's, or the chat's where no person acts.

    Read from the raw update, so that even one that cannot be parsed has its place.
    """
    for content in update.values():
        if not isinstance(content, dict):
            continue
        person = _id(content.get("from") or content.get("user"))
        if person and person not in NOT_PEOPLE:
            return person
        if chat := _id(content.get("chat")):
            return chat
    return 0


def _id(of: object) -> int:
    """The id of a person or chat; 0 if there is none to be read."""
    found = of.get("id") if isinstance(of, dict) else None
    return found if isinstance(found, int) else 0
