"""How python-telegram-bot's requests travel: over aiohttp, which stands hundreds in flight. It says
of every failure whether the request had left, sends none twice by itself, and keeps the token out
of what it says."""

import io
import json
import time
from collections import deque
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.failures import Failure as Failure
from bot.failures import LostResponse, NotSent, ServerFailed, TooManyRequests, scrub
from bot.failures import Outcome as Outcome
from bot.failures import failure as failure

_DEFAULT: Final = BaseRequest.DEFAULT_NONE
UPLOAD_TIMEOUT: Final = 30.0  # seconds for a request with files to leave
# A 429 does not say whose limit it is. One chat's limit meets one chat; the bot's own meets whoever
# comes next. So this many different chats refused within so many seconds mean the bot's.
FLOODED_CHATS: Final = 3
FLOOD_WINDOW: Final = 5.0
# The refusals that python-telegram-bot turns into errors of its own.
_TOLD_APART: Final = frozenset({400, 401, 403, 404, 409})


class Transport(BaseRequest):
    """One pool of connections; timeouts in seconds. Use one for polling and one for sending."""

    def __init__(
        self,
        *,
        connection_pool_size: int = 256,
        read_timeout: float = 10.0,
        write_timeout: float = 5.0,
        connect_timeout: float = 5.0,
        pool_timeout: float = 5.0,
    ) -> None:
        """Opens nothing: `initialize` does, and everything after it runs in that event loop."""
        self._connections = connection_pool_size
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._session: aiohttp.ClientSession | None = None
        self._refused: deque[tuple[float, str]] = deque()  # (when, chat) of recent 429s

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer unless a request says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the pool; `initialize` may open it again."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = _DEFAULT,
        write_timeout: Any = _DEFAULT,
        connect_timeout: Any = _DEFAULT,
        pool_timeout: Any = _DEFAULT,
    ) -> tuple[int, bytes]:
        """Send one request; the status and body of what came back.

        Raises NotSent, LostResponse, ServerFailed (5xx), TooManyRequests (429), and BadRequest for
        the refusals that python-telegram-bot does not tell apart.
        """
        if self._session is None:
            raise NotSent("the transport is not open")
        files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            pool=_or(pool_timeout, self._pool_timeout),
            connect=_or(connect_timeout, self._connect_timeout),
            write=_or(write_timeout, UPLOAD_TIMEOUT if files else self._write_timeout),
            read=_or(read_timeout, self._read_timeout),
        )
        body = None if method == "GET" else _Body(_encoded(request_data))
        try:
            async with self._session.request(
                method, url, data=body, timeout=timeout, allow_redirects=False
            ) as response:
                status, content = response.status, await response.read()
        except Exception as error:
            trouble = _trouble(error, left=body is None or body.left)
        else:
            return self._answer(status, content, request_data)
        # Raised out here so that the original, whose text holds the token, is not chained to it.
        raise trouble

    async def server_time(self, url: str) -> float | None:
        """The other end's clock in Unix seconds, to the second; none if it does not say."""
        if self._session is None:
            return None
        try:
            timeout = aiohttp.ClientTimeout(total=self._read_timeout)
            async with self._session.head(url, timeout=timeout, allow_redirects=False) as response:
                return parsedate_to_datetime(response.headers["Date"]).timestamp()
        except (aiohttp.ClientError, OSError, LookupError, ValueError):
            return None

    def _answer(
        self, status: int, content: bytes, request_data: RequestData | None
    ) -> tuple[int, bytes]:
        """Pass on what python-telegram-bot understands; name the rest."""
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            if request_data is not None and not content.startswith(b"{"):
                raise LostResponse(f"the answer ({status}) is not Telegram's")
            return status, content
        fields = _fields(content)
        # Telegram's own refusals say so; a gateway's page means nothing, and may quote the token.
        if status in _TOLD_APART and fields.get("ok") is False:
            return status, content
        raise self._refusal(status, fields, request_data)

    def _refusal(
        self, status: int, fields: Mapping[str, Any], request_data: RequestData | None
    ) -> TelegramError:
        says = scrub(str(fields.get("description") or f"HTTP status {status}"))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            parameters = fields.get("parameters") or {}
            chat = request_data.parameters.get("chat_id") if request_data else None
            return TooManyRequests(
                float(parameters.get("retry_after") or 1), everywhere=self._is_flooded(chat)
            )
        if status < HTTPStatus.BAD_REQUEST:  # a redirection: the address is wrong, and stays so
            return BadRequest(says)
        if status < HTTPStatus.INTERNAL_SERVER_ERROR and fields.get("ok") is False:
            return BadRequest(says)
        # Not Telegram's words: a gateway's page says nothing of what became of the request.
        return ServerFailed(says)

    def _is_flooded(self, chat: object) -> bool:
        """Note a 429, and say whether it is the bot's own limit rather than this chat's."""
        if chat is None:
            return True
        now = time.monotonic()
        self._refused.append((now, str(chat)))
        while self._refused[0][0] < now - FLOOD_WINDOW:
            self._refused.popleft()
        return len({refused for _, refused in self._refused}) >= FLOODED_CHATS


class _Body(aiohttp.Payload):
    """A request's body that knows whether any of the request was handed to an open connection.

    aiohttp holds the headers back until the body's first byte, so before that nothing has left:
    not even over a kept connection that the other end closed in the meantime.
    """

    def __init__(self, inner: aiohttp.Payload) -> None:
        super().__init__(inner, headers=inner.headers)
        self._inner = inner
        self.left = False

    @property
    def size(self) -> int | None:
        return self._inner.size

    @property
    def autoclose(self) -> bool:
        return self._inner.autoclose

    @property
    def consumed(self) -> bool:
        return self._inner.consumed

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return self._inner.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        await self.write_with_length(writer, None)

    async def write_with_length(
        self, writer: AbstractStreamWriter, content_length: int | None
    ) -> None:
        self.left = writer.transport is not None and not writer.transport.is_closing()
        await self._inner.write_with_length(writer, content_length)

    async def close(self) -> None:
        await self._inner.close()


def _encoded(request_data: RequestData | None) -> aiohttp.Payload:
    if request_data is None or not request_data.contains_files:
        # JSON, every value as the text it would be in a form: percent signs take Python longer than
        # all the rest of a request, and a Russian text three times the room.
        fields = request_data.json_parameters if request_data else {}
        body = json.dumps(fields, ensure_ascii=False).encode()
        return aiohttp.BytesPayload(body, content_type="application/json")
    form = aiohttp.FormData(request_data.json_parameters, default_to_multipart=True)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=content_type)
    return form()


def _timeout(
    *, pool: float | None, connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp counts a wait for the pool as connecting, and writing only in the total."""
    to_connect = None if pool is None or connect is None else pool + connect
    known = [part for part in (to_connect, write, read) if part is not None]
    total = sum(known) if len(known) == 3 else None
    return aiohttp.ClientTimeout(
        total=total, connect=to_connect, sock_connect=connect, sock_read=read
    )


def _or(given: Any, default: float) -> float | None:
    return default if given is _DEFAULT else given


def _trouble(error: Exception, *, left: bool) -> TelegramError:
    says = scrub(f"{type(error).__name__}: {error}")
    return LostResponse(says) if left else NotSent(says)


def _fields(content: bytes) -> Mapping[str, Any]:
    try:
        fields = json.loads(content)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}
