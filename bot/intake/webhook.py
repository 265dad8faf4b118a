"""The webhook: Telegram's POST is answered with 200 only after the update is committed."""

from __future__ import annotations

import hmac
import json
import logging
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.intake.inbox import Inbox

log = logging.getLogger(__name__)

PATH: Final = "/telegram"
_SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Webhook:
    """Takes updates that Telegram brings, if they carry the secret."""

    inbox: Inbox
    secret: str

    def routes(self) -> list[web.RouteDef]:
        """Where updates arrive."""
        return [web.post(PATH, self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        """403 without the secret, 400 for what is no update, 503 while it cannot be kept."""
        given = request.headers.get(_SECRET, "")
        # A stranger's header may be no text at all.
        given_bytes = given.encode(errors="surrogateescape")
        if not hmac.compare_digest(given_bytes, self.secret.encode()):
            return web.Response(status=403, text="the secret is missing or wrong\n")
        try:
            update = json.loads(await request.read())
            if type(update["update_id"]) is not int:
                raise TypeError("a number of an update is whole")
        except (ValueError, KeyError, TypeError, RecursionError):
            return web.Response(status=400, text="this is no update\n")
        try:
            await self.inbox.commit([update])
        except Exception:
            log.exception("could not keep update %s", update["update_id"])
            return web.Response(status=503, headers={"Retry-After": "2"})
        return web.Response()
