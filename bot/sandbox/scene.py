"""The sandbox's state and its bookkeeping: ids, look-ups, and telling listeners what changed.

Rules about who may do what live in the modules that change a Scene, not here.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta

from bot.clock import Clock
from bot.sandbox import cast
from bot.sandbox.cast import Person
from bot.sandbox.mailbox import Mailbox
from bot.sandbox.records import JSON, Chat, ChatType, Event, Message, Photo, Poll, Press, Webhook

Listener = Callable[[Event], None]


class Scene:
    """Everything that exists; every change is announced as an Event to `listeners`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.people: dict[int, Person] = {p.id: p for p in (*cast.PEOPLE, cast.BOT)}
        self.deactivated: set[int] = set()
        self.chats: dict[int, Chat] = {}
        self.messages: dict[int, dict[int, Message]] = {}
        self.polls: dict[str, Poll] = {}
        self.photos: dict[str, Photo] = {}
        self.pictures: dict[str, bytes] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[str, list[JSON]] = {}
        self.profile: dict[str, str] = {}
        self.mail = Mailbox()
        self.webhook = Webhook()
        self.counters: dict[str, int] = {}
        self.running: set[str] = set()  # polls that are still open
        self.listeners: list[Listener] = []
        self.shift_told: timedelta = clock.shift

    def now(self) -> int:
        """The moment in whole Unix seconds, on the sandbox's own clock."""
        return int(self.clock.now().timestamp())

    def tell(self, kind: str, chat_id: int = 0, item: int | str = 0) -> None:
        """Announce a change."""
        event = Event(kind, chat_id, item)
        for listener in list(self.listeners):
            listener(event)

    def send_update(self, kind: str, body: JSON) -> None:
        """Queue an update for the bot."""
        self.mail.add(kind, body, now=self.now())
        self.tell("update")

    def count(self, name: str) -> int:
        """The next number of a named series, from 1."""
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def message_id(self, chat: Chat) -> int:
        """Supergroups and channels number their own messages; all other chats share one series."""
        own = chat.type in (ChatType.SUPERGROUP, ChatType.CHANNEL)
        return self.count(f"messages {chat.id}" if own else "messages")

    def put(self, message: Message) -> Message:
        """Store a new or changed message and show it."""
        self.messages.setdefault(message.chat_id, {})[message.message_id] = message
        self.tell("message", message.chat_id, message.message_id)
        return message

    def remove(self, message: Message) -> None:
        """Take a message away."""
        del self.messages[message.chat_id][message.message_id]
        self.tell("removed", message.chat_id, message.message_id)

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """A message that still exists."""
        return self.messages.get(chat_id, {}).get(message_id)

    def in_chat(self, chat_id: int) -> Iterable[Message]:
        """All messages of a chat, the oldest first."""
        return self.messages.get(chat_id, {}).values()

    def add_chat(self, chat: Chat) -> Chat:
        """Store a new or changed chat and show it."""
        self.chats[chat.id] = chat
        self.tell("chat", chat.id)
        return chat


def long_number() -> str:
    """An identifier like those of polls and button presses: nineteen digits, no order in them."""
    return str(10**18 + secrets.randbelow(8 * 10**18))
