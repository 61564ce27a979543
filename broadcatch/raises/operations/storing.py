"""What can storing into a target raise: unpacking, an item of a container, an attribute?"""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator

from broadcatch.program.calls import resolve_call, resolve_meaning, shown
from broadcatch.program.project import External
from broadcatch.program.types import ANY, DICTS, INT, SEQUENCES, Type, alternatives
from broadcatch.raises.callsite import run_by_now, unpacked
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.operations.attributes import changed_items
from broadcatch.raises.operations.lookups import ASKED
from broadcatch.raises.operations.special import method_items, own_class
from broadcatch.raises.regions import Item
from broadcatch.raises.surely.contents import receiver
from broadcatch.raises.surely.groups import number_of_groups
from broadcatch.raises.surely.lengths import is_exactly
from broadcatch.raises.targets import target_items

_BYTES = ("builtins.bytearray", "array.array", "builtins.memoryview")
_TUPLE = "builtins.tuple"
_UNFIT = {"array.array": "OverflowError"}
_MOST = 10_000
"""Bytes that a format may ask for, to be tried out."""


def stored(
    context: Context, target: ast.expr, value: ast.expr | None, of: Type | None = None
) -> Iterator[Item]:
    """What storing `value` into a target can raise; without an expression, something of the type `of`."""
    if isinstance(target, (ast.Tuple, ast.List)):
        yield from _parts(context, target, value, of)
    elif isinstance(target, ast.Subscript):
        yield from context.read(target.value)
        yield from context.read(target.slice)
        yield from _item(context, target)
    elif isinstance(target, ast.Attribute):
        yield from context.read(target.value)
        yield from changed_items(context, target, "setter")
    elif isinstance(target, ast.Starred):
        yield from stored(context, target.value, None)


def looped(context: Context, target: ast.expr, iterated: ast.expr) -> Iterator[Item]:
    """What giving the target of a loop each element can raise."""
    if not isinstance(target, ast.Name):
        yield from stored(context, target, None, _each(context, iterated))


def _each(context: Context, iterated: ast.expr) -> Type | None:
    """What each element is, of builtins that make tuples; what annotations say of others may be wrong."""
    if isinstance(iterated, ast.Call) and not any(isinstance(one, ast.Starred) for one in iterated.args):
        called = resolve_call(context.resolver, iterated, context.scope).externals
        if called == ("builtins.zip",) and len(iterated.args) > 1:
            return Type(_TUPLE, tuple(_each(context, one) or ANY for one in iterated.args))
        if called == ("builtins.enumerate",) and iterated.args:
            return Type(_TUPLE, (INT, _each(context, iterated.args[0]) or ANY))
        owner, _, method = called[0].rpartition(".") if len(called) == 1 else ("", "", "")
        if method == "items" and owner in DICTS:
            return Type(_TUPLE, (ANY, ANY))
    return None


def _parts(
    context: Context, target: ast.Tuple | ast.List, value: ast.expr | None, of: Type | None
) -> Iterator[Item]:
    of = context.resolver.type_of(value, context.scope) if value is not None else of
    fits = _has(of, target) or (value is not None and _fits(context, value, target))
    if value is not None and not fits:
        yield from run_by_now(context, value, context.shared.read)
        yield from unpacked(context, value, context.shared.read)
    if not fits:
        split = of is not None and of.name == "builtins.list"
        detail = "unpacking: the number of values may differ"
        yield context.operation("ValueError", target, detail, usual=split and value is not None)
    made = of.args if of is not None and value is None and fits else ()
    inner = made if len(made) == len(target.elts) else ()
    for index, part in enumerate(target.elts):
        yield from stored(context, part, None, inner[index] if inner else None)


def _has(of: Type | None, target: ast.Tuple | ast.List) -> bool:
    """Whether a value of the type is a tuple with as many elements as there are targets."""
    starred = sum(isinstance(one, ast.Starred) for one in target.elts)
    least = len(target.elts) - starred
    return of is not None and all(
        one.name == _TUPLE
        and len(one.args) > 1
        and (len(one.args) >= least if starred else len(one.args) == least)
        for one in alternatives(of)
    )


def _fits(context: Context, value: ast.expr, target: ast.Tuple | ast.List) -> bool:
    """Whether the value was tested, or made, to have as many elements as there are targets."""
    if any(isinstance(one, ast.Starred) for one in target.elts):
        return False
    wanted = len(target.elts)
    if isinstance(value, ast.Tuple):
        return len(value.elts) == wanted and not any(isinstance(one, ast.Starred) for one in value.elts)
    if isinstance(value, ast.Call) and _number_given(context, value) == wanted:
        return True
    of = context.resolver.type_of(value, context.scope)
    known = of is not None and of.name in SEQUENCES
    return known and is_exactly(context, value, wanted, value)


def _number_given(context: Context, call: ast.Call) -> int | None:
    """How many values `match.groups()`, or `struct.unpack` with a constant format, gives."""
    match = receiver(call, "groups")
    if match is not None:
        return number_of_groups(context, match)
    found = context.resolver.meaning(call.func, context.scope)
    if not (isinstance(found, External) and found.name in ("struct.unpack", "struct.unpack_from")):
        return None
    form = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    try:
        size = struct.calcsize(form) if isinstance(form, (str, bytes)) else _MOST
        return len(struct.unpack(form, bytes(size))) if size < _MOST else None  # type: ignore[arg-type]
    except struct.error:
        return None


def _item(context: Context, target: ast.Subscript) -> Iterator[Item]:
    of = context.resolver.type_of(target.value, context.scope)
    text = shown(target)
    if of is not None and of.name in (*SEQUENCES, *_BYTES):
        part = target.slice if isinstance(target.slice, ast.Slice) else None
        if part is None:
            yield context.operation("IndexError", target, f"`{text}`: the index may be out of range")
        if of.name in _BYTES if part is None else (part.step or of.name == _BYTES[-1]):
            detail = f"`{text}`: the value may not fit"
            yield context.operation(_UNFIT.get(of.name, "ValueError"), target, detail, usual=False)
    elif of is not None and of.target is None and is_standard(of.name):
        if of.name not in ASKED:
            setter = resolve_meaning(context.resolver, context.resolver.member(of, "__setitem__"), text)
            yield from target_items(context, setter, target, True)
    elif of is None or not is_standard(of.name):
        own = method_items(context, own_class(context, target.value), ("__setitem__",), target)
        unknown = context.open(target, text, "an item of a value of unknown type is set")
        yield from (unknown,) if own is None else own
