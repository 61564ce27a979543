"""What comes after the handlers of a file that let the code go on? Read from `ast`, a function at a time."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadcatch.model.aftermath import Aftermath, Use, Written
from broadcatch.program.calls import shown
from broadcatch.program.callsites import callers_of
from broadcatch.program.consuming import Parents, names_in, parents_in, uses_after
from broadcatch.program.receivers import imported, receivers

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_PROGRESS = re.compile(
    r"(^|_)(time|timestamp|index|offset|cursor|initiali[sz]ed|ready|trained|settled|done|completed?|synced|"
    r"processed|state|status|version|position|sequence|last\w*|connected|loaded)(_|$)"
)
_MARKS = re.compile(
    r"(^|_)(mark_\w+|advance|ack|acknowledge|commit|set_\w*(state|status|timestamp|index|offset|initiali[sz]ed|"
    r"ready|done|trained|settled)\w*)$"
)
_LOADS = re.compile(r"^_*(load|restore|unpickle|read_(state|data))")
_SAVES = re.compile(r"^_*(save|dump|store|persist|write_(state|data))")
_MOST = 6


@dataclass(frozen=True, slots=True)
class _Where:
    """A clause with what stands around it."""

    clause: ast.ExceptHandler
    tried: ast.Try
    function: ast.FunctionDef | ast.AsyncFunctionDef | None
    owner: ast.ClassDef | None
    following: tuple[ast.stmt, ...]
    loop: ast.stmt | None


def aftermaths(tree: ast.Module, lines: Collection[int]) -> Mapping[int, Aftermath]:
    """By line of the clause: what comes after each of the handlers in `lines`."""
    places = [where for where in _clauses(tree) if where.clause.lineno in lines]
    if not places:
        return {}
    parents, names = parents_in(tree), imported(tree)
    return {where.clause.lineno: _aftermath(where, tree, parents, names) for where in places}


def _aftermath(where: _Where, tree: ast.Module, parents: Parents, names: Mapping[str, str]) -> Aftermath:
    goes_on = _runs_off(where.clause.body)
    given = _uses_given(where, tree, parents)
    lost = _lost(where, parents) if goes_on else {}
    return Aftermath(
        uses=tuple(given)[:_MOST],
        unbound=lost.get("unbound"),
        stale=lost.get("stale"),
        kept=lost.get("kept"),
        advanced=_advanced(where, goes_on),
        saved_over=_saved_over(where),
        otherwise=_otherwise(where) if goes_on else None,
        types=tuple(receivers(where.tried.body, where.function, where.owner, tree, names)),
    )


def _otherwise(where: _Where) -> Written | None:
    """The call whose result is returned where the `try` has not returned one."""
    if _runs_off([*where.tried.body, *where.tried.orelse]):
        return None
    ends = (node for part in where.following for node in ast.walk(part) if isinstance(node, ast.Return))
    calls = ((end, node) for end in ends if end.value for node in ast.walk(end.value))
    return next(
        (Written(end.lineno, shown(one.func)) for end, one in calls if isinstance(one, ast.Call)), None
    )


def _clauses(tree: ast.Module) -> Iterator[_Where]:
    yield from _in_block(tree.body, None, None, (), None)


def _in_block(
    block: Sequence[ast.stmt],
    function: ast.FunctionDef | ast.AsyncFunctionDef | None,
    owner: ast.ClassDef | None,
    behind: tuple[ast.stmt, ...],
    loop: ast.stmt | None,
) -> Iterator[_Where]:
    """The clauses in a block; `behind` is what runs after it in the same turn of the same function."""
    for at, node in enumerate(block):
        following = (*block[at + 1 :], *behind)
        if isinstance(node, _FUNCTIONS):
            yield from _in_block(node.body, node, owner, (), None)
        elif isinstance(node, ast.ClassDef):
            yield from _in_block(node.body, None, node, (), None)
        elif isinstance(node, _LOOPS):
            yield from _in_block(node.body, function, owner, following, node)
            yield from _in_block(node.orelse, function, owner, following, loop)
        elif isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
            yield from _in_try(node, function, owner, following, loop)  # type: ignore[arg-type]
        else:
            for part in _blocks(node):
                yield from _in_block(part, function, owner, following, loop)


def _in_try(
    node: ast.Try,
    function: ast.FunctionDef | ast.AsyncFunctionDef | None,
    owner: ast.ClassDef | None,
    following: tuple[ast.stmt, ...],
    loop: ast.stmt | None,
) -> Iterator[_Where]:
    after = (*node.finalbody, *following)
    for clause in node.handlers:
        yield _Where(clause, node, function, owner, after, loop)
        yield from _in_block(clause.body, function, owner, after, loop)
    yield from _in_block(node.body, function, owner, (*node.orelse, *after), loop)
    yield from _in_block(node.orelse, function, owner, after, loop)
    yield from _in_block(node.finalbody, function, owner, following, loop)


def _blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse"):
        yield getattr(node, name, None) or []
    for case in getattr(node, "cases", ()):
        yield case.body


def _runs_off(block: Sequence[ast.stmt]) -> bool:
    """Whether some way runs off the end of a block."""
    for node in block:
        if isinstance(node, _LEAVES):
            return False
        if (
            isinstance(node, ast.If)
            and node.orelse
            and not _runs_off(node.body)
            and not _runs_off(node.orelse)
        ):
            return False
    return True


def _uses_given(where: _Where, tree: ast.Module, parents: Parents) -> Iterator[Use]:
    """Where a value goes that the handler itself gives: by a name, or to the callers of its function."""
    if _runs_off(where.clause.body):
        for name in sorted(_stored(where.clause.body)):
            yield from uses_after(name, where.following, parents)
    if where.function is not None and _answers(where):
        yield from callers_of(where.function, where.owner, tree, parents)


def _answers(where: _Where) -> bool:
    """Whether callers get something in place of the error: from the handler, or from the function's end."""
    nodes = [node for part in where.clause.body for node in ast.walk(part)]
    tried = [node for part in where.tried.body for node in ast.walk(part)]
    given = any(isinstance(node, ast.Return) for node in nodes)
    ends = any(isinstance(node, ast.Return) and node.value is not None for node in tried)
    return given or (ends and not any(isinstance(node, ast.Return) for node in where.following))


def _lost(where: _Where, parents: Parents) -> dict[str, Use]:
    """The first use of a name that only the `try` binds, by what it is then: unbound, stale, or as before."""
    bound = _stored(where.tried.body) - _stored(where.clause.body) - _grown(where.tried.body)
    found: dict[str, Use] = {}
    for name in sorted(bound):
        use = next(uses_after(name, where.following, parents), None)
        if use is None or use.how == "asked":
            continue
        found.setdefault(_kind(name, where), use)
    return found


def _grown(body: Sequence[ast.stmt]) -> set[str]:
    """The names that a block only adds to: without it they are shorter, not old."""
    nodes = [node for part in body for node in ast.walk(part) if isinstance(node, ast.AugAssign)]
    return {node.target.id for node in nodes if isinstance(node.target, ast.Name)}


def _kind(name: str, where: _Where) -> str:
    before = _bound_before(name, where)
    if before is not None:
        return "kept"
    return "unbound" if where.loop is None else "stale"


def _bound_before(name: str, where: _Where) -> int | None:
    """The last line before the `try` in which its function binds the name."""
    function = where.function
    if function is None:
        return 0  # a module may be bound by anybody
    args = function.args
    given = [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, (args.vararg, args.kwarg))]
    lines = [function.lineno] if name in {one.arg for one in given} else []
    for node in ast.walk(function):
        line = getattr(node, "lineno", 0)
        if line >= where.tried.lineno:
            continue
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            lines.append(line)
        elif isinstance(node, (ast.Global, ast.Nonlocal)) and name in node.names:
            lines.append(line)
        elif isinstance(node, ast.alias) and (node.asname or node.name.partition(".")[0]) == name:
            lines.append(line)
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)) and node.name == name:
            lines.append(line)
    return max(lines, default=None)


def _stored(body: Sequence[ast.stmt]) -> set[str]:
    """The plain names that a block binds itself."""
    return {
        node.id
        for part in body
        if not isinstance(part, (*_FUNCTIONS, ast.ClassDef))
        for node in names_in(part)
        if isinstance(node.ctx, ast.Store)
    }


def _advanced(where: _Where, goes_on: bool) -> Written | None:
    """State that says how far things are, and is set whatever has happened."""
    after = where.following if goes_on else where.tried.finalbody
    made = _stored(where.tried.body) | _stored(where.clause.body)
    for node in after:
        found = _marks(node, made)
        if found is not None:
            return found
    return None


def _marks(node: ast.stmt, made: set[str]) -> Written | None:
    """The state that one simple statement sets without what the `try` has made."""
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        told = [one for one in targets if isinstance(one, (ast.Attribute, ast.Subscript))]
        if told and _PROGRESS.search(_last(told[0])) and not _reset(node.value) and not _uses(node, made):
            return Written(node.lineno, ast.unparse(told[0]))
    if isinstance(node, ast.Expr):
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and _MARKS.search(shown(call.func).rpartition(".")[2]):
            return None if _uses(node, made) else Written(node.lineno, shown(call.func))
    return None


def _uses(node: ast.stmt, made: set[str]) -> bool:
    return any(one.id in made for one in names_in(node))


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


def _saved_over(where: _Where) -> Written | None:
    """What writes later what a failed load has left empty: a method of the same class."""
    if where.function is None or where.owner is None or not _LOADS.match(where.function.name):
        return None
    if any(isinstance(node, ast.Raise) for part in where.clause.body for node in ast.walk(part)):
        return None
    methods = (one for one in where.owner.body if isinstance(one, _FUNCTIONS) and _SAVES.match(one.name))
    saves = next(methods, None)
    return Written(saves.lineno, f"{where.owner.name}.{saves.name}") if saves is not None else None
