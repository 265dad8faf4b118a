"""What becomes of the bot in chats: let in, given rights, thrown out, blocked, moved."""

from __future__ import annotations

from typing import Any

from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from bot.store import chats, inbox, outbox, schedules
from tests.stage import Person, Stage


def said_in(stage: Stage, chat_id: int) -> list[str]:
    """The bot's words in a chat."""
    told = stage.sandbox.world.history(chat_id)
    return [m["text"] for m in told if m.get("from", {}).get("is_bot") and "text" in m]


async def paused(stage: Stage, chat_id: int) -> str | None:
    """Why the chat is silent."""
    chat = await stage.app.db.read(chats.get, chat_id)
    assert chat is not None
    return chat.paused


async def test_let_into_a_group_the_bot_says_hello_once(stage: Stage, alice: Person) -> None:
    group = stage.sandbox.world.create_group("Paper club", [alice.id, 1101])
    await stage.settled()
    assert said_in(stage, group) == ["Hello! I ask one interview question a day, in private chats."]


async def test_new_rights_are_no_reason_for_another_hello(stage: Stage) -> None:
    world = stage.sandbox.world
    world.promote(42, GROUP_ID)
    world.demote(42, GROUP_ID)
    await stage.settled()
    assert said_in(stage, GROUP_ID) == []


async def test_thrown_out_and_let_in_again(stage: Stage) -> None:
    stage.sandbox.world.kick_bot(GROUP_ID)
    await stage.settled()
    assert await paused(stage, GROUP_ID) == "kicked"
    stage.sandbox.world.add_bot(GROUP_ID)
    await stage.settled()
    assert len(said_in(stage, GROUP_ID)) == 1


async def test_thrown_out_before_the_answer_left(stage: Stage, alice: Person) -> None:
    await alice.says("/help")
    stage.sandbox.world.say(alice.id, GROUP_ID, "/daily")
    stage.sandbox.world.kick_bot(GROUP_ID)
    await stage.settled()
    counts: dict[str, Any] = await stage.app.db.read(outbox.counts)
    assert not counts.get("ready")
    await alice.says("/help")
    assert len(alice.heard) == 2, "everybody else is served"


async def test_a_restricted_bot_that_is_gone_is_gone(stage: Stage) -> None:
    group = {"id": GROUP_ID, "type": "supergroup", "title": "ML study group"}
    bot = {"id": 42, "is_bot": True, "first_name": "dailygrad"}
    names = (
        "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
        "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
        "can_add_web_page_previews can_change_info can_invite_users can_pin_messages "
        "can_manage_topics can_edit_tag can_react_to_messages"
    )
    rights = dict.fromkeys(names.split(), False)
    member = {"user": bot, "status": "restricted", "until_date": 0, **rights}
    update = {
        "chat": group,
        "from": {"id": 1001, "is_bot": False, "first_name": "Alice"},
        "date": stage.sandbox.world.now(),
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": member | {"is_member": False},
    }
    stage.sandbox.world.send_update("my_chat_member", update)
    await stage.settled()
    assert await paused(stage, GROUP_ID) == "kicked"


async def test_a_channel_hears_no_hello(stage: Stage) -> None:
    world = stage.sandbox.world
    before = len(said_in(stage, CHANNEL_ID))
    world.kick_bot(CHANNEL_ID)
    world.add_bot(CHANNEL_ID)
    await stage.settled()
    assert len(said_in(stage, CHANNEL_ID)) == before


async def test_a_block_brings_silence_and_its_end_brings_all_back(
    stage: Stage, alice: Person
) -> None:
    await alice.sets_up()
    stage.sandbox.world.block(alice.id)
    await stage.settled()
    assert await paused(stage, alice.id) == "blocked"
    said = len(alice.heard)
    calls = len(stage.sandbox.log)
    await stage.wait(days=2)
    assert not [c for c in list(stage.sandbox.log)[calls:] if c.method == "sendPoll"]
    stage.sandbox.world.block(alice.id, blocked=False)
    await stage.settled()
    assert len(alice.heard) == said, "letting the bot in is no reason to speak"
    await stage.wait(days=1)
    assert len(alice.polls) == 2


async def test_a_stop_outlives_a_block(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    await alice.says("/stop")
    stage.sandbox.world.block(alice.id)
    stage.sandbox.world.block(alice.id, blocked=False)
    await stage.settled()
    assert await paused(stage, alice.id) == "stopped"
    await stage.wait(days=2)
    assert len(alice.polls) == 1


async def test_a_block_in_the_first_minute_does_not_matter(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    stage.sandbox.world.block(alice.id)
    stage.sandbox.world.block(alice.id, blocked=False)
    await stage.settled()
    await alice.presses("English")
    await alice.presses("09:00")
    await alice.presses("I know the basics")
    assert len(alice.polls) == 1
    assert await paused(stage, alice.id) is None
    await stage.wait(days=1)
    assert len(alice.polls) == 2


async def test_a_group_that_grows_keeps_its_language(stage: Stage) -> None:
    boris = stage.person("boris")
    group = stage.sandbox.world.create_group("Кружок", [boris.id, 1101])
    await stage.settled()
    grown = stage.sandbox.world.migrate(group)
    await stage.settled()
    assert await stage.app.db.read(chats.get, group) is None
    known = await stage.app.db.read(chats.get, grown)
    assert known is not None
    assert (known.type, known.language) == ("supergroup", "ru")
    assert (await stage.app.db.read(inbox.counts)).get("poison", 0) == 0


async def test_somebody_gone_for_good_is_left_alone(stage: Stage, alice: Person) -> None:
    await alice.sets_up()
    stage.sandbox.world.deactivate(alice.id)
    await stage.wait(days=1)
    assert await paused(stage, alice.id) == "deactivated"
    calls = len(stage.sandbox.log)
    await stage.wait(days=2)
    assert not [c for c in list(stage.sandbox.log)[calls:] if c.method == "sendPoll"]
    assert set(await stage.app.db.read(schedules.of_chat, alice.id)) == {"daily", "saver"}
