"""How far is a question followed? The nearest functions first, and no more than a fixed number of them.

What lies beyond is open, so an answer that was cut short never claims to be closed. Which functions are
followed depends on the question alone: on what its code calls, not on what was asked before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from broadcatch.program.module import Function
from broadcatch.raises.frames import NOTHING, Call, Frames, Node
from broadcatch.raises.regions import Region

MOST = 200
"""So many functions are followed for one question."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a question leads to: `functions` are followed, `nodes` are those of them that it calls itself.

    `is_cut`: there are functions beyond them.
    """

    functions: frozenset[Function]
    nodes: tuple[Node, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Callees:
    """What a function calls: `followed` are followed; `is_cut`: it calls something else, too."""

    followed: tuple[Node, ...]
    is_cut: bool


class Horizon:
    """Functions around a question; what each of them calls is found once and kept."""

    def __init__(self, frames: Frames, most: int = MOST) -> None:
        self._frames = frames
        self._most = most
        self._calls: dict[Node, tuple[Call, ...]] = {}

    def reach(self, region: Region) -> Reach:
        """The functions that a region leads to, as far as they are followed, breadth first."""
        start = tuple(self._frames.calls(region, NOTHING))
        functions: dict[Function, None] = {}
        seen: set[Node] = set()
        waiting = deque(start)
        is_cut = False
        while waiting:
            call = waiting.popleft()
            if call.function not in functions and len(functions) >= self._most:
                is_cut = True
                continue
            functions[call.function] = None
            node = self._frames.node(call.invoke, call.env)
            if node not in seen:
                seen.add(node)
                waiting += self._calls_of(node)
        followed = frozenset(functions)
        return Reach(followed, self._callees(start, followed).followed, is_cut)

    def callees(self, node: Node, followed: frozenset[Function]) -> Callees:
        """What a function calls, where only `followed` are followed."""
        return self._callees(self._calls_of(node), followed)

    def _callees(self, calls: Iterable[Call], followed: frozenset[Function]) -> Callees:
        found = dict.fromkeys(self._nodes(calls, followed))
        is_cut = None in found
        return Callees(tuple(one for one in found if one is not None), is_cut)

    def _nodes(self, calls: Iterable[Call], followed: frozenset[Function]) -> Iterator[Node | None]:
        """What is called, also by the context managers around a body; None for what is not followed."""
        todo = list(calls)
        spliced: set[Node] = set()
        while todo:
            call = todo.pop()
            if call.function not in followed:
                yield None
                continue
            node = self._frames.node(call.invoke, call.env)
            if not call.spliced:
                yield node
            elif node not in spliced:
                spliced.add(node)
                todo += self._calls_of(node)

    def _calls_of(self, node: Node) -> tuple[Call, ...]:
        if node not in self._calls:
            region = self._frames.region(node.function)
            self._calls[node] = tuple(dict.fromkeys(self._frames.calls(region, node.env)))
        return self._calls[node]
