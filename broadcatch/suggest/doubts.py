"""Is it shown that the end of a chain can come true for this call? What is not shown is not told as a fact.

`suggest/met.py` finds the ways that a call surely or probably does not take. Of those left, some hang on what
nobody has looked at: a test of an attribute in a callee, a key or text from out of sight. They stay possible,
and count for choosing and ranking; as evidence they are told only where nothing else is known, and in words
that say so.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from broadcatch.model.raising import Evidence, Raised, Step
from broadcatch.program.calls import shown
from broadcatch.program.names import dotted
from broadcatch.suggest.met import Way
from broadcatch.suggest.origins import comes_from_outside, is_given
from broadcatch.suggest.outside import Frame, nodes_of, outside
from broadcatch.suggest.ways import HEDGE, NOTHING_SHOWS, plainly

_Place: TypeAlias = "tuple[str, int, tuple[Step, ...]]"
_OF_VALUES = frozenset(
    "KeyError IndexError LookupError ValueError TypeError AttributeError ZeroDivisionError OverflowError "
    "ArithmeticError StopIteration UnicodeError UnicodeDecodeError UnicodeEncodeError "
    "json.decoder.JSONDecodeError binascii.Error pickle.UnpicklingError EOFError struct.error re.error "
    "decimal.InvalidOperation xml.etree.ElementTree.ParseError".split()
)
"""So a value is at fault, and where it comes from decides."""
DOUBT = "; that it can be so here is not shown"
UNSEEN = "; what it holds was not followed"
AGAINST = "; what is passed or tested here speaks against it"


def is_doubted(one: Raised, way: Way) -> bool:
    """Whether a test in a callee, or the value at the end, comes from a place that was not looked at."""
    if any(not (comes_from_outside(test, way.frames) or is_given(test, way.frames)) for test in way.asked):
        return True
    if one.evidence.kind not in ("operation", "knowledge") or one.type not in _OF_VALUES:
        return False
    last = way.frames[-1]
    if not one.evidence.via:
        return _is_held(one, last)
    used = [outside(last, each) for each in _operands(one, last)]
    return not any(comes_from_outside(each, way.frames) for each in used)


def _operands(one: Raised, frame: Frame) -> Iterator[ast.expr]:
    """What the operations and calls of the row work on: those that the evidence names, if it names one."""
    here = [node for node in nodes_of(frame) if getattr(node, "lineno", 0) == frame.line]
    meant = [node for node in here if _named_by(one, node)]
    for node in meant or here:
        if isinstance(node, ast.Subscript):
            yield from (node.value, node.slice)
        elif isinstance(node, ast.BinOp):
            yield node.right
            if one.type != "ZeroDivisionError":
                yield node.left
        elif isinstance(node, ast.Call):
            yield from (each.value if isinstance(each, ast.Starred) else each for each in node.args)
            yield from (each.value for each in node.keywords)
            if isinstance(node.func, ast.Attribute):
                yield node.func.value
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Tuple, ast.List)):
            yield node.value


def _named_by(one: Raised, node: ast.AST) -> bool:
    """Whether the evidence begins with the operation, or with the name of what is called."""
    told = one.evidence.detail
    if isinstance(node, ast.Call):
        return told.startswith(f"{shown(node.func)}: ")
    return isinstance(node, (ast.Subscript, ast.BinOp)) and told.startswith(f"`{shown(node)}`: ")


def _is_held(one: Raised, frame: Frame) -> bool:
    """Whether it is a key, as written, of what an object or a module holds: it was filled elsewhere."""
    text = one.evidence.detail.partition("`: ")[0].removeprefix("`")
    for node in nodes_of(frame):
        if isinstance(node, ast.Subscript) and node.lineno == frame.line and ast.unparse(node) == text:
            root = node.value
            while isinstance(root, ast.Subscript) and isinstance(root.slice, ast.Constant):
                root = root.value
            return isinstance(node.slice, ast.Constant) and "." in dotted(root)
    return False


def without_doubts(
    evidence: tuple[Evidence, ...], doubted: frozenset[Raised], against: frozenset[Raised] = frozenset()
) -> tuple[Evidence, ...]:
    """What is told of the evidence: what is shown, else the first of the rest in words that say so.

    `against` are those of the doubted against which the call itself speaks: a closed answer names them.
    """
    unsure, refuted = _by_place(doubted), _by_place(against)
    sure = tuple(one for one in evidence if not _is_of(one, unsure))
    if any(one.kind != "usage" for one in sure) or len(sure) == len(evidence):
        return sure
    first = next(one for one in evidence if _is_of(one, unsure))
    words = AGAINST if _is_of(first, refuted) else UNSEEN if NOTHING_SHOWS in first.detail else DOUBT
    return (replace(first, detail=f"{first.detail.removesuffix(HEDGE)}{words}"), *sure)


def _by_place(those: frozenset[Raised]) -> dict[_Place, list[str]]:
    """What is said of each end of a chain."""
    found: dict[_Place, list[str]] = {}
    for why in (one.evidence for one in those):
        found.setdefault((why.path, why.line, why.via), []).append(plainly(why).detail)
    return found


def _is_of(one: Evidence, those: dict[_Place, list[str]]) -> bool:
    """Whether it says that of one of these ends; words may follow."""
    told = those.get((one.path, one.line, one.via), [])
    return one.kind != "usage" and any(one.detail.startswith(each) for each in told)
