"""How bad is it? One table, by what becomes of the error and where the handler stands."""

from __future__ import annotations

from broadcatch.config.options import Config
from broadcatch.model.findings import SEVERITIES, Severity
from broadcatch.model.outcome import Outcome, Verdict

BASE: dict[Outcome, Severity] = {
    "dropped": "error",
    "fallback": "error",
    "logged-text": "warning",
    "logged-traceback": "warning",
    "handed-on": "note",
    "exits": "note",
    "translated": "note",
    "chained": "note",
    "reraised": "note",
}
"""Where nothing below says otherwise. Outcomes in which the error leaves are reported only as notes."""

SPECIAL: dict[tuple[Outcome, str], Severity] = {("logged-traceback", "boundary"): "note"}
"""A request, a task or a command is where an error may end, if its traceback is kept. A worker's loop
is not: it goes on with whatever state the failed turn left behind."""

SOFTER_ZONES = frozenset({"clean-up", "import-guard", "test"})
"""Where less is at stake: one step down."""

ZONES = ("core", "boundary", "worker", "item", "start-up", "clean-up", "import-guard", "test", "script")


def severity_of(verdict: Verdict, config: Config) -> Severity:
    """The severity of a handler whose error does not leave."""
    return severity_at(verdict.outcome, verdict.zone, config)


def severity_at(outcome: Outcome, zone: str, config: Config) -> Severity:
    """The cell of the table; a configured severity holds in every zone."""
    if outcome in config.severity:
        return config.severity[outcome]
    severity = SPECIAL.get((outcome, zone), BASE[outcome])
    return softer(severity) if zone in SOFTER_ZONES else severity


def softer(severity: Severity) -> Severity:
    """One step down; a note stays a note."""
    return SEVERITIES[max(SEVERITIES.index(severity) - 1, 0)]


def at_most(severity: Severity, limit: Severity) -> Severity:
    """`severity`, but not above `limit`."""
    return min(severity, limit, key=SEVERITIES.index)
