import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.load import load
from bot.bank.numbers import value
from bot.bank.pick import decode, encode, order
from bot.bank.question import Question, Wrong

from .sample import content


@pytest.fixture
def relu(tmp_path: Path) -> Question:
    return load(content(tmp_path)).questions["relu"]


def test_every_order_shows_each_option_once_and_the_key_can_be_found(relu: Question) -> None:
    for seed in range(200):
        shown = order(relu, random.Random(seed))
        assert sorted(shown) == [0, 1, 2, 3]
        options = [relu.text["ru"].options[number] for number in shown]
        assert options[shown.index(0)] == relu.text["ru"].right


def test_the_key_stands_in_every_place_about_equally_often(relu: Question) -> None:
    rng = random.Random(7)
    places = [order(relu, rng).index(0) for _ in range(2000)]

    assert all(400 < places.count(place) < 600 for place in range(4))


def test_the_same_seed_gives_the_same_order(relu: Question) -> None:
    assert order(relu, random.Random(3)) == order(relu, random.Random(3))


def test_numbers_are_shown_by_size(relu: Question) -> None:
    english = replace(
        relu.text["en"], right="0.5", wrong=tuple(Wrong(text, "") for text in ("1,024", "−1", "64"))
    )
    ordered = replace(relu, ordered=True, text={**relu.text, "en": english})

    assert order(ordered, random.Random(1)) == (2, 0, 3, 1)


@given(st.permutations([0, 1, 2, 3]))
def test_an_order_comes_back_from_its_short_form(numbers: list[int]) -> None:
    shown = tuple(numbers)

    assert len(encode(shown)) == 4
    assert decode(encode(shown)) == shown


@pytest.mark.parametrize("text", ["", "2", "0012", "01245", "0a12", "-012", "०१"])
def test_a_text_that_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an order"):
        decode(text)


@pytest.mark.parametrize("shown", [(), (1, 2), (0, 0), (0, -1)])
def test_numbers_that_are_no_order_are_refused(shown: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="not an order"):
        encode(shown)


@pytest.mark.parametrize(
    ("option", "language", "worth"),
    [
        ("0.25", "en", 0.25),
        ("0,25", "ru", 0.25),
        ("1,000,000", "en", 1_000_000),
        ("1 000 000", "ru", 1_000_000),
        ("1.000.000", "pt", 1_000_000),
        ("12,5 %", "pt", 12.5),
        ("≈ 37%", "zh", 37),
        ("−3", "en", -3),
        ("32 个参数", "zh", 32),
        ("9 trainable weights", "en", 9),
        ("9 weights that are trained", "en", None),
        ("n²", "en", None),
        ("3 × 3", "en", None),
        ("1.2.3", "en", None),
        ("zero", "en", None),
        ("", "en", None),
    ],
)
def test_a_number_is_read_in_its_language(option: str, language: str, worth: float | None) -> None:
    assert value(option, language) == worth
