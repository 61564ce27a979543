"""Small values to show and to count, with everything that a test does not name filled in."""

from __future__ import annotations

from typing import Any

from broadcatch.model.findings import Edit, Finding, Fix, Identity
from broadcatch.model.raising import Evidence, Ground, Proposal, Step, Suggestion, Unknown
from broadcatch.model.ranking import Factor, FileRisk, HandlerRisk
from broadcatch.model.results import RuleInfo
from broadcatch.model.span import Span

NAMES = {
    "BC101": "bare-except",
    "BC102": "broad-except",
    "BC201": "unchained-raise",
    "BC301": "error-dropped",
    "BC302": "fallback-value",
    "BC303": "logged-without-traceback",
}

SOURCE = """\
def load(path):
    try:
        return read(path)
    except Exception:
        return None
"""


def steps(*calls: str) -> tuple[Step, ...]:
    """A chain of calls, one a line of one file."""
    return tuple(Step(call, "app/x.py", line) for line, call in enumerate(calls, 1))


def finding(code: str = "BC102", path: str = "app/x.py", line: int = 4, **other: Any) -> Finding:
    """A finding on `except Exception` at this line."""
    values: dict[str, Any] = {
        "code": code,
        "name": NAMES[code],
        "message": "the error is hidden",
        "path": path,
        "span": Span(line, 4, line, 20),
        "severity": "error",
        "handler": f"{path}:{line}",
        "function": "load",
        "outcome": "fallback",
        "identity": Identity(path, "load", code, 0, "abc"),
        "noqa_row": line,
    }
    return Finding(**{**values, **other})


def chain_fix(line: int = 4) -> Fix:
    """A fix that adds a cause."""
    return Fix("add `from exc`", "safe", (Edit(Span(line, 20, line, 20), " from exc"),))


def file_risk(path: str = "app/x.py", score: float = 87.5, **other: Any) -> FileRisk:
    """A file at the top of the list."""
    values: dict[str, Any] = {"tier": "high", "handlers": 15, "reasons": ("wrong financial figures",)}
    return FileRisk(path, score, **{**values, **other})


def handler_risk(path: str = "app/x.py", line: int = 4, **other: Any) -> HandlerRisk:
    """A handler worth opening."""
    values: dict[str, Any] = {
        "function": "Service.run",
        "outcome": "fallback",
        "score": 9.1,
        "tier": "high",
        "factors": (Factor("outcome", 2.5, "0 takes the error's place"), Factor("boundary", -0.5, "a route")),
    }
    return HandlerRisk(path, line, **{**values, **other})


def proposal(spelling: str = "json.JSONDecodeError", **other: Any) -> Proposal:
    """A type with one piece of evidence."""
    values: dict[str, Any] = {
        "type": "json.decoder.JSONDecodeError",
        "confidence": "high",
        "transient": False,
        "evidence": (
            Evidence("raise", "lib/decoder.py", 88, "raise JSONDecodeError", steps("parse", "json.loads")),
        ),
    }
    return Proposal(spelling=spelling, **{**values, **other})


def suggestion(**other: Any) -> Suggestion:
    """The answer for one handler."""
    values: dict[str, Any] = {
        "path": "app/x.py",
        "line": 14,
        "function": "Service.run",
        "caught": ("Exception",),
        "closed": False,
        "possible": ("json.decoder.JSONDecodeError", "KeyError"),
        "proposals": (proposal(),),
        "unresolved": (Unknown(12, "plugin.run", "an unresolved object"),),
        "replacement": "json.JSONDecodeError",
        "alone": Ground(0.9, ("json.decoder.JSONDecodeError",)),
    }
    return Suggestion(**{**values, **other})


def rule_info(code: str = "BC102", **other: Any) -> RuleInfo:
    """A rule with a short page."""
    values: dict[str, Any] = {
        "name": NAMES[code],
        "summary": "A broad type is caught and the error stays.",
        "doc": "A broad type is caught and the error stays.\n\n## Why it hurts\nNobody sees it.\n",
        "ruff": ("BLE001",),
    }
    return RuleInfo(code, **{**values, **other})
