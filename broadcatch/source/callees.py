"""What do the functions of the same file do that a handler calls? Only the calls that they make in any case.

Read from `ast`; what a call means is for others to say.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from broadcatch.model.flow import Arg, Call, Value, ValueKind
from broadcatch.source.bindings import dotted

Function = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OWN = ("self", "cls")


def callees(
    clause: ast.ExceptHandler, tree: ast.Module, owner: ast.ClassDef | None
) -> tuple[tuple[str, tuple[Call, ...]], ...]:
    """Of each function of the file that the clause calls by a statement of its own: the calls that it makes.

    `owner` is the class around: `self.fail(…)` is looked for there.
    """
    found = ((name, _function(name, tree, owner)) for name in dict.fromkeys(_called(clause.body)))
    made = ((name, tuple(_made(one.body))) for name, one in found if one is not None)
    return tuple((name, calls) for name, calls in made if calls)


def cancelled_by_calls(before: Sequence[ast.stmt], owner: ast.ClassDef | None) -> tuple[str, ...]:
    """What methods of the class `owner` cancel that statements call: the receivers of their `.cancel()`."""
    names = dict.fromkeys(_called(before))
    methods = (_function(name, ast.Module([], []), owner) for name in names if name.startswith("self."))
    calls = (one for method in methods if method for one in ast.walk(method) if isinstance(one, ast.Call))
    made = (dotted(call.func) for call in calls)
    return tuple(dict.fromkeys(name.removesuffix(".cancel") for name in made if name.endswith(".cancel")))


def _called(body: Sequence[ast.stmt]) -> Iterator[str]:
    """The names of what is called by statements of their own, blocks included."""
    for node in body:
        if isinstance(node, ast.Expr):
            call = _call(node)
            if call is not None:
                yield dotted(call.func)
        elif not isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            for name in ("body", "orelse", "finalbody"):
                yield from _called(getattr(node, name, []))


def _call(node: ast.Expr) -> ast.Call | None:
    value = node.value.value if isinstance(node.value, ast.Await) else node.value
    return value if isinstance(value, ast.Call) else None


def _function(name: str, tree: ast.Module, owner: ast.ClassDef | None) -> Function | None:
    """The only function of this name at the margin of the file, or in the class."""
    head, _, last = name.rpartition(".")
    if head and head not in _OWN:
        return None
    around = tree.body if not head else owner.body if owner is not None else []
    found = [one for one in around if isinstance(one, _FUNCTIONS) and one.name == last]
    return found[0] if len(found) == 1 else None


def _made(body: Sequence[ast.stmt]) -> Iterator[Call]:
    """The calls that stand by themselves on the way through a function, until it may be left."""
    for node in body:
        if isinstance(node, ast.Expr):
            call = _call(node)
            if call is not None and dotted(call.func):
                name = dotted(call.func)
                yield Call(node.lineno, name, name, "unknown", tuple(_args(call)), direct=True)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            yield from _made(node.body)
        elif not isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Import, ast.ImportFrom)):
            return


def _args(call: ast.Call) -> Iterator[Arg]:
    """The arguments that are given by name, as far as constants tell."""
    for one in call.keywords:
        if one.arg:
            yield Arg(one.arg, Value(_kind(one.value), ast.unparse(one.value)))


def _kind(value: ast.expr) -> ValueKind:
    constants: dict[object, ValueKind] = {True: "true", False: "false", None: "none"}
    known = isinstance(value, ast.Constant) and (value.value is None or isinstance(value.value, bool))
    return constants[value.value] if known else "name"  # type: ignore[attr-defined]
