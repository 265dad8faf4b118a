"""Finds what Telegram marks by itself in a text: commands, hashtags, mentions, addresses."""

import re

from bot.sandbox.entities import Entity, utf16_length

PATTERNS = (
    ("url", re.compile(r"(?<![\w@/])https?://[^\s<>\"'«»]*[^\s<>\"'«».,;:!?)\]]")),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d_])\w{1,256}(?!#)")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
)
OPAQUE = ("code", "pre", "text_link", "text_mention")


def detect(text: str, known: list[Entity]) -> list[Entity]:
    """Entities to add to `known`; nothing is looked for inside code and links."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in known
        if entity["type"] in OPAQUE
    ]
    found: list[Entity] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match.group())
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            found.append({"type": kind, "offset": start, "length": end - start})
    return found
