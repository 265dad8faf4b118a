"""What becomes of the bot in chats: let in, blocked, thrown out, a group that gets a new id."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions import subscribe
from bot.handlers.facts import Membership, Moved
from bot.handlers.unit import Unit
from bot.messages.values import Reply, Text
from bot.store import chats
from bot.texts import translate


def changed(unit: Unit, membership: Membership) -> Sequence[Reply]:
    """Blocked or thrown out: silence. Let in again: what was set up goes on."""
    if not membership.welcome:
        if unit.chat.paused != subscribe.STOPPED:  # their own word outlives a block
            subscribe.stop(unit.conn, unit.chat, membership.why)
        return []
    subscribe.hear(unit.conn, unit.chat, unit.now)
    if membership.entered and unit.chat.type in ("group", "supergroup"):
        return [Text(translate(unit.chat.language, "group-hello"))]
    return []


def moved(unit: Unit, move: Moved | None) -> Sequence[Reply]:
    """A group became a supergroup: its id changes everywhere."""
    if move:
        chats.migrate(unit.conn, move.old, move.new)
    return []
