"""Telegram's HTML to text and entities, offsets in UTF-16 units, refusing in Telegram's words.

It knows the tags and the four named characters of the Bot API and nothing else of HTML.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.links import is_link
from bot.sandbox.references import is_token, reference
from bot.sandbox.refusals import Refusal, bad_request

Entity = dict[str, Any]

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
TAGS = frozenset(SIMPLE_TAGS) | {"a"}
LANGUAGE_CLASS = "language-"
SPACE = " \t\r\n\0\v"


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: characters beyond the basic plane count twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def byte_offset(source: str, position: int) -> int:
    """Where a character begins in UTF-8: the unit of Telegram's error messages."""
    return len(source[:position].encode())


@dataclass(frozen=True)
class Opened:
    """A start tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    written: int


class HtmlReader:
    """Reads one source once; afterwards `text` and `entities` hold what it said."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.offset = 0
        self.pieces: list[str] = []
        self.stack: list[Opened] = []
        self.entities: list[Entity] = []

    @property
    def text(self) -> str:
        """The text without its tags."""
        return "".join(self.pieces)

    def read(self) -> None:
        """Go through the source; raises Refusal at the first thing Telegram would not take."""
        while self.position < len(self.source):
            character = self.source[self.position]
            if character != "<":
                self._write(self._character())
            elif self._peek(1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            tag = self.stack[-1].tag
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{tag}"')

    def _peek(self, ahead: int = 0) -> str:
        place = self.position + ahead
        return self.source[place] if place < len(self.source) else ""

    def _write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.offset += utf16_length(piece)

    def _character(self) -> str:
        """The next character of text, a reference such as &lt; resolved."""
        start = self.position
        if self._peek() == "&" and (found := reference(self.source, start)):
            self.position = found[1]
            return found[0]
        self.position += 1
        return self.source[start]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in SPACE:
            self.position += 1

    def _word(self, stops: str) -> str:
        start = self.position
        while self._peek() and self._peek() not in stops:
            self.position += 1
        return self.source[start : self.position]

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        tag = self._word(SPACE + ">").lower()
        if not self._peek():
            raise self._broken("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._broken(f'Unsupported start tag "{tag}"', begin)
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "tg-spoiler":
            raise self._broken('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(Opened(tag, argument, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> str:
        """Reads up to the closing bracket; returns the one attribute that matters to this tag."""
        argument = ""
        while True:
            self._skip_space()
            if not self._peek():
                raise self._broken(f'Unclosed start tag "{tag}"', begin)
            if self._peek() == ">":
                self.position += 1
                return argument
            place = self.position
            name = self._word(SPACE + "=>").lower()
            if not name:
                raise self._broken(f'Empty attribute name in the tag "{tag}"', place)
            value = self._value(tag, begin)
            argument = meaning(tag, name, value) or argument

    def _value(self, tag: str, begin: int) -> str:
        self._skip_space()
        if self._peek() != "=":
            return ""
        self.position += 1
        self._skip_space()
        if not self._peek():
            raise self._broken(f'Unclosed start tag "{tag}"', begin)
        return self._quoted(begin) if self._peek() in "\"'" else self._bare()

    def _quoted(self, begin: int) -> str:
        quote = self._peek()
        self.position += 1
        value = ""
        while self._peek() not in ("", quote):
            value += self._character()
        if not self._peek():
            raise self._broken("Unclosed start tag", begin)
        self.position += 1
        return value

    def _bare(self) -> str:
        start = self.position
        while (following := self._peek()) and following.isascii() and is_token(following):
            self.position += 1
        if self._peek() and self._peek() not in SPACE + ">":
            raise self._broken("Unexpected end of name token", start)
        return self.source[start : self.position].lower()

    def _end_tag(self) -> None:
        begin = self.position
        if not self.stack:
            raise self._broken("Unexpected end tag", begin)
        self.position += 2
        tag = self._word(SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise self._broken("Unclosed end tag", begin)
        self.position += 1
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            where = byte_offset(self.source, begin)
            raise _unreadable(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        self._close(opened)

    def _close(self, opened: Opened) -> None:
        length = self.offset - opened.offset
        if not length:
            return
        entity: Entity = {"type": SIMPLE_TAGS.get(opened.tag, "text_link")}
        entity |= {"offset": opened.offset, "length": length}
        if opened.tag == "a":
            entity["url"] = opened.argument or "".join(self.pieces[opened.written :])
            if not is_link(entity["url"]):
                return
        if opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "pre":
            self._adopt_language(entity)
        if opened.tag == "code" and opened.argument and self._inside_pre(opened.offset):
            entity["language"] = opened.argument
        self.entities.append(entity)

    def _inside_pre(self, offset: int) -> bool:
        return bool(self.stack) and self.stack[-1].tag == "pre" and self.stack[-1].offset == offset

    def _adopt_language(self, pre: Entity) -> None:
        """<pre><code class="language-x"> is one block with a language, not two entities."""
        last = self.entities[-1] if self.entities else {}
        if {**last, "type": "pre"} == {**pre, "language": last.get("language")}:
            pre["language"] = self.entities.pop()["language"]

    def _broken(self, words: str, position: int) -> Refusal:
        return _unreadable(f"{words} at byte offset {byte_offset(self.source, position)}")


def _unreadable(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")


def meaning(tag: str, name: str, value: str) -> str:
    """What an attribute contributes to the entity of its tag; most contribute nothing."""
    if tag == "a" and name == "href":
        return value
    if tag == "span" and name == "class":
        return value
    if tag == "blockquote" and name == "expandable":
        return "expandable"
    if tag == "code" and name == "class" and value.startswith(LANGUAGE_CLASS):
        return value.removeprefix(LANGUAGE_CLASS)
    return ""


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and raw entities of Telegram's HTML, inner tags first; raises Refusal."""
    reader = HtmlReader(source)
    reader.read()
    return reader.text, reader.entities


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Entities as Telegram lists them: by place, the longer first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
