"""The question bank in memory: loaded whole, checked whole, then only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.bank.check import Problem, survey
from bot.bank.question import Question


class ContentError(Exception):
    """The content has problems; as text, the whole list of them, one a line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Bank:
    """All questions by slug, in the order of their files, and the titles of topics by language."""

    questions: Mapping[str, Question]
    topics: Mapping[str, Mapping[str, str]]

    def __len__(self) -> int:
        return len(self.questions)

    def get(self, slug: str) -> Question | None:
        """The question of that slug; None once it has left the bank."""
        return self.questions.get(slug)

    def of_topic(self, topic: str) -> tuple[Question, ...]:
        """The questions of one topic, by slug."""
        return tuple(q for q in self.questions.values() if q.topic == topic)


def load(content_dir: Path) -> Bank:
    """The bank in `content_dir`. Raises ContentError if anything in it is wrong."""
    found = survey(content_dir)
    if found.problems:
        raise ContentError(found.problems)
    return Bank(found.questions, found.titles)
