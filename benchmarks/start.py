"""How soon `dailygrad try` is ready, and how much memory it takes.

Ready: from the start of the process until it has printed its address and answers GET /. Then four
people set the bot up in the chat page's own way (one of them shares a location, which loads the map
of time zones) and answer a quiz each; a minute after the start the process's resident memory
(VmRSS) is read, and its peak (VmHWM). Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.page import Seat

READY_GOAL = 3.0  # seconds
MEMORY_GOAL = 150.0  # MB
SEATS = (1001, 1002, 1003, 1004)
TOKYO = (35.68, 139.69)


@dataclass(frozen=True)
class Found:
    """Seconds until ready; megabytes resident at the end and at the most."""

    ready: float
    resident: float
    peak: float


async def measure(*, use: float = 60.0) -> Found:
    """Start it, use it, and look at its memory `use` seconds after the start."""
    began = time.perf_counter()
    async with _trial() as (pid, page), aiohttp.ClientSession(page) as session:
        async with session.get("/") as response:
            response.raise_for_status()
            await response.read()
        ready = time.perf_counter() - began
        await asyncio.gather(*(_first_minute(session, seat) for seat in SEATS))
        await asyncio.sleep(max(0.0, began + use - time.perf_counter()))
        return Found(ready, _megabytes(pid, "VmRSS"), _megabytes(pid, "VmHWM"))


@asynccontextmanager
async def _trial() -> AsyncIterator[tuple[int, str]]:
    """`dailygrad try` on a free port: its process id and its address, as it prints it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "try", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout
        printed = (await process.stdout.readline()).decode()
        address = re.search(r"http://\S+/", printed)
        if address is None:
            raise RuntimeError(f"no address in {printed!r}")
        yield process.pid, address[0]
    finally:
        process.terminate()
        await process.wait()


async def _first_minute(session: aiohttp.ClientSession, number: int) -> None:
    """Language, hour, level, the first quiz, and for one of them a place."""
    async with Seat.taken(session, number) as seat:
        await seat.say("/start")
        await seat.press("language ")
        await seat.press("hour ")
        await seat.press("level ")
        await seat.vote()
        await seat.post_arrived()
        if number == SEATS[0]:
            await seat.share(*TOKYO)
        await seat.say("/streak")


def _megabytes(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = re.search(rf"^{name}:\s+(\d+) kB$", status, re.MULTILINE)
    assert kilobytes
    return int(kilobytes[1]) / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of use before a look (60)")
    args = parser.parse_args()
    found = asyncio.run(measure(use=args.seconds))
    print(f"ready after {found.ready:.2f} s (goal: {READY_GOAL:.0f})")
    print(f"resident after {args.seconds:.0f} s: {found.resident:.0f} MB, at most {found.peak:.0f}")
    print(f"  goal: {MEMORY_GOAL:.0f} MB")


if __name__ == "__main__":
    main()
