"""Is this Python at all, for the Python that runs here?"""

from __future__ import annotations

import symtable
import warnings


def parses(source: bytes) -> bool:
    """Whether the running Python can parse `source`; False may also mean that its syntax is newer.

    A symbol table is asked for because it needs no tree of Python objects: a quarter cheaper than `ast`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            symtable.symtable(source, "", "exec")  # type: ignore[arg-type]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
