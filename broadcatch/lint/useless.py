"""Would the program do the same without this clause?"""

from __future__ import annotations

import builtins
import re

from broadcatch.config.options import Config
from broadcatch.flow.walk import raises_at_once
from broadcatch.judge.words import BROAD
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Caught

_DIRECTIVE = re.compile(r"(noqa|type|pragma|pylint|ruff|mypy|pyright|fmt|nosec|noinspection|broadcatch)\b")
_PROSE = re.compile(r"[^\W\d]{2,}\W+[^\W\d]{2,}")
_EXITS = re.compile(r"(^|\.)(KeyboardInterrupt|SystemExit|GeneratorExit|CancelledError|Cancelled)$")


def is_useless(handler: Handler, config: Config) -> bool:
    """Whether a clause raises again at once what nothing behind it would take otherwise.

    Exits in front of another clause count as taken: that they pass is worth saying.
    """
    if handler.star or not raises_at_once(handler.body, handler.bound):
        return False
    if handler.later and all(_EXITS.search(one.qualified or one.name) for one in handler.caught):
        return False
    broad = BROAD | frozenset(config.broad_exceptions)
    return not any(_may_take(later, handler, broad) for later in handler.later)


def is_explained(handler: Handler) -> bool:
    """Whether a comment says why the clause is there; what is meant for tools says nothing."""
    return bool(_PROSE.search(handler.comment)) and not _DIRECTIVE.match(handler.comment)


def _may_take(later: tuple[Caught, ...], handler: Handler, broad: frozenset[str]) -> bool:
    """Whether a clause of the classes `later` might take what `handler` lets pass."""
    if not later or not handler.caught:
        return True
    names = {one.qualified or one.name for one in later}
    return not names.isdisjoint(broad) or any(
        _may_be_kin(mine.qualified or mine.name, other) for mine in handler.caught for other in names
    )


def _may_be_kin(one: str, other: str) -> bool:
    """Whether an error may be of both classes, as far as is known of them."""
    first, second = _builtin(one), _builtin(other)
    if first is None or second is None:
        return True
    return issubclass(first, second) or issubclass(second, first)


def _builtin(name: str) -> type[BaseException] | None:
    module, _, last = name.rpartition(".")
    found = getattr(builtins, last, None) if module == "builtins" else None
    return found if isinstance(found, type) and issubclass(found, BaseException) else None
