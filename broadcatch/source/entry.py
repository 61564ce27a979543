"""How is this file run, and who wrote it? What its text alone tells.

Whether it is run by itself, which functions run apart, and whether a program has written it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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


_HEADER_LINES = 30
_GENERATED = re.compile(
    r"^[ \t#*\"'/-]*((this|the) (file|code|module) (is|was|has been) )?((auto|automatically)[- ]?)?"
    r"generated (by|from|with|using)\b|^[ \t#*]*code generated\b|@generated\b"
    r"|^[ \t#*]*((this|the) (file|code|module) (is|was) )?(auto|automatically)[- ]?generated\b",
    re.IGNORECASE | re.MULTILINE,
)


def generated(text: str) -> bool:
    """Whether the comment or docstring at the head of a file says what program has written it.

    `DO NOT EDIT` alone does not: it stands over what people have written too.
    """
    return bool(_GENERATED.search("\n".join(_header(text))))


def _header(text: str) -> Iterator[str]:
    """The first lines, as long as they are comments, blank, or those of a docstring."""
    inside = ""
    for line in text[:4000].splitlines()[:_HEADER_LINES]:
        plain = line.strip()
        quote = plain[:3] if plain[:3] in ('"""', "'''") else ""
        if not (inside or quote or not plain or plain.startswith("#")):
            return
        yield line
        if inside:
            inside = "" if inside in plain else inside
        elif quote and quote not in plain[3:]:
            inside = quote
