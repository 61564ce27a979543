"""Whose text can be read in the value of an expression? The question behind every leak."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from broadcatch.flow.screening import MAKERS, screens
from broadcatch.flow.spelling import chain, source

_TELLING = frozenset(
    "args message msg detail details reason strerror description text stderr stdout output body content "
    "response orig __cause__ __context__ __traceback__".split()
)
_SAYING_NOTHING = frozenset(
    "type isinstance issubclass hasattr len bool int float id hash callable sum any all".split()
)
_MAKING_TEXT = MAKERS | frozenset(
    "str repr ascii format dict list tuple set sorted join dumps jsonify encode decode strip lstrip rstrip "
    "replace splitlines split lower upper title capitalize format_map get_exception_message".split()
)
_TEXT_METHODS = _MAKING_TEXT - MAKERS - {"str", "repr", "dict", "list", "tuple", "set", "sorted", "dumps"}
_SCREENING = re.compile(r"sanit|scrub|redact|mask|clean|safe|friendly|classif|public", re.IGNORECASE)
_DISPLAYS = (cst.Tuple, cst.List, cst.Set, cst.Dict)
_WRAPPERS = (cst.Await, cst.FormattedStringExpression)
_PARTED = frozenset(
    {*_DISPLAYS, *_WRAPPERS, cst.FormattedString, cst.ConcatenatedString, cst.BooleanOperation}
    | {cst.BinaryOperation, cst.Subscript, cst.NamedExpr, cst.ListComp, cst.GeneratorExp, cst.SetComp}
)
_SUMS = (cst.Add, cst.Modulo, cst.BitOr)


def shown(node: cst.BaseExpression) -> tuple[str, ...]:
    """The names (and makers of texts of an error, as `traceback.format_exc()`) that can be read in `node`.

    A function that nobody knows may make a number of an error, but passes on a text that it is given.
    """
    return tuple(dict.fromkeys(_shown(node)))


def _shown(node: cst.CSTNode) -> Iterator[str]:
    if isinstance(node, cst.Name):
        yield node.value
    elif isinstance(node, cst.Call):
        yield from _of_call(node)
    elif isinstance(node, cst.Attribute):
        if node.attr.value in _TELLING:
            yield from _shown(node.value)
    elif isinstance(node, cst.IfExp):
        yield from _of_choice(node)
    else:
        for part in _parts(node):
            yield from _shown(part)


def _parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The expressions whose values go into that of `node`."""
    if type(node) not in _PARTED:  # isinstance is slow where classes are abstract
        return
    if isinstance(node, _DISPLAYS):
        yield from (element.value for element in node.elements)
    elif isinstance(node, _WRAPPERS):
        yield node.expression
    elif isinstance(node, cst.FormattedString):
        yield from node.parts
    elif isinstance(node, (cst.ConcatenatedString, cst.BooleanOperation)):
        yield from (node.left, node.right)
    elif isinstance(node, cst.BinaryOperation) and isinstance(node.operator, _SUMS):
        yield from (node.left, node.right)
    elif isinstance(node, (cst.Subscript, cst.NamedExpr)):
        yield node.value
    elif isinstance(node, (cst.ListComp, cst.GeneratorExp, cst.SetComp)):
        yield from (node.elt, node.for_in.iter)


def _of_choice(node: cst.IfExp) -> Iterator[str]:
    """`a if test else b`, without what the test screens."""
    screened = screens(source(node.test), (name for name in _shown(node.body)))
    if screened <= 0:
        yield from _shown(node.body)
    if screened >= 0:
        yield from _shown(node.orelse)


def _of_call(node: cst.Call) -> Iterator[str]:
    name = chain(node.func)
    last = name.rpartition(".")[2] or _method(node.func)
    if last in _SAYING_NOTHING or _SCREENING.search(last):
        return
    if last in MAKERS:
        yield f"{name}()"
    carries = last in _MAKING_TEXT or last.lstrip("_")[:1].isupper()
    for argument in node.args:
        if carries or not isinstance(argument.value, cst.Name):
            yield from _shown(argument.value)
    if isinstance(node.func, cst.Attribute) and last in _TEXT_METHODS:
        yield from _shown(node.func.value)


def _method(node: cst.BaseExpression) -> str:
    return node.attr.value if isinstance(node, cst.Attribute) else ""
