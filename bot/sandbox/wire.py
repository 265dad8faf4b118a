"""Records as Bot API objects: the shapes that python-telegram-bot and every other client reads."""

from bot.sandbox.cast import BOT, Person
from bot.sandbox.records import JSON, Chat, ChatType, Message, Photo, Poll
from bot.sandbox.scene import Scene

# Longest sides, in pixels, of the smaller copies that Telegram makes of a photo.
COPIES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280))
WHOLE = "w"


def user(person: Person) -> JSON:
    """A User."""
    found: JSON = {"id": person.id, "is_bot": person.is_bot, "first_name": person.name}
    found["username"] = person.username
    if person.language:
        found["language_code"] = person.language
    return found


def me(name: str) -> JSON:
    """The bot's own User, as getMe tells it; privacy mode is off, so it reads whole groups."""
    return {
        **user(BOT),
        "first_name": name,
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


def chat(scene: Scene, record: Chat) -> JSON:
    """A Chat."""
    found: JSON = {"id": record.id, "type": str(record.type)}
    if record.type is ChatType.PRIVATE:
        person = scene.people[record.id]
        return {**found, "first_name": person.name, "username": person.username}
    found["title"] = record.title
    if record.username:
        found["username"] = record.username
    return found


def photo_sizes(photo: Photo) -> list[JSON]:
    """PhotoSizes, the smallest first. The bytes behind all of them are those of the original."""
    longest = max(photo.width, photo.height)
    steps = [(letter, side / longest) for letter, side in COPIES if side < longest]
    return [
        {
            "file_id": photo.id + letter,
            "file_unique_id": f"u{photo.id[-12:]}{letter}",
            "width": max(1, round(photo.width * share)),
            "height": max(1, round(photo.height * share)),
            "file_size": max(1, round(photo.size * share * share)),
        }
        for letter, share in [*steps, (WHOLE, 1.0)]
    ]


def poll(scene: Scene, record: Poll, *, inside_message: bool) -> JSON:
    """A Poll; description and media are told only inside its message."""
    found: JSON = {
        "id": record.id,
        "question": record.question,
        "options": [option(scene, record, number) for number in range(len(record.options))],
        "total_voter_count": len(record.votes),
        "is_closed": record.closed,
        "is_anonymous": record.anonymous,
        "type": "quiz" if record.quiz else "regular",
        "allows_multiple_answers": record.multiple,
        "allows_revoting": record.revoting,
        "members_only": record.members_only,
    }
    if record.quiz:
        found["correct_option_ids"] = record.correct
        found |= _explanation(scene, record)
    if record.open_period is not None:
        found["open_period"] = record.open_period
    if record.close_date is not None:
        found["close_date"] = record.close_date
    return found | (_description(scene, record) if inside_message else {})


def option(scene: Scene, record: Poll, number: int) -> JSON:
    """A PollOption."""
    found: JSON = {
        "persistent_id": record.persistent_ids[number],
        "text": record.options[number],
        "voter_count": sum(number in chosen for chosen in record.votes.values()),
    }
    if media := record.option_photos.get(number):
        found["media"] = {"photo": photo_sizes(scene.photos[media])}
    return found


def _explanation(scene: Scene, record: Poll) -> JSON:
    found: JSON = {}
    if record.explanation:
        found["explanation"] = record.explanation
        found["explanation_entities"] = record.explanation_entities
    if record.explanation_photo:
        found["explanation_media"] = {"photo": photo_sizes(scene.photos[record.explanation_photo])}
    return found


def _description(scene: Scene, record: Poll) -> JSON:
    found: JSON = {}
    if record.description:
        found["description"] = record.description
        found["description_entities"] = record.description_entities
    if record.photo:
        found["media"] = {"photo": photo_sizes(scene.photos[record.photo])}
    return found


def message(scene: Scene, record: Message, *, nested: bool = True) -> JSON:
    """A Message; the message it replies to is told once, not in turn with its own."""
    home = scene.chats[record.chat_id]
    found: JSON = {"message_id": record.message_id, "date": record.date}
    found["chat"] = chat(scene, home)
    if home.type is ChatType.CHANNEL:
        found["sender_chat"] = chat(scene, home)
    else:
        found["from"] = user(scene.people[record.sender])
    if record.edit_date:
        found["edit_date"] = record.edit_date
    if nested and record.reply_to and (origin := scene.find(home.id, record.reply_to)):
        found["reply_to_message"] = message(scene, origin, nested=False)
    found |= _content(scene, record) | record.extra | (record.service or {})
    if record.inline:
        found["reply_markup"] = {"inline_keyboard": record.inline}
    return found


def _content(scene: Scene, record: Message) -> JSON:
    if record.poll:
        return {"poll": poll(scene, scene.polls[record.poll], inside_message=True)}
    if record.location:
        return {"location": record.location}
    if record.photo:
        found: JSON = {"photo": photo_sizes(scene.photos[record.photo])}
        return found | _written("caption", "caption_entities", record)
    return _written("text", "entities", record)


def _written(text: str, entities: str, record: Message) -> JSON:
    found: JSON = {text: record.text} if record.text else {}
    return found | ({entities: record.entities} if record.entities else {})
