"""Bot API calls by name, with plain values in and out: what the outbox keeps is what is sent.

python-telegram-bot's typed methods would build objects that nobody looks at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData


class Params(RequestData):
    """Parameters as they stand in the outbox; whatever is no string goes as JSON."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__()
        self._values = values

    @property
    def json_parameters(self) -> dict[str, str]:
        """Each parameter as the form field it becomes."""
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in self._values.items()
        }


@dataclass(frozen=True)
class Api:
    """The Bot API of one bot; polling has a transport, and so connections, of its own."""

    bot: Bot
    sending: BaseRequest
    polling: BaseRequest

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """The result of a call. Raises telegram.error.TelegramError; see transport.failure."""
        return await self.sending.post(f"{self.bot.base_url}/{method}", Params(params or {}))

    async def poll(self, params: Mapping[str, Any], *, patience: float) -> list[dict[str, Any]]:
        """getUpdates; `patience` is how many seconds the answer may take."""
        updates = await self.polling.post(
            f"{self.bot.base_url}/getUpdates", Params(params), read_timeout=patience
        )
        if not isinstance(updates, list):
            raise TypeError(f"getUpdates gave {type(updates).__name__}, not a list")
        return updates
