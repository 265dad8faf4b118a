"""What can go wrong between us and Telegram, and what each error means: the one place that decides
whether a request may be sent again. It never sees a chat, a row or a clock."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

# In an address ("/bot42:secret/getMe") and in words ("The token `42:secret` was rejected").
_TOKEN: Final = re.compile(r"(/bot|token `)[^/\s`'\"]+")
# Anywhere, in the form Telegram gives tokens.
_BARE_TOKEN: Final = re.compile(r"\d{6,}(?::|%3[Aa])[\w-]{30,}")


def scrub(text: str) -> str:
    """The text without the bot's token, fit for a log."""
    return _BARE_TOKEN.sub("<token>", _TOKEN.sub(r"\1<token>", text))


class NotSent(NetworkError):
    """Not a byte of the request was handed to a connection: it may be sent again."""


class LostResponse(TimedOut):
    """The request may have arrived; what came of it is not known."""


class ServerFailed(NetworkError):
    """Telegram, or a gateway before it, failed over a request it had received."""


class TooManyRequests(RetryAfter):
    """Refused for now. `everywhere`: the limit is the bot's, not one chat's."""

    def __init__(self, seconds: float, *, everywhere: bool = False) -> None:
        """`seconds` until the same request may come again."""
        self.everywhere = everywhere
        super().__init__(timedelta(seconds=seconds))

    @property
    def retry_after(self) -> timedelta:
        """How long to wait; unlike the parent's, always a timedelta."""
        return self._retry_after


class Outcome(StrEnum):
    """What became of a request that did not succeed."""

    NOT_SENT = "not sent"  # nothing was done: send it again
    UNKNOWN = "unknown"  # perhaps it was done
    PERMANENT = "permanent"  # refused, and it would be again
    MIGRATED = "migrated"  # the chat has a new id: send it there
    WAIT = "wait"  # refused for now
    DONE = "done"  # refused because what it asks for is so already, or has no point any more


@dataclass(frozen=True)
class Failure:
    """What an error means. `says` holds no token; `retry_after` is in seconds; `everywhere`: all
    chats have to wait; `gone`: why the chat cannot be written to any more, if it cannot:
    blocked, deactivated, kicked, deleted, not_found, not_started, no_rights, topic, forbidden."""

    outcome: Outcome
    says: str
    retry_after: float | None = None
    everywhere: bool = False
    migrate_to: int | None = None
    gone: str | None = None


# Telegram's words, lower case, as far as they are telling; it has no codes for them.
_DONE: Final = (
    "message is not modified",
    "message_not_modified",
    "query is too old",
    "query_id_invalid",
    "message to delete not found",
    "poll has already been closed",
)
_GONE: Final = {
    "bot was blocked by the user": "blocked",
    "user_is_blocked": "blocked",
    "user is deactivated": "deactivated",
    "input_user_deactivated": "deactivated",
    "bot was kicked": "kicked",
    "bot is not a member": "kicked",
    "channel_private": "kicked",
    "group chat was deleted": "deleted",
    "group chat was deactivated": "deleted",
    "chat not found": "not_found",
    "peer_id_invalid": "not_found",
    "can't initiate conversation": "not_started",
    "can't send messages to bots": "not_started",
    # Rights to write; those to pin or to delete are another matter.
    "not enough rights to send": "no_rights",
    "no rights to send": "no_rights",
    "need administrator rights": "no_rights",
    "chat_write_forbidden": "no_rights",
    "chat_restricted": "no_rights",
    "message thread not found": "topic",
    "topic_closed": "topic",
    "topic_deleted": "topic",
}
_SEND_FORBIDDEN: Final = re.compile(r"chat_send_\w+_forbidden")  # polls, media, plain, ...


def failure(error: Exception) -> Failure:
    """What the error means for the request that met it; unknown, if in doubt.

    The order matters: in python-telegram-bot BadRequest and TimedOut are NetworkErrors too.
    """
    says = scrub(str(error)) or type(error).__name__
    match error:
        case ChatMigrated():
            return Failure(Outcome.MIGRATED, says, migrate_to=error.new_chat_id)
        case RetryAfter():
            everywhere = isinstance(error, TooManyRequests) and error.everywhere
            return Failure(Outcome.WAIT, says, _seconds(error.retry_after), everywhere)
        case Forbidden():
            return Failure(Outcome.PERMANENT, says, gone=_gone(says) or "forbidden")
        case BadRequest():
            done = any(words in says.lower() for words in _DONE)
            return Failure(
                Outcome.DONE if done else Outcome.PERMANENT,
                says,
                gone=None if done else _gone(says),
            )
        # A wrong token (which do_api_request calls an unknown method) does nothing, and may be put
        # right; a second poller takes turns with us.
        case NotSent() | InvalidToken() | EndPointNotFound() | Conflict():
            return Failure(Outcome.NOT_SENT, says)
        case _:  # lost responses, 5xx, answers that are no JSON, and whatever else
            return Failure(Outcome.UNKNOWN, says)


def _gone(says: str) -> str | None:
    lower = says.lower()
    if _SEND_FORBIDDEN.search(lower):
        return "no_rights"
    return next((reason for words, reason in _GONE.items() if words in lower), None)


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
