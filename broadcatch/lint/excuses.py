"""Why is a handler left alone? The conditions that several rules share, each with its words."""

from __future__ import annotations

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.lint.wording import joined
from broadcatch.model.outcome import Outcome


def leaves_excuse(judged: Judged) -> str:
    """That the error stays in the handler on no path; "" where it does on one."""
    if not judged.verdict.leaves:
        return ""
    how = joined(dict.fromkeys(path.outcome for path in judged.verdict.paths))
    return f"the error leaves on every path ({how})"


def narrow_excuse(judged: Judged) -> str:
    """That no class of the clause is broad; "" where one is."""
    return "" if judged.verdict.broad else "the clause names no broad class"


def outcome_excuse(judged: Judged, outcome: Outcome, config: Config) -> str:
    """That the worst path ends otherwise, or that the clause is specific; "" where neither is so."""
    verdict = judged.verdict
    if verdict.outcome != outcome:
        return f"the worst path is {verdict.outcome}"
    return "" if config.typed else narrow_excuse(judged)
