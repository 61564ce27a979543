"""What is new, what got worse, and what has become better than the baseline says?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from broadcatch.gate.entries import is_live
from broadcatch.gate.matching import pair
from broadcatch.model.baseline import Entry, Stale, Standing
from broadcatch.model.findings import Finding, Suppressed
from broadcatch.model.outcome import LEAVES

_SILENT = frozenset({"fallback", "dropped"})
BY_OUTCOME = frozenset({"BC101", "BC102", "BC301", "BC302", "BC303"})
"""Rules that say what becomes of the error: whether that is worse is told by the outcome itself."""
_WIDEST = ("except", "except*", "BaseException")


@dataclass(frozen=True, slots=True)
class Weighed:
    """The places as they stand, their findings marked where the baseline knows them, and what is stale.

    `pairs` are entries and places that belong together, by index.
    """

    standings: tuple[Standing, ...]
    stale: tuple[Stale, ...]
    pairs: tuple[tuple[int, int], ...]


def weigh(
    entries: Sequence[Entry], standings: Sequence[Standing], decided: Callable[[Entry], bool]
) -> Weighed:
    """Hold what stands there against the baseline.

    `entries` are those that can be meant by one of `standings`; `decided` tells of which of them this run has
    seen enough to call them stale.
    """
    pairs = pair(entries, [one.entry for one in standings])
    weighed = list(standings)
    stale: list[Stale] = []
    found = dict(pairs)
    for index, entry in enumerate(entries):
        at = found.get(index)
        if at is not None:
            weighed[at] = replace(standings[at], findings=tuple(_marked(entry, standings[at])))
        why = slack(entry, None if at is None else standings[at])
        if why and decided(entry):
            stale.append(Stale(entry, why, None if at is None else standings[at]))
    return Weighed(tuple(weighed), tuple(stale), pairs)


def _marked(entry: Entry, standing: Standing) -> Sequence[Finding]:
    """The findings of a place that the baseline knows: what is known is silenced, what got worse says so."""
    why = worse(entry, standing.entry)
    known = frozenset(entry.codes)
    known |= BY_OUTCOME if known & BY_OUTCOME else known
    marked = []
    for one in standing.findings:
        if is_live(one):
            if why:
                one = replace(one, message=f"{one.message} (worse than in the baseline: {why})")
            elif one.code in known:
                one = replace(one, suppressed=Suppressed("baseline", entry.reason))
        marked.append(one)
    return marked


def worse(entry: Entry, now: Entry) -> str:
    """Why a place is worse than it is remembered, "" where it is not.

    The name of the function tells of stakes too, so that they count only where the text is another one.
    """
    if entry.outcome and now.outcome and _silence(now.outcome) > _silence(entry.outcome):
        return f"it was {entry.outcome}, now {now.outcome}"
    if _widest(now.clause) and not _widest(entry.clause) and entry.clause.startswith("except"):
        return f"it was `{entry.clause}`, now `{now.clause}`"
    if entry.text == now.text:
        return ""
    kinds = {_kind(stake) for stake in entry.stakes}
    added = [stake for stake in now.stakes if _kind(stake) not in kinds]
    return f"newly at stake: {', '.join(added)}" if added else ""


def slack(entry: Entry, standing: Standing | None) -> str:
    """Why an entry could be removed or lowered, "" where it says what is there."""
    if standing is None:
        return "gone"
    live = [one for one in standing.findings if is_live(one)]
    if not live:
        return "suppressed" if any(one.suppressed for one in standing.findings) else "fixed"
    now = standing.entry
    if worse(entry, now):
        return ""
    if entry.outcome and now.outcome and _silence(now.outcome) < _silence(entry.outcome):
        return f"better: it was {entry.outcome}, now {now.outcome}"
    lost = sorted(set(entry.codes) - {one.code for one in live})
    return f"better: without {', '.join(lost)}" if lost else ""


def _silence(outcome: str) -> int:
    """How little is left of an error: it leaves, it is on record, or it is hidden."""
    return 0 if outcome in LEAVES else 2 if outcome in _SILENT else 1


def _widest(clause: str) -> bool:
    return clause in _WIDEST[:2] or _WIDEST[2] in clause


def _kind(stake: str) -> str:
    return stake.partition(":")[0]
