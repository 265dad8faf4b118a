import pytest

from bot.bank.draft import Draft, Role, Spot
from bot.bank.limits import LIMITS, check_limits, units
from bot.bank.problem import Findings


def said_of(*spots: Spot) -> list[str]:
    draft = Draft("relu", "activations", None, None, (), (), None, False, "", {"en": spots})
    findings = Findings("relu.yaml")
    check_limits(draft, findings)
    return [problem.says for problem in findings]


def options(right: str, *wrong: str) -> list[str]:
    spots = (Spot(Role.RIGHT, right, 1), *(Spot(Role.WRONG, text, 2) for text in wrong))
    return said_of(*spots)


@pytest.mark.parametrize("role", list(LIMITS))
def test_a_text_may_fill_its_limit_and_no_more(role: Role) -> None:
    most = LIMITS[role]

    assert said_of(Spot(role, "x" * most, 1)) == []
    assert f"is {most + 1} long, the limit is {most}" in said_of(Spot(role, "x" * most + "y", 1))[0]


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("слово", 5), ("中文", 2), ("🔥", 2)])
def test_an_emoji_is_two_units_long(text: str, length: int) -> None:
    assert units(text) == length


def test_emoji_count_twice_against_a_limit() -> None:
    assert said_of(Spot(Role.RIGHT, "🔥" * 50, 1)) == []
    assert "is 102 long" in said_of(Spot(Role.RIGHT, "🔥" * 51, 1))[0]


def test_an_explanation_may_have_two_line_feeds() -> None:
    assert said_of(Spot(Role.EXPLANATION, "a\nb\nc", 1)) == []
    assert "has 3 line feeds, the limit is 2" in said_of(Spot(Role.EXPLANATION, "a\nb\nc\nd", 1))[0]


@pytest.mark.parametrize("role", [Role.QUESTION, Role.RIGHT, Role.WRONG, Role.BECAUSE, Role.POINT])
def test_other_plain_texts_are_one_line(role: Role) -> None:
    assert "has 1 line feeds, the limit is 0" in said_of(Spot(role, "a\nb", 1))[0]


@pytest.mark.parametrize(("length", "fits"), [(14, False), (15, True), (25, True), (26, False)])
def test_the_key_is_as_long_as_the_others_give_or_take_a_quarter(length: int, fits: bool) -> None:
    found = options("k" * length, "a" * 10, "b" * 20, "c" * 30)

    assert (not found) == fits
    if found:
        says = f"the right option is {length} long, the wrong ones 20 on average: make it 15 to 25"
        assert found == [says]


def test_numbers_are_as_long_as_they_are() -> None:
    assert options("7", "1,024", "100,000", "64") == []


def test_options_that_differ_in_case_or_spaces_are_the_same() -> None:
    assert options("The mean", "the  mean", "A sum", "A product")[0].startswith(
        "option stands twice"
    )


def test_an_incomplete_question_is_not_weighed() -> None:
    assert options("k", "a" * 10, "b" * 20) == []


@pytest.mark.parametrize("text", ["a\u200bb", "a\u202eb", "\ufeffa", "a\x07"])
@pytest.mark.parametrize("role", [Role.QUESTION, Role.ANSWER])
def test_invisible_characters_are_found_in_every_text(role: Role, text: str) -> None:
    assert "has an invisible character" in said_of(Spot(role, text, 1))[0]


@pytest.mark.parametrize("text", ["2 ** 3", "`x`", "[a](b)"])
def test_plain_texts_hold_no_markdown(text: str) -> None:
    assert "is plain text, but has" in said_of(Spot(Role.BECAUSE, text, 1))[0]
    assert said_of(Spot(Role.ANSWER, text, 1)) == []
