"""Which raises name the error that they raise again?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.mend.case import FileCase
from broadcatch.rewrite.codemods.re_raise import ReRaiseWanted

CODE = "BC204"


def wishes(case: FileCase) -> Iterator[ReRaiseWanted]:
    """A bare `raise` for each BC204."""
    for one in case.live:
        if one.code == CODE:
            yield ReRaiseWanted(one.span.line, one.span.column)
