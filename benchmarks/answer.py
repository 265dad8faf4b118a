"""How long an answer takes: from the moment getUpdates has returned a vote to the bot until the
answer post is handed to the transport (the call of sendMessage is entered).

Fifty people vote at once, within one getUpdates, twenty times over, after a round that is not
counted, in which connections are opened and statements compiled. The sandbox runs in another
process and is spoken to over HTTP; the bot is whole (inbox, lanes, handlers, outbox, sender) on a
SQLite file with synchronous=FULL. Printed: the share of votes that took at most so long, over all
rounds, and the 95th percentile of each round.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks.telegram import Telegram, served
from bot.api import Api
from bot.clock import Clock
from bot.service import load_bank, spare_collections, started, upgrade
from bot.settings import Settings
from bot.trial import TOKEN

GOAL = 0.050  # seconds, for the 95th percentile
CHAT_PAUSE = 1.1  # seconds; a chat gets one message a second, which is not what is measured


class Stopwatch:
    """Notes when getUpdates brought somebody's vote, and when their post was handed over."""

    def __init__(self) -> None:
        self.arrived: dict[int, float] = {}
        self.taken: list[float] = []

    def came(self, updates: list[dict[str, Any]]) -> None:
        """getUpdates has returned."""
        now = time.perf_counter()
        for update in updates:
            if vote := update.get("poll_answer"):
                self.arrived[vote["user"]["id"]] = now

    def leaves(self, method: str, params: Mapping[str, Any]) -> None:
        """A call is entered."""
        if method == "sendMessage" and params["chat_id"] in self.arrived:
            self.taken.append(time.perf_counter() - self.arrived.pop(params["chat_id"]))


async def measure(*, people: int = 50, rounds: int = 20) -> list[list[float]]:
    """Seconds for every vote, round by round."""
    with (
        tempfile.TemporaryDirectory(prefix="dailygrad-") as folder,
        served(people) as telegram,
        _timed() as watch,
    ):
        settings = Settings(bot_token=TOKEN, bot_api_url=telegram.api_url, data_dir=Path(folder))
        bank = load_bank(settings)
        await asyncio.to_thread(upgrade, settings)
        async with started(settings, bank, Clock()):
            spare_collections()
            found = [await _round(telegram, watch, number) for number in range(rounds + 1)]
            return found[1:]


async def _round(telegram: Telegram, watch: Stopwatch, number: int) -> list[float]:
    """A quiz for everybody, a vote from everybody; each round leaves two messages in each chat."""
    await telegram.tell("more" if number else "daily")
    await telegram.tell(f"heard {2 * number + 1}")
    await asyncio.sleep(CHAT_PAUSE)
    await telegram.tell("vote")
    await telegram.tell(f"heard {2 * number + 2}")
    await asyncio.sleep(CHAT_PAUSE)
    taken, watch.taken = watch.taken, []
    return taken


@contextmanager
def _timed() -> Iterator[Stopwatch]:
    """A stopwatch at the two ends of the bot, in the places of `Api.poll` and `Api.call`."""
    watch, poll, call = Stopwatch(), Api.poll, Api.call

    async def timed_poll(self: Api, params: Mapping[str, Any], *, patience: float) -> Any:
        updates = await poll(self, params, patience=patience)
        watch.came(updates)
        return updates

    async def timed_call(self: Api, method: str, params: Mapping[str, Any] | None = None) -> Any:
        watch.leaves(method, params or {})
        return await call(self, method, params)

    with patch.object(Api, "poll", timed_poll), patch.object(Api, "call", timed_call):
        yield watch


def percentile(seconds: Sequence[float], share: int) -> float:
    """So many per cent of the values are at most this."""
    return sorted(seconds)[max(0, -(-len(seconds) * share // 100) - 1)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=20)
    args = parser.parse_args()
    rounds = asyncio.run(measure(people=args.people, rounds=args.rounds))
    every = [seconds for taken in rounds for seconds in taken]
    print(f"{len(every)} answers, {args.people} at once, milliseconds:")
    for share in (50, 95, 99, 100):
        print(f"  {share:3} % within {1000 * percentile(every, share):6.1f}")
    each = sorted(1000 * percentile(taken, 95) for taken in rounds)
    print(f"  p95 of a round: {each[0]:.1f} to {each[-1]:.1f}, median {median(each):.1f}")
    print(f"  goal: p95 <= {1000 * GOAL:.0f}")


if __name__ == "__main__":
    main()
