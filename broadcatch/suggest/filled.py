"""Was one container made from the other? Then it has a key for each element, and is as long."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.names import dotted
from broadcatch.source.walking import walk
from broadcatch.suggest.fetched import looped
from broadcatch.suggest.outside import Frame, bound_once, stores_of

_SAME = frozenset({"list", "tuple", "sorted", "reversed", "enumerate", "set", "iter"})
_VIEWS = frozenset({"keys", "values", "items"})
_CHANGING = frozenset("append extend insert pop remove clear".split())
_BLOCKS = ("body", "orelse", "finalbody")
_ONE_EACH = (ast.ListComp, ast.GeneratorExp)


def is_filled(node: ast.Subscript, frame: Frame) -> bool:
    """`d[k]` in a loop over what a loop or comprehension above it made the keys of `d` from."""
    if not isinstance(node.slice, ast.Name):
        return False
    over = [_of(one) for one in looped(node.slice.id, frame, node)]
    if len(over) != 1:
        return False
    made = bound_once(frame, node.value)
    return (made is not None and _keys_of(made) == over[0]) or _is_set(node.value, over[0], frame)


def _keys_of(made: ast.expr) -> str:
    """What a display makes its keys from, each of them; "" where that is not seen."""
    if isinstance(made, ast.DictComp) and len(made.generators) == 1:
        loop = made.generators[0]
        return _of(loop.iter) if not loop.ifs and ast.unparse(loop.target) == ast.unparse(made.key) else ""
    return _of(made.args[0]) if isinstance(made, ast.Call) and _is_from_keys(made) else ""


def _is_from_keys(call: ast.Call) -> bool:
    return dotted(call.func) == "dict.fromkeys" and bool(call.args)


def _is_set(mapping: ast.expr, over: str, frame: Frame) -> bool:
    """Whether a loop over the same, that ran before, sets every key, and nothing was bound anew since."""
    text = ast.unparse(mapping)
    bound = stores_of(frame).get(text, [])
    for loop in _before(frame.body, frame.line):
        if isinstance(loop, ast.For) and _of(loop.iter) == over and _sets(loop, text):
            return not any((loop.end_lineno or 0) < line for line in bound)
    return False


def _sets(loop: ast.For, text: str) -> bool:
    """Whether each turn of the loop sets its key."""
    if any(isinstance(one, (ast.Continue, ast.Break)) for one in walk(loop)):
        return False
    wanted = f"{text}[{ast.unparse(loop.target)}]"
    assigned = (one for one in loop.body if isinstance(one, ast.Assign))
    return any(ast.unparse(target) == wanted for one in assigned for target in one.targets)


def _before(body: list[ast.stmt], line: int) -> Iterator[ast.stmt]:
    """The statements that ran before the row."""
    for statement in body:
        if (statement.end_lineno or statement.lineno) < line:
            yield statement
        elif statement.lineno <= line:
            for name in _BLOCKS:
                yield from _before(getattr(statement, name, []), line)


def _of(expr: ast.expr) -> str:
    """The text of what is run over, without what only orders or lists it."""
    return ast.unparse(_root(expr))


def _root(expr: ast.expr) -> ast.expr:
    """What has as many elements."""
    if isinstance(expr, ast.Await):
        return _root(expr.value)
    if isinstance(expr, _ONE_EACH) and len(expr.generators) == 1 and not expr.generators[0].ifs:
        return _root(expr.generators[0].iter)
    if not isinstance(expr, ast.Call) or expr.keywords:
        return expr
    last = dotted(expr.func).rpartition(".")[2]
    if isinstance(expr.func, ast.Attribute) and last in _VIEWS and not expr.args:
        return _root(expr.func.value)
    if last == "gather" and len(expr.args) == 1 and isinstance(expr.args[0], ast.Starred):
        return _root(expr.args[0].value)
    if last == "map" and len(expr.args) == 2:
        return _root(expr.args[1])
    return _root(expr.args[0]) if last in _SAME - {"set"} and len(expr.args) == 1 else expr


def are_even(call: ast.Call, frame: Frame) -> bool:
    """Whether all that is zipped was made from the same, one element for each."""
    found = {_length(one, frame) for one in call.args}
    return len(call.args) > 1 and len(found) == 1


def _length(expr: ast.expr, frame: Frame) -> str:
    """The text of what has as many elements, through variables that are bound once and never changed."""
    root = _root(expr)
    made = bound_once(frame, root) if isinstance(root, ast.Name) and not _changes(root.id, frame) else None
    return ast.unparse(root) if made is None or _root(made) is made else _length(made, frame)


def _changes(name: str, frame: Frame) -> bool:
    calls = (one for statement in frame.body for one in walk(statement) if isinstance(one, ast.Call))
    return any(dotted(one.func) in {f"{name}.{each}" for each in _CHANGING} for one in calls)
