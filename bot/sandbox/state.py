"""Keeps the world in a file, so that a killed sandbox loses at most the last fifth of a second.

The file is JSON and replaced as a whole; pictures lie beside it, one file each, written once.
"""

import asyncio
import contextlib
import json
import logging
import os
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.records import (
    JSON,
    Chat,
    ChatType,
    Event,
    Message,
    Photo,
    Poll,
    Press,
    Status,
    Webhook,
)
from bot.sandbox.world import World

PAUSE = 0.2  # seconds between two saves
SHARE = 5  # a save that takes long is not repeated before this many times its own duration
FLEETING = frozenset({"typing", "answered"})
FORMAT = 1
log = logging.getLogger(__name__)


def dump(world: World) -> JSON:
    """The world as JSON, pictures left out."""
    return {
        "format": FORMAT,
        "shift": world.clock.shift.total_seconds(),
        "chats": [vars(chat) for chat in world.chats.values()],
        "messages": [vars(m) for chat in world.messages.values() for m in chat.values()],
        "polls": [vars(poll) for poll in world.polls.values()],
        "photos": [vars(photo) for photo in world.photos.values()],
        "presses": [vars(press) for press in world.presses.values()],
        "deactivated": sorted(world.deactivated),
        "commands": world.commands,
        "profile": world.profile,
        "counters": world.counters,
        "webhook": vars(world.webhook),
        "mail": world.mail.as_state(),
    }


def restore(world: World, state: JSON) -> None:
    """Put a dumped world in place of the present one; raises KeyError, TypeError, ValueError."""
    if state["format"] != FORMAT:
        raise ValueError(f"format {state['format']} is not known")
    chats = [_chat(item) for item in state["chats"]]
    messages = [Message(**_whole_keys(item, "reactions")) for item in state["messages"]]
    polls = [Poll(**_whole_keys(item, "votes", "option_photos")) for item in state["polls"]]
    world.chats = {chat.id: chat for chat in chats}
    world.messages = {}
    for message in messages:
        world.messages.setdefault(message.chat_id, {})[message.message_id] = message
    world.polls = {poll.id: poll for poll in polls}
    world.running = {poll.id for poll in polls if not poll.closed}
    world.photos = {item["id"]: Photo(**item) for item in state["photos"]}
    world.presses = {item["id"]: Press(**item) for item in state["presses"]}
    world.deactivated = set(state["deactivated"])
    world.commands, world.profile = state["commands"], state["profile"]
    world.counters, world.webhook = state["counters"], Webhook(**state["webhook"])
    world.mail.restore(state["mail"])
    world.clock.shift = timedelta(seconds=state["shift"])
    world.shift_told = world.clock.shift


def _chat(item: JSON) -> Chat:
    chat = Chat(**_whole_keys(item, "members", "read"))
    chat.type = ChatType(chat.type)
    chat.members = {user: Status(status) for user, status in chat.members.items()}
    return chat


def _whole_keys(item: JSON, *names: str) -> dict[str, Any]:
    """JSON has strings for keys where the record has user ids."""
    return {**item, **{name: {int(k): v for k, v in item[name].items()} for name in names}}


class Keeper:
    """Saves a world soon after each change."""

    def __init__(self, world: World, path: Path) -> None:
        self.world = world
        self.path = path
        self.folder = path.with_name(path.name + ".photos")
        self.changed = asyncio.Event()
        self.unsaved: list[str] = []
        self._task: asyncio.Task[None] | None = None
        self._writing = threading.Lock()  # the last save may meet one still under way

    def load(self) -> None:
        """Take up the saved world, if there is one; raises ValueError that names the file."""
        if not self.path.exists():
            return
        try:
            state = json.loads(self.path.read_text("utf-8"))
            restore(self.world, state)
            for key in self.world.photos:
                self.world.pictures[key] = (self.folder / key).read_bytes()
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            words = f"the sandbox's state in {self.path} cannot be read: {error}"
            raise ValueError(words) from error

    def start(self) -> None:
        """Begin to listen and save, on the running event loop."""
        self.world.listeners.append(self.heard)
        self._task = asyncio.create_task(self._keep())

    def heard(self, event: Event) -> None:
        """Listens to the world."""
        if event.kind == "photo":
            self.unsaved.append(str(event.item))
        if event.kind not in FLEETING:
            self.changed.set()

    async def _keep(self) -> None:
        while True:
            await self.changed.wait()
            self.changed.clear()
            began = time.monotonic()
            try:
                await asyncio.to_thread(self._write, self._ready())
            except OSError as error:
                log.warning("the sandbox's state cannot be saved: %s", error)
                self.changed.set()
            await asyncio.sleep(max(PAUSE, SHARE * (time.monotonic() - began)))

    def _ready(self) -> tuple[str, dict[str, bytes]]:
        """What to write, taken in one step so that it holds together."""
        pictures = {key: self.world.pictures[key] for key in self.unsaved}
        return json.dumps(dump(self.world), ensure_ascii=False), pictures

    def _write(self, ready: tuple[str, dict[str, bytes]]) -> None:
        """Pictures first, so that the state never names one that is not there."""
        text, pictures = ready
        with self._writing:
            self._replace(text, pictures)
        self.unsaved = [key for key in self.unsaved if key not in pictures]

    def _replace(self, text: str, pictures: dict[str, bytes]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if pictures:
            self.folder.mkdir(exist_ok=True)
        for key, data in pictures.items():
            (self.folder / key).write_bytes(data)
        draft = self.path.with_name(self.path.name + ".new")
        draft.write_text(text, "utf-8")
        os.replace(draft, self.path)

    async def stop(self) -> None:
        """Save once more and listen no longer."""
        if self._task is None:
            return
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self.world.listeners.remove(self.heard)
        self._write(self._ready())
