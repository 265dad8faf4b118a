"""A text as it arrives in a chat: cleaned, trimmed, with entities that obey Telegram's nesting."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.detect import detect
from bot.sandbox.entities import Entity, in_order, parse_html, utf16_length
from bot.sandbox.refusals import bad_request

MIXABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
CODE = ("code", "pre")
QUOTES = ("blockquote", "expandable_blockquote")
EXPLICIT = frozenset(MIXABLE) | set(CODE) | set(QUOTES) | {"text_link", "text_mention"}
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Formatted:
    """Text with its entities, ready to be put into a message."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)

    @property
    def length(self) -> int:
        """In UTF-16 units, as every limit of the Bot API counts."""
        return utf16_length(self.text)


def from_html(source: str) -> Formatted:
    """What Telegram makes of parse_mode HTML; raises Refusal."""
    text, entities = parse_html(clean(source))
    return settle(clean(text), entities)


def from_plain(source: str, explicit: list[Any] | None = None) -> Formatted:
    """A text as it stands, with entities given beside it; raises Refusal."""
    text = source.replace("\r", "")
    return settle(clean(text), [checked(entity, text) for entity in explicit or []])


def clean(text: str) -> str:
    """Control characters become spaces; a carriage return is dropped."""
    return CONTROL.sub(" ", text.replace("\r", ""))


def checked(entity: Any, text: str) -> Entity:
    """One entity of an `entities` parameter; raises Refusal when it cannot be meant."""
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad_request("can't parse MessageEntity: Object expected")
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 0:
        raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
    if offset + length > utf16_length(text):
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
            f"at UTF-16 offset {offset + length}"
        )
    return dict(entity)


def settle(text: str, raw: list[Entity]) -> Formatted:
    """Apply the nesting rules, trim white space at both ends, add what is found by itself."""
    usable = [entity for entity in raw if entity["length"] and entity["type"] in EXPLICIT]
    solid = without_nesting([e for e in usable if e["type"] not in MIXABLE])
    code = [span(entity) for entity in solid if entity["type"] in CODE]
    kept = solid + mixed([e for e in usable if e["type"] in MIXABLE], code)
    kept, text = trimmed(kept, text)
    return Formatted(text, in_order(kept + detect(text, kept)))


def span(entity: Entity) -> tuple[int, int]:
    """Where an entity begins and where it has ended."""
    return entity["offset"], entity["offset"] + entity["length"]


def without_nesting(entities: list[Entity]) -> list[Entity]:
    """Code and links hold nothing solid; a quote may hold them, but no second quote."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"], e["type"] in CODE)):
        start, end = span(entity)
        around = [other for other in kept if start < span(other)[1] and span(other)[0] < end]
        if all(o["type"] in QUOTES and entity["type"] not in QUOTES for o in around):
            kept.append(entity)
    return kept


def mixed(entities: list[Entity], code: list[tuple[int, int]]) -> list[Entity]:
    """Bold and its like: neighbours of one kind melt together, and none reaches into code."""
    result: list[Entity] = []
    for kind in MIXABLE:
        spans = melted(sorted(span(entity) for entity in entities if entity["type"] == kind))
        for start, end in [piece for whole in spans for piece in outside(whole, code)]:
            result.append({"type": kind, "offset": start, "length": end - start})
    return result


def melted(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans with those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def outside(whole: tuple[int, int], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a span when the holes are cut out of it."""
    pieces = [whole]
    for begin, stop in holes:
        cut = [((a, min(b, begin)), (max(a, stop), b)) for a, b in pieces]
        pieces = [(a, b) for pair in cut for a, b in pair if a < b]
    return pieces


def trimmed(entities: list[Entity], text: str) -> tuple[list[Entity], str]:
    """Without white space at the ends, entities moved and cut to fit."""
    body = text.strip()
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    moved: list[Entity] = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, utf16_length(body))
        if start < end:
            moved.append({**entity, "offset": start, "length": end - start})
    return moved, body


PARSERS: dict[str, Callable[[str], Formatted]] = {"": from_plain, "html": from_html}


def formatted(source: str, mode: str = "", explicit: list[Any] | None = None) -> Formatted:
    """By parse_mode, or by explicit entities when no mode is given; raises Refusal.

    Only HTML is spoken here: the Markdown modes exist at Telegram, not in the sandbox.
    """
    if explicit and not mode:
        return from_plain(source, explicit)
    parser = PARSERS.get(mode.lower())
    if parser is None:
        raise bad_request("unsupported parse_mode")
    return parser(source)
