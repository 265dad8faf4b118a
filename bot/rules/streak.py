"""The streak: what an answered day, a missed day and an earned-back break do to the ledger.

The ledger only moves forward: an answer for a day it has already seen changes nothing, so
neither duplicates nor journeys across time zones gain anything.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

FREEZES_HELD = 2
DAYS_FOR_FREEZE = 7
REVIEWS_TO_EARN_BACK = 3
DAYS_TO_EARN_BACK = 2
WORTH_SAVING = 2


@dataclass(frozen=True)
class Ledger:
    """A person's streak as stored. Days are the days of rules/day.py, never recomputed.

    `towards_freeze` counts days kept since the last freeze fell due, `lost` is the length of
    the broken streak that can still be (or could have been) earned back, `lost_on` the day of
    the first answer after the break, `reviews` the reviews answered since towards earning back.
    """

    streak: int = 0
    best: int = 0
    last_day: date | None = None
    freezes: int = FREEZES_HELD
    towards_freeze: int = 0
    lost: int = 0
    lost_on: date | None = None
    reviews: int = 0


@dataclass(frozen=True)
class Step:
    """What one event did. `frozen` days each cost a freeze, `spared` days (outages) were free;
    both are empty after a break. `broken` and `earned_back` are lengths in days, 0 for no."""

    ledger: Ledger
    counted: bool = False
    frozen: tuple[date, ...] = ()
    spared: tuple[date, ...] = ()
    broken: int = 0
    freeze_earned: bool = False
    earned_back: int = 0


@dataclass(frozen=True)
class Standing:
    """How a ledger stands today, with nothing stored. `freezes` are those left once the
    `missed` days (outages not among them) are paid for; `broken` is the length that was lost.
    `at_risk`: today is unanswered and, if it stays so, costs a freeze or, without one, the
    streak."""

    streak: int
    answered_today: bool
    freezes: int
    at_risk: bool
    missed: tuple[date, ...]
    broken: int


def after_answer(ledger: Ledger, day: date, *, outages: Collection[date] = ()) -> Step:
    """The ledger after an answered question, right or wrong, that counts for `day`.

    Missed days in between cost a freeze each, outages nothing. With too few freezes the streak
    breaks and starts again at 1: then no freeze is spent, for it would save nothing, and the
    count towards the next freeze starts again too.
    """
    if ledger.last_day is not None and day <= ledger.last_day:
        return Step(ledger)
    missed, spared = _between(ledger.last_day, day, outages)
    if len(missed) > ledger.freezes:
        broken = replace(
            ledger, streak=0, towards_freeze=0, lost=ledger.streak, lost_on=day, reviews=0
        )
        ledger, earned = _keep(broken, day)
        return Step(ledger, counted=True, broken=broken.lost, freeze_earned=earned)
    bridged = replace(ledger, freezes=ledger.freezes - len(missed))
    ledger, earned = _keep(bridged, day)
    return Step(ledger, counted=True, frozen=missed, spared=spared, freeze_earned=earned)


def after_review(ledger: Ledger, day: date) -> Step:
    """The ledger after an answered review, in addition to `after_answer`, which comes first.

    The third review in time adds the lost streak to the running one. Once earned back, or
    too late, a review changes nothing here.
    """
    if reviews_to_earn_back(ledger, day) == 0:
        return Step(ledger)
    if ledger.reviews + 1 < REVIEWS_TO_EARN_BACK:
        return Step(replace(ledger, reviews=ledger.reviews + 1), counted=True)
    streak = ledger.streak + ledger.lost
    whole = replace(
        ledger, streak=streak, best=max(ledger.best, streak), lost=0, lost_on=None, reviews=0
    )
    return Step(whole, counted=True, earned_back=ledger.lost)


def reviews_to_earn_back(ledger: Ledger, day: date) -> int:
    """How many more reviews bring a broken streak back; 0 if there is none, or it is too late.

    There are two days for it: that of the first answer after the break, and the next.
    """
    if not ledger.lost or ledger.lost_on is None:
        return 0
    if not 0 <= (day - ledger.lost_on).days < DAYS_TO_EARN_BACK:
        return 0
    return REVIEWS_TO_EARN_BACK - ledger.reviews


def standing(ledger: Ledger, today: date, *, outages: Collection[date] = ()) -> Standing:
    """How the streak stands on `today`, before anything is answered or stored."""
    missed, _ = _between(ledger.last_day, today, outages)
    if len(missed) > ledger.freezes:
        return Standing(0, False, ledger.freezes, False, missed, ledger.streak)
    answered = ledger.last_day is not None and ledger.last_day >= today
    return Standing(
        streak=ledger.streak,
        answered_today=answered,
        freezes=ledger.freezes - len(missed),
        at_risk=ledger.streak > 0 and not answered and today not in outages,
        missed=missed,
        broken=0,
    )


def worth_saving(now: Standing) -> bool:
    """Whether the streak saver may speak: only from a streak of 2, only if today is open."""
    return now.at_risk and now.streak >= WORTH_SAVING


def _between(
    last: date | None, day: date, outages: Collection[date]
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days strictly between, as (missed, spared)."""
    if last is None:
        return (), ()
    days = [last + timedelta(days=n) for n in range(1, (day - last).days)]
    missed = tuple(between for between in days if between not in outages)
    return missed, tuple(between for between in days if between in outages)


def _keep(ledger: Ledger, day: date) -> tuple[Ledger, bool]:
    """One more day kept. Every seventh brings a freeze, unless as many as may be are held."""
    due = ledger.towards_freeze + 1 == DAYS_FOR_FREEZE
    earned = due and ledger.freezes < FREEZES_HELD
    streak = ledger.streak + 1
    kept = replace(
        ledger,
        streak=streak,
        best=max(ledger.best, streak),
        last_day=day,
        freezes=ledger.freezes + earned,
        towards_freeze=0 if due else ledger.towards_freeze + 1,
    )
    return kept, earned
