"""Do the callers in the same file ask of a function's answer whether it is one?

Read from `ast`. What callers in other files do is not known.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from broadcatch.source.walking import inside, walk

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = ("body", "orelse", "finalbody")
_APART = (ast.stmt, ast.ExceptHandler, ast.match_case)
_ASKING = frozenset({"bool", "len", "isinstance"})


@dataclass(frozen=True, slots=True)
class Use:
    """One call of a function of the file: in which function, with what, and whether its answer is asked."""

    within: str
    given: str
    asked: bool


def asks_answer(name: str, tree: ast.Module) -> bool:
    """Whether every call of `name` in the file is asked at once whether there is an answer."""
    uses = [one for one in _uses(tree).get(name, ()) if one.within != name]
    return bool(uses) and all(one.asked for one in uses)


def asks_next(name: str, tree: ast.Module) -> bool:
    """Whether, besides, a caller asks another function of the file for the same when this one has none."""
    found = _uses(tree)
    mine = {(one.within, one.given) for one in found.get(name, ()) if one.asked and one.given}
    others = (uses for other, uses in found.items() if other != name)
    again = any(one.asked and (one.within, one.given) in mine for uses in others for one in uses)
    return again and asks_answer(name, tree)


@lru_cache(maxsize=1)
def _uses(tree: ast.Module) -> dict[str, list[Use]]:
    """The calls of the file's own functions, by plain names and by attributes, by their last name."""
    own = frozenset(one.name for one in walk(tree) if isinstance(one, _FUNCTIONS))
    found: dict[str, list[Use]] = defaultdict(list)
    _gather(tree, "", own, found)
    return found


def _gather(node: ast.AST, within: str, own: frozenset[str], found: dict[str, list[Use]]) -> None:
    within = node.name if isinstance(node, _FUNCTIONS) else within
    for field in _BLOCKS:
        block = getattr(node, field, None)
        if isinstance(block, list):
            for index, one in enumerate(block):
                _statement(one, block[index + 1 :], within, own, found)
                _gather(one, within, own, found)
    for inner in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        _gather(inner, within, own, found)


def _statement(
    node: ast.stmt, rest: Sequence[ast.stmt], within: str, own: frozenset[str], found: dict[str, list[Use]]
) -> None:
    """The calls of one statement, without those of its blocks."""
    parts = list(inside(node, _APART))
    calls = [one for one in parts if isinstance(one, ast.Call) and _name(one) in own]
    if not calls:
        return
    kept = _kept(node)
    asked = {id(call) for test in _tests(node, parts) for call in _asked_calls(test)}
    if kept is not None and rest and _asks(rest[0], kept[0]):
        asked.add(id(kept[1]))
    for call in calls:
        given = ", ".join(map(ast.unparse, call.args))
        found[_name(call)].append(Use(within, given, id(call) in asked))


def _name(call: ast.Call) -> str:
    """The last name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _kept(node: ast.stmt) -> tuple[str, ast.Call] | None:
    """The name, or attribute, that a statement gives the answer of a call to."""
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
        return None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    call = node.value.value if isinstance(node.value, ast.Await) else node.value
    return (ast.unparse(targets[0]), call) if len(targets) == 1 and isinstance(call, ast.Call) else None


def _asks(node: ast.stmt, name: str) -> bool:
    """Whether a statement asks, before anything else, whether `name` holds something."""
    test = node.test if isinstance(node, (ast.If, ast.While, ast.Assert)) else None
    if isinstance(node, ast.Return) and isinstance(node.value, ast.IfExp):
        test = node.value.test
    return test is not None and any(ast.unparse(one) == name for one in _asked(test))


def _asked(test: ast.expr) -> Iterator[ast.expr]:
    """What a test asks for its truth, or compares."""
    if isinstance(test, ast.BoolOp):
        yield from _asked(test.values[0])
    elif isinstance(test, ast.UnaryOp):
        yield from _asked(test.operand)
    elif isinstance(test, ast.Compare):
        if isinstance(test.ops[0], (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)):
            yield test.left
    elif isinstance(test, ast.Call) and getattr(test.func, "id", "") in _ASKING:
        yield from test.args[:1]
    else:
        yield test


def _asked_calls(test: ast.expr) -> Iterator[ast.expr]:
    for one in _asked(test):
        value = one.value if isinstance(one, ast.NamedExpr) else one
        yield value.value if isinstance(value, ast.Await) else value


def _tests(node: ast.stmt, parts: Sequence[ast.AST]) -> Iterator[ast.expr]:
    """The tests that stand in a statement itself; `parts` are the expressions in it."""
    for one in parts:
        if isinstance(one, ast.IfExp):
            yield one.test
        elif isinstance(one, ast.BoolOp) and isinstance(one.op, ast.Or):
            yield from one.values[:-1]
        elif isinstance(one, ast.comprehension):
            yield from one.ifs
    if isinstance(node, (ast.If, ast.While, ast.Assert)):
        yield node.test
        if isinstance(node.test, ast.BoolOp):
            yield from node.test.values
