"""The sandbox as one server: the Bot API, the chat page, and the clock that ticks behind them."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot.clock import Clock
from bot.sandbox.api import LARGEST_BODY, Api, Call
from bot.sandbox.companions import Companions
from bot.sandbox.faults import Faults
from bot.sandbox.page_api import PageApi
from bot.sandbox.state import Keeper
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Deliveries
from bot.sandbox.world import World

TICK = 0.25  # seconds between looks at the clock
LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT_TOKEN = "42:SANDBOX"
JUMPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


class Sandbox:
    """Telegram in miniature on this machine.

    `travel` may be replaced by the app; without it the clock moves by an hour, a day, or, for
    "daily", to the next 09:00 UTC.
    """

    def __init__(
        self,
        clock: Clock,
        token: str = DEFAULT_TOKEN,
        state_file: Path | str | None = None,
        *,
        companions: bool = True,
    ) -> None:
        self.clock = clock
        self.world = World(clock)
        self.keeper = Keeper(self.world, Path(state_file)) if state_file else None
        self.updates = Updates(self.world)
        self.api = Api(self.world, self.updates, token)
        self.page = PageApi(self.world, self._travel)
        self.deliveries = Deliveries(self.updates)
        self.companions = Companions(self.world) if companions else None
        self.travel: Callable[[str, int], Awaitable[datetime]] | None = None
        self.token = token
        self.host = "127.0.0.1"
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._ticking: asyncio.Task[None] | None = None

    @property
    def faults(self) -> Faults:
        """What is to go wrong."""
        return self.api.faults

    @property
    def log(self) -> deque[Call]:
        """The latest calls of the Bot API, the oldest first."""
        return self.api.log

    @property
    def api_url(self) -> str:
        """Base address of the Bot API: the token and a method's name follow."""
        return f"http://{self._authority()}/bot"

    @property
    def file_url(self) -> str:
        """Base address of files: the token and a path follow."""
        return f"http://{self._authority()}/file/bot"

    @property
    def page_url(self) -> str:
        """Where a browser finds the chat page."""
        return f"http://{self._authority()}/"

    def _authority(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{name}:{self.port}"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one.

        Raises OSError when the port is taken and ValueError for a host that others could reach,
        or a state file that cannot be read.
        """
        if host not in LOOPBACK:
            raise ValueError(f"the sandbox listens on this machine only, not on {host}")
        if self.keeper:
            self.keeper.load()
        self.host = host
        await self._serve(host, port)
        self._listen()
        names = ("127.0.0.1", "localhost", "[::1]")
        self.page.hosts = frozenset(f"{name}:{self.port}" for name in names)
        self._ticking = asyncio.create_task(self._tick())
        self.deliveries.start()
        if self.keeper:
            self.keeper.start()

    def _listen(self) -> None:
        listeners = [self.updates.heard, self.page.heard, self.deliveries.heard]
        if self.companions:
            listeners.append(self.companions.heard)
        self.world.listeners += listeners

    async def _serve(self, host: str, port: int) -> None:
        app = web.Application(client_max_size=LARGEST_BODY)
        app.add_routes([*self.page.routes(), *self.api.routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = int(self._runner.addresses[0][1])

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            self.world.tick()

    async def _travel(self, to: str, seat: int) -> datetime:
        if self.travel is not None:
            return await self.travel(to, seat)
        now = self.clock.now()
        morning = now.replace(hour=9, minute=0, second=0, microsecond=0)
        next_morning = morning if morning > now else morning + timedelta(days=1)
        self.clock.move_to(now + JUMPS[to] if to in JUMPS else next_morning)
        return self.clock.now()

    async def stop(self) -> None:
        """Let go of everyone who waits, close the port, save the last state."""
        self.page.close()
        self.updates.close()
        if self.companions:
            self.companions.stop()
        if self._ticking:
            self._ticking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticking
        await self.deliveries.stop()
        if self._runner:
            await self._runner.cleanup()
        if self.keeper:
            await self.keeper.stop()
