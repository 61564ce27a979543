"""Did the edits change what they declare, and nothing else?"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence

import libcst as cst

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.rewrite.apply import NEWLINE, split_lines

Place = tuple[int, int]


def verify(before: str, after: str, edits: Sequence[Edit]) -> None:
    """Raises RewriteError unless `after` is `before` plus the edits, by its text and by its meaning.

    The lines outside the edits are the same; it parses with LibCST, and compiles if `before` did; and the
    syntax tree differs only in the type and name of an edited clause, the cause of an edited raise, and
    the imports added.
    """
    _same_lines(before, after, edits)
    try:
        cst.parse_module(after)
    except cst.ParserSyntaxError as error:
        raise RewriteError(f"the result does not parse: line {error.raw_line}") from error
    old = _compiled(before)
    if isinstance(old, str):
        return
    new = _compiled(after)
    if isinstance(new, str):
        raise RewriteError(f"the result does not compile: {new}")
    _same_tree(old, new, split_lines(before), edits)


def _same_lines(before: str, after: str, edits: Sequence[Edit]) -> None:
    touched = {line for edit in edits for line in _touched(edit)}
    lines = split_lines(before)
    untouched = [line for number, line in enumerate(lines, 1) if number not in touched]
    remaining = iter(split_lines(after))
    if not all(line in remaining for line in untouched):
        raise RewriteError("a line outside the edits changed")
    unique = set(edits)
    gained = sum(
        len(NEWLINE.findall(edit.content)) - (edit.span.end_line - edit.span.line) for edit in unique
    )
    if len(split_lines(after)) != len(lines) + gained:
        raise RewriteError("lines were lost or gained outside the edits")


def _touched(edit: Edit) -> range:
    """The lines that the edit changes; none where it only puts whole lines between others."""
    whole = edit.span.column == edit.span.end_column == 0 and edit.span.line == edit.span.end_line
    if whole and edit.content.endswith(("\n", "\r")):
        return range(0)
    return range(edit.span.line, edit.span.end_line + 1)


def _compiled(text: str) -> ast.Module | str:
    """The syntax tree of a text that compiles, else why it does not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<rewrite>", "exec", dont_inherit=True)
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError) as error:
        return str(error)


def _same_tree(old: ast.Module, new: ast.Module, lines: Sequence[str], edits: Sequence[Edit]) -> None:
    starts = {(edit.span.line, edit.span.column) for edit in edits}
    pairs = list(zip(_sites(old), _sites(new), strict=False))
    if len(list(_sites(old))) != len(list(_sites(new))):
        raise RewriteError("a handler or a raise was lost or gained")
    for was, now in pairs:
        if isinstance(was, ast.Raise) and isinstance(now, ast.Raise):
            _mask_cause(was, now, lines, starts)
        elif isinstance(was, ast.ExceptHandler) and isinstance(now, ast.ExceptHandler):
            _mask_clause(was, now, lines, starts)
    _same_statements(old, new, edits)


def _sites(tree: ast.Module) -> Iterator[ast.Raise | ast.ExceptHandler]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.ExceptHandler))


def _mask_cause(was: ast.Raise, now: ast.Raise, lines: Sequence[str], starts: set[Place]) -> None:
    end = _characters(lines, was.end_lineno or 0, was.end_col_offset or 0)
    if end in starts and was.cause is None and isinstance(now.cause, ast.Name):
        now.cause = None


def _mask_clause(
    was: ast.ExceptHandler, now: ast.ExceptHandler, lines: Sequence[str], starts: set[Place]
) -> None:
    begin = _characters(lines, was.lineno, was.col_offset)
    end = _characters(lines, was.body[0].lineno, was.body[0].col_offset)
    if any(begin <= start < end for start in starts):
        was.type = now.type = None
        if was.name is None:
            now.name = None


def _characters(lines: Sequence[str], line: int, column: int) -> Place:
    """A place of `ast`, whose columns count UTF-8 bytes, in characters."""
    return line, len(lines[line - 1].encode("utf-8")[:column].decode("utf-8"))


def _same_statements(old: ast.Module, new: ast.Module, edits: Sequence[Edit]) -> None:
    added = {_plain(line) for edit in edits for line in split_lines(edit.content)}
    expected = iter(map(ast.dump, old.body))
    waiting = next(expected, None)
    for statement in new.body:
        if ast.dump(statement) == waiting:
            waiting = next(expected, None)
        elif not isinstance(statement, ast.Import | ast.ImportFrom) or ast.unparse(statement) not in added:
            raise RewriteError(f"more changed than was declared, at line {statement.lineno}")
    if waiting is not None:
        raise RewriteError("a statement was lost")


def _plain(line: str) -> str:
    return re.sub(r"\s+", " ", line.strip())
