"""Which changed lines belong to no statement that a rewrite was announced for? Imports aside."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection, Iterator

TRIES = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))
OTHERS = (ast.With, ast.AsyncWith, ast.FunctionDef, ast.AsyncFunctionDef, ast.Raise, ast.Expr, ast.Assign)


def strangers(before: bytes, after: bytes, announced: Collection[int]) -> list[int]:
    """The lines of `before` at which something changed that is neither an import nor a statement around,
    or at, a line in `announced`. Blank lines count for nothing.
    """
    old, new = before.splitlines(), after.splitlines()
    allowed = _allowed(ast.parse(before), announced)
    old_imports, new_imports = _imports(ast.parse(before)), _imports(ast.parse(after))
    found = []
    for tag, start, end, left, right in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone = {line + 1 for line in range(start, end) if old[line].strip()}
        come = {line + 1 for line in range(left, right) if new[line].strip()}
        around = {start, start + 1} if start == end else set()
        in_place = gone <= allowed and bool((gone | around) & allowed)
        if not in_place and not (gone <= old_imports and come <= new_imports):
            found.append(start + 1)
    return found


def _imports(tree: ast.AST) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


def _allowed(tree: ast.AST, announced: Collection[int]) -> set[int]:
    """The lines of the smallest try, and of the smallest other statement, around each announced line."""
    found: set[int] = set()
    for kinds in (TRIES, OTHERS):
        spans = list(_spans(tree, kinds))
        for line in announced:
            around = [span for span in spans if span[0] <= line <= span[1]]
            if around:
                start, end = min(around, key=lambda span: span[1] - span[0])
                found |= set(range(start, end + 1))
    return found | {
        clause.lineno  # a raise in it may make it bind the error
        for node in ast.walk(tree)
        if isinstance(node, TRIES)
        for clause in node.handlers
        if any(node.lineno <= line <= (node.end_lineno or line) for line in announced)
    }


def _spans(tree: ast.AST, kinds: tuple[type[ast.AST], ...]) -> Iterator[tuple[int, int]]:
    for node in ast.walk(tree):
        if isinstance(node, kinds) and isinstance(node, ast.stmt):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
            yield first, node.end_lineno or node.lineno
