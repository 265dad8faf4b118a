"""Polls: how they may be asked, who votes, how they end, and what the bot hears of it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from bot.sandbox.refusals import NotPossible
from tests.sandbox.conftest import Line, png

QUIZ: dict[str, Any] = {
    "chat_id": GROUP_ID,
    "question": "Why ReLU?",
    "options": [{"text": "gradients"}, "luck"],
    "type": "quiz",
    "correct_option_ids": [0],
    "is_anonymous": False,
}


async def test_a_quiz_is_told_whole_to_its_bot(line: Line) -> None:
    sent = await line.call(
        "sendPoll",
        **QUIZ,
        explanation="Because <b>so</b>",
        explanation_parse_mode="HTML",
        description="#activations",
        open_period=60,
    )
    poll = sent["poll"]
    assert poll["correct_option_ids"] == [0]
    assert poll["explanation"] == "Because so"
    assert poll["explanation_entities"][0]["type"] == "bold"
    assert poll["description_entities"][0]["type"] == "hashtag"
    assert poll["close_date"] == sent["date"] + 60
    assert [option["voter_count"] for option in poll["options"]] == [0, 0]
    assert len({option["persistent_id"] for option in poll["options"]}) == 2
    assert (poll["allows_revoting"], poll["members_only"]) == (False, False)


async def test_polls_are_anonymous_and_regular_unless_told_otherwise(line: Line) -> None:
    sent = await line.call("sendPoll", chat_id=CHANNEL_ID, question="q", options=["a"])
    poll = sent["poll"]
    assert (poll["is_anonymous"], poll["type"], poll["allows_revoting"]) == (True, "regular", True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"question": ""}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least 1 answer option"),
        ({"options": ["a"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["a", ""]}, "poll options must be non-empty"),
        ({"options": ["a", 3]}, "poll options must be non-empty"),
        ({"options": ["a", "x" * 101]}, "poll options length must not exceed 100"),
        ({"options": "a"}, "can't parse options JSON object"),
        ({"options": {"text": "a"}}, 'field "options" must be of type Array'),
        ({"type": "riddle"}, "unsupported poll type specified"),
        ({"correct_option_ids": None}, "correct_option_ids must be specified for a quiz"),
        ({"correct_option_ids": [2]}, "wrong correct option ID specified"),
        ({"correct_option_ids": ["0"]}, "wrong correct option ID specified"),
        ({"correct_option_ids": [1, 0]}, "correct option IDs must be monotonically increasing"),
        ({"explanation": "x" * 201}, "poll explanation length must not exceed 200"),
        ({"explanation": "a\nb\nc\nd"}, "poll explanation must contain at most 2 line feeds"),
        ({"description": "x" * 1025}, "poll description length must not exceed 1024"),
        ({"open_period": 4}, "POLL_OPEN_PERIOD_INVALID"),
        ({"open_period": 2_628_001}, "POLL_OPEN_PERIOD_INVALID"),
        ({"close_date": 12345}, "POLL_CLOSE_DATE_INVALID"),
        ({"media": {"type": "video", "media": "x"}}, "unsupported poll media type specified"),
        (
            {"open_period": 9, "close_date": 99},
            "parameters open_period and close_date can't be used together",
        ),
        (
            {"chat_id": CHANNEL_ID},
            "non-anonymous polls can't be sent to channel chats",
        ),
    ],
)
async def test_what_telegram_would_not_ask_is_refused(
    line: Line, change: dict[str, Any], words: str
) -> None:
    assert await line.refused("sendPoll", **{**QUIZ, **change}) == f"Bad Request: {words}"
    assert not line.world.polls


async def test_the_limits_themselves_are_allowed(line: Line) -> None:
    close_date = line.world.now() + 2_628_000
    widest = {"question": "x" * 300, "options": ["🔥" * 50] * 12, "close_date": close_date}
    words = {"explanation": "a\nb\n" + "x" * 196, "description": "x" * 1024}
    await line.call("sendPoll", **{**QUIZ, **widest, **words, "correct_option_ids": [0, 11]})


async def test_a_poll_carries_pictures(line: Line) -> None:
    media = {"type": "photo", "media": "attach://figure"}
    given = {**QUIZ, "media": media, "explanation_media": media}
    given["options"] = [{"text": "a", "media": media}, "b"]
    sent = await line.call("sendPoll", {"figure": png(40, 30)}, **given)
    poll = sent["poll"]
    assert poll["media"]["photo"][-1]["width"] == 40
    assert poll["explanation_media"]["photo"]
    assert poll["options"][0]["media"]["photo"]
    assert "media" not in poll["options"][1]


async def test_a_vote_is_told_first_as_poll_then_as_answer(line: Line) -> None:
    poll = (await line.call("sendPoll", **QUIZ))["poll"]
    line.world.vote(1002, poll["id"], [1])
    news, answer = await line.updates()
    assert news["poll"]["total_voter_count"] == 1
    assert news["poll"]["options"][1]["voter_count"] == 1
    assert "description" not in news["poll"]
    assert answer["poll_answer"]["user"]["id"] == 1002
    assert answer["poll_answer"]["option_ids"] == [1]
    assert answer["poll_answer"]["option_persistent_ids"] == [poll["options"][1]["persistent_id"]]


async def test_an_anonymous_vote_tells_no_name(line: Line) -> None:
    poll = (await line.call("sendPoll", chat_id=CHANNEL_ID, question="q", options=["a"]))["poll"]
    line.world.vote(1002, poll["id"], [0])
    assert ["poll" in update for update in await line.updates()] == [True]


async def test_a_quiz_takes_one_vote_for_good(line: Line) -> None:
    poll = (await line.call("sendPoll", **QUIZ))["poll"]
    line.world.vote(1001, poll["id"], [0])
    for choice in ([1], []):
        with pytest.raises(NotPossible, match="voted already"):
            line.world.vote(1001, poll["id"], choice)


async def test_a_vote_in_a_regular_poll_can_be_changed_and_taken_back(line: Line) -> None:
    given = {"chat_id": GROUP_ID, "question": "q", "options": ["a", "b"], "is_anonymous": False}
    poll = (await line.call("sendPoll", **given))["poll"]
    for choice in ([0], [1], []):
        line.world.vote(1001, poll["id"], choice)
    answers = [u["poll_answer"]["option_ids"] for u in await line.updates() if "poll_answer" in u]
    assert answers == [[0], [1], []]


@pytest.mark.parametrize(
    ("user", "choice", "words"),
    [
        (1001, [], "Choose an option first"),
        (1001, [0, 1], "Only one option"),
        (1001, [2], "no such option"),
        (9, [0], "no such poll in your chats"),
    ],
)
async def test_an_impossible_vote_is_not_taken(
    line: Line, user: int, choice: list[int], words: str
) -> None:
    poll = (await line.call("sendPoll", **QUIZ))["poll"]
    with pytest.raises(NotPossible, match=words):
        line.world.vote(user, poll["id"], choice)
    assert await line.updates() == []


async def test_several_options_where_several_are_allowed(line: Line) -> None:
    poll = (await line.call("sendPoll", **QUIZ, allows_multiple_answers=True))["poll"]
    line.world.vote(1001, poll["id"], [1, 0])
    assert line.world.polls[poll["id"]].votes == {1001: [0, 1]}


async def test_a_poll_ends_by_itself_on_the_sandboxs_clock(line: Line, clock: Clock) -> None:
    poll = (await line.call("sendPoll", **QUIZ, open_period=600))["poll"]
    clock.move_to(clock.now() + timedelta(seconds=601))
    line.world.tick()
    (news,) = await line.updates()
    assert news["poll"]["is_closed"]
    with pytest.raises(NotPossible, match="closed"):
        line.world.vote(1001, poll["id"], [0])


async def test_a_vote_after_the_end_comes_too_late_even_before_the_tick(
    line: Line, clock: Clock
) -> None:
    poll = (await line.call("sendPoll", **QUIZ, open_period=5))["poll"]
    clock.move_to(clock.now() + timedelta(seconds=6))
    with pytest.raises(NotPossible, match="closed"):
        line.world.vote(1001, poll["id"], [0])


async def test_the_background_tick_ends_polls_too(line: Line, clock: Clock) -> None:
    await line.call("sendPoll", **QUIZ, open_period=5)
    clock.move_to(clock.now() + timedelta(seconds=6))
    (news,) = await line.updates(timeout=2)
    assert news["poll"]["is_closed"]


async def test_stopping_a_poll_returns_it_closed_and_takes_its_buttons(line: Line) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    sent = await line.call("sendPoll", **QUIZ, reply_markup=markup)
    target = {"chat_id": GROUP_ID, "message_id": sent["message_id"]}
    assert (await line.call("stopPoll", **target))["is_closed"]
    assert "reply_markup" not in line.world.history(GROUP_ID)[-1]
    assert (await line.updates())[0]["poll"]["is_closed"]
    assert await line.refused("stopPoll", **target) == ("Bad Request: poll has already been closed")


async def test_only_a_poll_can_be_stopped(line: Line) -> None:
    sent = await line.call("sendMessage", chat_id=GROUP_ID, text="x")
    for message_id in (sent["message_id"], 999):
        words = await line.refused("stopPoll", chat_id=GROUP_ID, message_id=message_id)
        assert words == "Bad Request: message with poll to stop not found"


async def test_a_group_may_forbid_polls(line: Line) -> None:
    line.world.deny(GROUP_ID, "polls")
    assert await line.refused("sendPoll", **QUIZ) == (
        "Bad Request: not enough rights to send polls to the chat"
    )


async def test_a_poll_may_be_sent_closed(line: Line) -> None:
    poll = (await line.call("sendPoll", **QUIZ, is_closed=True))["poll"]
    assert poll["is_closed"]
    assert not line.world.running
