"""Which handlers of a file do the targets mean? A line may stand in the try as well as on the clause."""

from __future__ import annotations

import os
from collections.abc import Sequence

from broadcatch.judge.verdict import Judged
from broadcatch.model.results import Target


def meant(path: str, judged: Sequence[Judged], targets: Sequence[Target]) -> Sequence[Judged]:
    """The handlers of the file `path` that are asked for: all, where no target names a line of it.

    A line without a clause of its own stands for the broad handlers of the nearest try around it; within
    a handler's body, for that handler.
    """
    lines = [target.line for target in targets if os.path.abspath(target.path) == os.path.abspath(path)]
    if not lines or None in lines:
        return judged
    own = {one.handler.span.line for one in judged}
    chosen = {
        line for one in lines if one is not None for line in ([one] if one in own else around(one, judged))
    }
    return [one for one in judged if one.handler.span.line in chosen]


def is_asked(path: str, line: int, targets: Sequence[Target]) -> bool:
    """Whether the targets ask for a place of the file `path` that belongs to no handler."""
    lines = [target.line for target in targets if os.path.abspath(target.path) == os.path.abspath(path)]
    return not lines or None in lines or line in lines


def explained(line: int, judged: Sequence[Judged]) -> Sequence[Judged]:
    """The handlers that a line stands for: its own clause, else those around it, broad ones first."""
    own = [one for one in judged if one.handler.span.line <= line <= one.handler.span.end_line]
    if own:
        return own
    lines = around(line, judged) or around(line, judged, broad_only=False)
    return [one for one in judged if one.handler.span.line in lines]


def around(line: int, judged: Sequence[Judged], broad_only: bool = True) -> Sequence[int]:
    """The lines of the (broad) handlers of the nearest try whose body, or handler, holds the line."""
    found = [one.handler for one in judged if one.verdict.broad or not broad_only]
    found = [one for one in found if one.try_line <= line <= one.end_line]
    nearest = [one for one in found if one.try_line == max(other.try_line for other in found)]
    inside = [one for one in nearest if one.span.line <= line]
    return [one.span.line for one in inside or nearest]
