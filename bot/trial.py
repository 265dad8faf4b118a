"""`dailygrad try`: sandbox, chat page and bot in one process, with nothing to set."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.app import App
from bot.clock import Clock
from bot.logs import quiet_logs
from bot.refusal import Refusal
from bot.sandbox.refusals import NotPossible
from bot.sandbox.server import Sandbox
from bot.service import load_bank, started, until_stopped, upgrade
from bot.settings import ROLES, Settings
from bot.store import chats, schedules

TOKEN: Final = "42:SANDBOX"
_JUMPS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


@dataclass(frozen=True)
class Trial:
    """A running sandbox with its bot."""

    sandbox: Sandbox
    app: App


async def attempt(settings: Settings, *, port: int, keep: Path | None) -> int:
    """Run sandbox and bot until they are told to stop."""
    quiet_logs(settings.log_format, secret="")
    with tempfile.TemporaryDirectory(prefix="dailygrad-") as folder:
        async with trying(settings, port=port, keep=keep, folder=Path(folder)) as trial:
            print(f"dailygrad is at {trial.sandbox.page_url} – open it in a browser.", flush=True)
            kept = (
                f"State is kept in {keep}."
                if keep
                else "State ends with this program (--keep FILE keeps it)."
            )
            print(f"{kept} Stop with Ctrl+C.", flush=True)
            await until_stopped(trial.app)
    return 0


@asynccontextmanager
async def trying(
    settings: Settings,
    *,
    port: int,
    keep: Path | None,
    folder: Path,
    clock: Clock | None = None,
) -> AsyncIterator[Trial]:
    """Sandbox and bot, the bot reaching the sandbox over HTTP as it would reach Telegram."""
    file = (keep or folder / "dailygrad.db").absolute()
    settings = replace(
        settings,
        bot_token=TOKEN,
        data_dir=file.parent,
        database_url=f"sqlite:///{file}",
        webhook_url="",
        roles=ROLES,
    )
    bank = load_bank(settings)
    await asyncio.to_thread(upgrade, settings)
    clock = clock or Clock()
    state = file.with_name(f"{file.name}.sandbox") if keep else None
    try:
        sandbox = Sandbox(clock, token=TOKEN, state_file=state)
        await sandbox.start(port=port)
    except OSError as error:
        raise Refusal(
            f"Port {port} cannot be used ({error.strerror}). Choose another with --port."
        ) from None
    except ValueError as error:
        raise Refusal(str(error)) from None
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(sandbox.stop)
        app = await stack.enter_async_context(
            started(replace(settings, bot_api_url=sandbox.api_url), bank, clock)
        )
        sandbox.travel = _Travel(app).go
        yield Trial(sandbox, app)


@dataclass(frozen=True)
class _Travel:
    """The page's clock bar: forward by an hour, a day, or to a person's next question."""

    app: App

    async def go(self, to: str, seat: int) -> datetime:
        now = self.app.clock.now()
        if to in _JUMPS:
            target = now + _JUMPS[to]
        else:
            chat = await self.app.db.read(chats.get, seat)
            daily = (await self.app.db.read(schedules.of_chat, seat)).get(schedules.DAILY)
            if chat is None or chat.paused or daily is None:
                raise NotPossible("There is no daily question to travel to yet: send /start first.")
            target = daily.next_at
        await self.app.travel(target)
        return self.app.clock.now()
