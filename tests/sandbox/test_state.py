"""The state file: what comes back after a stop, a kill, and what is said of a broken file."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.clock import Clock
from bot.sandbox.cast import GROUP_ID
from bot.sandbox.server import Sandbox
from bot.sandbox.state import dump
from tests.sandbox.conftest import Line, png

CHILD = """
import asyncio, sys
from bot.clock import Clock
from bot.sandbox.server import Sandbox

async def main():
    sandbox = Sandbox(Clock(), state_file=sys.argv[1], companions=False)
    await sandbox.start()
    for number in range(100000):
        sandbox.world.say(1001, 1001, f"message {number}")
        print(number, flush=True)
        await asyncio.sleep(0.01)

asyncio.run(main())
"""


async def started(path: Path, clock: Clock | None = None) -> Sandbox:
    sandbox = Sandbox(clock or Clock(), state_file=path, companions=False)
    await sandbox.start()
    return sandbox


async def full_house(path: Path) -> Sandbox:
    """A sandbox in which everything that is kept exists."""
    sandbox = await started(path)
    async with aiohttp.ClientSession() as session:
        line = Line(sandbox, session)
        world = sandbox.world
        world.say(1001, 1001, "/start")
        markup = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
        sent = await line.call("sendMessage", chat_id=1001, text="x", reply_markup=markup)
        world.press(1001, 1001, sent["message_id"], "a")
        world.react(1001, 1001, sent["message_id"], "👍")
        media = {"type": "photo", "media": "attach://f"}
        options = [{"text": "a", "media": media}, "b"]
        quiz = {"question": "q", "type": "quiz", "correct_option_ids": [0], "is_anonymous": False}
        given = {**quiz, "options": options, "media": media, "open_period": 600}
        poll = await line.call("sendPoll", {"f": png(9, 9)}, chat_id=GROUP_ID, **given)
        world.vote(1002, poll["poll"]["id"], [1])
        await line.call("setMyCommands", commands=[{"command": "a", "description": "b"}])
        await line.call("setMyDescription", description="d")
        await line.call("setWebhook", url="http://127.0.0.1:9/", secret_token="s")
        world.block(1003, True)
        world.deactivate(1004)
        world.migrate(world.create_group("g", [1001, 1002]))
        sandbox.clock.move_to(sandbox.clock.now() + timedelta(days=3))
    return sandbox


async def test_everything_comes_back_after_a_stop(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "state.json"
    before = await full_house(path)
    remembered = json.dumps(dump(before.world), sort_keys=True)
    pictures = dict(before.world.pictures)
    await before.stop()
    clock = Clock()
    after = await started(path, clock)
    assert json.dumps(dump(after.world), sort_keys=True) == remembered
    assert after.world.pictures == pictures
    assert clock.shift == before.clock.shift
    after.world.tick()
    assert not after.world.running
    await after.stop()


def killed_while_talking(path: Path) -> int:
    """Runs a sandbox in which Alice talks, kills it in the middle; how much she had said."""
    command = [sys.executable, "-c", CHILD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(60):
            next(child.stdout)
        os.kill(child.pid, signal.SIGKILL)
        return 60 + len(child.stdout.readlines())


async def test_a_killed_sandbox_loses_at_most_the_last_moment(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    said = killed_while_talking(path)
    sandbox = await started(path)
    kept = len(sandbox.world.history(1001))
    assert said - kept < 45  # 0.2 s at a hundred a second, and as much for a slow machine
    assert len(sandbox.world.mail.pending) == kept
    sandbox.world.say(1001, 1001, "going on")
    assert sandbox.world.history(1001)[-1]["message_id"] == kept + 1
    await sandbox.stop()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 99}', '{"format": 1, "chats": [{"id": 1}]}', "\udcff"]
)
async def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    sandbox = Sandbox(Clock(), state_file=path)
    with pytest.raises(ValueError, match=r"state\.json cannot be read"):
        await sandbox.start()
    await sandbox.stop()


async def test_a_lost_picture_is_a_broken_state(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    await (await full_house(path)).stop()
    for picture in (tmp_path / "state.json.photos").iterdir():
        picture.unlink()
    sandbox = Sandbox(Clock(), state_file=path)
    with pytest.raises(ValueError, match="cannot be read"):
        await sandbox.start()
    await sandbox.stop()


async def test_a_change_is_saved_soon_and_nothing_is_left_over(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    sandbox = await started(path)
    sandbox.world.say(1001, 1001, "x")
    deadline = time.monotonic() + 3
    while not path.exists() and time.monotonic() < deadline:
        async with aiohttp.ClientSession() as session:
            await Line(sandbox, session).call("getMe")
    assert len(json.loads(path.read_text())["messages"]) == 5
    await sandbox.stop()
    assert os.listdir(tmp_path) == ["state.json"]


async def test_a_disk_that_refuses_is_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state.json"
    sandbox = await started(path)
    assert sandbox.keeper is not None
    write, failures = sandbox.keeper._write, iter([OSError("disk full")])

    def failing(ready: tuple[str, dict[str, bytes]]) -> None:
        for failure in failures:
            raise failure
        write(ready)

    monkeypatch.setattr(sandbox.keeper, "_write", failing)
    sandbox.world.say(1001, 1001, "x")
    async with aiohttp.ClientSession() as session:
        await Line(sandbox, session).raw("getUpdates", offset=2_000_000_000, timeout=1)
    assert "disk full" in caplog.text
    assert path.exists()
    await sandbox.stop()
