"""The database as the rest of the program sees it: `write` runs a plain function over a connection
as one transaction, `read` runs one that changes nothing. No SQL of the product stands here."""

import asyncio
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, DateTime, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import engines
from bot.store.engines import DatabaseBusy as DatabaseBusy
from bot.store.engines import Dialect
from bot.store.inserts import insert_new as insert_new
from bot.store.inserts import insert_or_change as insert_or_change
from bot.store.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 5
# SQLSTATE 40001 serialization_failure and 40P01 deadlock_detected: the transaction left no trace.
RERUN = {"40001", "40P01"}
SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_CLOCK = select(func.clock_timestamp(type_=DateTime(timezone=True)))


class Database:
    """One database, for one event loop. A unit has no effects outside of its connection, as it may
    run more than once before it is committed; what it reads to write back it reads
    `with_for_update`, which SQLite, having one writer, leaves out."""

    def __init__(self, reader: AsyncEngine, *, writer: Writer | None, lock: int | None) -> None:
        """Use `Database.open`."""
        self._reader = reader
        self._writer = writer
        self._lock = lock

    @classmethod
    def open(cls, url: str) -> Self:
        """Open `sqlite:///file` or `postgresql://user:password@host/name`.

        A SQLite file is created if need be and belongs to this process until `close`; raises
        DatabaseBusy if another has it. PostgreSQL is first called by the first unit. Raises
        UnknownDatabase for any other address.
        """
        if engines.dialect_of(url) == "postgresql":
            return cls(engines.postgresql(url), writer=None, lock=None)
        file = engines.sqlite_file(url)
        lock = engines.lock(file)
        try:
            return cls(engines.sqlite_reader(file), writer=Writer(file), lock=lock)
        except BaseException:
            os.close(lock)
            raise

    @property
    def dialect(self) -> Dialect:
        """Which engine this is."""
        return "sqlite" if self._writer else "postgresql"

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `work(connection, ...)` as one transaction; returns after the commit.

        What it raises rolls back this unit only and comes out here; so does a commit that fails.
        """
        if self._writer:
            return await self._writer.run(work, *args, **kwargs)
        for attempt in range(1, ATTEMPTS):
            try:
                return await self._transact(work, *args, **kwargs)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in RERUN:
                    raise
            # Random, so that two that collided do not meet again: up to 10, 20, 40, 80 ms.
            await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))
        return await self._transact(work, *args, **kwargs)

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `work(connection, ...)` over one snapshot, on a connection that refuses to write."""
        async with self._reader.connect() as connection:
            if not self._writer:
                await connection.execution_options(**SNAPSHOT)
            return await connection.run_sync(work, *args, **kwargs)

    async def close(self) -> None:
        """Finish the units that wait, then let go of everything. Closing twice is fine."""
        if self._writer:
            await self._writer.close()
        await self._reader.dispose()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    async def _transact(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        async with self._reader.begin() as connection:
            return await connection.run_sync(work, *args, **kwargs)


def lease_clock(connection: Connection) -> datetime:
    """The clock leases are measured by, aware and in UTC: the database's on PostgreSQL, where
    several machines share it; this process's on SQLite, which has one process."""
    if connection.dialect.name == "postgresql":
        return connection.execute(_CLOCK).scalar_one()
    return datetime.now(UTC)
