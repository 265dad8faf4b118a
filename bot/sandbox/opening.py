"""The sandbox on its first day: the chats, and a few older messages so that no page is empty."""

from bot.sandbox.cast import BOT_ID, CHANNEL_ID, COMPANIONS, GROUP_ID, OWNER, PEOPLE, SEATS
from bot.sandbox.formatting import from_html
from bot.sandbox.records import Chat, ChatType, Message, Status
from bot.sandbox.scene import Scene

DORA, EMILE = COMPANIONS
# (author, minutes before the opening, words)
IN_THE_GROUP = (
    (DORA, 95, "Hi all! First interview on Thursday, so I am on normalisation layers tonight."),
    (EMILE, 88, "Good luck! Mine asked why batch norm misbehaves with tiny batches."),
    (DORA, 86, "Noted. Shall we let the bot quiz us here? I could use some pressure 🙂"),
)
IN_THE_CHANNEL = (
    "📌 <b>Welcome to Deep Learning Daily</b>\n\n"
    "One interview question every day, with the answer explained and sources to read on.\n"
    "#about"
)


def open_scene(scene: Scene) -> None:
    """Fill an empty scene; nothing here becomes an update for the bot."""
    for person in PEOPLE:
        scene.add_chat(
            Chat(person.id, ChatType.PRIVATE, person.name, person.color, person.username)
        )
    members = dict.fromkeys([p.id for p in PEOPLE], Status.MEMBER) | {OWNER.id: Status.CREATOR}
    group = Chat(GROUP_ID, ChatType.SUPERGROUP, "ML study group", "#4f8a6d")
    group.members = {**members, BOT_ID: Status.MEMBER}
    scene.add_chat(group)
    channel = Chat(CHANNEL_ID, ChatType.CHANNEL, "Deep Learning Daily", "#4a6fa5")
    channel.username = "deep_learning_daily"
    channel.members = {**members, BOT_ID: Status.ADMINISTRATOR}
    scene.add_chat(channel)
    _greet(scene, group, channel)


def _greet(scene: Scene, group: Chat, channel: Chat) -> None:
    now = scene.now()
    for author, minutes, words in IN_THE_GROUP:
        number = scene.message_id(group)
        scene.put(Message(group.id, number, now - minutes * 60, author.id, words))
    post = from_html(IN_THE_CHANNEL)
    number = scene.message_id(channel)
    scene.put(
        Message(channel.id, number, now - 24 * 3600, OWNER.id, post.text, list(post.entities))
    )
    for chat in (group, channel):
        newest = max(message.message_id for message in scene.in_chat(chat.id))
        chat.read = dict.fromkeys([seat.id for seat in SEATS], newest)
