"""A question file as it was written: every text with its role and line, complete or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.bank.question import Kind, Level, Source


class Role(StrEnum):
    """What a text is in its question."""

    QUESTION = "question"
    RIGHT = "right option"
    WRONG = "wrong option"
    BECAUSE = "because"
    EXPLANATION = "explanation"
    POINT = "point"
    ANSWER = "answer"
    DETAILS = "details"


# How many of each a wording has; details may be left out.
COUNTS: Final[Mapping[Kind, Mapping[Role, tuple[int, int]]]] = {
    Kind.CHOICE: {Role.QUESTION: (1, 1), Role.RIGHT: (1, 1), Role.WRONG: (3, 3)}
    | {Role.BECAUSE: (3, 3), Role.EXPLANATION: (1, 1), Role.ANSWER: (1, 1)},
    Kind.OPEN: {Role.QUESTION: (1, 1), Role.POINT: (3, 6), Role.ANSWER: (1, 1)},
}


@dataclass(frozen=True)
class Spot:
    """A text and the line of the file on which its first word stands."""

    role: Role
    text: str
    line: int
    is_block: bool = False  # written over several lines, one to one

    def line_at(self, offset: int) -> int:
        """The line of the file for a line of the text, counted from 0."""
        return self.line + offset if self.is_block else self.line


Spots = tuple[Spot, ...]


@dataclass(frozen=True)
class Draft:
    """What could be read of a question file; whatever is missing was found at reading."""

    slug: str
    topic: str
    level: Level | None
    kind: Kind | None
    tags: tuple[tuple[str, int], ...]  # each with its line
    sources: tuple[Source, ...]
    checked: date | None
    ordered: bool
    figure: str
    text: Mapping[str, Spots]

    def one(self, language: str, role: Role) -> str:
        """The first text of that role, or ""."""
        return next((spot.text for spot in self.all(language, role)), "")

    def all(self, language: str, role: Role) -> Spots:
        """Every text of that role in that language."""
        return tuple(spot for spot in self.text.get(language, ()) if spot.role is role)

    def options(self, language: str) -> Spots:
        """The four options, the right one first; none if any is missing."""
        options = self.all(language, Role.RIGHT) + self.all(language, Role.WRONG)
        return options if len(options) == 4 else ()
