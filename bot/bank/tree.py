"""YAML as nodes that know their lines, and the few shapes that content files are made of.

Nothing is constructed from the file: a node is taken only in the shape that is expected of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.bank.problem import Findings, did_you_mean, excerpt

_NAMES = {MappingNode: "a mapping", SequenceNode: "a list", ScalarNode: "a single value"}


def read(path: Path, findings: Findings) -> MappingNode | None:
    """The mapping that the file holds; None, with the reason found, where it holds none."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.add(0, f"is not UTF-8: byte {error.start}")
        return None
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line:
            findings.add(number, "has a tab: indent and separate with spaces")
    try:
        node = yaml.compose(text, Loader=_loader())
    except yaml.YAMLError as error:
        findings.add(*_syntax(error))
        return None
    if not isinstance(node, MappingNode):
        findings.add(1, "must be a mapping of keys to values" if node else "is empty")
        return None
    return node


def _loader() -> Any:
    # The C loader reads a file in half a millisecond, the Python one in ten times that.
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _syntax(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or " ".join(str(error).split())
    return (mark.line + 1 if mark else 0), f"is not YAML: {problem}"


def line_of(node: Node) -> int:
    """The line on which the node starts, counted from 1."""
    return int(node.start_mark.line) + 1


def pairs(
    node: Node | None, findings: Findings, what: str, language: str | None = None
) -> dict[str, tuple[int, Node]]:
    """A mapping's values by key, each with its key's line; doubled keys are found."""
    taken: dict[str, tuple[int, Node]] = {}
    if not isinstance(node, MappingNode):
        _mismatch(node, MappingNode, findings, what, language)
        return taken
    for key, value in node.value:
        name = str(key.value) if isinstance(key, ScalarNode) else "?"
        if name in taken:
            findings.add(line_of(key), f"{what} has {name} twice", language)
        else:
            taken[name] = (line_of(key), value)
    return taken


def fields(
    node: Node | None,
    findings: Findings,
    what: str,
    *,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    language: str | None = None,
) -> dict[str, Node]:
    """A mapping's values by key; missing, unknown and doubled keys are found and left out."""
    known = (*required, *optional)
    taken = pairs(node, findings, what, language)
    for name, (line, _) in taken.items():
        if name not in known:
            hint = did_you_mean(name, known)
            findings.add(line, f"{what} has an unknown key {name}: {hint}", language)
    if isinstance(node, MappingNode):
        for name in required:
            if name not in taken:
                findings.add(line_of(node), f"{what} lacks {name}", language)
    return {name: value for name, (_, value) in taken.items() if name in known}


def items(node: Node, findings: Findings, what: str, language: str | None = None) -> Iterator[Node]:
    """The entries of a list; none if it is no list."""
    if isinstance(node, SequenceNode):
        return iter(node.value)
    _mismatch(node, SequenceNode, findings, what, language)
    return iter(())


def words(node: Node, findings: Findings, what: str, language: str | None = None) -> str | None:
    """A text that is not empty."""
    if not isinstance(node, ScalarNode):
        _mismatch(node, ScalarNode, findings, what, language)
        return None
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "null" or (kind == "str" and not node.value.strip()):
        findings.add(line_of(node), f"{what} is empty", language)
        return None
    if kind != "str":
        says = f"{what} reads as {kind}, not as text: put it in quotes: {excerpt(node.value)}"
        findings.add(line_of(node), says, language)
        return None
    return str(node.value)


def flag(node: Node, findings: Findings, what: str) -> bool:
    """true or false."""
    if isinstance(node, ScalarNode) and node.tag.endswith(":bool"):
        return str(node.value).lower() in ("true", "yes", "on")
    findings.add(line_of(node), f"{what} must be true or false")
    return False


def day(node: Node, findings: Findings, what: str) -> date | None:
    """A date as 2026-11-21."""
    try:
        return date.fromisoformat(str(node.value))
    except ValueError:
        findings.add(line_of(node), f"{what} must be a date like 2026-11-21")
        return None


def _mismatch(
    node: Node | None, wanted: type[Node], findings: Findings, what: str, language: str | None
) -> None:
    if node is not None:
        says = f"{what} must be {_NAMES[wanted]}, not {_NAMES[type(node)]}"
        findings.add(line_of(node), says, language)
