"""Which number does a run end with?"""

from __future__ import annotations

from typing import Final

from broadcatch.model.findings import SEVERITIES, Severity
from broadcatch.model.results import CheckResult, FixResult

CLEAN: Final = 0
REPORTED: Final = 1
BROKEN: Final = 2
INTERRUPTED: Final = 130


def after_check(result: CheckResult, fail_on: Severity, exit_zero: bool, ratchet: bool = False) -> int:
    """1 for a live finding at or above `fail_on`, or a file that could not be read; notes never fail.

    With `ratchet` also for an entry of the baseline that says more than is there.
    """
    grave = SEVERITIES[max(SEVERITIES.index(fail_on), SEVERITIES.index("warning")) :]
    failing = any(one.suppressed is None and one.severity in grave for one in result.findings)
    slack = ratchet and bool(result.stale)
    return REPORTED if (failing or result.failures or slack) and not exit_zero else CLEAN


def after_fix(result: FixResult, write: bool) -> int:
    """1 for a rewrite that is offered but not written, or a file that could not be written."""
    if write:
        return REPORTED if any(one.stage == "write" for one in result.failures) else CLEAN
    return REPORTED if result.offered else CLEAN
