"""How can a function be written differently, so that what it raises stays the same, or changes as foreseen?

Each change takes the files of a package and some of its functions, all of which it rewrites, and gives the
new files and the function to ask about in the place of each that it could be applied to.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks.sampling import Found, FunctionNode, Spot, Texts, decorators, functions

MARKER = "LawMarker"
_PRELUDE = f"""
import contextlib as law_contextlib
class {MARKER}(Exception): pass
law_flag = len(__name__) > 3
"""


@dataclass(frozen=True, slots=True)
class Reworded:
    """The files that differ, and for each function the one to ask about instead."""

    texts: Texts
    asked: dict[Spot, Spot]


Change: TypeAlias = Callable[[Texts, Iterable[Spot]], Reworded]
Edit: TypeAlias = Callable[[Found, str], str]
"""Rewrites a function in its tree; the name of the function to ask about in the same body, "" for none."""


def in_place(edit: Edit) -> Change:
    """The change that makes an edit in the trees of all files that hold one of the functions."""

    def change(texts: Texts, spots: Iterable[Spot]) -> Reworded:
        by_file: dict[str, list[Spot]] = {}
        for spot in spots:
            by_file.setdefault(spot.file, []).append(spot)
        changed, asked = {}, {}
        for file, those in by_file.items():
            tree = ast.parse(texts[file])
            found = functions(tree)
            for spot in those:
                prefix, _, _ = spot.qualname.rpartition(".")
                name = edit(found[spot.qualname], prefix)
                if name:
                    asked[spot] = Spot(file, f"{prefix}.{name}".lstrip("."))
            changed[file] = _printed(tree)
        return Reworded(changed, asked)

    return change


def _printed(tree: ast.Module) -> str:
    """The source of a tree, with what the changes need below its first imports."""
    after = 0
    for index, one in enumerate(tree.body):
        is_text = index == 0 and isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
        if is_text or (isinstance(one, ast.ImportFrom) and one.module == "__future__"):
            after = index + 1
    tree.body[after:after] = ast.parse(_PRELUDE).body
    return ast.unparse(ast.fix_missing_locations(tree))


def printed_anew(found: Found, prefix: str) -> str:
    """The same function in a file without comments and line breaks of its own."""
    return found.node.name


def in_a_manager(found: Found, prefix: str) -> str:
    """Its body stands in a context manager that does nothing."""
    return _wrapped(found.node, "with law_contextlib.nullcontext():\n    pass")


def with_a_marker(found: Found, prefix: str) -> str:
    """It raises one more exception under a condition."""
    said, body = _parts(found.node)
    found.node.body = [*said, *ast.parse(f"if law_flag:\n    raise {MARKER}()").body, *body]
    return found.node.name


def in_a_handler(found: Found, prefix: str) -> str:
    """Its body stands in a `try` that stops ValueError."""
    return _wrapped(found.node, "try:\n    pass\nexcept ValueError:\n    pass")


def _wrapped(node: FunctionNode, around: str) -> str:
    said, body = _parts(node)
    outer = ast.parse(around).body[0]
    outer.body = body  # type: ignore[attr-defined]
    node.body = [*said, outer]
    return node.name


def _parts(node: FunctionNode) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Its docstring, and its body without it."""
    cut = 1 if ast.get_docstring(node, clean=False) is not None else 0
    return node.body[:cut], node.body[cut:]


def moved(found: Found, prefix: str) -> str:
    """Its body stands in another function of the module or class, which is called in its place."""
    node, name = found.node, _new("moved", found, prefix)
    helper = copy.deepcopy(node)
    helper.name, helper.body, helper.decorator_list = name, _parts(node)[1], _bound_as(found)
    found.around.insert(found.around.index(node), helper)
    node.body = [*_parts(node)[0], *_standing_for(node, _call(found, name, prefix))]
    return node.name


def _new(kind: str, found: Found, prefix: str) -> str:
    """A name that no subclass overrides when its methods are rewritten alike."""
    return "_".join(("law", kind, *prefix.split("."), found.node.name))


def _bound_as(found: Found) -> list[ast.expr]:
    """How a helper beside a method must be decorated to get the same first argument."""
    kind = _kind(found)
    return [ast.Name(kind, ast.Load())] if kind in ("staticmethod", "classmethod") else []


def _kind(found: Found) -> str:
    if found.owner is None:
        return "function"
    if found.node.name == "__new__" or "staticmethod" in decorators(found.node):
        return "staticmethod"
    implicit = found.node.name in ("__init_subclass__", "__class_getitem__")
    return "classmethod" if implicit or "classmethod" in decorators(found.node) else "method"


def _call(found: Found, name: str, prefix: str) -> str:
    """The call, within a function, of another of the same module or class with the same arguments."""
    kind, given = _kind(found), _passed(found.node.args)
    if kind in ("method", "classmethod"):
        return f"{given[0]}.{name}({', '.join(given[1:])})"
    return f"{prefix + '.' if kind == 'staticmethod' else ''}{name}({', '.join(given)})"


def aliased(found: Found, prefix: str) -> str:
    """Another function calls it under a second name."""
    node = found.node
    if node.decorator_list or _kind(found) not in ("function", "method"):
        return ""
    alias, asked = _new("alias", found, prefix), _new("asked", found, prefix)
    wrapper = copy.deepcopy(node)
    wrapper.name, wrapper.body = asked, _standing_for(node, _call(found, alias, prefix))
    after = found.around.index(node) + 1
    found.around[after:after] = [*ast.parse(f"{alias} = {node.name}").body, wrapper]
    return asked


def _standing_for(node: FunctionNode, call: str) -> list[ast.stmt]:
    """The body of a function that does what a call of another does: returns, awaits, yields."""
    if isinstance(node, ast.AsyncFunctionDef):
        text = (
            f"async for law_item in {call}:\n    yield law_item"
            if generates(node)
            else f"return await {call}"
        )
    else:
        text = f"return (yield from {call})" if generates(node) else f"return {call}"
    return _body(text, isinstance(node, ast.AsyncFunctionDef))


def _body(text: str, is_async: bool) -> list[ast.stmt]:
    lines = "\n".join(f"    {line}" for line in text.split("\n"))
    tree = ast.parse(f"{'async ' if is_async else ''}def f():\n{lines}")
    return tree.body[0].body  # type: ignore[attr-defined,no-any-return]


def _passed(arguments: ast.arguments) -> list[str]:
    """The parameters as arguments."""
    given = [one.arg for one in arguments.posonlyargs + arguments.args]
    given += [f"*{arguments.vararg.arg}"] if arguments.vararg else []
    given += [f"{one.arg}={one.arg}" for one in arguments.kwonlyargs]
    return given + ([f"**{arguments.kwarg.arg}"] if arguments.kwarg else [])


def generates(node: FunctionNode) -> bool:
    """Whether calling it makes a generator."""
    return any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in own(node))


def own(node: FunctionNode) -> list[ast.AST]:
    """The nodes of its body that stand in no scope of their own."""
    todo: list[ast.AST] = list(node.body)
    found = []
    while todo:
        one = todo.pop()
        found.append(one)
        if not isinstance(one, SCOPES):
            todo += ast.iter_child_nodes(one)
    return found


SCOPES = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


def reexported(texts: Texts, spots: Iterable[Spot]) -> Reworded:
    """Another module calls it as it is imported from a third one."""
    again, front, asked = [], [], {}
    for number, spot in enumerate(spots):
        found = functions(ast.parse(texts[spot.file]))[spot.qualname]
        if found.owner is not None or found.node.decorator_list:
            continue
        again.append(f"from {spot.module} import {spot.qualname} as law_{number}")
        front.append(f"from law_again import law_{number}")
        front.append(_front(found.node, f"law_{number}", f"law_asked_{number}"))
        asked[spot] = Spot("law_front.py", f"law_asked_{number}")
    return Reworded({"law_again.py": "\n".join(again), "law_front.py": "\n".join(front)}, asked)


def _front(node: FunctionNode, called: str, name: str) -> str:
    """A function that takes the same arguments, without annotations and defaults, and calls."""
    wrapper = copy.deepcopy(node)
    arguments = wrapper.args
    wrapper.name, wrapper.returns = name, None
    wrapper.body = _standing_for(node, f"{called}({', '.join(_passed(arguments))})")
    arguments.defaults, arguments.kw_defaults = [], [None] * len(arguments.kwonlyargs)
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    for one in (*every, arguments.vararg, arguments.kwarg):
        if one is not None:
            one.annotation = None
    return ast.unparse(ast.fix_missing_locations(wrapper))
