"""Which question is asked, of small banks whose right choice can be seen."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import LEVELS, choose, difficulty, pick

MONDAY = date(2026, 5, 4)
BANK = {"mean": "beginner", "relu": "intermediate", "lstm": "advanced", "bptt": "bonus"}

banks = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.sampled_from(LEVELS), min_size=1, max_size=25
)
seeds = st.integers(0, 2**32)


def at(day: int) -> datetime:
    return datetime(2026, 4, day, tzinfo=UTC)


# --- levels


def test_the_week_goes_from_easy_to_hard() -> None:
    week = [difficulty(MONDAY + timedelta(days=n))[0] for n in range(5)]
    assert week == ["beginner", "intermediate", "intermediate", "advanced", "advanced"]
    friday = difficulty(MONDAY + timedelta(days=4))
    assert friday == ("advanced", "bonus", "intermediate", "beginner")


def test_two_weekends_in_a_row_show_every_level() -> None:
    saturdays = [MONDAY + timedelta(days=5), MONDAY + timedelta(days=12)]
    shown = [difficulty(day + timedelta(days=n))[0] for day in saturdays for n in (0, 1)]
    assert sorted(shown) == sorted(LEVELS)


@given(st.dates())
def test_every_day_ranks_all_levels(day: date) -> None:
    assert sorted(difficulty(day)) == sorted(LEVELS)


# --- the question of the day


def test_monday_gets_an_easy_question_and_friday_a_hard_one() -> None:
    rng = random.Random(1)
    assert choose(MONDAY, BANK, {}, rng) == "mean"
    assert choose(MONDAY + timedelta(days=4), BANK, {}, rng) == "lstm"


def test_the_nearest_level_left_is_taken() -> None:
    asked = {"lstm": MONDAY}
    assert choose(MONDAY + timedelta(days=4), BANK, asked, random.Random(1)) == "bptt"


def test_a_new_question_of_the_wrong_level_comes_before_a_repeat() -> None:
    asked = dict.fromkeys(("mean", "relu", "lstm"), MONDAY)
    assert choose(MONDAY + timedelta(days=7), BANK, asked, random.Random(1)) == "bptt"


def test_once_all_are_used_the_least_recently_asked_comes_first() -> None:
    asked = {slug: MONDAY + timedelta(days=n) for n, slug in enumerate(("bptt", *BANK))}
    asked["bptt"] = MONDAY
    assert choose(MONDAY + timedelta(days=14), BANK, asked, random.Random(1)) == "bptt"


def test_questions_that_left_the_bank_are_not_asked() -> None:
    asked = {"retired": MONDAY - timedelta(days=99), **dict.fromkeys(BANK, MONDAY)}
    assert choose(MONDAY, BANK, asked, random.Random(1)) in BANK


def test_a_level_nobody_knows_comes_last() -> None:
    assert choose(MONDAY, {"odd": "cosmic", "bptt": "bonus"}, {}, random.Random(1)) == "bptt"
    assert choose(MONDAY, {"odd": "cosmic"}, {}, random.Random(1)) == "odd"


def test_an_empty_bank_is_an_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        choose(MONDAY, {}, {"mean": MONDAY}, random.Random(1))
    with pytest.raises(ValueError, match="empty"):
        pick({}, {"mean": at(1)}, None, random.Random(1))


@given(banks, seeds, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_nothing_repeats_until_the_bank_is_used_up_and_then_in_the_same_order(
    bank: dict[str, str], seed: int, start: date
) -> None:
    rng, asked, shown = random.Random(seed), dict[str, date](), []
    for n in range(2 * len(bank)):
        day = start + timedelta(days=n)
        shown.append(choose(day, bank, asked, rng))
        asked[shown[-1]] = day
    assert set(shown[: len(bank)]) == set(bank)
    assert shown[len(bank) :] == shown[: len(bank)]


@given(banks, seeds, st.dates())
def test_the_same_rng_chooses_the_same_whatever_the_order_of_the_bank(
    bank: dict[str, str], seed: int, day: date
) -> None:
    turned = dict(reversed(bank.items()))
    once = choose(day, bank, {}, random.Random(seed))
    assert choose(day, turned, {}, random.Random(seed)) == once


# --- a personal pick


def test_a_pick_prefers_the_wanted_level() -> None:
    assert pick(BANK, {}, "bonus", random.Random(1)) == "bptt"


def test_a_pick_of_a_level_used_up_takes_the_nearest_unseen() -> None:
    assert pick(BANK, {"bptt": at(1)}, "bonus", random.Random(1)) == "lstm"


def test_a_pick_is_unseen_before_it_is_of_the_wanted_level() -> None:
    seen = {"mean": at(1), "relu": at(2), "lstm": at(3)}
    assert pick(BANK, seen, "beginner", random.Random(1)) == "bptt"


def test_when_all_is_seen_the_least_recently_seen_is_picked() -> None:
    seen = {"mean": at(4), "relu": at(2), "lstm": at(3), "bptt": at(5)}
    assert pick(BANK, seen, None, random.Random(1)) == "relu"


def test_among_equally_long_ago_the_wanted_level_is_picked() -> None:
    seen = {"mean": at(2), "relu": at(2), "lstm": at(2), "bptt": at(5)}
    assert pick(BANK, seen, "advanced", random.Random(1)) == "lstm"


def test_without_a_wish_every_unseen_question_has_its_chance() -> None:
    rng = random.Random(7)
    found = Counter(pick(BANK, {}, None, rng) for _ in range(400))
    assert set(found) == set(BANK)
    assert min(found.values()) > 60


def test_a_wish_for_a_level_nobody_knows_is_no_hindrance() -> None:
    assert pick(BANK, {}, "cosmic", random.Random(1)) in BANK
