from dataclasses import replace
from pathlib import Path

import pytest

from bot.bank.balance import Balance, balance, check_balance
from bot.bank.load import load
from bot.bank.question import Kind, Question, Wrong

from .sample import content


@pytest.fixture
def relu(tmp_path: Path) -> Question:
    return load(content(tmp_path)).questions["relu"]


def with_lengths(question: Question, right: int, *wrong: int) -> Question:
    options = tuple(Wrong("x" * length, "") for length in wrong)
    wording = replace(question.text["en"], right="x" * right, wrong=options)
    return replace(question, text=dict.fromkeys(question.text, wording))


def test_a_key_alone_at_the_end_counts_whole(relu: Question) -> None:
    longest, shortest = with_lengths(relu, 9, 8, 7, 6), with_lengths(relu, 5, 8, 7, 6)

    assert balance([longest, shortest], "en") == Balance(2, 0.5, 0.5)


def test_a_tie_counts_in_parts(relu: Question) -> None:
    assert balance([with_lengths(relu, 9, 9, 9, 8)], "en") == Balance(1, 1 / 3, 0)
    assert balance([with_lengths(relu, 9, 9, 9, 9)], "en") == Balance(1, 0.25, 0.25)


def test_numbers_and_open_questions_are_not_measured(relu: Question) -> None:
    others = [replace(relu, ordered=True), replace(relu, kind=Kind.OPEN)]

    assert balance(others, "en") == Balance(0, 0, 0)


def test_few_questions_say_nothing(relu: Question) -> None:
    assert check_balance([with_lengths(relu, 9, 8, 7, 6)] * 19) == []
    assert len(check_balance([with_lengths(relu, 9, 8, 7, 6)] * 20)) == 8


def test_a_quarter_each_way_is_wanted(relu: Question) -> None:
    lengths = [(9, 8, 7, 6), (5, 8, 7, 6), (7, 8, 7, 6), (7, 8, 7, 6)]

    assert check_balance([with_lengths(relu, *four) for four in lengths * 5]) == []
