"""Which clauses do nothing?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.mend.case import FileCase, clause_of
from broadcatch.rewrite.codemods.useless import UselessWanted

CODE = "BC205"


def wishes(case: FileCase) -> Iterator[UselessWanted]:
    """No clause for each BC205."""
    for one in case.live:
        if one.code == CODE:
            yield UselessWanted(clause_of(one))
