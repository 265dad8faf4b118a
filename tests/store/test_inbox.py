"""The inbox's queries: nothing twice, nothing lost, and when something is given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import Received

NOW = datetime(2031, 3, 3, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def add(db: Database, *ids: int, owner: str = "me", lease_from: datetime = NOW) -> list[int]:
    updates = [Received(number, 1001, f'{{"update_id": {number}}}') for number in ids]
    new = await db.write(inbox.add, updates, owner=owner, now=NOW, lease_from=lease_from)
    return [item.update_id for item in new]


async def take(
    db: Database, after: timedelta, *, gone: Sequence[str] = (), owner: str = "other", most: int = 9
) -> list[int]:
    taken = await db.write(inbox.take, owner=owner, lease_from=NOW + after, gone=gone, most=most)
    return [item.update_id for item in taken]


async def test_only_new_updates_are_handed_on(database: Database) -> None:
    assert await add(database, 1, 2) == [1, 2]
    assert await add(database, 2, 3, 3) == [3]
    assert await database.read(inbox.counts) == {"waiting": 3}


async def test_an_update_done_before_is_not_taken_in_again(database: Database) -> None:
    await add(database, 1)
    await database.write(inbox.finish, 1)
    assert await add(database, 1) == []
    assert await database.read(inbox.counts) == {"done": 1}


async def test_finishing_tells_when_it_was_received_and_only_once(database: Database) -> None:
    await add(database, 1)
    assert await database.write(inbox.finish, 1) == NOW
    assert await database.write(inbox.finish, 1) is None
    assert await database.write(inbox.finish, 99) is None


async def test_a_number_may_be_lower_than_those_before(database: Database) -> None:
    await add(database, 900)
    assert await add(database, 5) == [5]


async def test_updates_are_taken_over_once_their_lease_ran_out(database: Database) -> None:
    await add(database, 2, 1)
    assert await take(database, inbox.LEASE - SECOND) == []
    assert await take(database, inbox.LEASE) == [1, 2]
    assert await take(database, inbox.LEASE) == [], "they are leased again"
    assert await take(database, 2 * inbox.LEASE) == [1, 2]


async def test_updates_of_a_process_that_is_gone_are_taken_at_once(database: Database) -> None:
    await add(database, 1, owner="gone")
    await add(database, 2, owner="alive")
    assert sorted(await database.read(inbox.owners)) == ["alive", "gone"]
    assert await take(database, SECOND, gone=["gone"]) == [1]
    assert sorted(await database.read(inbox.owners)) == ["alive", "other"]


async def test_at_most_so_many_are_taken_at_once(database: Database) -> None:
    await add(database, *range(10), owner="gone")
    assert await take(database, SECOND, gone=["gone"], most=4) == [0, 1, 2, 3]


async def test_failures_wait_longer_each_time_and_the_eighth_is_the_last(
    database: Database,
) -> None:
    await add(database, 1)
    for number in range(1, inbox.MAX_TRIES):
        assert not await database.write(inbox.fail, 1, f"error {number}", NOW)
        pause = timedelta(seconds=2 ** (number - 1))
        assert await take(database, pause - SECOND) == []
        assert await take(database, pause) == [1]
    assert await database.write(inbox.fail, 1, "x" * 5000, NOW)
    assert await database.read(inbox.counts) == {"poison": 1}
    assert await take(database, timedelta(days=1)) == []
    assert await database.write(inbox.finish, 1) is None


async def test_a_failure_of_what_is_done_changes_nothing(database: Database) -> None:
    await add(database, 1)
    await database.write(inbox.finish, 1)
    assert not await database.write(inbox.fail, 1, "late", NOW)
    assert await database.read(inbox.counts) == {"done": 1}


async def test_pruning_keeps_poison_and_what_waits(database: Database) -> None:
    await add(database, 1, 2, 3)
    await database.write(inbox.finish, 1)
    for _ in range(inbox.MAX_TRIES):
        await database.write(inbox.fail, 2, "error", NOW)
    await database.write(inbox.prune, NOW + inbox.KEEP)
    assert await database.read(inbox.counts) == {"done": 1, "poison": 1, "waiting": 1}
    await database.write(inbox.prune, NOW + inbox.KEEP + SECOND)
    assert await database.read(inbox.counts) == {"poison": 1, "waiting": 1}
