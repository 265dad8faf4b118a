"""The streak in general: what holds for any answers, outages, reviews and journeys."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.day import local_day
from bot.rules.streak import (
    DAYS_FOR_FREEZE,
    FREEZES_HELD,
    Ledger,
    after_answer,
    after_review,
    standing,
)

START = date(2026, 1, 1)
FARTHEST_EAST, FARTHEST_WEST = ZoneInfo("Etc/GMT-14"), ZoneInfo("Etc/GMT+12")

days = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
outages = st.frozensets(days, max_size=20)
events = st.lists(st.tuples(st.sampled_from(["answer", "review"]), days), max_size=60)
starts = st.integers(0, 366 * 86400).map(
    lambda s: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=s)
)
journeys = st.lists(
    st.tuples(st.timedeltas(timedelta(), timedelta(hours=30)), st.timezones()),
    min_size=1,
    max_size=40,
)


def play(answers: list[date], down: frozenset[date] = frozenset()) -> Ledger:
    ledger = Ledger()
    for day in answers:
        ledger = after_answer(ledger, day, outages=down).ledger
    return ledger


@given(events, outages)
def test_the_ledger_stays_sound_and_only_moves_forward(
    happened: list[tuple[str, date]], down: frozenset[date]
) -> None:
    ledger = Ledger()
    for kind, day in happened:
        step = after_answer(ledger, day, outages=down) if kind == "answer" else None
        step = step or after_review(ledger, day)
        before, ledger = ledger, step.ledger
        assert ledger.best >= max(ledger.streak, before.best)
        assert 0 <= ledger.freezes <= FREEZES_HELD
        assert 0 <= ledger.towards_freeze < DAYS_FOR_FREEZE
        assert (ledger.last_day or START) >= (before.last_day or START)
        assert step.counted or ledger == before


@given(st.lists(days, max_size=40), outages)
def test_a_counted_answer_adds_one_or_starts_at_one(
    answers: list[date], down: frozenset[date]
) -> None:
    ledger = Ledger()
    for day in answers:
        step = after_answer(ledger, day, outages=down)
        if step.counted:
            assert step.ledger.streak == (1 if step.broken else ledger.streak + 1)
            spent = len(step.frozen) - step.freeze_earned
            assert step.ledger.freezes == ledger.freezes - spent
        ledger = step.ledger


@given(st.lists(days, max_size=30), outages, st.data())
def test_duplicates_in_whatever_order_change_nothing(
    answers: list[date], down: frozenset[date], data: st.DataObject
) -> None:
    ordered = sorted(set(answers))
    noisy = []
    for place, day in enumerate(ordered):
        noisy += [day, *data.draw(st.lists(st.sampled_from(ordered[: place + 1]), max_size=4))]
    assert play(noisy, down) == play(ordered, down)


@given(st.lists(days, min_size=1), outages, days)
def test_an_outage_more_never_makes_a_streak_shorter(
    answers: list[date], down: frozenset[date], another: date
) -> None:
    ordered = sorted(answers)
    if another in ordered:
        return
    assert play(ordered, down | {another}).streak >= play(ordered, down).streak


@given(st.lists(days, min_size=1), outages, days)
def test_standing_foretells_what_an_answer_today_does(
    answers: list[date], down: frozenset[date], today: date
) -> None:
    ledger = play(answers, down)
    now, step = standing(ledger, today, outages=down), after_answer(ledger, today, outages=down)
    assert now.answered_today is not step.counted
    assert now.broken == step.broken
    assert now.streak + step.counted == step.ledger.streak
    assert now.freezes + step.freeze_earned == step.ledger.freezes
    assert step.broken or now.missed == step.frozen


@given(starts, journeys)
def test_changing_zones_gains_nothing(
    start: datetime, journey: list[tuple[timedelta, ZoneInfo]]
) -> None:
    """However one travels, no more days count than dates have been on any clock on Earth.

    At one moment there are up to three, so a traveller may be ahead by two; that this does not
    grow with the length of the journey is the point.
    """
    moment, earliest, ledger = start, local_day(start, FARTHEST_WEST), Ledger()
    for pause, zone in journey:
        moment += pause
        ledger = after_answer(ledger, local_day(moment, zone)).ledger
        dates = (local_day(moment, FARTHEST_EAST) - earliest).days + 1
        assert ledger.streak <= dates
        assert ledger.streak <= (moment - start) / timedelta(days=1) + 3.1


@given(starts, journeys)
def test_going_round_the_zones_at_one_moment_counts_three_days_at_most(
    start: datetime, journey: list[tuple[timedelta, ZoneInfo]]
) -> None:
    ledger, counted = Ledger(), 0
    for _, zone in journey:
        step = after_answer(ledger, local_day(start, zone))
        ledger, counted = step.ledger, counted + step.counted
    assert counted <= 3
