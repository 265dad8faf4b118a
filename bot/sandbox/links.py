"""What counts as an address that Telegram would open."""

from typing import Any
from urllib.parse import urlsplit

OWN_SCHEMES = ("tg", "ton")
WEB_SCHEMES = ("http", "https")


def is_link(value: Any) -> bool:
    """May a button or a text link lead there? A bare domain counts as http."""
    if not isinstance(value, str) or not value or any(c.isspace() for c in value):
        return False
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme in OWN_SCHEMES:
        return True
    return parts.scheme in WEB_SCHEMES and "." in host.strip(".")
