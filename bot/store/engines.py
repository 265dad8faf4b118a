"""Engines for SQLite and PostgreSQL, from plain addresses: drivers, pools and PRAGMAs are chosen
here and nowhere else. No query stands here."""

import asyncio
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.refusal import Refusal

Dialect = Literal["sqlite", "postgresql"]
P = ParamSpec("P")
T = TypeVar("T")

# How long to wait for another process that holds the file for a moment (a backup, a shell): ms.
BUSY_TIMEOUT = 10_000
READER_PRAGMAS = (f"busy_timeout={BUSY_TIMEOUT}", "query_only=ON")
# FULL: an acknowledged commit survives a power cut, which NORMAL does not promise in WAL mode.
WRITER_PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    # Half again as many answers a second as with the defaults of 2 MB and 1000 pages (measured).
    "cache_size=-16384",
    "wal_autocheckpoint=4000",
)
MIGRATION_PRAGMAS = (f"busy_timeout={BUSY_TIMEOUT}", "foreign_keys=OFF")
COMPILED_STATEMENTS = 1000  # more than the program has, so that each compiles once


class DatabaseBusy(Refusal):
    """Another process works on the same SQLite file."""


class UnknownDatabase(Refusal):
    """The address names no engine this program speaks."""


def dialect_of(url: str) -> Dialect:
    """Which engine an address means; raises UnknownDatabase for any other."""
    scheme = url.partition("://")[0].partition("+")[0]
    if scheme == "sqlite":
        return "sqlite"
    if scheme in ("postgresql", "postgres"):
        return "postgresql"
    raise UnknownDatabase(
        f"DATABASE_URL starts with {scheme!r}; it should look like "
        "sqlite:///path/to/file.db or postgresql://user:password@host/name"
    )


def sqlite_file(url: str) -> Path:
    """The file behind a SQLite address, with links resolved: one file, one name, one lock."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise UnknownDatabase("DATABASE_URL names no file; sqlite:///path/to/file.db does")
    return Path(name).expanduser().resolve()


def sqlite_writer(file: Path) -> Engine:
    """The one engine that changes a SQLite file: a transaction takes the write lock at once."""
    return _sqlite(file, WRITER_PRAGMAS, begin="BEGIN IMMEDIATE")


def sqlite_migrator(file: Path) -> Engine:
    """As the writer, but without foreign keys: rebuilding a table would delete its children."""
    return _sqlite(file, MIGRATION_PRAGMAS, begin="BEGIN IMMEDIATE")


def sqlite_reader(file: Path) -> AsyncEngine:
    """Connections that cannot write; each transaction is one snapshot of the file."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(file)),
        query_cache_size=COMPILED_STATEMENTS,
        hide_parameters=True,  # they hold people's words, and errors go into logs
        pool_size=4,
    )
    _prepare(engine.sync_engine, READER_PRAGMAS, "BEGIN")
    return engine


def postgresql(url: str) -> AsyncEngine:
    """A pool of connections, at READ COMMITTED: counters that everybody bumps stay cheap there, but
    a unit that reads a row, decides and writes it back must read it `with_for_update`."""
    return create_async_engine(
        "postgresql+asyncpg://",
        query_cache_size=COMPILED_STATEMENTS,
        hide_parameters=True,  # they hold people's words, and errors go into logs
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        connect_args=_asyncpg(url) | {"command_timeout": 60, "prepared_statement_cache_size": 500},
    )


def visit(
    url: str, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run one work on a connection of its own, as one transaction: for migrations and checks.

    On SQLite without foreign keys. Blocks, and must not be called on the thread of a running event
    loop (use asyncio.to_thread there).
    """
    if dialect_of(url) == "postgresql":
        return asyncio.run(_visit_postgresql(url, work, *args, **kwargs))
    engine = sqlite_migrator(sqlite_file(url))
    try:
        with engine.begin() as connection:
            return work(connection, *args, **kwargs)
    finally:
        engine.dispose()


def lock(file: Path) -> int:
    """Take the file's lock for this process; returns a descriptor whose closing gives it back.

    The kernel gives it back too when the process dies, whatever kills it. Raises DatabaseBusy.
    A forked child would inherit it: worker processes are to be spawned.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        owner = os.read(descriptor, 32).decode(errors="replace").strip()
        os.close(descriptor)
        raise DatabaseBusy(
            f"{file} is in use by another dailygrad (process {owner or 'unknown'}). Stop that one "
            "first, or use PostgreSQL, where several processes share a database."
        ) from None
    os.truncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


async def _visit_postgresql(
    url: str, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    engine = create_async_engine(
        "postgresql+asyncpg://", poolclass=NullPool, connect_args=_asyncpg(url)
    )
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work, *args, **kwargs)
    finally:
        await engine.dispose()


def _asyncpg(url: str) -> dict[str, object]:
    """asyncpg reads the address itself, so that all of libpq's form works (sslmode, host=)."""
    dsn = "postgresql://" + url.partition("://")[2]
    return {"dsn": dsn, "timeout": 10, "server_settings": {"application_name": "dailygrad"}}


def _sqlite(file: Path, pragmas: tuple[str, ...], *, begin: str) -> Engine:
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(file)),
        query_cache_size=COMPILED_STATEMENTS,
        hide_parameters=True,  # they hold people's words, and errors go into logs
        connect_args={"cached_statements": COMPILED_STATEMENTS},
    )
    _prepare(engine, pragmas, begin)
    return engine


def _prepare(engine: Engine, pragmas: tuple[str, ...], begin: str) -> None:
    """Take transactions out of the driver's hands (its own would start late); set the PRAGMAs."""

    def connected(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
