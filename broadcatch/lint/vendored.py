"""Was this code taken over from elsewhere? A change to it is lost with the next update."""

from __future__ import annotations

from dataclasses import replace

from broadcatch.lint.rule import Hit

_FOLDERS = frozenset(
    "vendor vendored _vendor _vendored third_party thirdparty 3rdparty extern externals site-packages".split()
)


def of_vendored(hit: Hit, path: str) -> Hit:
    """The hit as a note where a folder of the file says that the code is another project's."""
    folder = next((part for part in path.split("/")[:-1] if part in _FOLDERS), "")
    if not folder or hit.severity == "note":
        return hit
    return replace(hit, severity="note", message=f"{hit.message} (`{folder}` holds code of others)")
