"""How does `check` speak to what shows test results? JUnit XML: a suite a file, a failed case a handler.

Valid by the schema of Jenkins' xUnit plugin (junit-10.xsd), the strictest of those in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from broadcatch.model.facts import Failure
from broadcatch.model.results import CheckResult
from broadcatch.output.groups import Group, visible
from broadcatch.output.headline import plain_message
from broadcatch.output.view import View

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML cannot hold."""


def render(result: CheckResult, view: View) -> str:
    """One document; where nothing is to be told it holds one case that passed."""
    suites = list(_suites(result, view))
    if not suites:
        suites = [(1, 0, 0, _suite("", 1, 0, 0, [_case("broadcatch", "all")]))]
    tests, failed, broken = (
        sum(one[0] for one in suites),
        sum(one[1] for one in suites),
        sum(one[2] for one in suites),
    )
    head = f'<testsuites name="broadcatch" tests="{tests}" failures="{failed}" errors="{broken}">\n'
    body = "".join(text for *_, text in suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + head + body + "</testsuites>\n"


def _suites(result: CheckResult, view: View) -> Iterator[tuple[int, int, int, str]]:
    """How many cases, failures and errors a suite has, and its text."""
    for failure in result.failures:
        yield 1, 0, 1, _suite(failure.path, 1, 0, 1, [_error(failure)])
    groups = visible(result.findings, view.verbose)
    for path, members in groupby(groups, lambda group: group.primary.path):
        cases = [_failed(group) for group in members]
        yield len(cases), len(cases), 0, _suite(path, len(cases), len(cases), 0, cases)


def _suite(path: str, tests: int, failures: int, errors: int, cases: Sequence[str]) -> str:
    """The suite of a file; of the run as a whole where `path` is ""."""
    file = f" file={_attr(path)}" if path else ""
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}"'
    head = f"  <testsuite name={_attr(path or 'broadcatch')} {counts}{file}>\n"
    return head + "".join(cases) + "  </testsuite>\n"


def _failed(group: Group) -> str:
    one = group.primary
    text = plain_message(group)
    place = f"{one.path}:{one.span.line}:{one.span.column + 1}"
    steps = "".join(f"\nline {row}: {step}" for row, step in one.steps)
    inside = (
        f"<failure message={_attr(text)} type={_attr(one.code)}>{_text(f'{place}: {text}{steps}')}</failure>"
    )
    return _case(one.path, f"{one.code} {one.name} line {one.span.line}", inside)


def _error(one: Failure) -> str:
    inside = f"<error message={_attr(one.message)} type={_attr(one.stage)}/>"
    return _case(one.path, f"{one.stage} error", inside)


def _case(path: str, name: str, inside: str = "") -> str:
    """`classname` is the path as a dotted name, by which viewers group."""
    classname = path.removesuffix(".py").replace("/", ".")
    head = f"    <testcase classname={_attr(classname)} name={_attr(name)}"
    return f"{head}>{inside}</testcase>\n" if inside else f"{head}/>\n"


def _attr(text: str) -> str:
    return quoteattr(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))
