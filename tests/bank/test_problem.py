import pytest

from bot.bank.problem import Problem, did_you_mean, excerpt


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("questions/a/b.yaml", 14, "ru", "is long"), "questions/a/b.yaml:14 [ru] is long"),
        (Problem("questions/a/b.yaml", 14, None, "is long"), "questions/a/b.yaml:14 is long"),
        (Problem("questions", 0, "ru", "is long"), "questions [ru] is long"),
        (Problem("questions", 0, None, "is missing"), "questions is missing"),
    ],
)
def test_a_problem_names_what_it_knows_of_its_place(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_problems_sort_by_line_as_a_number() -> None:
    lines = [Problem("a", line, None, "x") for line in (10, 9, 0)]

    assert [problem.line for problem in sorted(lines, key=lambda p: p.place)] == [0, 9, 10]


def test_an_excerpt_is_one_short_line() -> None:
    assert excerpt("two\n  lines") == '"two lines"'
    assert excerpt("x" * 60) == f'"{"x" * 60}"'
    assert excerpt("x" * 61) == f'"{"x" * 57}..."'


def test_a_hint_names_the_nearest_word_or_all() -> None:
    assert did_you_mean("levle", ("level", "kind")) == "did you mean level?"
    assert did_you_mean("zzz", ("level", "kind")) == "known: level, kind"
