"""Was an operation made safe by what was asked just before, in the same row or above it?

The engine leaves out what is proved so. Here nothing is asked of what runs in between: likely, no proof.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from broadcatch.model.raising import Raised
from broadcatch.program.calls import shown
from broadcatch.program.names import dotted
from broadcatch.program.text import expression
from broadcatch.raises.passing import defaults
from broadcatch.suggest.conditions import Conditions
from broadcatch.suggest.fetched import is_column
from broadcatch.suggest.filled import is_filled
from broadcatch.suggest.outside import Frame, nodes_of, outside, stores_of
from broadcatch.suggest.worth import kind_of, least_of, literal

_DIVIDES = (ast.Div, ast.FloorDiv, ast.Mod)
_PLAIN = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)
_PLACES = frozenset({"index", "find", "rindex", "rfind"})
_LISTS = frozenset({"list", "tuple", "sorted"})


def is_tested(one: Raised, frame: Frame, facts: Conditions) -> bool:
    """Whether all the operations of the row that are meant were asked for before."""
    found = [_is_safe(one.type, node, frame, facts) for node in _meant(one, frame)]
    return bool(found) and all(found)


def _meant(one: Raised, frame: Frame) -> Iterator[ast.expr]:
    """The operations of the row of which the evidence speaks."""
    text = one.evidence.detail.partition("`: ")[0].removeprefix("`")
    for node in nodes_of(frame):
        if isinstance(node, ast.expr) and node.lineno == frame.line:
            is_getattr = isinstance(node, ast.Call) and shown(node.func) == "getattr"
            if is_getattr and one.evidence.detail.startswith("getattr: "):
                yield node
            elif isinstance(node, (ast.Subscript, ast.BinOp)) and shown(node) == text:
                yield node


def _is_safe(type_: str, node: ast.expr, frame: Frame, facts: Conditions) -> bool:
    known = facts.and_([(outside(frame, test), holds) for test, holds in around(node, frame)])

    def says(text: str, holds: bool = True) -> bool:
        asked = expression(text)
        if asked is None:
            return False
        for part in ast.walk(asked):
            if isinstance(part, ast.expr):
                part.lineno = node.lineno
        return known.ask(outside(frame, asked)) is holds

    if type_ == "AttributeError" and isinstance(node, ast.Call) and len(node.args) == 2:
        return says(f"hasattr({ast.unparse(node.args[0])}, {ast.unparse(node.args[1])})")
    if type_ == "ZeroDivisionError" and isinstance(node, ast.BinOp) and isinstance(node.op, _DIVIDES):
        by = ast.unparse(node.right)
        counted = node.right.args[0] if isinstance(node.right, ast.Call) and by.startswith("len(") else None
        if counted is not None and says(ast.unparse(counted)):
            return True
        return says(f"({by})") or says(f"({by}) > 0") or says(f"({by}) == 0", False)
    if not isinstance(node, ast.Subscript) or _is_range(node.slice):
        return False
    if type_ in ("KeyError", "IndexError") and is_column(node, frame):
        return True
    if type_ == "KeyError":
        return (
            is_filled(node, frame)
            or _is_number(node.slice)
            or _was_read(node, frame)
            or says(f"({ast.unparse(node.slice)}) in {ast.unparse(node.value)}")
        )
    if type_ == "IndexError" and (_counts(node, frame) or _is_choice(node, frame) or _is_long(node, says)):
        return True
    if type_ == "IndexError" and literal(node.slice) in (0, -1):
        return any(says(ast.unparse(of)) for of in _same_length(node.value)) or _reaches(known, frame, node)
    return type_ == "IndexError" and _reaches(known, frame, node)


def _reaches(known: Conditions, frame: Frame, node: ast.Subscript) -> bool:
    """Whether the sequence was written out with so many elements."""
    index, least = literal(node.slice), least_of(known.meant(outside(frame, node.value)))
    return isinstance(index, int) and -least <= index < least


def _is_number(key: ast.expr) -> bool:
    """Whether it is the place of something in a sequence or text, and so in another: no key of a mapping."""
    called = key.func if isinstance(key, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in _PLACES


def _is_choice(node: ast.Subscript, frame: Frame) -> bool:
    """`(no, yes)[flag]`: one of two by what is true or false."""
    two = isinstance(node.value, (ast.Tuple, ast.List)) and len(node.value.elts) == 2
    return two and (kind_of(outside(frame, node.slice)) == "bool" or _is_flag(node.slice, frame))


def _is_flag(expr: ast.expr, frame: Frame) -> bool:
    """Whether it is a parameter that is True or False unless another is given."""
    if not isinstance(expr, ast.Name) or frame.function is None:
        return False
    return any(
        name == expr.id and isinstance(default, ast.Constant) and isinstance(default.value, bool)
        for name, default in defaults(frame.function)
    )


def _is_long(node: ast.Subscript, says: Callable[[str], bool]) -> bool:
    """Whether its length was compared with a number that is as large as the index."""
    index = literal(node.slice)
    if not isinstance(index, int) or isinstance(index, bool):
        return False
    least = index + 1 if index >= 0 else -index
    length = f"len({ast.unparse(node.value)})"
    return any(
        says(f"{length} > {number - 1}") or says(f"{length} >= {number}")
        for number in range(least, least + 5)
    )


def _counts(node: ast.Subscript, frame: Frame) -> bool:
    """Whether a loop around it gives the index, by numbers of this very sequence."""
    if not isinstance(node.slice, ast.Name):
        return False
    of, name = ast.unparse(node.value), node.slice.id
    numbers = {f"enumerate({of})", f"range(len({of}))"}
    return any(
        isinstance(one, ast.For)
        and ast.unparse(one.iter) in numbers
        and name == dotted(one.target.elts[0] if isinstance(one.target, ast.Tuple) else one.target)
        for one in nodes_of(frame)
        if getattr(one, "lineno", 0) <= frame.line <= (getattr(one, "end_lineno", 0) or 0)
    )


def _was_read(node: ast.Subscript, frame: Frame) -> bool:
    """Whether the same was looked up in a row above it that surely ran, and nothing was bound since."""
    text, root = ast.unparse(node), dotted(node).partition(".")[0]
    rows = [one.lineno for one in _ran_before(frame) if isinstance(one, ast.Subscript) and _reads(one, text)]
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    stores = stores_of(frame)
    bound = [line for name in (*names, root) for line in stores.get(name, ())]
    return any(not any(row <= line < frame.line for line in bound) for row in rows)


def _reads(node: ast.Subscript, text: str) -> bool:
    return isinstance(node.ctx, ast.Load) and ast.unparse(node) == text


def _ran_before(frame: Frame) -> Iterator[ast.expr]:
    """What ran if the row does: the statements before it, of branches the tests."""
    yield from _ran(frame.body, frame.line)


def _ran(body: list[ast.stmt], line: int) -> Iterator[ast.expr]:
    for statement in body:
        if statement.lineno >= line:
            return
        test = getattr(statement, "test", None) or getattr(statement, "iter", None)
        if isinstance(statement, _PLAIN):
            yield from (one for one in ast.walk(statement) if isinstance(one, ast.Subscript))
        elif isinstance(test, ast.expr):
            first = test.values[0] if isinstance(test, ast.BoolOp) else test
            yield from (one for one in ast.walk(first) if isinstance(one, ast.Subscript))
        for name in ("body", "orelse", "finalbody"):
            block = getattr(statement, name, [])
            if isinstance(block, list) and block and block[0].lineno <= line <= (block[-1].end_lineno or 0):
                yield from _ran(block, line)


def _is_range(key: ast.expr) -> bool:
    """Whether it is no key, but a slice, or holds one: `x[1:]`."""
    return any(isinstance(one, ast.Slice) for one in (key, *getattr(key, "elts", ())))


def _same_length(expr: ast.expr) -> Iterator[ast.expr]:
    """The value, and what it is a list of."""
    yield expr
    if isinstance(expr, ast.Call) and shown(expr.func) in _LISTS and len(expr.args) == 1:
        yield from _same_length(expr.args[0])


def around(node: ast.expr, frame: Frame) -> Iterator[tuple[ast.expr, bool]]:
    """What conditional expressions, `and`, `or` and comprehensions of the statement say of their part."""
    for one in nodes_of(frame):
        if isinstance(one, ast.IfExp):
            if _holds(one.body, node):
                yield one.test, True
            elif _holds(one.orelse, node):
                yield one.test, False
        elif isinstance(one, ast.BoolOp):
            for place, value in enumerate(one.values):
                if _holds(value, node):
                    yield from ((each, isinstance(one.op, ast.And)) for each in one.values[:place])
        elif isinstance(one, (ast.ListComp, ast.SetComp, ast.GeneratorExp)) and _holds(one.elt, node):
            yield from ((test, True) for each in one.generators for test in each.ifs)


def _holds(part: ast.AST, node: ast.AST) -> bool:
    return any(one is node for one in ast.walk(part))
