"""Under which names may code speak of a function? Its own, and those that imports and assignments give it.

By text, so that only files which can matter are looked at closely: a name too many costs time, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from broadcatch.program.calls import is_deferred
from broadcatch.program.module import Function

_WORD = re.compile(r"[^\W\d]\w*")
_MOST = 40
MADE = ("__init__", "__new__", "__post_init__")
"""What making an instance runs."""
_BY_CLASS = frozenset({"cls", "super"})
_ASSIGNED = re.compile(r"(\w+)\s*(?::[^=\n]*)?=\s*(?:await\s+)?(?:[\w.]+\.)?$")
_RENAMED = re.compile(r"\s+as\s+(\w+)")
_DERIVED = re.compile(r"\bclass\s+(\w+)\s*\([^)\n]*$")
_RETURNED = re.compile(r"\breturn\s+(?:[\w.]+\.)?$")
_DEF = re.compile(r"\bdef\s+(\w+)")


class Texts:
    """The sources of a project, and the words in each."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.words = {path: frozenset(_WORD.findall(text)) for path, text in texts.items()}
        self._lines: dict[str, list[str]] = {}

    def words_between(self, path: str, first: int, last: int) -> frozenset[str]:
        """The words in some lines of a file (counted from 1, both included)."""
        if path not in self._lines:
            self._lines[path] = self.texts[path].splitlines()
        return frozenset(_WORD.findall("\n".join(self._lines[path][first - 1 : last])))

    def names_of(self, function: Function) -> frozenset[str] | None:
        """The names that stand for the function; None where Python itself may call it without any."""
        name, owner = function.node.name, function.owner
        if owner is not None and name in MADE:
            found = self._closure(owner.node.name, of_class=True, deferred=False)
            return found and found | _BY_CLASS | {name}
        if name.startswith("__") and name.endswith("__"):
            return None
        return self._closure(name, of_class=False, deferred=is_deferred(function))

    def _closure(self, name: str, of_class: bool, deferred: bool) -> frozenset[str] | None:
        """The name, and all that are given to the same thing anywhere; of a class, its subclasses too."""
        found, todo = {name}, [name]
        while todo:
            for given in self._given(todo.pop(), of_class, deferred):
                if given not in found:
                    found.add(given)
                    todo.append(given)
            if len(found) > _MOST:
                return None
        return frozenset(found)

    def _given(self, name: str, of_class: bool, deferred: bool) -> Iterator[str]:
        word = re.compile(rf"\b{re.escape(name)}\b")
        for path, text in self.texts.items():
            for match in word.finditer(text) if name in self.words[path] else ():
                before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
                yield from _names(before, text, match.end(), of_class, deferred)


def _names(before: str, text: str, end: int, of_class: bool, deferred: bool) -> Iterator[str]:
    """`NEW = name`, `name as NEW`, `class NEW(name)`; of what runs later `NEW = name()`, `return name()`."""
    called = text[end : end + 1] == "("
    for pattern, wanted in ((_ASSIGNED, deferred or not called), (_DERIVED, of_class)):
        match = pattern.search(before) if wanted else None
        if match:
            yield match[1]
    renamed = _RENAMED.match(text, end)
    if renamed:
        yield renamed[1]
    if deferred and called and _RETURNED.search(before):
        around = _DEF.match(text, max(text.rfind("def ", 0, end), 0))
        if around:
            yield around[1]
