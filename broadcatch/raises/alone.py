"""Does only an assumption say that nothing can come out of a try body? Then that is open.

What a value of unknown type does as text, in a comparison, as a truth value or when it is asked for an
attribute is taken to do nothing unusual. A `try` around that and nothing else says the opposite: whoever
wrote it has met a value that raises there, and an answer that nothing can come would be bold.
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

_ASKING = frozenset(
    f"builtins.{name}" for name in "str repr ascii format bool len hasattr print str.format".split()
)
_WHY = "it runs code of a value of unknown type, and nothing else here can raise"


def assumed_items(context: Context, body: list[ast.stmt], raised: Iterable[Raised]) -> Iterator[Open]:
    """What is assumed of values of unknown type in a body of which nothing is `raised` but mistakes."""
    if any(one.type not in PROGRAMMING or one.by_data for one in raised):
        return
    for node in own_nodes(body):
        if isinstance(node, ast.expr) and any(is_unknown(context, one) for one in _asked(context, node)):
            yield context.open(node, shown(node), _WHY)


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
