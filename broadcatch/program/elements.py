"""What do the protocols of a value give? Its elements, items, what `await` and `with` make of it."""

from __future__ import annotations

import ast

from broadcatch.program import libraries
from broadcatch.program.meaning import Arguments, Instance, Meanings
from broadcatch.program.module import Class
from broadcatch.program.types import (
    BYTES,
    DICTS,
    INT,
    JSON,
    SEQUENCES,
    SETS,
    STR,
    Type,
    alternatives,
    argument,
    common,
    returns,
)

_ITERATORS = frozenset(
    f"typing.{one}"
    for one in "Iterator Iterable Generator AsyncIterator AsyncIterable AsyncGenerator Collection".split()
)
_FIXED = {
    "builtins.str": STR,
    "builtins.bytes": INT,
    "json.value": JSON,
    "builtins.range": INT,
    "io.TextIOWrapper": STR,
    "io.BufferedReader": BYTES,
}


def call_member(r: Meanings, of: Type, name: str, given: Arguments | None = None) -> Type | None:
    """What calling a method of a value gives."""
    return r.called(r.member(of, name), given, of)


def element(r: Meanings, of: Type | None) -> Type | None:
    """What iterating over such a value yields, by `for` or `async for`; None if unknown."""
    if of is None:
        return None
    if of.name == "union":
        return common([element(r, one) for one in of.args])
    if of.name in _FIXED:
        return _FIXED[of.name]
    if of.name == "builtins.tuple":
        return common(of.args)
    if of.name in SEQUENCES | SETS | DICTS | _ITERATORS or of.name == "generator":
        return argument(of, 0)
    return _by_protocol(r, of)


def _by_protocol(r: Meanings, of: Type) -> Type | None:
    for special, following in (("__iter__", "__next__"), ("__aiter__", "__anext__")):
        found = r.member(of, special)
        if found is None:
            continue
        iterator = r.called(found, None, of)
        if iterator is None:
            return None
        if iterator.name in _ITERATORS or iterator.name == "generator":
            return argument(iterator, 0)
        given = call_member(r, iterator, following)
        return awaited(r, given) if following == "__anext__" else given
    return None


def item(r: Meanings, of: Type | None, key: ast.expr, given: Arguments) -> Type | None:
    """What `value[key]` gives; None if unknown."""
    if of is None:
        return None
    if of.name == "union":
        kept = [one for one in of.args if not r.lacks(one, "__getitem__")]
        return common([item(r, one, key, given) for one in kept])
    if of.name == "builtins.tuple":
        return _of_tuple(of, key)
    if isinstance(key, ast.Slice) and of.target is None and of.name in SEQUENCES | {STR.name, BYTES.name}:
        return of
    if of.name in DICTS:
        return argument(of, 1)
    if of.name in SEQUENCES or of.name in ("builtins.str", "json.value"):
        return element(r, of)
    if of.name == "class":
        return of if isinstance(of.target, Class) else None
    return call_member(r, of, "__getitem__", given)


def _of_tuple(of: Type, key: ast.expr) -> Type | None:
    if isinstance(key, ast.Slice):
        return of if len(of.args) < 2 else Type(of.name)
    index = key.operand if isinstance(key, ast.UnaryOp) and isinstance(key.op, ast.USub) else key
    if len(of.args) > 1 and isinstance(index, ast.Constant) and isinstance(index.value, int):
        at = index.value if index is key else len(of.args) - index.value
        return argument(of, at) if at >= 0 else None
    return common(of.args)


def taken(r: Meanings, of: Type | None, path: tuple[int, ...]) -> Type | None:
    """What unpacking a value gives at this place."""
    for at in path:
        if of is None:
            return None
        if of.name == "union":
            of = common([taken(r, one, (at,)) for one in alternatives(of)])
        elif of.name == "builtins.tuple" and len(of.args) > 1:
            of = argument(of, at if at >= 0 else len(of.args) + at)
        else:
            of = _field(r, of, at) or element(r, of)
    return of


def _field(r: Meanings, of: Type, at: int) -> Type | None:
    """A field of a named tuple by its place."""
    if isinstance(of.target, Class) and at >= 0:
        annotated = [
            one.target.id
            for one in of.target.node.body
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        ]
        found = r.member(of, annotated[at]) if at < len(annotated) else None
        if any(getattr(base, "name", "") == "typing.NamedTuple" for base in r.mro(of.target)):
            return found.type if isinstance(found, Instance) else None
    return None


def awaited(r: Meanings, of: Type | None) -> Type | None:
    """What `await` gives for such a value."""
    if of is None:
        return None
    if of.name == "union":
        return common([awaited(r, one) for one in of.args])
    if of.name in ("coroutine", "typing.Awaitable"):
        return argument(of, 0)
    if of.name in ("typing.Coroutine", "types.CoroutineType"):
        return argument(of, 2)
    waiting = call_member(r, of, "__await__")
    found = argument(waiting, 2) if waiting is not None and waiting.name == "typing.Generator" else None
    return found or libraries.given(r, f"{of.name}.__await__")


def entered(r: Meanings, manager: Type | None, is_async: bool = False) -> Type | None:
    """What `with manager as x` binds to x."""
    if manager is None:
        return None
    if manager.name == "union":
        return common([entered(r, one, is_async) for one in manager.args])
    if manager.name == "generator":
        return argument(manager, 0)
    special = "__aenter__" if is_async else "__enter__"
    if r.member(manager, special) is None:
        special = "__aenter__"
    if manager.target is None:
        name = f"{manager.name}.{special}"
        given = returns().get(name) or call_member(r, manager, special)
        known = r.stubs.cls(manager.name) is not None
        given = given if known or given is not None else manager
    else:
        given = call_member(r, manager, special)
    return awaited(r, given) if special == "__aenter__" else given
