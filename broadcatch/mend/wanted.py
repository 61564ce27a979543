"""Which rewrites do the findings of a file ask for? One wish a file, found by listing them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

from broadcatch.mend import wishes
from broadcatch.mend.case import FileCase
from broadcatch.rewrite.values import Wanted

Wishes: TypeAlias = Callable[[FileCase], Iterable[Wanted]]


@lru_cache(maxsize=1)
def all_wishes() -> tuple[Wishes, ...]:
    """The function `wishes` of every module in the folder, by the modules' names."""
    names = sorted(found.name for found in pkgutil.iter_modules(wishes.__path__))
    return tuple(importlib.import_module(f"{wishes.__name__}.{name}").wishes for name in names)


def wanted(case: FileCase) -> tuple[Wanted, ...]:
    """What the live findings of one file ask for, each thing once; of a stage nothing but the splits."""
    asked = dict.fromkeys(one for wish in all_wishes() for one in wish(case))
    return tuple(one for one in asked if case.request.stage is None or one.kind == "split")
