from datetime import date
from pathlib import Path

import pytest
import yaml
from yaml.nodes import MappingNode, Node

from bot.bank.problem import Findings
from bot.bank.tree import day, fields, flag, items, pairs, read, words


@pytest.fixture
def findings() -> Findings:
    return Findings("x.yaml")


def node(text: str) -> Node:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    return root


def said(findings: Findings) -> list[tuple[int, str]]:
    return [(problem.line, problem.says) for problem in findings]


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_both_loaders_read_the_same(
    tmp_path: Path, findings: Findings, monkeypatch: pytest.MonkeyPatch, loader: str
) -> None:
    if loader == "SafeLoader":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    path = tmp_path / "x.yaml"
    path.write_text("\ufeffa: 1\n\nb:\n- слово\n", "utf-8")

    root = read(path, findings)

    assert isinstance(root, MappingNode)
    taken = pairs(root, findings, "it")
    assert [(name, line) for name, (line, _) in taken.items()] == [("a", 1), ("b", 3)]
    assert [words(item, findings, "b") for item in items(taken["b"][1], findings, "b")] == ["слово"]
    assert said(findings) == []


def test_every_line_with_a_tab_is_found(tmp_path: Path, findings: Findings) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: x\ty\nb: z\nc:\n\t- d\n", "utf-8")

    assert read(path, findings) is None
    tabs = "has a tab: indent and separate with spaces"
    assert said(findings)[:2] == [(1, tabs), (4, tabs)]
    assert said(findings)[2][1].startswith("is not YAML")


def test_a_file_cannot_build_objects(tmp_path: Path, findings: Findings) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: !!python/object/apply:os.getcwd []\n", "utf-8")

    taken = pairs(read(path, findings), findings, "it")

    assert words(taken["a"][1], findings, "a") is None
    assert said(findings) == [(1, "a must be a single value, not a list")]


def test_keys_are_taken_once_and_only_if_known(findings: Findings) -> None:
    taken = fields(
        node("a: 1\nb: 2\na: 3\nbb: 4\n? [x]\n: 5\n"), findings, "it", required=("a", "b", "c")
    )

    assert {name: value.value for name, value in taken.items()} == {"a": "1", "b": "2"}
    assert said(findings) == [
        (3, "it has a twice"),
        (4, "it has an unknown key bb: did you mean b?"),
        (5, "it has an unknown key ?: known: a, b, c"),
        (1, "it lacks c"),
    ]


def test_a_mapping_that_is_none_is_said_once(findings: Findings) -> None:
    assert fields(node("[a]"), findings, "it", required=("a", "b")) == {}
    assert fields(None, findings, "it", required=("a", "b")) == {}
    assert said(findings) == [(1, "it must be a mapping, not a list")]


@pytest.mark.parametrize(
    ("text", "kind"), [("12", "int"), ("1.5", "float"), ("no", "bool"), ("2026-11-21", "timestamp")]
)
def test_a_value_that_yaml_takes_for_something_else_is_no_text(
    findings: Findings, text: str, kind: str
) -> None:
    assert words(node(text), findings, "it") is None
    assert said(findings) == [(1, f'it reads as {kind}, not as text: put it in quotes: "{text}"')]


@pytest.mark.parametrize("text", ["~", "null", '""', "'  '", "|\n\n"])
def test_an_empty_text_is_found(findings: Findings, text: str) -> None:
    assert words(node(text), findings, "it", "pt") is None
    assert [(p.says, p.language) for p in findings] == [("it is empty", "pt")]


@pytest.mark.parametrize(("text", "value"), [("true", True), ("yes", True), ("false", False)])
def test_a_flag_is_true_or_false(findings: Findings, text: str, value: bool) -> None:
    assert flag(node(text), findings, "it") is value
    assert said(findings) == []


@pytest.mark.parametrize("text", ["1", '"true"', "[true]"])
def test_nothing_else_is_a_flag(findings: Findings, text: str) -> None:
    assert flag(node(text), findings, "it") is False
    assert said(findings) == [(1, "it must be true or false")]


def test_a_day_may_be_quoted(findings: Findings) -> None:
    assert day(node('"2026-11-21"'), findings, "it") == date(2026, 11, 21)
    assert day(node("2026-11-31"), findings, "it") is None
    assert said(findings) == [(1, "it must be a date like 2026-11-21")]
