"""The severity follows what becomes of the error and where, and configuration has the last word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.config.options import Config
from broadcatch.lint.severity import SOFTER_ZONES, ZONES, at_most, severity_at, softer
from broadcatch.model.findings import SEVERITIES, Severity
from broadcatch.model.outcome import OUTCOMES, Outcome

outcomes, zones, severities = st.sampled_from(OUTCOMES), st.sampled_from(ZONES), st.sampled_from(SEVERITIES)


@pytest.mark.parametrize(
    ("outcome", "zone", "severity"),
    [
        ("dropped", "core", "error"),
        ("fallback", "worker", "error"),
        ("logged-text", "boundary", "warning"),
        ("logged-traceback", "boundary", "note"),
        ("logged-traceback", "worker", "warning"),
        ("handed-on", "core", "note"),
        ("dropped", "clean-up", "warning"),
        ("logged-text", "test", "note"),
    ],
)
def test_the_table(outcome: Outcome, zone: str, severity: Severity) -> None:
    assert severity_at(outcome, zone, Config()) == severity


@given(outcomes, zones)
def test_no_zone_is_harder_than_the_core(outcome: Outcome, zone: str) -> None:
    core, here = severity_at(outcome, "core", Config()), severity_at(outcome, zone, Config())
    assert SEVERITIES.index(here) <= SEVERITIES.index(core)


@given(outcomes, st.sampled_from(sorted(SOFTER_ZONES)))
def test_the_softer_zones_are_one_step_down(outcome: Outcome, zone: str) -> None:
    assert severity_at(outcome, zone, Config()) == softer(severity_at(outcome, "core", Config()))


@given(outcomes, zones, severities)
def test_a_configured_severity_holds_everywhere(outcome: Outcome, zone: str, severity: Severity) -> None:
    assert severity_at(outcome, zone, Config(severity={outcome: severity})) == severity


@given(severities, severities)
def test_a_limit_is_kept(severity: Severity, limit: Severity) -> None:
    assert SEVERITIES.index(at_most(severity, limit)) <= SEVERITIES.index(limit)
    assert at_most(severity, limit) in (severity, limit)
