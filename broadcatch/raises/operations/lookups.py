"""What can a subscript raise? By what it is asked of, and by what is known to lie there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import resolve_meaning, shown
from broadcatch.program.module import Class, Function
from broadcatch.program.names import dotted
from broadcatch.program.project import External
from broadcatch.program.resolver import Resolver
from broadcatch.program.types import DICTS, SEQUENCES, Type
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.operations.members import member_items
from broadcatch.raises.regions import ClauseRegion, Guarded, Item
from broadcatch.raises.surely.contents import has_key
from broadcatch.raises.surely.groups import has_group
from broadcatch.raises.surely.lengths import is_in_range
from broadcatch.raises.surely.returned import gives_key
from broadcatch.raises.targets import target_items

ASKED = frozenset({*DICTS, "os.environ"})
"""Mappings of Python's own: asking whether they hold a key runs nothing but the key's own methods."""
_MAPPINGS = frozenset({*ASKED, "configparser.ConfigParser", "configparser.SectionProxy"})
_BY_INDEX = frozenset({*SEQUENCES, "builtins.str", "builtins.bytes", "re.Match"})
_COUNTED = ("collections.defaultdict", "collections.Counter")
"""A lookup puts in, or gives, what is missing."""
_IF_MAPPING, _IF_SEQUENCE = ", if it is a mapping", ", if it is a sequence"
"""What is said of a value of unknown type."""


def subscript_items(context: Context, expr: ast.Subscript) -> Iterator[Item]:
    """Asking a value for an item, or deleting one."""
    resolver = context.resolver
    meant = resolver.meaning(expr.value, context.scope)
    of = resolver.type_of(expr.value, context.scope)
    is_class = of is not None and of.name == "class"
    if is_class or (of is None and isinstance(meant, (Class, External, Function))):
        yield from member_items(context, expr, meant, of)
        return
    if of is not None and isinstance(of.target, Class):
        yield from _by_method(context, expr, of)
        return
    if isinstance(expr.slice, ast.Slice):
        if of is None or not is_standard(of.name):
            yield context.open(expr, shown(expr), "slice of a value of unknown type")
        elif expr.slice.step is not None and not _is_number(expr.slice.step):
            detail = f"`{shown(expr)}`: the step may be zero"
            yield context.operation("ValueError", expr, detail, usual=False)
        return
    yield from _lookup(context, expr, of)


def _by_method(context: Context, expr: ast.Subscript, of: Type) -> Iterator[Item]:
    """By the class's own method; a container that says that it holds a key is taken at its word."""
    if _is_required(context.resolver, of, expr.slice):
        return
    method = "__delitem__" if isinstance(expr.ctx, ast.Del) else "__getitem__"
    getter = resolve_meaning(context.resolver, context.resolver.member(of, method), shown(expr))
    found = tuple(target_items(context, getter, expr, True))
    if found and has_key(context, expr.value, expr.slice, expr):
        yield Guarded(found, (ClauseRegion(("KeyError",)),))
    else:
        yield from found


def _lookup(context: Context, expr: ast.Subscript, of: Type | None) -> Iterator[Item]:
    name = of.name if of else ""
    key, text = expr.slice, shown(expr)
    if name in _COUNTED and isinstance(expr.ctx, ast.Load):
        return
    if name in _MAPPINGS:
        yield from _by_key(context, expr)
        if name == "configparser.SectionProxy":
            detail = f"`{text}`: the value may refer to what is missing"
            yield context.operation("configparser.InterpolationError", expr, detail, usual=False)
        return
    if name in _BY_INDEX:
        known = _is_fixed(of, key) or (name == "re.Match" and has_group(context, expr.value, (key,)))
        if not known and not is_in_range(context, expr.value, key, expr):
            yield context.operation("IndexError", expr, f"`{text}`: the index may be out of range")
        return
    is_index = isinstance(key, ast.UnaryOp) or (isinstance(key, ast.Constant) and isinstance(key.value, int))
    by_name = isinstance(key, (ast.Constant, ast.JoinedStr)) and not is_index
    sure = name == "json.value"
    if not is_index:
        yield from _by_key(context, expr, sure)
    if not by_name and not is_in_range(context, expr.value, key, expr):
        detail = f"`{text}`: the index may be out of range{'' if sure else _IF_SEQUENCE}"
        yield context.operation("IndexError", expr, detail, usual=is_index)
    yield context.operation("TypeError", expr, f"`{text}`: it may not be subscriptable", usual=False)
    if name != "json.value":
        yield context.open(expr, text, "subscript of a value of unknown type")


def _by_key(context: Context, expr: ast.Subscript, sure: bool = True) -> Iterator[Item]:
    if has_key(context, expr.value, expr.slice, expr) or gives_key(context, expr.value, expr.slice, expr):
        return
    tested = ast.unparse(expr) in context.present
    detail = f"`{shown(expr)}`: the key may be missing{'' if sure else _IF_MAPPING}"
    yield context.operation("KeyError", expr, detail, usual=not tested)


def _is_number(step: ast.expr) -> bool:
    return isinstance(step.operand if isinstance(step, ast.UnaryOp) else step, ast.Constant)


def _is_fixed(of: Type | None, key: ast.expr) -> bool:
    """Whether a tuple of known length has an element there."""
    if of is None or of.name != "builtins.tuple" or len(of.args) < 2:
        return False
    plain = key.operand if isinstance(key, ast.UnaryOp) and isinstance(key.op, ast.USub) else key
    if not (isinstance(plain, ast.Constant) and isinstance(plain.value, int)):
        return False
    return plain.value <= len(of.args) if plain is not key else plain.value < len(of.args)


def _is_required(resolver: Resolver, of: Type, key: ast.expr) -> bool:
    """Whether a `TypedDict` says that it always has the key."""
    if not (isinstance(key, ast.Constant) and isinstance(key.value, str) and isinstance(of.target, Class)):
        return False
    classes = resolver.mro(of.target)
    if not any(isinstance(one, External) and one.name.endswith(".TypedDict") for one in classes):
        return False
    return any(_says(one, key.value) for one in classes if isinstance(one, Class))


def _says(cls: Class, name: str) -> bool:
    """Whether the class itself requires the key."""
    total = next((one.value for one in cls.node.keywords if one.arg == "total"), None)
    for one in cls.node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.target.id == name:
            said = one.annotation
            kind = dotted(said.value if isinstance(said, ast.Subscript) else said).rpartition(".")[2]
            optional = isinstance(total, ast.Constant) and total.value is False
            return kind == "Required" or (kind != "NotRequired" and not optional)
    return False
