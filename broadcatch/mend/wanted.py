"""Which rewrites do the findings of a file ask for? One wish a file, found by listing them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, TypeAlias

from broadcatch.mend import wishes
from broadcatch.mend.case import FileCase
from broadcatch.rewrite.values import BareWanted, NarrowWanted, Spelled, ToldWanted, Wanted

WHOLE: Final = ("translate", "worker")
"""The kinds of rewrites that write a clause anew."""
MISSING: Final = "`{}` would have to be imported, and nothing says that it is there wherever this file is"
Wishes: TypeAlias = Callable[[FileCase], Iterable[Wanted]]


@lru_cache(maxsize=1)
def all_wishes() -> tuple[Wishes, ...]:
    """The function `wishes` of every module in the folder, by the modules' names."""
    names = sorted(found.name for found in pkgutil.iter_modules(wishes.__path__))
    return tuple(importlib.import_module(f"{wishes.__name__}.{name}").wishes for name in names)


def wanted(case: FileCase) -> tuple[Wanted, ...]:
    """What the live findings of one file ask for, each thing once; of a stage nothing but the splits.

    A split that would import what may be missing is told instead of made.
    """
    asked = list(dict.fromkeys(one for wish in all_wishes() for one in wish(case)))
    if case.request.stage is not None:
        splits = [_told_where_missing(one, case) for one in asked if one.kind == "split"]
        return tuple(_without_circles(one, case) for one in splits)
    chosen = case.request.kinds
    settled = _settled(case, [one for one in asked if not chosen or one.kind in chosen])
    return tuple(_without_circles(_without_missing(one, case), case) for one in settled)


def _settled(case: FileCase, asked: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Who writes a clause anew leaves nothing in it to others; who would only show it leaves it to them."""
    dropped: set[Wanted] = set()
    for whole in asked:
        told = getattr(whole, "offer", None)
        if whole.kind not in WHOLE or whole.line not in case.judged or told:
            continue
        stays = getattr(whole, "rest_stays", False)
        last = whole.line if stays else case.judged[whole.line].handler.end_line
        lines = range(whole.line, last + 1)
        others = {one for one in asked if one.kind not in WHOLE and one.line in lines}
        lost = not _is_made_now(whole, case) and any(_is_made_now(one, case) for one in others)
        dropped |= {whole} if lost else others
    return tuple(one for one in asked if one not in dropped)


def _is_made_now(one: Wanted, case: FileCase) -> bool:
    safety = getattr(one, "safety", "safe")
    return safety == "safe" or (safety == "unsafe" and case.request.unsafe)


def _lacking(one: Wanted, case: FileCase) -> str:
    """The package that would have to be imported, and may be missing where the file can be; "" for none."""
    names: tuple[Spelled, ...] = getattr(one, "names", ())
    found = (name.module for name in names if name.module and case.missing(name.module))
    return next(found, "").partition(".")[0]


def _told_where_missing(one: Wanted, case: FileCase) -> Wanted:
    package = _lacking(one, case)
    return ToldWanted(one.line, MISSING.format(package)) if package else one


def _without_missing(one: Wanted, case: FileCase) -> Wanted:
    """The same, only shown where it would import what may be missing; a bare clause names no class then."""
    if isinstance(one, BareWanted) and _lacking(one, case):
        return replace(one, replacement=None, names=(), leaves=())
    if isinstance(one, NarrowWanted) and (package := _lacking(one, case)):
        return replace(one, safety="display", reason=MISSING.format(package))
    return one


def _without_circles(one: Wanted, case: FileCase) -> Wanted:
    """The same with those imports local that would close a circle at the top of the file."""
    names: tuple[Spelled, ...] = getattr(one, "names", ())
    marked = tuple(replace(name, local=bool(name.module) and case.circles(name.module)) for name in names)
    changed: dict[str, Any] = {"names": marked}
    return one if marked == names else replace(one, **changed)
