"""How is it said that a change elsewhere lets more reach a handler?"""

from __future__ import annotations

from collections.abc import Sequence

from broadcatch.model.findings import Because

NAMED = 3
"""So many types, and so many functions, are named."""


def message(because: Sequence[Because]) -> str:
    """What a finding says of the changes: which functions, and what they let reach the handler."""
    by_function: dict[tuple[str, str], list[Because]] = {}
    for one in because:
        by_function.setdefault((one.path, one.function), []).append(one)
    parts = [_sentence(those) for those in list(by_function.values())[:NAMED]]
    more = len(by_function) - len(parts)
    return "; ".join(parts) + (f"; so do changes to {more} more" if more else "")


def _sentence(those: Sequence[Because]) -> str:
    first = those[0]
    names = [f"`{one.type.rpartition('.')[2]}`" for one in those]
    types = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    way = f" by way of {' → '.join(f'`{name}()`' for name in first.calls)}" if first.calls else ""
    place, row = f"{first.path}:{first.line}", first.line_of_call
    return f"your change to `{first.function}()` ({place}) lets {types} reach it from line {row}{way}"
