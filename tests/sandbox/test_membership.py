"""Chats and who is in them: members, the bot's coming and going, groups that become supergroups."""

import pytest

from bot.sandbox.cast import BOT_ID, CHANNEL_ID, GROUP_ID
from bot.sandbox.refusals import NotPossible
from tests.sandbox.conftest import Line


def kinds(updates: list[dict[str, object]]) -> list[str]:
    return [list(update)[1] for update in updates]


async def test_the_bot_is_told_when_it_is_thrown_out_and_brought_back(line: Line) -> None:
    line.world.kick_bot(GROUP_ID, by=1001)
    (update,) = await line.updates()
    change = update["my_chat_member"]
    assert change["from"]["id"] == 1001
    assert change["new_chat_member"] == {
        "status": "kicked",
        "user": change["old_chat_member"]["user"],
        "until_date": 0,
    }
    assert await line.refused("sendMessage", chat_id=GROUP_ID, text="x") == (
        "Forbidden: bot was kicked from the supergroup chat"
    )
    line.world.say(1001, GROUP_ID, "are we alone?")
    assert await line.updates() == []
    line.world.add_bot(GROUP_ID)
    assert kinds(await line.updates()) == ["my_chat_member", "message"]
    await line.call("sendMessage", chat_id=GROUP_ID, text="x")


async def test_the_bot_may_leave_by_itself(line: Line) -> None:
    assert await line.call("leaveChat", chat_id=GROUP_ID) is True
    assert await line.refused("getChat", chat_id=GROUP_ID) == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    assert "private" in await line.refused("leaveChat", chat_id=1001)


async def test_who_joins_and_leaves_is_told_in_the_chat(line: Line) -> None:
    line.world.leave(1002, GROUP_ID)
    line.world.join(1002, GROUP_ID)
    left, joined = await line.updates()
    assert left["message"]["left_chat_member"]["id"] == 1002
    assert joined["message"]["new_chat_members"][0]["id"] == 1002


async def test_an_administrator_bot_hears_of_members_if_it_asks(line: Line) -> None:
    await line.call("getUpdates", allowed_updates=["chat_member", "my_chat_member"])
    line.world.leave(1002, GROUP_ID)
    line.world.promote(BOT_ID, GROUP_ID)
    line.world.join(1002, GROUP_ID)
    line.world.leave(1003, CHANNEL_ID)
    assert kinds(await line.updates()) == ["my_chat_member", "chat_member", "chat_member"]


async def test_a_basic_group_has_a_small_id_and_becomes_a_supergroup(line: Line) -> None:
    old = line.world.create_group("Readers", [1001, 1002])
    assert -10_000_000 < old < 0
    await line.updates()
    new = line.world.migrate(old)
    to, back = [update["message"] for update in await line.updates()]
    assert (to["chat"]["id"], to["migrate_to_chat_id"]) == (old, new)
    assert (back["chat"]["id"], back["migrate_from_chat_id"]) == (new, old)
    assert (to["chat"]["type"], back["chat"]["type"]) == ("group", "supergroup")
    body = await line.raw("sendMessage", chat_id=old, text="x")
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new}
    await line.call("sendMessage", chat_id=new, text="x")
    with pytest.raises(NotPossible, match="not in this chat"):
        line.world.say(1001, old, "x")
    with pytest.raises(NotPossible, match="basic group"):
        line.world.migrate(old)


async def test_a_group_can_be_without_the_bot(line: Line) -> None:
    chat = line.world.create_group("Us", [1001, 1002], with_bot=False)
    line.world.say(1001, chat, "x")
    assert await line.updates() == []
    assert await line.refused("sendMessage", chat_id=chat, text="x") == (
        "Forbidden: bot is not a member of the group chat"
    )


async def test_members_are_described_by_what_they_are(line: Line) -> None:
    async def status(chat: int, user: int) -> str:
        found = await line.call("getChatMember", chat_id=chat, user_id=user)
        return str(found["status"])

    assert await status(GROUP_ID, 1001) == "creator"
    assert await status(GROUP_ID, 1002) == "member"
    assert await status(CHANNEL_ID, BOT_ID) == "administrator"
    assert await status(1001, 1001) == "member"
    assert await status(1001, 1002) == "left"
    line.world.promote(1002, GROUP_ID)
    assert await status(GROUP_ID, 1002) == "administrator"
    line.world.demote(1002, GROUP_ID)
    assert await status(GROUP_ID, 1002) == "member"
    words = await line.refused("getChatMember", chat_id=GROUP_ID, user_id=5)
    assert words == "Bad Request: PARTICIPANT_ID_INVALID"


async def test_rights_name_what_the_place_has(line: Line) -> None:
    bot = await line.call("getChatMember", chat_id=CHANNEL_ID, user_id=BOT_ID)
    assert bot["can_post_messages"] is True
    assert "can_pin_messages" not in bot


async def test_chats_are_described_and_counted(line: Line) -> None:
    counts = [
        await line.call("getChatMemberCount", chat_id=chat) for chat in (1001, GROUP_ID, CHANNEL_ID)
    ]
    assert counts == [2, 7, 7]
    line.world.deny(GROUP_ID, "polls")
    group = await line.call("getChat", chat_id=GROUP_ID)
    assert group["title"] == "ML study group"
    assert group["permissions"]["can_send_polls"] is False
    assert group["permissions"]["can_send_messages"] is True
    admins = await line.call("getChatAdministrators", chat_id=CHANNEL_ID)
    assert [admin["user"]["id"] for admin in admins] == [1001, BOT_ID]
    assert "private" in await line.refused("getChatAdministrators", chat_id=1001)


async def test_nothing_happens_where_nothing_changes(line: Line) -> None:
    line.world.join(1002, GROUP_ID)
    assert await line.updates() == []
    with pytest.raises(NotPossible, match="no such group"):
        line.world.join(1002, 1002)
