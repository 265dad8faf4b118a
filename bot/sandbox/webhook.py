"""Pushes updates to the bot's webhook as Telegram does: in lanes that wait for a 2xx."""

import asyncio
from dataclasses import dataclass, field

import aiohttp

from bot.sandbox.mailbox import Pending
from bot.sandbox.records import Event
from bot.sandbox.updates import Updates

FIRST_PAUSE = 2.0  # seconds; the first retry comes at once
LONGEST_PAUSE = 60.0
PATIENCE = 60.0  # seconds that the bot has to answer
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Deliveries:
    """One task per lane that has updates; several lanes go on at a time, up to max_connections."""

    updates: Updates
    lanes: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    first_pause: float = FIRST_PAUSE
    _session: aiohttp.ClientSession | None = None
    _room: asyncio.Semaphore = field(default_factory=asyncio.Semaphore)

    def start(self) -> None:
        """Begin to push what waits, on the running event loop."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        self._room = asyncio.Semaphore(self.updates.world.webhook.max_connections)
        self._stir()

    def heard(self, event: Event) -> None:
        """Listens to the world: a new update, or a new place to push to."""
        if event.kind == "webhook":
            self._halt()
            self._room = asyncio.Semaphore(self.updates.world.webhook.max_connections)
        if event.kind in ("update", "webhook"):
            self._stir()

    def _stir(self) -> None:
        """Set a task on every lane that has updates and none yet."""
        if not self.updates.world.webhook.url or self._session is None:
            return
        for lane in self.updates.world.mail.lanes.keys() - self.lanes.keys():
            self.lanes[lane] = asyncio.create_task(self._empty(lane))

    async def _empty(self, lane: str) -> None:
        """Push a lane's updates one after the other until none is left."""
        while update := self.updates.world.mail.head(lane):
            failures = 0
            while update.update_id in self.updates.world.mail.pending:
                async with self._room:
                    wait = await self._push(update)
                if wait is None:
                    self.updates.world.mail.confirm([update.update_id])
                    self.updates.world.tell("confirmed")
                    break
                await asyncio.sleep(wait or self._pause(failures))
                failures += 1
        del self.lanes[lane]

    def _pause(self, failures: int) -> float:
        """At once, then 2, 4, 8 ... up to 60 seconds."""
        if not failures:
            return 0
        return min(self.first_pause * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE)

    async def _push(self, update: Pending) -> float | None:
        """One try. None: taken. Otherwise the seconds the bot asked to wait, 0 if it did not."""
        hook = self.updates.world.webhook
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        session = self._session
        if session is None:
            return 0
        try:
            async with session.post(hook.url, json=update.as_json(), headers=headers) as answer:
                if answer.ok and answer.status < 300:
                    return None
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                asked = answer.headers.get("Retry-After", "")
                return float(asked) if asked.isdecimal() else 0
        except (aiohttp.ClientError, TimeoutError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
            return 0

    def _note(self, words: str) -> None:
        world = self.updates.world
        world.webhook.last_error_date = world.now()
        world.webhook.last_error_message = words

    def _halt(self) -> None:
        for task in self.lanes.values():
            task.cancel()
        self.lanes.clear()

    async def stop(self) -> None:
        """Push no more."""
        tasks = list(self.lanes.values())
        self._halt()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None
