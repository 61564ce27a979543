"""Which rewrites do the findings of a file ask for? One wish a file, found by listing them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from broadcatch.mend import wishes
from broadcatch.mend.case import FileCase
from broadcatch.rewrite.values import Spelled, Wanted

Wishes: TypeAlias = Callable[[FileCase], Iterable[Wanted]]


@lru_cache(maxsize=1)
def all_wishes() -> tuple[Wishes, ...]:
    """The function `wishes` of every module in the folder, by the modules' names."""
    names = sorted(found.name for found in pkgutil.iter_modules(wishes.__path__))
    return tuple(importlib.import_module(f"{wishes.__name__}.{name}").wishes for name in names)


def wanted(case: FileCase) -> tuple[Wanted, ...]:
    """What the live findings of one file ask for, each thing once; of a stage nothing but the splits."""
    asked = dict.fromkeys(one for wish in all_wishes() for one in wish(case))
    chosen = (one for one in asked if case.request.stage is None or one.kind == "split")
    return tuple(_without_circles(one, case) for one in chosen)


def _without_circles(one: Wanted, case: FileCase) -> Wanted:
    """The same with those imports local that would close a circle at the top of the file."""
    names: tuple[Spelled, ...] = getattr(one, "names", ())
    marked = tuple(replace(name, local=bool(name.module) and case.circles(name.module)) for name in names)
    changed: dict[str, Any] = {"names": marked}
    return one if marked == names else replace(one, **changed)
