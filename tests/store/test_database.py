"""Units of work on both engines: what is promised about commits, failures, reads and company."""

import asyncio
import os
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, ForeignKey, Integer, MetaData, Table, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidRequestError, OperationalError

from bot.store import engines, writer
from bot.store.database import Database, DatabaseBusy, lease_clock
from bot.store.engines import UnknownDatabase
from tests.engines import aside

metadata = MetaData()
counters = Table(
    "test_counters",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", Integer, nullable=False),
)
children = Table(
    "test_children",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("parent", ForeignKey("test_counters.id", deferrable=True, initially="DEFERRED")),
)


class Oops(Exception):
    """What a unit raises when a test wants it to fail."""


def add(conn: Connection, number: int, value: int = 0) -> int:
    conn.execute(counters.insert(), {"id": number, "value": value})
    return number


def add_and_fail(conn: Connection, number: int, error: BaseException) -> None:
    add(conn, number)
    raise error


def count(conn: Connection) -> int:
    return conn.execute(select(func.count()).select_from(counters)).scalar_one()


def bump(conn: Connection, number: int) -> None:
    """Read, decide, write back: the shape of every action."""
    query = select(counters.c.value).where(counters.c.id == number).with_for_update()
    value = conn.execute(query).scalar_one()
    conn.execute(counters.update().where(counters.c.id == number).values(value=value + 1))


@pytest.fixture
async def db(database: Database) -> Database:
    """A database with the tables of these tests, on each engine in turn."""
    await database.write(metadata.create_all)
    return database


@pytest.fixture
async def lite(tmp_path: Path) -> AsyncIterator[Database]:
    """The same on SQLite alone, for what its writer promises."""
    opened = Database.open(f"sqlite:///{tmp_path / 'lite.db'}")
    await opened.write(metadata.create_all)
    yield opened
    await opened.close()


class Gate:
    """Holds the writer inside a unit, so that the units behind it become one group."""

    def __init__(self, database: Database) -> None:
        self._entered = threading.Event()
        self._opened = threading.Event()
        self._held = asyncio.ensure_future(database.write(self._hold))

    def _hold(self, _conn: Connection) -> None:
        self._entered.set()
        assert self._opened.wait(10)

    async def __aenter__(self) -> None:
        assert await asyncio.to_thread(self._entered.wait, 10)

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(0)  # the tasks made meanwhile reach the writer's queue
        self._opened.set()
        await self._held


async def test_a_unit_returns_its_value(db: Database) -> None:
    assert await db.write(add, 7, value=3) == 7
    assert await db.read(count) == 1


async def test_a_unit_that_fails_leaves_nothing_and_tells_its_caller(db: Database) -> None:
    with pytest.raises(Oops):
        await db.write(add_and_fail, 1, Oops())
    assert await db.read(count) == 0


async def test_the_engine_refusing_a_statement_reaches_the_caller(db: Database) -> None:
    await db.write(add, 1)
    with pytest.raises(IntegrityError):
        await db.write(add, 1)
    assert await db.write(add, 2) == 2


async def test_many_units_at_once_each_get_their_own_answer(db: Database) -> None:
    answers = await asyncio.gather(*(db.write(add, number) for number in range(200)))
    assert answers == list(range(200))
    assert await db.read(count) == 200


async def test_a_failing_unit_takes_none_of_its_neighbours_along(db: Database) -> None:
    await db.write(add, 5)
    answers = await asyncio.gather(
        *(db.write(add, number) for number in range(10)),
        *(db.write(add_and_fail, number, Oops()) for number in range(10, 15)),
        return_exceptions=True,
    )
    assert isinstance(answers[5], IntegrityError)
    assert all(isinstance(answer, Oops) for answer in answers[10:])
    assert await db.read(count) == 10


async def test_units_that_read_and_write_back_lose_no_update(db: Database) -> None:
    await db.write(add, 1)
    await asyncio.gather(*(db.write(bump, 1) for _ in range(40)))
    assert await db.read(lambda conn: conn.scalar(select(counters.c.value))) == 40


async def test_a_read_cannot_write(db: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await db.read(add, 1)
    assert await db.read(count) == 0


async def test_a_connection_that_read_can_write_afterwards(db: Database) -> None:
    for number in range(30):  # more than the pool holds: each of its connections gets both
        assert await db.read(count) == number
        await db.write(add, number)


async def test_a_read_sees_one_snapshot(db: Database, url: str) -> None:
    def twice(conn: Connection) -> tuple[int, int]:
        before = count(conn)
        aside(engines.visit, url, add, 1)
        return before, count(conn)

    assert await db.read(twice) == (0, 0)
    assert await db.read(count) == 1


async def test_a_nested_transaction_may_fail_inside_a_unit(db: Database) -> None:
    def careful(conn: Connection) -> int:
        with suppress(IntegrityError), conn.begin_nested():
            add(conn, 1)
        return add(conn, 2)

    await db.write(add, 1)
    assert await asyncio.gather(db.write(careful), db.write(add, 3)) == [2, 3]
    assert await db.read(count) == 3


async def test_a_commit_that_fails_is_the_callers_error(db: Database) -> None:
    def orphan(conn: Connection) -> None:
        conn.execute(children.insert(), {"id": 1, "parent": 99})

    with pytest.raises(IntegrityError):
        await db.write(orphan)
    assert await db.write(add, 1) == 1


async def test_a_cancelled_caller_leaves_the_database_working(db: Database) -> None:
    waiting = [asyncio.ensure_future(db.write(add, number)) for number in range(20)]
    await asyncio.sleep(0)
    for task in waiting[::2]:
        task.cancel()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert done[1::2] == list(range(1, 20, 2))
    assert await db.write(add, 100) == 100


async def test_what_was_written_is_there_after_reopening(url: str) -> None:
    first = Database.open(url)
    await first.write(metadata.create_all)
    await first.write(add, 1)
    await first.close()
    second = Database.open(url)
    assert await second.read(count) == 1
    await second.close()


async def test_a_closed_database_stays_closed(lite: Database) -> None:
    await lite.close()
    await lite.close()
    with pytest.raises(RuntimeError, match="closed"):
        await lite.write(count)


async def test_closing_finishes_what_waits(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'waits.db'}"
    first = Database.open(url)
    await first.write(metadata.create_all)
    waiting = [asyncio.ensure_future(first.write(add, number)) for number in range(120)]
    await asyncio.sleep(0)
    await first.close()
    assert await asyncio.gather(*waiting) == list(range(120))


async def test_the_lease_clock_is_aware_and_near_ours(db: Database) -> None:
    now = await db.write(lease_clock)
    assert now.utcoffset() == timedelta()
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


async def test_the_lease_clock_moves_within_a_transaction(db: Database) -> None:
    first, second = await db.write(lambda conn: (lease_clock(conn), lease_clock(conn)))
    assert first < second


def test_the_dialect_follows_the_address(url: str) -> None:
    assert url.startswith(engines.dialect_of(url))


@pytest.mark.parametrize(
    "url", ["mysql://host/name", "sqlite://", "sqlite:///:memory:", "nonsense"]
)
def test_an_address_we_do_not_speak_is_refused_in_words(url: str) -> None:
    with pytest.raises(UnknownDatabase, match="DATABASE_URL"):
        Database.open(url)


async def test_units_that_wait_share_one_transaction(lite: Database) -> None:
    def transaction(conn: Connection) -> int:
        return id(conn.get_transaction())

    async with Gate(lite):
        ids = [asyncio.ensure_future(lite.write(transaction)) for _ in range(writer.GROUP + 1)]
    found = await asyncio.gather(*ids)
    assert len(set(found[: writer.GROUP])) == 1


async def test_a_failed_commit_fails_for_each_unit_of_its_group(lite: Database) -> None:
    def orphan(conn: Connection) -> None:
        conn.execute(children.insert(), {"id": 1, "parent": 99})

    async with Gate(lite):
        works = [lite.write(add, 1), lite.write(orphan), lite.write(add_and_fail, 2, Oops())]
        tasks = [asyncio.ensure_future(work) for work in works]
    errors = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(error) for error in errors] == [IntegrityError, IntegrityError, Oops]
    assert await lite.read(count) == 0
    assert await lite.write(add, 3) == 3


async def test_a_transaction_that_sqlite_gives_up_fails_for_all_who_shared_it(
    lite: Database,
) -> None:
    def give_up(conn: Connection) -> None:
        conn.exec_driver_sql("INSERT OR ROLLBACK INTO test_counters VALUES (1, NULL)")

    async with Gate(lite):
        works = [lite.write(add, 1), lite.write(give_up), lite.write(add, 2)]
        tasks = [asyncio.ensure_future(work) for work in works]
    errors = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(error, IntegrityError) for error in errors)
    assert await lite.read(count) == 0
    assert await lite.write(add, 3) == 3


@pytest.mark.parametrize(
    "error", [SystemExit(3), GeneratorExit(), asyncio.CancelledError(), StopAsyncIteration()]
)
async def test_no_error_of_a_unit_ends_the_writer(lite: Database, error: BaseException) -> None:
    caught: list[BaseException] = []

    async def call() -> None:
        try:
            await lite.write(add_and_fail, 1, error)
        except BaseException as raised:
            caught.append(raised)

    await asyncio.gather(call(), lite.write(add, 2))
    assert caught == [error]
    assert await lite.read(count) == 1


async def test_a_unit_that_commits_by_itself_is_told_so(lite: Database) -> None:
    with pytest.raises(InvalidRequestError, match="inactive"):
        await lite.write(lambda conn: conn.commit())
    assert await lite.write(add, 1) == 1


async def test_a_unit_whose_caller_left_before_it_began_is_dropped(lite: Database) -> None:
    async with Gate(lite):
        leaving = asyncio.ensure_future(lite.write(add, 1))
        staying = asyncio.ensure_future(lite.write(add, 2))
        await asyncio.sleep(0)
        leaving.cancel()
    assert await staying == 2
    assert await lite.read(count) == 1


async def test_foreign_keys_and_full_syncs_are_on(lite: Database) -> None:
    def pragma(conn: Connection, name: str) -> object:
        return conn.exec_driver_sql(f"PRAGMA {name}").scalar()

    found = {name: await lite.write(pragma, name) for name in ("foreign_keys", "synchronous")}
    assert found == {"foreign_keys": 1, "synchronous": 2}
    assert await lite.write(pragma, "journal_mode") == "wal"


async def test_a_lock_held_by_a_shell_for_a_moment_is_waited_for(
    lite: Database, tmp_path: Path
) -> None:
    shell = sqlite3.connect(tmp_path / "lite.db", isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    waiting = asyncio.ensure_future(lite.write(add, 1))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    shell.execute("COMMIT")
    shell.close()
    assert await waiting == 1


async def test_a_second_database_on_the_file_is_refused_in_words(
    lite: Database, tmp_path: Path
) -> None:
    (tmp_path / "alias.db").symlink_to(tmp_path / "lite.db")
    with pytest.raises(DatabaseBusy, match=f"lite.db is in use by .*process {os.getpid()}"):
        Database.open(f"sqlite:///{tmp_path / 'alias.db'}")
    assert await lite.write(add, 1) == 1


async def test_a_killed_process_leaves_its_commits_and_no_lock(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    program = (
        "import asyncio, os\n"
        "from bot.store.database import Database\n"
        "async def main():\n"
        f"    db = Database.open({url!r})\n"
        "    await db.write(lambda c: c.exec_driver_sql('CREATE TABLE t (x)') and None)\n"
        "    await db.write(lambda c: c.exec_driver_sql('INSERT INTO t VALUES (1)') and None)\n"
        "    print('ready', flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"ready\n"
    with pytest.raises(DatabaseBusy, match=f"process {other.pid}"):
        Database.open(url)
    other.kill()
    await other.wait()
    again = Database.open(url)
    found = await again.read(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM t").scalar())
    await again.close()
    assert found == 1


def test_a_file_that_is_no_database_is_refused_and_not_kept_locked(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear reader, this is a letter and no database. " * 100)
    for _ in range(2):
        with pytest.raises(DBAPIError, match="not a database"):
            Database.open(f"sqlite:///{file}")


async def test_a_deadlock_is_run_again(db: Database, url: str) -> None:
    """Two units that lock two rows in opposite order: PostgreSQL stops one, and it runs again."""
    if db.dialect == "sqlite":
        return
    await db.write(lambda conn: (add(conn, 1), add(conn, 2)))
    runs: list[int] = []

    def both(conn: Connection, first: int, second: int) -> None:
        bump(conn, first)
        runs.append(first)
        while len(runs) < 2:  # until the other has locked its first row
            conn.exec_driver_sql("SELECT pg_sleep(0.01)")
        bump(conn, second)

    await asyncio.gather(db.write(both, 1, 2), db.write(both, 2, 1))
    values = await db.read(lambda conn: list(conn.scalars(select(counters.c.value))))
    assert values == [2, 2]
    assert len(runs) == 3


async def test_a_unit_that_always_collides_gives_up_after_five_runs(db: Database) -> None:
    if db.dialect == "sqlite":
        return
    runs: list[int] = []

    def collide(conn: Connection) -> None:
        runs.append(1)
        conn.exec_driver_sql(
            "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'serialization_failure'; END $$"
        )

    with pytest.raises(DBAPIError):
        await db.write(collide)
    assert len(runs) == 5


async def test_a_directory_that_is_missing_is_made(tmp_path: Path) -> None:
    opened = Database.open(f"sqlite:///{tmp_path / 'a' / 'b' / 'c.db'}")
    await opened.write(metadata.create_all)
    await opened.close()
    assert (tmp_path / "a" / "b" / "c.db").exists()


async def test_a_lost_server_is_found_again(db: Database) -> None:
    """A connection that the server closed while it lay in the pool is replaced unseen."""
    if db.dialect == "sqlite":
        return
    await asyncio.gather(*(db.read(count) for _ in range(3)))
    with suppress(OperationalError, DBAPIError):
        await db.write(
            lambda conn: (
                conn.exec_driver_sql(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                and None
            )
        )
    assert await asyncio.gather(*(db.read(count) for _ in range(3))) == [0, 0, 0]
