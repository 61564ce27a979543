"""What comes after the handlers of a file that let the code go on? Read from `ast`, a function at a time."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadcatch.model.aftermath import Aftermath, Use, Written
from broadcatch.program.behind import (
    always_raises,
    first_answer,
    leaves_loop,
    only_success_comes_to,
    straight_answer,
)
from broadcatch.program.calls import shown
from broadcatch.program.callsites import callers_of
from broadcatch.program.consuming import Parents, parents_in, uses_after
from broadcatch.program.failing import failure_values
from broadcatch.program.guarding import guarded, runs_off, stored
from broadcatch.program.progress import finishes, is_built, lasts
from broadcatch.program.receivers import imported, receivers
from broadcatch.source.progress import advanced, saved_over, tells_success

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
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
    goes_on = runs_off(where.clause.body)
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
        gives=where.function is None or _gives(where.function, where.clause),
        turn=_turn(where),
        finishes=finishes(where.following) if goes_on else None,
        then=first_answer(where.following) if goes_on else None,
        straight=straight_answer(where.following) if goes_on else None,
        raises=always_raises(where.following, where.loop) if goes_on else 0,
        tells_success=tells_success(_same_turn(where)) if goes_on else None,
        ends_loop=leaves_loop(where.following, where.loop),
        types=tuple(receivers(where.tried.body, where.function, where.owner, tree, names)),
        inherited=_inherited(where),
        failures=failure_values(where.function, where.clause, where.tried) if where.function else (),
    )


def _gives(function: ast.FunctionDef | ast.AsyncFunctionDef, clause: ast.ExceptHandler) -> bool:
    """Whether a function answers with anything but None outside of the clause; a generator does."""
    inside = set(ast.walk(clause))
    for node in ast.walk(function):
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(node, ast.Return) and node not in inside and node.value is not None:
            if not (isinstance(node.value, ast.Constant) and node.value.value is None):
                return True
    return False


def _inherited(where: _Where) -> str:
    """`self.fail` where the handler ends in a call of what its class does not define itself."""
    last = where.clause.body[-1]
    call = last.value if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) else None
    name = shown(call.func) if call is not None else ""
    head, _, method = name.partition(".")
    if head != "self" or not method.isidentifier() or where.owner is None or not where.owner.bases:
        return ""
    own = {one.name for one in where.owner.body if isinstance(one, _FUNCTIONS)}
    return "" if method in own else name


def _turn(where: _Where) -> int:
    """The line of what runs next in the same turn of the loop; 0 outside of one, or where nothing does."""
    if where.loop is None:
        return 0
    body: Sequence[ast.stmt] = getattr(where.loop, "body", ())
    last = body[-1].end_lineno or 0
    return next((one.lineno for one in where.following if where.loop.lineno < one.lineno <= last), 0)


def _otherwise(where: _Where) -> Written | None:
    """The call whose result is returned where the `try` has not returned one."""
    if runs_off([*where.tried.body, *where.tried.orelse]):
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
        rest = block[at + 1 :]
        following = (*rest, *behind) if runs_off(rest) else tuple(rest)
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


def _uses_given(where: _Where, tree: ast.Module, parents: Parents) -> Iterator[Use]:
    """Where a value goes that the handler itself gives: by a name, or to the callers of its function."""
    if runs_off(where.clause.body):
        for name in sorted(stored(where.clause.body)):
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
    bound = stored(where.tried.body) - stored(where.clause.body) - _grown(where.tried.body)
    found: dict[str, Use] = {}
    for name in sorted(bound):
        use = next(uses_after(name, where.following, parents), None)
        if (
            use is None
            or use.how == "asked"
            or only_success_comes_to(use.line, where.loop, where.tried)
            or _is_flag(name, where.tried.body)
            or guarded(use, where.clause.body, where.following, _flags(where) - {name})
        ):
            continue
        found.setdefault(_kind(name, where), use)
    return found


def _flags(where: _Where) -> frozenset[str]:
    """The names that hold nothing right before the `try`, and get something only in it."""
    bound = stored(where.tried.body) - stored(where.clause.body)
    nodes = [node for node in ast.walk(where.function or where.tried) if isinstance(node, ast.Assign)]
    empty = {
        one.id
        for node in nodes
        if node.lineno < where.tried.lineno and isinstance(node.value, ast.Constant) and not node.value.value
        for one in node.targets
        if isinstance(one, ast.Name) and _bound_before(one.id, where) == node.lineno
    }
    return frozenset(bound & empty)


def _is_flag(name: str, body: Sequence[ast.stmt]) -> bool:
    """Whether a block only says True or False by a name: as it was before, it says that the block failed."""
    nodes = [node for part in body for node in ast.walk(part) if isinstance(node, ast.Assign)]
    given = [
        node.value
        for node in nodes
        if any(one.id == name for one in node.targets if isinstance(one, ast.Name))
    ]
    return bool(given) and all(isinstance(one, ast.Constant) and isinstance(one.value, bool) for one in given)


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


def _advanced(where: _Where, goes_on: bool) -> Written | None:
    """State that is set behind the `try`, or in its `finally`, as if it had gone well."""
    after = _same_turn(where) if goes_on else where.tried.finalbody
    found = advanced(after, stored(where.tried.body) | stored(where.clause.body))
    return None if found is not None and is_built(found.target, where.function) else found


def _same_turn(where: _Where) -> list[ast.stmt]:
    """What follows; of what follows the loop, which is not about one turn, only what makes all last."""
    last = where.loop.end_lineno or 0 if where.loop is not None else None
    return [one for one in where.following if last is None or one.lineno <= last or lasts(one)]


def _saved_over(where: _Where) -> Written | None:
    """What writes later what a failed load has left empty."""
    if where.function is None or where.owner is None:
        return None
    return saved_over(where.function, where.owner, where.clause, where.tried.body)
