"""python-telegram-bot against the sandbox: it understands every answer, update and refusal."""

from io import BytesIO

import pytest
import telegram
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputPollOption,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter

from bot.sandbox.cast import BOT_ID, CHANNEL_ID, GROUP_ID
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import png

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="a")]])


async def test_it_knows_itself(bot: telegram.Bot) -> None:
    assert bot.username == "dailygrad_bot"
    assert bot.can_read_all_group_messages


async def test_it_sends_edits_and_deletes(bot: telegram.Bot) -> None:
    sent = await bot.send_message(GROUP_ID, "<b>🔥 x</b>", parse_mode="HTML", reply_markup=BUTTONS)
    assert sent.parse_entities() == {sent.entities[0]: "🔥 x"}
    edited = await sent.edit_text("y")
    assert isinstance(edited, telegram.Message)
    assert edited.reply_markup is None
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_text("y")
    assert await sent.delete()


async def test_it_sends_a_picture_and_reads_it_back(bot: telegram.Bot) -> None:
    picture = png(1000, 600)
    sent = await bot.send_photo(CHANNEL_ID, BytesIO(picture), caption="c")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (1000, 600)
    file = await bot.get_file(sent.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == picture
    again = await bot.send_photo(CHANNEL_ID, sent.photo[-1].file_id)
    assert again.photo == sent.photo


async def test_it_sends_a_quiz_with_a_figure_and_hears_the_votes(
    house: Sandbox, bot: telegram.Bot
) -> None:
    sent = await bot.send_poll(
        GROUP_ID,
        "q",
        [InputPollOption("a"), InputPollOption("b")],
        type="quiz",
        correct_option_ids=[1],
        is_anonymous=False,
        explanation="<i>why</i>",
        explanation_parse_mode="HTML",
        description="<b>d</b>",
        description_parse_mode="HTML",
        media=InputMediaPhoto(png(30, 20)),
        open_period=60,
    )
    assert sent.poll is not None
    assert sent.poll.correct_option_ids == (1,)
    assert sent.poll.media is not None
    assert sent.poll.media.photo[0].width == 30
    house.world.vote(1004, sent.poll.id, [0])
    news, answer = await bot.get_updates()
    assert news.poll is not None
    assert news.poll.options[0].voter_count == 1
    assert answer.poll_answer is not None
    assert answer.poll_answer.user is not None
    assert answer.poll_answer.user.language_code == "zh-hans"
    assert answer.poll_answer.option_persistent_ids == (sent.poll.options[0].persistent_id,)
    stopped = await bot.stop_poll(GROUP_ID, sent.message_id)
    assert stopped.is_closed


async def test_it_understands_every_kind_of_update(house: Sandbox, bot: telegram.Bot) -> None:
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    world = house.world
    number = world.say(1001, 1001, "/start")
    world.edit(1001, 1001, number, "x")
    world.share_location(1001, 1001, 1, 2)
    world.edit(1001, CHANNEL_ID, world.say(1001, CHANNEL_ID, "p"), "q")
    sent = await bot.send_message(1001, "x", reply_markup=BUTTONS)
    world.press(1001, 1001, sent.message_id, "a")
    world.react(1001, 1001, number, "👍")
    world.promote(BOT_ID, GROUP_ID)
    world.leave(1002, GROUP_ID)
    world.block(1001)
    world.migrate(world.create_group("g", [1001]))
    updates = await bot.get_updates()
    kinds = {name for u in updates for name in Update.ALL_TYPES if getattr(u, name) is not None}
    assert kinds == {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "callback_query",
        "message_reaction",
        "my_chat_member",
        "chat_member",
    }
    assert all(update.to_dict() for update in updates)


async def test_it_understands_chats_and_menus(bot: telegram.Bot) -> None:
    for chat_id in (1001, GROUP_ID, CHANNEL_ID):
        assert (await bot.get_chat(chat_id)).id == chat_id
        assert (await bot.get_chat_member(chat_id, BOT_ID)).user.is_bot
    admins = await bot.get_chat_administrators(CHANNEL_ID)
    assert [type(admin).__name__ for admin in admins] == [
        "ChatMemberOwner",
        "ChatMemberAdministrator",
    ]
    commands = [BotCommand("daily", "today's question")]
    scope = telegram.BotCommandScopeAllPrivateChats()
    assert await bot.set_my_commands(commands, scope=scope, language_code="pt")
    assert await bot.get_my_commands(scope, "pt") == tuple(commands)
    assert (await bot.get_webhook_info()).url == ""


async def test_it_turns_refusals_into_its_own_errors(
    house: Sandbox, bot: telegram.Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    group = house.world.create_group("g", [1001])
    new = house.world.migrate(group)
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group, "x")
    assert migrated.value.new_chat_id == new
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(1001, "x")
    house.faults.add("sendMessage", Fault.too_many(3))
    with pytest.raises(RetryAfter):
        await bot.send_message(GROUP_ID, "x")
    house.faults.add("sendMessage", Fault.server_error())
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(GROUP_ID, "x")
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
