"""The quality gate: reads the whole content folder and finds every problem of every file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.bank.balance import check_balance
from bot.bank.build import build
from bot.bank.draft import Draft, Role
from bot.bank.language import check_language
from bot.bank.limits import POST, POST_RESERVE, check_limits
from bot.bank.markup import utf16_length
from bot.bank.numbers import check_numbers
from bot.bank.problem import Findings, Problem, did_you_mean
from bot.bank.question import LANGUAGES, Question
from bot.bank.reading import read_question
from bot.bank.tags import FILE, Tags, read_tags
from bot.messages.post import compose

__all__ = ["Problem", "Survey", "problems", "survey"]


@dataclass(frozen=True)
class Survey:
    """All that the content folder holds: whatever could be built, and whatever is wrong."""

    questions: Mapping[str, Question]
    files: Mapping[str, str]  # by slug, relative to the content folder
    titles: Mapping[str, Mapping[str, str]]  # of topics, by language
    problems: tuple[Problem, ...]


def problems(content_dir: Path) -> list[Problem]:
    """Everything that is wrong in `content_dir`, by file and line."""
    return list(survey(content_dir).problems)


def survey(content_dir: Path) -> Survey:
    """Read and check everything in `content_dir`; questions with gaps are left out."""
    found: list[Problem] = []
    findings = Findings(FILE)
    tags = read_tags(content_dir, findings)
    found += findings
    questions: dict[str, Question] = {}
    files: dict[str, list[str]] = defaultdict(list)
    for path in _paths(content_dir):
        findings = Findings(path.relative_to(content_dir).as_posix())
        question = _one(path, content_dir, tags, findings)
        found += findings
        files[path.stem].append(findings.file)
        if question is not None:
            questions.setdefault(question.slug, question)
    found += _places(content_dir) + _doubled(files) + check_balance(list(questions.values()))
    return Survey(
        questions=questions,
        files={slug: of[0] for slug, of in files.items()},
        titles=tags.titles,
        problems=tuple(sorted(found, key=lambda problem: problem.place)),
    )


def _paths(content_dir: Path) -> list[Path]:
    paths = (content_dir / "questions").glob("*/*.yaml")
    return sorted(path for path in paths if path.is_file() and not path.name.startswith("."))


def _one(path: Path, content_dir: Path, tags: Tags, findings: Findings) -> Question | None:
    draft = read_question(path, findings)
    if draft is None:
        return None
    check_limits(draft, findings)
    check_language(draft, findings)
    _names(draft, content_dir, tags, findings)
    check_numbers(draft, findings)
    question = build(draft, tags, findings)
    if question is not None:
        _post(question, draft, findings)
    return question


def _names(draft: Draft, content_dir: Path, tags: Tags, findings: Findings) -> None:
    if draft.topic not in tags.topics:
        hint = did_you_mean(draft.topic, tuple(tags.topics))
        findings.add(0, f"lies in an unknown topic {draft.topic}: {hint}")
    for tag, line in draft.tags:
        if tag not in tags.tags:
            findings.add(line, f"unknown tag {tag}: {did_you_mean(tag, tuple(tags.tags))}")
    figure = content_dir / "figures" / f"{draft.figure}.py"
    if draft.figure and (not draft.figure.isidentifier() or not figure.is_file()):
        findings.add(0, f"names a figure that is not there: figures/{draft.figure}.py")


def _post(question: Question, draft: Draft, findings: Findings) -> None:
    for language in LANGUAGES:
        length = utf16_length(compose(question, language))
        if length > POST - POST_RESERVE:
            line = draft.all(language, Role.ANSWER)[0].line
            says = f"the post is {length} long, the limit is {POST - POST_RESERVE}"
            findings.add(line, says, language)


def _places(content_dir: Path) -> list[Problem]:
    root = content_dir / "questions"
    if not root.is_dir():
        return [Problem("questions", 0, None, "is missing: the questions lie there")]
    if not _paths(content_dir):
        return [Problem("questions", 0, None, "holds no question")]
    found = []
    for path in sorted(root.rglob("*.y*ml")):
        file = path.relative_to(content_dir).as_posix()
        if path.suffix != ".yaml":
            found.append(Problem(file, 0, None, "must end in .yaml"))
        elif path.parent.parent != root:
            says = "lies in the wrong place: questions/<topic>/<slug>.yaml is right"
            found.append(Problem(file, 0, None, says))
    return found


def _doubled(files: Mapping[str, list[str]]) -> list[Problem]:
    return [
        Problem(file, 0, None, f"has the same slug as {of[0]}")
        for of in files.values()
        for file in of[1:]
    ]
