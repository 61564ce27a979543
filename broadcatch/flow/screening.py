"""Who may see what stands under a test? Told by the text of the test, so that rules need no LibCST for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAKERS = frozenset({"format_exc", "format_exception", "format_exception_only", "format_tb", "exc_info"})
"""Last names of functions whose value is the error that is being handled, or a text of it."""

_DEBUGGING = re.compile(r"debug|devel(?!oper_)", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:isinstance|hasattr|type)\((\w+)")
_ANY_ERROR = re.compile(r"\bisinstance\(\w+, (?:Base)?Exception\)")


def screens(test: str, names: Iterable[str]) -> int:
    """Whether a test lets only some see what is under it, or only some errors of `names` be seen.

    1 where that is so if it holds (`settings.DEBUG`, `isinstance(error, ProjectError)`), -1 if it fails
    (`not settings.DEBUG`), else 0. A test for production is none: what everybody sees that has not
    switched it off, is shown.
    """
    asked = _ASKED.search(test)
    about = asked is not None and asked[1] in names and not _ANY_ERROR.search(test)
    if not (about or _DEBUGGING.search(test)):
        return 0
    return -1 if test.lstrip("( ").startswith("not ") else 1
