"""Commands, and words that are none: whatever somebody sends gets an answer that helps."""

from __future__ import annotations

import pytest

from bot.bank.question import LANGUAGES
from bot.handlers.commands import COMMANDS, menus
from bot.sandbox.cast import CHANNEL_ID, GROUP_ID
from bot.sandbox.records import JSON
from bot.store import chats, inbox
from bot.texts import translate
from tests.stage import Person, Stage, buttons

ANONYMOUS_ADMIN = 1087968824


def in_group(stage: Stage) -> list[str]:
    """What the bot has said in the group."""
    told = stage.sandbox.world.history(GROUP_ID)
    return [m["text"] for m in told if m.get("from", {}).get("is_bot") and "text" in m]


async def sends(stage: Stage, person: Person, **content: object) -> None:
    """Send something that the sandbox's people cannot: a photo, a sticker, a voice."""
    message: JSON = {
        "message_id": 900_000,
        "date": stage.sandbox.world.now(),
        "from": {"id": person.id, "is_bot": False, "first_name": "A", "language_code": "en"},
        "chat": {"id": person.id, "type": "private", "first_name": "A"},
    }
    stage.sandbox.world.send_update("message", message | content)
    await stage.settled()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_its_line_in_the_menu(language: str) -> None:
    menu = menus()[language]
    assert [entry["command"] for entry in menu] == [command.name for command in COMMANDS]
    assert all(0 < len(entry["description"]) <= 60 for entry in menu)


async def test_the_menu_reaches_telegram_in_every_language(stage: Stage) -> None:
    told = [call.params for call in stage.sandbox.log if call.method == "setMyCommands"]
    assert [params.get("language_code", "en") for params in told] == list(LANGUAGES)


async def test_help_names_every_command(stage: Stage, alice: Person) -> None:
    await alice.says("/help")
    for command in COMMANDS:
        assert f"/{command.name} – {translate('en', f'command-{command.name}')}" in alice.last_text


async def test_every_command_works_before_the_start(stage: Stage, alice: Person) -> None:
    stage.sandbox.world.chats[alice.id].started = True
    for command in COMMANDS:
        said = len(alice.heard)
        await alice.says(f"/{command.name}")
        assert len(alice.heard) == said + 1, command.name


async def test_a_command_may_be_written_in_several_ways(stage: Stage, alice: Person) -> None:
    for written in ("/HELP", "/help@dailygrad_bot", "/help@DailyGrad_Bot now"):
        await alice.says("?")
        await alice.says(written)
        assert alice.last_text.startswith("One interview question a day.")


async def test_an_unknown_command_is_told_what_there_is(stage: Stage, alice: Person) -> None:
    for written in ("/dayly", "/review", "/" + "x" * 4000, "/<b>", "/\u202egnp"):
        await alice.says(written)
        assert alice.last_text.startswith("I don't know /")
        assert "I know /daily, /streak" in alice.last_text
        assert "\u202e" not in alice.last_text
        assert len(alice.last_text) < 200


async def test_free_words_are_told_what_there_is(stage: Stage, alice: Person) -> None:
    for words in ("hmm?", "/", "/ daily", "🔥", "مرحبا", "b" * 10_000):
        await alice.says("/help")
        await alice.says(words)
        assert alice.last_text.startswith("I know /daily")


@pytest.mark.parametrize("name", ["boris", "carla", "li"])
async def test_free_words_are_answered_in_the_language_of_the_person(
    stage: Stage, name: str
) -> None:
    person = stage.person(name)
    await person.says("?")
    assert "/daily" in person.last_text
    assert "I know" not in person.last_text


PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]
STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}
VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3}


WORDLESS: tuple[JSON, ...] = (
    {"photo": PHOTO},
    {"photo": PHOTO, "caption": "/daily"},
    {"sticker": STICKER},
    {"voice": VOICE},
    {"contact": {"phone_number": "1", "first_name": "B"}},
    {"dice": {"emoji": "🎲", "value": 3}},
)


async def test_what_is_no_text_is_told_so(stage: Stage, alice: Person) -> None:
    for content in WORDLESS:
        await alice.says("/help")
        await sends(stage, alice, **content)
        assert alice.last_text.startswith("I can only read text. I know /daily")


async def test_a_photo_is_no_answer_to_a_question_for_an_hour(stage: Stage, alice: Person) -> None:
    await alice.says("/start")
    await alice.presses("English")
    await alice.presses("Other hour")
    await sends(stage, alice, photo=PHOTO)
    assert alice.last_text.startswith("I can only read text.")
    await alice.says("7:15")
    assert alice.last_text == "How far along are you?"


async def test_service_messages_and_edits_are_no_words(stage: Stage, alice: Person) -> None:
    await alice.says("/help")
    said = len(alice.heard)
    mine = next(m for m in alice.chat if not m["from"]["is_bot"])
    stage.sandbox.world.edit(alice.id, alice.id, mine["message_id"], "/daily")
    await sends(stage, alice, pinned_message={**mine, "text": "x"})
    assert len(alice.heard) == said


@pytest.mark.parametrize("command", ["/start", "/daily", "/settings@dailygrad_bot"])
async def test_in_a_group_commands_point_to_the_private_chat(
    stage: Stage, alice: Person, command: str
) -> None:
    await alice.says(command, chat_id=GROUP_ID)
    assert in_group(stage) == ["That works in a private chat with me."]
    [link] = buttons(stage.sandbox.world.history(GROUP_ID)[-1])
    assert link == {"text": "Talk to me", "url": "https://t.me/dailygrad_bot"}
    assert alice.heard == []


async def test_in_a_group_everybody_is_answered_in_their_language(stage: Stage) -> None:
    await stage.person("boris").says("/daily", chat_id=GROUP_ID)
    assert in_group(stage) == [translate("ru", "group-private")]


async def test_in_a_group_the_bot_hears_its_own_commands_only(stage: Stage, alice: Person) -> None:
    for words in ("hello", "what a /daily grind", "/unknown", "/daily@other_bot", "/start@x_bot"):
        await alice.says(words, chat_id=GROUP_ID)
    assert in_group(stage) == []


async def test_a_post_in_the_channel_is_not_for_the_bot(stage: Stage, alice: Person) -> None:
    said = len(stage.sandbox.world.history(CHANNEL_ID))
    await alice.says("/daily", chat_id=CHANNEL_ID)
    assert len(stage.sandbox.world.history(CHANNEL_ID)) == said + 1
    assert (await stage.app.db.read(inbox.counts)).get("poison", 0) == 0


async def test_an_anonymous_admin_is_nobody(stage: Stage) -> None:
    admin = {
        "id": ANONYMOUS_ADMIN,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    group = {"id": GROUP_ID, "type": "supergroup", "title": "ML study group"}
    message = {
        "message_id": 900_001,
        "date": stage.sandbox.world.now(),
        "from": admin,
        "sender_chat": group,
        "chat": group,
        "text": "/settings",
    }
    stage.sandbox.world.send_update("message", message)
    await stage.settled()
    assert in_group(stage) == ["That works in a private chat with me."]
    assert await stage.app.db.read(chats.get, ANONYMOUS_ADMIN) is None
