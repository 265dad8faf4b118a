"""What the bot puts into chats, changes and takes away. Refuses as the Bot API would."""

from dataclasses import replace

from bot.sandbox import access, wire
from bot.sandbox.cast import BOT_ID
from bot.sandbox.formatting import Formatted
from bot.sandbox.keyboards import Rows
from bot.sandbox.membership import member
from bot.sandbox.records import IN_CHARGE, JSON, Chat, ChatType, Message
from bot.sandbox.refusals import bad_request
from bot.sandbox.scene import Scene

DELETABLE_FOR = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def post(scene: Scene, chat: Chat, draft: Message) -> JSON:
    """Give a draft its number and date and show it; returns the Message."""
    sent = replace(draft, message_id=scene.message_id(chat), date=scene.now(), sender=BOT_ID)
    if sent.poll:
        poll = scene.polls[sent.poll]
        poll.chat_id, poll.message_id = chat.id, sent.message_id
    scene.put(sent)
    return wire.message(scene, sent)


def rewrite(scene: Scene, message: Message, content: Formatted, inline: Rows | None) -> JSON:
    """New words and buttons for a message of the bot's; leaving buttons out takes them away."""
    unchanged = (message.text, message.entities) == (content.text, content.entities)
    if unchanged and message.inline == inline:
        raise bad_request(SAME)
    message.text, message.entities = content.text, content.entities
    message.rewritten = message.rewritten or not unchanged
    return _changed(scene, message, inline)


def rebutton(scene: Scene, message: Message, inline: Rows | None) -> JSON:
    """New buttons, or none, for a message of the bot's."""
    if message.inline == inline:
        raise bad_request(SAME)
    return _changed(scene, message, inline)


def _changed(scene: Scene, message: Message, inline: Rows | None) -> JSON:
    message.inline = inline
    message.edit_date = scene.now()
    scene.put(message)
    return wire.message(scene, message)


def delete(scene: Scene, chat: Chat, message_id: int) -> None:
    """Take a message away: the bot's own within 48 hours, or anybody's where it may."""
    access.require_presence(scene, chat)
    message = scene.find(chat.id, message_id)
    if message is None:
        raise bad_request("message to delete not found")
    in_charge = chat.members.get(BOT_ID) in IN_CHARGE
    fresh = scene.now() - message.date < DELETABLE_FOR
    own = message.sender == BOT_ID or chat.type is ChatType.PRIVATE
    if not in_charge and not (own and fresh):
        raise bad_request("message can't be deleted")
    scene.remove(message)


def answer_press(scene: Scene, query_id: str, answer: JSON) -> None:
    """Give a tap its toast, once and within the life of the query."""
    press = scene.presses.get(query_id)
    if press is None or press.answer is not None or scene.now() - press.date > 150:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    press.answer = answer
    scene.tell("answered", press.chat_id, query_id)


def chat_in_full(scene: Scene, chat: Chat) -> JSON:
    """A ChatFullInfo with the fields that are always there."""
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False
    )
    gifts["gifts_from_channels"] = False
    found: JSON = {"accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11}
    found |= {**wire.chat(scene, chat), "accepted_gift_types": gifts}
    if chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
        found["permissions"] = permissions(chat)
    return found


def permissions(chat: Chat) -> JSON:
    """ChatPermissions: what plain members may do."""
    free = ("audios", "documents", "videos", "video_notes", "voice_notes", "other_messages")
    found: JSON = {f"can_send_{name}": True for name in free}
    found["can_send_messages"] = "text messages" not in chat.denied
    found["can_send_photos"] = "photos" not in chat.denied
    found["can_send_polls"] = "polls" not in chat.denied
    found |= {"can_add_web_page_previews": True, "can_change_info": False}
    found |= {"can_invite_users": True, "can_pin_messages": False, "can_manage_topics": False}
    return {**found, "can_react_to_messages": True, "can_edit_tag": True}


def administrators(scene: Scene, chat: Chat) -> list[JSON]:
    """The people in charge; other bots are never listed, this one is."""
    return [member(scene, chat, user) for user, what in chat.members.items() if what in IN_CHARGE]
