"""Which handler an update goes to. Every update ends here, so that every inbox row ends too."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import Bot, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    PollAnswerHandler,
    TypeHandler,
    filters,
)

from bot.handlers import buttons, commands, daily, facts, members, settings
from bot.handlers.errors import Errors
from bot.handlers.facts import Located
from bot.handlers.unit import Callback, Runner, Unit
from bot.messages.values import Reply
from bot.store.inbox import Received

_NEW = filters.UpdateType.MESSAGE  # not edits: what was said first has been answered


def application(
    bot: Bot, runner: Runner, errors: Errors
) -> Application[Any, Any, Any, Any, Any, Any]:
    """python-telegram-bot's dispatch without its updater, job queue and persistence."""
    app = Application.builder().bot(bot).updater(None).job_queue(None).build()
    moved = filters.StatusUpdate.MIGRATE
    words = filters.TEXT | filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
    app.add_handlers(
        [
            PollAnswerHandler(runner.handles(daily.voted, facts.voted)),
            CallbackQueryHandler(runner.handles(buttons.press, facts.pressed)),
            MessageHandler(_NEW & moved, runner.handles(members.moved, facts.moved)),
            MessageHandler(_NEW & filters.LOCATION & filters.ChatType.PRIVATE, _located(runner)),
            MessageHandler(_NEW & words, runner.handles(commands.spoken, facts.said)),
            ChatMemberHandler(runner.handles(members.changed, facts.membership)),
            TypeHandler(Update, runner.handles(_nothing, lambda update: None)),
        ]
    )
    app.add_error_handler(errors.handle)
    return app


def handle_received(
    app: Application[Any, Any, Any, Any, Any, Any], errors: Errors
) -> Callable[[Received], Awaitable[None]]:
    """What the lanes do with an update: parse it and let the application handle it."""

    async def handle(received: Received) -> None:
        try:
            update = Update.de_json(json.loads(received.payload), app.bot)
        except Exception as error:
            await errors.note(received.update_id, error)
            return
        await app.process_update(update)

    return handle


def _nothing(unit: Unit, fact: None) -> Sequence[Reply]:
    """An update of a kind that the bot has no use for."""
    return []


def _located(runner: Runner) -> Callback:
    """The zone is looked up before the unit starts: it takes too long for a transaction."""

    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        assert message.location is not None
        place = message.location
        zone = await asyncio.to_thread(_zone_at, place.latitude, place.longitude)
        await runner.run(update, settings.located, Located(zone))

    return callback


def _zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA zone on land there; at sea none, since nobody says which ocean they live in."""
    # Imported on first need, and let go again: its polygons are 30 MB for one look-up a person.
    from timezonefinder import TimezoneFinder

    with TimezoneFinder() as finder:
        zone: str | None = finder.timezone_at_land(lat=latitude, lng=longitude)
    return zone
