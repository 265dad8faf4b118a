"""The sandbox as a process of its own for benchmarks, with a crowd that acts on one word.

Started by `served`. It prints its address, then does what each line of its input says and prints
"done": `daily` (everybody asks for today's question), `more` (one more of its topic), `vote`
(everybody answers their latest quiz, all within one getUpdates), `heard N` (waits until everybody
has heard N messages from the bot).
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from bot.clock import Clock
from bot.sandbox.cast import BOT_ID, Person
from bot.sandbox.records import Chat, ChatType
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.trial import TOKEN

FIRST = 5001  # the id of the crowd's first person


@dataclass(frozen=True)
class Telegram:
    """A running sandbox, seen from the process that started it."""

    process: subprocess.Popen[str]
    api_url: str

    async def tell(self, words: str) -> None:
        """Let the crowd do something; returns once it is done."""
        await asyncio.to_thread(self._tell, words)

    def _tell(self, words: str) -> None:
        assert self.process.stdin
        assert self.process.stdout
        print(words, file=self.process.stdin, flush=True)
        if self.process.stdout.readline() != "done\n":
            raise RuntimeError(f"the sandbox could not do {words!r}")


@contextmanager
def served(people: int) -> Iterator[Telegram]:
    """A sandbox process with so many people, ended at the end."""
    command = [sys.executable, "-m", "benchmarks.telegram", str(people)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield Telegram(process, process.stdout.readline().strip())


async def serve(people: int) -> None:
    """The process itself, until its input ends."""
    sandbox = Sandbox(Clock(), token=TOKEN, companions=False)
    await sandbox.start()
    crowd = range(FIRST, FIRST + people)
    for person in crowd:
        _admit(sandbox.world, person)
    print(sandbox.api_url, flush=True)
    acts: Mapping[str, Callable[[World, int], object]] = {
        "daily": lambda world, person: world.say(person, person, "/daily"),
        "more": _press_more,
        "vote": _vote,
    }
    while line := await asyncio.to_thread(sys.stdin.readline):
        verb, _, number = line.strip().partition(" ")
        if verb == "heard":
            await _until_heard(sandbox.world, crowd, int(number))
        else:
            for person in crowd:
                acts[verb](sandbox.world, person)
        print("done", flush=True)
    await sandbox.stop()


def _admit(world: World, person: int) -> None:
    name = f"Person {person}"
    world.people[person] = Person(person, name, f"person_{person}", "en", "#808080")
    world.add_chat(Chat(person, ChatType.PRIVATE, name, "#808080", f"person_{person}"))


def _press_more(world: World, person: int) -> None:
    for message in reversed(list(world.in_chat(person))):
        for button in (button for row in message.inline or [] for button in row):
            if button["callback_data"].startswith("more "):
                world.press(person, person, message.message_id, button["callback_data"])
                return


def _vote(world: World, person: int) -> None:
    latest = [message.poll for message in world.in_chat(person) if message.poll][-1]
    world.vote(person, latest, [person % len(world.polls[latest].options)])


async def _until_heard(world: World, crowd: range, number: int) -> None:
    heard = partial(_heard, world)
    while min(map(heard, crowd)) < number:  # noqa: ASYNC110  (a benchmark may look)
        await asyncio.sleep(0.01)


def _heard(world: World, person: int) -> int:
    return sum(message.sender == BOT_ID for message in world.in_chat(person))


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
