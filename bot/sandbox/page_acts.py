"""What people do on the chat page, each act read from its JSON; the rules are the world's."""

from collections.abc import Callable

from bot.sandbox.cast import SEATS
from bot.sandbox.records import JSON
from bot.sandbox.refusals import NotPossible
from bot.sandbox.world import World

SEAT_IDS = frozenset(seat.id for seat in SEATS)
Act = Callable[[World, int, JSON], JSON]


def whole(body: JSON, name: str) -> int:
    """A whole number of the request; raises NotPossible."""
    value = body.get(name)
    if type(value) is not int:
        raise NotPossible(f"{name} must be a whole number.")
    return value


def words(body: JSON, name: str) -> str:
    """A string of the request; raises NotPossible."""
    value = body.get(name)
    if not isinstance(value, str):
        raise NotPossible(f"{name} must be a string.")
    return value.encode("utf-8", "replace").decode()


def degrees(body: JSON, name: str) -> float:
    """A number of the request; raises NotPossible."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NotPossible(f"{name} must be a number.")
    return float(value)


def numbers(body: JSON, name: str) -> list[int]:
    """A list of whole numbers of the request; raises NotPossible."""
    value = body.get(name)
    if not isinstance(value, list) or any(type(item) is not int for item in value):
        raise NotPossible(f"{name} must be a list of whole numbers.")
    return value


def send(world: World, seat: int, body: JSON) -> JSON:
    """Write a message."""
    return {"message_id": world.say(seat, whole(body, "chat_id"), words(body, "text"))}


def edit(world: World, seat: int, body: JSON) -> JSON:
    """Change one's own message."""
    world.edit(seat, whole(body, "chat_id"), whole(body, "message_id"), words(body, "text"))
    return {}


def location(world: World, seat: int, body: JSON) -> JSON:
    """Share a place."""
    point = degrees(body, "latitude"), degrees(body, "longitude")
    return {"message_id": world.share_location(seat, whole(body, "chat_id"), *point)}


def vote(world: World, seat: int, body: JSON) -> JSON:
    """Choose in a poll."""
    world.vote(seat, words(body, "poll_id"), numbers(body, "options"))
    return {}


def react(world: World, seat: int, body: JSON) -> JSON:
    """Put an emoji under a message."""
    world.react(seat, whole(body, "chat_id"), whole(body, "message_id"), words(body, "emoji"))
    return {}


def read(world: World, seat: int, body: JSON) -> JSON:
    """Have seen a chat."""
    world.read(seat, whole(body, "chat_id"))
    return {}


def block(world: World, seat: int, body: JSON) -> JSON:
    """Stop the bot or let it write again."""
    world.block(seat, body.get("blocked") is True)
    return {}


ACTS: dict[str, Act] = {
    "send": send,
    "edit": edit,
    "location": location,
    "vote": vote,
    "react": react,
    "read": read,
    "block": block,
}
