"""The updates that wait for the bot: what is queued, confirmed, expired. Knows no HTTP, no wall time."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
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
        update = Pending(self.next_id, kind, body, lane(kind, body), now + life)
        self.pending[self.next_id] = update
        self.next_id += 1

    def confirm_before(self, offset: int) -> None:
        """Forget what came before `offset`; a negative one keeps only that many from the end."""
        ids = list(self.pending)
        gone = ids[:offset] if offset < 0 else [known for known in ids if known < offset]
        self.confirm(gone)

    def confirm(self, ids: Iterable[int]) -> None:
        """These have arrived."""
        for update_id in ids:
            self.pending.pop(update_id, None)

    def expire(self, now: int) -> None:
        """Drop what nobody fetched in time."""
        self.confirm([u.update_id for u in self.pending.values() if u.expires <= now])

    def first(self, limit: int) -> list[Pending]:
        """Up to `limit` updates, the oldest first."""
        return list(self.pending.values())[:limit]

    def as_state(self) -> JSON:
        """For the state file."""
        waiting = [asdict(update) for update in self.pending.values()]
        return {"next_id": self.next_id, "allowed": self.allowed, "pending": waiting}

    def restore(self, state: JSON) -> None:
        """From the state file."""
        self.next_id, self.allowed = state["next_id"], state["allowed"]
        self.pending = {item["update_id"]: Pending(**item) for item in state["pending"]}


def lane(kind: str, body: JSON) -> str:
    """Messages go one at a time per chat, presses per person, poll news per poll."""
    if kind == "callback_query":
        return f"press {body['from']['id']}"
    if kind in ("poll", "poll_answer"):
        return f"poll {body.get('poll_id') or body.get('id')}"
    chat: dict[str, Any] = body["chat"]
    return f"chat {chat['id']}"
