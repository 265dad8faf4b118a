"""The bot as a process of its own that can be killed at any moment, with Telegram surviving it."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.server import Sandbox
from bot.trial import TOKEN

PATIENCE = 60.0  # seconds until a start counts as failed, on however slow a machine
# `python -m bot run` that halts once its modules are there: fifty starts cost half the time when
# the next process imports while the one before still works.
_SPARE = (
    "import sys, bot.service; from bot.cli import main; sys.stdin.readline(); sys.exit(main(['run']))"
)


@dataclass
class Process:
    """A running `python -m bot run`."""

    child: asyncio.subprocess.Process
    log: Path

    def begin(self) -> None:
        """Let a spare run."""
        assert self.child.stdin is not None
        self.child.stdin.write(b"\n")

    async def kill(self) -> None:
        """SIGKILL: nothing of the program runs any more, not even a `finally`."""
        if self.child.returncode is None:
            self.child.kill()
        await self.child.wait()
        if self.child.stdin is not None:
            self.child.stdin.close()

    def check(self) -> None:
        """Fail with the program's own words if it has ended by itself."""
        assert self.child.returncode is None, self.log.read_text()[-3000:]


async def launch(sandbox: Sandbox, url: str, folder: Path, *, spare: bool = False) -> Process:
    """Start a bot on the database `url`; a spare waits for `begin`."""
    command = ["-c", _SPARE] if spare else ["-m", "bot", "run"]
    log = folder / "bot.log"
    settings = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": sandbox.api_url,
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
    }
    with log.open("ab") as out:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            env={**os.environ, **settings},
            stdin=asyncio.subprocess.PIPE if spare else asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    return Process(child, log)


async def until_polling(sandbox: Sandbox, process: Process, before: object) -> None:
    """Until the process asks for updates; `before` is who asked last before it started."""
    async with asyncio.timeout(PATIENCE):
        while sandbox.updates.caller is before:
            process.check()
            await asyncio.sleep(0.005)


async def started(sandbox: Sandbox, url: str, folder: Path) -> Process:
    """A bot that has started and polls."""
    before = sandbox.updates.caller
    process = await launch(sandbox, url, folder)
    await until_polling(sandbox, process, before)
    return process
