"""Which state does code set whatever has happened before it, and what will write over a failed load?

Read from `ast`, of the statements behind a `try`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from broadcatch.model.aftermath import Written

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LONGEST = 60
_PROGRESS = re.compile(
    r"(^|_)(time|timestamp|index|offset|cursor|initiali[sz]ed|ready|trained|settled|done|completed?|synced|"
    r"processed|state|status|version|position|sequence|connected|loaded)(_(at|on|time|date|id|to|until|count|flag))?$"
    r"|(^|_)last(_|$)"
)
_ENDED = re.compile(
    r"(^|_)(end|ended|finish|finished|stop|stopped|exit)_(time|timestamp|at)$|^(duration|elapsed)"
)
"""When something was over: that is so, however it went."""
_DONE = re.compile(
    r"(^|_)(filled|handled|fetched|updated|populated|imported|uploaded|downloaded|checked|notified|migrated|"
    r"registered|applied|saved|written|prepared|configured|executed|delivered|indexed)$"
)
"""What a flag that is set to True says has happened."""
_SUCCEEDED = re.compile(r"(?<!not )(?<!un)\b(success(ful|fully)?|succeeded|completed)\b", re.IGNORECASE)
_NOT_SO = re.compile(r"\b(fail|error|unable|could not|partial|attempt|with problems)", re.IGNORECASE)
_MARKS = re.compile(
    r"(^|_)(mark_\w+|advance|ack|acknowledge|commit|set_\w*(state|status|timestamp|index|offset|initiali[sz]ed|"
    r"ready|done|trained|settled)\w*)$"
)
_BAR = re.compile(r"(^|[._])(progress\w*|p?bar|spinner)\.")
_LOADS = re.compile(r"_*(load|restore|read)_?(\w*)")
_SAVES = re.compile(r"_*(save|dump|store|persist|write)_?(\w*)")
_PAIRS = {
    "load": ("save", "dump", "store", "persist", "write"),
    "restore": ("save", "store", "persist"),
    "read": ("write", "save", "store"),
}
"""Which verbs of saving answer one of loading."""
_READS = frozenset({"open", "load", "loads", "read", "read_text", "read_bytes", "safe_load", "get"})


def advanced(after: Sequence[ast.stmt], made: set[str]) -> Written | None:
    """The first state in `after` that says how far things are, and hangs on none of the names `made`."""
    nodes = [node for node in after if not _is_loaded(node, after)]
    return next((found for node in nodes for found in [_marks(node, made)] if found is not None), None)


def _is_loaded(node: ast.stmt, after: Sequence[ast.stmt]) -> bool:
    """Whether it sets one of several fields from what a mapping holds: it is loaded, and says nothing new."""
    own = _asked(node)
    return bool(own) and any(not own.isdisjoint(_asked(other)) for other in after if other is not node)


def _asked(node: ast.stmt) -> set[str]:
    """The mappings from which an assignment to a field takes what they hold under a fixed key."""
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Attribute):
        return set()
    found = set[str]()
    for one in ast.walk(node.value):
        if isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Constant):
            found.add(ast.unparse(one.value))
        elif isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "get":
            found.add(ast.unparse(one.func.value))
    return found


def tells_success(after: Sequence[ast.stmt]) -> Written | None:
    """The first statement of its own in `after` that says in a text that all went well."""
    for node in after:
        call = node.value if isinstance(node, ast.Expr) else None
        text = " ".join(_texts(call.args)) if isinstance(call, ast.Call) else ""
        if isinstance(call, ast.Call) and _SUCCEEDED.search(text) and not _NOT_SO.search(text):
            return Written(node.lineno, f"{shown(call.func)}(…)")
    return None


def _texts(given: Sequence[ast.expr]) -> list[str]:
    nodes = (node for one in given for node in ast.walk(one) if isinstance(node, ast.Constant))
    return [node.value for node in nodes if isinstance(node.value, str)]


def saved_over(
    load: ast.FunctionDef | ast.AsyncFunctionDef,
    owner: ast.ClassDef,
    clause: ast.ExceptHandler,
    tried: Sequence[ast.stmt],
) -> Written | None:
    """What writes later what a failed load has left empty: the method of the class that saves the same."""
    loads = _LOADS.fullmatch(load.name)
    raises = any(isinstance(node, ast.Raise) for part in clause.body for node in ast.walk(part))
    if loads is None or raises or not _reads(tried):
        return None
    methods = [one for one in owner.body if isinstance(one, _FUNCTIONS)]
    found = ((one, _SAVES.fullmatch(one.name)) for one in methods)
    saves = next(
        (one for one, match in found if match and match[2] == loads[2] and match[1] in _PAIRS[loads[1]]), None
    )
    if saves is None or _saves_only_some(saves):
        return None
    return Written(saves.lineno, f"{owner.name}.{saves.name}")


def _saves_only_some(save: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether what is empty is not saved: behind `if not self.items: return`, or under `if self.items:`."""
    body = [
        one for one in save.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
    ]
    first = body[0] if body else None
    if not isinstance(first, ast.If) or not _asks_own(first.test):
        return False
    ends = isinstance(first.test, ast.UnaryOp) and isinstance(first.body[-1], ast.Return)
    return ends or (len(body) == 1 and not isinstance(first.test, ast.UnaryOp))


def _asks_own(test: ast.expr) -> bool:
    """Whether a test asks whether an attribute of `self` holds anything."""
    one = test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else test
    return isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "self"


def _marks(node: ast.stmt, made: set[str]) -> Written | None:
    """The state that one simple statement sets without what the `try` has made."""
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        told = [one for one in targets if isinstance(one, (ast.Attribute, ast.Subscript))]
        name = _last(told[0]) if told else ""
        done = isinstance(node.value, ast.Constant) and node.value.value is True and _DONE.search(name)
        if (
            (done or _PROGRESS.search(name))
            and not _ENDED.search(name)
            and not _reset(node.value)
            and not _uses(node, made)
        ):
            return Written(node.lineno, ast.unparse(told[0]))
    if isinstance(node, ast.Expr):
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and _MARKS.search(shown(call.func).rpartition(".")[2]):
            aside = _uses(node, made) or _BAR.search(shown(call.func))
            return None if aside else Written(node.lineno, f"{shown(call.func)}(…)")
    return None


def _uses(node: ast.stmt, made: set[str]) -> bool:
    return any(isinstance(one, ast.Name) and one.id in made for one in ast.walk(node))


def _last(target: ast.expr) -> str:
    """`trained_at` of `self.info["trained_at"]` and of `self.trained_at`."""
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return str(target.slice.value)
    return target.attr if isinstance(target, ast.Attribute) else ""


def _reset(value: ast.expr) -> bool:
    """Whether a value only takes back: None, False, 0, something empty."""
    if isinstance(value, ast.Constant):
        return not value.value
    return isinstance(value, (ast.List, ast.Dict, ast.Tuple)) and not any(
        isinstance(one, ast.expr) for one in ast.iter_child_nodes(value)
    )


def _reads(body: Sequence[ast.stmt]) -> bool:
    """Whether a block reads a file or a document."""
    calls = (node for part in body for node in ast.walk(part) if isinstance(node, ast.Call))
    return any(shown(call.func).rpartition(".")[2] in _READS for call in calls)


def shown(callee: ast.expr) -> str:
    """A callee as it is written; a long one is cut."""
    text = ast.unparse(callee)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
