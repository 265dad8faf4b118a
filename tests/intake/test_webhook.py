"""The webhook: who may bring updates, what is one, and when it is acknowledged."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.bank.load import Bank
from bot.clock import Clock
from bot.intake.inbox import Inbox
from bot.intake.webhook import PATH, Webhook
from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import Received
from bot.web import Site
from tests import engines
from tests.stage import playing

SECRET = "open-sesame"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {"update_id": 7, "message": {"from": {"id": 1001}, "chat": {"id": 1001}}}


@dataclass
class Door:
    """A webhook that listens, its database, and what it has handed on."""

    db: Database
    site: Site
    handed: list[int] = field(default_factory=list)

    async def bring(self, body: Any, secret: str | bytes | None = SECRET) -> int:
        """POST an update as Telegram does; the status of the answer."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {} if secret is None else {HEADER: secret}
        url = f"http://127.0.0.1:{self.site.port}{PATH}"
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=raw, headers=headers) as answer,  # type: ignore[arg-type]
        ):
            return answer.status

    async def kept(self) -> int:
        return sum((await self.db.read(inbox.counts)).values())


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    """On a fresh SQLite file; nothing handles what comes in."""
    db = Database.open(engines.new_database("sqlite", tmp_path))
    handed: list[int] = []

    def note(updates: Sequence[Received]) -> None:
        handed.extend(update.update_id for update in updates)

    routes = Webhook(Inbox(db, Clock(), "me", note), SECRET).routes()
    site = Site("127.0.0.1", 0, routes)
    await site.start()
    yield Door(db, site, handed)
    await site.stop()
    await db.close()


@pytest.mark.parametrize("secret", [None, "", "open-sesam", "open-sesame ü", SECRET.upper()])
async def test_without_the_secret_nothing_comes_in(door: Door, secret: str | None) -> None:
    assert await door.bring(UPDATE, secret) == 403
    assert await door.kept() == 0


async def test_a_secret_that_is_no_text_is_refused_too(door: Door) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.site.port)
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n")
    writer.write(HEADER.encode() + b": \xff\xfe\r\n\r\n{}")
    assert (await reader.readline()).split()[1] == b"403"
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        [],
        5,
        "update_id",
        {},
        {"message": {}},
        {"update_id": "7"},
        {"update_id": None},
        {"update_id": 1.5},
        {"update_id": True},
    ],
)
async def test_what_is_no_update_is_refused(door: Door, body: Any) -> None:
    assert await door.bring(body) == 400
    assert await door.kept() == 0


async def test_200_means_that_the_update_is_kept(door: Door) -> None:
    assert await door.bring(UPDATE) == 200
    assert await door.db.read(inbox.counts) == {"waiting": 1}
    assert door.handed == [7]


async def test_an_update_brought_again_is_acknowledged_and_not_handed_on(door: Door) -> None:
    assert [await door.bring(UPDATE) for _ in range(3)] == [200, 200, 200]
    assert sorted(await asyncio.gather(*[door.bring(UPDATE) for _ in range(5)])) == [200] * 5
    assert door.handed == [7]


async def test_while_nothing_can_be_kept_telegram_is_asked_to_come_again(door: Door) -> None:
    await door.db.close()
    assert await door.bring(UPDATE) == 503
    assert door.handed == []


async def test_an_update_that_came_by_polling_is_not_handled_again(door: Door) -> None:
    polled = Inbox(door.db, Clock(), "poller", lambda updates: None)
    await polled.commit([UPDATE])
    assert await door.bring(UPDATE) == 200
    assert door.handed == []


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def test_the_whole_bot_works_over_a_webhook(bank: Bank, tmp_path: Path) -> None:
    port = free_port()
    url = engines.new_database("sqlite", tmp_path)
    more = {"webhook_url": f"http://127.0.0.1:{port}", "listen": ("127.0.0.1", port)}
    async with playing(bank, url, tmp_path, **more) as stage:
        hook = stage.sandbox.world.webhook
        assert hook.url == f"http://127.0.0.1:{port}{PATH}"
        assert hook.secret
        alice = stage.person("alice")
        await alice.sets_up()
        await alice.votes(right=True)
        assert alice.last_text.endswith("🔥 Day 1.")
        assert not hook.last_error_message
        assert "getUpdates" not in {call.method for call in stage.sandbox.log}


async def test_going_back_to_polling_takes_the_webhook_away(bank: Bank, tmp_path: Path) -> None:
    url = engines.new_database("sqlite", tmp_path)
    async with playing(bank, url, tmp_path) as stage:
        assert not stage.sandbox.world.webhook.url
        assert "deleteWebhook" in {call.method for call in stage.sandbox.log}
