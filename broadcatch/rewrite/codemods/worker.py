"""What may a worker's loop survive? It tries again after what passes, always later, and ends on the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.block import Block, block_of, instead
from broadcatch.rewrite.clause import written
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.frames import Frame, HandlerSite
from broadcatch.rewrite.kept import Kept, kept_of
from broadcatch.rewrite.names import free_name
from broadcatch.rewrite.residual import broad_of, place_name, telling
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.retrying import ATTEMPTS, library_edits, loop_row
from broadcatch.rewrite.source import Refuse, Source, insertion
from broadcatch.rewrite.structural import WorkerWanted
from broadcatch.rewrite.values import Rewrite, Spelled

OTHER_LOGS = r"^(from|import) (loguru|structlog)\b"
"""They do not fill in `%s`, and are no `logging.Logger`."""
_COUNTERS = ("failures", "failed_turns", "failures_in_a_row")


class WorkerCommand(EditCommand[WorkerWanted]):
    """Only offered, unless it is asked for: which errors pass is for those to say who run the worker."""

    DESCRIPTION = "Retry what passes with a growing delay, and end a worker on anything else."
    KIND: Kind = "worker"
    RANK = 60

    def one(self, source: Source, wanted: WorkerWanted) -> Rewrite:
        site = source.handler(wanted.line)
        if isinstance(site.node, cst.ExceptStarHandler):
            raise Refuse("an `except*` clause takes a part of a group, and leaves the rest to others")
        block = block_of(source, site)
        kept = kept_of(source, site, block)
        ending, made = self._ending(source, site, block, kept, wanted)
        if not wanted.transient:
            edits = (*made, instead(source, site, block, ending))
            return self._made(wanted, "End the worker on an unexpected error", edits)
        attempt = _try_of(source, site)
        loop = _loop_of(site)
        if wanted.library:
            try:
                return self._by_library(source, site, block, kept, wanted, (ending, made))
            except Refuse as why:
                wanted = replace(wanted, reason=f"{wanted.reason}; {wanted.library} is not used: {why}")
        counter = _counter(source, site)
        names = tuple(one.spelling for one in wanted.transient)
        retry = list(_retry(source, site, block, kept, wanted, counter, names))
        reset, others = _reset(source, attempt, block, counter)
        edits = (
            *self._imports(source, site, names, wanted),
            *made,
            _start(source, loop, counter),
            instead(source, site, block, [*retry, *ending, *reset]),
            *others,
        )
        return self._made(wanted, f"Retry {written(names)} with a growing delay, end on anything else", edits)

    def _by_library(
        self,
        source: Source,
        site: HandlerSite,
        block: Block,
        kept: Kept,
        wanted: WorkerWanted,
        end: tuple[list[str], tuple[Edit, ...]],
    ) -> Rewrite:
        """The turn is tried again by what the project has for that; the clause only ends the worker."""
        lines, made = end
        own_log = re.search(OTHER_LOGS, source.text, re.M) is None
        logger = _ending_logger(source, site, block) if own_log else ""
        edits = library_edits(source, self.path, site, kept, block, wanted, logger)
        names = written(tuple(one.spelling for one in wanted.transient))
        title = f"Retry {names} through {wanted.library}, end on anything else"
        return self._made(wanted, title, (*made, *edits, instead(source, site, block, lines)))

    def _made(self, wanted: WorkerWanted, title: str, edits: tuple[Edit, ...]) -> Rewrite:
        return Rewrite(
            "worker", self.path, wanted.line, title, wanted.safety, wanted.reason, edits, wanted.leaves
        )

    def _ending(
        self, source: Source, site: HandlerSite, block: Block, kept: Kept, wanted: WorkerWanted
    ) -> tuple[list[str], tuple[Edit, ...]]:
        """The clause on which the worker ends, so that whoever runs it starts it again."""
        told = telling(source, self.path, site, block, "", "critical")
        caught = broad_of(site, wanted.broad) if site.node.type is not None else "Exception"
        bound = f" as {site.name}" if site.name and site.name in kept.names else ""
        head = f"{block.margin}except {caught}{bound}:"
        return [head, *told.lines, *kept.lines, f"{block.indent}raise"], told.edits

    def _imports(
        self, source: Source, site: HandlerSite, names: Sequence[str], wanted: WorkerWanted
    ) -> tuple[Edit, ...]:
        sleep = (
            Spelled("asyncio.sleep", "", "asyncio") if wanted.awaits else Spelled("time.sleep", "", "time")
        )
        known = (*wanted.transient, sleep)
        return import_edits(source, self.path, site, (*names, sleep.spelling), known)


def _retry(
    source: Source,
    site: HandlerSite,
    block: Block,
    kept: Kept,
    wanted: WorkerWanted,
    counter: str,
    names: Sequence[str],
) -> Iterator[str]:
    name = site.name or free_name(source, site)
    step = source.module.default_indent
    logger = _ending_logger(source, site, block)
    yield f"{block.margin}except {written(names)} as {name}:"
    yield from (f"{block.indent}{one}" for one in kept.comments)
    yield from kept.lines
    yield f"{block.indent}{counter} += 1"
    yield f"{block.indent}if {counter} > {ATTEMPTS}:"
    yield f"{block.indent}{step}raise"
    wait, place = f"2**{counter}", place_name(site, "")
    if re.search(OTHER_LOGS, source.text, re.M):
        record = f'f"{place}: next attempt in {{{wait}}} s: {{{name}}}"'
    else:
        record = f'"{place}: next attempt in %d s: %s", {wait}, {name}'
    yield f"{block.indent}{logger}.warning({record})"
    yield f"{block.indent}{'await asyncio' if wanted.awaits else 'time'}.sleep(2**{counter})"
    if isinstance(_last(site), cst.Continue):
        yield f"{block.indent}continue"


def _ending_logger(source: Source, site: HandlerSite, block: Block) -> str:
    """The logger as the clause that ends the worker writes it."""
    line = telling(source, "", site, block, "", "critical").lines[0]
    return line.strip().partition(".critical(")[0]


def _last(site: HandlerSite) -> cst.CSTNode | None:
    last = site.node.body.body[-1]
    return last.body[-1] if isinstance(last, cst.SimpleStatementLine) else last


def _loop_of(site: HandlerSite) -> Frame:
    """The loop of the same function that the clause stands in."""
    for frame in site.frame.outwards():
        if frame.kind == "loop":
            return frame
        if frame.kind in ("function", "class", "lambda"):
            break
    raise Refuse("no loop stands around the try")


def _try_of(source: Source, site: HandlerSite) -> cst.Try:
    found = _Tries(site)
    source.module.visit(found)
    if found.whole is None:
        raise Refuse("the try cannot be told")
    leaving = _Leaves()
    found.whole.body.visit(leaving)
    if leaving.found:
        raise Refuse("a turn that ends early (`continue`) would not count as one that worked")
    return found.whole


class _Tries(cst.CSTVisitor):
    def __init__(self, site: HandlerSite) -> None:
        super().__init__()
        self.site = site
        self.whole: cst.Try | None = None

    def visit_Try(self, node: cst.Try) -> None:
        if self.site.node in node.handlers:
            self.whole = node


class _Leaves(cst.CSTVisitor):
    """Whether a body goes on with the loop around it before its end."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def visit_Continue(self, node: cst.Continue) -> None:
        self.found = True

    def visit_For(self, node: cst.For) -> bool:
        return False

    def visit_While(self, node: cst.While) -> bool:
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False


def _counter(source: Source, site: HandlerSite) -> str:
    """A name that nothing in the file has yet."""
    found = next((one for one in _COUNTERS if not source.names.get(one)), "")
    if not found or source.stars:
        raise Refuse("no name is free for the number of failures")
    return found


def _start(source: Source, loop: Frame, counter: str) -> Edit:
    """The counter set to nothing before the loop, above the comments on it."""
    start = source.positions[loop.node].start
    margin = source.lines[start.line - 1][: start.column]
    source.exact(start.line, start.column)
    if margin.strip():
        raise Refuse("something else stands before the loop in its line")
    line = loop_row(source, start.line, margin)
    return insertion(line, 0, f"{margin}{counter} = 0{source.module.default_newline}")


def _reset(
    source: Source, attempt: cst.Try, block: Block, counter: str
) -> tuple[list[str], tuple[Edit, ...]]:
    """The lines of an `else` behind the clauses, or the edit that sets the counter back in its own."""
    if attempt.orelse is None:
        return [f"{block.margin}else:", f"{block.indent}{counter} = 0"], ()
    body = attempt.orelse.body
    if not isinstance(body, cst.IndentedBlock):
        raise Refuse("the `else` is not laid out in lines of its own")
    start = source.positions[body.body[0]].start
    source.exact(start.line, start.column)
    line = f"{source.lines[start.line - 1][: start.column]}{counter} = 0{source.module.default_newline}"
    return [], (insertion(start.line, 0, line),)
