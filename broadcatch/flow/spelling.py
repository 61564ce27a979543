"""How is an expression written? Its text on one line, and the dotted name of a chain."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

TEXT_WIDTH = 80
FIXED_WIDTH = 200
LINKS = 40
TEXTS = (cst.SimpleString, cst.ConcatenatedString)
_CHAINED = frozenset({cst.Attribute, cst.Call, cst.Subscript, cst.Await})
_BLANK = cst.Module([])


def source(node: cst.CSTNode) -> str:
    """The text of a node on one line, cut at 80 characters."""
    if isinstance(node, (cst.Name, cst.Integer, cst.Float)):
        return node.value
    text = " ".join(_BLANK.code_for_node(node).split())
    return text if len(text) <= TEXT_WIDTH else text[: TEXT_WIDTH - 1] + "…"


def fixed(node: cst.FormattedString | cst.ConcatenatedString) -> str:
    """What a text says whatever the values in it are, on one line, cut at 200 characters."""
    return " ".join("".join(_said(node)).split())[:FIXED_WIDTH]


def _said(node: cst.CSTNode) -> Iterator[str]:
    if isinstance(node, cst.ConcatenatedString):
        yield from _said(node.left)
        yield from _said(node.right)
    elif isinstance(node, cst.FormattedString):
        for part in node.parts:
            yield part.value if isinstance(part, cst.FormattedStringText) else "{}"
    elif isinstance(node, cst.SimpleString):
        yield node.raw_value


def chain(node: cst.CSTNode, most: int = LINKS) -> str:
    """`a.b().c` for a chain of names, attributes, calls and subscripts; "" for anything else.

    A chain of more than `most` links is none: nobody knows its name, and reading it again at every link
    would take its length squared.
    """
    if isinstance(node, cst.Name):
        return node.value
    if most == 0 or type(node) not in _CHAINED:  # isinstance is slow where classes are abstract
        return ""
    if isinstance(node, cst.Attribute):
        head = "str" if isinstance(node.value, TEXTS) else chain(node.value, most - 1)
        return f"{head}.{node.attr.value}" if head else ""
    if isinstance(node, cst.Call):
        return _suffixed(node.func, "()", most)
    if isinstance(node, cst.Subscript):
        return _suffixed(node.value, "[]", most)
    if isinstance(node, cst.Await):
        return chain(node.expression, most - 1)
    return ""


def _suffixed(node: cst.CSTNode, suffix: str, most: int) -> str:
    head = chain(node, most - 1)
    return head + suffix if head else ""
