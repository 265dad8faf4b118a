"""What people do in their Telegram app: write, edit, share a place, press, react, block.

Raises NotPossible where the app would not offer it. Membership and votes have modules of their own.
"""

from collections.abc import Iterator

from bot.sandbox import wire
from bot.sandbox.cast import BOT_ID
from bot.sandbox.formatting import from_plain
from bot.sandbox.membership import report_block
from bot.sandbox.records import IN_CHARGE, JSON, Chat, ChatType, Message, Press
from bot.sandbox.refusals import NotPossible
from bot.sandbox.scene import Scene, long_number

LONGEST_TEXT = 4096


def place(scene: Scene, user_id: int, chat_id: int) -> Chat:
    """The chat, if this person is in it and may write there."""
    chat = visible(scene, user_id, chat_id)
    if chat.blocked:
        raise NotPossible("You blocked the bot; unblock it to write.")
    if chat.type is ChatType.CHANNEL and chat.members[user_id] not in IN_CHARGE:
        raise NotPossible("Only admins can post in this channel.")
    return chat


def visible(scene: Scene, user_id: int, chat_id: int) -> Chat:
    """The chat, if this person is in it."""
    chat = scene.chats.get(chat_id)
    if chat is None or not chat.has(user_id) or chat.upgraded_to or user_id not in scene.people:
        raise NotPossible("You are not in this chat.")
    return chat


def say(scene: Scene, user_id: int, chat_id: int, text: str) -> int:
    """Write; a text too long for one message becomes several. Returns the last one's id."""
    chat = place(scene, user_id, chat_id)
    pieces = [piece for piece in split(text) if piece.strip()]
    if not pieces:
        raise NotPossible("There is nothing to send.")
    for piece in pieces:
        written = from_plain(piece)
        message = blank(scene, chat, user_id)
        message.text, message.entities = written.text, written.entities
        deliver(scene, chat, message)
    return message.message_id


def split(text: str) -> Iterator[str]:
    """Pieces of at most 4096 UTF-16 units, never through the middle of a character."""
    piece, room = "", LONGEST_TEXT
    for character in text:
        size = 2 if character > "\uffff" else 1
        if size > room:
            yield piece
            piece, room = "", LONGEST_TEXT
        piece += character
        room -= size
    yield piece


def share_location(
    scene: Scene, user_id: int, chat_id: int, latitude: float, longitude: float
) -> int:
    """Send a point on the map, in degrees. Returns the message's id."""
    chat = place(scene, user_id, chat_id)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise NotPossible("There is no such place on Earth.")
    message = blank(scene, chat, user_id)
    message.location = {"latitude": latitude, "longitude": longitude}
    return deliver(scene, chat, message).message_id


def blank(scene: Scene, chat: Chat, user_id: int) -> Message:
    """A message without content yet."""
    return Message(chat.id, scene.message_id(chat), scene.now(), user_id)


def deliver(scene: Scene, chat: Chat, message: Message) -> Message:
    """Show a person's message and, where the bot is present, tell the bot."""
    chat.started = True
    chat.read[message.sender] = message.message_id
    scene.put(message)
    if chat.has(BOT_ID) or chat.type is ChatType.PRIVATE:
        kind = "channel_post" if chat.type is ChatType.CHANNEL else "message"
        scene.send_update(kind, wire.message(scene, message))
    return message


def edit(scene: Scene, user_id: int, chat_id: int, message_id: int, text: str) -> None:
    """Change one's own message."""
    chat = place(scene, user_id, chat_id)
    message = scene.find(chat_id, message_id)
    if message is None or message.sender != user_id or message.service:
        raise NotPossible("Only your own messages can be edited.")
    written = from_plain(text)
    if not written.text or written.length > LONGEST_TEXT:
        raise NotPossible("A message needs 1 to 4096 characters.")
    message.text, message.entities = written.text, written.entities
    message.edit_date, message.rewritten = scene.now(), True
    scene.put(message)
    if chat.has(BOT_ID) or chat.type is ChatType.PRIVATE:
        kind = "edited_channel_post" if chat.type is ChatType.CHANNEL else "edited_message"
        scene.send_update(kind, wire.message(scene, message))


def press(scene: Scene, user_id: int, chat_id: int, message_id: int, data: str) -> str:
    """Tap an inline button. Returns the query's id; a toast comes when the bot answers."""
    chat = visible(scene, user_id, chat_id)
    message = scene.find(chat_id, message_id)
    buttons = [b for row in (message.inline if message else None) or [] for b in row]
    if message is None or data not in [b.get("callback_data") for b in buttons]:
        raise NotPossible("This button is not there any more.")
    if chat.blocked:
        raise NotPossible("You blocked the bot; unblock it to press its buttons.")
    tap = Press(long_number(), user_id, chat_id, message_id, data, scene.now())
    scene.presses[tap.id] = tap
    scene.send_update("callback_query", _callback_query(scene, tap, message))
    return tap.id


def _callback_query(scene: Scene, tap: Press, message: Message) -> JSON:
    return {
        "id": tap.id,
        "from": wire.user(scene.people[tap.user_id]),
        "message": wire.message(scene, message),
        "chat_instance": str(abs(tap.chat_id) * 7_919 + 104_729),
        "data": tap.data,
    }


def block(scene: Scene, user_id: int, *, blocked: bool) -> None:
    """Stop the bot, or let it write again."""
    chat = visible(scene, user_id, user_id)
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    scene.tell("blocked", user_id)
    report_block(scene, chat)


def react(scene: Scene, user_id: int, chat_id: int, message_id: int, emoji: str) -> None:
    """Put one emoji under a message, or take it away with an empty one."""
    chat = visible(scene, user_id, chat_id)
    message = scene.find(chat_id, message_id)
    if message is None:
        raise NotPossible("This message is not there any more.")
    before = message.reactions.get(user_id, "")
    message.reactions.pop(user_id, None)
    if emoji:
        message.reactions[user_id] = emoji
    scene.put(message)
    if chat.type is ChatType.PRIVATE or chat.members.get(BOT_ID) in IN_CHARGE:
        _report_reaction(scene, chat, message, user_id, before)


def _report_reaction(scene: Scene, chat: Chat, message: Message, user_id: int, before: str) -> None:
    after = message.reactions.get(user_id, "")
    report = {
        "chat": wire.chat(scene, chat),
        "message_id": message.message_id,
        "user": wire.user(scene.people[user_id]),
        "date": scene.now(),
        "old_reaction": [{"type": "emoji", "emoji": before}] if before else [],
        "new_reaction": [{"type": "emoji", "emoji": after}] if after else [],
    }
    scene.send_update("message_reaction", report)


def read(scene: Scene, user_id: int, chat_id: int) -> None:
    """Everything in the chat has been seen by this person."""
    chat = visible(scene, user_id, chat_id)
    newest = max((m.message_id for m in scene.in_chat(chat_id)), default=0)
    if chat.read.get(user_id, 0) < newest:
        chat.read[user_id] = newest
        scene.tell("chat", chat_id)
