"""Bot API methods about chats and who is in them."""

from bot.sandbox import access, posting
from bot.sandbox.api_sending import chat_of
from bot.sandbox.cast import BOT_ID
from bot.sandbox.membership import change, member
from bot.sandbox.params import Params
from bot.sandbox.records import JSON, PRESENT, ChatType, Status
from bot.sandbox.refusals import bad_request
from bot.sandbox.scene import Scene


def get_chat(scene: Scene, given: Params) -> JSON:
    """getChat"""
    chat = chat_of(scene, given)
    access.require_presence(scene, chat)
    return posting.chat_in_full(scene, chat)


def get_chat_member(scene: Scene, given: Params) -> JSON:
    """getChatMember"""
    chat = chat_of(scene, given)
    access.require_presence(scene, chat)
    user_id = given.integer("user_id")
    if user_id not in scene.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.type is ChatType.PRIVATE:
        status = Status.MEMBER if user_id in (chat.id, BOT_ID) else Status.LEFT
        return member(scene, chat, user_id, status)
    return member(scene, chat, user_id)


def get_chat_member_count(scene: Scene, given: Params) -> int:
    """getChatMemberCount"""
    chat = chat_of(scene, given)
    access.require_presence(scene, chat)
    present = [user for user, status in chat.members.items() if status in PRESENT]
    return 2 if chat.type is ChatType.PRIVATE else len(present)


def get_chat_administrators(scene: Scene, given: Params) -> list[JSON]:
    """getChatAdministrators"""
    chat = chat_of(scene, given)
    if chat.type is ChatType.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    access.require_presence(scene, chat)
    return posting.administrators(scene, chat)


def leave_chat(scene: Scene, given: Params) -> bool:
    """leaveChat"""
    chat = chat_of(scene, given)
    if chat.type is ChatType.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    access.require_presence(scene, chat)
    change(scene, chat.id, BOT_ID, Status.LEFT, by=BOT_ID)
    return True
