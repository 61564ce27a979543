"""Does a function surely give a mapping that holds a key? By the displays that it returns."""

from __future__ import annotations

import ast

from broadcatch.program.calls import is_deferred, resolve_call
from broadcatch.program.module import Function
from broadcatch.program.names import own_statements
from broadcatch.raises.context import Context
from broadcatch.raises.surely.before import placed, since
from broadcatch.raises.surely.contents import last_value
from broadcatch.raises.surely.untouched import is_untouched


def gives_key(context: Context, container: ast.expr, key: ast.expr, place: ast.expr) -> bool:
    """Whether the container was just made by a function that writes the key into each mapping it returns."""
    if not isinstance(key, ast.Constant):
        return False
    if isinstance(container, ast.Call):
        return _returns(context, container, key)
    made = last_value(context, container) if isinstance(container, ast.Name) else None
    at = placed(context.resolver, place, context.scope)
    if at is None or not isinstance(made, ast.Call) or not _returns(context, made, key):
        return False
    known = since(context.resolver, made, at, context.scope)
    return is_untouched(context.resolver, context.scope, (container,), known, at)


def _returns(context: Context, call: ast.Call, key: ast.Constant) -> bool:
    target = resolve_call(context.resolver, call, context.scope)
    if len(target.functions) != 1 or target.externals or target.why:
        return False
    return _is_plain(target.functions[0]) and _always_holds(target.functions[0], key)


def _is_plain(function: Function) -> bool:
    """Whether a call of it gives what its statements return."""
    return not is_deferred(function) and not function.node.decorator_list


def _always_holds(function: Function, key: ast.Constant) -> bool:
    given = [one.value for one in own_statements(function.node.body) if isinstance(one, ast.Return)]
    return bool(given) and all(isinstance(one, ast.Dict) and _has(one, key) for one in given)


def _has(display: ast.Dict, key: ast.Constant) -> bool:
    return any(isinstance(one, ast.Constant) and one.value == key.value for one in display.keys)
