"""Who is in which chat: joining, leaving, promoting, blocking, new groups, and groups that grow."""

from bot.sandbox import wire
from bot.sandbox.cast import BOT_ID
from bot.sandbox.records import IN_CHARGE, JSON, PRESENT, Chat, ChatType, Message, Status
from bot.sandbox.refusals import NotPossible
from bot.sandbox.scene import Scene

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
GROUP_RIGHTS = ("can_pin_messages",)


def member(scene: Scene, chat: Chat, user_id: int, status: Status | None = None) -> JSON:
    """A ChatMember; `status` overrides what the chat says now (for "what it was before")."""
    status = status or chat.members.get(user_id, Status.LEFT)
    found: JSON = {"status": str(status), "user": wire.user(scene.people[user_id])}
    if status is Status.CREATOR:
        return {**found, "is_anonymous": False}
    if status is Status.KICKED:
        return {**found, "until_date": 0}
    if status is Status.ADMINISTRATOR:
        local = CHANNEL_RIGHTS if chat.type is ChatType.CHANNEL else GROUP_RIGHTS
        rights = dict.fromkeys(ADMIN_RIGHTS + local, True)
        base = {"can_be_edited": False, "is_anonymous": False, "can_promote_members": False}
        return {**found, **base, **rights}
    return found


def report_block(scene: Scene, chat: Chat) -> None:
    """Tell the bot that the person of this private chat stopped it or let it back in."""
    old, new = Status.MEMBER, Status.KICKED
    if not chat.blocked:
        old, new = new, old
    _report(scene, chat, chat.id, BOT_ID, old, new)


def change(scene: Scene, chat_id: int, user_id: int, status: Status, *, by: int) -> None:
    """Make somebody something in a group or channel; the bot is told as Telegram would tell it."""
    chat = scene.chats.get(chat_id)
    if chat is None or chat.type is ChatType.PRIVATE or user_id not in scene.people:
        raise NotPossible("There is no such group.")
    old = chat.members.get(user_id, Status.LEFT)
    if old is status:
        return
    chat.members[user_id] = status
    _report(scene, chat, by, user_id, old, status)
    if chat.type is not ChatType.CHANNEL and (old in PRESENT) != (status in PRESENT):
        _announce(scene, chat, by, user_id)
    scene.add_chat(chat)
    scene.tell("members", chat_id, user_id)


def _report(scene: Scene, chat: Chat, by: int, user_id: int, old: Status, new: Status) -> None:
    update = {
        "chat": wire.chat(scene, chat),
        "from": wire.user(scene.people[by]),
        "date": scene.now(),
        "old_chat_member": member(scene, chat, user_id, old),
        "new_chat_member": member(scene, chat, user_id, new),
    }
    if user_id == BOT_ID:
        scene.send_update("my_chat_member", update)
    elif chat.members.get(BOT_ID) in IN_CHARGE:
        scene.send_update("chat_member", update)


def _announce(scene: Scene, chat: Chat, by: int, user_id: int) -> None:
    """The grey line in the chat; one who is gone does not read it, the bot included."""
    person = wire.user(scene.people[user_id])
    joined = chat.has(user_id)
    service = {"new_chat_members": [person]} if joined else {"left_chat_member": person}
    serve(scene, chat, by, service)


def serve(scene: Scene, chat: Chat, by: int, service: JSON) -> Message:
    """A service message, told to the bot where it is present."""
    message = Message(chat.id, scene.message_id(chat), scene.now(), by, service=service)
    scene.put(message)
    if chat.has(BOT_ID):
        scene.send_update("message", wire.message(scene, message))
    return message


def create_group(scene: Scene, title: str, members: list[int], *, with_bot: bool = True) -> int:
    """A basic group of these people, the first its creator. Returns its small negative id."""
    chat = Chat(-(4_000_000 + scene.count("groups")), ChatType.GROUP, title, "#6b8f3a")
    chat.members = dict.fromkeys(members, Status.MEMBER) | {members[0]: Status.CREATOR}
    scene.add_chat(chat)
    scene.tell("members", chat.id)
    if with_bot:
        change(scene, chat.id, BOT_ID, Status.MEMBER, by=members[0])
    return chat.id


def migrate(scene: Scene, chat_id: int) -> int:
    """Turn a basic group into a supergroup, under a new id, which is returned."""
    old = scene.chats.get(chat_id)
    if old is None or old.type is not ChatType.GROUP or old.upgraded_to:
        raise NotPossible("Only a basic group can become a supergroup.")
    new_id = -(1_002_000_000_000 + scene.count("supergroups"))
    new = Chat(new_id, ChatType.SUPERGROUP, old.title, old.color, members=dict(old.members))
    new.denied = list(old.denied)
    scene.add_chat(new)
    creator = next(user for user, status in old.members.items() if status is Status.CREATOR)
    serve(scene, old, creator, {"migrate_to_chat_id": new_id})
    serve(scene, new, creator, {"migrate_from_chat_id": chat_id})
    old.upgraded_to = new_id
    scene.tell("members", chat_id)
    return new_id
