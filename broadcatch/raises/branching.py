"""Does a branch run where parameters stand for these constants?"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

from broadcatch.raises.conditions import TYPES
from broadcatch.raises.regions import Condition, Known, Parameter, Region


def is_refuted(conditions: tuple[Condition, ...], known: Mapping[Parameter, Region]) -> bool:
    """Whether some condition is surely not met; what is not known refutes nothing."""
    return any(_fails(one, known.get(one.parameter, ()), known) for one in conditions)


def _fails(one: Condition, region: Region, known: Mapping[Parameter, Region]) -> bool:
    value = region[0] if len(region) == 1 else None
    if not all(is_refuted(others, known) for others in one.unless):
        return False
    if not isinstance(value, Known):
        return False
    found = _by_kind(one, value.kinds) if value.kinds else _holds(one.test, one.values, value.value)
    return found is not None and found is not one.holds


def _by_kind(one: Condition, kinds: tuple[str, ...]) -> bool | None:
    """Whether a value of this class passes the test; None if that is not known."""
    if one.test == "isinstance":
        return any(name in kinds for name in one.values)
    return False if one.test == "is" and one.values == ("None",) else None


@lru_cache(maxsize=10_000)
def _holds(test: str, values: tuple[str, ...], text: str) -> bool:
    value = ast.literal_eval(text)
    if test == "truth":
        return bool(value)
    if test == "isinstance":
        return isinstance(value, tuple(TYPES[name] for name in values if name in TYPES))
    if test == "is":
        return text == values[0]
    return any(value == ast.literal_eval(other) for other in values)
