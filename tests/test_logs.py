"""Logs: one line an event in either form, and the token in none of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from telegram import Bot

from bot.logs import quiet_logs
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.transport import Transport
from tests.stage import monday_morning

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
FORMS = ("text", "json")


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Leave logging as it was found."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    names = ("bot", "apscheduler")
    levels = [logging.getLogger(name).level for name in names]
    yield
    root.handlers[:], root.level = handlers, level
    for name, before in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(before)


def fail() -> None:
    """Log a failure whose traceback holds the token."""
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError as error:
        try:
            raise RuntimeError(f"token {TOKEN}") from error
        except RuntimeError:
            logging.getLogger("bot.x").exception("with %s", TOKEN)


@pytest.mark.parametrize("form", FORMS)
def test_the_token_is_struck_out_wherever_it_got_in(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet_logs(form, secret=TOKEN)
    fail()
    said = capsys.readouterr().err
    assert TOKEN not in said
    assert TOKEN.partition(":")[2] not in said
    assert "with <token>" in said
    assert "RuntimeError: token <token>" in said


def test_a_json_line_is_one_object_with_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    quiet_logs("json", secret=TOKEN)
    fail()
    logging.getLogger("bot.y").info('says "день"\nand more')
    first, second = capsys.readouterr().err.splitlines()
    line = json.loads(first)
    assert (line["level"], line["from"], line["says"]) == ("ERROR", "bot.x", "with <token>")
    assert "ValueError" in line["trace"]
    assert json.loads(second)["says"] == 'says "день"\nand more'


def test_libraries_speak_from_warning_on(capsys: pytest.CaptureFixture[str]) -> None:
    quiet_logs("text", secret="")
    logging.getLogger("telegram").info("chatter")
    logging.getLogger("telegram").warning("trouble")
    logging.getLogger("bot.app").info("ready")
    said = capsys.readouterr().err
    assert "chatter" not in said
    assert "trouble" in said
    assert "ready" in said


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "fault", [Fault.reset_before(), Fault.lost_after(), Fault.server_error(), Fault.too_many(3)]
)
async def test_a_failing_request_keeps_the_token_even_in_debug(
    form: str, fault: Fault, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox = Sandbox(monday_morning(), token=TOKEN, companions=False)
    await sandbox.start()
    quiet_logs(form, secret=TOKEN)
    logging.getLogger().setLevel(logging.DEBUG)
    sandbox.faults.add("*", fault, times=None)
    bot = Bot(TOKEN, base_url=sandbox.api_url, request=Transport(), get_updates_request=Transport())
    try:
        await bot.initialize()
    except Exception:
        logging.getLogger("bot.x").exception("could not start")
    finally:
        await bot.shutdown()
        await sandbox.stop()
    said = capsys.readouterr().err
    assert "could not start" in said
    assert TOKEN not in said
    assert TOKEN.partition(":")[2] not in said
