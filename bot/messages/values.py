"""What the bot says, as values that handlers return. How they reach Telegram, they do not know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot.messages.html import Html


class Urgency(IntEnum):
    """The order in which waiting messages leave; from DAILY on they count as bulk."""

    REPLY = 0
    ROUND = 1
    DAILY = 2
    REMINDER = 3
    BULK = 4


@dataclass(frozen=True)
class Press:
    """What a button does: a verb and its arguments, all short words without spaces."""

    verb: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True)
class Button:
    """An inline button: it presses something or opens an address."""

    label: str
    press: Press | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Text:
    """A message of words. `location_button` offers to share one's place, by its label."""

    html: Html
    keyboard: Keyboard = ()
    location_button: str = ""
    drop_keyboard: bool = False


@dataclass(frozen=True)
class Quiz:
    """A native quiz poll; `right` is the index of the right one among `options` as shown."""

    ask_id: int
    question: str
    options: tuple[str, ...]
    right: int
    explanation: str
    description: Html
    closes_at: datetime


@dataclass(frozen=True)
class Edit:
    """New words and buttons for a message that the bot sent earlier."""

    message_id: int
    html: Html
    keyboard: Keyboard = ()


@dataclass(frozen=True)
class EditButtons:
    """New buttons under a message that the bot sent earlier; its words stay."""

    message_id: int
    keyboard: Keyboard


@dataclass(frozen=True)
class Toast:
    """A short notice over the chat for whoever pressed a button; plain text, 200 at most."""

    text: str


@dataclass(frozen=True)
class To:
    """A message for another chat than the one that spoke."""

    chat_id: int
    message: Text
    urgency: Urgency = Urgency.BULK


Message = Text | Quiz | Edit | EditButtons
Reply = Message | Toast | To
