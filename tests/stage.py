"""A stage for tests: the sandbox and the whole bot in one process, and people who talk to it.

Nothing is mocked: what a person says goes through HTTP, inbox, lanes, handlers, database, outbox
and HTTP again. `settled` waits for all of that, moving the clock over the pace's pauses.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete

from bot.app import App
from bot.bank.load import Bank, load
from bot.bank.place import content_dir
from bot.clock import Clock
from bot.sandbox.server import Sandbox
from bot.service import started
from bot.settings import Settings
from bot.store import inbox, outbox
from bot.store.tables import outbox as outbox_table
from bot.store.tables import polls
from bot.trial import TOKEN

Message = dict[str, Any]
SEATS = {"alice": 1001, "boris": 1002, "carla": 1003, "li": 1004}
PATIENCE = 15.0  # seconds until a test gives up waiting


@dataclass
class Stage:
    """Sandbox and bot together."""

    sandbox: Sandbox
    app: App
    bank: Bank

    def rename(self, person: Person, name: str) -> None:
        """Give somebody another first name."""
        people = self.sandbox.world.people
        people[person.id] = replace(people[person.id], name=name)

    @staticmethod
    def forget_polls(conn: Connection) -> None:
        """As if the bot had never sent a poll."""
        conn.execute(delete(polls))
        conn.execute(delete(outbox_table))

    def revive(self, message: Message) -> None:
        """Open a closed poll again."""
        poll = self.sandbox.world.polls[message["poll"]["id"]]
        poll.closed, poll.close_date = False, None

    def person(self, name: str) -> Person:
        """alice (English), boris (Russian), carla (Portuguese) or li (Chinese)."""
        return Person(self, SEATS[name])

    async def settled(self) -> None:
        """Until every update is handled and everything due is sent."""
        async with asyncio.timeout(PATIENCE):
            quiet = 0
            while quiet < 2:
                quiet = 0 if await self._busy() else quiet + 1
                await asyncio.sleep(0.01)

    async def _busy(self) -> bool:
        if self.sandbox.world.mail.pending:
            return True
        if (await self.app.db.read(inbox.counts)).get("waiting"):
            return True
        counts = await self.app.db.read(outbox.counts)
        if counts.get("ready"):
            due = await self.app.db.read(outbox.next_due)
            now = self.app.clock.now()
            if due is not None and due - now < timedelta(seconds=60):
                self.app.clock.move_to(due)  # over the pauses of the pace, not over real time
                self.app.sender.wake()
                return True
        return bool(counts.get("sending"))

    async def travel(self, to: datetime) -> None:
        """Move the clock, with everything on the way really happening."""
        await self.app.travel(to)
        await self.settled()

    async def wait(self, **length: float) -> None:
        """Let time pass: days=1, hours=3 and so on."""
        await self.travel(self.app.clock.now() + timedelta(**length))


@dataclass
class Person:
    """Somebody with a private chat."""

    stage: Stage
    id: int

    @property
    def chat(self) -> list[Message]:
        """The private chat, oldest first."""
        return self.stage.sandbox.world.history(self.id)

    @property
    def heard(self) -> list[Message]:
        """What the bot has said here, oldest first."""
        return [m for m in self.chat if m.get("from", {}).get("is_bot")]

    @property
    def last(self) -> Message:
        """The bot's latest message."""
        return self.heard[-1]

    @property
    def last_text(self) -> str:
        """Its words."""
        return str(self.last["text"])

    @property
    def polls(self) -> list[Message]:
        """Messages with quizzes, oldest first."""
        return [m for m in self.heard if "poll" in m]

    async def says(self, text: str, *, chat_id: int | None = None) -> None:
        """Send words."""
        self.stage.sandbox.world.say(self.id, chat_id or self.id, text)
        await self.stage.settled()

    async def presses(self, label: str, message: Message | None = None) -> str | None:
        """Press the first button whose label contains `label`; returns the toast, if any."""
        for candidate in [message] if message else reversed(self.heard):
            for button in buttons(candidate):
                if label in button["text"]:
                    return await self.press_data(candidate, button["callback_data"])
        raise AssertionError(f"no button {label!r} in {[labels(m) for m in self.heard[-3:]]}")

    async def press_data(self, message: Message, data: str) -> str | None:
        """Press with any data, as a forger would."""
        world = self.stage.sandbox.world
        query = world.press(self.id, message["chat"]["id"], message["message_id"], data)
        await self.stage.settled()
        async with asyncio.timeout(PATIENCE):
            while (answer := world.toast(query)) is None:
                await asyncio.sleep(0.01)
        return answer.get("text")

    async def votes(self, *, right: bool, message: Message | None = None) -> None:
        """Answer the latest quiz, rightly or wrongly."""
        poll = (message or self.polls[-1])["poll"]
        correct = poll["correct_option_ids"][0]
        choice = correct if right else (correct + 1) % len(poll["options"])
        self.stage.sandbox.world.vote(self.id, poll["id"], [choice])
        await self.stage.settled()

    async def sets_up(self, *, level: str = "I know the basics", hour: str = "09:00") -> None:
        """The first minute in English, up to the first question."""
        await self.says("/start")
        await self.presses("English")
        await self.presses(hour)
        await self.presses(level)


def buttons(message: Message) -> list[dict[str, Any]]:
    """The inline buttons of a message, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def labels(message: Message) -> list[str]:
    """Their labels."""
    return [button["text"] for button in buttons(message)]


def monday_morning() -> Clock:
    """A clock that stands at 10:00 UTC on a Monday to come, so that tests know the day."""
    clock = Clock()
    now = clock.now()
    monday = now.date() + timedelta(days=7 - now.weekday())
    clock.move_to(datetime.combine(monday, time(10), UTC))
    return clock


def shipped_bank() -> Bank:
    """The bank in content/."""
    return load(content_dir())


@asynccontextmanager
async def playing(
    bank: Bank,
    url: str,
    folder: Path,
    clock: Clock | None = None,
    sandbox: Sandbox | None = None,
    **changes: Any,
) -> AsyncIterator[Stage]:
    """The stage; a `sandbox` that is given outlives the bot, as Telegram would."""
    clock = clock or monday_morning()
    telegram = sandbox or Sandbox(clock, token=TOKEN, companions=False)
    if sandbox is None:
        await telegram.start()
    settings = replace(
        Settings(bot_token=TOKEN, bot_api_url=telegram.api_url, data_dir=folder, database_url=url),
        **changes,
    )
    try:
        async with started(settings, bank, clock) as app:
            yield Stage(telegram, app, bank)
    finally:
        if sandbox is None:
            await telegram.stop()
