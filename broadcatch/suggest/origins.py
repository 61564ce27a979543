"""Where does a value come from: from outside of the program, from what the handler's function is given, or
from a place that was not looked at?
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from broadcatch.program.names import dotted
from broadcatch.source.walking import walk
from broadcatch.suggest.outside import Frame, receiver_of
from broadcatch.suggest.worth import is_of_class

_APART = re.compile(r"(\w+?)__(\d+)__\d+$")
_PASSES_ON = frozenset(
    "len isinstance issubclass hasattr getattr callable bool type str repr int float any all min max sum "
    "sorted reversed enumerate range zip map filter list tuple set dict frozenset bytes id super iter "
    "next abs round lower upper strip lstrip rstrip startswith endswith format join keys items values get "
    "split rsplit splitlines replace encode decode partition rpartition copy append pop index "
    "removeprefix removesuffix".split()
)
"""What these give is made of what they are given, or of the object whose methods they are."""
_DEEPEST = 6


def comes_from_outside(expr: ast.expr, frames: tuple[Frame, ...]) -> bool:
    """Whether a part of it, in terms of the outermost function, is what a call answered.

    Such a value may be anything that the callee gives. A class's call makes an object of what it is given.
    """
    return _is_answer(expr, frames, 0, frozenset())


def is_given(expr: ast.expr, frames: tuple[Frame, ...]) -> bool:
    """Whether it hangs on parameters and variables of the handler's own function alone, and on constants."""
    return _is_given(expr, frames, 0, frozenset())


def _is_given(expr: ast.expr, frames: tuple[Frame, ...], place: int, seen: frozenset[str]) -> bool:
    names = {one.id for one in ast.walk(expr) if isinstance(one, ast.Name)} - _PASSES_ON
    called = {one.func for one in ast.walk(expr) if isinstance(one, ast.Call)}
    if any(isinstance(one, ast.Attribute) and one not in called for one in ast.walk(expr)):
        return False  # what an object holds that was handed in, nobody has looked at
    return bool(names) and all(_is_bound(one, frames, place, seen) for one in names)


def _is_bound(name: str, frames: tuple[Frame, ...], place: int, seen: frozenset[str]) -> bool:
    at, plain = _home(name, place)
    if at >= len(frames) or frames[at].function is None or f"{plain}@{at}" in seen:
        return False
    if not at:
        return plain != (receiver_of(own) if (own := frames[0].function) else "") and plain in _own(frames[0])
    if plain in frames[at].given and at == place:
        return _is_given(frames[at].given[plain], frames, 0, seen)
    bound = [value for value, _ in bindings(frames[at], plain)]
    return bool(bound) and all(_is_given(one, frames, at, seen | {f"{plain}@{at}"}) for one in bound)


def _own(frame: Frame) -> frozenset[str]:
    """The names of parameters and variables of the function."""
    if frame.function is None:
        return frozenset()
    nodes = list(ast.walk(frame.function.node))
    bound = (one.id for one in nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    return frozenset(bound) | {one.arg for one in nodes if isinstance(one, ast.arg)}


def _home(name: str, place: int) -> tuple[int, str]:
    """The place of the function in the chain whose name it is, and the name as it is written there."""
    found = _APART.match(name)
    return (int(found[2]), found[1]) if found else (place, name)


def _is_answer(expr: ast.expr, frames: tuple[Frame, ...], place: int, seen: frozenset[str]) -> bool:
    """The same of an expression with the names of the function at that place of the chain."""
    if any(isinstance(one, (ast.Await, ast.Yield, ast.YieldFrom)) or _asks(one) for one in ast.walk(expr)):
        return True
    names = (one.id for one in ast.walk(expr) if isinstance(one, ast.Name))
    return len(seen) < _DEEPEST and any(_is_answered(one, frames, place, seen) for one in names)


def _is_answered(name: str, frames: tuple[Frame, ...], place: int, seen: frozenset[str]) -> bool:
    at, plain = _home(name, place)
    if at >= len(frames) or f"{plain}@{at}" in seen:
        return False
    seen |= {f"{plain}@{at}"}
    if at and at == place and plain in frames[at].given:
        return _is_answer(frames[at].given[plain], frames, 0, seen)
    return any(
        is_sure or _is_answer(value, frames, at, seen) for value, is_sure in bindings(frames[at], plain)
    )


def _asks(node: ast.AST) -> bool:
    """Whether it is a call whose answer is more than what it is given."""
    if not isinstance(node, ast.Call):
        return False
    last = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
    return last not in _PASSES_ON and not is_of_class(last)


def bindings(frame: Frame, name: str) -> Iterator[tuple[ast.expr, bool]]:
    """What the variable is given in the function; True with what only running code gives (`with`, `next`)."""
    for statement in frame.body:
        for node in walk(statement):
            if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if node.value is not None and any(_binds(one, name) for one in targets):
                    yield node.value, False
            elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)) and _binds(node.target, name):
                yield node.iter, isinstance(node, ast.AsyncFor)
            elif isinstance(node, ast.withitem) and node.optional_vars is not None:
                if _binds(node.optional_vars, name):
                    yield node.context_expr, True


def _binds(target: ast.expr, name: str) -> bool:
    return any(
        isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Store)
        for one in ast.walk(target)
    )
