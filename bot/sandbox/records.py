"""What the sandbox remembers, as plain records that can be written to JSON; no rules live here."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

JSON = dict[str, Any]


class ChatType(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    """What somebody is in a chat, in the Bot API's words."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = (Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER)
IN_CHARGE = (Status.CREATOR, Status.ADMINISTRATOR)


class Event(NamedTuple):
    """Something the chat pages or the keeper of the state may care about."""

    kind: str
    chat_id: int = 0
    item: int | str = 0


@dataclass
class Chat:
    """A chat; a private one carries the id of its person and has no members listed.

    `denied` names what plain members may not send ("text messages", "photos", "polls").
    """

    id: int
    type: ChatType
    title: str
    color: str
    username: str | None = None
    members: dict[int, Status] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    upgraded_to: int | None = None
    denied: list[str] = field(default_factory=list)
    read: dict[int, int] = field(default_factory=dict)

    def has(self, user_id: int) -> bool:
        """Is this user in the chat at the moment?"""
        if self.type is ChatType.PRIVATE:
            return user_id == self.id
        return self.members.get(user_id) in PRESENT


@dataclass
class Message:
    """A message of any kind; who wrote a channel post is remembered, but not told."""

    chat_id: int
    message_id: int
    date: int
    sender: int
    text: str = ""
    entities: list[JSON] = field(default_factory=list)
    photo: str | None = None
    poll: str | None = None
    location: JSON | None = None
    service: JSON | None = None
    inline: list[list[JSON]] | None = None
    reply: JSON | None = None
    reply_to: int | None = None
    edit_date: int | None = None
    rewritten: bool = False
    extra: JSON = field(default_factory=dict)
    reactions: dict[int, str] = field(default_factory=dict)


@dataclass
class Poll:
    """A poll and its votes: user id -> chosen option numbers."""

    id: str
    chat_id: int
    message_id: int
    question: str
    options: list[str]
    persistent_ids: list[str]
    quiz: bool
    anonymous: bool
    multiple: bool
    revoting: bool
    correct: list[int] = field(default_factory=list)
    explanation: str = ""
    explanation_entities: list[JSON] = field(default_factory=list)
    description: str = ""
    description_entities: list[JSON] = field(default_factory=list)
    photo: str | None = None
    explanation_photo: str | None = None
    option_photos: dict[int, str] = field(default_factory=dict)
    members_only: bool = False
    open_period: int | None = None
    close_date: int | None = None
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)


@dataclass
class Photo:
    """An uploaded picture; its bytes are kept apart from the record."""

    id: str
    width: int
    height: int
    size: int
    mime: str


@dataclass
class Webhook:
    """Where updates are pushed; an empty `url` means nowhere."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass
class Press:
    """A tap on an inline button and, once the bot gave it, the toast."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    date: int
    answer: JSON | None = None
