import re
import time
from pathlib import Path

import pytest

from bot.bank.check import problems
from bot.bank.draft import Role
from bot.bank.limits import EXPLANATION_LINE_FEEDS, LIMITS, POST, POST_RESERVE
from bot.bank.load import Bank, load
from bot.bank.question import LANGUAGES, Kind
from bot.messages.post import compose

from .sample import said
from .test_markup import read

CONTENT = Path(__file__).parents[2] / "content"
README = (CONTENT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load(CONTENT)


def test_the_shipped_bank_is_clean() -> None:
    found = problems(CONTENT)

    assert not found, said(found)


def test_every_shipped_post_is_valid_html_with_room_to_spare(bank: Bank) -> None:
    for question in bank.questions.values():
        for language in LANGUAGES:
            post = compose(question, language)
            # The quote is ours and is not Markdown: what is in it is read like the rest.
            inner = re.sub("</?blockquote[^>]*>", "", post)
            assert len(read(inner).encode("utf-16-le")) // 2 <= POST - POST_RESERVE


def test_every_shipped_choice_has_four_options_in_every_language(bank: Bank) -> None:
    for question in bank.questions.values():
        for language in LANGUAGES:
            options = question.text[language].options
            assert len(set(options)) == (4 if question.kind is Kind.CHOICE else 0)


def test_every_question_lies_in_a_topic_with_a_title(bank: Bank) -> None:
    assert {question.topic for question in bank.questions.values()} <= set(bank.topics)
    assert all(set(title) == set(LANGUAGES) for title in bank.topics.values())


def test_loading_is_quick(bank: Bank) -> None:
    started = time.perf_counter()
    load(CONTENT)
    each = (time.perf_counter() - started) / len(bank)

    assert each < 0.05, (
        "a bank of 155 files should load in a second; this bound is a slow machine's"
    )


def test_the_example_of_the_readme_passes_the_gate(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)\n```\n\n##", README, re.DOTALL)
    assert example is not None
    (tmp_path / "questions/training").mkdir(parents=True)
    (tmp_path / "tags.yaml").write_bytes((CONTENT / "tags.yaml").read_bytes())
    (tmp_path / "questions/training/gradient-clipping.yaml").write_text(example[1], "utf-8")

    assert said(problems(tmp_path)) == ""


def test_the_readme_names_every_limit() -> None:
    table = dict(re.findall(r"^\| `(\w+)`.*\| (?:post: )?(\d+) \|$", README, re.MULTILINE))

    assert table == {
        "question": str(LIMITS[Role.QUESTION]),
        "right": str(LIMITS[Role.RIGHT]),
        "because": str(LIMITS[Role.BECAUSE]),
        "explanation": str(LIMITS[Role.EXPLANATION]),
        "details": str(POST - POST_RESERVE),
    }
    assert EXPLANATION_LINE_FEEDS == 2
