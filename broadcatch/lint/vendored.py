"""Was this code taken over from elsewhere, or written by a program? A change to it is lost with the next update."""

from __future__ import annotations

from dataclasses import replace

from broadcatch.lint.rule import Hit
from broadcatch.model.facts import FileFacts

_FOLDERS = frozenset(
    "vendor vendored _vendor _vendored third_party thirdparty 3rdparty extern externals site-packages".split()
)


def of_others(hit: Hit, facts: FileFacts) -> Hit:
    """The hit as a note where a folder says that the code is another project's, or its head that it is generated."""
    folder = next((part for part in facts.path.split("/")[:-1] if part in _FOLDERS), "")
    why = f"`{folder}` holds code of others" if folder else "this file is generated" if facts.generated else ""
    if not why or hit.severity == "note":
        return hit
    return replace(hit, severity="note", message=f"{hit.message} ({why})")
