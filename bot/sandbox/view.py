"""The world as one person's chat page sees it: what is theirs to see, in the page's own shapes."""

from datetime import timedelta

from bot.sandbox.api_profile import menu_for
from bot.sandbox.cast import BOT, BOT_ID, SEATS, Person, initials
from bot.sandbox.records import IN_CHARGE, JSON, PRESENT, Chat, ChatType, Message, Poll
from bot.sandbox.scene import Scene
from bot.sandbox.wire import WHOLE

MOST_MESSAGES = 300  # of one chat in a snapshot


def person(who: Person) -> JSON:
    """Somebody as a name and a coloured circle."""
    return {"id": who.id, "name": who.name, "initials": who.initials, "color": who.color}


def seat(who: Person) -> JSON:
    """A person the page can sit down as."""
    return {**person(who), "language": who.language}


def sees(record: Chat, seat_id: int) -> bool:
    """Is this chat in the person's list?"""
    return record.has(seat_id) and not record.upgraded_to


def snapshot(scene: Scene, seat_id: int) -> JSON:
    """Everything the page needs to begin."""
    chats = [record for record in scene.chats.values() if sees(record, seat_id)]
    return {
        "seat": seat(scene.people[seat_id]),
        "seats": [seat(who) for who in SEATS],
        "bot": {**person(BOT), "username": BOT.username, "description": _about(scene, seat_id)},
        "chats": [chat(scene, record, seat_id) for record in chats],
        "messages": {
            str(record.id): [
                message(scene, item, seat_id)
                for item in list(scene.in_chat(record.id))[-MOST_MESSAGES:]
            ]
            for record in chats
        },
        "commands": menu_for(scene, seat_id),
        "clock": clock(scene),
        "blocked": scene.chats[seat_id].blocked,
    }


def _about(scene: Scene, seat_id: int) -> str:
    """What the bot says of itself in a chat that is still empty."""
    tag = (scene.people[seat_id].language or "")[:2]
    return scene.profile.get(f"description {tag}") or scene.profile.get("description ") or ""


def clock(scene: Scene) -> JSON:
    """Now on the sandbox's clock, and how far that is ahead of the machine's, in seconds."""
    return {"now": scene.now(), "offset": round(scene.clock.shift / timedelta(seconds=1))}


def chat(scene: Scene, record: Chat, seat_id: int) -> JSON:
    """One line of the list of chats."""
    private = record.type is ChatType.PRIVATE
    return {
        "id": record.id,
        "type": str(record.type),
        "title": BOT.name if private else record.title,
        "initials": BOT.initials if private else initials(record.title),
        "color": BOT.color if private else record.color,
        "subtitle": subtitle(record),
        "last": _last(scene, record),
        "unread": _unread(scene, record, seat_id),
        "can_write": record.type is not ChatType.CHANNEL or record.members[seat_id] in IN_CHARGE,
        "verified": False,
    }


def subtitle(record: Chat) -> str:
    """What stands below a chat's title."""
    if record.type is ChatType.PRIVATE:
        return "bot"
    people = [u for u, status in record.members.items() if status in PRESENT and u != BOT_ID]
    if record.type is ChatType.CHANNEL:
        return f"{len(people)} subscribers"
    return f"{len(people) + record.has(BOT_ID)} members"


def _last(scene: Scene, record: Chat) -> JSON | None:
    messages = scene.messages.get(record.id)
    if not messages:
        return None
    newest = messages[next(reversed(messages))]
    return {"text": preview(scene, newest), "date": newest.date}


def preview(scene: Scene, record: Message) -> str:
    """A message in one line."""
    if record.service:
        return service_line(scene, record)
    if record.poll:
        return f"📊 {scene.polls[record.poll].question}"
    if record.location:
        return "📍"
    line = " ".join(record.text.split())[:120]
    return f"🖼 {line}".strip() if record.photo else line


def _unread(scene: Scene, record: Chat, seat_id: int) -> int:
    seen = record.read.get(seat_id, 0)
    count = 0
    for item in reversed(scene.messages.get(record.id, {}).values()):
        if item.message_id <= seen:
            break
        count += item.sender != seat_id and not item.service
    return count


def service_line(scene: Scene, record: Message) -> str:
    """The grey line for what happened in a chat."""
    facts = record.service or {}
    actor = scene.people[record.sender].name
    if joined := facts.get("new_chat_members"):
        name = joined[0]["first_name"]
        return f"{name} joined" if name == actor else f"{actor} added {name}"
    if gone := facts.get("left_chat_member"):
        name = gone["first_name"]
        return f"{name} left" if name == actor else f"{actor} removed {name}"
    return "This group became a supergroup"


def message(scene: Scene, record: Message, seat_id: int) -> JSON:
    """A bubble, or a grey line when `service` is set."""
    in_channel = scene.chats[record.chat_id].type is ChatType.CHANNEL
    author = scene.people[record.sender]
    return {
        "chat_id": record.chat_id,
        "message_id": record.message_id,
        "from": None if in_channel else {**person(author), "is_bot": author.is_bot},
        "outgoing": record.sender == seat_id and not in_channel and not record.service,
        "service": record.service is not None,
        "date": record.date,
        "edited": record.rewritten,
        "text": service_line(scene, record) if record.service else record.text,
        "entities": record.entities,
        "photo": photo(scene, record),
        "location": record.location,
        "poll": poll(scene.polls[record.poll], seat_id) if record.poll else None,
        "buttons": buttons(record),
        "keyboard": keyboard(record),
        "effect": record.extra.get("effect_id"),
        "reply_to": record.reply_to,
        "reactions": reactions(record, seat_id),
    }


def photo(scene: Scene, record: Message) -> JSON | None:
    """The message's picture, or that of its poll."""
    key = record.photo or (scene.polls[record.poll].photo if record.poll else None)
    if key is None:
        return None
    found = scene.photos[key]
    return {
        "url": f"/page/photo/{key}{WHOLE}",
        "width": found.width,
        "height": found.height,
    }


def buttons(record: Message) -> list[list[JSON]] | None:
    """Inline buttons; what the page cannot do by itself is of kind "other"."""
    if not record.inline:
        return None
    return [[button(raw) for raw in row] for row in record.inline]


def button(raw: JSON) -> JSON:
    """One inline button: its text and what it does."""
    if "callback_data" in raw:
        return {"text": raw["text"], "kind": "callback", "value": raw["callback_data"]}
    if "url" in raw:
        return {"text": raw["text"], "kind": "url", "value": raw["url"]}
    if "copy_text" in raw:
        return {"text": raw["text"], "kind": "copy", "value": raw["copy_text"].get("text", "")}
    return {"text": raw["text"], "kind": "other", "value": ""}


def keyboard(record: Message) -> list[list[JSON]] | str | None:
    """What this message does to the keyboard below the chat."""
    if not record.reply:
        return None
    if record.reply.get("remove_keyboard"):
        return "remove"
    rows = record.reply.get("keyboard")
    if not rows:
        return None
    return [
        [{"text": b["text"], "request_location": bool(b.get("request_location"))} for b in row]
        for row in rows
    ]


def reactions(record: Message, seat_id: int) -> list[JSON]:
    """Emoji below a message with their counts."""
    given = list(record.reactions.values())
    mine = record.reactions.get(seat_id)
    return [
        {"emoji": emoji, "count": given.count(emoji), "mine": emoji == mine}
        for emoji in dict.fromkeys(given)
    ]


def poll(record: Poll, seat_id: int) -> JSON:
    """A poll; what gives the answer away is told to those who have voted, and after the end."""
    known = record.closed or seat_id in record.votes
    chosen = list(record.votes.values())
    return {
        "id": record.id,
        "question": record.question,
        "description": record.description,
        "description_entities": record.description_entities,
        "options": [
            {
                "text": text,
                "persistent_id": record.persistent_ids[number],
                "voter_count": sum(number in numbers for numbers in chosen) if known else 0,
            }
            for number, text in enumerate(record.options)
        ],
        "quiz": record.quiz,
        "anonymous": record.anonymous,
        "multiple": record.multiple,
        "revoting": record.revoting,
        "closed": record.closed,
        "close_date": record.close_date,
        "total": len(record.votes),
        "mine": record.votes.get(seat_id, []),
        "correct": record.correct if known and record.quiz else None,
        "explanation": record.explanation if known and record.explanation else None,
        "explanation_entities": record.explanation_entities if known else None,
    }
