"""The installation's key: made on the first start, beside the database and never in it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.settings import Settings

_NAME = "data.key"


def load(settings: Settings) -> bytes:
    """The key of 32 bytes, from DATA_KEY or from the data folder. Raises OSError if unwritable."""
    if settings.data_key:
        return hashlib.sha256(settings.data_key.encode()).digest()
    file = settings.data_dir / _NAME
    if not file.exists():
        _make(file)
    return bytes.fromhex(file.read_text().strip())


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose: what leaks of it tells nothing of the others."""
    return hmac.digest(key, purpose.encode(), hashlib.sha256)


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_hex(32))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)  # fails if another process was first: then its key stands
    except FileExistsError:
        pass
    finally:
        draft.unlink()
