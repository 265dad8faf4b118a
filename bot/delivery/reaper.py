"""The reaper: messages whose sender died with them in hand. They were perhaps sent."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery.outcome import settle, unknown
from bot.store import outbox
from bot.store.database import lease_clock

log = logging.getLogger(__name__)


def reap(conn: Connection, clock: Clock, gone: Sequence[str] = ()) -> int:
    """Settle every message whose lease ran out, or whose owner is among the `gone`; how many."""
    now = clock.now()
    found = outbox.abandoned(conn, lease_from=lease_clock(conn), gone=gone)
    for row, owner in found:
        verdict = unknown(row, "the sender stopped before it heard how this went", now)
        settle(conn, row, verdict, owner=owner, now=now)
    if found:
        log.warning("%s messages were in flight when their sender stopped", len(found))
    return len(found)
