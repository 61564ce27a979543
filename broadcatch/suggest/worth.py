"""What is a value, as far as the expression that makes it shows? Its kind, its truth, what it holds."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Final

MISSING: Final = object()
MORE: Final = "more__unknown"
"""The name that stands for what a container may have got since it was written out."""
_DISPLAYS: Final[Mapping[type[ast.expr], str]] = {
    ast.List: "list", ast.ListComp: "list", ast.Tuple: "tuple", ast.Set: "set", ast.SetComp: "set",
    ast.Dict: "dict", ast.DictComp: "dict", ast.JoinedStr: "str", ast.Lambda: "function",
    ast.Compare: "bool", ast.GeneratorExp: "generator",
}  # fmt: skip
_MAKERS: Final = frozenset("str bytes int float bool list tuple set dict frozenset bytearray".split())
_GIVES: Final = {"len": "int", "sorted": "list", "repr": "str", "isinstance": "bool", "callable": "bool"}
_OF_TEXT: Final = {"format": "str", "join": "str", "lower": "str", "upper": "str", "strip": "str"}
_OF_TEXT_TOO: Final = {"replace": "str", "encode": "bytes", "split": "list", "splitlines": "list"}
_APART: Final = re.compile(r"__\w+__\d+$")
OBJECT: Final = "object"
"""The kind of what a class's call makes, by the spelling of its name."""
_SEVERAL = (ast.List, ast.Tuple, ast.Set)


def literal(expr: ast.expr) -> object:
    """The value of what is written out; a mark of its own for anything else."""
    try:
        return ast.literal_eval(expr)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return MISSING


def plain_name(name: str) -> str:
    """The name as it is written, without what tells names of several functions apart."""
    return _APART.sub("", name)


def kind_of(expr: ast.expr) -> str:
    """The builtin type of the value, "object" for that of another class, "" where it is not known."""
    found = literal(expr)
    if found is not MISSING:
        return type(found).__name__
    if isinstance(expr, ast.UnaryOp) and isinstance(expr.op, ast.Not):
        return "bool"
    if isinstance(expr, ast.BinOp):
        left = kind_of(expr.left)
        return left if left in ("str", "bytes") or left == kind_of(expr.right) != OBJECT else ""
    if isinstance(expr, ast.Call):
        return _made(expr)
    return next((kind for form, kind in _DISPLAYS.items() if isinstance(expr, form)), "")


def _made(call: ast.Call) -> str:
    """By the callee: a builtin, a method of a text, a class (whose name is written in capitals and small)."""
    if isinstance(call.func, ast.Name) and call.func.id in (*_MAKERS, *_GIVES):
        return _GIVES.get(call.func.id, call.func.id)
    if isinstance(call.func, ast.Attribute) and kind_of(call.func.value) == "str":
        return {**_OF_TEXT, **_OF_TEXT_TOO}.get(call.func.attr, "")
    return OBJECT if class_name(call.func) else ""


def class_name(func: ast.expr) -> str:
    """The name of a callee that is spelled as classes are; else ""."""
    name = plain_name(func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", ""))
    return name if is_of_class(name) else ""


def is_of_class(name: str) -> bool:
    """Whether a name is spelled as classes are: in capitals and small."""
    bare = name.lstrip("_")
    return bare[:1].isupper() and not bare.isupper()


def length_of(expr: ast.expr) -> int | None:
    """How many elements it has, where all are written out."""
    found = literal(expr)
    if isinstance(found, (str, bytes, list, tuple, dict, set)):
        return len(found)
    if isinstance(expr, _SEVERAL):
        return None if any(isinstance(one, ast.Starred) for one in expr.elts) else len(expr.elts)
    if isinstance(expr, ast.Dict):
        return None if None in expr.keys else len(expr.keys)
    return None


def least_of(expr: ast.expr) -> int:
    """How many elements it has at least."""
    if isinstance(expr, (ast.List, ast.Tuple)):
        return sum(not isinstance(one, ast.Starred) for one in expr.elts)
    if isinstance(expr, ast.Dict):
        return sum(one is not None for one in expr.keys)
    return length_of(expr) or 0


def truth_of(expr: ast.expr) -> bool | None:
    """How the value comes out as a condition."""
    found = literal(expr)
    if found is not MISSING:
        return bool(found)
    if least_of(expr):
        return True
    if isinstance(expr, ast.JoinedStr):
        return True if any(isinstance(one, ast.Constant) and one.value for one in expr.values) else None
    if kind_of(expr) in (OBJECT, "function", "generator"):
        return True
    length = length_of(expr)
    return None if length is None else bool(length)


def has(container: ast.expr, key: ast.expr) -> bool | None:
    """Whether a container that is written out holds a constant."""
    wanted = literal(key)
    if wanted is MISSING:
        return None
    if isinstance(container, ast.Dict):
        keys: list[ast.expr | None] = [*container.keys]
    elif isinstance(container, _SEVERAL):
        keys = [None if isinstance(one, ast.Starred) else one for one in container.elts]
    else:
        return None
    values = [MISSING if one is None else literal(one) for one in keys]
    if any(one is not MISSING and one == wanted for one in values):
        return True
    return None if MISSING in values else False


def held(expr: ast.expr) -> ast.expr:
    """What a lookup in a container that is written out gives; the expression itself where nobody knows."""
    got = _get(expr)
    if got is not None:
        container, key, default = got
        value = _item(held(container), key)
        if value is not None:
            return held(value)
        if default is not None and has(held(container), key) is False:
            return held(default)
    if isinstance(expr, ast.BoolOp) and (truth := truth_of(held(expr.values[0]))) is not None:
        if truth is isinstance(expr.op, ast.Or):
            return held(expr.values[0])
        return held(expr.values[1]) if len(expr.values) == 2 else expr
    return expr


def _get(expr: ast.expr) -> tuple[ast.expr, ast.expr, ast.expr | None] | None:
    """Container, key and default of a lookup."""
    if isinstance(expr, ast.Subscript):
        return expr.value, expr.slice, None
    if isinstance(expr, ast.Call) and isinstance(expr.func, ast.Attribute) and expr.args:
        if expr.func.attr in ("get", "pop") and not expr.keywords and len(expr.args) <= 2:
            default = expr.args[1] if len(expr.args) == 2 else ast.Constant(None)
            return expr.func.value, expr.args[0], default
    return None


def _item(container: ast.expr, key: ast.expr) -> ast.expr | None:
    wanted = literal(key)
    if isinstance(container, ast.Dict):
        for name, value in zip(container.keys, container.values, strict=True):
            if name is not None and wanted is not MISSING and literal(name) == wanted:
                return value
    if isinstance(container, (ast.List, ast.Tuple)) and isinstance(wanted, int):
        if 0 <= wanted < least_of(container) and not any(
            isinstance(one, ast.Starred) for one in container.elts[: wanted + 1]
        ):
            return container.elts[wanted]
    return None


def is_constant(expr: ast.expr) -> bool:
    """Whether all in it is written out: what the author gave once comes out the same each time."""
    parts = [one for one in ast.walk(expr) if isinstance(one, ast.expr)]
    return all(not isinstance(one, (ast.Name, ast.Call, ast.Attribute, ast.Await)) for one in parts)
