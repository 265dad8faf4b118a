"""What the source says about texts, read from its syntax trees: nothing is run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import bot

BOT = Path(bot.__file__).parent


@dataclass(frozen=True)
class Call:
    """A call of translate(). `keys` are those it may ask for; `prefix` is what a key that is put
    together begins with. `args` are the names given, None where ** hides them."""

    where: str
    keys: frozenset[str]
    prefix: str
    args: frozenset[str] | None
    is_toast: bool


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the bot by its path."""
    files = sorted(BOT.rglob("*.py"))
    return {str(f.relative_to(BOT)): ast.parse(f.read_text(encoding="utf-8")) for f in files}


@cache
def calls() -> tuple[Call, ...]:
    """Every call of translate()."""
    return tuple(call for path, tree in trees().items() for call in _calls(path, tree))


def toasts() -> list[str]:
    """The keys that are shown as toasts."""
    return sorted({key for call in calls() if call.is_toast for key in call.keys})


def _calls(path: str, tree: ast.Module) -> Iterator[Call]:
    within_toast = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _is_named(node.func, "Toast")
        for inner in ast.walk(node)
    }
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and _is_named(node.func, "translate"):
                names = [keyword.arg for keyword in node.keywords]
                yield Call(
                    where=f"{path}:{node.lineno}",
                    keys=frozenset(_constants(node.args[1], scope)),
                    prefix=_prefix(node.args[1]),
                    args=None if None in names else frozenset(filter(None, names)),
                    is_toast=id(node) in within_toast,
                )


def _is_named(function: ast.expr, name: str) -> bool:
    return isinstance(function, ast.Name) and function.id == name


def _constants(node: ast.expr, scope: ast.AST) -> set[str]:
    """The strings that an expression may be: itself, either branch, or what its name was given."""
    match node:
        case ast.Constant(value=str(value)):
            return {value}
        case ast.IfExp(body=body, orelse=orelse):
            return _constants(body, scope) | _constants(orelse, scope)
        case ast.Name(id=name):
            given = [
                assigned.value
                for assigned in ast.walk(scope)
                if isinstance(assigned, ast.Assign)
                and any(_is_named(target, name) for target in assigned.targets)
            ]
            return {value for expression in given for value in _constants(expression, scope)}
    return set()


def _prefix(node: ast.expr) -> str:
    match node:
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            return start
    return ""
