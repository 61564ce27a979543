"""Is a container still as it was when something was tested? What is done to it, and to names, meanwhile."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from broadcatch.program.meaning import Meanings
from broadcatch.program.names import dotted
from broadcatch.program.placing import Parents, parents
from broadcatch.program.project import External
from broadcatch.program.scope import Scope
from broadcatch.raises.context import is_standard
from broadcatch.raises.surely.before import Before, Position
from broadcatch.source.walking import children, walk

_READS = frozenset(
    "get keys values items copy index count startswith endswith split rsplit strip lstrip rstrip lower upper "
    "partition rpartition replace join format encode decode find rfind isdigit isdecimal isalpha "
    "splitlines title group groups span".split()
)
_GROWS = frozenset("append extend add insert update setdefault appendleft".split())
_WAITS = (ast.Await, ast.Yield, ast.YieldFrom, ast.AsyncFor, ast.AsyncWith)
_HARMLESS = (
    ast.Compare, ast.BoolOp, ast.UnaryOp, ast.IfExp, ast.BinOp, ast.FormattedValue, ast.comprehension, ast.If,
    ast.While, ast.For, ast.AsyncFor, ast.Starred, ast.Return, ast.Expr, ast.Assert, ast.Subscript,
)  # fmt: skip
"""They look at a value, or are done with it, and keep it nowhere."""
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def is_untouched(
    r: Meanings, scope: Scope, what: Iterable[ast.expr], one: Before, place: ast.AST, grows: bool = True
) -> bool:
    """Whether nothing between `one` and the place binds a name of these, or takes from the container.

    That is the first of them. `grows`: it may have got more meanwhile.
    """
    expressions = tuple(what)
    above = parents(r, scope)
    nodes = [node for expr in expressions for node in walk(expr)]
    names = {dotted(node) for node in nodes if isinstance(node, (ast.Name, ast.Attribute))} - {""}
    root = _root(expressions[0])
    shared = not root or not _is_own(r, scope, root)
    for node in _between(r, scope, one, place):
        if isinstance(node, _WAITS) or _binds(node, names):
            return False
        if isinstance(node, ast.Call) and shared and not _is_harmless(r, scope, node):
            return False
        if isinstance(node, (ast.Name, ast.Attribute)) and root and dotted(node) == root:
            if _takes(r, scope, above, node, grows):
                return False
    return True


def _root(expr: ast.expr) -> str:
    """The name or attribute that a container is, or lies in."""
    while isinstance(expr, (ast.Subscript, ast.Call)):
        inner = expr.func if isinstance(expr, ast.Call) else expr
        if not isinstance(inner, (ast.Subscript, ast.Attribute)):
            return ""
        expr = inner.value
    return dotted(expr)


def _is_own(r: Meanings, scope: Scope, root: str) -> bool:
    """Whether only the code of this function sees the name, and nothing inside of it is made of that."""
    if scope.function is None or "." in root:
        return False
    found = scope.find(root)
    return found is not None and found[0].function is scope.function and root not in _captured(r, scope)


def _captured(r: Meanings, scope: Scope) -> frozenset[str]:
    """The names that functions inside of this one mention, or that it says are not its own."""
    function = scope.function
    key = ("captured", function)
    if key not in r.notes:
        inner = [one for one in walk(function.node) if isinstance(one, _SCOPES)] if function else []
        inside = [one for node in inner if node is not getattr(function, "node", None) for one in walk(node)]
        r.notes[key] = frozenset(one.id for one in inside if isinstance(one, ast.Name))
    return r.notes[key]  # type: ignore[return-value]


def _between(r: Meanings, scope: Scope, one: Before, place: ast.AST) -> Iterator[ast.AST]:
    """What may run after `one` and before the place, by where it stands; loops run more than once."""
    at = place.lineno, place.col_offset  # type: ignore[attr-defined]
    starts, nodes = _in_order(r, scope)
    above = parents(r, scope)
    around = set()
    node: ast.AST | None = place
    while node is not None:
        around.add(node)
        node = above.get(node)
    inside = set(walk(place))
    for index in range(bisect_left(starts, one.end), bisect_left(starts, at)):
        if nodes[index] not in around:
            yield nodes[index]
    for node in (
        *_value_first(above, place),
        *(inner for loop in one.loops for inner in _repeated(loop, one)),
    ):
        if node not in inside:
            yield node


def _repeated(loop: ast.AST, one: Before) -> Iterator[ast.AST]:
    """What a loop does again and again; of the one that gave the element, not that it gives the next."""
    own = loop is one.node and isinstance(loop, (ast.For, ast.comprehension))
    first = (loop.target, loop.iter) if own else ()  # type: ignore[attr-defined]
    for part in children(loop):
        if part not in first:
            yield from walk(part)


def _value_first(above: Parents, place: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated before a place that stands before it: an assigned value, tests of elements."""
    node = place
    while node in above and not isinstance(node, ast.stmt):
        below, node = node, above[node]
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        if value is not None and below is not value:
            yield from walk(value)
        for generator in getattr(node, "generators", ()) if not isinstance(below, ast.comprehension) else ():
            for test in generator.ifs:
                yield from walk(test)


def _in_order(r: Meanings, scope: Scope) -> tuple[list[Position], list[ast.AST]]:
    """The nodes of the scope's code by where they begin."""
    key = ("in order", scope.function or scope.owner or scope.module)
    if key not in r.notes:
        placed = [one for one in parents(r, scope) if hasattr(one, "lineno")]
        placed.sort(key=lambda one: (one.lineno, one.col_offset))  # type: ignore[attr-defined]
        r.notes[key] = ([(one.lineno, one.col_offset) for one in placed], placed)  # type: ignore[attr-defined]
    return r.notes[key]  # type: ignore[return-value]


def _binds(node: ast.AST, names: set[str]) -> bool:
    """Whether it binds one of the names, or deletes something."""
    if isinstance(node, (ast.Name, ast.Attribute)):
        return isinstance(node.ctx, (ast.Store, ast.Del)) and dotted(node) in names
    if isinstance(node, ast.ExceptHandler):
        return node.name in names
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return any((one.asname or one.name.partition(".")[0]) in names for one in node.names)
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name in names


def _takes(r: Meanings, scope: Scope, above: Parents, node: ast.AST, grows: bool) -> bool:
    """Whether what is done with the container here may take something out of it, or hand it to others."""
    below, node = node, above.get(node, node)
    while isinstance(node, ast.Subscript) and below is node.value:
        if isinstance(node.ctx, ast.Del):
            return True
        below, node = node, above.get(node, node)
    if isinstance(node, ast.Attribute):
        known = node.attr in _READS or (grows and node.attr in _GROWS)
        return not (known and isinstance(above.get(node), ast.Call))
    if isinstance(node, ast.keyword):
        node = above.get(node, node)
    if isinstance(node, ast.Call):
        return not _is_harmless(r, scope, node)
    kept = isinstance(below, ast.Subscript) or isinstance(node, _HARMLESS)
    return not kept and not isinstance(getattr(below, "ctx", None), ast.Store)


def _is_harmless(r: Meanings, scope: Scope, call: ast.Call) -> bool:
    """Whether the call runs nothing but Python's own code, which changes none of its arguments."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in _READS | _GROWS:
        of = r.type_of(call.func.value, scope)
        return of is not None and of.target is None and is_standard(of.name)
    found = r.meaning(call.func, scope)
    return isinstance(found, External) and found.name in _PURE


_PURE = frozenset(
    [
        f"builtins.{one}"
        for one in (
            "len str int float bool repr isinstance issubclass hasattr sorted list tuple set dict frozenset "
            "min max sum any all enumerate zip range reversed print type id abs round hash callable chr ord "
            "format bytes"
        ).split()
    ]
    + (
        "json.dumps json.loads time.time time.monotonic os.path.join os.path.exists copy.copy copy.deepcopy "
        "datetime.datetime.now"
    ).split()
)
