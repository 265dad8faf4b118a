"""The command line as somebody at a shell meets it: what it says, and the exit code it leaves."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import cli
from bot.bank.place import content_dir
from bot.clock import Clock
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.store.engines import lock
from tests import engines
from tests.test_logs import logs_as_before as logs_as_before

TOKEN = "42:CLI-SECRET"


@dataclass
class Shell:
    """Runs commands in this process, with an environment of their own."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    folder: Path

    def set(self, **environment: str | Path) -> None:
        """Set variables."""
        for name, value in environment.items():
            self.monkeypatch.setenv(name, str(value))

    def run(self, *words: str | Path) -> tuple[int, str]:
        """Exit code and everything that was said."""
        self.capsys.readouterr()
        code = cli.main([str(word) for word in words])
        said = self.capsys.readouterr()
        assert "Traceback" not in said.err
        assert TOKEN not in said.out + said.err
        return code, said.out + said.err


@pytest.fixture
def shell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Shell:
    """A shell in an empty folder, with nothing set but DATA_DIR."""
    for name in list(os.environ):
        if name.removesuffix("_FILE").lower() in Settings.__dataclass_fields__:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return Shell(monkeypatch, capsys, tmp_path)


@pytest.fixture
def ready(shell: Shell) -> Shell:
    """The same with a migrated database."""
    (shell.folder / "data").mkdir()
    url = engines.new_database("sqlite", shell.folder)
    shutil.move(url.removeprefix("sqlite:///"), shell.folder / "data" / "dailygrad.db")
    return shell


@contextmanager
def telegram() -> Iterator[Sandbox]:
    """A sandbox in a thread of its own, so that commands may run loops of theirs."""
    sandbox = Sandbox(Clock(), token=TOKEN, companions=False)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(sandbox.start(), loop).result(10)
        yield sandbox
    finally:
        asyncio.run_coroutine_threadsafe(sandbox.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def taken_port() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_without_a_token_it_points_to_try(shell: Shell) -> None:
    code, said = shell.run("run")
    assert code == 1
    assert "BOT_TOKEN is not set" in said
    assert "dailygrad try" in said
    assert not (shell.folder / "data").exists()


@pytest.mark.parametrize("token", ["42:WRONG", "nonsense", "42", "a b/c", "токен"])
def test_a_token_that_telegram_does_not_know(ready: Shell, token: str) -> None:
    with telegram() as sandbox:
        ready.set(BOT_TOKEN=token, BOT_API_URL=sandbox.api_url)
        code, said = ready.run("run")
    assert code == 1
    assert said.endswith("Telegram does not accept BOT_TOKEN. Ask @BotFather for the right one.\n")
    assert token not in said.replace("BOT_TOKEN", "").replace("@BotFather", "") or token == "42"


def test_a_taken_port_is_told_in_a_sentence(shell: Shell) -> None:
    with taken_port() as port:
        code, said = shell.run("try", "--port", str(port))
    assert code == 1
    assert said.startswith(f"Port {port} cannot be used")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("port", ["65536", "-1", "http", "²"])
def test_a_port_that_is_none_is_told_by_usage(shell: Shell, port: str) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(["try", f"--port={port}"])
    assert exit_.value.code == 2
    assert "it must be a number up to 65535" in shell.capsys.readouterr().err


@pytest.mark.parametrize("name", ["METRICS_LISTEN", "LISTEN"])
def test_a_taken_address_is_told_in_a_sentence(ready: Shell, name: str) -> None:
    with telegram() as sandbox, taken_port() as port:
        ready.set(BOT_TOKEN=TOKEN, BOT_API_URL=sandbox.api_url, WEBHOOK_URL="https://example.org/")
        ready.monkeypatch.setenv(name, f"127.0.0.1:{port}")
        if name == "METRICS_LISTEN":
            ready.monkeypatch.delenv("WEBHOOK_URL")
        code, said = ready.run("run")
    assert code == 1
    assert f"Nothing can listen on 127.0.0.1:{port}" in said


@pytest.mark.parametrize("words", [("run",), ("db", "upgrade"), ("try", "--port", "0")])
def test_a_folder_that_cannot_be_written_is_told_so(shell: Shell, words: tuple[str, ...]) -> None:
    (shell.folder / "file").write_text("")
    below = shell.folder / "file" / "below"
    shell.set(DATA_DIR=below, BOT_TOKEN=TOKEN)
    keep = ("--keep", str(below / "x.db")) if words[0] == "try" else ()
    code, said = shell.run(*words, *keep)
    assert code == 1
    assert said.startswith("The database cannot be used: ")


@pytest.mark.parametrize("words", [("run",), ("db", "upgrade"), ("check",)])
def test_a_file_that_is_no_database_is_told_so(shell: Shell, words: tuple[str, ...]) -> None:
    (shell.folder / "notes.txt").write_text("buy milk, call mother, and so on and so on")
    shell.set(
        DATABASE_URL="sqlite:///notes.txt", BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:1/bot"
    )
    code, said = shell.run(*words)
    assert code == 1
    assert "file is not a database" in said
    assert "sqlalche.me" not in said
    assert (shell.folder / "notes.txt").read_text().startswith("buy milk")


@pytest.mark.parametrize("words", [("run",), ("check",), ("db", "upgrade")])
def test_a_database_from_the_future_is_refused(ready: Shell, words: tuple[str, ...]) -> None:
    with sqlite3.connect(ready.folder / "data" / "dailygrad.db") as database:
        database.execute("UPDATE alembic_version SET version_num = 'f00d'")
    database.close()
    ready.set(BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:1/bot")
    code, said = ready.run(*words)
    assert code == 1
    assert "The database is at revision f00d" in said
    assert "a newer version wrote it" in said
    assert "the next start brings it" not in said


@pytest.mark.parametrize("words", [("run",), ("db", "upgrade"), ("db", "restore", "b.db")])
def test_a_second_process_on_one_file_is_refused(ready: Shell, words: tuple[str, ...]) -> None:
    assert ready.run("db", "backup", "b.db")[0] == 0
    held = lock(ready.folder / "data" / "dailygrad.db")
    try:
        ready.set(BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:1/bot")
        code, said = ready.run(*words)
    finally:
        os.close(held)
    assert code == 1
    assert f"in use by another dailygrad (process {os.getpid()})" in said


def test_wrong_settings_are_told_all_at_once(shell: Shell) -> None:
    shell.set(BULK_RATE="many", LOG_FORMAT="xml", ADMIN_IDS="me")
    code, said = shell.run("check")
    assert code == 1
    assert [line.split()[0] for line in said.splitlines()] == [
        "ADMIN_IDS",
        "BULK_RATE",
        "LOG_FORMAT",
    ]


def test_a_secret_from_a_file_is_used(ready: Shell) -> None:
    (ready.folder / "token").write_text(f"{TOKEN}\n")
    with telegram() as sandbox:
        ready.set(BOT_TOKEN_FILE=ready.folder / "token", BOT_API_URL=sandbox.api_url)
        code, said = ready.run("check")
    assert (code, "telegram   ok, @dailygrad_bot" in said) == (0, True)


def test_check_says_what_is_there(ready: Shell) -> None:
    with telegram() as sandbox:
        ready.set(BOT_TOKEN=TOKEN, BOT_API_URL=sandbox.api_url)
        code, said = ready.run("check")
    assert code == 0
    names = [line.split()[0] for line in said.splitlines()]
    assert names == ["settings", "content", "key", "database", "telegram", "clock"]
    assert all("ok" in line for line in said.splitlines())


def test_check_without_a_token_tells_the_rest_first(shell: Shell) -> None:
    code, said = shell.run("check")
    assert code == 1
    assert "content    ok" in said
    assert "database   ok, empty; the first start brings it to" in said
    assert "dailygrad try" in said
    assert not (shell.folder / "data" / "dailygrad.db").exists()


@pytest.mark.parametrize(
    ("fault", "token", "told"),
    [
        (None, "42:WRONG", "Telegram does not accept BOT_TOKEN"),
        (Fault.server_error(), TOKEN, "out of reach"),
        (Fault.reset_before(), TOKEN, "out of reach"),
    ],
)
def test_check_fails_where_telegram_does(
    ready: Shell, fault: Fault | None, token: str, told: str
) -> None:
    with telegram() as sandbox:
        if fault:
            sandbox.faults.add("*", fault, times=None)
        ready.set(BOT_TOKEN=token, BOT_API_URL=sandbox.api_url)
        code, said = ready.run("check")
    assert code == 1
    assert told in said


def test_check_looks_into_postgresql_too(shell: Shell) -> None:
    url = engines.new_database("postgresql", shell.folder)
    shell.set(DATABASE_URL=url)
    assert "database   ok, revision" in shell.run("check")[1]
    shell.set(DATABASE_URL=url.replace("/test_", "/nosuch_"))
    assert "does not exist" in shell.run("check")[1]
    assert "The database cannot be used: " in shell.run("db", "upgrade")[1]
    engines.drop_database(url)


def broken_content(folder: Path) -> Path:
    """A copy of the bank with two files that are wrong."""
    copy = folder / "content"
    shutil.copytree(content_dir(), copy)
    first, second = sorted((copy / "questions").rglob("*.yaml"))[:2]
    first.write_text(first.read_text().replace("level: ", "level: very-", 1))
    second.write_text("text: [")
    return copy


@pytest.mark.parametrize("words", [("run",), ("check",), ("content", "check"), ("try", "--port=0")])
def test_broken_content_is_listed_by_file_and_line(shell: Shell, words: tuple[str, ...]) -> None:
    copy = broken_content(shell.folder)
    shell.set(CONTENT_DIR=copy, BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:1/bot")
    code, said = shell.run(*words)
    assert code == 1
    assert said.count(".yaml:") >= 2
    assert "very-" in said


def test_content_commands_and_their_exit_codes(shell: Shell) -> None:
    assert shell.run("content", "check")[0] == 0
    code, said = shell.run("content", "show", "relu", "ru")
    assert code == 0
    assert "ReLU" in said
    code, said = shell.run("content", "show", "rellu")
    assert code == 1
    assert "relu" in said
    code, said = shell.run("content", "stats")
    assert code == 0
    assert "activations" in said
    with pytest.raises(SystemExit):
        cli.main(["content", "show", "relu", "de"])


def test_upgrade_backup_and_restore(shell: Shell) -> None:
    assert shell.run("db", "upgrade")[0] == 0
    assert shell.run("db", "upgrade")[0] == 0
    code, said = shell.run("db", "backup", "copy.db")
    assert (code, said) == (0, "Copied to copy.db.\n")
    code, said = shell.run("db", "backup", "copy.db")
    assert code == 1
    assert "exists already" in said
    (shell.folder / "data" / "dailygrad.db").write_text("damaged beyond repair")
    assert shell.run("db", "restore", "copy.db")[0] == 0
    assert "database   ok, revision" in shell.run("check")[1]


def test_a_damaged_backup_is_refused(ready: Shell) -> None:
    (ready.folder / "copy.db").write_text("this is no database, whatever its name may say")
    code, said = ready.run("db", "restore", "copy.db")
    assert code == 1
    assert "copy.db is not a sound database" in said
    assert "database   ok" in ready.run("check")[1]


def test_a_command_that_is_none_shows_the_usage(shell: Shell) -> None:
    for words in ([], ["fly"], ["db"], ["content", "paint"]):
        with pytest.raises(SystemExit) as exit_:
            cli.main(words)
        assert exit_.value.code == 2
    assert "usage: dailygrad" in shell.capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_whole_life_from_start_to_sigterm(ready: Shell, form: str) -> None:
    with telegram() as sandbox:
        sandbox.faults.add("deleteWebhook", Fault.server_error())  # met at the start, and survived
        ready.set(BOT_TOKEN=TOKEN, BOT_API_URL=sandbox.api_url, LOG_FORMAT=form)
        command = [sys.executable, "-m", "bot", "run"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as bot:
            assert bot.stderr is not None
            said = [next(bot.stderr) for _ in range(2)]
            assert "out of reach" in said[0]
            assert "ready" in said[1]
            code, taken = ready.run("db", "backup", ready.folder / "running.db")
            assert (code, "Copied to" in taken) == (0, True)
            bot.send_signal(signal.SIGTERM)
            rest = bot.stderr.read()
            assert bot.wait(20) == 0
    assert "Traceback" not in rest
    assert TOKEN not in "".join(said) + rest
