"""Under which names may code speak of a function? Its own, and those that imports and assignments give it.

By name alone, so that only files which can matter are looked at closely: a name too many costs time, no more.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from broadcatch.program.calls import is_deferred
from broadcatch.program.module import Function
from broadcatch.raises.upwards.gifts import Gift, gifts

_WORD = re.compile(r"[^\W\d]\w*")
_MOST = 200
"""Of more names, nearly every function speaks."""
MADE = ("__init__", "__new__", "__post_init__")
"""What making an instance runs."""
_BY_CLASS = frozenset({"cls", "super"})


@dataclass(frozen=True, slots=True)
class Names:
    """The names that stand for a function: in all files, and those that are local to functions of one."""

    everywhere: frozenset[str]
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def at(self, path: str) -> frozenset[str]:
        """Those that may mean it in a file."""
        inside = self.within.get(path)
        return self.everywhere | inside if inside else self.everywhere


@dataclass(frozen=True, slots=True)
class _Known:
    """A name: in one file ("" for all); `runs` is it where its call gives what is sought, not that itself."""

    path: str
    name: str
    runs: bool


@dataclass(frozen=True, slots=True)
class _Sought:
    """What kind of thing the names are sought of."""

    of_class: bool = False
    coroutine: bool = False


class Texts:
    """The sources of a project, the words in each, and what each gives a second name to.

    `tree` gives the syntax of a file, None where there is none.
    """

    def __init__(self, texts: Mapping[str, str], tree: Callable[[str], ast.Module | None]) -> None:
        self.texts = texts
        self.words = {path: frozenset(_WORD.findall(text)) for path, text in texts.items()}
        self._tree = tree
        self._lines: dict[str, list[str]] = {}
        self._gifts: dict[str, dict[str, list[Gift]]] = {}

    def words_between(self, path: str, first: int, last: int) -> frozenset[str]:
        """The words in some lines of a file (counted from 1, both included)."""
        if path not in self._lines:
            self._lines[path] = self.texts[path].splitlines()
        return frozenset(_WORD.findall("\n".join(self._lines[path][first - 1 : last])))

    def names_of(self, function: Function) -> Names | None:
        """The names that stand for the function; None where Python itself may call it without any."""
        name, owner = function.node.name, function.owner
        if owner is not None and name in MADE:
            found = self._closure(_Known("", owner.node.name, False), _Sought(of_class=True))
            return found and Names(found.everywhere | _BY_CLASS | {name}, found.within)
        if name.startswith("__") and name.endswith("__"):
            return None
        sought = _Sought(coroutine=function.is_async and not function.yields)
        return self._closure(_Known("", name, is_deferred(function)), sought)

    def _closure(self, first: _Known, sought: _Sought) -> Names | None:
        """The name, and all that are given to the same thing anywhere; of a class, its subclasses too."""
        found, todo = {first}, [first]
        while todo:
            for given in self._given(todo.pop(), sought):
                if given not in found:
                    found.add(given)
                    todo.append(given)
            if len({one.name for one in found if not one.path}) > _MOST:
                return None
        inside: dict[str, set[str]] = {}
        for one in found:
            inside.setdefault(one.path, set()).add(one.name)
        everywhere = frozenset(inside.pop(""))
        return Names(everywhere, {path: frozenset(those) for path, those in inside.items()})

    def _given(self, known: _Known, sought: _Sought) -> Iterator[_Known]:
        """The names that what bears one name is given, each where it means that."""
        for path in (known.path,) if known.path else self.words:
            if known.name in self.words[path]:
                for one in self._gifts_of(path).get(known.name, ()):
                    runs = _after(known.runs, one, sought)
                    if runs is not None:
                        yield _Known(path if one.local else "", one.new, runs)

    def _gifts_of(self, path: str) -> Mapping[str, list[Gift]]:
        if path not in self._gifts:
            tree = self._tree(path)
            by_name = self._gifts[path] = {}
            for one in gifts(tree) if tree is not None else ():
                by_name.setdefault(one.old, []).append(one)
        return self._gifts[path]


def _after(runs: bool, gift: Gift, sought: _Sought) -> bool | None:
    """Whether the new name is one whose call gives what is sought; None where it has nothing to do with it.

    What is sought of a coroutine function or a generator is what its call gives: that is what goes on.
    """
    if gift.kind == "derived":
        return runs if sought.of_class else None
    if gift.awaited and sought.coroutine:
        return None  # it has run, and what it gave is something else
    if gift.kind == "returned":
        return True if runs == gift.called else None
    if gift.called:
        return False if runs else None
    return runs
