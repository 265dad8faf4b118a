"""One migration history for both engines: up, down and up again with rows in the tables."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, Connection, MetaData, Table, func, inspect, select

import bot
from bot.store import engines, schema
from bot.store.database import Database, DatabaseBusy
from bot.store.schema import NewerDatabase, downgrade, migrations_dir, revision, upgrade
from bot.store.tables import metadata

HISTORY = [
    script.revision for script in reversed([*ScriptDirectory(migrations_dir()).walk_revisions()])
]
HEAD = HISTORY[-1]
SAMPLES: dict[type, Any] = {
    int: 1,
    str: "a",
    bool: True,
    float: 1.0,
    bytes: b"a",
    date: date(2026, 5, 3),
    time: time(9),
    datetime: datetime(2026, 5, 3, tzinfo=UTC),
}


def tables_of(conn: Connection) -> MetaData:
    """The tables as they are in the database, without Alembic's own."""
    found = MetaData()
    found.reflect(conn)
    found.remove(found.tables["alembic_version"])
    return found


def fill(conn: Connection) -> None:
    """Give every empty table one row; equal samples make every foreign key hold."""
    for table in tables_of(conn).sorted_tables:
        if not rows(conn, table):
            conn.execute(table.insert(), {c.name: sample(c) for c in table.columns})


def sample(column: Column[Any]) -> Any:
    return SAMPLES[column.type.python_type]


def rows(conn: Connection, table: Table) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


def census(conn: Connection) -> dict[str, int]:
    return {table.name: rows(conn, table) for table in tables_of(conn).sorted_tables}


def differences(conn: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(conn, opts=options), metadata))


def test_the_migrations_make_the_tables_that_the_code_declares(empty_url: str) -> None:
    upgrade(empty_url)
    assert engines.visit(empty_url, differences) == []


def test_every_step_up_keeps_the_rows_and_every_step_down_works_with_them(empty_url: str) -> None:
    for step in HISTORY:
        upgrade(empty_url, to=step)
        engines.visit(empty_url, fill)
    assert set(engines.visit(empty_url, census).values()) == {1}
    for step in [*reversed(HISTORY[:-1]), "base"]:
        downgrade(empty_url, to=step)
    assert engines.visit(empty_url, census) == {}
    upgrade(empty_url)
    assert engines.visit(empty_url, differences) == []


def test_upgrading_twice_changes_nothing(url: str) -> None:
    engines.visit(url, fill)
    before = engines.visit(url, census)
    upgrade(url)
    assert engines.visit(url, census) == before


def test_the_revision_is_told_before_and_after(empty_url: str) -> None:
    assert revision(empty_url) == (None, HEAD)
    upgrade(empty_url)
    assert revision(empty_url) == (HEAD, HEAD)


def test_asking_for_the_revision_makes_no_file(tmp_path: Path) -> None:
    revision(f"sqlite:///{tmp_path / 'none.db'}")
    assert os.listdir(tmp_path) == []


def test_a_path_with_odd_characters_works(tmp_path: Path) -> None:
    file = tmp_path / "100 % mine" / "день.db"
    upgrade(f"sqlite:///{file}")
    assert file.exists()


def test_a_newer_database_is_refused_by_name_and_left_alone(url: str) -> None:
    set_revision = "UPDATE alembic_version SET version_num = 'f00d'"
    engines.visit(url, lambda conn: conn.exec_driver_sql(set_revision) and None)
    with pytest.raises(NewerDatabase, match=r"f00d.*newer version.*restore"):
        upgrade(url)
    assert revision(url) == ("f00d", HEAD)


def test_two_replicas_that_start_at_once_both_succeed(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        return
    program = f"from bot.store.schema import upgrade; upgrade({empty_url!r})"
    replicas = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    assert [replica.wait(30) for replica in replicas] == [0, 0, 0]
    assert revision(empty_url) == (HEAD, HEAD)


async def test_a_database_in_use_is_not_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'used.db'}"
    opened = Database.open(url)
    with pytest.raises(DatabaseBusy):
        upgrade(url)
    await opened.close()
    upgrade(url)


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations, in use instead of them, with room for one more: its file."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations_dir(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "migrations_dir", lambda: folder)
    return folder / "versions" / "next.py"


def write(draft: Path, *body: str) -> None:
    """A migration after the newest one, with these lines as its way up."""
    lines = "\n    ".join(body)
    draft.write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f"revision, down_revision = 'next', {HEAD!r}\n"
        f"def upgrade():\n    {lines}\n"
        "def downgrade():\n    pass\n"
    )


def test_a_migration_that_fails_half_way_leaves_nothing(url: str, draft: Path) -> None:
    write(draft, "op.create_table('half', sa.Column('id', sa.Integer))", "raise ValueError('no')")
    with pytest.raises(ValueError, match="no"):
        upgrade(url)
    assert "half" not in engines.visit(url, lambda conn: inspect(conn).get_table_names())
    assert revision(url)[0] == HEAD


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(url: str, draft: Path) -> None:
    write(
        draft,
        "with op.batch_alter_table('users', recreate='auto') as users:",
        "    users.alter_column('streak', type_=sa.BigInteger())",
    )
    engines.visit(url, fill)
    before = engines.visit(url, census)
    upgrade(url)
    assert revision(url)[0] == "next"
    assert engines.visit(url, census) == before


def test_a_migration_that_orphans_rows_is_taken_back(url: str, draft: Path) -> None:
    engines.visit(url, fill)
    write(draft, "op.execute('DELETE FROM chats')")
    if url.startswith("postgresql"):
        return  # there the engine itself follows or refuses
    with pytest.raises(CommandError, match="without the chats row"):
        upgrade(url)
    assert engines.visit(url, census)["chats"] == 1


def test_an_installed_package_carries_its_migrations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "bot"
    monkeypatch.setattr(bot, "__file__", str(package / "__init__.py"))
    assert migrations_dir() == tmp_path / "migrations"
    packaged = package / "_data" / "migrations"
    packaged.mkdir(parents=True)
    assert migrations_dir() == packaged


def test_a_new_migration_is_written_with_our_column_type(tmp_path: Path, draft: Path) -> None:
    url = f"sqlite:///{tmp_path / 'scratch.db'}"
    for script in draft.parent.glob("*.py"):
        script.unlink()
    config = schema._config(url)
    command.revision(config, message="all", autogenerate=True, rev_id="all")
    written = next(draft.parent.glob("all_*.py")).read_text()
    assert "from bot.store.columns import UtcDateTime" in written
    assert "UtcDateTime()" in written
    upgrade(url)
    assert engines.visit(url, differences) == []
