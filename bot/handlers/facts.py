"""What an update says, as values: the edge where python-telegram-bot's types end."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import ChatMember, ChatMemberRestricted, Update

from bot.actions.answer import Vote
from bot.messages.html import display_name


@dataclass(frozen=True)
class Said:
    """Words: `name` is fit for a sentence, `command` has no slash and no bot's name.

    A command for another bot is no command.
    """

    text: str
    name: str
    command: str = ""


@dataclass(frozen=True)
class Pressed:
    """A button's data and the message that it stands under."""

    data: str
    person: int
    message_id: int | None
    args: tuple[str, ...] = ()


@dataclass(frozen=True)
class Located:
    """A shared place, as a zone; none where there is no land."""

    zone: str | None


@dataclass(frozen=True)
class Membership:
    """Whether the bot may speak in the chat from now on; `why` says why not.

    `entered`: it was not there before, so this is more than a change of its rights.
    """

    welcome: bool
    why: str = ""
    entered: bool = False


@dataclass(frozen=True)
class Moved:
    """The group got a new id."""

    old: int
    new: int


def said(update: Update) -> Said:
    """The words of a message."""
    message = update.effective_message
    user = update.effective_user
    text = (message and message.text) or ""
    first = text.split()[0] if text.startswith("/") else ""
    command, _, addressee = first[1:].lower().partition("@")
    if addressee and addressee != update.get_bot().username.lower():
        command = ""
    return Said(text, display_name(user.first_name) if user else "", command)


def pressed(update: Update) -> Pressed:
    """The press of a button."""
    query = update.callback_query
    assert query is not None
    message = query.message
    return Pressed(query.data or "", query.from_user.id, message.message_id if message else None)


def voted(update: Update) -> Vote | None:
    """The choice in a poll; None for a retracted vote or one made in a channel's name."""
    answer = update.poll_answer
    assert answer is not None
    if answer.user is None or not answer.option_ids:
        return None
    return Vote(answer.poll_id, answer.user.id, answer.option_ids[0])


def membership(update: Update) -> Membership:
    """What became of the bot in a chat."""
    change = update.my_chat_member
    assert change is not None
    if not _is_in(change.new_chat_member):
        return Membership(False, "blocked" if change.chat.type == "private" else "kicked")
    return Membership(True, entered=not _is_in(change.old_chat_member))


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMember.BANNED, ChatMember.LEFT)


def moved(update: Update) -> Moved | None:
    """Which id follows which when a group becomes a supergroup; both ends tell it."""
    message = update.effective_message
    if message is None:
        return None
    if message.migrate_to_chat_id:
        return Moved(message.chat_id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return Moved(message.migrate_from_chat_id, message.chat_id)
    return None
