"""Which raises lack their cause?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.mend.case import FileCase
from broadcatch.rewrite.values import ChainWanted

CODE, BY_NAME = "BC201", "BC204"


def wishes(case: FileCase) -> Iterator[ChainWanted]:
    """A cause for each BC201; the caught error itself, raised by its name (BC204), needs none."""
    by_name = {one.span for one in case.live if one.code == BY_NAME}
    for one in case.live:
        if one.code == CODE and one.span not in by_name:
            yield ChainWanted(one.span.line, one.span.column)
