"""Settings: every default is safe, every mistake is named, secrets may come from files."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import ROLES, Settings, SettingsError, read


def wrong(**environment: str) -> list[str]:
    """What is said about these variables, a line each."""
    with pytest.raises(SettingsError) as error:
        read(environment)
    return str(error.value).splitlines()


def test_nothing_set_is_fine() -> None:
    assert read({}) == Settings()


def test_blank_means_not_set() -> None:
    assert read({field.name.upper(): "  " for field in fields(Settings)}) == Settings()


def test_everything_set(tmp_path: Path) -> None:
    settings = read(
        {
            "BOT_TOKEN": " 1:a ",
            "BOT_API_URL": "http://127.0.0.1:8081/bot",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgresql://u:p@h:5432/n",
            "CONTENT_DIR": str(tmp_path),
            "ADMIN_IDS": "1, 2 3",
            "DEFAULT_LANGUAGE": "zh",
            "DEFAULT_TIMEZONE": "Asia/Tokyo",
            "WEBHOOK_URL": "https://example.org/x",
            "WEBHOOK_SECRET": "s",
            "LISTEN": "[::1]:8443",
            "METRICS_LISTEN": ":9100",
            "ROLES": "delivery",
            "BULK_RATE": "1000",
            "PAID_BROADCAST": "1",
            "DATA_KEY": "k",
            "LOG_FORMAT": "json",
        }
    )
    assert settings.bot_token == "1:a"
    assert settings.admin_ids == (1, 2, 3)
    assert settings.listen == ("::1", 8443)
    assert settings.metrics_listen == ("127.0.0.1", 9100)
    assert settings.roles == {"delivery"}
    assert settings.bulk_rate == 1000
    assert settings.database == "postgresql://u:p@h:5432/n"


def test_the_database_is_a_file_in_the_data_folder() -> None:
    assert read({"DATA_DIR": "/x"}).database == "sqlite:////x/dailygrad.db"


def test_all_mistakes_are_told_at_once() -> None:
    told = wrong(
        DATABASE_URL="mysql://u:secret@h/n",
        CONTENT_DIR="/no/such/folder",
        ADMIN_IDS="@alice",
        DEFAULT_LANGUAGE="de",
        DEFAULT_TIMEZONE="UTC+3",
        WEBHOOK_URL="http://example.org",
        LISTEN="host",
        METRICS_LISTEN="host:99999",
        ROLES="intake,owner",
        BULK_RATE="1000",
        LOG_FORMAT="xml",
        BOT_TOKEN_FILE="/no/such/file",
    )
    assert {line.split()[0] for line in told} == {
        "DATABASE_URL",
        "CONTENT_DIR",
        "ADMIN_IDS",
        "DEFAULT_LANGUAGE",
        "DEFAULT_TIMEZONE",
        "WEBHOOK_URL",
        "LISTEN",
        "METRICS_LISTEN",
        "ROLES",
        "BULK_RATE",
        "LOG_FORMAT",
        "BOT_TOKEN_FILE",
    }
    assert "secret" not in " ".join(told)


@pytest.mark.parametrize("rate", ["0", "29", "-1", "²", "1.5", "many", "1001"])
def test_a_rate_that_telegram_forbids_is_refused(rate: str) -> None:
    [told] = wrong(BULK_RATE=rate)
    assert "it must be 1 to 28 (PAID_BROADCAST=1 allows 1000)" in told


@pytest.mark.parametrize("url", ["127.0.0.1:8081/bot", "http://127.0.0.1:8081", "ftp://h/bot"])
def test_an_api_server_is_named_down_to_the_bot(url: str) -> None:
    [told] = wrong(BOT_API_URL=url)
    assert told.endswith("it must be an address that ends in /bot.")


@pytest.mark.parametrize("address", ["localhost", "h:", "h:x", "h:²", "h:65536", "h:-1"])
def test_an_address_needs_a_port(address: str) -> None:
    [told] = wrong(LISTEN=address)
    assert "it must be host:port" in told


@pytest.mark.parametrize(
    "url",
    [
        "dailygrad.db",
        "sqlite://file.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "postgresql://u:p@h:99999/n",
        "postgresql://u:p@h:port/n",
        "postgres://u:p@h/n",
    ],
)
def test_a_database_that_cannot_be_meant_is_refused(url: str) -> None:
    [told] = wrong(DATABASE_URL=url)
    assert told.startswith("DATABASE_URL must ")
    assert "u:p" not in told


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("1:from-file\n")
    environment = {"BOT_TOKEN_FILE": str(file), "BOT_TOKEN": "1:other", "DATA_KEY_FILE": str(file)}
    settings = read(environment)
    assert settings.bot_token == settings.data_key == "1:from-file"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_told_so(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "token"
    if content:
        file.write_bytes(content)
    [told] = wrong(BOT_TOKEN_FILE=str(file))
    assert f"BOT_TOKEN_FILE names '{file}', which is not readable" in told


def test_roles_default_to_all_of_them() -> None:
    assert read({"ROLES": ","}).roles == ROLES
