"""Does anybody hear of an exception that leaves a function which goes by its name? Threads, tasks, callbacks.

What is handed to a thread ends the thread, what is handed to a task ends it and is told to whoever waits for
the task: to nobody, often. What the language calls for itself (`__del__`, what is registered with `atexit`, a
callback of C) is printed at best, and the program goes on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from broadcatch.program.calls import shown
from broadcatch.program.module import Class, Function
from broadcatch.program.names import dotted
from broadcatch.program.project import External
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import Scope

Around: TypeAlias = Mapping[ast.AST, ast.AST]
THREADS = frozenset(
    "threading.Thread threading.Timer _thread.start_new_thread multiprocessing.Process "
    "multiprocessing.context.Process multiprocessing.process.BaseProcess".split()
)
PRINTED = frozenset("atexit.register weakref.finalize weakref.ref weakref.WeakMethod".split())
NATIVE = frozenset("ctypes.CFUNCTYPE ctypes.WINFUNCTYPE ctypes.PYFUNCTYPE".split())
TASKS = frozenset({"create_task", "ensure_future", "run_coroutine_threadsafe"})
FUTURES = frozenset({"submit", "apply_async", "run_in_executor"})
_GROUPS = frozenset({"asyncio.TaskGroup.create_task", "asyncio.taskgroups.TaskGroup.create_task"})
_LOOPS = ("asyncio", "loop")
_POOLS = ("executor", "pool", "loop")
_ASKS = frozenset({"cancel", "cancelled", "done", "set_name", "get_name", "running", "cancelling"})
THREAD = "it ends the thread, and nobody is told"
PROCESS = "it ends the process, and nobody is told"
TASK = "it ends a task that nobody waits for"
FUTURE = "it is kept in a future that nobody asks"
DELETED = "Python prints what leaves `__del__` and goes on"


def lost_here(node: ast.AST, around: Around, resolver: Resolver, scope: Scope) -> str:
    """Why nobody hears of what comes out of a function, or of its coroutine, that stands here as a value."""
    handed = _handed(node, around)
    if handed is None:
        return ""
    called = _callee(handed, resolver, scope)
    last = called.rpartition(".")[2]
    if called in THREADS:
        return PROCESS if "process" in called.lower() else THREAD
    if called in PRINTED:
        return f"Python prints what leaves a callback of {shown(handed.func)} and goes on"
    if called in NATIVE:
        return "C calls it: Python prints what leaves it and goes on"
    if last in TASKS and called not in _GROUPS and _is_of(handed, called, _LOOPS):
        return "" if _is_waited_for(handed, around) else TASK
    if last in FUTURES and _is_of(handed, called, _POOLS):
        return "" if _is_waited_for(handed, around) else FUTURE
    return ""


def lost_in_run(function: Function, resolver: Resolver) -> str:
    """The same for a function that is run by its name: a thread's `run`, `__del__`."""
    if function.owner is None:
        return ""
    if function.short == "__del__":
        return DELETED
    if function.short != "run":
        return ""
    names = [one.name for one in resolver.mro(function.owner) if isinstance(one, External)]
    kinds = [one for one in names if one in THREADS]
    return (PROCESS if "rocess" in kinds[0] else THREAD) if kinds else ""


def _handed(node: ast.AST, around: Around) -> ast.Call | None:
    """The call that the value is an argument of, or the decorator it is given to; partials looked through."""
    above = around.get(node)
    while isinstance(above, (ast.keyword, ast.Starred, ast.Tuple, ast.List, ast.IfExp, ast.Dict)):
        node, above = above, around.get(above)
    if isinstance(above, ast.Call) and above.func is not node:
        if dotted(above.func).rpartition(".")[2] in ("partial", "copy_context"):
            return _handed(above, around)
        return above
    return None


def _callee(call: ast.Call, resolver: Resolver, scope: Scope) -> str:
    """What is called, in full where that is known; of a class of the project the thread that it is."""
    found = resolver.meaning(call.func, scope)
    if isinstance(found, External):
        return found.name
    if isinstance(found, Class):
        names = [one.name for one in resolver.mro(found) if isinstance(one, External)]
        return next((one for one in names if one in THREADS), found.name)
    return _made_by(call.func, resolver, scope) or shown(call.func)


def _made_by(called: ast.expr, resolver: Resolver, scope: Scope) -> str:
    """The maker of a prototype of C functions, where such a prototype is called."""
    found = scope.find(called.id) if isinstance(called, ast.Name) else None
    made = found[1][0].expr if found is not None and len(found[1]) == 1 else None
    meant = resolver.meaning(made.func, found[0]) if found and isinstance(made, ast.Call) else None
    return meant.name if isinstance(meant, External) and meant.name in NATIVE else ""


def _is_of(call: ast.Call, called: str, kinds: tuple[str, ...]) -> bool:
    """Whether the receiver is of such a kind: by what it is, else by its name."""
    owner = called.rpartition(".")[0].lower()
    return any(kind in owner for kind in kinds) or (isinstance(call.func, ast.Name) and "." not in called)


def _is_waited_for(call: ast.Call, around: Around) -> bool:
    """Whether somebody may hear of the task or future that the call gives; False only where nobody does."""
    above = around.get(call)
    if isinstance(above, ast.Expr):
        return False
    if isinstance(above, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        targets = above.targets if isinstance(above, ast.Assign) else [above.target]
        kept = {dotted(one) for one in targets}
        return "" in kept or any(_is_asked(one, around) for one in _speaking(kept, around))
    return True


def _speaking(names: set[str], around: Around) -> Iterator[ast.AST]:
    """The places of the file that read what is kept under one of the names."""
    for node in around:
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            if dotted(node) in names:
                yield node


def _is_asked(node: ast.AST, around: Around) -> bool:
    """Whether the value goes somewhere, or is asked for more than whether it still runs."""
    above = around.get(node)
    if isinstance(above, ast.Attribute):
        return above.attr not in _ASKS
    if isinstance(above, ast.Call) and dotted(above.func).rpartition(".")[2] in ("discard", "remove", "add"):
        return False
    return not isinstance(
        above, (ast.If, ast.IfExp, ast.While, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Expr)
    )
