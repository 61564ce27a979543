"""What could not be read, and what was left out on purpose? Lines for stderr."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from broadcatch.model.facts import Failure, Skipped
from broadcatch.output.groups import plural
from broadcatch.output.paint import printable
from broadcatch.output.view import View


def render(failures: Sequence[Failure], skipped: Sequence[Skipped], view: View) -> str:
    """One line for each failure; skipped files as a count, by name when verbose, not at all when quiet."""
    lines = [failure_line(failure) for failure in failures]
    if view.verbose:
        lines += [f"{printable(one.path)}: skipped: {one.reason}" for one in skipped]
    elif not view.quiet:
        reasons = Counter(one.reason for one in skipped)
        lines += [f"{plural(count, 'file')} skipped: {reason}" for reason, count in reasons.items()]
    return "".join(line + "\n" for line in lines)


def failure_line(failure: Failure) -> str:
    """`path: parse error: message (line N)`."""
    where = "" if failure.line is None else f" (line {failure.line})"
    message = " ".join(failure.message.split())
    return f"{printable(failure.path)}: {failure.stage} error: {printable(message)}{where}"
