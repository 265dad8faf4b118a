"""What each error means for the request that met it."""

import copy
import pickle
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.failures import (
    Failure,
    LostResponse,
    NotSent,
    Outcome,
    ServerFailed,
    TooManyRequests,
    failure,
    scrub,
)

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_01234"


@pytest.mark.parametrize(
    ("says", "gone"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: user is deactivated", "deactivated"),
        ("Forbidden: bot was kicked from the supergroup chat", "kicked"),
        ("Forbidden: bot was kicked from the group chat", "kicked"),
        ("Forbidden: bot is not a member of the channel chat", "kicked"),
        ("Forbidden: the group chat was deleted", "deleted"),
        ("Forbidden: bot can't initiate conversation with a user", "not_started"),
        ("Forbidden: bot can't send messages to bots", "not_started"),
        ("Forbidden: something Telegram has not said before", "forbidden"),
    ],
)
def test_the_forbidden_is_permanent_and_says_why(says: str, gone: str) -> None:
    assert failure(Forbidden(says)) == Failure(Outcome.PERMANENT, says, gone=gone)


@pytest.mark.parametrize(
    ("says", "gone"),
    [
        ("Bad Request: chat not found", "not_found"),
        ("Bad Request: PEER_ID_INVALID", "not_found"),
        ("Bad Request: not enough rights to send polls to the chat", "no_rights"),
        ("Bad Request: have no rights to send a message", "no_rights"),
        ("Bad Request: need administrator rights in the channel chat", "no_rights"),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", "no_rights"),
        ("Bad Request: CHAT_SEND_POLL_FORBIDDEN", "no_rights"),
        ("Bad Request: message thread not found", "topic"),
        ("Bad Request: TOPIC_CLOSED", "topic"),
        ("Bad Request: not enough rights to pin a message", None),
        ("Bad Request: not enough rights to delete a message", None),
        ("Bad Request: message to edit not found", None),
        ("Bad Request: message text is empty", None),
        ("Bad Request: can't parse entities: unclosed tag", None),
    ],
)
def test_a_bad_request_is_permanent_and_says_whether_the_chat_is_lost(
    says: str, gone: str | None
) -> None:
    found = failure(BadRequest(says))
    assert (found.outcome, found.gone) == (Outcome.PERMANENT, gone)


@pytest.mark.parametrize(
    "says",
    [
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message",
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        "Bad Request: message to delete not found",
        "Bad Request: poll has already been closed",
    ],
)
def test_a_refusal_of_what_is_so_already_is_done(says: str) -> None:
    assert failure(BadRequest(says)).outcome is Outcome.DONE


def test_a_migrated_chat_says_where_to() -> None:
    found = failure(ChatMigrated(-1001))
    assert (found.outcome, found.migrate_to) == (Outcome.MIGRATED, -1001)


def test_a_wait_is_in_seconds_and_says_whose_it_is() -> None:
    found = failure(TooManyRequests(2.5, everywhere=True))
    assert (found.outcome, found.retry_after, found.everywhere) == (Outcome.WAIT, 2.5, True)


@pytest.mark.parametrize(
    "error", [NotSent("no"), InvalidToken(), EndPointNotFound("no"), Conflict("another one")]
)
def test_what_was_certainly_not_done_is_not_sent(error: Exception) -> None:
    assert failure(error).outcome is Outcome.NOT_SENT


@pytest.mark.parametrize(
    "error",
    [
        LostResponse("gone"),
        ServerFailed("Bad Gateway"),
        TimedOut(),
        NetworkError("whatever"),
        TelegramError("Invalid server response"),
        ValueError("a mistake of ours"),
    ],
)
def test_what_is_in_doubt_is_unknown(error: Exception) -> None:
    assert failure(error).outcome is Outcome.UNKNOWN


def test_an_error_without_words_says_its_name() -> None:
    assert failure(KeyError()).says == "KeyError"


@pytest.mark.parametrize(
    "text",
    [
        f"Cannot reach https://api.telegram.org/bot{TOKEN}/getMe now",
        f"Cannot reach https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg now",
        f"The token `{TOKEN}` was rejected by the server.",
        f"token={TOKEN}",
        f"/{TOKEN.replace(':', '%3A')}/",
    ],
)
def test_no_form_of_the_token_is_said(text: str) -> None:
    secret = TOKEN.partition(":")[2]
    assert secret not in scrub(text)
    assert secret not in failure(InvalidToken(text)).says
    assert "<token>" in scrub(text)


def test_what_is_no_token_is_left_alone() -> None:
    text = "Cannot connect to host 127.0.0.1:8443 ssl:default [Connect call failed], see /bots"
    assert scrub(text) == text.replace("/bots", "/bot<token>")
    assert scrub("12:30 and 1001:2") == "12:30 and 1001:2"


def test_a_wait_can_be_copied_and_pickled() -> None:
    wait = TooManyRequests(3)
    assert copy.copy(wait).retry_after == timedelta(seconds=3)
    assert pickle.loads(pickle.dumps(wait)).retry_after == timedelta(seconds=3)
