"""Of which class is an argument, surely, and never None? By the form of the expression."""

from __future__ import annotations

import ast

from broadcatch.program.generics import lineage
from broadcatch.program.module import Class
from broadcatch.program.project import External
from broadcatch.program.types import Type
from broadcatch.raises.context import Context
from broadcatch.raises.regions import Known
from broadcatch.raises.surely.contents import last_value

_DISPLAYS: dict[type[ast.expr], str] = {
    ast.JoinedStr: "str",
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.List: "list",
    ast.ListComp: "list",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.Tuple: "tuple",
}
_MAKERS = frozenset(f"builtins.{one}" for one in "str bytes int float bool list dict set tuple".split())
_HOOKS = ("__call__", "__await__", "__aiter__")
"""An object with one of these may stand for code that runs later."""
_DEEPEST = 4


def kind_of(context: Context, expr: ast.expr, depth: int = 0) -> Known | None:
    """What is surely known of the value without knowing it; None: nothing."""
    name = _DISPLAYS.get(type(expr))
    if name is not None:
        return Known(kinds=(f"builtins.{name}",))
    if isinstance(expr, ast.Call):
        return _made(context, expr)
    if isinstance(expr, ast.Name) and depth < _DEEPEST:
        value = last_value(context, expr)
        return kind_of(context, value, depth + 1) if value is not None else None
    return None


def _made(context: Context, call: ast.Call) -> Known | None:
    found = context.resolver.meaning(call.func, context.scope)
    if isinstance(found, External):
        more = ("builtins.int",) if found.name == "builtins.bool" else ()
        return Known(kinds=(found.name, *more)) if found.name in _MAKERS else None
    if not isinstance(found, Class):
        return None
    of = context.resolver.type_of(call, context.scope)
    known = of is not None and of.exact and of.target is found and is_whole(context, found)
    return _of_class(context, of) if known and of is not None else None


def _of_class(context: Context, of: Type) -> Known | None:
    if any(context.resolver.member(of, one) is not None for one in _HOOKS):
        return None
    return Known(kinds=tuple(cls.name for cls, _ in lineage(context.resolver, of)))


def is_whole(context: Context, cls: Class) -> bool:
    """Whether all bases are known, and none makes its own rules of what is an instance."""
    for one in context.resolver.mro(cls):
        if one is None or (isinstance(one, Class) and any(k.arg == "metaclass" for k in one.node.keywords)):
            return False
        if isinstance(one, External) and one.name.startswith(("typing.", "abc.", "typing_extensions.")):
            return one.name.endswith((".Generic", ".NamedTuple"))
    return True
