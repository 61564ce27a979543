"""Which changed lines belong to no statement that a rewrite was announced for? Imports aside."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection, Iterator

NAMES = "Try TryStar With AsyncWith FunctionDef AsyncFunctionDef ClassDef Raise Expr If Assign"
HOLDS = tuple(getattr(ast, name) for name in NAMES.split() if hasattr(ast, name))


def strangers(before: bytes, after: bytes, announced: Collection[int]) -> list[int]:
    """The lines of `before` at which something changed that is neither an import nor a statement around,
    or at, a line in `announced`. Blank lines count for nothing.
    """
    old, new = before.splitlines(), after.splitlines()
    allowed = _allowed(ast.parse(before), announced) | _imports(ast.parse(before))
    new_imports = _imports(ast.parse(after))
    found = []
    for tag, start, end, left, right in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone = {line + 1 for line in range(start, end) if old[line].strip()}
        come = {line + 1 for line in range(left, right) if new[line].strip()}
        around = {start, start + 1} if start == end else set()
        if gone - allowed or (not gone & allowed and not around & allowed and come - new_imports):
            found.append(start + 1)
    return found


def _imports(tree: ast.AST) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


def _allowed(tree: ast.AST, announced: Collection[int]) -> set[int]:
    """The lines of the smallest try, with, raise or decorated definition at each announced line."""
    found: set[int] = set()
    for line in announced:
        spans = [span for span in _spans(tree) if span[0] <= line <= span[1]]
        if spans:
            start, end = min(spans, key=lambda span: span[1] - span[0])
            found |= set(range(start, end + 1))
    return found


def _spans(tree: ast.AST) -> Iterator[tuple[int, int]]:
    for node in ast.walk(tree):
        if isinstance(node, HOLDS):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
            yield first, node.end_lineno or node.lineno
