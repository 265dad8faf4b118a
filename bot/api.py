"""Bot API calls by name, with plain values in and out: what the outbox keeps is what is sent.

python-telegram-bot's typed methods would build objects that nobody looks at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

# The library has no public way to make parameters; its version is pinned to the minor one.
from telegram.request._requestparameter import RequestParameter


@dataclass(frozen=True)
class Api:
    """The Bot API of one bot; polling has a transport, and so connections, of its own."""

    bot: Bot
    sending: BaseRequest
    polling: BaseRequest

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """The result of a call. Raises telegram.error.TelegramError; see transport.failure."""
        return await self.sending.post(f"{self.bot.base_url}/{method}", _data(params or {}))

    async def poll(self, params: Mapping[str, Any], *, patience: float) -> list[dict[str, Any]]:
        """getUpdates; `patience` is how many seconds the answer may take."""
        updates = await self.polling.post(
            f"{self.bot.base_url}/getUpdates", _data(params), read_timeout=patience
        )
        if not isinstance(updates, list):
            raise TypeError(f"getUpdates gave {type(updates).__name__}, not a list")
        return updates


def _data(params: Mapping[str, Any]) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in params.items()])
