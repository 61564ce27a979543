"""Who in this file calls a function, and what is done with what it gives?"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.model.aftermath import Use
from broadcatch.program.consuming import Parents, carried, placed, statement_of, use_of, uses_after

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def callers_of(
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    owner: ast.ClassDef | None,
    tree: ast.Module,
    parents: Parents,
) -> Iterator[Use]:
    """The uses of the function's result in its own file: `self.f()` in its class, `f()` for a plain one."""
    around: ast.AST = tree if owner is None else owner
    for node in ast.walk(around):
        if isinstance(node, ast.Call) and _calls(node.func, function, owner, parents):
            yield from result_uses(node, function.name, parents)


def result_uses(call: ast.Call, name: str, parents: Parents, path: str = "") -> Iterator[Use]:
    """What is done with the result of one call of `name`; through a plain name that gets it as well."""
    within = _function_around(call, parents)
    caller = within.name if within is not None else ""
    target = carried(call, parents)
    statement = statement_of(call, parents)
    kept = _kept(statement)
    if kept and statement is not None and _asked_next(kept, _following(statement, parents)):
        line = statement.lineno
        yield Use(
            line, "asked", name, f"{ast.unparse(statement)}, and asks for it next", caller=caller, path=path
        )
        return
    if not target or statement is None:
        yield placed(use_of(call, name, parents), caller, path)
        return
    for use in uses_after(target, _following(statement, parents), parents):
        yield placed(use, caller, path)


def _kept(statement: ast.stmt | None) -> str:
    """The attribute that a plain assignment sets, as written, "" for none."""
    one = statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
    return ast.unparse(one) if isinstance(one, ast.Attribute) else ""


def _asked_next(kept: str, following: list[ast.stmt]) -> bool:
    """Whether the next statement asks whether there is anything in an attribute: `if not self.id: …`."""
    test = following[0].test if following and isinstance(following[0], ast.If) else None
    text = ast.unparse(test) if test is not None else ""
    return text in (kept, f"not {kept}", f"{kept} is None", f"{kept} is not None")


def _calls(
    func: ast.expr,
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    owner: ast.ClassDef | None,
    parents: Parents,
) -> bool:
    if owner is None:
        top = isinstance(parents.get(function), ast.Module)
        return isinstance(func, ast.Name) and func.id == function.name and top
    own = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.attr == function.name
    return own and func.value.id in ("self", "cls", owner.name)  # type: ignore[attr-defined]


def _function_around(node: ast.AST, parents: Parents) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    found = parents.get(node)
    while found is not None and not isinstance(found, _FUNCTIONS):
        found = parents.get(found)
    return found


def _behind_body(node: ast.AST) -> list[ast.stmt]:
    """What runs after the body of a `try` that went well."""
    return [*node.orelse, *node.finalbody] if isinstance(node, ast.Try) else []


def _following(statement: ast.stmt, parents: Parents) -> list[ast.stmt]:
    """The statements that run after this one in its function, as they stand in the text."""
    found: list[ast.stmt] = []
    node: ast.AST = statement
    while not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Module)):
        parent = parents[node]
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and node in block:
                found += block[block.index(node) + 1 :]
                found += _behind_body(parent) if name == "body" else []
        node = parent
    return found
