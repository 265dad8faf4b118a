"""The streak by example: golden sequences, one rule each."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from bot.rules.streak import (
    Ledger,
    Standing,
    Step,
    after_answer,
    after_review,
    reviews_to_earn_back,
    standing,
    worth_saving,
)

MONDAY = date(2026, 5, 4)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))


def may(day: int) -> date:
    return date(2026, 5, 1) + timedelta(days=day - 1)


def answered(days: Iterable[int], ledger: Ledger | None = None) -> Ledger:
    """The ledger after answers on these days of May (and on, past the 31st)."""
    ledger = ledger or Ledger()
    for day in days:
        ledger = after_answer(ledger, may(day)).ledger
    return ledger


def reviewed(ledger: Ledger, day: int, times: int) -> Ledger:
    for _ in range(times):
        ledger = after_review(ledger, may(day)).ledger
    return ledger


# --- keeping it


def test_everybody_begins_with_nothing_but_two_freezes() -> None:
    assert Ledger() == Ledger(0, 0, None, 2, 0, 0, None, 0)


def test_the_first_answer_begins_a_streak_with_two_freezes() -> None:
    step = after_answer(Ledger(), MONDAY)
    kept = Ledger(streak=1, best=1, last_day=MONDAY, freezes=2, towards_freeze=1)
    assert step == Step(kept, counted=True)


def test_one_answer_a_day_counts_and_a_second_changes_nothing() -> None:
    once = after_answer(Ledger(), MONDAY).ledger
    assert after_answer(once, MONDAY) == Step(once, counted=False)


def test_an_answer_for_an_earlier_day_changes_nothing() -> None:
    ledger = answered([4, 5])
    assert after_answer(ledger, MONDAY) == Step(ledger, counted=False)


def test_answers_on_following_days_add_up() -> None:
    assert answered(range(1, 7)).streak == 6


# --- freezes


def test_missing_a_day_spends_a_freeze() -> None:
    step = after_answer(answered([4]), WEDNESDAY)
    assert step.frozen == (TUESDAY,)
    assert step.ledger.streak == 2, "a frozen day keeps the streak and does not add to it"
    assert step.ledger.freezes == 1


def test_missing_two_days_spends_two_freezes() -> None:
    step = after_answer(answered([4]), THURSDAY)
    assert step.frozen == (TUESDAY, WEDNESDAY)
    assert (step.ledger.streak, step.ledger.freezes) == (2, 0)


def test_every_seventh_day_kept_earns_a_freeze() -> None:
    missed_one = answered([1, 3, 4, 5, 6, 7])
    assert (missed_one.freezes, missed_one.towards_freeze) == (1, 6)
    step = after_answer(missed_one, may(8))
    assert step.freeze_earned
    assert (step.ledger.freezes, step.ledger.towards_freeze) == (2, 0)


def test_frozen_days_do_not_count_towards_a_freeze() -> None:
    assert answered([1, 3, 4]).towards_freeze == 3


def test_no_third_freeze_is_held() -> None:
    step = after_answer(answered(range(1, 7)), may(7))
    assert not step.freeze_earned
    assert (step.ledger.freezes, step.ledger.towards_freeze) == (2, 0)


def test_a_missed_day_is_paid_before_the_day_kept_earns() -> None:
    with_none = Ledger(streak=6, best=6, last_day=may(6), freezes=0, towards_freeze=6)
    step = after_answer(with_none, may(8))
    assert step.broken == 6
    assert not step.freeze_earned


def test_the_golden_month() -> None:
    """Thirty days with three missed: what streak and freezes are after each answer."""
    days = [day for day in range(1, 31) if day not in {4, 11, 20}]
    ledger, seen = Ledger(), []
    for day in days:
        ledger = after_answer(ledger, may(day)).ledger
        seen.append(ledger.freezes)
    assert ledger == Ledger(streak=27, best=27, last_day=may(30), freezes=2, towards_freeze=6)
    assert seen == [2] * 3 + [1] * 3 + [2] * 3 + [1] * 4 + [2] * 4 + [1] * 3 + [2] * 7


# --- breaking


def test_too_many_missed_days_break_the_streak_and_spend_no_freeze() -> None:
    step = after_answer(answered([1, 2, 3]), may(7))
    broken = Ledger(
        streak=1, best=3, last_day=may(7), freezes=2, towards_freeze=1, lost=3, lost_on=may(7)
    )
    assert step == Step(broken, counted=True, broken=3)


def test_missing_a_day_without_freezes_breaks_the_streak() -> None:
    step = after_answer(answered([1, 4]), may(6))
    assert step.broken == 2
    assert (step.ledger.streak, step.ledger.freezes) == (1, 0)


def test_a_second_break_forgets_the_first() -> None:
    twice = answered([1, 2, 3, 10, 20])
    assert (twice.lost, twice.lost_on, twice.best) == (1, may(20), 3)


# --- days on which the bot was down


def test_an_outage_day_is_spared_free_of_charge() -> None:
    step = after_answer(answered([4]), WEDNESDAY, outages={TUESDAY})
    assert (step.frozen, step.spared) == ((), (TUESDAY,))
    assert (step.ledger.streak, step.ledger.freezes) == (2, 2)


def test_an_outage_never_breaks_a_streak() -> None:
    week = [may(day) for day in range(2, 9)]
    step = after_answer(answered([1]), may(9), outages=week)
    assert step.spared == tuple(week)
    assert (step.ledger.streak, step.broken) == (2, 0)


def test_missed_days_beside_an_outage_cost_as_usual() -> None:
    step = after_answer(answered([4]), FRIDAY, outages=[WEDNESDAY, may(30), may(1)])
    assert (step.frozen, step.spared) == ((TUESDAY, THURSDAY), (WEDNESDAY,))
    assert step.ledger.freezes == 0


def test_an_answer_on_an_outage_day_counts() -> None:
    assert after_answer(answered([4]), TUESDAY, outages=[TUESDAY]).ledger.streak == 2


# --- earning it back


def test_three_reviews_on_the_day_of_the_break_bring_the_streak_back() -> None:
    broken = answered([*range(1, 11), 20])
    assert reviews_to_earn_back(broken, may(20)) == 3
    step = after_review(reviewed(broken, 20, times=2), may(20))
    assert (step.counted, step.earned_back) == (True, 10)
    assert (step.ledger.streak, step.ledger.best) == (11, 11)
    assert (step.ledger.lost, step.ledger.lost_on, step.ledger.reviews) == (0, None, 0)


def test_the_reviews_may_be_spread_over_two_days() -> None:
    broken = reviewed(answered([1, 2, 3, 10]), 10, times=1)
    next_day = answered([11], broken)
    assert reviews_to_earn_back(next_day, may(11)) == 2
    assert reviewed(next_day, 11, times=2).streak == 3 + 2


@pytest.mark.parametrize("day", [9, 12, 40])
def test_reviews_at_another_time_do_not_earn_back(day: int) -> None:
    broken = answered([1, 2, 3, 10])
    assert reviews_to_earn_back(broken, may(day)) == 0
    assert after_review(broken, may(day)) == Step(broken, counted=False)


def test_a_streak_is_earned_back_once() -> None:
    whole = reviewed(answered([1, 2, 3, 10]), 10, times=3)
    assert after_review(whole, may(10)) == Step(whole, counted=False)


def test_reviews_without_a_break_change_nothing_here() -> None:
    ledger = answered([1, 2])
    assert after_review(ledger, may(2)) == Step(ledger)


def test_earning_back_brings_no_freezes() -> None:
    broken = answered([1, 4, 6])
    assert reviewed(broken, 6, times=3).freezes == broken.freezes == 0


# --- how it stands


def test_nobody_stands_at_nothing() -> None:
    assert standing(Ledger(), MONDAY) == Standing(0, False, 2, False, (), 0)


def test_today_answered_is_safe() -> None:
    assert standing(answered([3, 4]), MONDAY) == Standing(2, True, 2, False, (), 0)


def test_today_open_is_at_risk() -> None:
    assert standing(answered([3, 4]), TUESDAY) == Standing(2, False, 2, True, (), 0)


def test_missed_days_are_paid_with_freezes_so_far() -> None:
    now = standing(answered([4]), THURSDAY)
    assert now == Standing(1, False, 0, True, (TUESDAY, WEDNESDAY), 0)


def test_outages_cost_nothing_so_far() -> None:
    now = standing(answered([4]), THURSDAY, outages=[TUESDAY])
    assert (now.freezes, now.missed) == (1, (WEDNESDAY,))


def test_a_broken_streak_stands_at_nothing_and_keeps_its_freezes() -> None:
    now = standing(answered([4]), may(8))
    assert now == Standing(0, False, 2, False, (TUESDAY, WEDNESDAY, THURSDAY), 1)


def test_today_is_not_at_risk_while_the_bot_is_down() -> None:
    assert not standing(answered([4]), TUESDAY, outages=[TUESDAY]).at_risk


def test_after_moving_west_today_counts_as_answered() -> None:
    now = standing(answered([4]), MONDAY - timedelta(days=1))
    assert (now.answered_today, now.at_risk, now.missed) == (True, False, ())


def test_the_saver_speaks_from_a_streak_of_two() -> None:
    assert not worth_saving(standing(answered([4]), TUESDAY))
    assert worth_saving(standing(answered([3, 4]), TUESDAY))
    assert not worth_saving(standing(answered([3, 4]), MONDAY))
