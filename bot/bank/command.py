"""`dailygrad content check|show|stats`: what an author or a build asks about the bank.

Nothing here changes a file. Every function writes to `out` and returns an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from bot.bank.balance import balance
from bot.bank.check import Survey, survey
from bot.bank.markup import utf16_length
from bot.bank.preview import preview
from bot.bank.problem import did_you_mean
from bot.bank.question import LANGUAGES, Level, Question
from bot.messages.post import compose


def check(content_dir: Path, out: TextIO) -> int:
    """List every problem of every file; 0 if there is none, else 1."""
    found = survey(content_dir)
    for problem in found.problems:
        print(problem, file=out)
    if found.problems:
        files = len({problem.file for problem in found.problems})
        print(f"\n{_count(len(found.problems), 'problem')} in {_count(files, 'file')}", file=out)
        return 1
    print(f"{_count(len(found.questions), 'question')}, {len(LANGUAGES)} languages: ok", file=out)
    return 0


def show(content_dir: Path, slug: str, language: str | None, out: TextIO) -> int:
    """Print a question's polls and posts, then its problems; 0 only if it has none.

    Without a `language`, all of them. Problems of other files do not matter here.
    """
    if language is not None and language not in LANGUAGES:
        print(f"no language {language}: {did_you_mean(language, LANGUAGES)}", file=out)
        return 1
    found = survey(content_dir)
    if slug not in found.files:
        print(f"no question {slug}: {_near(slug, found)}", file=out)
        return 1
    if question := found.questions.get(slug):
        print(_head(question, found), file=out)
        for shown in (language,) if language else LANGUAGES:
            print("\n" + preview(question, shown), file=out)
    mine = [problem for problem in found.problems if problem.file == found.files[slug]]
    for problem in mine:
        print(f"\n{problem}", file=out)
    return 1 if mine else 0


def stats(content_dir: Path, out: TextIO) -> int:
    """Tables of what the bank holds: by topic and level, then by language; always 0."""
    found = survey(content_dir)
    questions = list(found.questions.values())
    print(_table(_by_topic(questions, found)), file=out)
    print("\n" + _table(_by_language(questions)), file=out)
    if found.problems:
        print(f"\n{_count(len(found.problems), 'problem')}: dailygrad content check", file=out)
    return 0


def _near(slug: str, found: Survey) -> str:
    # All slugs would fill the screen: a few are enough to see how they are spelt.
    hint = did_you_mean(slug, tuple(found.files))
    return hint if hint.startswith("did") else "dailygrad content stats counts what there is"


def _head(question: Question, found: Survey) -> str:
    facts = (question.slug, question.topic, question.level, f"checked {question.checked}")
    return f"{' · '.join(facts)}\n{found.files[question.slug]}"


def _by_topic(questions: Sequence[Question], found: Survey) -> list[list[str]]:
    rows = [["topic", *Level, "all"]]
    for topic in found.titles:
        rows.append(_row(topic, [q for q in questions if q.topic == topic]))
    return [*rows, _row("all", questions)]


def _row(name: str, questions: Sequence[Question]) -> list[str]:
    counts = [sum(q.level is level for q in questions) for level in Level]
    return [name, *(str(count) if count else "·" for count in (*counts, len(questions)))]


def _by_language(questions: Sequence[Question]) -> list[list[str]]:
    rows = [["language", "questions", "key longest", "key shortest", "longest post"]]
    for language in LANGUAGES:
        state = balance(questions, language)
        post = max((utf16_length(compose(q, language)) for q in questions), default=0)
        shares = (f"{state.longest:.0%}", f"{state.shortest:.0%}")
        rows.append([language, str(len(questions)), *shares, str(post)])
    return rows


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
