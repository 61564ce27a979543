"""Under which names may code speak of a function? Its own, and those that imports and assignments give it.

By text, so that only files which can matter are looked at closely: too many names cost time, no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from broadcatch.program.calls import is_deferred
from broadcatch.program.module import Function

_WORD = re.compile(r"[^\W\d]\w*")
_MOST = 40
_MADE = ("__init__", "__new__", "__post_init__")


def words(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """File -> the words in it."""
    return {path: frozenset(_WORD.findall(text)) for path, text in texts.items()}


def names_of(function: Function, texts: Mapping[str, str]) -> frozenset[str] | None:
    """The names that stand for the function; None where Python itself may call it without any name."""
    name = function.node.name
    start = {name}
    if function.owner is not None and name in _MADE:
        start |= {function.owner.node.name, "cls", "__class__", "super"}
    elif name.startswith("__") and name.endswith("__"):
        return None
    return _closure(start, function.owner is not None and name in _MADE, is_deferred(function), texts)


def _closure(start: set[str], made: bool, deferred: bool, texts: Mapping[str, str]) -> frozenset[str] | None:
    """The names, and all that are given to the same thing anywhere; subclasses too where it is a class."""
    found, todo = set(start), set(start) - {"cls", "__class__", "super", *_MADE}
    while todo:
        pattern = _given(todo, made, deferred)
        names = {
            name for text in texts.values() for match in pattern.finditer(text) for name in match.groups()
        }
        todo = {name for name in names if name} - found
        found |= todo
        if len(found) > _MOST:
            return None
    return frozenset(found)


def _given(names: set[str], made: bool, deferred: bool) -> re.Pattern[str]:
    """`name as NEW`, `NEW = name`; `class NEW(name)` for a class; `NEW = name(…)` for what runs later."""
    one = f"(?:{'|'.join(sorted(map(re.escape, names)))})"
    parts = [rf"\b{one}\s+as\s+(\w+)", rf"\b(\w+)\s*=\s*(?:[\w.]+\.)?{one}\b(?!\s*[(.\[])"]
    if made:
        parts.append(rf"\bclass\s+(\w+)\s*\([^)]*\b{one}\b")
    if deferred:
        parts.append(rf"\b(\w+)\s*=\s*(?:await\s+)?(?:[\w.]+\.)?{one}\(")
        parts.append(rf"\bdef\s+(\w+)\s*\((?:(?!\bdef\b)[\s\S]){{0,2000}}?\breturn\s+(?:[\w.]+\.)?{one}\(")
    return re.compile("|".join(parts))
