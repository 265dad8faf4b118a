"""The benchmarks run, and what they measure is in the right order of magnitude on any machine."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from benchmarks import answer, start, telegram, units


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The cycle collector as it was: other tests rely on what it finds."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


async def test_answers_are_timed_from_getupdates_to_the_transport() -> None:
    rounds = await answer.measure(people=5, rounds=2)
    assert [len(taken) for taken in rounds] == [5, 5]
    assert all(0 < seconds < 5 for taken in rounds for seconds in taken)


async def test_units_are_counted_by_the_second() -> None:
    assert await units.measure(votes=200) > 50


async def test_the_trial_starts_soon_and_stays_small() -> None:
    found = await start.measure(use=0)
    assert found.ready < 10
    assert found.resident < start.MEMORY_GOAL  # a promise, not a hope: it hardly varies
    assert found.peak < start.MEMORY_GOAL


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert answer.percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert answer.percentile([float(n) for n in range(1, 101)], 95) == 95.0
    assert answer.percentile([7.0], 95) == 7.0


async def test_a_word_that_the_sandbox_does_not_know_is_an_error() -> None:
    with telegram.served(1) as served, pytest.raises(RuntimeError, match="dance"):
        await served.tell("dance")
