"""Which batches lose all for one, or take an error for a result?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.lint.batches import fate, keeps_errors
from broadcatch.mend.case import FileCase
from broadcatch.rewrite.codemods.batch import BatchWanted

CODE = "BC403"


def wishes(case: FileCase) -> Iterator[BatchWanted]:
    """A wider check, or errors as entries (shown, unless asked for), for each `gather` of a BC403."""
    found = {one.span for one in case.live if one.code == CODE}
    for site in case.sites:
        if site.span in found and site.kind == "batch" and site.call is not None:
            seen = fate(site) if keeps_errors(site.call) else None
            if seen is not None and seen.kind == "let-through":
                yield BatchWanted(site.span.line, "check", seen.line)
            elif seen is None:
                chosen = "batch" in case.request.kinds
                yield BatchWanted(site.span.line, "keep", safety="unsafe" if chosen else "display")
