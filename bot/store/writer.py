"""The one thread that writes to a SQLite file. What waits when it wakes goes into one transaction,
so that many units share one fsync; a unit that fails takes only itself back."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Connection

from bot.store import engines

P = ParamSpec("P")
T = TypeVar("T")

GROUP = 50  # units a transaction: beyond this the fsync is paid for and only the wait would grow


@dataclass(slots=True, eq=False)
class Unit:
    """A unit of work, who waits for it, and how it ended."""

    work: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    done: asyncio.Future[None]
    result: Any = None
    error: BaseException | None = None


class Writer:
    """Runs units in the order they came, grouped. All callers share one event loop."""

    def __init__(self, file: Path) -> None:
        """Opens the file, creating it if need be; raises sqlalchemy.exc.DBAPIError if it cannot."""
        self._engine = engines.sqlite_writer(file)
        self._connection = self._engine.connect()
        # Savepoints go past SQLAlchemy, whose own would be a third of a small unit's cost.
        self._driver = cast(Any, self._connection.connection.driver_connection)
        self._waiting: SimpleQueue[Unit | None] = SimpleQueue()
        self._open = True
        # A daemon: a program that forgot to close still ends, and nothing acknowledged is lost.
        self._thread = threading.Thread(target=self._run, name="database writer", daemon=True)
        self._thread.start()

    async def run(
        self,
        work: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What `work` returns, once it is on the disk; what it raises, once it is taken back.

        A caller cancelled before the unit began takes it along; a unit that began is finished.
        """
        if not self._open:
            raise RuntimeError("the database is closed")
        unit = Unit(work, args, kwargs, asyncio.get_running_loop().create_future())
        self._waiting.put(unit)
        await unit.done
        if unit.error is not None:
            raise unit.error
        return cast(T, unit.result)

    async def close(self) -> None:
        """Finish what waits, then end the thread and close the file."""
        if self._open:
            self._open = False
            self._waiting.put(None)
            await asyncio.to_thread(self._thread.join)
            self._connection.close()
            self._engine.dispose()

    def _run(self) -> None:
        ended = False
        while not ended:
            group, ended = self._next_group()
            try:
                self._commit(group)
            finally:
                _deliver(group)

    def _next_group(self) -> tuple[list[Unit], bool]:
        """Wait for one unit and take along what else is there; the flag says that none follow."""
        group: list[Unit] = []
        unit = self._waiting.get()
        while unit is not None:
            if not unit.done.cancelled():
                group.append(unit)
            if len(group) == GROUP or self._waiting.empty():
                return group, False
            unit = self._waiting.get()
        return group, True

    def _commit(self, group: list[Unit]) -> None:
        """One transaction for the group; if it fails as a whole, it fails for each of its units."""
        if not group:
            return
        try:
            transaction = self._connection.begin()
            for unit in group:
                self._attempt(unit, alone=len(group) == 1)
            transaction.commit()
        except BaseException as error:  # even SystemExit belongs to the caller, not to this thread
            with suppress(Exception):
                self._connection.rollback()
                self._driver.rollback()  # after a failed COMMIT the engine thinks it is out of it
            for unit in group:
                unit.error = unit.error or error

    def _attempt(self, unit: Unit, *, alone: bool) -> None:
        """Run one unit; its error stays with it, unless the whole transaction is the unit's own."""
        if alone:
            unit.result = unit.work(self._connection, *unit.args, **unit.kwargs)
            return
        self._driver.execute("SAVEPOINT unit")
        try:
            unit.result = unit.work(self._connection, *unit.args, **unit.kwargs)
        except BaseException as error:
            unit.error = error
            if not self._driver.in_transaction:
                raise  # a full disk and the like: SQLite gave up the whole transaction
            self._driver.execute("ROLLBACK TO unit")
        self._driver.execute("RELEASE unit")


def _deliver(group: list[Unit]) -> None:
    """Wake the callers, with one call into their loop for all of them."""
    if group:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            group[0].done.get_loop().call_soon_threadsafe(_wake, group)


def _wake(group: list[Unit]) -> None:
    for unit in group:
        if not unit.done.done():
            unit.done.set_result(None)
