"""A sender between a real database and the sandbox, and a clock that moves only when it is told.

Everything leaves over HTTP; when it arrived is read from the sandbox's own log.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update
from telegram import Bot

from bot.api import Api
from bot.clock import Clock
from bot.delivery.sender import Sender
from bot.rules.pace import Pace
from bot.sandbox.cast import GROUP_ID
from bot.sandbox.server import Sandbox
from bot.store import chats, outbox
from bot.store import tables as t
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.transport import Transport
from bot.trial import TOKEN
from tests import engines

PATIENCE = 15.0  # seconds until a test gives up waiting
CREEP = timedelta(milliseconds=20)  # how the clock goes on while messages wait for the bulk rate
GROUP = GROUP_ID
SENDING = frozenset(
    {"sendMessage", "sendPoll", "sendPhoto", "editMessageText", "editMessageReplyMarkup"}
)


class StillClock(Clock):
    """Stands at a Monday, 10:00 UTC, until it is moved; every look takes a microsecond."""

    def __init__(self) -> None:
        super().__init__()
        today = datetime.now(UTC).date()
        monday = today + timedelta(days=7 - today.weekday())
        self.moment = datetime.combine(monday, time(10), UTC)

    def now(self) -> datetime:
        self.moment += timedelta(microseconds=1)
        return self.moment

    def move_to(self, moment: datetime) -> None:
        forward = max(moment - self.moment, timedelta())
        self.moment += forward
        self.shift += forward


class WatchedSender(Sender):
    """Counts its looks into the outbox, so that a test knows when it has seen what there is."""

    looks = 0

    async def _take(self, room: int) -> float:
        wait = await super()._take(room)
        self.looks += 1
        return wait


@dataclass
class Desk:
    """What a test of the sender works with."""

    sandbox: Sandbox
    db: Database
    api: Api
    clock: StillClock
    sender: WatchedSender
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self) -> None:
        """Let the sender run."""
        self.tasks.append(asyncio.create_task(self.sender.run()))

    async def stop(self) -> None:
        """Stop it as the app does."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.tasks.clear()

    async def owe(self, chat_id: int, *texts: str, urgency: int = 0, **more: Any) -> None:
        """Owe plain messages."""
        await self.owe_all([(chat_id, text) for text in texts], urgency=urgency, **more)

    async def owe_all(self, said: Sequence[tuple[int, str]], *, urgency: int, **more: Any) -> None:
        """Owe plain messages to several chats."""
        rows = [
            Owed(
                **{
                    "chat_id": chat_id,
                    "urgency": urgency,
                    "method": "sendMessage",
                    "params": json.dumps({"text": text}),
                    "due_at": self.clock.now(),
                    **more,
                }
            )
            for chat_id, text in said
        ]
        await self.db.write(self._owe, rows)
        self.sender.wake()

    def _owe(self, conn: Connection, rows: Sequence[Owed]) -> None:
        for chat_id in {row.chat_id for row in rows}:
            kind = "private" if chat_id > 0 else "supergroup"
            now = self.clock.now()
            chats.meet(conn, chat_id, type=kind, language="en", zone="UTC", now=now)
        outbox.add(conn, rows, self.clock.now())

    async def settled(self, *, within: timedelta = timedelta(minutes=5)) -> None:
        """Until all that falls due `within` that time is sent; the clock goes to each moment."""
        end = self.clock.now() + within
        async with asyncio.timeout(PATIENCE):
            while True:
                await self._looked()
                counts, due = await self.db.read(
                    lambda conn: (outbox.counts(conn), outbox.next_due(conn))
                )
                if counts.get("sending"):
                    continue
                if due is None or due > end:
                    return
                self.clock.move_to(due if due > self.clock.now() else self.clock.now() + CREEP)

    async def _looked(self) -> None:
        """Until the sender has looked twice: the first may have begun before the clock moved."""
        enough = self.sender.looks + 2
        while self.sender.looks < enough:
            self.sender.wake()
            await asyncio.sleep(0.001)

    async def flying(self, how_many: int = 1) -> None:
        """Until so many messages are on their way."""
        await until(lambda: self._sending(how_many))

    async def _sending(self, how_many: int) -> bool:
        return (await self.db.read(outbox.counts)).get("sending", 0) >= how_many

    def said(self, chat_id: int) -> list[str]:
        """The words of the bot's messages in a chat, the oldest first."""
        history = self.sandbox.world.history(chat_id)
        return [m["text"] for m in history if m.get("from", {}).get("is_bot") and "text" in m]

    def arrivals(self, chat_id: int | None = None) -> list[float]:
        """When messages and edits arrived, in Unix seconds of the moved clock."""
        return [
            call.time
            for call in self.sandbox.log
            if call.method in SENDING
            and (chat_id is None or int(call.params["chat_id"]) == chat_id)
        ]

    async def rows(self) -> list[RowMapping]:
        """The outbox."""
        query = select(t.outbox).order_by(t.outbox.c.outbox_id)
        return await self.db.read(lambda conn: list(conn.execute(query).mappings()))

    async def states(self) -> list[str]:
        """Where each message of the outbox stands."""
        return [row["state"] for row in await self.rows()]

    async def chat(self, chat_id: int) -> chats.Chat:
        """A chat as stored."""
        found = await self.db.read(chats.get, chat_id)
        assert found is not None
        return found

    async def set_outbox(self, **values: Any) -> None:
        """Change all rows of the outbox."""
        await self.db.write(lambda conn: conn.execute(update(t.outbox).values(**values)) and None)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something."""
    async with asyncio.timeout(PATIENCE):
        while not await true():
            await asyncio.sleep(0.005)


def most_within(seconds: float, moments: Sequence[float]) -> int:
    """How many of the moments lie in the fullest half-open window of that length."""
    return max((sum(s <= m < s + seconds for m in moments) for s in moments), default=0)


def new_sender(desk_db: Database, api: Api, clock: Clock, owner: str = "desk") -> WatchedSender:
    """A sender with a fresh memory of its pace."""
    return WatchedSender(desk_db, api, clock, Pace(), owner)


@asynccontextmanager
async def opened(folder: Path, engine: engines.Engine = "sqlite") -> AsyncIterator[Desk]:
    """A desk whose sender does not run yet. All four seats have talked to the bot before."""
    clock = StillClock()
    sandbox = Sandbox(clock, token=TOKEN, companions=False)
    await sandbox.start()
    for seat in (1001, 1002, 1003, 1004):
        sandbox.world.say(seat, seat, "hello")
    url = engines.new_database(engine, folder)
    db = Database.open(url)
    transport = Transport(read_timeout=2.0)
    bot = Bot(TOKEN, base_url=sandbox.api_url, request=transport, get_updates_request=transport)
    await bot.initialize()
    api = Api(bot, transport, transport)
    desk = Desk(sandbox, db, api, clock, new_sender(db, api, clock))
    try:
        yield desk
    finally:
        await desk.stop()
        await bot.shutdown()
        await db.close()
        await sandbox.stop()
        engines.drop_database(url)
