"""The ticks: one run at a time, failures survived, a run in hand waited for."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery.ticks import Ticks


async def test_a_job_that_fails_runs_again(caplog: pytest.LogCaptureFixture) -> None:
    runs = 0
    twice = asyncio.Event()

    async def job() -> None:
        nonlocal runs
        runs += 1
        if runs == 2:
            twice.set()
        raise RuntimeError("out of luck")

    ticks = Ticks({"shaky": (0.02, job)})
    ticks.start()
    async with asyncio.timeout(5):
        await twice.wait()
    await ticks.stop()
    assert "the shaky tick failed" in caplog.text


async def test_a_slow_job_is_never_run_beside_itself() -> None:
    running = most = 0

    async def job() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1

    ticks = Ticks({"slow": (0.02, job)})
    ticks.start()
    await asyncio.sleep(0.35)
    await ticks.stop()
    assert most == 1


async def test_stopping_waits_for_the_run_in_hand() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        begun.set()
        await asyncio.sleep(0.1)
        ended.set()

    ticks = Ticks({"patient": (0.02, job)})
    ticks.start()
    await begun.wait()
    await ticks.stop()
    assert ended.is_set()


async def test_no_run_is_dropped_as_late_and_missed_ones_become_one() -> None:
    async def job() -> None: ...

    ticks = Ticks({"any": (60, job)})
    ticks.start()
    [job_of_it] = ticks._scheduler.get_jobs()
    assert job_of_it.misfire_grace_time is None
    assert job_of_it.coalesce
    assert job_of_it.max_instances == 1
    await ticks.stop()
