"""The installation's key: made once, kept beside the database, readable by nobody else."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import keys
from bot.refusal import Refusal
from bot.settings import Settings


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "folder")
    first = keys.load(settings)
    assert len(first) == 32
    assert keys.load(settings) == first


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    a, b = (keys.load(Settings(data_dir=tmp_path / name)) for name in "ab")
    assert a != b


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    keys.load(Settings(data_dir=tmp_path))
    assert stat.S_IMODE((tmp_path / "data.key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["data.key"]


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: keys.load(settings), range(32)))
    assert len(found) == 1
    assert os.listdir(tmp_path) == ["data.key"]


def test_a_draft_left_by_a_crash_does_not_matter(tmp_path: Path) -> None:
    for name in (f"data.{os.getpid()}", "data.key.left"):
        (tmp_path / name).write_text("half a k")
    assert len(keys.load(Settings(data_dir=tmp_path))) == 32


def test_a_key_of_ones_own_needs_no_file(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "none", data_key="correct horse battery staple")
    assert len(keys.load(settings)) == 32
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("content", ["", "no key at all", "abcd", "ff" * 31])
def test_a_damaged_key_is_named_and_not_replaced(tmp_path: Path, content: str) -> None:
    file = tmp_path / "data.key"
    file.write_text(content)
    with pytest.raises(Refusal, match=r"data.key does not hold a key\. Restore it"):
        keys.load(Settings(data_dir=tmp_path))
    assert file.read_text() == content


def test_a_folder_that_cannot_be_written_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="The key cannot be kept in DATA_DIR"):
        keys.load(Settings(data_dir=tmp_path / "file" / "data"))


def test_keys_for_two_purposes_tell_nothing_of_each_other() -> None:
    assert keys.derive(b"k", "buttons") != keys.derive(b"k", "webhook")
    assert keys.derive(b"k", "buttons") == keys.derive(b"k", "buttons")
    assert keys.derive(b"k", "buttons") != keys.derive(b"l", "buttons")
