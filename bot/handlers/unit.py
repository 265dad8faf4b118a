"""The unit around every handler: one transaction that holds its effects, its messages and the
inbox row's end, so that a kill at any line loses nothing and doubles nothing."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection
from telegram import Update
from telegram.ext import ContextTypes

from bot.actions import subscribe
from bot.api import Api
from bot.bank.load import Bank
from bot.clock import Clock
from bot.delivery.outbox import owe
from bot.intake.inbox import NOT_PEOPLE
from bot.messages.press import Signer
from bot.messages.values import Message, Reply, To, Toast
from bot.rules.zones import DEFAULT_ZONE
from bot.settings import Settings
from bot.store import chats, inbox
from bot.store.chats import Chat
from bot.store.database import Database
from bot.texts import closest_language
from bot.transport import failure

log = logging.getLogger(__name__)

Fact = TypeVar("Fact")
Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Unit:
    """What a handler works with. `chat` is where it happens, `person` the private chat of whoever
    acts (the same row in a private chat; none where no person acts)."""

    conn: Connection
    now: datetime
    bank: Bank
    rng: random.Random
    chat: Chat
    person: Chat | None
    signer: Signer
    link: str  # opens a private chat with the bot
    admins: tuple[int, ...] = ()


Handler = Callable[[Unit, Fact], Sequence[Reply]]


@dataclass(frozen=True)
class Place:
    """Chat and person of an update, with first guesses for the case that they are new."""

    update_id: int
    chat_id: int
    type: str
    person: int | None
    language: str
    zone: str


@dataclass
class Runner:
    """Runs handlers. Its `bank` may be exchanged while it works."""

    db: Database
    bank: Bank
    clock: Clock
    signer: Signer
    settings: Settings
    api: Api
    wake: Callable[[], None]
    rng: random.Random
    _toasts: set[asyncio.Task[None]] = field(default_factory=set)

    def handles(self, handler: Handler[Fact], fact: Callable[[Update], Fact]) -> Callback:
        """The callback for python-telegram-bot that runs `handler` with the update's `fact`."""

        async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            await self.run(update, handler, fact(update))

        return callback

    async def run(self, update: Update, handler: Handler[Fact], fact: Fact) -> None:
        """Handle one update: commit its effects, wake the sender, answer the press."""
        toast = await self.db.write(self._transact, self._place(update), handler, fact)
        self.wake()
        if update.callback_query:
            task = asyncio.create_task(self._answer(update.callback_query.id, toast))
            self._toasts.add(task)
            task.add_done_callback(self._toasts.discard)

    def _transact(
        self, conn: Connection, place: Place, handler: Handler[Any], fact: Any
    ) -> Toast | None:
        received_at = inbox.finish(conn, place.update_id)
        if received_at is None:
            return None  # handled before: nothing is done twice
        unit = self._unit(conn, place, received_at)
        toast = None
        messages: list[Message] = []
        for reply in handler(unit, fact):
            match reply:
                case Toast():
                    toast = reply
                case To():
                    sign = self.signer.for_person(reply.chat_id)
                    told = [reply.message]
                    owe(conn, reply.chat_id, told, sign=sign, now=unit.now, urgency=reply.urgency)
                case _:
                    messages.append(reply)
        sign = self.signer.for_person(unit.person.chat_id if unit.person else unit.chat.chat_id)
        owe(conn, unit.chat.chat_id, messages, sign=sign, now=unit.now)
        return toast

    def _unit(self, conn: Connection, place: Place, now: datetime) -> Unit:
        chat = self._meet(conn, place.chat_id, place.type, place, now)
        person: Chat | None = chat
        if place.person is None:
            person = None
        elif place.person != place.chat_id:
            person = self._meet(conn, place.person, "private", place, now)
        if chat is person:
            chat = person = subscribe.hear(conn, chat, now)
        link = f"https://t.me/{self.api.bot.username}"
        return Unit(
            conn,
            now,
            self.bank,
            self.rng,
            chat,
            person,
            self.signer,
            link,
            self.settings.admin_ids,
        )

    @staticmethod
    def _meet(conn: Connection, chat_id: int, type_: str, place: Place, now: datetime) -> Chat:
        return chats.meet(
            conn, chat_id, type=type_, language=place.language, zone=place.zone, now=now
        )

    def _place(self, update: Update) -> Place:
        user = update.effective_user
        person = user.id if user and user.id not in NOT_PEOPLE else None
        chat = update.effective_chat
        language = closest_language(
            user.language_code if user else None, self.settings.default_language
        )
        return Place(
            update_id=update.update_id,
            chat_id=chat.id if chat else person or 0,
            type=chat.type if chat else "private",
            person=person,
            language=language,
            zone=self.settings.default_timezone or DEFAULT_ZONE[language],
        )

    async def _answer(self, query_id: str, toast: Toast | None) -> None:
        """Stop the button's spinner. A press older than 150 s gets no answer, but it counted."""
        params: dict[str, object] = {"callback_query_id": query_id}
        if toast:
            params["text"] = toast.text
        try:
            await self.api.call("answerCallbackQuery", params)
        except Exception as error:
            log.info("a press went unanswered: %s", failure(error).says)
