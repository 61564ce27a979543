"""Will a change to this code be lost, or never run? It is of others, generated, or a migration."""

from __future__ import annotations

import re
from dataclasses import replace

from broadcatch.lint.rule import Hit
from broadcatch.model.facts import FileFacts

_FOLDERS = frozenset(
    "vendor vendored _vendor _vendored third_party thirdparty 3rdparty extern externals site-packages".split()
)


_MIGRATION = re.compile(
    r"(^|/)migrations/\d{4}_\w+\.py$|(^|/)(alembic|migrations?)/(\w+/)?versions/[\w-]+\.py$"
    r"|(^|/)versions/([0-9a-f]{8,}|\d{4}-\d\d-\d\d)_[\w-]+\.py$"
)
"""Django's by their numbers, Alembic's by their folder or their revision."""


def of_others(hit: Hit, facts: FileFacts) -> Hit:
    """The hit as a note where a folder says that the code is of others, or the head that it is generated.

    A migration too: it is run once, and never changed after that.
    """
    why = _why(facts)
    if not why or hit.severity == "note":
        return hit
    return replace(hit, severity="note", message=f"{hit.message} ({why})")


def _why(facts: FileFacts) -> str:
    folder = next((part for part in facts.path.split("/")[:-1] if part in _FOLDERS), "")
    if folder:
        return f"`{folder}` holds code of others"
    if _MIGRATION.search(facts.path):
        return "a migration is not changed once it has run"
    return "this file is generated" if facts.generated else ""
