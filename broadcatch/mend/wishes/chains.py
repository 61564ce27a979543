"""Which raises lack their cause?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.mend.case import FileCase
from broadcatch.rewrite.values import ChainWanted

CODE = "BC201"


def wishes(case: FileCase) -> Iterator[ChainWanted]:
    """A cause for each BC201."""
    for one in case.live:
        if one.code == CODE:
            yield ChainWanted(one.span.line, one.span.column)
