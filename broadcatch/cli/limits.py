"""Has a report passed what was allowed? The limits that CI sets."""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.model.results import ReportResult
from broadcatch.output.groups import plural

NAMED = 5
"""So many files are named."""


def passed(result: ReportResult, max_high: int | None, no_rise: bool) -> Iterator[str]:
    """One line for each limit that is passed. Suppressed handlers are none of the `max_high`."""
    high = sum(one.tier == "high" and not one.suppressed for one in result.handlers)
    if max_high is not None and high > max_high:
        yield f"{plural(high, 'handler')} of tier high, --max-high allows {max_high}"
    changes = result.beside.comparison.files if no_rise and result.beside.comparison else ()
    risen = [one for one in changes if one.rose]
    if risen and result.beside.comparison:
        names = [f"{one.path} ({one.tiers[0]} to {one.tiers[1]})" for one in risen[:NAMED]]
        more = f" and {len(risen) - NAMED} more" if len(risen) > NAMED else ""
        since = result.beside.comparison.revision
        yield f"{plural(len(risen), 'file')} rose a tier since {since}: {', '.join(names)}{more}"
