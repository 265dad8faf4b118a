"""What the chat page is served: files, one stream per seat, acts; and who is kept out."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.clock import Clock
from bot.sandbox import page_api
from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from tests.sandbox.conftest import Line, png

MARKUP = {
    "inline_keyboard": [
        [{"text": "a", "callback_data": "a"}, {"text": "u", "url": "https://example.org"}],
        [{"text": "c", "copy_text": {"text": "copied"}}],
    ]
}


class Stream:
    """The events of one seat, one after the other."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self.answer = answer

    async def next(self) -> tuple[str, Any]:
        while True:
            async with asyncio.timeout(3):
                block = (await self.answer.content.readuntil(b"\n\n")).decode()
            fields = dict(row.split(": ", 1) for row in block.strip().split("\n"))
            if "event" in fields:
                return fields["event"], json.loads(fields["data"])

    async def until(self, name: str) -> Any:
        while True:
            found, data = await self.next()
            if found == name:
                return data


@asynccontextmanager
async def page(line: Line, seat: int = 1001) -> AsyncIterator[Stream]:
    url = f"{line.house.page_url}page/api/events?seat={seat}"
    async with line.session.get(url) as answer:
        assert answer.content_type == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        yield Stream(answer)


async def test_a_page_begins_with_a_snapshot_of_what_its_seat_sees(line: Line) -> None:
    await line.call("setMyCommands", commands=[{"command": "daily", "description": "d"}])
    await line.call("setMyDescription", description="A question a day")
    async with page(line, 1002) as stream:
        name, shot = await stream.next()
    assert name == "snapshot"
    assert shot["seat"]["name"] == "Борис"
    assert [seat["id"] for seat in shot["seats"]] == [1001, 1002, 1003, 1004]
    assert shot["bot"]["username"] == "dailygrad_bot"
    assert shot["bot"]["description"] == "A question a day"
    assert [chat["id"] for chat in shot["chats"]] == [1002, GROUP_ID, CHANNEL_ID]
    assert [chat["can_write"] for chat in shot["chats"]] == [True, True, False]
    assert [chat["unread"] for chat in shot["chats"]] == [0, 0, 0]
    assert shot["messages"]["1002"] == []
    assert [m["from"]["name"] for m in shot["messages"][str(GROUP_ID)]] == [
        "Dora",
        "Émile",
        "Dora",
    ]
    assert shot["messages"][str(CHANNEL_ID)][0]["from"] is None
    assert shot["commands"] == [{"command": "daily", "description": "d"}]
    assert shot["clock"]["offset"] == 0
    assert shot["blocked"] is False


async def test_a_new_message_comes_with_its_chats_line(line: Line) -> None:
    async with page(line) as stream:
        await stream.until("snapshot")
        line.world.say(1001, 1001, "/start")
        mine = await stream.until("message")
        assert (mine["outgoing"], mine["text"]) == (True, "/start")
        await line.call("sendMessage", chat_id=1001, text="Hi", reply_markup=MARKUP)
        theirs = await stream.until("message")
        assert theirs["buttons"] == [
            [
                {"text": "a", "kind": "callback", "value": "a"},
                {"text": "u", "kind": "url", "value": "https://example.org"},
            ],
            [{"text": "c", "kind": "copy", "value": "copied"}],
        ]
        chat = await stream.until("chat")
        assert (chat["last"]["text"], chat["unread"]) == ("Hi", 1)
        await line.act("read", chat_id=1001)
        assert (await stream.until("chat"))["unread"] == 0


async def test_an_edit_a_removal_and_typing_are_shown(line: Line) -> None:
    sent = await line.call("sendMessage", chat_id=GROUP_ID, text="x")
    target = {"chat_id": GROUP_ID, "message_id": sent["message_id"]}
    async with page(line) as stream:
        await stream.until("snapshot")
        await line.call("sendChatAction", chat_id=GROUP_ID, action="typing")
        assert await stream.until("typing") == {"chat_id": GROUP_ID, "name": "dailygrad"}
        await line.call("editMessageText", **target, text="y")
        assert (await stream.until("message"))["edited"] is True
        await line.call("deleteMessage", **target)
        assert await stream.until("removed") == target


async def test_other_peoples_private_chats_are_not_shown(line: Line) -> None:
    async with page(line) as stream:
        await stream.until("snapshot")
        line.world.say(1002, 1002, "secret")
        line.world.say(1002, GROUP_ID, "public")
        assert (await stream.until("message"))["text"] == "public"


async def test_a_quizs_answer_is_shown_to_those_who_voted(line: Line) -> None:
    given = {"chat_id": GROUP_ID, "question": "q", "options": ["a", "b"], "is_anonymous": False}
    quiz = {"type": "quiz", "correct_option_ids": [1], "explanation": "why"}
    sent = await line.call("sendPoll", **given, **quiz)
    async with page(line, 1001) as voter, page(line, 1002) as other:
        await voter.until("snapshot")
        await other.until("snapshot")
        poll_id = sent["poll"]["id"]
        vote = {"chat_id": GROUP_ID, "poll_id": poll_id, "options": [0]}
        assert await line.act("vote", 1001, **vote) == {}
        seen = (await voter.until("message"))["poll"]
        assert (seen["mine"], seen["correct"], seen["explanation"]) == ([0], [1], "why")
        assert [option["voter_count"] for option in seen["options"]] == [1, 0]
        hidden = (await other.until("message"))["poll"]
        assert (hidden["mine"], hidden["correct"], hidden["explanation"]) == ([], None, None)
        assert hidden["total"] == 1
        await line.call("stopPoll", chat_id=GROUP_ID, message_id=sent["message_id"])
        assert (await other.until("message"))["poll"]["correct"] == [1]


async def test_photos_keyboards_and_places_are_shown(line: Line) -> None:
    line.world.share_location(1001, 1001, 1, 2)
    picture = png(40, 30)
    keys = {"keyboard": [[{"text": "where", "request_location": True}]]}
    await line.call("sendPhoto", {"photo": picture}, chat_id=1001, caption="c", reply_markup=keys)
    await line.call("sendMessage", chat_id=1001, text="x", reply_markup={"remove_keyboard": True})
    async with page(line) as stream:
        shot = await stream.until("snapshot")
    place, photo, last = shot["messages"]["1001"]
    assert place["location"] == {"latitude": 1.0, "longitude": 2.0}
    assert (photo["photo"]["width"], photo["photo"]["height"], photo["text"]) == (40, 30, "c")
    assert photo["keyboard"] == [[{"text": "where", "request_location": True}]]
    assert last["keyboard"] == "remove"
    url = line.house.page_url.rstrip("/") + photo["photo"]["url"]
    async with line.session.get(url) as answer:
        assert await answer.read() == picture
    async with line.session.get(f"{line.house.page_url}page/photo/none") as answer:
        assert answer.status == 404


async def test_a_press_waits_for_its_toast(line: Line) -> None:
    sent = await line.call("sendMessage", chat_id=GROUP_ID, text="x", reply_markup=MARKUP)
    target = {"chat_id": GROUP_ID, "message_id": sent["message_id"], "value": "a"}
    press = asyncio.create_task(line.act("press", **target))
    (update,) = await line.updates(timeout=5)
    query = update["callback_query"]["id"]
    await line.call("answerCallbackQuery", callback_query_id=query, text="Yes", show_alert=True)
    assert await press == {"text": "Yes", "alert": True, "url": None}


async def test_a_press_is_not_waited_for_for_ever(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_api, "PRESS_PATIENCE", 0.05)
    sent = await line.call("sendMessage", chat_id=GROUP_ID, text="x", reply_markup=MARKUP)
    target = {"chat_id": GROUP_ID, "message_id": sent["message_id"], "value": "a"}
    assert await line.act("press", **target) == {"text": None, "alert": False, "url": None}


async def test_acts_reach_the_bot(line: Line) -> None:
    number = (await line.act("send", chat_id=1001, text="hello"))["message_id"]
    await line.act("edit", chat_id=1001, message_id=number, text="bye")
    await line.act("location", chat_id=1001, latitude=1, longitude=2.5)
    await line.act("react", chat_id=1001, message_id=number, emoji="👍")
    await line.act("block", blocked=True)
    kinds = [list(update)[1] for update in await line.updates()]
    assert kinds == ["message", "edited_message", "message", "my_chat_member"]
    async with page(line) as stream:
        shot = await stream.until("snapshot")
        assert shot["blocked"] is True
        first = shot["messages"]["1001"][0]
        assert first["reactions"] == [{"emoji": "👍", "count": 1, "mine": True}]
        await line.act("block", blocked=False)
        assert await stream.until("blocked") == {"blocked": False}


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("send", {"chat_id": 1001, "text": " "}, "There is nothing to send."),
        ("send", {"chat_id": 1002, "text": "x"}, "You are not in this chat."),
        ("send", {"chat_id": "1001", "text": "x"}, "chat_id must be a whole number."),
        ("send", {"chat_id": 1001}, "text must be a string."),
        ("location", {"chat_id": 1001, "latitude": True}, "latitude must be a number."),
        ("vote", {"poll_id": "1", "options": "0"}, "options must be a list of whole numbers."),
        ("vote", {"poll_id": "1", "options": [0]}, "There is no such poll in your chats."),
        ("send", {"seat": 1101, "chat_id": 1101, "text": "x"}, "There is no such seat."),
        (
            "press",
            {"chat_id": 1001, "message_id": 1, "value": "a"},
            "This button is not there any more.",
        ),
        (
            "clock",
            {"to": "yesterday"},
            "The clock moves by an hour, a day, or to the daily question.",
        ),
    ],
)
async def test_what_cannot_be_is_said_in_a_sentence(
    line: Line, name: str, body: dict[str, Any], words: str
) -> None:
    assert await line.act(name, **body) == {"error": words}


async def test_the_clock_moves_and_everyone_is_told(line: Line, clock: Clock) -> None:
    async with page(line) as stream:
        await stream.until("snapshot")
        before = line.world.now()
        moved = await line.act("clock", to="hour")
        assert 3600 <= moved["now"] - before <= 3602
        told = await stream.until("clock")
        assert told["offset"] == 3600
        await line.act("clock", to="day")
        assert (await stream.until("clock"))["offset"] == 25 * 3600
    await line.act("clock", to="daily")
    assert (clock.now().hour, clock.now().minute) == (9, 0)


async def test_the_app_may_move_the_clock_in_its_own_way(line: Line, clock: Clock) -> None:
    asked = []

    async def travel(to: str, seat: int) -> datetime:
        asked.append((to, seat))
        clock.move_to(clock.now() + timedelta(minutes=5))
        return clock.now()

    line.house.travel = travel
    moved = await line.act("clock", 1003, to="daily")
    assert asked == [("daily", 1003)]
    assert moved["now"] == line.world.now()


async def test_a_menu_change_reaches_open_pages(line: Line) -> None:
    async with page(line) as stream:
        await stream.until("snapshot")
        await line.call("setMyCommands", commands=[{"command": "daily", "description": "d"}])
        assert await stream.until("commands") == [{"command": "daily", "description": "d"}]


async def test_a_stream_ends_when_the_list_of_chats_loses_or_gains_one(line: Line) -> None:
    async with page(line) as stream:
        await stream.until("snapshot")
        line.world.leave(1001, GROUP_ID)
        async with asyncio.timeout(3):
            rest = await stream.answer.content.read()
        assert b"snapshot" not in rest
    async with page(line) as stream:
        shot = await stream.until("snapshot")
    assert GROUP_ID not in [chat["id"] for chat in shot["chats"]]


async def test_a_quiet_stream_has_a_heartbeat(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_api, "HEARTBEAT", 0.05)
    async with page(line) as stream:
        await stream.until("snapshot")
        assert await stream.answer.content.readuntil(b"\n\n") == b":\n\n"
