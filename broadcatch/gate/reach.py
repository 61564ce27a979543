"""Which lines does a suppression speak for? Its comment's place, read as the tool reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from broadcatch.gate.directives import Directive, bracketed, noqa
from broadcatch.gate.meanings import meaning
from broadcatch.gate.pragmas import pycharm, pylint
from broadcatch.model.facts import Comment, FileFacts, Handler
from broadcatch.model.findings import Finding, Reach

ALONE = "it must stand on a line of its own"
MARGIN = "it must stand on a line of its own, not indented"
UNMATCHED = "nothing above it was disabled with the same codes and indentation"
MISPLACED = "its indentation is not that of the code around it"


@dataclass(frozen=True, slots=True)
class Silencer:
    """A suppression with the lines that it speaks for (both included; none where `last` is smaller).

    `whole`: only what lies in these lines entirely. `head`: the statement that it stands above, where that
    is what counts. `flaw` says why it speaks for nothing.
    """

    comment: Comment
    directive: Directive
    reach: Reach
    first: int = 0
    last: int = 0
    whole: bool = False
    head: int = 0
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands that may be silenced: the rows on which a comment counts, its first and last
    row, and the statements around it above which a comment counts."""

    rows: Sequence[int]
    first: int
    last: int
    heads: frozenset[int] = frozenset()


def silencers(comments: Iterable[Comment], today: str = "") -> tuple[Silencer, ...]:
    """The suppressions of one file that may concern us, in order; `enable` is folded into `disable`.

    On the day `today` ("" for none) those that were to hold until an earlier one speak for nothing.
    """
    found = [(comment, one) for comment in comments for one in _directives(comment) if _concerns(one)]
    return tuple(_dated(one, today) for one in _placed(found))


def covers(silencer: Silencer, place: Place) -> bool:
    """Whether a suppression speaks for a place."""
    if silencer.flaw:
        return False
    if silencer.reach == "file":
        return True
    if silencer.head:
        return silencer.head in place.heads
    if silencer.whole:
        return silencer.first <= place.first and place.last <= silencer.last
    return any(silencer.first <= row <= silencer.last for row in place.rows)


def of_handler(handler: Handler) -> Place:
    """The place of a clause."""
    span = handler.span
    return Place(range(span.line, span.end_line + 1), span.line, span.end_line, _heads(handler))


def of_finding(finding: Finding, handler: Handler | None, through: bool = False) -> Place:
    """The place of a finding: any row of the clause or statement, and those that Ruff gives.

    `through`: up to the end of the handler, as Ruff counts for S110 and S112.
    """
    span = finding.span
    rows = [*range(span.line, span.end_line + 1), finding.noqa_row, *(row.row for row in finding.ruff)]
    last = handler.end_line if through and handler else span.end_line
    heads = frozenset({span.line}) if handler is None else _heads(handler)
    return Place(list(dict.fromkeys(rows)), span.line, last, heads)


def handler_of(finding: Finding, facts: FileFacts) -> Handler | None:
    """The handler that a finding belongs to."""
    line = finding.handler.rpartition(":")[2]
    row = int(line) if line.isdecimal() else 0
    return next((one for one in facts.handlers if one.span.line == row), None)


def _heads(handler: Handler) -> frozenset[int]:
    """The try, the clause, the innermost function and the innermost class."""
    scopes = handler.place.scopes
    function = next((scope.line for scope in reversed(scopes) if scope.kind != "class"), 0)
    around = next((scope.line for scope in reversed(scopes) if scope.kind == "class"), 0)
    return frozenset({handler.try_line, handler.span.line, function, around} - {0})


def _directives(comment: Comment) -> Iterator[Directive]:
    yield from bracketed(comment.text)
    found = noqa(comment.text)
    if found is not None:
        yield found
    yield from pylint(comment.text)
    yield from pycharm(comment.text)


def _concerns(directive: Directive) -> bool:
    if directive.codes is None or directive.by == "broadcatch":
        return True
    return any(code.startswith("BC") or meaning(directive.by, code).ours for code in directive.codes)


def _placed(found: Sequence[tuple[Comment, Directive]]) -> Iterator[Silencer]:
    closed: set[int] = set()
    for at, (comment, directive) in enumerate(found):
        if directive.by == "pylint":
            yield _pragma(comment, directive)
        elif directive.verb == "disable":
            end = next((to for to in range(at + 1, len(found)) if _ends(found[at], found[to], closed, to)), 0)
            closed.update({end} - {0})
            yield _range(comment, directive, found[end][0].line if end else comment.behind - 1)
        elif directive.verb == "enable":
            if at not in closed:
                yield Silencer(comment, directive, "block", flaw=UNMATCHED if comment.above else ALONE)
        else:
            yield _single(comment, directive)


def _dated(one: Silencer, today: str) -> Silencer:
    directive = one.directive
    if one.flaw or directive.flaw:
        return replace(one, flaw=one.flaw or directive.flaw)
    if directive.until and today > directive.until:
        return replace(one, flaw=f"it held until {directive.until}")
    return one


def _ends(
    one: tuple[Comment, Directive], other: tuple[Comment, Directive], closed: set[int], at: int
) -> bool:
    """Whether `other` is the `enable` that ends the `disable` of `one`."""
    (start, disable), (end, enable) = one, other
    return (
        at not in closed
        and (enable.by, enable.verb, enable.codes) == (disable.by, "enable", disable.codes)
        and bool(end.above and end.behind)
        and end.column == start.column
        and end.line < start.behind
    )


def _range(comment: Comment, directive: Directive, last: int) -> Silencer:
    made = Silencer(comment, directive, "block", comment.line, last, whole=True)
    if not comment.above:
        return replace(made, flaw=ALONE)
    return made if comment.behind else replace(made, flaw=MISPLACED)


def _pragma(comment: Comment, directive: Directive) -> Silencer:
    if directive.verb == "file":
        return Silencer(comment, directive, "file")
    if directive.verb == "next":
        return Silencer(comment, directive, "line", comment.line + 1, comment.line + 1)
    reach: Reach = "block" if comment.until > comment.line else "line"
    return Silencer(comment, directive, reach, comment.line, comment.until)


def _single(comment: Comment, directive: Directive) -> Silencer:
    row = comment.line
    if directive.flaw:
        return Silencer(comment, directive, "line", flaw=directive.flaw)
    if directive.verb in ("file", "module"):
        return Silencer(comment, directive, "file", flaw=_astray(comment, directive))
    if directive.verb == "above":
        flaw = "" if comment.above else ALONE
        return Silencer(comment, directive, "block", head=comment.head, flaw=flaw)
    if directive.by == "noqa" or not comment.above:
        return Silencer(comment, directive, "line", row, row)
    return Silencer(comment, directive, "line", row, comment.last or comment.above)


def _astray(comment: Comment, directive: Directive) -> str:
    """Why a suppression for the file does not count: `noqa` may be indented, brackets may not."""
    if not comment.above:
        return ALONE
    return MARGIN if directive.verb == "module" and comment.column else ""
