"""How does `check` say it in one line a handler?"""

from __future__ import annotations

from broadcatch.model.results import CheckResult
from broadcatch.output.groups import Group, visible
from broadcatch.output.headline import closing, headline
from broadcatch.output.paint import painter
from broadcatch.output.view import View


def render(result: CheckResult, view: View) -> str:
    """One line for each handler, then the summary."""
    lines = [_line(group, view) for group in visible(result.findings, view.verbose)]
    lines += closing(result, view)
    return "".join(line + "\n" for line in lines)


def _line(group: Group, view: View) -> str:
    return headline(group, painter(view.color))
