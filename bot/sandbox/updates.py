"""getUpdates and the webhook's settings: how updates leave when the bot asks for them."""

import asyncio
import re
from dataclasses import dataclass, field

from bot.sandbox.mailbox import Pending
from bot.sandbox.params import Params
from bot.sandbox.records import JSON, Event, Webhook
from bot.sandbox.refusals import Refusal, bad_request
from bot.sandbox.world import World

MOST_AT_ONCE = 100
LONGEST_POLL = 50
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
TERMINATED = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_CAME = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass
class Updates:
    """The two ways out. `doubled` is a batch that a fault hands out once more."""

    world: World
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    caller: object | None = None
    closing: bool = False
    doubled: list[JSON] = field(default_factory=list)

    def heard(self, event: Event) -> None:
        """Listens to the world: wakes whoever waits for an update."""
        if event.kind == "update":
            self.wake()

    def wake(self) -> None:
        """Let everyone who waits look again."""
        self.changed.set()
        self.changed = asyncio.Event()

    def close(self) -> None:
        """End all waiting, for the server's end."""
        self.closing = True
        self.wake()

    async def get(self, given: Params) -> list[JSON]:
        """getUpdates: confirms by offset, then waits for news up to `timeout` seconds."""
        if self.world.webhook.url:
            raise Refusal(409, WEBHOOK_ACTIVE)
        self.caller = caller = object()
        self.wake()
        self._remember_allowed(given)
        mail = self.world.mail
        if offset := given.integer("offset"):
            mail.confirm_before(offset)
            self.world.tell("confirmed")
        limit = min(max(given.integer("limit", MOST_AT_ONCE), 1), MOST_AT_ONCE)
        if self.doubled:
            again, self.doubled = self.doubled, []
            return again
        seconds = min(max(given.integer("timeout"), 0), LONGEST_POLL)
        return [update.as_json() for update in await self._wait(caller, limit, seconds)]

    async def _wait(self, caller: object, limit: int, seconds: int) -> list[Pending]:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while True:
            if self.world.webhook.url:
                raise Refusal(409, WEBHOOK_CAME)
            if self.caller is not caller:
                raise Refusal(409, TERMINATED)
            batch = self.world.mail.first(limit)
            left = deadline - loop.time()
            if batch or left <= 0 or self.closing:
                return batch
            try:
                async with asyncio.timeout(left):
                    await self.changed.wait()
            except TimeoutError:
                continue

    def _remember_allowed(self, given: Params) -> None:
        """A list stays in force until another one is named."""
        allowed = given.strings("allowed_updates")
        if allowed is not None:
            self.world.mail.allowed = allowed

    def set_webhook(self, given: Params) -> bool:
        """setWebhook; plain http is taken for this machine only."""
        url = given.text("url").strip()
        if url and not re.match(r"https://\S+|http://(127\.0\.0\.1|localhost)[:/]", url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = given.text("secret_token")
        if secret and not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        most = given.integer("max_connections", 40)
        if not 1 <= most <= 100:
            raise bad_request("max_connections must be between 1 and 100")
        self._remember_allowed(given)
        if given.flag("drop_pending_updates"):
            self._drop_pending()
        self._install(Webhook(url, secret, most) if url else Webhook())
        return True

    def delete_webhook(self, given: Params) -> bool:
        """deleteWebhook"""
        if given.flag("drop_pending_updates"):
            self._drop_pending()
        self._install(Webhook())
        return True

    def _install(self, webhook: Webhook) -> None:
        self.world.webhook = webhook
        self.world.tell("webhook")
        self.wake()

    def _drop_pending(self) -> None:
        self.world.mail.clear()
        self.world.tell("confirmed")

    def webhook_info(self) -> JSON:
        """getWebhookInfo"""
        mail, hook = self.world.mail, self.world.webhook
        found: JSON = {"url": hook.url, "has_custom_certificate": False}
        found["pending_update_count"] = len(mail.pending)
        if hook.url:
            found["max_connections"] = hook.max_connections
        if hook.last_error_date:
            found["last_error_date"] = hook.last_error_date
            found["last_error_message"] = hook.last_error_message
        if mail.allowed:
            found["allowed_updates"] = mail.allowed
        return found
