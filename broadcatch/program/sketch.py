"""What does a file define, and where? Plain data that can be kept: lists, texts and numbers, no syntax trees.

A sketch is `[module, is package, error, stars, rebound, for typing only, names, definitions]`. `names` maps
a name to its bindings: the target of an import is a text; 0, 1, 2 are an opaque value, a function, a class;
the rest is `[how, line, column, end line, end column]` of an expression, and where there are any, the same
four of a second one (else 0) and the positions in what is unpacked. A function is `[flags, name, first
line, line, column, last line, definitions inside]`; a class has last column, end of its head and names before
those inside.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeAlias

from broadcatch.program.names import (
    Binding,
    FunctionNode,
    How,
    absolute,
    bindings,
    blocks,
    imported,
    own_statements,
)
from broadcatch.program.skeleton import skeleton
from broadcatch.program.text import parsed
from broadcatch.program.versions import pruned

Sketch: TypeAlias = list[Any]
OPAQUE, DEFINED, CLASS = 0, 1, 2
HOWS: tuple[How, ...] = ("value", "annotation", "element", "entered", "caught", "entered-async")
ASYNC, ACCESSOR, IS_CLASS, ASSIGNS = 1, 2, 4, 8
"""Flags of a definition. An accessor is the setter or deleter of a property; a function assigns if it may
set an attribute of its first parameter."""
_SMALL = 2000
"""A file of so few signs is parsed as a whole."""
_FIXED = {"opaque": OPAQUE, "def": DEFINED, "class": CLASS}


def sketch(source: str, module: str, is_package: bool, minor: int = 0, is_ours: bool = True) -> Sketch:
    """The sketch of a file's text; a text that this Python cannot parse gives one with an error.

    With `minor`, what does not hold for Python 3.`minor` is left out. Of a file that is not of the project
    (`is_ours`), functions are looked into only where the sketch needs it: an error in one is found when that
    function is asked for.
    """
    try:
        tree = parsed(source) if minor or is_ours else _outer_tree(source)
        tree = pruned(tree, minor) if minor else tree
    except SyntaxError as exc:
        return failed(module, is_package, f"cannot be parsed: {exc.msg} (line {exc.lineno})")
    except (ValueError, RecursionError, MemoryError) as exc:
        return failed(module, is_package, f"cannot be parsed: {exc}")
    walrus = ":=" in source
    return [
        module,
        is_package,
        "",
        _stars(tree, module, is_package),
        sorted(_rebound(tree.body)) if "global " in source else [],
        sorted(_for_typing(tree)) if "TYPE_CHECKING" in source else [],
        _names(bindings(tree.body, module, is_package, walrus)),
        list(_definitions(tree.body, module, is_package, walrus)),
    ]


def _outer_tree(source: str) -> ast.Module:
    """The tree of a file, mostly without what stands in its functions. Raises as `parsed`."""
    cut = skeleton(source) if len(source) > _SMALL else None
    if cut is not None:
        with suppress(SyntaxError, ValueError):
            return parsed(cut)
    return parsed(source)


def failed(module: str, is_package: bool, error: str) -> Sketch:
    """The sketch of a file that cannot be read."""
    return [module, is_package, error, [], [], [], {}, []]


def _names(found: dict[str, tuple[Binding, ...]]) -> dict[str, list[Any]]:
    return {name: [_binding(one) for one in those] for name, those in found.items()}


def _binding(one: Binding) -> Any:
    if one.how == "import":
        return one.target
    if one.expr is None or one.how not in HOWS:
        return _FIXED.get(one.how, OPAQUE)
    found: list[Any] = [HOWS.index(one.how), *_extent(one.expr)]
    if one.value is not None or one.path:
        found += [_extent(one.value) if one.value is not None else 0, list(one.path)]
    return found


def _extent(expr: ast.expr) -> list[int | None]:
    return [expr.lineno, expr.col_offset, expr.end_lineno, expr.end_col_offset]


def _definitions(body: list[ast.stmt], module: str, is_package: bool, walrus: bool) -> Iterator[list[Any]]:
    for one in own_statements(body):
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = min([one.lineno, *(decorator.lineno for decorator in one.decorator_list)])
            place = [one.name, first, one.lineno, one.col_offset, one.end_lineno]
            inside = list(_definitions(one.body, module, is_package, walrus))
            if isinstance(one, ast.ClassDef):
                names = _names(bindings(one.body, module, is_package, walrus))
                yield [IS_CLASS, *place, one.end_col_offset, _head(one), names, inside]
            else:
                yield [_flags(one), *place, inside]


def _flags(node: FunctionNode) -> int:
    accessor = any(
        isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter")
        for decorator in node.decorator_list
    )
    found = (
        (isinstance(node, ast.AsyncFunctionDef), ASYNC),
        (accessor, ACCESSOR),
        (_assigns(node), ASSIGNS),
    )
    return sum(flag for holds, flag in found if holds)


def _assigns(node: FunctionNode) -> bool:
    """Whether some statement of the function binds an attribute of its first parameter."""
    plain = [*node.args.posonlyargs, *node.args.args]
    return bool(plain) and any(
        _is_attribute(target, plain[0].arg) for one in own_statements(node.body) for target in _targets(one)
    )


def _targets(statement: ast.stmt) -> Iterator[ast.expr]:
    """What a statement binds, parts of a tuple each."""
    todo: list[ast.expr | None] = []
    if isinstance(statement, ast.Assign):
        todo += statement.targets
    elif isinstance(statement, (ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
        todo.append(statement.target)
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        todo += [item.optional_vars for item in statement.items]
    elif isinstance(statement, ast.Delete):
        todo += statement.targets
    while todo:
        one = todo.pop()
        if isinstance(one, (ast.Tuple, ast.List)):
            todo += one.elts
        elif isinstance(one, ast.Starred):
            todo.append(one.value)
        elif one is not None:
            yield one


def _is_attribute(expr: ast.expr, of: str) -> bool:
    return isinstance(expr, ast.Attribute) and isinstance(expr.value, ast.Name) and expr.value.id == of


def _head(node: ast.ClassDef) -> int:
    """The last line before the body, 0 where the body begins in the line of the head."""
    if not node.body:  # nothing of it holds for this Python
        return 0
    begin = node.body[0]
    first = min([begin.lineno, *(one.lineno for one in getattr(begin, "decorator_list", ()))])
    parts = [*node.bases, *(keyword.value for keyword in node.keywords)]
    return first - 1 if first > max([node.lineno, *(part.end_lineno or 0 for part in parts)]) else 0


def _stars(tree: ast.Module, name: str, is_package: bool) -> list[str]:
    return [
        absolute(name, is_package, statement.level, statement.module or "")
        for statement in own_statements(tree.body)
        if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"
    ]


def _rebound(body: Iterable[ast.stmt]) -> set[str]:
    """Names that functions assign through `global`: their module-level value proves nothing."""
    found: set[str] = set()
    todo = list(body)
    while todo:
        statement = todo.pop()
        if isinstance(statement, ast.Global):
            found.update(statement.names)
        for block in blocks(statement):
            todo += block
    return found


def _for_typing(tree: ast.Module) -> set[str]:
    """Names that are imported for type checkers only."""
    return {
        name
        for statement in own_statements(tree.body)
        if isinstance(statement, ast.If) and ast.unparse(statement.test).endswith("TYPE_CHECKING")
        for inner in own_statements(statement.body)
        for name, _ in imported(inner, "", False)
    }
