"""How is this file run? What its text alone tells: whether by itself, and which functions run apart."""

from __future__ import annotations

import re
from typing import Literal

_GUARD = re.compile(r"^if[ \t(]+__name__[ \t]*==[ \t]*([\"'])__main__\1", re.MULTILINE)
_SPOKEN = ("Thread", "Process", "Timer", "submit", "create_task", "ensure_future", "_coroutine", "_executor")
_NAME = r"(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)"
_STARTS = (
    re.compile(r"\b(?:Thread|Process|Greenlet)\((?:[^()]|\([^()]*\))*?\btarget\s*=\s*" + _NAME + r"\s*[,)]"),
    re.compile(r"\bTimer\(\s*[^,()]+,\s*" + _NAME + r"\s*[,)]"),
    re.compile(r"\.submit\(\s*" + _NAME + r"\s*[,)]"),
    re.compile(r"\brun_in_executor\(\s*[^,()]+,\s*" + _NAME + r"\s*[,)]"),
    re.compile(
        r"\b(?:create_task|ensure_future|run_coroutine_threadsafe|create_background_task|spawn)\(\s*"
        + _NAME
        + r"\("
    ),
)


def entry(text: str) -> Literal["", "shebang", "main guard"]:
    """What says that the file is run by itself: its first line, or `if __name__ == "__main__"`."""
    if text.startswith("#!"):
        return "shebang"
    return "main guard" if "__main__" in text and _GUARD.search(text) else ""


def started(text: str) -> tuple[str, ...]:
    """The last names of functions that are handed to a thread, process, timer, pool or task, sorted."""
    if not any(word in text for word in _SPOKEN):
        return ()
    return tuple(sorted({name for pattern in _STARTS for name in pattern.findall(text)}))
