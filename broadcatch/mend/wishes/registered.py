"""Which calls that take every error could name what they mean? `suppress(Exception)`, and retries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from broadcatch.judge.registered import judged_context
from broadcatch.judge.words import BROAD, SUPPRESS_CALLS
from broadcatch.mend.answers import open_words, still_open
from broadcatch.mend.case import ANYTHING, FileCase, clause_of
from broadcatch.mend.intent import Intent
from broadcatch.mend.narrowing import CLOSED, missed_by, objection_to
from broadcatch.model.facts import Site
from broadcatch.model.flow import Caught
from broadcatch.model.raising import Suggestion
from broadcatch.rewrite.values import NarrowCallWanted, spelled

CODE = "BC104"
AT_ONCE = "what is not named is no longer tried again: it leaves at the first time"

WHICH = "which of these are worth another try is not known"


def wishes(case: FileCase) -> Iterator[NarrowCallWanted]:
    """Classes for each such call that a finding is about and that writes its broad class out."""
    rows = {clause_of(one) for one in case.live if one.code == CODE}
    for site in case.sites:
        suggestion = case.suggestions.get(site.span.line) if site.span.line in rows else None
        broad = [one for one in _classes(site, case.sites) if one.qualified in BROAD and not one.via]
        if suggestion is None or suggestion.replacement is None or len(broad) != 1:
            continue
        if site.call is not None and site.call.qualified in SUPPRESS_CALLS:
            yield _suppressing(case, site, suggestion, broad[0])
        elif site.kind == "decorator":
            yield _retrying(case, site, suggestion, broad[0])


def _classes(site: Site, sites: Sequence[Site]) -> Sequence[Caught]:
    """The classes that the call is given, or a call among its arguments."""
    if site.classes or site.kind != "decorator":
        return site.classes
    start, end = (site.span.line, site.span.column), (site.span.end_line, site.span.end_column)
    inner = (one for one in sites if start < (one.span.line, one.span.column) < end)
    return [each for one in inner for each in one.classes]


def _suppressing(case: FileCase, site: Site, suggestion: Suggestion, broad: Caught) -> NarrowCallWanted:
    missed = missed_by(suggestion, (broad.name,), case.catches)
    verdict = judged_context(site, case.path, case.config).verdict
    objection = objection_to(suggestion, Intent(verdict), missed, case.request.closed)
    reason = objection or ("" if suggestion.closed else open_words(suggestion))
    return replace(
        _asked(site, suggestion, broad, suggestion.replacement or ""),
        safety="display" if objection else "unsafe",
        reason=reason or CLOSED,
        leaves=(*missed, *ANYTHING),
    )


def _retrying(case: FileCase, site: Site, suggestion: Suggestion, broad: Caught) -> NarrowCallWanted:
    """Of what the function raises, only what may have passed a second later is worth another try."""
    names = [one.spelling for one in suggestion.proposals if one.transient]
    text = names[0] if len(names) == 1 else f"({', '.join(names)})"
    asked = _asked(site, suggestion, broad, text if names else suggestion.replacement or "")
    asked = replace(asked, alone=broad.depth == 0, reason=AT_ONCE)
    held = "" if names else WHICH
    if case.request.closed and not suggestion.closed:
        held = still_open(suggestion)
    return replace(asked, safety="display", reason=held) if held else asked


def _asked(site: Site, suggestion: Suggestion, broad: Caught, replacement: str) -> NarrowCallWanted:
    return NarrowCallWanted(
        suggestion.line, replacement, spelled(suggestion), broad=(broad.name,), call=site.span
    )
