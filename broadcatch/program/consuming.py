"""What does the code do with a value? The shape around a name or a call, and the names that carry it on."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from broadcatch.model.aftermath import How, Use
from broadcatch.program.calls import shown

Parents: TypeAlias = Mapping[ast.AST, ast.AST]
_TEXT = 80
_EMPTY = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set)
_LATER = frozenset(
    "create_task ensure_future gather wait_for shield run run_until_complete run_coroutine_threadsafe spawn "
    "start_soon wait as_completed ensureDeferred".split()
)
"""What takes a coroutine, and runs it."""
_ASKS = frozenset({"bool", "len", "any", "all", "isinstance"})


def parents_in(root: ast.AST) -> dict[ast.AST, ast.AST]:
    """Every node below `root` with the node that holds it."""
    return {child: node for node in ast.walk(root) for child in ast.iter_child_nodes(node)}


def statement_of(node: ast.AST, parents: Parents) -> ast.stmt | None:
    """The innermost statement that a node is part of."""
    found: ast.AST | None = node
    while found is not None and not isinstance(found, ast.stmt):
        found = parents.get(found)
    return found


def use_of(node: ast.expr, name: str, parents: Parents) -> Use:
    """What becomes of the value of `node`, which is called `name`."""
    how, into = _how(node, parents)
    statement = statement_of(node, parents)
    return Use(node.lineno, how, name, _text(statement) if statement is not None else "", into)


def _text(statement: ast.stmt) -> str:
    """A statement on one line, of a compound one the header; cut where it is long."""
    lines = ast.unparse(statement).splitlines()
    return lines[0] if len(lines[0]) <= _TEXT else lines[0][: _TEXT - 1] + "…"


def _how(node: ast.AST, parents: Parents) -> tuple[How, str]:
    parent = parents.get(node)
    if isinstance(parent, (ast.Await, ast.Starred, ast.IfExp, ast.NamedExpr, ast.FormattedValue)):
        asked = isinstance(parent, ast.IfExp) and parent.test is node
        return ("asked", "") if asked else _how(parent, parents)
    if isinstance(parent, (ast.BinOp, ast.AugAssign)):
        return "arithmetic", shown(parent.target) if isinstance(parent, ast.AugAssign) else ""
    if isinstance(parent, ast.Compare):
        return ("asked" if _with_nothing(parent) else "comparison"), ""
    if isinstance(parent, ast.UnaryOp):
        return ("asked" if isinstance(parent.op, ast.Not) else "arithmetic"), ""
    if isinstance(parent, (ast.If, ast.While, ast.BoolOp, ast.Assert)):
        return "asked", ""
    if isinstance(parent, ast.Return):
        return "returned", ""
    if isinstance(parent, ast.Expr):
        return "ignored", ""
    return _passed(node, parent, parents)


def _passed(node: ast.AST, parent: ast.AST | None, parents: Parents) -> tuple[How, str]:
    if isinstance(parent, ast.keyword):
        return _passed(parent, parents.get(parent), parents)
    if isinstance(parent, ast.Call) and node is not parent.func:
        called = shown(parent.func)
        if isinstance(node, ast.Call) and called.rpartition(".")[2] in _LATER:
            return "used", ""  # the coroutine goes in, not what it will give
        return ("asked" if called in _ASKS else "argument"), called
    if isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)) and parent.iter is node:
        return "iterated", ""
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        kept = next(
            (one for one in _targets(parent) if isinstance(one, (ast.Attribute, ast.Subscript))), None
        )
        return ("kept", ast.unparse(kept)) if kept is not None else ("used", "")
    return "used", ""


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _with_nothing(node: ast.Compare) -> bool:
    """Whether a comparison only asks whether there is anything: `is None`, `== []`, `is not False`."""
    others = [node.left, *node.comparators]
    by_identity = all(isinstance(one, (ast.Is, ast.IsNot)) for one in node.ops)
    return any(
        isinstance(one, _EMPTY)
        and not _children(one)
        and (getattr(one, "value", None) in (None, "") or (by_identity and isinstance(one, ast.Constant)))
        for one in others
    )


def _children(node: ast.expr) -> bool:
    return any(isinstance(child, ast.expr) for child in ast.iter_child_nodes(node))


def carried(node: ast.expr, parents: Parents) -> str:
    """The plain name that gets the value of `node` (`x = await f()`), "" for none."""
    parent = parents.get(node)
    if isinstance(parent, ast.Await):
        return carried(parent, parents)
    if (
        isinstance(parent, ast.Assign)
        and len(parent.targets) == 1
        and isinstance(parent.targets[0], ast.Name)
    ):
        return parent.targets[0].id
    if isinstance(parent, ast.AnnAssign) and isinstance(parent.target, ast.Name):
        return parent.target.id
    return ""


def uses_after(name: str, statements: Sequence[ast.stmt], parents: Parents) -> Iterator[Use]:
    """The uses of a name in the statements that run next, until it is bound again or must hold something."""
    for statement in statements:
        again = _binds(statement, name)
        source = _source(statement) if again else statement
        for node in names_in(source) if source is not None else ():
            if node.id != name or _is_another(node, statement, parents):
                continue
            if not isinstance(node.ctx, ast.Load) and not _grows(node, parents):
                return
            yield use_of(node, name, parents)
        if again or _ends_without(statement, name):
            return


def _ends_without(statement: ast.stmt, name: str) -> bool:
    """Whether the function ends here where the name holds nothing: `if not x: raise …`."""
    if not isinstance(statement, ast.If) or not isinstance(statement.body[-1], (ast.Raise, ast.Return)):
        return False
    test = statement.test
    either = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else [test]
    return any(_is_not(one, name) for one in either)


def _is_not(test: ast.expr, name: str) -> bool:
    negated = test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else None
    return isinstance(negated, ast.Name) and negated.id == name


def _is_another(node: ast.Name, statement: ast.stmt, parents: Parents) -> bool:
    """Whether what stands around a name binds it: a loop or comprehension over it, an inner function."""
    found: ast.AST = node
    while found is not statement:
        found = parents[found]
        if isinstance(found, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            args = found.args
            if node.id in {one.arg for one in ast.walk(args) if isinstance(one, ast.arg)}:
                return True
        targets: list[ast.expr] = []
        if isinstance(found, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            targets = [one.target for one in found.generators]
        if any(one.id == node.id for target in targets for one in names_in(target)):
            return True
        if isinstance(found, (ast.For, ast.AsyncFor)) and found is not statement:
            within = {one.id for one in names_in(found.target)}
            if node.id in within and not _inside(node, found.iter, parents):
                return True
    return False


def _inside(node: ast.AST, whole: ast.AST, parents: Parents) -> bool:
    found: ast.AST | None = node
    while found is not None and found is not whole:
        found = parents.get(found)
    return found is whole


def _grows(node: ast.Name, parents: Parents) -> bool:
    """Whether a target is read before it is written: that of `x += 1`."""
    return isinstance(parents.get(node), ast.AugAssign)


def _binds(statement: ast.stmt, name: str) -> bool:
    """Whether a statement gives the name another value on every way, its source aside."""
    if isinstance(statement, (ast.With, ast.AsyncWith, ast.Try)):
        return bool(statement.body) and _binds(statement.body[0], name)
    if isinstance(statement, ast.Assign):
        targets: list[ast.expr] = statement.targets
    elif isinstance(statement, (ast.AnnAssign, ast.For, ast.AsyncFor)):
        targets = [statement.target]
    else:
        return False
    stored = (one for target in targets for one in names_in(target))
    return any(one.id == name and isinstance(one.ctx, ast.Store) for one in stored)


def _source(statement: ast.stmt) -> ast.AST | None:
    """What a binding statement reads before it binds."""
    if isinstance(statement, (ast.With, ast.AsyncWith, ast.Try)):
        return _source(statement.body[0])
    return getattr(statement, "iter", None) or getattr(statement, "value", None)


def names_in(node: ast.AST) -> Iterator[ast.Name]:
    """The names of a node in the order of the text; inner functions only as they are made."""
    stack: list[ast.AST] = [node]
    found = []
    while stack:
        one = stack.pop()
        if isinstance(one, ast.Name):
            found.append(one)
        stack.extend(ast.iter_child_nodes(one))
    yield from sorted(found, key=lambda one: (one.lineno, one.col_offset))


def placed(use: Use, caller: str, path: str = "") -> Use:
    """The same use, in a caller of the handler's function."""
    return replace(use, caller=caller or "module level", path=path)
