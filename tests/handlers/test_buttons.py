"""Presses that are not what they seem: forged, tampered with, stolen, outdated, doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import keys
from bot.bank.load import Bank
from bot.handlers.buttons import VERBS
from bot.messages.press import Signer
from bot.messages.values import Press
from bot.sandbox.cast import GROUP_ID
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.store import answers, asks, chats, inbox
from bot.texts import translate
from bot.trial import TOKEN
from tests import engines
from tests.stage import Message, Person, Stage, buttons, monday_morning, playing

STALE = translate("en", "toast-stale")
FORGED = translate("en", "toast-forged")


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    """The installation's own signer: the key lies in the data folder."""
    return Signer(keys.derive(keys.load(Settings(data_dir=tmp_path)), "buttons"))


async def press(stage: Stage, person: Person, message: Message, data: str) -> str | None:
    """Press with data that no button of the message has: what a hacked app would send."""
    kept = stage.sandbox.world.find(message["chat"]["id"], message["message_id"])
    assert kept is not None
    shown, kept.inline = kept.inline, [[{"text": "x", "callback_data": data}]]
    query = stage.sandbox.world.press(person.id, kept.chat_id, kept.message_id, data)
    kept.inline = shown
    await stage.settled()
    for _ in range(500):
        if (answer := stage.sandbox.world.toast(query)) is not None:
            return answer.get("text")
        await stage.settled()
    raise AssertionError("the press was never answered")


async def unharmed(stage: Stage, person: Person) -> bool:
    """Nothing was changed and no update is left behind."""
    chat = await stage.app.db.read(chats.get, person.id)
    counts = await stage.app.db.read(inbox.counts)
    return bool(chat) and chat.language == "en" and set(counts) == {"done"}


FORGERIES = (
    "language ru start~3e9~AAAAAAAA",
    "language ru start",
    "~",
    "~~",
    "language ru start~~",
    "🔥" * 16,
    "language ru start~zz~AAAAAAAA",
    "x" * 64,
)


async def test_a_forged_press_changes_nothing(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    for data in FORGERIES:
        assert await press(stage, alice, alice.last, data) == FORGED, data
    assert await unharmed(stage, alice)


async def test_a_press_that_was_tampered_with_is_forged(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    data = buttons(alice.last)[0]["callback_data"]
    for changed in (
        data.replace("en", "ru"),
        data.replace("3e9", "3ea"),
        data[:-1] + ("A" if data[-1] != "A" else "B"),
        data + "A",
        data.upper(),
    ):
        assert changed != data
        assert await press(stage, alice, alice.last, changed) == FORGED
    assert await unharmed(stage, alice)


async def test_somebody_elses_button_is_told_so(
    stage: Stage, alice: Person, signer: Signer
) -> None:
    await alice.says("/start")
    boris = stage.person("boris")
    await boris.says("/help")
    data = signer.sign(Press("language", ("zh", "start")), alice.id)
    assert await press(stage, boris, boris.last, data) == translate("ru", "toast-stranger")
    known = await stage.app.db.read(chats.get, boris.id)
    assert known is not None
    assert known.language == "ru"
    assert await unharmed(stage, alice)


async def test_a_button_in_a_group_answers_in_the_language_of_whoever_presses(
    stage: Stage, alice: Person, signer: Signer
) -> None:
    await alice.says("/start", chat_id=GROUP_ID)
    pointer = stage.sandbox.world.history(GROUP_ID)[-1]
    data = signer.sign(Press("switch"), alice.id)
    told = await press(stage, stage.person("li"), pointer, data)
    assert told == translate("zh", "toast-stranger")


OLD = (
    Press("vote", ("3",)),
    Press("language", ("en",)),
    Press("language", ("en", "start", "again")),
    Press("language", ("fr", "settings")),
    Press("level", ("expert", "settings")),
    Press("city", ("atlantis", "settings")),
    Press("choose", ("topic",)),
    Press("choose", ()),
    Press("hour", ("09:00", "review", "settings")),
    Press("hour", ("25:00", "daily", "settings")),
    Press("hour", ("soon", "daily", "settings")),
    Press("save", ("a-question-long-gone",)),
    Press("report", ("a-question-long-gone",)),
    Press("post", ("a-question-long-gone",)),
)


async def test_buttons_of_other_versions_are_out_of_date(
    stage: Stage, alice: Person, signer: Signer
) -> None:
    await alice.says("/help")
    for old in OLD:
        assert await press(stage, alice, alice.last, signer.sign(old, alice.id)) == STALE, old
    assert await unharmed(stage, alice)


async def test_a_topic_that_is_gone_has_no_more(
    stage: Stage, alice: Person, signer: Signer
) -> None:
    await alice.says("/help")
    data = signer.sign(Press("more", ("alchemy",)), alice.id)
    assert await press(stage, alice, alice.last, data) == translate("en", "more-none")


async def test_a_double_press_does_the_thing_once(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.votes(right=True)
    post = alice.last
    save = buttons(post)[0]["callback_data"]
    for _ in range(2):
        stage.sandbox.world.press(alice.id, alice.id, post["message_id"], save)
    await stage.settled()
    assert await stage.app.db.read(answers.saved_by, alice.id, 9) == []
    assert "🔖 Save" in [b["text"] for b in buttons(alice.last)]


async def test_buttons_still_work_after_a_restart(bank: Bank, tmp_path: Path) -> None:
    url, clock = engines.new_database("sqlite", tmp_path), monday_morning()
    sandbox = Sandbox(clock, token=TOKEN, companions=False)
    await sandbox.start()
    try:
        async with playing(bank, url, tmp_path, clock, sandbox) as before:
            await before.person("alice").sets_up()
            await before.person("alice").votes(right=True)
        async with playing(bank, url, tmp_path, clock, sandbox) as after:
            assert await after.person("alice").presses("Save") == "Saved: find it under /saved"
    finally:
        await sandbox.stop()


async def test_without_the_key_old_buttons_are_strangers(bank: Bank, tmp_path: Path) -> None:
    url, clock = engines.new_database("sqlite", tmp_path), monday_morning()
    sandbox = Sandbox(clock, token=TOKEN, companions=False)
    await sandbox.start()
    try:
        async with playing(bank, url, tmp_path, clock, sandbox) as before:
            await before.person("alice").says("/start")
        (tmp_path / "data.key").unlink()
        async with playing(bank, url, tmp_path, clock, sandbox) as after:
            assert await after.person("alice").presses("English") == FORGED
    finally:
        await sandbox.stop()


async def test_a_report_reaches_the_admins_in_their_language(bank: Bank, tmp_path: Path) -> None:
    url = engines.new_database("sqlite", tmp_path)
    async with playing(bank, url, tmp_path, admin_ids=(1002, 77)) as stage:
        alice, boris = stage.person("alice"), stage.person("boris")
        await boris.says("/help")
        await alice.sets_up()
        await alice.votes(right=True)
        ask = await stage.app.db.read(asks.open_ask, alice.id, "daily", stage.app.clock.now())
        assert ask is not None
        await alice.presses("Report")
        told = translate("ru", "report-admin", slug=ask.slug, language="en")
        assert boris.last_text == told.replace("<code>", "").replace("</code>", "")


def test_every_button_fits_for_the_longest_slug_and_the_largest_person() -> None:
    signer, person = Signer(b"k"), 2**52 - 1
    for verb in ("save", "report", "more", "post"):
        assert verb in VERBS
        assert len(signer.sign(Press(verb, ("s" * 34,)), person)) <= 64
