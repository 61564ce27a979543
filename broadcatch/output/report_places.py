"""Which handlers of a report does a place mean? The file, or the handler at a line or around it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from broadcatch.errors import BroadcatchError
from broadcatch.model.ranking import HandlerRisk
from broadcatch.model.results import ReportResult, Target


def chosen(result: ReportResult, targets: Sequence[Target]) -> ReportResult:
    """The report with the meant handlers and their files alone. Raises BroadcatchError if there are none."""
    meant = {(one.path, one.line) for target in targets for one in _meant(result.handlers, target)}
    handlers = tuple(one for one in result.handlers if (one.path, one.line) in meant)
    paths = {one.path for one in handlers}
    return replace(result, files=tuple(one for one in result.files if one.path in paths), handlers=handlers)


def _meant(handlers: Sequence[HandlerRisk], target: Target) -> Sequence[HandlerRisk]:
    whole = os.path.abspath(target.path)
    inside = [one for one in handlers if os.path.abspath(one.path) == whole]
    if not inside:
        raise BroadcatchError(f"{target.path}: no broad handler of this file is in the report")
    if target.line is None:
        return inside
    line = target.line
    found = [one for one in inside if one.line == line] or [
        one for one in inside if (one.try_line or one.line) <= line <= max(one.line, one.end_line)
    ]
    if not found:
        raise BroadcatchError(f"{target.path}:{line}: there is no broad handler at this line")
    nearest = max(one.try_line for one in found)
    return [one for one in found if one.try_line == nearest]
