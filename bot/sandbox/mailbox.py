"""The updates that wait for the bot: what is queued, confirmed, expired. Knows no HTTP."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice, takewhile
from typing import Any

from bot.sandbox.records import JSON

ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
PRESS_LIFE = 150
LIFE = 24 * 3600


@dataclass(frozen=True)
class Pending:
    """One update; `lane` says with which others it must keep its order, `expires` is Unix time."""

    update_id: int
    kind: str
    body: JSON
    lane: str
    expires: int

    def as_json(self) -> JSON:
        """The update as the bot gets it."""
        return {"update_id": self.update_id, self.kind: self.body}


class Mailbox:
    """Updates in order of their ids; kinds the bot did not ask for never get in."""

    def __init__(self) -> None:
        self.pending: dict[int, Pending] = {}
        self.lanes: dict[str, dict[int, Pending]] = {}
        self.next_id = 100_000_000 + secrets.randbelow(700_000_000)
        self.allowed: list[str] = []

    def wants(self, kind: str) -> bool:
        """Did the bot ask for this kind of update (allowed_updates)?"""
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST_ONLY

    def add(self, kind: str, body: JSON, *, now: int) -> None:
        """Queue an update at the moment `now`."""
        if not self.wants(kind):
            return
        life = PRESS_LIFE if kind == "callback_query" else LIFE
        update = Pending(self.next_id, kind, body, lane_of(kind, body), now + life)
        self._hold(update)
        self.next_id += 1

    def _hold(self, update: Pending) -> None:
        self.pending[update.update_id] = update
        self.lanes.setdefault(update.lane, {})[update.update_id] = update

    def confirm_before(self, offset: int) -> None:
        """Forget what came before `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            self.confirm(list(self.pending)[:offset])
        else:
            self.confirm(list(takewhile(lambda known: known < offset, self.pending)))

    def confirm(self, ids: Iterable[int]) -> None:
        """These have arrived."""
        for update_id in ids:
            if update := self.pending.pop(update_id, None):
                lane = self.lanes[update.lane]
                del lane[update_id]
                if not lane:
                    del self.lanes[update.lane]

    def expire(self, now: int) -> None:
        """Drop what nobody fetched in time."""
        self.confirm([u.update_id for u in self.pending.values() if u.expires <= now])

    def first(self, limit: int) -> list[Pending]:
        """Up to `limit` updates, the oldest first."""
        return list(islice(self.pending.values(), limit))

    def head(self, lane: str) -> Pending | None:
        """The oldest update of a lane."""
        return next(iter(self.lanes.get(lane, {}).values()), None)

    def clear(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()
        self.lanes.clear()

    def as_state(self) -> JSON:
        """For the state file."""
        waiting = [asdict(update) for update in self.pending.values()]
        return {"next_id": self.next_id, "allowed": self.allowed, "pending": waiting}

    def restore(self, state: JSON) -> None:
        """From the state file."""
        self.next_id, self.allowed = state["next_id"], state["allowed"]
        self.clear()
        for item in state["pending"]:
            self._hold(Pending(**item))


def lane_of(kind: str, body: JSON) -> str:
    """Messages go one at a time per chat, presses per person, poll news per poll."""
    if kind == "callback_query":
        return f"press {body['from']['id']}"
    if kind in ("poll", "poll_answer"):
        return f"poll {body.get('poll_id') or body.get('id')}"
    chat: dict[str, Any] = body["chat"]
    return f"chat {chat['id']}"
