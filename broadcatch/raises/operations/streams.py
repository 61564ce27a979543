"""Does a standard stream have what is asked of it? What others put in its place need not be a text file.

Typeshed declares `sys.stdout` as `TextIO | MaybeNone`; what is asked here belongs to `io.TextIOWrapper`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.calls import shown
from broadcatch.program.names import dotted
from broadcatch.program.project import External
from broadcatch.raises.context import Context
from broadcatch.raises.regions import Item
from broadcatch.raises.surely.contents import has_attribute

_STREAMS = frozenset({"stdin", "stdout", "stderr"})
_OF_FILES = frozenset({"reconfigure", "buffer"})


def stream_items(context: Context, expr: ast.expr) -> Iterator[Item]:
    """The AttributeError of a stream that was replaced, as by `io.StringIO`; nothing where it was asked."""
    if not isinstance(expr, ast.Attribute) or expr.attr not in _OF_FILES:
        return
    if not _is_stream(context, expr.value) or has_attribute(context, expr.value, repr(expr.attr), expr):
        return
    detail = f"{shown(expr)}: another kind of stream may stand in its place"
    yield context.operation("AttributeError", expr, detail, usual=True)


def _is_stream(context: Context, expr: ast.expr) -> bool:
    if not isinstance(expr, ast.Attribute) or expr.attr not in _STREAMS or not dotted(expr):
        return False
    found = context.resolver.meaning(expr, context.scope)
    of = context.resolver.meaning(expr.value, context.scope)
    return any(isinstance(one, External) and one.name.partition(".")[0] == "sys" for one in (found, of))
