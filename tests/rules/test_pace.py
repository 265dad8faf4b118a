"""The pace never exceeds a limit in any window. Times here are multiples of 1/64 s, so that
floats are exact and the proof is not blurred by rounding."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.pace import Pace, Window

ALICE, BOB, GROUP, OTHER_GROUP = 1001, 1002, -1000000000001, -1000000000002

pauses = st.integers(0, 256).map(lambda n: n / 64)
traffic = st.lists(
    st.tuples(pauses, st.sampled_from([ALICE, BOB, GROUP, OTHER_GROUP]), st.booleans()),
    max_size=150,
)


def most_in_a_window(times: Iterable[float], seconds: float) -> int:
    """The most events in any [t, t + seconds): one that begins at an event is the fullest."""
    listed = list(times)
    return max((sum(t <= other < t + seconds for other in listed) for t in listed), default=0)


def run(pace: Pace, asked: list[tuple[float, int, bool]]) -> list[tuple[float, int, bool]]:
    """A sender that waits as told and sends as soon as it may."""
    now, out = 1000.0, []
    for pause, chat_id, bulk in asked:
        now = max(now + pause, pace.ready_at(chat_id, bulk=bulk, now=now + pause))
        pace.sent(chat_id, bulk=bulk, now=now)
        out.append((now, chat_id, bulk))
    return out


def burst(pace: Pace, chat_id: int, count: int, *, bulk: bool = False) -> list[float]:
    return [at for at, _, _ in run(pace, [(0.0, chat_id, bulk)] * count)]


# --- one window


def test_an_empty_window_is_ready_now() -> None:
    assert Window(3, 1.0).ready_at(5.0) == 5.0


def test_a_full_window_is_ready_when_its_oldest_event_leaves() -> None:
    window = Window(2, 1.0)
    window.add(5.0)
    window.add(5.25)
    assert window.ready_at(5.5) == 6.0
    assert window.ready_at(6.0) == 6.0
    assert window.ready_at(9.0) == 9.0


def test_an_event_over_the_limit_is_paid_for_later() -> None:
    window = Window(1, 1.0)
    window.add(5.0)
    window.add(5.5)
    assert window.ready_at(5.5) == 6.5


def test_an_event_that_comes_in_late_does_not_open_the_window() -> None:
    window = Window(1, 1.0)
    window.add(5.0)
    window.add(4.0)
    assert window.ready_at(5.0) == 6.0


@pytest.mark.parametrize(("limit", "seconds"), [(0, 1.0), (1, 0.0), (-1, 1.0)])
def test_a_window_without_room_is_refused(limit: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="room"):
        Window(limit, seconds)


@given(st.integers(1, 6), st.integers(1, 192).map(lambda n: n / 64), st.lists(pauses, max_size=80))
def test_no_window_ever_holds_more_and_none_waits_longer_than_it_must(
    limit: int, seconds: float, waits: list[float]
) -> None:
    window, now, times = Window(limit, seconds), 0.0, list[float]()
    for wait in waits:
        asked = now + wait
        now = window.ready_at(asked)
        if now > asked:
            early = [*times, now - 1 / 64]
            assert most_in_a_window(early, seconds) > limit
        window.add(now)
        times.append(now)
    assert most_in_a_window(times, seconds) <= limit


# --- the pace of a bot


@given(traffic, st.integers(1, 5))
def test_every_limit_holds_in_every_window(
    asked: list[tuple[float, int, bool]], bulk_rate: int
) -> None:
    out = run(Pace(bulk_rate), asked)
    assert most_in_a_window((at for at, _, bulk in out if bulk), 1.0) <= bulk_rate
    for chat_id in (ALICE, BOB, GROUP, OTHER_GROUP):
        times = [at for at, chat, _ in out if chat == chat_id]
        assert most_in_a_window(times, 1.0) <= 1
        assert chat_id > 0 or most_in_a_window(times, 60.0) <= 20


def test_one_chat_gets_one_message_a_second() -> None:
    assert burst(Pace(), ALICE, 3) == [1000.0, 1001.0, 1002.0]


def test_one_chat_does_not_slow_another() -> None:
    pace = Pace()
    pace.sent(ALICE, bulk=False, now=1000.0)
    assert pace.ready_at(BOB, bulk=False, now=1000.0) == 1000.0


def test_a_group_gets_twenty_a_minute() -> None:
    times = burst(Pace(), GROUP, 21)
    assert times[19] == 1019.0
    assert times[20] == 1060.0


def test_bulk_goes_at_its_rate_and_does_not_slow_replies() -> None:
    pace = Pace()
    for chat_id in range(1, 29):
        assert pace.ready_at(chat_id, bulk=True, now=1000.0) == 1000.0
        pace.sent(chat_id, bulk=True, now=1000.0)
    assert pace.ready_at(99, bulk=True, now=1000.0) == 1001.0
    assert pace.ready_at(99, bulk=False, now=1000.0) == 1000.0


def test_when_bulk_may_go_is_known_without_a_chat() -> None:
    pace = Pace(bulk_rate=1)
    assert pace.bulk_ready_at(1000.0) == 1000.0
    pace.sent(ALICE, bulk=True, now=1000.0)
    assert pace.bulk_ready_at(1000.25) == 1001.0


def test_replies_do_not_use_up_the_bulk_rate() -> None:
    pace = Pace(bulk_rate=1)
    pace.sent(ALICE, bulk=False, now=1000.0)
    assert pace.ready_at(BOB, bulk=True, now=1000.0) == 1000.0


def test_a_hold_stops_one_chat() -> None:
    pace = Pace()
    pace.hold(ALICE, 1030.0)
    assert pace.ready_at(ALICE, bulk=False, now=1000.0) == 1030.0
    assert pace.ready_at(BOB, bulk=False, now=1000.0) == 1000.0
    assert pace.ready_at(ALICE, bulk=False, now=1031.0) == 1031.0


def test_a_hold_for_nobody_in_particular_stops_everybody() -> None:
    pace = Pace()
    pace.hold(None, 1030.0)
    assert pace.ready_at(ALICE, bulk=False, now=1000.0) == 1030.0
    assert pace.ready_at(GROUP, bulk=True, now=1000.0) == 1030.0
    assert pace.bulk_ready_at(1000.0) == 1030.0


def test_a_shorter_hold_does_not_end_a_longer_one() -> None:
    pace = Pace()
    pace.hold(ALICE, 1030.0)
    pace.hold(ALICE, 1010.0)
    assert pace.ready_at(ALICE, bulk=False, now=1000.0) == 1030.0


# --- memory


def test_idle_chats_are_forgotten() -> None:
    pace = Pace()
    for n in range(20_000):
        pace.sent(n + 1, bulk=True, now=1000.0 + n / 16)
    assert pace.known() <= 1100


def test_what_still_holds_is_not_forgotten() -> None:
    pace = Pace()
    for n in range(20):
        pace.sent(GROUP, bulk=False, now=1000.0 + n)
    pace.hold(BOB, 1050.0)
    for n in range(5_000):
        pace.sent(n + 5000, bulk=False, now=1021.0 + n / 512)
    assert pace.ready_at(GROUP, bulk=False, now=1035.0) == 1060.0
    assert pace.ready_at(BOB, bulk=False, now=1035.0) == 1050.0
