"""The webhook: lanes that wait for their 2xx, retries, the secret, and its settings."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.cast import GROUP_ID
from bot.sandbox.webhook import SECRET_HEADER, Deliveries
from tests.sandbox.conftest import Line


@dataclass
class Receiver:
    """A bot's webhook that notes what comes and answers as told: (status, headers)."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    open: int = 0
    most_open: int = 0
    pause: float = 0

    async def serve(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get(SECRET_HEADER))
        self.moments.append(asyncio.get_running_loop().time())
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        await asyncio.sleep(self.pause)
        self.open -= 1
        status, headers = self.answers.pop(0) if self.answers else (200, {})
        return web.Response(status=status, headers=headers)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application()
    app.router.add_post("/hook", found.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    await runner.cleanup()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.01)


async def test_updates_are_pushed_with_the_secret_and_confirmed(
    line: Line, receiver: Receiver
) -> None:
    line.world.say(1001, 1001, "before")
    await line.call("setWebhook", url=receiver.url, secret_token="s-1")
    line.world.say(1001, 1001, "after")
    await until(lambda: not line.world.mail.pending)
    assert receiver.texts() == ["before", "after"]
    assert receiver.secrets == ["s-1", "s-1"]


async def test_one_chat_waits_for_its_turn_while_others_go_on(
    line: Line, receiver: Receiver
) -> None:
    receiver.pause = 0.05
    await line.call("setWebhook", url=receiver.url)
    for text in "ab":
        line.world.say(1001, 1001, text)
        line.world.say(1002, 1002, text.upper())
    await until(lambda: not line.world.mail.pending)
    assert receiver.most_open == 2
    assert [t for t in receiver.texts() if t.islower()] == ["a", "b"]


async def test_buttons_have_a_lane_per_person(line: Line, receiver: Receiver) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    sent = await line.call("sendMessage", chat_id=GROUP_ID, text="x", reply_markup=markup)
    receiver.pause = 0.05
    await line.call("setWebhook", url=receiver.url)
    for person in (1001, 1002, 1003):
        line.world.press(person, GROUP_ID, sent["message_id"], "a")
    await until(lambda: not line.world.mail.pending)
    assert receiver.most_open == 3


async def test_no_more_calls_at_once_than_max_connections(line: Line, receiver: Receiver) -> None:
    receiver.pause = 0.02
    await line.call("setWebhook", url=receiver.url, max_connections=1)
    for person in (1001, 1002, 1003):
        line.world.say(person, person, "a")
    await until(lambda: not line.world.mail.pending)
    assert receiver.most_open == 1


async def test_a_failure_is_retried_at_once_and_then_after_growing_pauses(
    line: Line, receiver: Receiver
) -> None:
    line.house.deliveries.first_pause = 0.1
    receiver.answers = [(500, {}), (500, {}), (302, {})]
    await line.call("setWebhook", url=receiver.url)
    line.world.say(1001, 1001, "a")
    await until(lambda: not line.world.mail.pending)
    gaps = [b - a for a, b in zip(receiver.moments, receiver.moments[1:], strict=False)]
    assert len(gaps) == 3
    assert gaps[0] < 0.09
    assert gaps[1] >= 0.1
    assert gaps[2] >= 0.2
    info = await line.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"


async def test_the_wait_the_bot_asks_for_is_honoured(line: Line, receiver: Receiver) -> None:
    receiver.answers = [(503, {"Retry-After": "1"})]
    await line.call("setWebhook", url=receiver.url)
    line.world.say(1001, 1001, "a")
    await until(lambda: not line.world.mail.pending)
    assert receiver.moments[1] - receiver.moments[0] >= 1


def test_pauses_double_up_to_a_minute() -> None:
    deliveries = Deliveries.__new__(Deliveries)
    deliveries.first_pause = 2.0
    pauses = [deliveries._pause(failures) for failures in range(8)]
    assert pauses == [0, 2, 4, 8, 16, 32, 60, 60]


async def test_a_bot_that_is_down_gets_its_updates_when_it_is_back(
    line: Line, receiver: Receiver
) -> None:
    line.house.deliveries.first_pause = 0.02
    await line.call("setWebhook", url="http://127.0.0.1:9/hook")
    line.world.say(1001, 1001, "a")
    await until(lambda: bool(line.world.webhook.last_error_message))
    info = await line.call("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["last_error_message"].startswith("Connection failed")
    await line.call("setWebhook", url=receiver.url)
    await until(lambda: not line.world.mail.pending)


async def test_with_a_webhook_nobody_may_poll(line: Line, receiver: Receiver) -> None:
    waiting = asyncio.create_task(line.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await line.call("setWebhook", url=receiver.url)
    assert await waiting == "Conflict: terminated by setWebhook request"
    assert await line.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await line.call("deleteWebhook")
    line.world.say(1001, 1001, "a")
    assert len(await line.call("getUpdates")) == 1
    assert not receiver.got


async def test_waiting_updates_can_be_dropped_with_either_call(line: Line) -> None:
    forget: list[Callable[[], Awaitable[Any]]] = [
        lambda: line.call("setWebhook", url="", drop_pending_updates=True),
        lambda: line.call("deleteWebhook", drop_pending_updates=True),
    ]
    for call in forget:
        line.world.say(1001, 1001, "a")
        await call()
        assert await line.call("getUpdates") == []


@pytest.mark.parametrize(
    "given",
    [
        {"url": "http://example.org/hook"},
        {"url": "ftp://127.0.0.1/"},
        {"url": "https://example.org", "secret_token": "no spaces"},
        {"url": "https://example.org", "max_connections": 101},
    ],
)
async def test_settings_that_cannot_be_are_refused(line: Line, given: dict[str, Any]) -> None:
    assert (await line.refused("setWebhook", **given)).startswith("Bad Request: ")


async def test_the_settings_can_be_asked_for(line: Line) -> None:
    url = "http://127.0.0.1:9/hook"
    await line.call("setWebhook", url=url, max_connections=7, allowed_updates=["message"])
    info = await line.call("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (url, 7)
    assert info["allowed_updates"] == ["message"]
