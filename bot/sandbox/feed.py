"""The world's events as one chat page receives them, in order and without gaps.

Events are rendered when they leave, so a page that lags gets the newest state once, not every step.
"""

import asyncio
from dataclasses import dataclass, field

from bot.sandbox import view
from bot.sandbox.api_profile import menu_for
from bot.sandbox.cast import BOT
from bot.sandbox.records import JSON, ChatType, Event
from bot.sandbox.world import World

MOST_WAITING = 2_000
SHOWN = frozenset(
    {"message", "removed", "chat", "typing", "clock", "commands", "blocked", "members"}
)
Packet = tuple[str, JSON | list[JSON]]


@dataclass(eq=False)
class Feed:
    """One open page. `closed` means that its stream has to end; the browser then comes back."""

    world: World
    seat_id: int
    waiting: dict[Event, None] = field(default_factory=dict)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False

    def heard(self, event: Event) -> None:
        """Listens to the world; a page that does not keep up is given up, not waited for."""
        if event.kind not in SHOWN:
            return
        self.waiting.pop(event, None)
        self.waiting[event] = None
        # The list of chats itself changes: for this seat, or (0) for whole chats.
        if event.kind == "members" and event.item in (0, self.seat_id):
            self.close()
        if len(self.waiting) > MOST_WAITING:
            self.close()
        self.stirred.set()

    def close(self) -> None:
        """End this page's stream."""
        self.closed = True
        self.stirred.set()

    def take(self) -> list[Packet]:
        """What there is to send now: names and data of server-sent events."""
        self.stirred.clear()
        events, self.waiting = list(self.waiting), {}
        return [packet for event in events for packet in self._render(event)]

    def _render(self, event: Event) -> list[Packet]:
        if event.kind == "clock":
            return [("clock", view.clock(self.world))]
        if event.kind == "commands":
            return [("commands", menu_for(self.world, self.seat_id))]
        if event.kind == "blocked":
            return self._blocked(event)
        chat = self.world.chats.get(event.chat_id)
        if chat is None or not view.sees(chat, self.seat_id):
            return []
        line: Packet = ("chat", view.chat(self.world, chat, self.seat_id))
        if event.kind == "message":
            return [*self._message(event), line]
        if event.kind == "removed":
            return [("removed", {"chat_id": chat.id, "message_id": event.item}), line]
        if event.kind == "typing" and chat.type is not ChatType.CHANNEL:
            return [("typing", {"chat_id": chat.id, "name": BOT.name})]
        return [line] if event.kind == "chat" else []

    def _message(self, event: Event) -> list[Packet]:
        message = self.world.find(event.chat_id, int(event.item))
        if message is None:
            return []
        return [("message", view.message(self.world, message, self.seat_id))]

    def _blocked(self, event: Event) -> list[Packet]:
        if event.chat_id != self.seat_id:
            return []
        return [("blocked", {"blocked": self.world.chats[self.seat_id].blocked})]
