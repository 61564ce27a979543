"""How does `check` speak in a GitHub job? Workflow commands that become annotations on the changed files."""

from __future__ import annotations

from broadcatch.model.facts import Failure
from broadcatch.model.findings import Severity
from broadcatch.model.results import CheckResult
from broadcatch.output.groups import Group, visible
from broadcatch.output.headline import plain_message
from broadcatch.output.view import View

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(result: CheckResult, view: View) -> str:
    """One annotation a handler, and one for each file that could not be read; notes only when verbose.

    Paths lead from the root of the checkout.
    """
    lines = [_failure(one, view) for one in result.failures]
    lines += [_annotation(group, view) for group in visible(result.findings, view.verbose)]
    return "".join(line + "\n" for line in lines)


def _annotation(group: Group, view: View) -> str:
    one = group.primary
    where = {
        "file": view.from_root(one.path),
        "line": str(one.span.line),
        "endLine": str(one.span.end_line),
    }
    if one.span.line == one.span.end_line:  # columns count only within one line
        where |= {"col": str(one.span.column + 1), "endColumn": str(one.span.end_column + 1)}
    return _command(_COMMANDS[one.severity], where, f"{one.code} {one.name}", plain_message(group))


def _failure(one: Failure, view: View) -> str:
    where = {"file": view.from_root(one.path)} | ({} if one.line is None else {"line": str(one.line)})
    return _command("error", where, f"{one.stage} error", one.message)


def _command(name: str, where: dict[str, str], title: str, message: str) -> str:
    values = ",".join(f"{key}={_property(value)}" for key, value in {**where, "title": title}.items())
    return f"::{name} {values}::{_data(message)}"


def _data(text: str) -> str:
    """What would end the command or its line is written as a code."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
