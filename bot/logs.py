"""Logs: one line an event, as text or JSON, and never the token."""

from __future__ import annotations

import json
import logging
from typing import Final

_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _WithoutSecret(logging.Formatter):
    """Formats a record, then strikes out the secret wherever it got in, tracebacks included."""

    def __init__(self, *, as_json: bool, secret: str) -> None:
        super().__init__(_FORMAT)
        self._as_json = as_json
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        text = self._line(record) if self._as_json else super().format(record)
        return text.replace(self._secret, "<token>") if self._secret else text

    def _line(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def quiet_logs(form: str, *, secret: str) -> None:
    """Log to standard error: our own events from INFO, libraries' from WARNING."""
    handler = logging.StreamHandler()
    handler.setFormatter(_WithoutSecret(as_json=form == "json", secret=secret))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.INFO)
