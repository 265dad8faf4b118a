"""The transport against a server on this machine that answers, stalls, resets or is not there."""

import asyncio
import io
import json
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot, InputFile, InputMediaPhoto
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.failures import Failure, LostResponse, NotSent, ServerFailed, TooManyRequests
from bot.transport import Outcome, Transport, _Body, failure

TOKEN = "42:SANDBOX-secret"
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(40)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def ok(result: Any = True) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def message() -> web.Response:
    chat = {"id": 1001, "type": "private", "first_name": "Alice"}
    return ok({"message_id": 7, "date": 1_777_777_777, "chat": chat})


def content(field: Any) -> Any:
    """A form's field as text, or as (name, type, bytes) of a file."""
    if isinstance(field, web.FileField):
        return field.filename, field.content_type, field.file.read()
    return field


class Telegram:
    """A server whose next answers a test decides; it remembers what came."""

    def __init__(self) -> None:
        self.handler: Handler = self.accept
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.connections: set[Any] = set()
        self.url = ""
        self.stalled = asyncio.Event()

    @staticmethod
    async def accept(_request: web.Request) -> web.StreamResponse:
        return message()

    async def stall(self, _request: web.Request) -> web.StreamResponse:
        """Take the request, and answer when the test is over."""
        await self.stalled.wait()
        return ok()

    @staticmethod
    async def reset(request: web.Request) -> web.StreamResponse:
        """Take the request, and drop the connection instead of answering."""
        assert request.transport is not None
        request.transport.abort()
        return ok()

    def refuse(self, status: int, description: str, **parameters: Any) -> None:
        """Answer everything with Telegram's way of refusing."""
        body = {"ok": False, "error_code": status, "description": description}

        async def handler(_request: web.Request) -> web.StreamResponse:
            extra = {"parameters": parameters} if parameters else {}
            return web.json_response(body | extra, status=status)

        self.handler = handler

    def reply(self, status: int, text: str) -> None:
        """Answer everything with a page that is not Telegram's, quoting the address."""

        async def handler(request: web.Request) -> web.StreamResponse:
            return web.Response(status=status, text=f"<html>{text} {request.path}</html>")

        self.handler = handler

    async def take(self, request: web.Request) -> web.StreamResponse:
        is_json = request.content_type == "application/json"
        given = await (request.json() if is_json else request.post())
        fields = {name: content(value) for name, value in given.items()}
        self.requests.append((request.path.rpartition("/")[2], fields))
        self.connections.add(request.transport)
        return await self.handler(request)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    server = Telegram()
    app = web.Application(client_max_size=2**23)
    app.router.add_route("*", "/{rest:.*}", server.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    yield server
    server.stalled.set()
    await runner.cleanup()


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    """A transport without much patience."""
    opened = Transport(read_timeout=0.3, connect_timeout=0.3, pool_timeout=0.1)
    await opened.initialize()
    yield opened
    await opened.shutdown()


@pytest.fixture
def bot(telegram: Telegram, transport: Transport) -> Bot:
    return Bot(TOKEN, base_url=telegram.url, request=transport)


def unused_url() -> str:
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/bot"


async def error_of(call: Awaitable[Any]) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await call
    return raised.value


async def hello(bot: Bot, chat_id: int = 1001) -> Any:
    return await bot.send_message(chat_id, "hello")


async def test_a_message_arrives_with_its_fields(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_message(1001, "здравствуй & 你好", disable_notification=True)
    assert sent.message_id == 7
    assert telegram.requests == [
        (
            "sendMessage",
            {"chat_id": "1001", "text": "здравствуй & 你好", "disable_notification": "true"},
        )
    ]


async def test_a_method_without_fields_is_sent_too(
    telegram: Telegram, transport: Transport
) -> None:
    await transport.post(f"{telegram.url}{TOKEN}/close")
    assert telegram.requests == [("close", {})]


async def test_a_photo_is_uploaded_with_its_caption(telegram: Telegram, bot: Bot) -> None:
    await bot.send_photo(1001, PIXEL, caption="día 3", filename="streak.png")
    photo = ("streak.png", "image/png", PIXEL)
    assert telegram.requests == [
        ("sendPhoto", {"chat_id": "1001", "caption": "día 3", "photo": photo})
    ]


async def test_megabytes_are_uploaded_from_memory_and_from_an_open_file(
    telegram: Telegram, bot: Bot
) -> None:
    big = PIXEL * 60_000
    await bot.send_document(1001, big, filename="memory.json")
    with io.BytesIO(big) as handle:
        streamed = InputFile(handle, filename="file.json", read_file_handle=False)
        await bot.send_document(1001, streamed)
    assert [fields["document"][2] == big for _, fields in telegram.requests] == [True, True]


async def test_several_files_travel_under_names_of_their_own(telegram: Telegram, bot: Bot) -> None:
    async def album(_request: web.Request) -> web.StreamResponse:
        return ok([])

    telegram.handler = album
    await bot.send_media_group(1001, [InputMediaPhoto(PIXEL), InputMediaPhoto(PIXEL + b"2")])
    fields = telegram.requests[0][1]
    media = [part["media"].removeprefix("attach://") for part in json.loads(fields["media"])]
    assert [fields[name][2] for name in media] == [PIXEL, PIXEL + b"2"]


async def test_a_file_is_downloaded_as_it_is(telegram: Telegram, transport: Transport) -> None:
    async def file(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=PIXEL)

    telegram.handler = file
    assert await transport.retrieve(f"{telegram.url}{TOKEN}/photos/1.png") == PIXEL


async def test_two_hundred_requests_are_in_flight_at_once(telegram: Telegram) -> None:
    arrived, all_here = 0, asyncio.Event()

    async def meet(_request: web.Request) -> web.StreamResponse:
        nonlocal arrived
        arrived += 1
        if arrived == 200:
            all_here.set()
        await all_here.wait()
        return message()

    telegram.handler = meet
    async with Transport(connection_pool_size=200) as wide:
        bot = Bot(TOKEN, base_url=telegram.url, request=wide)
        answers = await asyncio.gather(*(hello(bot, chat) for chat in range(1, 201)))
    assert len(answers) == 200


async def test_requests_one_after_another_share_a_connection(telegram: Telegram, bot: Bot) -> None:
    for _ in range(5):
        await hello(bot)
    assert len(telegram.connections) == 1


async def test_a_closed_connection_is_not_used_again(telegram: Telegram, bot: Bot) -> None:
    await hello(bot)
    for connection in telegram.connections:
        connection.close()
    await asyncio.sleep(0.02)
    await hello(bot)
    assert len(telegram.requests) == 2


async def test_nobody_listening_means_not_sent(transport: Transport) -> None:
    bot = Bot(TOKEN, base_url=unused_url(), request=transport)
    error = await error_of(hello(bot))
    assert isinstance(error, NotSent)
    assert failure(error).outcome is Outcome.NOT_SENT


async def test_an_unknown_host_means_not_sent(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    bot = Bot(TOKEN, base_url="http://telegram.invalid/bot", request=transport)
    assert isinstance(await error_of(hello(bot)), NotSent)


async def test_a_failed_handshake_means_not_sent(telegram: Telegram, transport: Transport) -> None:
    bot = Bot(TOKEN, base_url=telegram.url.replace("http:", "https:"), request=transport)
    assert isinstance(await error_of(hello(bot)), NotSent)
    assert telegram.requests == []


async def test_a_full_pool_means_not_sent(telegram: Telegram) -> None:
    telegram.handler = telegram.stall
    async with Transport(connection_pool_size=1, pool_timeout=0, connect_timeout=0.05) as narrow:
        bot = Bot(TOKEN, base_url=telegram.url, request=narrow)
        first = asyncio.ensure_future(hello(bot))
        await asyncio.sleep(0.02)
        assert isinstance(await error_of(hello(bot)), NotSent)
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first
    assert len(telegram.requests) == 1


async def test_a_transport_that_is_not_open_has_not_sent(telegram: Telegram) -> None:
    error = await error_of(hello(Bot(TOKEN, base_url=telegram.url, request=Transport())))
    assert isinstance(error, NotSent)


async def test_a_transport_can_be_opened_again(telegram: Telegram, transport: Transport) -> None:
    await transport.shutdown()
    await transport.shutdown()
    await transport.initialize()
    await hello(Bot(TOKEN, base_url=telegram.url, request=transport))
    assert len(telegram.requests) == 1


async def test_an_answer_that_does_not_come_is_unknown(telegram: Telegram, bot: Bot) -> None:
    telegram.handler = telegram.stall
    error = await error_of(hello(bot))
    assert isinstance(error, LostResponse)
    assert failure(error).outcome is Outcome.UNKNOWN


async def test_a_request_may_bring_its_own_patience(telegram: Telegram, bot: Bot) -> None:
    async def slow(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.4)
        return message()

    telegram.handler = slow
    await bot.send_message(1001, "hello", read_timeout=5)


async def test_a_connection_lost_after_the_request_is_unknown(telegram: Telegram, bot: Bot) -> None:
    telegram.handler = telegram.reset
    assert isinstance(await error_of(hello(bot)), LostResponse)
    assert len(telegram.requests) == 1


async def test_an_answer_cut_short_is_unknown(telegram: Telegram, bot: Bot) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b'{"ok": true, ')
        assert request.transport is not None
        request.transport.close()
        return response

    telegram.handler = half
    assert isinstance(await error_of(hello(bot)), LostResponse)


async def test_a_lost_request_is_not_sent_again_over_a_kept_connection(
    telegram: Telegram, bot: Bot
) -> None:
    await hello(bot)
    telegram.handler = telegram.reset
    assert isinstance(await error_of(hello(bot)), LostResponse)
    assert len(telegram.requests) == 2


async def test_a_connection_that_died_unnoticed_is_unknown(telegram: Telegram, bot: Bot) -> None:
    await hello(bot)
    for connection in telegram.connections:
        connection.abort()  # and no chance for the client to see it before it writes
    error = await error_of(hello(bot))
    assert isinstance(error, LostResponse | NotSent)
    assert len(telegram.requests) == 1


class ClosingWriter:
    """Where aiohttp writes to when the connection closed between the choice of it and the write."""

    class transport:
        @staticmethod
        def is_closing() -> bool:
            return True

    async def write(self, _chunk: bytes) -> None:
        raise aiohttp.ClientConnectionResetError("Cannot write to closing transport")


async def test_a_body_that_met_a_closing_connection_has_not_left() -> None:
    body = _Body(aiohttp.BytesPayload(b"chat_id=1"))
    with pytest.raises(aiohttp.ClientConnectionResetError):
        await body.write(ClosingWriter())  # type: ignore[arg-type]
    assert not body.left


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
async def test_a_failing_server_is_unknown(telegram: Telegram, bot: Bot, status: int) -> None:
    telegram.reply(status, "nginx")
    error = await error_of(hello(bot))
    assert isinstance(error, ServerFailed)
    assert failure(error) == Failure(Outcome.UNKNOWN, f"HTTP status {status}")


async def test_a_page_instead_of_json_is_unknown(telegram: Telegram, bot: Bot) -> None:
    telegram.reply(200, "Sign in to the hotel's network")
    assert isinstance(await error_of(hello(bot)), LostResponse)


async def test_a_redirection_is_not_followed(telegram: Telegram, bot: Bot) -> None:
    async def away(request: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect(f"/elsewhere{request.path}")

    telegram.handler = away
    assert failure(await error_of(hello(bot))).outcome is Outcome.PERMANENT
    assert len(telegram.requests) == 1


async def test_too_many_requests_say_how_long_to_wait(telegram: Telegram, bot: Bot) -> None:
    telegram.refuse(429, "Too Many Requests: retry after 35", retry_after=35)
    error = await error_of(hello(bot))
    assert isinstance(error, TooManyRequests)
    found = failure(error)
    assert (found.outcome, found.retry_after, found.everywhere) == (Outcome.WAIT, 35.0, False)


async def test_too_many_requests_without_a_time_wait_a_second(telegram: Telegram, bot: Bot) -> None:
    telegram.reply(429, "slow down")
    assert failure(await error_of(hello(bot))).retry_after == 1.0


async def test_one_chat_refused_again_and_again_is_that_chats_limit(
    telegram: Telegram, bot: Bot
) -> None:
    telegram.refuse(429, "Too Many Requests: retry after 3", retry_after=3)
    found = [failure(await error_of(hello(bot))) for _ in range(5)]
    assert not any(each.everywhere for each in found)


async def test_three_chats_refused_at_once_are_the_bots_limit(telegram: Telegram, bot: Bot) -> None:
    telegram.refuse(429, "Too Many Requests: retry after 3", retry_after=3)
    found = [failure(await error_of(hello(bot, chat))) for chat in (1, 2, 3)]
    assert [each.everywhere for each in found] == [False, False, True]


async def test_chats_refused_long_apart_are_their_own_limits(
    telegram: Telegram, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.transport.FLOOD_WINDOW", 0.0)
    telegram.refuse(429, "Too Many Requests: retry after 3", retry_after=3)
    found = [failure(await error_of(hello(bot, chat))) for chat in (1, 2, 3, 4)]
    assert not any(each.everywhere for each in found)


async def test_a_refusal_of_what_concerns_no_chat_is_the_bots_limit(
    telegram: Telegram, bot: Bot
) -> None:
    telegram.refuse(429, "Too Many Requests: retry after 3", retry_after=3)
    assert failure(await error_of(bot.get_me())).everywhere


async def test_a_file_that_is_too_large_is_refused_for_good(telegram: Telegram, bot: Bot) -> None:
    telegram.refuse(413, "Request Entity Too Large")
    error = await error_of(bot.send_photo(1001, PIXEL))
    assert isinstance(error, BadRequest)
    assert failure(error).outcome is Outcome.PERMANENT


async def test_the_servers_clock_is_told(telegram: Telegram, transport: Transport) -> None:
    async def dated(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=404, headers={"Date": "Sun, 03 May 2026 12:00:00 GMT"})

    telegram.handler = dated
    assert await transport.server_time(telegram.url) == 1_777_809_600


async def test_no_clock_is_told_where_nobody_listens(transport: Transport) -> None:
    assert await transport.server_time(unused_url()) is None
    await transport.shutdown()
    assert await transport.server_time(unused_url()) is None


async def unreachable(_telegram: Telegram, bot: Bot) -> None:
    bot._base_url = f"{unused_url()}{TOKEN}"


async def stalled(telegram: Telegram, _bot: Bot) -> None:
    telegram.handler = telegram.stall


async def dropped(telegram: Telegram, _bot: Bot) -> None:
    telegram.handler = telegram.reset


def page(status: int) -> Callable[[Telegram, Bot], Awaitable[None]]:
    async def quoted(telegram: Telegram, _bot: Bot) -> None:
        telegram.reply(status, "The requested address was not understood:")

    return quoted


@pytest.mark.parametrize(
    "trouble",
    [unreachable, stalled, dropped, *map(page, (200, 302, 400, 401, 403, 404, 429, 502))],
)
async def test_the_token_is_in_no_error_and_no_log(
    telegram: Telegram,
    bot: Bot,
    trouble: Callable[[Telegram, Bot], Awaitable[None]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    await trouble(telegram, bot)
    error = await error_of(hello(bot))
    told = [str(error), repr(error), failure(error).says, *traceback.format_exception(error)]
    assert TOKEN not in "\n".join([*told, caplog.text])
    while (chained := error.__context__) is not None:
        assert TOKEN not in repr(chained)
        error = chained


async def test_a_cancelled_request_stays_cancelled(telegram: Telegram, bot: Bot) -> None:
    telegram.handler = telegram.stall
    request = asyncio.ensure_future(hello(bot))
    await asyncio.sleep(0.02)
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request


def test_the_read_timeout_is_told() -> None:
    assert Transport(read_timeout=12).read_timeout == 12


def test_our_errors_are_python_telegram_bots_errors() -> None:
    for kind in (NotSent, LostResponse, ServerFailed):
        assert issubclass(kind, NetworkError)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409])
async def test_a_gateways_page_is_not_taken_for_a_refusal(
    telegram: Telegram, bot: Bot, status: int
) -> None:
    telegram.reply(status, "the proxy is having a bad day")
    told = failure(await error_of(hello(bot)))
    assert told.outcome is Outcome.UNKNOWN
    assert told.gone is None
