"""Which broad clauses could name what they mean?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.judge.verdict import Judged
from broadcatch.mend.answers import open_words
from broadcatch.mend.case import ANYTHING, FileCase, clause_of
from broadcatch.mend.intent import intent_of
from broadcatch.mend.narrowing import (
    CLOSED,
    asked_words,
    completed,
    is_proven,
    missed_by,
    objection_to,
    widened,
)
from broadcatch.model.fixing import is_residual
from broadcatch.model.outcome import LEAVES, Verdict
from broadcatch.model.raising import Suggestion
from broadcatch.rewrite.values import BareWanted, NarrowWanted, Wanted, narrow_wanted, spelled

OF_RAISES = frozenset({"BC201", "BC204", "BC205"})
"""Rules about how a clause raises; what it catches is not their matter."""

EVERYTHING = frozenset({"BaseException", "builtins.BaseException"})
"""Who catches this and lets it leave again, if only on some path, means every error."""

MUST_NOT_DIE = frozenset({"boundary", "worker"})
"""Places where even a mistake that ends in nothing takes something along: the answer, or all later work."""

SILENCED = re.compile(r"noqa|bare-except|W0702|broadcatch", re.IGNORECASE)
"""Somebody has looked at a bare clause, and left it as it is."""


def wishes(case: FileCase) -> Iterator[Wanted]:
    """A class for each clause that a finding is about; a clause is looked at once, a residual never."""
    about = (clause_of(one) for one in case.live if one.code not in OF_RAISES)
    lines = dict.fromkeys([*about, *sorted(case.named), *_unnamed(case)])
    for line in lines:
        if line in case.judged and not is_residual(case.judged[line].handler.comment):
            asked = _clause_wanted(case, case.judged[line], case.suggestions.get(line))
            if asked is not None:
                yield asked


def _unnamed(case: FileCase) -> Iterator[int]:
    """Bare clauses that raise again on every path: no rule speaks of them, so their kind is asked for."""
    for line, judged in case.judged.items() if "bare" in case.request.kinds else ():
        asked = case.meant is None or line in case.meant
        if judged.handler.bare and judged.verdict.leaves and asked:
            if not SILENCED.search(judged.handler.comment):
                yield line


def _clause_wanted(case: FileCase, judged: Judged, suggestion: Suggestion | None) -> Wanted | None:
    catches = case.catches
    line, broad = judged.handler.span.line, judged.verdict.broad
    suggestion = widened(completed(suggestion), catches) if suggestion is not None else None
    missed = missed_by(suggestion, broad, catches) if suggestion is not None else ()
    if judged.handler.bare:
        sure = suggestion is not None and not _objection(case, suggestion, judged, missed)
        known = suggestion if sure else None
        replacement = None if known is None else known.replacement
        names = () if known is None else spelled(known)
        leaves = () if replacement is None else ANYTHING
        return BareWanted(
            line, judged.verdict.leaves, _cleans_up(judged.verdict), replacement, names, leaves=leaves
        )
    passes = judged.verdict.leaves or _cleans_up(judged.verdict)
    if suggestion is None or not broad or (EVERYTHING & set(broad) and passes):
        return None
    return _narrow(case, suggestion, judged, missed)


def _narrow(
    case: FileCase, suggestion: Suggestion, judged: Judged, missed: tuple[str, ...]
) -> NarrowWanted | None:
    """Safe where it is proven that nothing else can come; else what was caught by chance now surfaces."""
    narrow = narrow_wanted(suggestion, "unsafe", CLOSED)
    if narrow is None:
        return None
    closed = suggestion.closed and judged.verdict.zone not in MUST_NOT_DIE
    narrow = replace(narrow, broad=judged.verdict.broad, leaves=(*missed, *ANYTHING), closed=closed)
    objection = _objection(case, suggestion, judged, missed)
    if objection:
        return replace(narrow, safety="display", reason=objection)
    if judged.verdict.broad == ("Exception",) and is_proven(suggestion, case.catches):
        return replace(
            narrow, safety="safe", reason="nothing else can reach it, mistakes included", leaves=()
        )
    told = asked_words(suggestion) or ("" if suggestion.closed else open_words(suggestion))
    return replace(narrow, reason=told) if told else narrow


def _objection(case: FileCase, suggestion: Suggestion, judged: Judged, missed: tuple[str, ...]) -> str:
    return objection_to(suggestion, intent_of(judged), missed, case.request.closed)


def _cleans_up(verdict: Verdict) -> bool:
    """Whether the error leaves on some path but not on all."""
    return not verdict.leaves and any(path.outcome in LEAVES for path in verdict.paths)
