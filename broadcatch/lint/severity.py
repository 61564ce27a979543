"""How bad is it? A table, by what becomes of the error and where; then the reasons of the single case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from broadcatch.config.options import Config
from broadcatch.judge.evidence import HIDES
from broadcatch.judge.verdict import Judged
from broadcatch.lint import reasons
from broadcatch.lint.grave import grave
from broadcatch.lint.settled import settled
from broadcatch.model.findings import SEVERITIES, Severity
from broadcatch.model.outcome import LEAVES, Outcome, Verdict
from broadcatch.risk.tiers import HANDLER_HIGH

BASE: dict[Outcome, Severity] = {
    "dropped": "error",
    "fallback": "error",
    "logged-text": "warning",
    "logged-traceback": "note",
    "handed-on": "note",
    "exits": "note",
    "translated": "note",
    "chained": "note",
    "reraised": "note",
}
"""Where nothing below says otherwise. Outcomes in which the error leaves are reported only as notes."""

SOFTER_ZONES = frozenset({"import-guard", "test"})
"""Where less is at stake: one step down. Clean-up too, where it really only cleans up (`reasons`)."""

ZONES = ("core", "boundary", "worker", "item", "start-up", "clean-up", "import-guard", "test", "script")


@dataclass(frozen=True, slots=True)
class Grade:
    """A severity, and the words for why it is not that of the table (() where it is)."""

    severity: Severity
    reasons: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The reasons as the end of a message."""
        return f" ({'; '.join(self.reasons)})" if self.reasons else ""


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """One question, the same only as itself: to compare two trees of facts costs more than the answer."""

    judged: Judged
    config: Config

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.judged is self.judged and other.config is self.config

    def __hash__(self) -> int:
        return hash((id(self.judged), id(self.config)))


def grade(judged: Judged, config: Config, shown: bool = False) -> Grade:
    """How bad a handler is whose error does not leave; a configured severity has the last word.

    A hidden error of which nothing shows that it matters is a note, unless that is `shown` otherwise.
    """
    return _grade(_Asked(judged, config), shown)


@lru_cache(maxsize=4)  # the rules ask in turn of one handler
def _grade(asked: _Asked, shown: bool) -> Grade:
    judged, config = asked.judged, asked.config
    verdict = judged.verdict
    if verdict.outcome in config.severity:
        return Grade(config.severity[verdict.outcome])
    if verdict.logging == "excuses" and all(_kept(verdict)):
        return Grade("note", ("a traceback in the log is enough here",))
    why = settled(judged)
    if why and not grave(judged, config, HANDLER_HIGH):
        return Grade("note", (why,))
    plain = shown or verdict.logging == "never" or _shown(judged)
    kept = verdict.outcome not in HIDES and not reasons.harder(judged)
    risk = grave(judged, config) if kept or not plain else ""
    if not plain and not risk:
        return Grade("note", ("nothing shows that it matters here",))
    return _weighed(severity_at(_without_log(verdict), verdict.zone, config), judged, risk)


def _shown(judged: Judged) -> bool:
    """Whether something speaks for a change, where the error is hidden."""
    return judged.verdict.outcome not in HIDES or bool(reasons.harder(judged) or reasons.signs(judged))


def severity_of(judged: Judged, config: Config, shown: bool = False) -> Severity:
    """The severity of a handler whose error does not leave; `shown`: that it matters is plain already."""
    return grade(judged, config, shown).severity


def severity_at(outcome: Outcome, zone: str, config: Config) -> Severity:
    """The cell of the table; a configured severity holds in every zone."""
    if outcome in config.severity:
        return config.severity[outcome]
    severity = BASE[outcome]
    return softer(severity) if zone in SOFTER_ZONES else severity


def _weighed(severity: Severity, judged: Judged, risk: str = "") -> Grade:
    """The cell of the table, one step up or down for each reason; only those that count are told.

    What is shown by its `risk` alone is a warning at most.
    """
    up, down = reasons.harder(judged), reasons.softer(judged)
    index = SEVERITIES.index(severity) + len(up) - len(down)
    index = min(max(index, 0), len(SEVERITIES) - 1)
    moved = index - SEVERITIES.index(severity)
    signs = reasons.told_signs(judged) if SEVERITIES[index] != "note" else ()
    if risk:  # a warning; a note where something speaks against it
        index = min(max(index, 1 - len(down)), 1)
        return Grade(SEVERITIES[max(index, 0)], (risk,) if index > 0 else down)
    return Grade(SEVERITIES[index], (*(up if moved > 0 else down if moved < 0 else ()), *signs))


def _kept(verdict: Verdict) -> list[bool]:
    """Of each path that keeps the error, whether its traceback is recorded."""
    return [path.record == "traceback" for path in verdict.paths if path.outcome not in LEAVES]


def _without_log(verdict: Verdict) -> Outcome:
    """The outcome, as if nothing had been recorded where a record is not to count."""
    if verdict.logging != "never" or verdict.outcome not in ("logged-text", "logged-traceback"):
        return verdict.outcome
    return "fallback" if verdict.fallback else "dropped"


def softer(severity: Severity) -> Severity:
    """One step down; a note stays a note."""
    return SEVERITIES[max(SEVERITIES.index(severity) - 1, 0)]


def at_most(severity: Severity, limit: Severity) -> Severity:
    """`severity`, but not above `limit`."""
    return min(severity, limit, key=SEVERITIES.index)
