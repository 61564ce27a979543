"""How is this file run? What its text alone tells: whether by itself, and which functions run apart."""

from __future__ import annotations

import re
from typing import Literal

_GUARD = re.compile(r"^if[ \t(]+__name__[ \t]*==[ \t]*([\"'])__main__\1", re.MULTILINE)
_NAME = r"(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)"
_TARGET = r"\((?:[^()]|\([^()]*\))*?\btarget\s*=\s*" + _NAME + r"\s*[,)]"
_FIRST = r"\(\s*" + _NAME + r"\s*[,)]"
_SECOND = r"\(\s*[^,()]+,\s*" + _NAME + r"\s*[,)]"
_CALLED = r"\(\s*" + _NAME + r"\("
# Each begins with its own word: a literal is found many times faster than a choice of several.
_STARTS = tuple(
    (word, re.compile(word + rest))
    for word, rest in (
        ("Thread", _TARGET),
        ("Process", _TARGET),
        ("Greenlet", _TARGET),
        ("Timer", _SECOND),
        ("submit", _FIRST),
        ("run_in_executor", _SECOND),
        ("create_task", _CALLED),
        ("ensure_future", _CALLED),
        ("run_coroutine_threadsafe", _CALLED),
        ("create_background_task", _CALLED),
        ("spawn", _CALLED),
    )
)


def entry(text: str) -> Literal["", "shebang", "main guard"]:
    """What says that the file is run by itself: its first line, or `if __name__ == "__main__"`."""
    if text.startswith("#!"):
        return "shebang"
    return "main guard" if "__main__" in text and _GUARD.search(text) else ""


def started(text: str) -> tuple[str, ...]:
    """The last names of functions that are handed to a thread, process, timer, pool or task, sorted."""
    found = (pattern.findall(text) for word, pattern in _STARTS if word in text)
    return tuple(sorted({name for names in found for name in names}))
