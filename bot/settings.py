"""What the operator can set, read once from the environment. Every default is safe on a laptop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from bot.bank.question import LANGUAGES
from bot.refusal import Refusal

ROLES: Final = frozenset({"intake", "delivery"})


class SettingsError(Refusal):
    """One or more settings are wrong; the text names each and says what would be right."""


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. Rates are messages a second."""

    bot_token: str = ""
    bot_api_url: str = "https://api.telegram.org/bot"
    data_dir: Path = Path("data")
    database_url: str = ""
    content_dir: Path | None = None
    admin_ids: tuple[int, ...] = ()
    default_language: str = "en"
    default_timezone: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""
    listen: tuple[str, int] | None = None
    metrics_listen: tuple[str, int] | None = None
    roles: frozenset[str] = ROLES
    bulk_rate: int = 28
    data_key: str = ""
    log_format: str = "text"

    @property
    def database(self) -> str:
        """The database's address: a SQLite file under the data folder unless set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'dailygrad.db'}"


def read(environment: Mapping[str, str]) -> Settings:
    """Settings from environment variables; `NAME_FILE` reads NAME from a file.

    Raises SettingsError naming every variable that is wrong, not just the first.
    """
    source = _Source(environment)
    settings = Settings(
        bot_token=source.text("BOT_TOKEN"),
        bot_api_url=source.api("BOT_API_URL", "https://api.telegram.org/bot"),
        data_dir=Path(source.text("DATA_DIR", "data")),
        database_url=source.database("DATABASE_URL"),
        content_dir=source.folder("CONTENT_DIR"),
        admin_ids=source.numbers("ADMIN_IDS"),
        default_language=source.one_of("DEFAULT_LANGUAGE", LANGUAGES, "en"),
        default_timezone=source.zone("DEFAULT_TIMEZONE"),
        webhook_url=source.webhook("WEBHOOK_URL"),
        webhook_secret=source.text("WEBHOOK_SECRET"),
        listen=source.address("LISTEN"),
        metrics_listen=source.address("METRICS_LISTEN"),
        roles=source.roles("ROLES"),
        bulk_rate=source.rate("BULK_RATE", paid=source.text("PAID_BROADCAST") == "1"),
        data_key=source.text("DATA_KEY"),
        log_format=source.one_of("LOG_FORMAT", ("text", "json"), "text"),
    )
    if source.problems:
        raise SettingsError("\n".join(source.problems))
    return settings


class _Source:
    """Reads variables one by one and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[str] = []

    def wrong(self, name: str, value: str, right: str) -> None:
        self.problems.append(f"{name} is {value!r}; {right}.")

    def text(self, name: str, default: str = "") -> str:
        if file := self.environment.get(f"{name}_FILE"):
            try:
                return Path(file).read_text().strip()
            except (OSError, UnicodeError) as error:
                self.problems.append(f"{name}_FILE names {file!r}, which is not readable: {error}.")
        return self.environment.get(name, "").strip() or default

    def api(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not (value.startswith(("https://", "http://")) and value.endswith("/bot")):
            self.wrong(name, value, "it must be an address that ends in /bot")
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            self.wrong(name, value, f"it must be one of {', '.join(allowed)}")
        return value

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self.text(name)
        try:
            return tuple(int(part) for part in value.replace(",", " ").split())
        except ValueError:
            self.wrong(name, value, "it must be numeric ids with commas between, like 12345,67890")
            return ()

    def zone(self, name: str) -> str:
        value = self.text(name)
        if value and value not in available_timezones():
            self.wrong(name, value, "it must be an IANA zone like Europe/Berlin")
        return value

    def folder(self, name: str) -> Path | None:
        value = self.text(name)
        if value and not Path(value).is_dir():
            self.wrong(name, value, "it must be an existing folder")
        return Path(value) if value else None

    def database(self, name: str) -> str:
        value = self.text(name)
        # The address may hold a password, so it is not repeated.
        if value and not value.startswith(("sqlite:///", "postgresql://")):
            self.problems.append(f"{name} must start with sqlite:/// or postgresql://.")
        elif value in ("sqlite:///", "sqlite:///:memory:"):
            self.problems.append(f"{name} must name a file, like sqlite:///data/dailygrad.db.")
        elif not _has_sound_port(value):
            self.problems.append(f"{name} must have a number up to 65535 for its port.")
        return value

    def webhook(self, name: str) -> str:
        value = self.text(name)
        if value and not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            self.wrong(name, value, "it must be an https address")
        return value

    def address(self, name: str) -> tuple[str, int] | None:
        value = self.text(name)
        if not value:
            return None
        host, _, port = value.rpartition(":")
        if not port.isdecimal() or not 0 <= int(port) < 65536:
            self.wrong(name, value, "it must be host:port, like 0.0.0.0:8080")
            return None
        return host.strip("[]") or "127.0.0.1", int(port)

    def roles(self, name: str) -> frozenset[str]:
        value = self.text(name)
        roles = frozenset(value.replace(",", " ").split()) or ROLES
        if not roles <= ROLES:
            self.wrong(name, value, "it must name roles among intake, delivery")
        return roles

    def rate(self, name: str, *, paid: bool) -> int:
        value = self.text(name, "28")
        most = 1000 if paid else 28
        if not value.isdecimal() or not 1 <= int(value) <= most:
            self.wrong(name, value, f"it must be 1 to {most} (PAID_BROADCAST=1 allows 1000)")
            return 28
        return int(value)


def _has_sound_port(url: str) -> bool:
    try:
        _ = urlsplit(url).port
    except ValueError:
        return False
    return True
