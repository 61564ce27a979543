"""What does a name stand for that is bound once? The value it was given, as far as that says something.

A container may have got more since, and a class's object may have changed: of these only what stays is told.
"""

from __future__ import annotations

import ast

from broadcatch.program.module import Function, Module
from broadcatch.suggest.bindings import bindings_of
from broadcatch.suggest.worth import MISSING, MORE, kind_of, literal

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def of_local(code: Function | Module, name: str, line: int) -> ast.expr | None:
    """What a local variable was given in its only assignment, before the row."""
    given = bindings_of(code).value_of(name, line)
    return told(given) if given is not None else None


def of_module(module: Module, name: str) -> ast.expr | None:
    """The constant that a module binds the name to, once; what is filled elsewhere is none."""
    bound = module.names.get(name, ())
    if len(bound) != 1 or name in module.rebound or bound[0].path:
        return None
    value = bound[0].expr if bound[0].how == "value" else bound[0].value
    written = isinstance(value, (ast.Dict, ast.List, ast.Set)) or (value is not None and not _is_unset(value))
    return told(value) if written and value is not None else None


def told(value: ast.expr) -> ast.expr | None:
    """What stays true of a value that a name holds: a container may hold more by now."""
    more: ast.expr = ast.Name(MORE, ast.Load())
    if isinstance(value, ast.Dict):
        return ast.Dict([*value.keys, None], [*value.values, more])
    if isinstance(value, (ast.List, ast.Set)):
        return type(value)([*value.elts, ast.Starred(more, ast.Load())], *_load(value))
    if isinstance(value, _COMPREHENSIONS):
        return value
    known = kind_of(value)
    if known in ("list", "set", "dict") and isinstance(value, ast.Call) and value.args:
        return None
    return value if known else None


def _load(value: ast.expr) -> list[ast.expr_context]:
    return [ast.Load()] if isinstance(value, ast.List) else []


def _is_unset(value: ast.expr) -> bool:
    """Whether it is no constant, or None: such a name waits for what is put there from outside."""
    found = literal(value)
    return found is MISSING or found is None
