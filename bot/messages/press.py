"""Presses as callback data: signed, and naming whom they are for. At most 64 bytes of ASCII."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

from bot.messages.telegram import Sign
from bot.messages.values import Press

MOST_BYTES: Final = 64
ANYBODY: Final = 0


class ForgedPress(Exception):
    """Callback data that we did not sign."""


class StrangersPress(Exception):
    """A press by somebody whom the button is not for."""


@dataclass(frozen=True)
class Signer:
    """Signs presses with the installation's key and checks them when they come back."""

    key: bytes

    def for_person(self, person: int) -> Sign:
        """The `sign` for buttons that only this person may press; 0 is anybody."""
        return lambda press: self.sign(press, person)

    def sign(self, press: Press, person: int) -> str:
        """The press as callback data: words, addressee, signature. ValueError if too long."""
        body = f"{' '.join((press.verb, *press.args))}~{person:x}"
        data = f"{body}~{self._signature(body)}"
        if len(data.encode()) > MOST_BYTES:
            raise ValueError(
                f"callback data is {len(data)} bytes, {MOST_BYTES} are allowed: {data}"
            )
        return data

    def read(self, data: str, person: int) -> Press:
        """The press that `data` stands for. Raises ForgedPress or StrangersPress."""
        body, _, signature = data.rpartition("~")
        if not body or not hmac.compare_digest(self._signature(body).encode(), signature.encode()):
            raise ForgedPress(data)
        words, _, addressee = body.rpartition("~")
        if int(addressee, 16) not in (ANYBODY, person):
            raise StrangersPress(data)
        verb, *args = words.split(" ")
        return Press(verb, tuple(args))

    def _signature(self, body: str) -> str:
        # 48 bits: a forger has one guess a press, and a press is a message to Telegram first.
        digest = hmac.digest(self.key, body.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:6]).decode()
