"""Which rewrites would `fix` offer for each handler? Its diffs, cut into the pieces of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from broadcatch.config.options import Config
from broadcatch.mend.run import Progress, fix
from broadcatch.model.fixing import FixRequest
from broadcatch.model.ranking import HandlerRisk
from broadcatch.model.reporting import Rewrite
from broadcatch.model.results import FixResult, Offer, Target

_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? .*@@", re.MULTILINE)
Place = tuple[str, int]


def offered(
    paths: Sequence[str], risks: Sequence[HandlerRisk], config: Config, progress: Progress | None = None
) -> Mapping[Place, tuple[Rewrite, ...]]:
    """The rewrites of each ranked handler by path and line, unsafe ones too; nothing is written."""
    files = dict.fromkeys(risk.path for risk in risks)
    found = fix([Target(path) for path in (files or paths)], config, FixRequest(unsafe=True), progress)
    return {(risk.path, risk.line): tuple(rewrites) for risk in risks if (rewrites := list(_of(risk, found)))}


def _of(risk: HandlerRisk, found: FixResult) -> Iterator[Rewrite]:
    offers = [one for one in found.offered if one.path == risk.path and _inside(one, risk)]
    if not offers:
        return
    text = "".join(one.text for one in found.diffs if one.path == risk.path)
    hunks = "".join(
        hunk for first, last, hunk in _hunks(text) if first <= risk.end_line and last >= risk.line
    )
    for offer in offers:
        # The pieces of a file's diff belong to all that is offered at a place: they are told once.
        yield Rewrite(offer.title, offer.safety, hunks if offer is offers[0] else "", offer.reason)


def _inside(offer: Offer, risk: HandlerRisk) -> bool:
    return risk.line <= offer.line <= max(risk.line, risk.end_line)


def _hunks(text: str) -> Iterator[tuple[int, int, str]]:
    """First and last row of the old text, and the hunk itself."""
    starts = [*_HUNK.finditer(text)]
    ends = [*(one.start() for one in starts[1:]), len(text)]
    for one, end in zip(starts, ends, strict=True):
        first, count = int(one[1]), int(one[2] or 1)
        yield first, first + max(count, 1) - 1, text[one.start() : end]
