"""In which order are functions solved that call each other? Circles together, callees before callers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def components(roots: Iterable[T], callees: Callable[[T], Iterable[T]]) -> Iterator[list[T]]:
    """Strongly connected components of what the roots reach, each after those it leads to (Tarjan)."""
    index: dict[T, int] = {}
    low: dict[T, int] = {}
    open_: dict[T, None] = {}
    for root in roots:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        open_[root] = None
        stack = [(root, iter(callees(root)))]
        while stack:
            node, left = stack[-1]
            for callee in left:
                if callee not in index:
                    index[callee] = low[callee] = len(index)
                    open_[callee] = None
                    stack.append((callee, iter(callees(callee))))
                    break
                if callee in open_:
                    low[node] = min(low[node], index[callee])
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    yield _closed(open_, node)


def _closed(open_: dict[T, None], first: T) -> list[T]:
    """The nodes that came after `first` and are still open; they are closed."""
    found = []
    while True:
        node, _ = open_.popitem()
        found.append(node)
        if node == first:
            return found
