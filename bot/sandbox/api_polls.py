"""sendPoll and stopPoll: what a poll may look like, refused in Telegram's words."""

from itertools import pairwise
from typing import Any

from bot.sandbox import access, photos, wire
from bot.sandbox.api_editing import target
from bot.sandbox.api_sending import chat_of, draft
from bot.sandbox.entities import utf16_length
from bot.sandbox.formatting import Formatted, formatted
from bot.sandbox.keyboards import read_inline
from bot.sandbox.params import Params
from bot.sandbox.polls import close
from bot.sandbox.posting import post
from bot.sandbox.records import JSON, Chat, ChatType, Poll
from bot.sandbox.refusals import bad_request
from bot.sandbox.scene import Scene, long_number

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
MOST_OPTIONS = 12
LONGEST_EXPLANATION = 200
MOST_LINE_FEEDS = 2
LONGEST_DESCRIPTION = 1024
OPEN_FOR = range(5, 2_628_001)  # seconds


def send_poll(scene: Scene, given: Params) -> JSON:
    """sendPoll"""
    chat = chat_of(scene, given)
    poll = read_poll(given, chat, now=scene.now())
    access.require_writing(scene, chat, "polls")
    message = draft(scene, given, chat)
    _add_media(scene, given, poll)
    message.poll = poll.id
    scene.polls[poll.id] = poll
    if not poll.closed:
        scene.running.add(poll.id)
    return post(scene, chat, message)


def read_poll(given: Params, chat: Chat, *, now: int) -> Poll:
    """The poll a call describes, not yet sent; raises Refusal."""
    anonymous = given.flag("is_anonymous", default=True)
    if chat.type is ChatType.CHANNEL and not anonymous:
        raise bad_request("non-anonymous polls can't be sent to channel chats")
    quiz = _is_quiz(given)
    options = [_option(raw) for raw in _raw_options(given)]
    number = long_number()
    poll = Poll(
        id=number,
        chat_id=chat.id,
        message_id=0,
        question=_question(given),
        options=options,
        persistent_ids=[f"{number[-8:]}{place:02}" for place in range(len(options))],
        quiz=quiz,
        anonymous=anonymous,
        multiple=given.flag("allows_multiple_answers"),
        revoting=given.flag("allows_revoting", default=not quiz),
        members_only=given.flag("members_only"),
        closed=given.flag("is_closed"),
    )
    if quiz:
        _add_key(given, poll)
    _add_description(given, poll)
    _add_end(given, poll, now=now)
    return poll


def _is_quiz(given: Params) -> bool:
    kind = given.text("type") or "regular"
    if kind not in ("quiz", "regular"):
        raise bad_request("unsupported poll type specified")
    return kind == "quiz"


def _question(given: Params) -> str:
    question = formatted(given.text("question"), given.text("question_parse_mode")).text
    if not question:
        raise bad_request("poll question must be non-empty")
    if utf16_length(question) > LONGEST_QUESTION:
        raise bad_request(f"poll question length must not exceed {LONGEST_QUESTION}")
    return question


def _raw_options(given: Params) -> list[Any]:
    options = given.items("options")
    if not options:
        raise bad_request("poll must have at least 1 answer option")
    if len(options) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    return options


def _option(raw: Any) -> str:
    """An option's text; a bare string is an option with that text."""
    given = Params({"text": raw} if isinstance(raw, str) else raw if isinstance(raw, dict) else {})
    text = formatted(given.text("text"), given.text("text_parse_mode")).text
    if not text:
        raise bad_request("poll options must be non-empty")
    if utf16_length(text) > LONGEST_OPTION:
        raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
    return text


def _add_key(given: Params, poll: Poll) -> None:
    """The right options and the explanation of a quiz."""
    correct = given.items("correct_option_ids")
    if correct is None and (single := given.optional_integer("correct_option_id")) is not None:
        correct = [single]
    if not correct:
        raise bad_request("correct_option_ids must be specified for a quiz")
    if not all(type(number) is int and 0 <= number < len(poll.options) for number in correct):
        raise bad_request("wrong correct option ID specified")
    if any(left >= right for left, right in pairwise(correct)):
        raise bad_request("correct option IDs must be monotonically increasing")
    poll.correct = correct
    content = _words(given, "explanation")
    if content.length > LONGEST_EXPLANATION:
        raise bad_request(f"poll explanation length must not exceed {LONGEST_EXPLANATION}")
    if content.text.count("\n") > MOST_LINE_FEEDS:
        raise bad_request("poll explanation must contain at most 2 line feeds")
    poll.explanation, poll.explanation_entities = content.text, content.entities


def _add_description(given: Params, poll: Poll) -> None:
    content = _words(given, "description")
    if content.length > LONGEST_DESCRIPTION:
        raise bad_request(f"poll description length must not exceed {LONGEST_DESCRIPTION}")
    poll.description, poll.description_entities = content.text, content.entities


def _words(given: Params, name: str) -> Formatted:
    explicit = given.items(f"{name}_entities")
    return formatted(given.text(name), given.text(f"{name}_parse_mode"), explicit)


def _add_end(given: Params, poll: Poll, *, now: int) -> None:
    """When the poll closes by itself."""
    period, date = given.optional_integer("open_period"), given.optional_integer("close_date")
    if period and date:
        raise bad_request("parameters open_period and close_date can't be used together")
    if period and period not in OPEN_FOR:
        raise bad_request("POLL_OPEN_PERIOD_INVALID")
    if date and date - now not in OPEN_FOR:
        raise bad_request("POLL_CLOSE_DATE_INVALID")
    poll.open_period = period or None
    poll.close_date = date or (now + period if period else None)


def _add_media(scene: Scene, given: Params, poll: Poll) -> None:
    """The pictures of the description, the explanation and the options."""
    poll.photo = _picture(scene, given, given.structure("media"))
    poll.explanation_photo = _picture(scene, given, given.structure("explanation_media"))
    for place, option in enumerate(_raw_options(given)):
        if isinstance(option, dict) and (key := _picture(scene, given, option.get("media"))):
            poll.option_photos[place] = key


def _picture(scene: Scene, given: Params, media: Any) -> str | None:
    if not media:
        return None
    if not isinstance(media, dict) or media.get("type") != "photo":
        raise bad_request("unsupported poll media type specified")
    return photos.take(scene, given, "media", reference=str(media.get("media", "")))


def stop_poll(scene: Scene, given: Params) -> JSON:
    """stopPoll"""
    chat = chat_of(scene, given)
    message = target(scene, given, chat, what="message with poll to stop")
    poll = scene.polls.get(message.poll or "")
    if poll is None:
        raise bad_request("message with poll to stop not found")
    if poll.closed:
        raise bad_request("poll has already been closed")
    message.inline = read_inline(given, chat)
    close(scene, poll)
    return wire.poll(scene, poll, inside_message=False)
