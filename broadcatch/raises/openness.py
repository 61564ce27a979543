"""How open is an answer? Of each open point: who could raise something there that nobody sees?

The points tell it in words; what they say is written where they are found (`calls.py`, `expressions.py`,
`externals.py`), and `tests/raises/test_raises_openness.py` holds the words together.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from broadcatch.model.raising import Unknown

Sort: TypeAlias = Literal["quiet", "deep", "unseen", "library", "foreign"]
"""What Python does itself with a value of unknown type; a part of a function that is followed; a call of
which nothing is known; one of a library that is not installed here, or compiled; code that somebody else
brings along: a callback, a plugin, text that is run."""

_DEEP: Final = re.compile(r"`.*?` \(.*?:\d+\): ")
_QUIET: Final = re.compile(
    r"iteration over |subscript of |slice of |operands of |how (the right operand|.* is iterated)"
    r"|an (item|attribute) of |the attribute belongs to |importing it runs its code"
)
_FOREIGN: Final = re.compile(
    r"a parameter is called|what is kept in `.*` is called|a function that is passed in is called"
    r"|a value of unknown type is called|the value of a property is called|the callee is computed|it runs "
    r"|more than \d+ classes override"
    r"|more of its implementations may be registered|whoever drives this generator"
    r"|the class of what is raised is not known"
)
_LIBRARY: Final = re.compile(
    r"`: nothing is known of it, from (?!the standard library)|import of .* cannot be followed"
)
_MISSING: Final = re.compile(
    r"the attribute is not defined in the project|[\w.]+ has no `.*` that can be found"
)
_UNREAD: Final = re.compile(r"`(\w+)` is not installed here, so it was not read")
_COMPUTED: Final = "the callee is computed"
"""`getattr(x, name)()`: not the asking is open, but what is called."""
_ASKING: Final = frozenset({"getattr", "setattr", "hasattr", "delattr"})
_RUNS_FILES: Final = frozenset({"exec_module", "load_module", "run_path", "run_module", "execfile"})
"""Methods that run a file whose name was computed: a plugin, a configuration that is a program."""
_USUAL: Final = frozenset(
    name for kind in (str, bytes, list, dict, set, tuple, int, float) for name in dir(kind)
)
"""Methods of builtin types: what has one of that name, most likely is one."""


def sort_of(one: Unknown) -> Sort:
    """Which sort of open point it is."""
    inner = _DEEP.sub("", one.why)
    if _is_many(inner):
        return "foreign"
    if inner != one.why:
        return "deep"
    called = one.call.partition("(")[0]
    if (called in _ASKING and one.why != _COMPUTED) or _QUIET.match(one.why):
        return "quiet"
    if one.why.startswith("method of ") and called.rpartition(".")[2] in _USUAL:
        return "quiet"
    if called.rpartition(".")[2] in _RUNS_FILES:
        return "foreign"
    if _LIBRARY.search(one.why):
        return "library"
    return "foreign" if _FOREIGN.match(one.why) else "unseen"


def is_missing(one: Unknown) -> bool:
    """Whether a method or an attribute is asked for that its class has nowhere, as far as code tells."""
    return _MISSING.match(one.why) is not None


def unread(one: Unknown) -> str:
    """The package that is not installed, of which rows alone tell what a call raises; "" where it is none."""
    found = _UNREAD.search(one.why)
    return found[1] if found else ""


def _is_many(why: str) -> bool:
    """Whether any of many classes may be meant: each project adds its own."""
    return why.startswith("more than ") or why.startswith("more of its implementations")
