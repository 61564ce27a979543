"""What was there, and what is there now? The nouns of baseline, progress and comparison."""

from __future__ import annotations

from dataclasses import dataclass

from broadcatch.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Entry:
    """One handler, or one place without a clause, as it is remembered.

    `path` has `/`. `scope` is the qualified name around it, "" at module level. `clause` is the `except` as
    written (`except Exception`), else the code of the rule. `text` and `words` are the fingerprints of the
    whole `try` (see `Print`), `ordinal` its place among those of the same path and scope, from 0. `codes` are
    those of its findings, sorted; `outcome` is what becomes of the error, `stakes` what it puts at risk
    (`write: store.save`), `tier` its risk. `since` is an ISO date; `reason` and `owner` are
    people's words.
    """

    path: str
    scope: str
    clause: str
    text: str
    words: str = ""
    ordinal: int = 0
    codes: tuple[str, ...] = ()
    outcome: str = ""
    stakes: tuple[str, ...] = ()
    tier: str = ""
    since: str = ""
    reason: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of old entries: pairs of old and new, those that are gone, and what was not there before.

    All in the order of the new entries, those that are gone in the order of the old ones.
    """

    pairs: tuple[tuple[Entry, Entry], ...]
    gone: tuple[Entry, ...]
    added: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A place as it stands now: its entry, its line, and its findings, suppressed ones included."""

    entry: Entry
    line: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Stale:
    """An entry that says more than is there: `why` in words, and the place that has become better."""

    entry: Entry
    why: str
    standing: Standing | None = None
