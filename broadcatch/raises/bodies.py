"""What does running a function do about exceptions? Its statements, and what its documentation says."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.model.raising import Evidence, Raised
from broadcatch.program.module import Function
from broadcatch.program.scope import module_scope
from broadcatch.program.text import expression
from broadcatch.program.unread import is_skeleton
from broadcatch.raises.context import Context
from broadcatch.raises.docstrings import documented
from broadcatch.raises.regions import Open, Region
from broadcatch.raises.statements import region

_WORDS = ("aises", "xception", ":except", ":raise")


def body_region(context: Context, function: Function) -> Region:
    """The region of a function's body, with what its docstring names."""
    if function.module.origin == "stub":
        is_here = not is_skeleton(context.resolver.project, function.module)
        why = "compiled: only its signature can be read" if is_here else "its package is not installed here"
        point = Open(function.node.lineno, function.node.name, why)
        return (point, *_said(context, function))
    return (*region(context, function.node.body), *_said(context, function))


def _said(context: Context, function: Function) -> Iterator[Raised]:
    """The exceptions of the `Raises` section that are classes where the function stands."""
    nodes: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = [function.node]
    if function.owner is not None and function.node.name == "__init__":
        nodes.append(function.owner.node)
    for node in nodes:
        text = ast.get_docstring(node, clean=False) or ""
        if any(word in text for word in _WORDS):
            yield from _found(context, function, node, text)


def _found(context: Context, function: Function, node: ast.AST, text: str) -> Iterator[Raised]:
    first = node.body[0].lineno  # type: ignore[attr-defined]
    around = module_scope(function.module)
    for one in documented(text):
        named = expression(one.name)
        name = context.resolver.class_named(named, around) if named is not None else None
        if name and context.resolver.hierarchy.is_exception(name):
            said = f"documented: {one.name}" + (f": {one.text}" if one.text else "")
            evidence = Evidence("documented", context.path, first + one.row, said[:120])
            yield Raised(name, function.node.lineno, evidence)
