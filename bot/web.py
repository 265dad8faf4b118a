"""The HTTP side of a running bot: the webhook, and health and figures for whoever watches it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aiohttp import web
from sqlalchemy import Connection

from bot.store import inbox, outbox, uptime
from bot.store.database import Database


@dataclass
class Site:
    """A small web server on one address."""

    host: str
    port: int
    routes: Sequence[web.RouteDef]
    _runner: web.AppRunner | None = field(default=None, init=False)

    async def start(self) -> None:
        """Listen. Raises OSError if the address is taken."""
        application = web.Application(client_max_size=2**20)
        application.add_routes(self.routes)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening; requests in hand are answered first."""
        if self._runner:
            await self._runner.cleanup()


@dataclass(frozen=True)
class Health:
    """/livez: the process answers. /readyz: the database does too. /metrics: how much waits."""

    db: Database

    def routes(self) -> list[web.RouteDef]:
        """The three addresses."""
        return [
            web.get("/livez", self.live),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.metrics),
        ]

    async def live(self, request: web.Request) -> web.Response:
        """The event loop turns."""
        return web.Response(text="ok\n")

    async def ready(self, request: web.Request) -> web.Response:
        """The database can be read."""
        try:
            await self.db.read(uptime.last_beat)
        except Exception as error:
            return web.Response(status=503, text=f"the database: {type(error).__name__}\n")
        return web.Response(text="ok\n")

    async def metrics(self, request: web.Request) -> web.Response:
        """Rows by state, in Prometheus' text format."""
        try:
            lines = await self.db.read(_lines)
        except Exception as error:
            return web.Response(status=503, text=f"the database: {type(error).__name__}\n")
        return web.Response(text="\n".join(lines) + "\n", content_type="text/plain")


def _lines(conn: Connection) -> list[str]:
    lines = []
    for name, counts in (("inbox", inbox.counts(conn)), ("outbox", outbox.counts(conn))):
        lines.append(f"# TYPE dailygrad_{name}_rows gauge")
        lines += [f'dailygrad_{name}_rows{{state="{s}"}} {n}' for s, n in sorted(counts.items())]
    return lines
