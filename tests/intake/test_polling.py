"""Polling through the front door: what is acknowledged is kept, and handled exactly once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.bank.load import Bank
from bot.handlers import commands
from bot.refusal import Refusal
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.store import inbox
from bot.store import tables as t
from bot.trial import TOKEN
from tests import engines
from tests.stage import Person, Stage, monday_morning, playing


def answers(person: Person) -> list[str]:
    return [str(m.get("text")) for m in person.heard]


def kept(conn: Connection) -> list[tuple[int, str, int]]:
    columns = (t.inbox.c.update_id, t.inbox.c.state, t.inbox.c.tries)
    return [(r[0], r[1], r[2]) for r in conn.execute(select(*columns).order_by(columns[0]))]


async def waiting(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.005)


async def test_the_next_offset_is_asked_for_only_after_the_commit(
    stage: Stage, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed: list[int] = []
    mail = stage.sandbox.world.mail
    confirm = mail.confirm_before

    def confirming(offset: int) -> None:
        committed.append(offset)
        confirm(offset)

    monkeypatch.setattr(mail, "confirm_before", confirming)
    add, stored = inbox.add, []

    def adding(*args: Any, **kwargs: Any) -> Any:
        found = add(*args, **kwargs)
        stored.extend(item.update_id for item in found)
        assert all(offset <= item.update_id for item in found for offset in committed)
        return found

    monkeypatch.setattr(inbox, "add", adding)
    for number in range(5):
        await alice.says(f"text {number}")
    assert len(stored) == 5
    assert committed[-1] == stored[-1] + 1


async def test_an_update_that_cannot_be_kept_is_not_acknowledged(
    stage: Stage, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, failures = inbox.add, iter([True])

    def failing(*args: Any, **kwargs: Any) -> Any:
        if next(failures, False):
            raise OSError("the disk is full")
        return add(*args, **kwargs)

    monkeypatch.setattr(inbox, "add", failing)
    await alice.says("/help")
    assert len(answers(alice)) == 1


@pytest.mark.parametrize("fault", [Fault.lost_after(), Fault.duplicate_updates()])
async def test_updates_handed_out_twice_are_handled_once(
    stage: Stage, alice: Person, fault: Fault
) -> None:
    await alice.says("/help")
    stage.sandbox.faults.add("getUpdates", fault)
    await alice.says("/help")  # the poll that waits has passed the fault already
    await alice.says("/help")
    await alice.says("/help")
    assert len(answers(alice)) == 4
    found = await stage.app.db.read(kept)
    assert [state for _, state, _ in found] == ["done"] * 4


async def test_update_numbers_that_start_again_lower_are_not_missed(
    stage: Stage, alice: Person
) -> None:
    await alice.says("/help")
    stage.sandbox.world.mail.next_id = 5
    await alice.says("/help")
    assert len(answers(alice)) == 2
    assert (await stage.app.db.read(kept))[0][0] == 5


async def test_a_conflict_is_survived_and_told(
    stage: Stage, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await alice.says("/help")
    with caplog.at_level(logging.ERROR, logger="bot.intake.polling"):
        await stage.app.sender.api.call("getUpdates", {"timeout": 0})
        await waiting(lambda: "another program polls" in caplog.text)
    await alice.says("/help")
    assert len(answers(alice)) == 2


async def test_what_the_bot_has_no_use_for_ends_as_done(stage: Stage, alice: Person) -> None:
    mail = stage.sandbox.world.mail
    mail.allowed = []
    before = alice.stage.sandbox.world.now()
    photo = {
        "message_id": 1,
        "date": before,
        "chat": {"id": 1001, "type": "private", "first_name": "A"},
        "from": {"id": 1001, "is_bot": False, "first_name": "A"},
        "text": "edited",
    }
    mail.add("edited_message", photo, now=before)
    stage.sandbox.world.tell("update")
    await alice.says("/help")
    assert [state for _, state, _ in await stage.app.db.read(kept)] == ["done", "done"]
    assert len(answers(alice)) == 1


async def test_a_press_too_old_to_be_answered_still_counts(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    [press] = [
        button
        for row in alice.last["reply_markup"]["inline_keyboard"]
        for button in row
        if "Save" in button["text"]
    ]
    stage.sandbox.faults.add("answerCallbackQuery", Fault.server_error())
    world = stage.sandbox.world
    world.press(1001, 1001, alice.last["message_id"], press["callback_data"])
    await stage.settled()
    query = select(t.saved.c.slug)
    assert len(await stage.app.db.read(lambda conn: list(conn.scalars(query)))) == 1


async def test_a_second_process_on_the_same_file_refuses_to_start(
    stage: Stage, bank: Bank, tmp_path: Path
) -> None:
    [file] = await asyncio.to_thread(lambda: list(tmp_path.glob("*.db")))
    with pytest.raises(Refusal, match="in use by another dailygrad"):
        async with playing(bank, f"sqlite:///{file}", tmp_path):
            pass


async def test_stopping_in_the_middle_loses_nothing(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = monday_morning()
    telegram = Sandbox(clock, token=TOKEN, companions=False)
    await telegram.start()
    url = engines.new_database("sqlite", tmp_path)
    texts = [f"/wish{number}" for number in range(30)]
    try:
        async with playing(bank, url, tmp_path, clock, telegram):
            for text in texts:
                telegram.world.say(1001, 1001, text)
            await waiting(lambda: len(telegram.world.history(1001)) > len(texts))
        async with playing(bank, url, tmp_path, clock, telegram) as stage:
            await stage.settled()
            states = [state for _, state, _ in await stage.app.db.read(kept)]
            assert states == ["done"] * 30
            said = answers(stage.person("alice"))
            assert [
                next(x for x in texts if f"{x} " in f"{s} ") for s in map(_plain, said)
            ] == texts
    finally:
        await telegram.stop()


def _plain(text: str) -> str:
    return "".join(c if c.isalnum() or c == "/" else " " for c in text)


async def test_updates_kept_but_not_handled_are_taken_up_by_the_next_start(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = monday_morning()
    telegram = Sandbox(clock, token=TOKEN, companions=False)
    await telegram.start()
    url = engines.new_database("sqlite", tmp_path)
    try:
        with monkeypatch.context() as killed:
            killed.setattr("bot.intake.lanes.Lanes.add", lambda self, updates: None)
            async with playing(bank, url, tmp_path, clock, telegram):
                telegram.world.say(1001, 1001, "/help")
                await waiting(lambda: not telegram.world.mail.pending)
        assert len(telegram.world.history(1001)) == 1
        async with playing(bank, url, tmp_path, clock, telegram) as stage:
            await stage.settled()
            assert len(answers(stage.person("alice"))) == 1
    finally:
        await telegram.stop()


def break_help(monkeypatch: pytest.MonkeyPatch, *, times: int) -> list[int]:
    """/help raises so many times, after it has had an effect."""
    tries: list[int] = []
    whole = commands._BY_NAME["help"]

    def failing(unit: Any, said: Any) -> Any:
        tries.append(len(tries) + 1)
        if len(tries) <= times:
            unit.conn.execute(t.chats.update().values(language="zh"))
            raise RuntimeError("a bug")
        return whole.handler(unit, said)

    broken = {**commands._BY_NAME, "help": commands.Command("help", failing)}
    monkeypatch.setattr(commands, "_BY_NAME", broken)
    return tries


async def test_a_handler_that_raises_is_tried_again_and_its_effects_are_taken_back(
    monkeypatch: pytest.MonkeyPatch, quick_retries: None, stage: Stage, alice: Person
) -> None:
    tries = break_help(monkeypatch, times=2)
    await alice.says("/help")
    assert len(tries) == 3
    assert len(answers(alice)) == 1
    query = select(t.chats.c.language)
    assert await stage.app.db.read(lambda conn: list(conn.scalars(query))) == ["en"]


async def test_poison_is_set_aside_after_eight_tries_and_others_go_on(
    monkeypatch: pytest.MonkeyPatch, quick_retries: None, stage: Stage, alice: Person
) -> None:
    tries = break_help(monkeypatch, times=100)
    stage.sandbox.world.say(1001, 1001, "/help")
    await alice.says("/streak")
    assert len(answers(alice)) == 1
    await waiting(lambda: len(tries) >= 8)
    await stage.settled()
    assert len(tries) == 8
    assert [(s, n) for _, s, n in await stage.app.db.read(kept)] == [("poison", 8), ("done", 0)]


async def test_an_update_that_cannot_be_parsed_is_poison_too(
    quick_retries: None, stage: Stage, alice: Person
) -> None:
    broken = {"from": {"id": 1001}, "chat": {"id": 1001}}
    stage.sandbox.world.mail.add("message", broken, now=stage.sandbox.world.now())
    await alice.says("/help")
    await stage.settled()
    assert len(answers(alice)) == 1
    assert [(s, n) for _, s, n in await stage.app.db.read(kept)] == [("poison", 8), ("done", 0)]
