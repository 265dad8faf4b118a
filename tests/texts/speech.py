"""The texts taken apart for the tests: every message as a tree, every text as a person sees it."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import TypeVar

from fluent.syntax import ast as ftl
from fluent.syntax import parse

import bot.texts
from bot.texts import translate

Node = TypeVar("Node", bound=ftl.BaseNode)

NUMBERS = (0, 1, 2, 5, 21, 1234)
# One argument or more for every placeholder; a new placeholder wants a line here.
SAMPLES: Mapping[str, tuple[str | int, ...]] = {
    "because": ("An output in (0, 1) is <sigmoid> & co.",),
    "best": NUMBERS,
    "city": ("São Paulo",),
    "command": ("/dialy",),
    "commands": ("/daily, /streak, /saved, /settings, /help, /stop",),
    "days": NUMBERS,
    "freezes": (0, 1, 2),
    "frozen": NUMBERS,
    "hour": ("09:00",),
    "label": ("I know the basics",),
    "language": ("English",),
    "left": NUMBERS,
    "level": ("intermediate",),
    "name": ("<Eve> & Борис",),
    "said": ("25:00 <b>",),
    "saver": ("20:30",),
    "share": (0, 1, 2, 41, 100),
    "slug": ("adamw-decay",),
    "spared": NUMBERS,
    "time": ("14:05",),
    "topic": ("Regularization",),
    "when": ("today", "tomorrow"),
}
COUNTS = frozenset(name for name, values in SAMPLES.items() if isinstance(values[0], int))


@cache
def messages(language: str) -> Mapping[str, ftl.Message]:
    """Every message of a language's file by its key, in the file's order."""
    return {m.id.name: m for m in body(language) if isinstance(m, ftl.Message)}


@cache
def body(language: str) -> list[ftl.EntryType]:
    """All entries of a language's file: messages, comments, and what could not be parsed."""
    file = Path(bot.texts.__file__).with_name(f"{language}.ftl")
    return parse(file.read_text(encoding="utf-8")).body


def found(node: object, kind: type[Node]) -> Iterator[Node]:
    """Every node of one kind in a tree."""
    if isinstance(node, kind):
        yield node
    if isinstance(node, ftl.BaseNode):
        for child in vars(node).values():
            yield from found(child, kind)
    elif isinstance(node, list):
        for child in node:
            yield from found(child, kind)


def placeholders(language: str, key: str) -> frozenset[str]:
    """The names of the arguments that a text wants."""
    used = found(messages(language)[key], ftl.VariableReference)
    return frozenset(reference.id.name for reference in used)


def spoken(language: str, key: str) -> list[str]:
    """The text with every combination of sample arguments, as Telegram HTML."""
    names = sorted(placeholders(language, key))
    chosen = product(*(SAMPLES[name] for name in names))
    return [translate(language, key, **dict(zip(names, values, strict=True))) for values in chosen]


def selectors(language: str, key: str) -> list[tuple[str, list[str]]]:
    """The choices in a text: the argument that decides, and the variants' names in order."""
    return [
        (choice.selector.id.name, [_name(variant.key) for variant in choice.variants])
        for choice in found(messages(language)[key], ftl.SelectExpression)
        if isinstance(choice.selector, ftl.VariableReference)
    ]


def _name(key: ftl.Identifier | ftl.NumberLiteral) -> str:
    return key.name if isinstance(key, ftl.Identifier) else key.value
