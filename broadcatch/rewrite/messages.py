"""How does a log message read without the text of the error at its end?

A record with a traceback ends with that text anyway. Only a message whose other words make sense alone is
shortened; any other stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.source import Source
from broadcatch.rewrite.unbind import Place
from broadcatch.rewrite.wording import without_ending

PERCENT = re.compile(r"%%|%(?P<form>\([^)]*\)|)[-+ #0]*[\d*]*(?:\.[\d*]+)?(?P<type>[a-zA-Z])")
BRACES = re.compile(r"\{\{|\}\}|\{(?P<field>[^{}]*)\}")

VALUE = "\ufffc"
"""Stands for a value in the text of an f-string."""


@dataclass(frozen=True, slots=True)
class Shortened:
    """The edits that take the error's text from a message, and the places of the names that go."""

    edits: tuple[Edit, ...]
    gone: frozenset[Place]


class Messages:
    """Shortens the messages of one clause, which calls the error `name`."""

    def __init__(self, source: Source, name: str, braces: bool) -> None:
        self.source = source
        self.name = name
        self.braces = braces

    def shorten(self, call: cst.Call, index: int) -> Shortened | None:
        """The message of `call`, its argument number `index`, without the error; None where it stays."""
        args = call.args
        if not self.name or len(args) <= index or any(arg.star for arg in args):
            return None
        message, values = args[index].value, [arg.value for arg in args[index + 1 :] if arg.keyword is None]
        edits = self._with_values(message, values) if values else self._alone(message)
        if edits is None or sum(self._mentions(arg.value) for arg in args) != 1:
            return None
        gone = [
            (found.line, found.column)
            for found in self.source.names.get(self.name, ())
            if any(_inside(edit.span, found.line, found.column) for edit in edits)
        ]
        return Shortened(tuple(edits), frozenset(gone))

    def is_text(self, node: cst.BaseExpression) -> bool:
        """Whether an expression is the error or its text: `error`, `str(error)`, `repr(error)`."""
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and len(node.args) == 1:
            return node.func.value in ("str", "repr") and self._is_error(node.args[0].value)
        return self._is_error(node)

    def _is_error(self, node: cst.BaseExpression) -> bool:
        return isinstance(node, cst.Name) and node.value == self.name

    def _mentions(self, node: cst.CSTNode) -> int:
        counted = _Names(self.name)
        node.visit(counted)
        return counted.found

    # -- the forms of a message --------------------------------------------------------------------

    def _alone(self, node: cst.BaseExpression) -> list[Edit] | None:
        if isinstance(node, cst.ConcatenatedString):
            return self._alone(node.right)
        if isinstance(node, cst.FormattedString):
            return self._interpolated(node)
        if isinstance(node, cst.BinaryOperation):
            return self._added(node) if isinstance(node.operator, cst.Add) else self._percent(node)
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
            return self._formatted(node, node.func)
        return None

    def _interpolated(self, node: cst.FormattedString) -> list[Edit] | None:
        """`f"…: {error}"`."""
        parts = list(node.parts)
        tail = parts.pop() if parts and isinstance(parts[-1], cst.FormattedStringText) else None
        if len(parts) < 2 or not self._is_plain(parts[-1]):
            return None
        before = parts[-2]
        if not isinstance(before, cst.FormattedStringText):
            return None
        after = tail.value if isinstance(tail, cst.FormattedStringText) else ""
        ahead = "".join(p.value if isinstance(p, cst.FormattedStringText) else VALUE for p in parts[:-2])
        kept = without_ending(ahead + before.value, after)
        if kept is None or len(kept) < len(ahead) or re.search(r"[{}\n]", before.value + after):
            return None
        kept = kept[len(ahead) :]
        start, whole = self.source.span(before), self.source.span(node)
        cut = Span(start.line, start.column + len(kept), whole.end_line, whole.end_column - len(node.end))
        edits = [Edit(cut, "")]
        if len(parts) == 2 or not any(isinstance(p, cst.FormattedStringExpression) for p in parts[:-1]):
            edits.append(self._plain_prefix(node))
        return edits

    def _is_plain(self, part: cst.BaseFormattedStringContent) -> bool:
        """Whether a part of an f-string is the text of the error and no more."""
        if not isinstance(part, cst.FormattedStringExpression) or part.format_spec or part.equal:
            return False
        return part.conversion in (None, "s", "r") and self.is_text(part.expression)

    def _plain_prefix(self, node: cst.FormattedString) -> Edit:
        """Takes the `f` off a text that holds no more values."""
        start = self.source.positions[node].start
        at = start.column + node.start.lower().index("f")
        return Edit(Span(start.line, at, start.line, at + 1), "")

    def _with_values(
        self, node: cst.BaseExpression, values: Sequence[cst.BaseExpression]
    ) -> list[Edit] | None:
        """`"…: %s", error`, or `"…: {}", error` where the logger formats with braces."""
        if not self.is_text(values[-1]):
            return None
        edit = self._placeholder(node, len(values), BRACES if self.braces else PERCENT)
        before = values[-2] if len(values) > 1 else node
        return None if edit is None else [edit, self._between(before, values[-1])]

    def _added(self, node: cst.BinaryOperation) -> list[Edit] | None:
        """`"…: " + str(error)`."""
        if not self.is_text(node.right) or isinstance(node.right, cst.Name):
            return None
        last = node.left
        while isinstance(last, cst.BinaryOperation) and not last.lpar:
            last = last.right
        if not isinstance(last, cst.SimpleString) or last.lpar:
            return None
        kept = without_ending(last.raw_value, "")
        if kept is None or "\n" in last.raw_value:
            return None
        return [self._cut(last, len(kept), len(last.raw_value)), self._between(node.left, node.right)]

    def _percent(self, node: cst.BinaryOperation) -> list[Edit] | None:
        """`"…: %s" % error` and `"… %s: %s" % (item, error)`."""
        if not isinstance(node.operator, cst.Modulo):
            return None
        right = node.right
        values = [one.value for one in right.elements] if isinstance(right, cst.Tuple) else [right]
        if not values or not self.is_text(values[-1]):
            return None
        edit = self._placeholder(node.left, len(values), PERCENT)
        if edit is None:
            return None
        if len(values) == 1:
            return [edit, self._between(node.left, right)]
        gone = self._between(values[-2], values[-1])
        return [edit, Edit(gone.span, "," if len(values) == 2 else "")]

    def _formatted(self, node: cst.Call, func: cst.Attribute) -> list[Edit] | None:
        """`"…: {}".format(error)`."""
        values = [arg.value for arg in node.args]
        named = any(arg.keyword or arg.star for arg in node.args)
        if func.attr.value != "format" or named or not values or not self.is_text(values[-1]):
            return None
        edit = self._placeholder(func.value, len(values), BRACES)
        if edit is None:
            return None
        if len(values) > 1:
            return [edit, self._between(values[-2], values[-1])]
        return [edit, self._between(func.value, node)]

    # -- texts and places --------------------------------------------------------------------------

    def _placeholder(self, node: cst.BaseExpression, count: int, form: re.Pattern[str]) -> Edit | None:
        """The edit that shortens a text whose last place for a value, number `count`, is the error's."""
        while isinstance(node, cst.ConcatenatedString):
            count -= _places(node.left, form)
            node = node.right
        if not isinstance(node, cst.SimpleString) or "\n" in node.raw_value:
            return None
        found = list(form.finditer(node.raw_value))
        if any(one[0] in ("%%", "{{", "}}") for one in found) or len(found) != count or not found:
            return None
        last = found[-1]
        plain = last[0] in ("{}", "{!r}", "{!s}") if form is BRACES else last[0] in ("%s", "%r")
        if not plain or (form is BRACES and any(one["field"].strip("!rs") for one in found)):
            return None
        kept = without_ending(node.raw_value[: last.start()], node.raw_value[last.end() :])
        return None if kept is None else self._cut(node, len(kept), len(node.raw_value))

    def _cut(self, node: cst.SimpleString, start: int, end: int) -> Edit:
        place = self.source.span(node)
        inside = place.column + len(node.prefix) + len(node.quote)
        return Edit(Span(place.line, inside + start, place.line, inside + end), "")

    def _between(self, first: cst.BaseExpression, last: cst.BaseExpression) -> Edit:
        line, column = self.source.outer_end(first)
        end_line, end_column = self.source.outer_end(last)
        return Edit(Span(line, column, end_line, end_column), "")


class _Names(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found = 0

    def visit_Name(self, node: cst.Name) -> None:
        self.found += node.value == self.name

    def visit_Attribute_attr(self, node: cst.Attribute) -> None:
        self.found -= node.attr.value == self.name


def _places(node: cst.BaseExpression, form: re.Pattern[str]) -> int:
    """How many values the pieces of a text take; far too many where one of them cannot be read."""
    if isinstance(node, cst.ConcatenatedString):
        return _places(node.left, form) + _places(node.right, form)
    if not isinstance(node, cst.SimpleString) or re.search(r"%%|\{\{|\}\}", node.raw_value):
        return 1000
    return len(form.findall(node.raw_value))


def _inside(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)
