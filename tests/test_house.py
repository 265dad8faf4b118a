"""The house keeps its own rules: imports point inwards, nothing grows long, README tells all."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot import settings
from bot.bank.question import LANGUAGES
from bot.handlers.commands import COMMANDS
from bot.texts import keys

ROOT = Path(bot.__file__).parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py"))
README = (ROOT / "README.md").read_text()
MOST_LINES, MOST_FUNCTION = 300, 50

# What a folder of bot/ may import of the others, itself aside. A folder that is not named here
# has no business importing any.
MAY_IMPORT = {
    "rules": set(),
    "texts": {"messages.html", "bank.question"},
    "sandbox": {"clock"},
    "store": {"rules", "refusal"},
    "bank": {"messages.html", "messages.post"},
    "actions": {"rules", "store", "bank"},
    "messages": {"rules", "store", "bank", "texts", "actions"},
    "intake": {"actions", "store", "messages", "rules"}
    | {"clock", "api", "transport", "web", "failures"},
    "delivery": {"actions", "store", "messages", "rules"}
    | {"bank", "clock", "api", "transport", "failures"},
    "handlers": {"actions", "store", "messages", "rules", "texts", "bank"}
    | {"delivery", "intake", "clock", "api", "transport", "settings"},
}


def folder(file: Path) -> str:
    """The folder of bot/ that a module lies in; "" for those at the top."""
    inside = file.relative_to(ROOT / "bot").parts
    return inside[0] if len(inside) > 1 else ""


def name(file: Path) -> str:
    """A file as an error shows it."""
    return str(file.relative_to(ROOT))


def imports(file: Path) -> Iterator[str]:
    """Every module that is imported anywhere in the file, fully named."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(file)} imports relatively"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def ours(file: Path) -> set[str]:
    """What the file imports of bot/, without the "bot."."""
    return {found[4:] for found in imports(file) if found.startswith("bot.")}


@pytest.mark.parametrize("place", MAY_IMPORT)
def test_imports_point_inwards(place: str) -> None:
    allowed = {place, *MAY_IMPORT[place]}
    astray = [
        f"{name(file)}: {found}"
        for file in MODULES
        if folder(file) == place
        for found in ours(file)
        if not any(f"{found}.".startswith(f"{inside}.") for inside in allowed)
    ]
    assert astray == []


def test_every_folder_has_its_rule() -> None:
    assert {folder(file) for file in MODULES} - {"", "_data"} == set(MAY_IMPORT)


def test_the_rules_know_the_standard_library_only() -> None:
    outside = [
        f"{name(file)}: {found}"
        for file in MODULES
        if folder(file) == "rules"
        for found in imports(file)
        if found.split(".")[0] not in {*sys.stdlib_module_names, "bot"}
    ]
    assert outside == []


def test_only_the_edge_knows_telegrams_library() -> None:
    inner = {"rules", "store", "bank", "actions", "messages", "texts", "sandbox", "delivery"}
    knowing = [
        name(file)
        for file in MODULES
        if folder(file) in inner and any(f.startswith("telegram.") for f in imports(file))
    ]
    assert knowing == []


def test_only_try_knows_the_sandbox() -> None:
    knowing = {
        name(file)
        for file in MODULES
        if folder(file) != "sandbox" and any(f.startswith("sandbox") for f in ours(file))
    }
    assert knowing == {"bot/trial.py"}


def test_nothing_shipped_imports_the_tests() -> None:
    assert [name(file) for file in MODULES if any("tests" in f for f in imports(file))] == []


def test_files_stay_short() -> None:
    lengths = {name(file): len(file.read_text().splitlines()) for file in MODULES}
    assert {file: n for file, n in lengths.items() if n > MOST_LINES} == {}


def test_functions_stay_short() -> None:
    long = [
        f"{name(file)}:{node.lineno} {node.name}"
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_FUNCTION
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name(file)
        for file in MODULES
        if file.name != "__init__.py" and not ast.get_docstring(ast.parse(file.read_text()))
    ]
    assert silent == []


def test_readme_names_every_setting() -> None:
    source = (ROOT / "bot" / "settings.py").read_text()
    asked = set(re.findall(r'source\.\w+\(\s*"([A-Z_]+)"', source))
    assert {field.upper() for field in settings.Settings.__dataclass_fields__} <= asked
    table = {word for line in README.splitlines() for word in re.findall(r"`([A-Z_]+)`", line)}
    assert asked - table == set()
    assert {word for word in table if "_" in word} - asked == {"NAME_FILE"}


def test_readme_names_every_shell_command() -> None:
    for words in ("try", "run", "check", "content check", "db upgrade"):
        assert f"`dailygrad {words}" in README, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_its_line_in_every_language(language: str) -> None:
    lines = {key.removeprefix("command-") for key in keys(language) if key.startswith("command-")}
    assert lines == {command.name for command in COMMANDS}


def test_readmes_map_and_the_folders_agree() -> None:
    mapped = set(re.findall(r"`bot/(\w+)/`", README))
    there = {folder(file) for file in MODULES} - {"", "_data"}
    assert mapped == there
    for path in re.findall(r"`((?:bot|content|migrations|tests|benchmarks)/[\w./-]*)`", README):
        assert (ROOT / path).exists(), path
