"""A question of the bank as the rest of dailygrad sees it: values only, no reading, no checking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from bot.messages.html import Html

LANGUAGES: Final = ("en", "ru", "pt", "zh")


class Level(StrEnum):
    """How far along a learner should be, easiest first; bonus is wider than the field."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    BONUS = "bonus"


class Kind(StrEnum):
    """choice has four options; open has points that a strong spoken answer makes."""

    CHOICE = "choice"
    OPEN = "open"


@dataclass(frozen=True)
class Source:
    """A work that says what the answer says."""

    title: str
    url: str


@dataclass(frozen=True)
class Wrong:
    """A wrong option and the misconception behind it, both plain text (escape them for HTML)."""

    text: str
    because: str


@dataclass(frozen=True)
class Wording:
    """A question in one language. Plain text, except `answer` and `details`, which are HTML.

    An open question has `points` and no `right`, `wrong` or `explanation`.
    """

    question: str
    right: str
    wrong: tuple[Wrong, ...]
    explanation: str
    answer: Html
    details: Html  # "" where there are none
    hashtags: tuple[str, ...]  # with '#', the topic first
    points: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """The options in canonical order: the right one is number 0. Empty for an open question."""
        return (self.right, *(wrong.text for wrong in self.wrong)) if self.right else ()


@dataclass(frozen=True)
class Question:
    """One item of the bank in all languages, named by its slug."""

    slug: str
    topic: str
    level: Level
    kind: Kind
    tags: tuple[str, ...]
    sources: tuple[Source, ...]
    checked: date
    ordered: bool  # the options are numbers and are shown in their order
    text: Mapping[str, Wording] = field(hash=False)
    figure: str = ""  # names content/figures/<figure>.py; "" where there is none
