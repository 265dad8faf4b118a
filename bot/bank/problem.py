"""What is wrong in the content, and where: values that the gate collects over a whole run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `file` is relative to the content folder; line 0 means the file whole."""

    file: str
    line: int
    language: str | None
    says: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        language = f" [{self.language}]" if self.language else ""
        return f"{place}{language} {self.says}"

    @property
    def place(self) -> tuple[str, int, str, str]:
        """What problems are sorted by: file, line, language, words."""
        return (self.file, self.line, self.language or "", self.says)


@dataclass
class Findings:
    """The problems of one file, collected while it is read and checked."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, says: str, language: str | None = None) -> None:
        """Note one problem."""
        self.found.append(Problem(self.file, line, language, says))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)


def excerpt(text: str, most: int = 60) -> str:
    """`text` on one line, in quotes, cut to `most` characters: enough to find it again."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= most else f'"{line[: most - 3].rstrip()}..."'


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """A hint at the nearest known word, or at all of them where none is near."""
    near = get_close_matches(word, known, 1)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
