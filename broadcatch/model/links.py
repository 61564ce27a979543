"""What must be known of other files to read this one? Told by one file alone, so that it can be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Constants: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Qualified name of a constant -> qualified names of the classes that it stands for, sorted."""

Endings: TypeAlias = tuple[tuple[str, str], ...]
"""Qualified name of a function that never returns -> how it ends (see `flow.Call.ends`), sorted."""

HERE = "<file>."
"""What stands before a name that the file itself binds at its top level."""


@dataclass(frozen=True, slots=True)
class Links:
    """How the names in a file's clauses hang together with other files.

    Names are qualified as frames do it: relative imports with their dots, `builtins.X`, and `<file>.X` for
    what the file binds itself. `imported` are names that may be constants or aliases of another file.
    `pairs` are (earlier, later) names of the same `try` of which the earlier may catch all of the later;
    only other files can tell. `constants` are those with which the facts were read, and `clauses` is
    whether `FileFacts.clauses` was filled. `calls` are imported functions that a broad handler calls last:
    one that never returns decides how the handler ends. `endings` are those with which the facts were read.
    """

    imported: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    constants: Constants = ()
    clauses: bool = False
    calls: tuple[str, ...] = ()
    endings: Endings = ()


NO_LINKS = Links()
