"""The bot as a process of its own that can be killed at any moment, with Telegram surviving it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.server import Sandbox
from bot.trial import TOKEN

PATIENCE = 60.0  # seconds until a start counts as failed, on however slow a machine
# `python -m bot run` for each line it reads, in a fork of a process that has imported all of it:
# importing is two thirds of a start, and the kills are about the rest.
_NURSERY = """
import json, os, runpy, signal, sys
import bot.service
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
children = []
for line in sys.stdin:
    if (child := os.fork()) == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        order = json.loads(line)
        os.environ.update(order["settings"])
        os.dup2(os.open(order["log"], os.O_CREAT | os.O_WRONLY | os.O_APPEND), 2)
        sys.argv = ["bot", "run"]
        runpy.run_module("bot", run_name="__main__", alter_sys=True)
    children.append(child)
    print(child, flush=True)
for child in children:  # whoever asked is gone or has failed: leave nobody behind
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
"""


@dataclass(frozen=True)
class Process:
    """A running `python -m bot run`."""

    pid: int
    log: Path

    async def kill(self) -> None:
        """SIGKILL: nothing of the program runs any more, not even a `finally`."""
        while self.is_alive():
            os.kill(self.pid, signal.SIGKILL)
            await asyncio.sleep(0.002)

    def is_alive(self) -> bool:
        """Whether it runs; the nursery buries the dead at once."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def check(self) -> None:
        """Fail with the program's own words if it has ended by itself."""
        assert self.is_alive(), self.log.read_text()[-3000:]


@dataclass(frozen=True)
class Nursery:
    """Starts bots on one sandbox and one database."""

    home: subprocess.Popen[str]
    sandbox: Sandbox
    url: str
    folder: Path

    def launch(self) -> Process:
        """A bot that has just begun."""
        assert self.home.stdin
        assert self.home.stdout
        settings = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self.sandbox.api_url,
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder),
        }
        log = self.folder / "bot.log"
        order = {"settings": settings, "log": str(log)}
        print(json.dumps(order), file=self.home.stdin, flush=True)
        return Process(int(self.home.stdout.readline()), log)

    async def start(self) -> Process:
        """A bot that polls."""
        before = self.sandbox.updates.caller
        process = self.launch()
        async with asyncio.timeout(PATIENCE):
            while self.sandbox.updates.caller is before:
                process.check()
                await asyncio.sleep(0.005)
        return process


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """The process that bots are forked from, for a Nursery's `home`."""
    with subprocess.Popen(
        [sys.executable, "-c", _NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as home:
        assert home.stdout
        assert home.stdout.readline() == "ready\n"
        yield home
