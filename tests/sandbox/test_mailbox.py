"""The queue of updates by itself: order, confirmation, expiry, lanes, and its saved form."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.mailbox import LIFE, ON_REQUEST_ONLY, PRESS_LIFE, Mailbox


def message(chat: int = 1) -> dict[str, Any]:
    return {"chat": {"id": chat}}


def filled(count: int) -> Mailbox:
    mail = Mailbox()
    for number in range(count):
        mail.add("message", message(number % 3), now=0)
    return mail


def test_ids_follow_each_other() -> None:
    ids = list(filled(4).pending)
    assert ids == list(range(ids[0], ids[0] + 4))


def test_first_gives_the_oldest() -> None:
    mail = filled(5)
    assert [u.update_id for u in mail.first(2)] == list(mail.pending)[:2]
    assert len(mail.first(100)) == 5


def test_an_offset_confirms_everything_before_it() -> None:
    mail = filled(5)
    ids = list(mail.pending)
    mail.confirm_before(ids[3])
    assert list(mail.pending) == ids[3:]
    mail.confirm_before(ids[0])
    assert list(mail.pending) == ids[3:]


def test_an_offset_beyond_the_end_confirms_all() -> None:
    mail = filled(5)
    mail.confirm_before(mail.next_id + 10)
    assert not mail.pending


@given(st.integers(1, 12), st.integers(-15, -1))
def test_a_negative_offset_keeps_that_many(count: int, offset: int) -> None:
    mail = filled(count)
    ids = list(mail.pending)
    mail.confirm_before(offset)
    assert list(mail.pending) == ids[offset:]


def test_lives_differ_by_kind() -> None:
    mail = Mailbox()
    mail.add("message", message(), now=0)
    mail.add("callback_query", {"from": {"id": 1}}, now=0)
    mail.expire(PRESS_LIFE - 1)
    assert len(mail.pending) == 2
    mail.expire(PRESS_LIFE)
    assert [update.kind for update in mail.pending.values()] == ["message"]
    mail.expire(LIFE)
    assert not mail.pending


def test_kinds_on_request_have_to_be_named() -> None:
    mail = Mailbox()
    assert mail.wants("message")
    assert not any(mail.wants(kind) for kind in ON_REQUEST_ONLY)
    mail.allowed = ["chat_member"]
    assert mail.wants("chat_member")
    assert not mail.wants("message")


def test_confirming_twice_or_the_unknown_does_no_harm() -> None:
    mail = filled(2)
    (first, second) = mail.pending
    mail.confirm([first, first, 5])
    assert list(mail.pending) == [second]


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=20))
def test_lanes_always_hold_exactly_what_waits(steps: list[tuple[int, bool]]) -> None:
    mail = Mailbox()
    for chat, add in steps:
        if add:
            mail.add("message", message(chat), now=0)
        elif head := mail.head(f"chat {chat}"):
            mail.confirm([head.update_id])
    in_lanes = [update for lane in mail.lanes.values() for update in lane.values()]
    assert sorted(u.update_id for u in in_lanes) == list(mail.pending)
    assert all(mail.lanes.values())


def test_the_saved_form_is_json_and_comes_back_whole() -> None:
    mail = filled(4)
    mail.allowed = ["message"]
    saved = json.loads(json.dumps(mail.as_state()))
    other = Mailbox()
    other.restore(saved)
    assert other.pending == mail.pending
    assert other.lanes == mail.lanes
    assert (other.next_id, other.allowed) == (mail.next_id, mail.allowed)


def test_clearing_forgets_the_lanes_too() -> None:
    mail = filled(3)
    mail.clear()
    assert not mail.pending
    assert not mail.lanes
