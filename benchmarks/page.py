"""Somebody at the chat page: hears its events and acts through its API, as the browser does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

PATIENCE = 30.0  # seconds until something expected counts as missing


@dataclass
class Seat:
    """One seat's private chat with the bot."""

    session: aiohttp.ClientSession
    number: int
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    @classmethod
    @asynccontextmanager
    async def taken(cls, session: aiohttp.ClientSession, number: int) -> AsyncIterator[Seat]:
        """A seat that hears what happens as long as it is taken."""
        seat = cls(session, number)
        hearing = asyncio.create_task(seat._hear())
        try:
            yield seat
        finally:
            hearing.cancel()
            await asyncio.wait([hearing])

    async def say(self, text: str) -> None:
        """Write, and wait for what the bot says to it."""
        before = max(self.messages, default=0)
        await self._post("send", text=text)
        await self._until(lambda: any(self._heard(after=before)))

    async def share(self, latitude: float, longitude: float) -> None:
        """Share a place, and wait for what the bot says to it."""
        before = max(self.messages, default=0)
        await self._post("location", latitude=latitude, longitude=longitude)
        await self._until(lambda: any(self._heard(after=before)))

    async def press(self, data: str) -> None:
        """Press the first button whose data begins so, once there is one."""
        await self._until(lambda: self._button(data) is not None)
        message, value = self._button(data) or (0, "")
        await self._post("press", message_id=message, value=value)

    async def vote(self) -> None:
        """Choose the first option of the first quiz, once there is one."""
        await self._until(lambda: bool(self._polls()))
        await self._post("vote", poll_id=self._polls()[0]["id"], options=[0])

    async def post_arrived(self) -> None:
        """Until the answer post, which can be saved, is there."""
        await self._until(lambda: self._button("save ") is not None)

    async def _post(self, act: str, **values: object) -> None:
        body = {"seat": self.number, "chat_id": self.number, **values}
        async with self.session.post(f"/page/api/{act}", json=body) as response:
            if response.status != 200:
                raise RuntimeError(f"{act}: {await response.text()}")

    async def _hear(self) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        params = {"seat": str(self.number)}
        async with self.session.get("/page/api/events", params=params, timeout=timeout) as response:
            kind = ""
            async for line in response.content:
                name, _, value = line.decode().strip().partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    await self._note(kind, json.loads(value))

    async def _note(self, kind: str, data: Any) -> None:
        news = [data] if kind == "message" else []
        if kind == "snapshot":
            news = data["messages"].get(str(self.number), [])
        async with self._news:
            for message in news:
                if message["chat_id"] == self.number:
                    self.messages[message["message_id"]] = message
            self._news.notify_all()

    async def _until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(done)

    def _heard(self, *, after: int) -> list[dict[str, Any]]:
        return [m for n, m in self.messages.items() if n > after and not m["outgoing"]]

    def _button(self, data: str) -> tuple[int, str] | None:
        for message in self.messages.values():
            for button in (button for row in message["buttons"] or [] for button in row):
                if button["kind"] == "callback" and button["value"].startswith(data):
                    return message["message_id"], button["value"]
        return None

    def _polls(self) -> list[dict[str, Any]]:
        return [message["poll"] for message in self.messages.values() if message["poll"]]
