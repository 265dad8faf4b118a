"""The installation's key: made on the first start, beside the database and never in it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from bot.refusal import Refusal
from bot.settings import Settings

_NAME = "data.key"
_LENGTH = 32  # bytes


def load(settings: Settings) -> bytes:
    """The key of 32 bytes, from DATA_KEY or from the data folder. Raises Refusal without one."""
    if settings.data_key:
        return hashlib.sha256(settings.data_key.encode()).digest()
    file = settings.data_dir / _NAME
    try:
        if not file.exists():
            _make(file)
        key = bytes.fromhex(file.read_text().strip())
    except OSError as error:
        raise Refusal(f"The key cannot be kept in DATA_DIR: {error}") from None
    except ValueError:
        key = b""
    if len(key) != _LENGTH:
        raise Refusal(f"{file} does not hold a key. Restore it, or delete it to get a new one.")
    return key


def describe(settings: Settings) -> str:
    """Where the key is, without making one. Raises Refusal for a damaged one."""
    if not settings.data_key and not (settings.data_dir / _NAME).exists():
        return "will be made on the first start"
    load(settings)
    return "DATA_KEY" if settings.data_key else str(settings.data_dir / _NAME)


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose: what leaks of it tells nothing of the others."""
    return hmac.digest(key, purpose.encode(), hashlib.sha256)


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f"{_NAME}.")  # for us only: 0600
    draft = Path(name)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_hex(_LENGTH))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)  # fails if another process was first: then its key stands
    except FileExistsError:
        pass
    finally:
        draft.unlink()
