"""A sandbox on a free port, and two ways to talk to it: bare HTTP and the bot library."""

import json
import struct
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp
import pytest
import telegram

from bot.clock import Clock
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

TOKEN = "42:SANDBOX"


@dataclass
class Line:
    """Bare HTTP to one sandbox: what a bot and a page would send, without any library's help."""

    house: Sandbox
    session: aiohttp.ClientSession

    @property
    def world(self) -> World:
        return self.house.world

    async def raw(
        self, method: str, files: dict[str, bytes] | None = None, /, **given: Any
    ) -> dict[str, Any]:
        """The whole body of an answer of the Bot API."""
        url = f"{self.house.api_url}{TOKEN}/{method}"
        sent: dict[str, Any] = {"data": form(given, files)} if files else {"json": given}
        async with self.session.post(url, **sent) as answer:
            body: dict[str, Any] = await answer.json()
        assert body["ok"] or body["error_code"] == answer.status
        return body

    async def call(
        self, method: str, files: dict[str, bytes] | None = None, /, **given: Any
    ) -> Any:
        """The result of a call that must succeed."""
        body = await self.raw(method, files, **given)
        assert body["ok"], body
        return body["result"]

    async def refused(
        self, method: str, files: dict[str, bytes] | None = None, /, **given: Any
    ) -> str:
        """The words of a refusal that must come."""
        body = await self.raw(method, files, **given)
        assert not body["ok"], body
        return str(body["description"])

    async def updates(self, **given: Any) -> list[dict[str, Any]]:
        """All waiting updates, confirmed."""
        found = await self.call("getUpdates", **given)
        if found:
            self.world.mail.confirm([update["update_id"] for update in found])
        return list(found)

    async def act(self, name: str, seat: int = 1001, **body: Any) -> dict[str, Any]:
        """Something a person does on the page; the answer's JSON."""
        url = f"{self.house.page_url}page/api/{name}"
        async with self.session.post(url, json={"seat": seat, **body}) as answer:
            found: dict[str, Any] = await answer.json()
            assert (answer.status == 200) == ("error" not in found)
            return found


def form(given: dict[str, Any], files: dict[str, bytes]) -> aiohttp.FormData:
    """Parameters and files as multipart, structures as JSON."""
    data = aiohttp.FormData()
    for name, value in given.items():
        data.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, content in files.items():
        data.add_field(name, BytesIO(content), filename=name, content_type="image/png")
    return data


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x88" * width) * height)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def house(clock: Clock) -> AsyncIterator[Sandbox]:
    """A sandbox without companions, so that nothing happens by itself."""
    sandbox = Sandbox(clock, companions=False)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def line(house: Sandbox) -> AsyncIterator[Line]:
    async with aiohttp.ClientSession() as session:
        yield Line(house, session)


@pytest.fixture
async def bot(house: Sandbox) -> AsyncIterator[telegram.Bot]:
    """python-telegram-bot's own Bot, which parses all that it gets."""
    async with telegram.Bot(TOKEN, base_url=house.api_url, base_file_url=house.file_url) as library:
        yield library


@pytest.fixture
def world(house: Sandbox) -> World:
    return house.world
