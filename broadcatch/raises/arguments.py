"""What do the values that are passed to a call bring along? Data that is unpacked, objects that are used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import shown
from broadcatch.program.types import JSON
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.regions import Item
from broadcatch.raises.table import Entry
from broadcatch.raises.when import argument


def unpacked_data(context: Context, call: ast.Call) -> Iterator[Item]:
    """Parsed data that is unpacked into the arguments decides whether they fit: a TypeError from outside."""
    unpacked = [one.value for one in call.args if isinstance(one, ast.Starred)]
    unpacked += [keyword.value for keyword in call.keywords if keyword.arg is None]
    for value in unpacked:
        if context.resolver.type_of(value, context.scope) == JSON:
            detail = f"`{shown(value)}` is unpacked: its names or number may not fit"
            yield context.operation("TypeError", call, detail, by_data=True)


def uses_unseen(context: Context, entry: Entry, call: ast.Call | None) -> bool:
    """Whether it runs methods of an argument that is not surely an object of Python's own."""
    if call is None:
        return bool(entry.uses)
    passed = (argument(call, what) for what in entry.uses)
    return any(one is not None and not _is_of_python(context, one) for one in passed)


def _is_of_python(context: Context, expr: ast.expr) -> bool:
    of = context.resolver.type_of(expr, context.scope)
    return of is not None and of.target is None and is_standard(of.name)
