"""What the chat page talks to: its files, one stream of events, and what people do.

Only this machine's own pages may use it: other hosts' names and foreign forms are refused.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.sandbox import photos, view
from bot.sandbox.feed import Feed, Packet
from bot.sandbox.page_acts import ACTS, SEAT_IDS, whole, words
from bot.sandbox.records import JSON, Event
from bot.sandbox.refusals import NotPossible, Refusal
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
PRESS_PATIENCE = 15.0
HEARTBEAT = 15.0
RETRY = "retry: 500\n\n"  # milliseconds until the browser comes back after an end
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
NO_CACHE = {"Cache-Control": "no-store"}
Travel = Callable[[str, int], Awaitable[datetime]]


@dataclass
class PageApi:
    """Serves the page of one world; `travel(to, seat)` moves its clock."""

    world: World
    travel: Travel
    hosts: frozenset[str] = frozenset()
    feeds: set[Feed] = field(default_factory=set)
    answered: dict[str, asyncio.Event] = field(default_factory=dict)
    closing: bool = False

    def routes(self) -> list[web.RouteDef]:
        """What to serve."""
        return [
            web.get("/", self.serve_index),
            web.get("/page/api/events", self.serve_events),
            web.post("/page/api/{act}", self.serve_act),
            web.get("/page/photo/{file_id}", self.serve_photo),
            web.get("/page/{path:.+}", self.serve_file),
        ]

    def heard(self, event: Event) -> None:
        """Listens to the world: a press that waits for its toast goes on."""
        if event.kind == "answered" and (waiting := self.answered.get(str(event.item))):
            waiting.set()

    def close(self) -> None:
        """End all streams and waits, for the server's end."""
        self.closing = True
        for feed in self.feeds:
            feed.close()
        for waiting in self.answered.values():
            waiting.set()

    def check_host(self, request: web.Request) -> None:
        """A page of another site that resolves its name to this machine stops here."""
        if request.host not in self.hosts:
            raise web.HTTPForbidden(text="This page is for this machine only.")

    async def serve_index(self, request: web.Request) -> web.StreamResponse:
        """The page itself."""
        self.check_host(request)
        return _file(PAGE / "index.html")

    async def serve_file(self, request: web.Request) -> web.StreamResponse:
        """A file of the page."""
        self.check_host(request)
        path = (PAGE / request.match_info["path"]).resolve()
        if not path.is_relative_to(PAGE.resolve()):
            raise web.HTTPNotFound
        return _file(path)

    async def serve_photo(self, request: web.Request) -> web.Response:
        """A photo's bytes by its file_id."""
        self.check_host(request)
        try:
            photo = photos.known(self.world, request.match_info["file_id"])
        except Refusal:
            raise web.HTTPNotFound from None
        picture = self.world.pictures[photo.id]
        return web.Response(body=picture, content_type=photo.mime, headers=NO_CACHE)

    async def serve_events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events of one seat: a snapshot, then every change."""
        self.check_host(request)
        seat_id = request.query.get("seat", "")
        if not seat_id.isdecimal() or int(seat_id) not in SEAT_IDS:
            return web.json_response({"error": "There is no such seat."}, status=400)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **NO_CACHE})
        await response.prepare(request)
        feed = Feed(self.world, int(seat_id))
        self._open(feed)
        try:
            # Nothing is awaited between listening and the snapshot, so no event falls between.
            first: list[Packet] = [("snapshot", view.snapshot(self.world, feed.seat_id))]
            await _write(response, RETRY)
            await _send(response, first)
            await self._stream(response, feed)
        except (TimeoutError, ConnectionError):
            feed.close()
        finally:
            self._shut(feed)
        return response

    def _open(self, feed: Feed) -> None:
        self.feeds.add(feed)
        self.world.listeners.append(feed.heard)

    def _shut(self, feed: Feed) -> None:
        self.feeds.discard(feed)
        self.world.listeners.remove(feed.heard)

    async def _stream(self, response: web.StreamResponse, feed: Feed) -> None:
        while not (feed.closed or self.closing):
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await feed.stirred.wait()
            except TimeoutError:
                await _write(response, ":\n\n")
                continue
            if packets := feed.take():
                await _send(response, packets)

    async def serve_act(self, request: web.Request) -> web.Response:
        """Something a person does."""
        self.check_host(request)
        name = request.match_info["act"]
        if name not in ACTS and name not in ("press", "clock"):
            raise web.HTTPNotFound
        try:
            body = await _read(request)
            self.world.tick()
            result = await self._act(name, body["seat"], body)
        except NotPossible as reason:
            return web.json_response({"error": str(reason)}, status=400)
        return web.json_response(result)

    async def _act(self, name: str, seat: int, body: JSON) -> JSON:
        if name == "press":
            return await self._press(seat, body)
        if name == "clock":
            return await self._move_clock(seat, body)
        return ACTS[name](self.world, seat, body)

    async def _press(self, seat: int, body: JSON) -> JSON:
        """Tap a button and wait for its toast, as long as an app would show its spinner."""
        place = whole(body, "chat_id"), whole(body, "message_id")
        query_id = self.world.press(seat, *place, words(body, "value"))
        self.answered[query_id] = waiting = asyncio.Event()
        try:
            async with asyncio.timeout(PRESS_PATIENCE):
                await waiting.wait()
        except TimeoutError:
            pass
        finally:
            del self.answered[query_id]
        return self.world.toast(query_id) or {"text": None, "alert": False, "url": None}

    async def _move_clock(self, seat: int, body: JSON) -> JSON:
        where = body.get("to")
        if where not in ("hour", "day", "daily"):
            raise NotPossible("The clock moves by an hour, a day, or to the daily question.")
        moment = await self.travel(where, seat)
        self.world.tick()
        return {"now": int(moment.timestamp())}


def _file(path: Path) -> web.StreamResponse:
    if not path.is_file() or path.suffix not in TYPES:
        raise web.HTTPNotFound
    kind = TYPES[path.suffix]
    charset = "utf-8" if kind.startswith("text/") else None
    body = path.read_bytes()
    return web.Response(body=body, content_type=kind, charset=charset, headers=NO_CACHE)


async def _send(response: web.StreamResponse, packets: list[Packet]) -> None:
    text = "".join(
        f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n" for name, data in packets
    )
    await _write(response, text)


async def _write(response: web.StreamResponse, text: str) -> None:
    """A page that does not read for this long is let go; it comes back by itself."""
    async with asyncio.timeout(HEARTBEAT):
        await response.write(text.encode())


async def _read(request: web.Request) -> JSON:
    """The JSON of a request; a foreign page's form cannot have this content type."""
    if request.content_type != "application/json":
        raise NotPossible("JSON is expected here.")
    try:
        body = await request.json()
    except ValueError:
        raise NotPossible("This is not JSON.") from None
    if not isinstance(body, dict) or body.get("seat") not in SEAT_IDS:
        raise NotPossible("There is no such seat.")
    return body
