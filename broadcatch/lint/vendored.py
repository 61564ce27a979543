"""Was this code taken over from elsewhere, or written by a program? Then a change to it will be lost."""

from __future__ import annotations

from dataclasses import replace

from broadcatch.lint.rule import Hit
from broadcatch.model.facts import FileFacts

_FOLDERS = frozenset(
    "vendor vendored _vendor _vendored third_party thirdparty 3rdparty extern externals site-packages".split()
)


def of_others(hit: Hit, facts: FileFacts) -> Hit:
    """The hit as a note where a folder says that the code is of others, or the head that it is generated."""
    why = _why(facts)
    if not why or hit.severity == "note":
        return hit
    return replace(hit, severity="note", message=f"{hit.message} ({why})")


def _why(facts: FileFacts) -> str:
    folder = next((part for part in facts.path.split("/")[:-1] if part in _FOLDERS), "")
    if folder:
        return f"`{folder}` holds code of others"
    return "this file is generated" if facts.generated else ""
