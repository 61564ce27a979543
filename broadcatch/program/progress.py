"""Which call behind a `try` makes what was done last, or puts it in its place?"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from broadcatch.model.aftermath import Written
from broadcatch.program.calls import shown

_FINISHES = re.compile(
    r"(^|[._])(rename|renames|commit|persist|save|upload|publish)$|^(os\.replace|shutil\.move)$"
)
_LASTS = frozenset({"commit", "ack", "acknowledge"})


def lasts(node: ast.stmt) -> bool:
    """Whether a statement is a call that makes what was done last: a commit, an acknowledgement."""
    call = node.value.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Await) else None
    call = call or (node.value if isinstance(node, ast.Expr) else None)
    return isinstance(call, ast.Call) and shown(call.func).rpartition(".")[2] in _LASTS


def finishes(after: Sequence[ast.stmt]) -> Written | None:
    """The first call in `after` that puts what was made in its place, or keeps it."""
    for part in after:
        for node in ast.walk(part):
            if isinstance(node, ast.Call) and _FINISHES.search(shown(node.func)):
                return Written(node.lineno, f"{shown(node.func)}(…)")
    return None


def is_built(target: str, function: ast.AST | None) -> bool:
    """Whether a target is an item of what its function builds itself: `result["status"]` of `result = {}`."""
    name, item, _ = target.partition("[")
    kinds = (ast.Assign, ast.AnnAssign)
    nodes = [node for node in ast.walk(function) if isinstance(node, kinds)] if function and item else []
    values = [
        node.value
        for node in nodes
        for one in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(one, ast.Name) and one.id == name
    ]
    return bool(values) and all(isinstance(one, (ast.Dict, ast.List)) for one in values)
