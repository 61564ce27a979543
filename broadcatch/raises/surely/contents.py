"""What does a container surely hold where it is asked? Keys that were tested, or put in, just before."""

from __future__ import annotations

import ast
from dataclasses import replace

from broadcatch.program.names import dotted
from broadcatch.program.placing import last_bindings, parents
from broadcatch.program.project import External
from broadcatch.raises.context import Context
from broadcatch.raises.surely.before import Before, before, placed, since
from broadcatch.raises.surely.untouched import is_untouched
from broadcatch.source.walking import walk

_COPIES = frozenset(f"builtins.{one}" for one in "list tuple sorted set frozenset reversed".split())
_STABLE = (
    ast.Name, ast.Attribute, ast.Constant, ast.Subscript, ast.Tuple, ast.BinOp, ast.UnaryOp, ast.JoinedStr,
    ast.FormattedValue, ast.operator, ast.unaryop, ast.expr_context,
)  # fmt: skip
"""A key made of these is the same each time, as long as its names are."""
_SAME = frozenset("lower upper strip lstrip rstrip title casefold".split())
"""Methods of texts that give the same each time."""
_FALSY: tuple[object, ...] = (None, False, "", 0)


def receiver(expr: ast.expr, method: str) -> ast.expr | None:
    """What a method of this name is called on; None if the expression is no such call."""
    is_call = isinstance(expr, ast.Call) and isinstance(expr.func, ast.Attribute)
    return expr.func.value if is_call and expr.func.attr == method else None  # type: ignore[attr-defined]


def last_value(context: Context, name: ast.Name) -> ast.expr | None:
    """What the variable was surely given last, before the name stands there."""
    bound = last_bindings(context.resolver, name, context.scope) or ()
    given = bound[0] if len(bound) == 1 and bound[0].how == "value" and not bound[0].path else None
    return given.expr if given is not None else None


def has_key(context: Context, container: ast.expr, key: ast.expr, place: ast.expr) -> bool:
    """Whether a mapping surely holds the key where `place`, which asks for it, is evaluated."""
    return _holds(context, container, key, place, True)


def has_element(context: Context, container: ast.expr, element: ast.expr, place: ast.expr) -> bool:
    """Whether a list or set surely holds the element where `place` is evaluated."""
    return _holds(context, container, element, place, False)


def _holds(context: Context, container: ast.expr, key: ast.expr, place: ast.expr, by_key: bool) -> bool:
    at = placed(context.resolver, place, context.scope)
    if at is None or not _is_stable(key) or not _is_stable(container):
        return False
    wanted = _Wanted(context, ast.unparse(container), ast.unparse(key), at, by_key)
    for one in before(context.resolver, at, context.scope):
        known = wanted.since(one)
        if known is not None and is_untouched(context.resolver, context.scope, (container, key), known, at):
            return True
    return False


def has_attribute(context: Context, value: ast.expr, name: str, place: ast.expr) -> bool:
    """Whether `hasattr` surely said that the value has the attribute, before `place` is evaluated."""
    at = placed(context.resolver, place, context.scope) if _asks(context) else None
    if at is None or not _is_stable(value):
        return False
    wanted = f"hasattr({ast.unparse(value)}, {name})"
    for one in before(context.resolver, at, context.scope):
        if one.holds and isinstance(one.node, ast.Call) and ast.unparse(one.node) == wanted:
            if is_untouched(context.resolver, context.scope, (value,), one, at):
                return True
    return False


def _asks(context: Context) -> bool:
    """Whether the code of the function asks any object for an attribute."""
    scope, notes = context.scope, context.resolver.notes
    key = ("asks for attributes", scope.function or scope.owner or scope.module)
    if key not in notes:
        called = (one.func for one in parents(context.resolver, scope) if isinstance(one, ast.Call))
        notes[key] = any(isinstance(one, ast.Name) and one.id == "hasattr" for one in called)
    return bool(notes[key])


def _is_stable(expr: ast.expr) -> bool:
    """Whether it means the same each time, by its form."""
    return all(
        isinstance(one, _STABLE) or (isinstance(one, ast.Call) and _is_same(one)) for one in walk(expr)
    )


def _is_same(call: ast.Call) -> bool:
    bare = not (call.args or call.keywords)
    return bare and isinstance(call.func, ast.Attribute) and call.func.attr in _SAME


class _Wanted:
    """A key or element of a container, both as text, and what says that it is there."""

    def __init__(self, context: Context, container: str, key: str, at: ast.AST, by_key: bool) -> None:
        self._by_key = by_key
        self._context = context
        self._at = at
        self._container = container
        self._key = key

    def since(self, one: Before) -> Before | None:
        """From when on the key is surely there, if `one` says so."""
        if isinstance(one.node, (ast.For, ast.comprehension)):
            return self._element(one, one.node)
        if isinstance(one.node, ast.expr):
            found = one.holds is not None and self._test(one.node, one.holds)
            return one if found else self._by_value(one)
        return one if self._by_key and isinstance(one.node, ast.stmt) and self._ran(one.node) else None

    def _test(self, node: ast.expr, holds: bool) -> bool:
        """Whether a test with this outcome says that the key is there."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._test(node.operand, not holds)
        if isinstance(node, ast.BoolOp):
            every = [self._test(one, holds) for one in node.values]
            return any(every) if isinstance(node.op, ast.And) is holds else all(every)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return self._compared(node.left, node.ops[0], node.comparators[0], holds)
        if isinstance(node, ast.Call) and dotted(node.func) == "isinstance" and node.args:
            return holds and self._got(node.args[0])
        return holds and self._got(node)

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr, holds: bool) -> bool:
        if isinstance(op, (ast.In, ast.NotIn)):
            asks = ast.unparse(left) == self._key and self._is_keys(right)
            return asks and isinstance(op, ast.In) is holds
        none = isinstance(right, ast.Constant) and right.value is None
        if isinstance(op, (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)) and isinstance(right, ast.Constant):
            same = isinstance(op, (ast.Is, ast.Eq)) is holds
            return self._got(left, ()) and (not same if none else same)
        return False

    def _is_keys(self, expr: ast.expr) -> bool:
        """The container itself, or `.keys()` of it."""
        return _plain_text(receiver(expr, "keys") or expr) == self._container

    def _got(self, node: ast.expr, falsy: tuple[object, ...] = _FALSY) -> bool:
        """Whether a value that is true (of `falsy` nothing: that is not None) was got by the key."""
        if isinstance(node, ast.NamedExpr):
            node = node.value
        asked = receiver(node, "get")
        given = node.args if isinstance(node, ast.Call) and not node.keywords else []
        if (
            asked is None
            or not given
            or not self._by_key
            or (len(given) > 1 and not _is_falsy(given[1], falsy))
        ):
            return False
        if ast.unparse(given[0]) == self._key and _plain_text(asked) == self._container:
            return True
        return self._got(asked)  # what `.get(k, {})` gave held something, so it was no empty one

    def _by_value(self, one: Before) -> Before | None:
        """A test of a variable, by what it was given last: `x = d.get(k)`, then `if x`."""
        node, falsy, holds = one.node, _FALSY, one.holds
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Is, ast.IsNot)):
            if len(node.ops) > 1 or ast.unparse(node.comparators[0]) != "None":
                return None
            holds = isinstance(node.ops[0], ast.IsNot) is one.holds
            node, falsy = node.left, ()
        value = last_value(self._context, node) if holds and isinstance(node, ast.Name) else None
        if value is None or not self._got(value, falsy):
            return None
        return since(self._context.resolver, value, self._at, self._context.scope)

    def _element(self, one: Before, loop: ast.For | ast.comprehension) -> Before | None:
        """A loop over the keys: themselves, a copy of them, or with their values."""
        source, target = loop.iter, loop.target
        again = replace(one, loops=(*one.loops, loop))
        if isinstance(source, ast.Call) and len(source.args) == 1 and not source.keywords:
            found = self._context.resolver.meaning(source.func, self._context.scope)
            if isinstance(found, External) and found.name in _COPIES:
                source, one = source.args[0], again
        copied = _copied(source)
        source, one = (copied, again) if copied is not None else (source, one)
        pairs = receiver(source, "items")
        if pairs is not None:
            if not (isinstance(target, ast.Tuple) and len(target.elts) == 2):
                return None
            source, target = pairs, target.elts[0]
        return one if self._is_keys(source) and ast.unparse(target) == self._key else None

    def _ran(self, node: ast.stmt) -> bool:
        """Whether a statement that ran put the key in."""
        if isinstance(node, ast.Assign):
            return any(self._is_lookup(one) for one in node.targets)
        if isinstance(node, ast.AnnAssign):
            return node.value is not None and self._is_lookup(node.target)
        if isinstance(node, ast.Expr):
            return self._defaults(node.value)
        if isinstance(node, ast.If):
            branches = [self._test(node.test, True) or self._ends_with(node.body)]
            branches.append(self._test(node.test, False) or self._ends_with(node.orelse))
            return all(branches)
        return False

    def _ends_with(self, body: list[ast.stmt]) -> bool:
        """Whether the last thing that a branch does is to put the key in, or to leave."""
        return bool(body) and (isinstance(body[-1], (ast.Return, ast.Raise)) or self._ran(body[-1]))

    def _is_lookup(self, expr: ast.expr) -> bool:
        is_item = isinstance(expr, ast.Subscript) and ast.unparse(expr.slice) == self._key
        return is_item and _plain_text(expr.value) == self._container  # type: ignore[attr-defined]

    def _defaults(self, expr: ast.expr) -> bool:
        """`d.setdefault(k, …)`, and what is done with what that gives."""
        while isinstance(expr, ast.Call) and isinstance(expr.func, ast.Attribute):
            is_it = expr.func.attr == "setdefault" and bool(expr.args)
            if is_it and ast.unparse(expr.args[0]) == self._key:
                return _plain_text(expr.func.value) == self._container
            expr = expr.func.value
        return False


def _copied(expr: ast.expr) -> ast.expr | None:
    """The list of which this is a copy: `xs[:]`, `xs.copy()`."""
    if isinstance(expr, ast.Subscript) and isinstance(expr.slice, ast.Slice):
        whole = not (expr.slice.lower or expr.slice.upper or expr.slice.step)
        return expr.value if whole else None
    return receiver(expr, "copy") if isinstance(expr, ast.Call) and not expr.args else None


def _is_falsy(expr: ast.expr, falsy: tuple[object, ...]) -> bool:
    """Whether a default counts as nothing where a value is asked for its truth."""
    if isinstance(expr, ast.Constant):
        return expr.value is None or any(expr.value == one for one in falsy)
    empty = isinstance(expr, (ast.List, ast.Tuple)) and not expr.elts
    return bool(falsy) and (empty or (isinstance(expr, ast.Dict) and not expr.keys))


def _plain_text(expr: ast.expr) -> str:
    """The container as text, where `d.get(k, {})` says the same as `d[k]`."""
    asked = receiver(expr, "get")
    if asked is not None and isinstance(expr, ast.Call) and expr.args:
        return f"{_plain_text(asked)}[{ast.unparse(expr.args[0])}]"
    return ast.unparse(expr)
