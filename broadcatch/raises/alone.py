"""Does only an assumption say that nothing can come out of a try body? Then that is open.

What a value of unknown type does as text, in a comparison, as a truth value or when it is asked for an
attribute is taken to do nothing unusual; of some callables without source nothing is expected; a key or
element that was tested, or that a function always gives, is taken to be there. A `try` around that and
nothing else says the opposite: whoever wrote it has met an error there, and an answer that nothing can come
would be bold.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from broadcatch.model.raising import Raised
from broadcatch.program.calls import resolve_call, shown
from broadcatch.program.classes import PROGRAMMING
from broadcatch.program.names import own_nodes
from broadcatch.raises.context import Context
from broadcatch.raises.externals import is_unknown
from broadcatch.raises.regions import Open
from broadcatch.raises.surely.contents import has_key
from broadcatch.raises.surely.lengths import is_in_range
from broadcatch.raises.surely.returned import gives_key
from broadcatch.raises.when import applies

_ASKING = frozenset(
    f"builtins.{name}" for name in "str repr ascii format bool len hasattr print str.format".split()
)
_WHY = "it runs code of a value of unknown type, and nothing else here can raise"
_TESTED = "it is there by the code before, and yet a clause stands around it"
_EXPECTED = "it is only expected to raise nothing, and nothing else here can raise"


def assumed_items(context: Context, body: list[ast.stmt], raised: Iterable[Raised]) -> Iterator[Open]:
    """What is assumed of a body of which nothing is `raised` but mistakes."""
    if any(one.type not in PROGRAMMING or one.by_data for one in raised):
        return
    for node in own_nodes(body):
        why = _why(context, node) if isinstance(node, ast.expr) else ""
        if why:
            yield context.open(node, shown(node), why)  # type: ignore[arg-type]


def _why(context: Context, node: ast.expr) -> str:
    if any(is_unknown(context, one) for one in _asked(context, node)):
        return _WHY
    if isinstance(node, ast.Call) and _is_expected(context, node):
        return _EXPECTED
    looked_up = isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Store)
    return _TESTED if looked_up and _is_held(context, node) else ""  # type: ignore[arg-type]


def _is_held(context: Context, asked: ast.Subscript) -> bool:
    """Whether the code before says that the key or the element is there."""
    given = (context, asked.value, asked.slice, asked)
    return has_key(*given) or gives_key(*given) or is_in_range(*given)


def _is_expected(context: Context, call: ast.Call) -> bool:
    """Whether it runs something, other than a builtin, of which only the table says that it is safe."""
    for name in resolve_call(context.resolver, call, context.scope).externals:
        entry = context.table.lookup(name)
        plain = name.startswith("builtins.")
        if entry is not None and not plain and not any(applies(row, call) for row in entry.rows):
            return True
    return False


def _asked(context: Context, node: ast.expr) -> list[ast.expr]:
    """The values whose own methods the operation runs, where that is taken to be harmless."""
    if isinstance(node, ast.Call):
        asks = _ASKING.intersection(resolve_call(context.resolver, node, context.scope).externals)
        return node.args if asks else []
    if isinstance(node, ast.FormattedValue):
        return [node.value]
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
        values = [node.left, *node.comparators]
        return [] if any(isinstance(one, ast.Constant) for one in values) else values
    return []
