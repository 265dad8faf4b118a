"""The sandbox's world: a Scene that people act in. The page and tests speak to the bot through it.

Every act raises NotPossible, with a sentence, where a Telegram app would not offer it.
"""

from bot.clock import Clock
from bot.sandbox import membership, people, polls, wire
from bot.sandbox.cast import BOT_ID, OWNER
from bot.sandbox.opening import open_scene
from bot.sandbox.records import JSON, ChatType, Status
from bot.sandbox.scene import Scene

PRESS_MEMORY = 3600  # seconds after which a press and its toast are forgotten


class World(Scene):
    """What exists and what can be done there. Ids are Telegram's; moments are Unix seconds."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        open_scene(self)

    def say(self, user_id: int, chat_id: int, text: str) -> int:
        """Write; more than 4096 units become several messages. Returns the last message's id."""
        return people.say(self, user_id, chat_id, text)

    def edit(self, user_id: int, chat_id: int, message_id: int, text: str) -> None:
        """Change one's own message."""
        people.edit(self, user_id, chat_id, message_id, text)

    def share_location(self, user_id: int, chat_id: int, latitude: float, longitude: float) -> int:
        """Send a point on the map, in degrees. Returns the message's id."""
        return people.share_location(self, user_id, chat_id, latitude, longitude)

    def vote(self, user_id: int, poll_id: str, option_ids: list[int]) -> None:
        """Choose in a poll; an empty choice takes the vote back where that is allowed."""
        polls.vote(self, user_id, poll_id, option_ids)

    def press(self, user_id: int, chat_id: int, message_id: int, data: str) -> str:
        """Tap an inline button, named by its callback data. Returns the callback query's id."""
        return people.press(self, user_id, chat_id, message_id, data)

    def toast(self, query_id: str) -> JSON | None:
        """What the bot answered to a press: {text, alert, url}; None while it has not."""
        press = self.presses.get(query_id)
        return press.answer if press else None

    def block(self, user_id: int, blocked: bool = True) -> None:
        """Stop the bot in one's private chat, or let it write again."""
        people.block(self, user_id, blocked=blocked)

    def react(self, user_id: int, chat_id: int, message_id: int, emoji: str) -> None:
        """Put one emoji under a message; "" takes it away."""
        people.react(self, user_id, chat_id, message_id, emoji)

    def read(self, user_id: int, chat_id: int) -> None:
        """Mark everything in the chat as seen."""
        people.read(self, user_id, chat_id)

    def deactivate(self, user_id: int) -> None:
        """Delete the person's account: the bot's sends are refused from now on."""
        self.deactivated.add(user_id)
        self.tell("chat", user_id)

    def join(self, user_id: int, chat_id: int) -> None:
        """Enter a group or subscribe to a channel."""
        membership.change(self, chat_id, user_id, Status.MEMBER, by=user_id)

    def leave(self, user_id: int, chat_id: int) -> None:
        """Go away from a group or channel."""
        membership.change(self, chat_id, user_id, Status.LEFT, by=user_id)

    def promote(self, user_id: int, chat_id: int, *, by: int = OWNER.id) -> None:
        """Make somebody, or the bot, an administrator."""
        membership.change(self, chat_id, user_id, Status.ADMINISTRATOR, by=by)

    def demote(self, user_id: int, chat_id: int, *, by: int = OWNER.id) -> None:
        """Make an administrator a plain member."""
        membership.change(self, chat_id, user_id, Status.MEMBER, by=by)

    def add_bot(self, chat_id: int, *, by: int = OWNER.id) -> None:
        """Bring the bot in: as administrator into a channel, as member elsewhere."""
        chat = self.chats[chat_id]
        admin = chat.type is ChatType.CHANNEL
        status = Status.ADMINISTRATOR if admin else Status.MEMBER
        membership.change(self, chat_id, BOT_ID, status, by=by)

    def kick_bot(self, chat_id: int, *, by: int = OWNER.id) -> None:
        """Throw the bot out."""
        membership.change(self, chat_id, BOT_ID, Status.KICKED, by=by)

    def deny(self, chat_id: int, *kinds: str) -> None:
        """From now on plain members may not send these: "text messages", "photos", "polls"."""
        chat = self.chats[chat_id]
        chat.denied = list(kinds)
        self.add_chat(chat)

    def create_group(self, title: str, members: list[int], *, with_bot: bool = True) -> int:
        """A basic group, the first member its creator. Returns its small negative id."""
        return membership.create_group(self, title, members, with_bot=with_bot)

    def migrate(self, chat_id: int) -> int:
        """Make a basic group a supergroup. Returns the new id."""
        return membership.migrate(self, chat_id)

    def history(self, chat_id: int) -> list[JSON]:
        """All messages of a chat as Bot API Message objects, the oldest first."""
        return [wire.message(self, message) for message in self.in_chat(chat_id)]

    def tick(self) -> None:
        """Let time do its work: polls close, forgotten updates expire, a moved clock is told."""
        if self.clock.shift != self.shift_told:
            self.shift_told = self.clock.shift
            self.tell("clock")
        polls.close_due(self)
        now = self.now()
        self.mail.expire(now)
        for query_id in [p.id for p in self.presses.values() if now - p.date > PRESS_MEMORY]:
            del self.presses[query_id]
