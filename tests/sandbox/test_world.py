"""Whatever people and the bot do, in any order, the world stays in one piece.

Hypothesis plays long random evenings; after each step a page that has only applied events shows
exactly what a fresh page would, and the saved state restores to itself.
"""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.clock import Clock
from bot.sandbox import view
from bot.sandbox.api import METHODS
from bot.sandbox.cast import BOT_ID, CHANNEL_ID, GROUP_ID
from bot.sandbox.feed import Feed
from bot.sandbox.params import Params
from bot.sandbox.refusals import NotPossible, Refusal
from bot.sandbox.state import dump, restore
from bot.sandbox.world import World

PEOPLE = st.sampled_from([1001, 1002, 1101])
CHATS = st.sampled_from([1001, 1002, GROUP_ID, CHANNEL_ID])
NUMBERS = st.integers(1, 8)
TEXTS = st.sampled_from(["/start", "hello #x", "🔥", " "])
BUTTONS = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}


class Page:
    """What the chat page's own script does with events: upsert, remove, replace."""

    def __init__(self, world: World, seat: int) -> None:
        self.feed = Feed(world, seat)
        world.listeners.append(self.feed.heard)
        self.shot = as_json(view.snapshot(world, seat))
        self.world, self.seat = world, seat

    def catch_up(self) -> None:
        if self.feed.closed:  # the stream ended, the browser comes back
            self.world.listeners.remove(self.feed.heard)
            self.__init__(self.world, self.seat)  # type: ignore[misc]
        for name, data in as_json(self.feed.take()):
            getattr(self, f"on_{name}")(data)

    def on_message(self, data: dict[str, Any]) -> None:
        messages = self.shot["messages"][str(data["chat_id"])]
        places = [n for n, m in enumerate(messages) if m["message_id"] == data["message_id"]]
        if places:
            messages[places[0]] = data
        else:
            messages.append(data)

    def on_removed(self, data: dict[str, Any]) -> None:
        messages = self.shot["messages"][str(data["chat_id"])]
        messages[:] = [m for m in messages if m["message_id"] != data["message_id"]]

    def on_chat(self, data: dict[str, Any]) -> None:
        chats = self.shot["chats"]
        chats[[chat["id"] for chat in chats].index(data["id"])] = data

    def on_blocked(self, data: dict[str, Any]) -> None:
        self.shot["blocked"] = data["blocked"]

    def on_typing(self, data: dict[str, Any]) -> None:
        assert set(data) == {"chat_id", "name"}

    def on_clock(self, data: dict[str, Any]) -> None:
        self.shot["clock"] = data


def as_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


class Evening(RuleBasedStateMachine):
    """People and a bot in one world; what is not possible is simply not done."""

    @initialize()
    def begin(self) -> None:
        self.world = World(Clock())
        self.pages = [Page(self.world, seat) for seat in (1001, 1002)]
        self.last_update = 0

    def bot(self, method: str, **given: Any) -> None:
        with suppress(Refusal):
            METHODS[method](self.world, Params(given))

    def person(self, act: str, *given: Any) -> None:
        with suppress(NotPossible):
            getattr(self.world, act)(*given)

    @rule(user=PEOPLE, chat=CHATS, text=TEXTS)
    def say(self, user: int, chat: int, text: str) -> None:
        self.person("say", user, chat, text)

    @rule(user=PEOPLE, chat=CHATS, number=NUMBERS, text=TEXTS)
    def edit(self, user: int, chat: int, number: int, text: str) -> None:
        self.person("edit", user, chat, number, text)

    @rule(user=PEOPLE, chat=CHATS, number=NUMBERS)
    def press(self, user: int, chat: int, number: int) -> None:
        self.person("press", user, chat, number, "a")

    @rule(user=PEOPLE, chat=CHATS, number=NUMBERS, emoji=st.sampled_from(["👍", ""]))
    def react(self, user: int, chat: int, number: int, emoji: str) -> None:
        self.person("react", user, chat, number, emoji)

    @rule(user=PEOPLE, chat=CHATS)
    def read(self, user: int, chat: int) -> None:
        self.person("read", user, chat)

    @rule(user=PEOPLE, blocked=st.booleans())
    def block(self, user: int, blocked: bool) -> None:
        self.person("block", user, blocked)

    @rule(user=PEOPLE, choice=st.lists(st.integers(0, 2), max_size=2), data=st.data())
    def vote(self, user: int, choice: list[int], data: st.DataObject) -> None:
        polls = sorted(self.world.polls) or ["none"]
        self.person("vote", user, data.draw(st.sampled_from(polls)), choice)

    @rule(user=PEOPLE, chat=CHATS, act=st.sampled_from(["join", "leave", "promote", "demote"]))
    def belong(self, user: int, chat: int, act: str) -> None:
        self.person(act, user, chat)

    @rule(chat=CHATS, act=st.sampled_from(["join", "leave", "promote"]))
    def move_bot(self, chat: int, act: str) -> None:
        self.person(act, BOT_ID, chat)

    @rule(chat=CHATS, text=TEXTS)
    def send(self, chat: int, text: str) -> None:
        self.bot("sendMessage", chat_id=chat, text=text, reply_markup=BUTTONS)

    @rule(chat=CHATS, quiz=st.booleans(), anonymous=st.booleans(), seconds=st.none() | st.just(60))
    def ask(self, chat: int, quiz: bool, anonymous: bool, seconds: int | None) -> None:
        given = {"question": "q", "options": ["a", "b"], "is_anonymous": anonymous}
        kind = {"type": "quiz", "correct_option_ids": [1]} if quiz else {}
        self.bot("sendPoll", chat_id=chat, open_period=seconds, **given, **kind)

    @rule(chat=CHATS, number=NUMBERS, text=TEXTS)
    def rewrite(self, chat: int, number: int, text: str) -> None:
        self.bot("editMessageText", chat_id=chat, message_id=number, text=text)

    @rule(
        chat=CHATS,
        number=NUMBERS,
        method=st.sampled_from(["stopPoll", "deleteMessage", "editMessageReplyMarkup"]),
    )
    def change(self, chat: int, number: int, method: str) -> None:
        self.bot(method, chat_id=chat, message_id=number)

    @rule(chat=CHATS)
    def type_something(self, chat: int) -> None:
        self.bot("sendChatAction", chat_id=chat, action="typing")

    @rule(seconds=st.sampled_from([1, 61, 90_000]))
    def let_time_pass(self, seconds: int) -> None:
        self.world.clock.move_to(self.world.clock.now() + timedelta(seconds=seconds))
        self.world.tick()

    @rule()
    def fetch(self) -> None:
        ids = [update.update_id for update in self.world.mail.first(100)]
        assert ids == sorted(ids)
        assert all(update_id > self.last_update for update_id in ids)
        if ids:
            self.last_update = ids[-1]
            self.world.mail.confirm_before(ids[-1] + 1)

    @invariant()
    def pages_show_what_is(self) -> None:
        for page in self.pages:
            page.catch_up()
            fresh = as_json(view.snapshot(self.world, page.seat))
            for part in ("messages", "chats", "blocked"):
                assert page.shot[part] == fresh[part]

    @invariant()
    def the_saved_state_restores_to_itself(self) -> None:
        saved = as_json(dump(self.world))
        other = World(Clock())
        restore(other, as_json(saved))
        assert as_json(dump(other)) == saved
        assert other.mail.lanes.keys() == self.world.mail.lanes.keys()
        assert other.running == self.world.running

    @invariant()
    def votes_are_counted_once(self) -> None:
        for poll in self.world.polls.values():
            assert all(poll.multiple or len(chosen) == 1 for chosen in poll.votes.values())
            assert poll.closed == (poll.id not in self.world.running)


class TestEvening(Evening.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


def test_a_toast_that_was_never_asked_for_is_none() -> None:
    assert World(Clock()).toast("1") is None


def test_old_presses_are_forgotten() -> None:
    world = World(Clock())
    METHODS["sendMessage"](
        world, Params({"chat_id": GROUP_ID, "text": "x", "reply_markup": BUTTONS})
    )
    world.press(1001, GROUP_ID, 4, "a")
    world.clock.move_to(world.clock.now() + timedelta(hours=2))
    world.tick()
    assert world.presses == {}


@pytest.mark.parametrize("seat", [1001, 1002, 1003, 1004])
def test_every_seat_sees_its_own_chat_first(seat: int) -> None:
    assert view.snapshot(World(Clock()), seat)["chats"][0]["id"] == seat
