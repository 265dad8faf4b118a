"""`dailygrad run` and `dailygrad check`: the bot on Telegram, from settings to its end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import re
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, TextIO

from sqlalchemy.exc import DBAPIError
from telegram import Bot
from telegram.error import InvalidToken

from bot import keys
from bot.app import App, running
from bot.bank.load import Bank, ContentError, load
from bot.bank.place import content_dir
from bot.clock import Clock
from bot.logs import quiet_logs
from bot.refusal import Refusal
from bot.settings import Settings
from bot.store import schema
from bot.transport import Transport, failure

NO_TOKEN: Final = (
    "BOT_TOKEN is not set. @BotFather on Telegram gives you one.\n"
    "To try the bot without a token: dailygrad try"
)
_TOKEN: Final = re.compile(r"\d+:[\w-]+", re.ASCII)  # other text would be another address
MOST_SKEW: Final = 5.0  # seconds
BAD_TOKEN: Final = "Telegram does not accept BOT_TOKEN. Ask @BotFather for the right one."


async def run(settings: Settings) -> int:
    """Run the bot until it is told to stop."""
    quiet_logs(settings.log_format, secret=settings.bot_token)
    if not settings.bot_token:
        raise Refusal(NO_TOKEN)
    if not _TOKEN.fullmatch(settings.bot_token):
        raise Refusal(BAD_TOKEN)
    bank = load_bank(settings)
    await asyncio.to_thread(upgrade, settings)
    async with started(settings, bank, Clock()) as app:
        logging.getLogger(__name__).info("ready, %s questions", len(bank))
        await until_stopped(app)
    return 0


@asynccontextmanager
async def started(settings: Settings, bank: Bank, clock: Clock) -> AsyncIterator[App]:
    """A running bot; what commonly stands in its way is worded as a Refusal."""
    try:
        async with running(settings, bank, clock) as app:
            yield app
    except InvalidToken:
        raise Refusal(BAD_TOKEN) from None


async def until_stopped(app: App) -> None:
    """Until SIGINT or SIGTERM, or until a part of the bot ends."""
    spare_collections()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    waits = [asyncio.create_task(stop.wait()), asyncio.create_task(app.wait())]
    done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    for task in done:
        task.result()


def spare_collections() -> None:
    """Keep Python's cycle collector out of people's way, in a process that is ready.

    What has been loaded stays, and a full collection would walk it for 80 ms each time; looking for
    new garbage every 20,000 objects instead of 700 takes a fifth off the time of an answer.
    """
    gc.freeze()
    gc.set_threshold(20_000)


def load_bank(settings: Settings) -> Bank:
    """The question bank. Raises Refusal with all its problems."""
    try:
        return load(content_dir(settings.content_dir))
    except (ContentError, FileNotFoundError) as error:
        raise Refusal(str(error)) from None


def upgrade(settings: Settings) -> None:
    """Bring the database to the newest tables. Raises Refusal where that cannot be done."""
    try:
        if settings.database.startswith("sqlite"):
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        schema.upgrade(settings.database)
    except ModuleNotFoundError as error:
        raise Refusal(f"{error}: pip install 'dailygrad[postgresql]'") from None
    except (OSError, DBAPIError) as error:
        raise Refusal(f"The database cannot be used: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    """What went wrong, without the library's statements and addresses around it."""
    return str(error.orig if isinstance(error, DBAPIError) else error)


async def check(settings: Settings, out: TextIO) -> int:
    """Everything `run` needs, a line each; 0 if all of it is there."""
    quiet_logs(settings.log_format, secret=settings.bot_token)
    print("settings   ok", file=out)
    sound = _checked("content", lambda: f"{len(load_bank(settings))} questions", out)
    sound &= _checked("key", lambda: keys.describe(settings), out)
    # In a thread: on PostgreSQL the look runs an event loop of its own.
    sound &= await asyncio.to_thread(_checked, "database", lambda: _revision(settings), out)
    if not settings.bot_token:
        print(f"telegram   {NO_TOKEN}", file=out)
        return 1
    return 0 if await _check_telegram(settings, out) and sound else 1


def _checked(name: str, look: Callable[[], str], out: TextIO) -> bool:
    try:
        print(f"{name:<10} ok, {look()}", file=out)
    except Exception as error:
        print(f"{name:<10} {_reason(error)}", file=out)
        return False
    return True


def _revision(settings: Settings) -> str:
    current, newest = schema.revision(settings.database)
    schema.refuse_newer(current)
    if current == newest:
        return f"revision {current}"
    if current is None:
        return f"empty; the first start brings it to revision {newest}"
    return f"revision {current}; the next start brings it to {newest}"


async def _check_telegram(settings: Settings, out: TextIO) -> bool:
    if not _TOKEN.fullmatch(settings.bot_token):
        print(f"telegram   {BAD_TOKEN}", file=out)
        return False
    transport = Transport(connection_pool_size=2)
    bot = Bot(settings.bot_token, base_url=settings.bot_api_url, request=transport)
    try:
        await bot.initialize()
        print(f"telegram   ok, @{bot.username}", file=out)
        return await _check_clock(transport, settings, out)
    except InvalidToken:
        print(f"telegram   {BAD_TOKEN}", file=out)
        return False
    except Exception as error:
        print(f"telegram   out of reach: {failure(error).says}", file=out)
        return False
    finally:
        with contextlib.suppress(Exception):
            await bot.shutdown()


async def _check_clock(transport: Transport, settings: Settings, out: TextIO) -> bool:
    """How far this machine's clock is from Telegram's: schedules and polls depend on it."""
    moment = await transport.server_time(settings.bot_api_url)
    if moment is None:
        print("clock      not compared: Telegram did not tell the time", file=out)
        return True
    off = abs(time.time() - moment)
    if off < MOST_SKEW:
        print("clock      ok", file=out)
        return True
    print(f"clock      is off by {off:.0f} s; set it by NTP", file=out)
    return False
