"""The composition root: settings become a running bot. The only place where objects meet."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection
from telegram import Bot
from telegram.error import InvalidToken

from bot import keys
from bot.api import Api
from bot.bank.load import Bank
from bot.clock import Clock
from bot.delivery.planner import Planner
from bot.delivery.pulse import Pulse
from bot.delivery.reaper import reap
from bot.delivery.sender import Sender
from bot.delivery.ticks import Ticks
from bot.handlers.commands import menus
from bot.handlers.dispatch import application, handle_received
from bot.handlers.errors import Errors
from bot.handlers.unit import Runner
from bot.intake.inbox import ALLOWED, Inbox
from bot.intake.lanes import Lanes
from bot.intake.polling import Polling
from bot.intake.webhook import PATH, Webhook
from bot.messages.press import Signer
from bot.messages.values import Urgency
from bot.refusal import Refusal
from bot.rules.pace import GROUP_SECONDS, Pace
from bot.settings import Settings
from bot.store import inbox, outbox, schedules
from bot.store.database import Database
from bot.texts import translate
from bot.transport import Outcome, Transport, failure
from bot.web import Health, Site

log = logging.getLogger(__name__)

# Seconds. sqlite3 lets go of the interpreter at every statement, and at Python's 5 ms a busy event
# loop starves the writer thread: 9 to 52 units/s were measured, against 800 to 2,400 with this.
SWITCH = 0.0005
SENDING_POOL = 120  # connections: as many as the sender keeps in flight, and toasts


@dataclass
class App:
    """A running bot: what others may ask of it."""

    db: Database
    clock: Clock
    planner: Planner
    sender: Sender
    pulse: Pulse
    tasks: list[asyncio.Task[Any]]

    async def wait(self) -> None:
        """Until a part of it ends, which none should; raises what ended it."""
        if not self.tasks:  # a process that only takes webhooks in has no loop of its own
            await asyncio.Event().wait()
        done, _ = await asyncio.wait(self.tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def travel(self, to: datetime) -> None:
        """Move the clock to `to`, halting wherever something falls due, so that it is sent."""
        while (due := await self.db.read(schedules.next_due)) is not None and due <= to:
            self.clock.move_to(due)
            await self._settle()
        self.clock.move_to(to)
        await self._settle()

    async def _settle(self) -> None:
        await self.pulse.jump()
        await self.planner.tick()
        await self.sender.drain()


@asynccontextmanager
async def running(settings: Settings, bank: Bank, clock: Clock) -> AsyncIterator[App]:
    """Start the bot and stop it in order. The database is at the newest revision already."""
    sys.setswitchinterval(SWITCH)
    owner = secrets.token_hex(8)
    async with contextlib.AsyncExitStack() as stack:
        db = Database.open(settings.database)
        stack.push_async_callback(db.close)
        await _listen(settings.metrics_listen, Health(db).routes(), stack)
        api = await _connect(settings, stack)
        key = keys.load(settings)
        signer = Signer(keys.derive(key, "buttons"))
        await _settle_the_past(db, clock)
        pace = await db.read(_paced, settings, clock)
        sender = Sender(db, api, clock, pace, owner)
        rng = random.Random()
        planner = Planner(db, bank, clock, signer, sender.wake, rng)
        runner = Runner(db, bank, clock, signer, settings, api, sender.wake, rng)
        app = App(db, clock, planner, sender, Pulse(db, clock), [])
        await app.pulse.beat()
        if "delivery" in settings.roles:
            await _deliver(app, stack)
        if "intake" in settings.roles:
            secret = settings.webhook_secret or keys.derive(key, "webhook").hex()
            await _take_in(app, runner, settings, stack, owner=owner, secret=secret)
        yield app


async def _connect(settings: Settings, stack: contextlib.AsyncExitStack) -> Api:
    sending = Transport(connection_pool_size=SENDING_POOL)
    polling = Transport(connection_pool_size=2)
    bot = Bot(
        settings.bot_token,
        base_url=settings.bot_api_url,
        request=sending,
        get_updates_request=polling,
    )
    stack.push_async_callback(bot.shutdown)
    await _patiently(bot.initialize)
    return Api(bot, sending, polling)


async def _patiently(ask: Callable[[], Awaitable[object]]) -> None:
    """Ask again while Telegram is out of reach. Raises InvalidToken, and Refusal for a plain no."""
    pause = 1.0
    while True:
        try:
            await ask()
            return
        except InvalidToken:
            raise
        except Exception as error:
            trouble = failure(error)
            if trouble.outcome is Outcome.PERMANENT:
                raise Refusal(f"Telegram refuses to start this bot: {trouble.says}") from None
            log.warning("Telegram is out of reach, trying again: %s", trouble.says)
            await asyncio.sleep(trouble.retry_after or pause)
            pause = min(pause * 2, 30)


async def _settle_the_past(db: Database, clock: Clock) -> None:
    """Whoever held messages of an embedded database before is gone: only one process has it."""
    gone = await db.read(outbox.owners) if db.dialect == "sqlite" else []
    await db.write(reap, clock, gone)


def _paced(conn: Connection, settings: Settings, clock: Clock) -> Pace:
    """The pace with the last minute in its memory, so that a restart does not start afresh."""
    pace = Pace(settings.bulk_rate)
    since = clock.now() - timedelta(seconds=GROUP_SECONDS)
    for chat_id, urgency, sent_at in outbox.sent_since(conn, since):
        pace.sent(chat_id, bulk=urgency >= Urgency.DAILY, now=sent_at.timestamp())
    return pace


async def _deliver(app: App, stack: contextlib.AsyncExitStack) -> None:
    _run(app, stack, app.sender.run())

    async def look_after() -> None:
        await app.db.write(reap, app.clock)

    async def plan() -> None:
        await app.pulse.beat()  # first: an outage that is over spares the days it took
        await app.planner.tick()

    async def prune() -> None:
        await app.db.write(outbox.prune, app.clock.now())
        await app.db.write(inbox.prune, app.clock.now())

    ticks = Ticks(
        {
            "planner": (1.0, plan),
            "reaper": (5.0, look_after),
            "prune": (3600.0, prune),
        }
    )
    ticks.start()
    stack.push_async_callback(ticks.stop)


async def _take_in(
    app: App,
    runner: Runner,
    settings: Settings,
    stack: contextlib.AsyncExitStack,
    *,
    owner: str,
    secret: str,
) -> None:
    errors = Errors(app.db)
    dispatch = application(runner.api.bot, runner, errors)
    await dispatch.initialize()
    lanes = Lanes(handle_received(dispatch, errors))
    stack.push_async_callback(lanes.close)
    into = Inbox(app.db, app.clock, owner, lanes.add)
    await into.recover(alone=app.db.dialect == "sqlite")

    async def again() -> None:
        await into.recover(alone=False)

    ticks = Ticks({"inbox": (1.0, again)})
    ticks.start()
    stack.push_async_callback(ticks.stop)
    await _introduce(runner.api)
    if settings.webhook_url:
        await _listen(settings.listen or ("127.0.0.1", 8443), Webhook(into, secret).routes(), stack)
        await _set_webhook(runner.api, settings, secret)
        return
    await _patiently(partial(runner.api.call, "deleteWebhook"))
    _run(app, stack, Polling(runner.api, into, app.db, owner).run())


async def _set_webhook(api: Api, settings: Settings, secret: str) -> None:
    params = {
        "url": settings.webhook_url.rstrip("/") + PATH,
        "secret_token": secret,
        "allowed_updates": ALLOWED,
        "max_connections": 100,
    }
    await _patiently(partial(api.call, "setWebhook", params))


async def _introduce(api: Api) -> None:
    """The command menu and the two descriptions, in every language; English where there is none."""
    calls: list[tuple[str, dict[str, Any]]] = []
    for language, menu in menus().items():
        of = {} if language == "en" else {"language_code": language}
        short = {"short_description": str(translate(language, "about-short"))}
        long = {"description": str(translate(language, "about-long"))}
        calls += [
            ("setMyCommands", {"commands": menu} | of),
            ("setMyShortDescription", short | of),
            ("setMyDescription", long | of),
        ]
    try:
        for method, params in calls:
            await api.call(method, params)
    except Exception as error:
        log.warning("could not set menu and description: %s", failure(error).says)


async def _listen(
    address: tuple[str, int] | None, routes: Any, stack: contextlib.AsyncExitStack
) -> None:
    if address:
        site = Site(*address, routes)
        try:
            await site.start()
        except OSError as error:
            raise Refusal(
                f"Nothing can listen on {address[0]}:{address[1]}: {error.strerror}."
            ) from None
        stack.push_async_callback(site.stop)


def _run(app: App, stack: contextlib.AsyncExitStack, work: Any) -> None:
    task = asyncio.create_task(work)
    app.tasks.append(task)
    stack.push_async_callback(_cancel, task)


async def _cancel(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task
