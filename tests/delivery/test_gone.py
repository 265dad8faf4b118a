"""Chats that cannot be written to any more, and groups that move."""

from __future__ import annotations

from bot.messages.values import Urgency
from bot.sandbox.faults import Fault
from bot.store import chats
from tests.delivery.desk import GROUP, Desk
from tests.stage import Person, Stage

ALICE = 1001


async def test_a_block_met_while_sending_pauses_the_chat(desk: Desk) -> None:
    desk.sandbox.world.block(ALICE)
    await desk.owe(ALICE, "one", "two", "three")
    await desk.settled()
    assert (await desk.chat(ALICE)).paused == "blocked"
    assert await desk.states() == ["failed", "cancelled", "cancelled"]
    assert len(desk.arrivals(ALICE)) == 1


async def test_a_deleted_account_pauses_the_chat(desk: Desk) -> None:
    desk.sandbox.world.deactivate(ALICE)
    await desk.owe(ALICE, "one", "two")
    await desk.settled()
    assert (await desk.chat(ALICE)).paused == "deactivated"
    assert await desk.states() == ["failed", "cancelled"]


async def test_being_thrown_out_pauses_the_group(desk: Desk) -> None:
    desk.sandbox.world.kick_bot(GROUP)
    await desk.owe(GROUP, "one", "two")
    await desk.settled()
    assert (await desk.chat(GROUP)).paused == "kicked"
    assert await desk.states() == ["failed", "cancelled"]


async def test_a_chat_that_is_not_there_is_paused(desk: Desk) -> None:
    await desk.owe(987654321, "one", "two")
    await desk.settled()
    assert (await desk.chat(987654321)).paused == "not_found"
    assert await desk.states() == ["failed", "cancelled"]


async def test_a_block_does_not_wipe_out_that_they_said_stop(desk: Desk) -> None:
    await desk.owe(ALICE, "hello")
    await desk.settled()
    await desk.db.write(chats.pause, ALICE, "stopped")
    desk.sandbox.world.block(ALICE)
    await desk.owe(ALICE, "you stopped me")
    await desk.settled()
    assert (await desk.chat(ALICE)).paused == "stopped"


async def test_blocking_silences_and_unblocking_resumes(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    stage.sandbox.world.block(alice.id)
    await stage.settled()
    polls = len(alice.polls)
    await stage.wait(days=2)
    assert len(alice.polls) == polls
    found = await stage.app.db.read(chats.get, alice.id)
    assert found is not None
    assert found.paused == "blocked"
    stage.sandbox.world.block(alice.id, False)
    await stage.settled()
    await stage.wait(days=1)
    assert len(alice.polls) == polls + 1


async def test_a_block_learnt_from_a_send_is_undone_by_unblocking(
    stage: Stage, alice: Person
) -> None:
    await alice.sets_up()
    chat = stage.sandbox.world.chats[alice.id]
    chat.blocked = True  # the update about it was lost
    await stage.wait(days=1)
    found = await stage.app.db.read(chats.get, alice.id)
    assert found is not None
    assert found.paused == "blocked"
    stage.sandbox.world.block(alice.id, False)
    await stage.settled()
    polls = len(alice.polls)
    await stage.wait(days=1)
    assert len(alice.polls) == polls + 1


async def test_a_message_follows_its_group_to_a_new_id_exactly_once(desk: Desk) -> None:
    old = desk.sandbox.world.create_group("Study", [ALICE, 1002])
    await desk.owe(old, "before")
    await desk.settled()
    new = desk.sandbox.world.migrate(old)
    await desk.owe(old, "one", "two", urgency=Urgency.DAILY)
    await desk.settled()
    assert desk.said(new) == ["one", "two"]
    assert desk.said(old) == ["before"]
    assert await desk.db.read(chats.get, old) is None
    assert {row["chat_id"] for row in await desk.rows()} == {new}


async def test_migration_moves_every_table_and_keeps_the_settings(
    stage: Stage, alice: Person
) -> None:
    world, app = stage.sandbox.world, stage.app
    old = world.create_group("Study", [1001, 1002])
    await stage.settled()
    await app.db.write(chats.change, old, language="zh", zone="Asia/Shanghai", level="advanced")
    stage.sandbox.faults.add("sendMessage", Fault.too_many(100))
    await alice.says("/daily@dailygrad_bot", chat_id=old)
    new = world.migrate(old)
    await stage.settled()
    await stage.wait(seconds=100)
    found = await app.db.read(chats.get, new)
    assert found is not None
    assert (found.language, found.zone, found.level) == ("zh", "Asia/Shanghai", "advanced")
    assert await app.db.read(chats.get, old) is None
    said = [m for m in world.history(new) if m.get("from", {}).get("is_bot")]
    assert len(said) == 1, "the reply that waited went out once, to the new id"


async def test_the_sender_learns_of_a_migration_before_the_update_comes(stage: Stage) -> None:
    world, app = stage.sandbox.world, stage.app
    old = world.create_group("Study", [1001, 1002])
    await stage.settled()
    await app.db.write(chats.change, old, language="zh", zone="Asia/Shanghai", level="advanced")
    new = world.migrate(old)
    await app.db.write(chats.migrate, old, new)  # as the sender does on a 400
    await stage.settled()
    found = await app.db.read(chats.get, new)
    assert found is not None
    assert (found.language, found.zone, found.level) == ("zh", "Asia/Shanghai", "advanced")
    assert await app.db.read(chats.get, old) is None
