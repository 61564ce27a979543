"""What arrives beside the errors that are known? A broad clause is parted into those and a residual."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from broadcatch.model.findings import Edit, Safety
from broadcatch.model.fixing import RESIDUAL, UNEXPECTED, Kind, Stage
from broadcatch.rewrite.block import Block, after, block_of, instead
from broadcatch.rewrite.clause import written
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.codemods.narrow import clause_edit, new_names
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.kept import is_call_of, kept_of, uses
from broadcatch.rewrite.loggers import is_log_call
from broadcatch.rewrite.residual import broad_of, header, telling
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.structural import SplitWanted
from broadcatch.rewrite.values import Rewrite

WHY: dict[Stage, tuple[Safety, str]] = {
    "observe": ("safe", "every error takes the way it took; what was not foreseen is logged"),
    "surface": ("unsafe", "what was not foreseen is raised again instead of taking the old way"),
    "narrow": ("unsafe", "what was not foreseen is caught no more"),
}


class SplitCommand(EditCommand[SplitWanted]):
    """Safe as `observe`: both clauses do what the one did. Unsafe from there on, by design."""

    DESCRIPTION = "Part a broad clause into specific ones and a residual that tells what else arrives."
    KIND: Kind = "split"
    RANK = 5

    def one(self, source: Source, wanted: SplitWanted) -> Rewrite:
        site = source.handler(wanted.line)
        if isinstance(site.node, cst.ExceptStarHandler):
            raise Refuse("an `except*` clause takes a part of a group, and leaves the rest to others")
        if _holds_another(source, site, [one.line for one in self.wanted]):
            raise Refuse("a clause in its body is split too, and the copy would repeat it")
        block = block_of(source, site)
        if wanted.replacement:
            title, edits = self._parted(source, site, block, wanted)
        else:
            title, edits = self._taken_on(source, site, block, wanted)
        safety, reason = WHY[wanted.stage]
        leaves = () if safety == "safe" else wanted.leaves
        return Rewrite("split", self.path, wanted.line, title, safety, reason, edits, leaves)

    def _parted(
        self, source: Source, site: HandlerSite, block: Block, wanted: SplitWanted
    ) -> tuple[str, tuple[Edit, ...]]:
        broad = frozenset(wanted.broad)
        new = new_names(site, wanted.replacement, broad)
        clause = clause_edit(source, site, broad, new)
        imports = import_edits(source, self.path, site, new, wanted.names)
        lines, made = self._residual(source, site, block, wanted)
        title = f"Catch {written(new)} first, and {_does(wanted.stage)} what else arrives"
        return title, (*imports, *made, clause, after(source, block, lines))

    def _residual(
        self, source: Source, site: HandlerSite, block: Block, wanted: SplitWanted
    ) -> tuple[Sequence[str], tuple[Edit, ...]]:
        method = "error" if wanted.recorded and wanted.stage == "observe" else "exception"
        told = telling(source, self.path, site, block, wanted.observe, method)
        caught = broad_of(site, wanted.broad)
        if wanted.stage == "observe":
            idle = _does_nothing(site)
            name = told.name if idle else site.name or told.name
            body = () if idle else block.lines(source)
            return [header(block, caught, name), *told.lines, *body], told.edits
        kept = kept_of(source, site, block)
        name = site.name if site.name in kept.names else told.name
        if site.node.type is None and not kept.lines:
            caught = "Exception"
        lines = [header(block, caught, name), *told.lines, *kept.lines, f"{block.indent}raise"]
        return lines, told.edits

    def _taken_on(
        self, source: Source, site: HandlerSite, block: Block, wanted: SplitWanted
    ) -> tuple[str, tuple[Edit, ...]]:
        if not is_marked(source, site):
            raise Refuse("nothing is known that a specific clause should be for")
        if not site.earlier:
            raise Refuse("no clause stands before the residual")
        if wanted.stage == "narrow":
            return "Catch no more than what is known", (instead(source, site, block, ()),)
        lead = _lead(site, wanted.observe)
        told = telling(source, self.path, site, block, wanted.observe)
        kept = kept_of(source, site, block, lead)
        written_lead = _first_lines(source, site, block, lead) if _logs_traceback(site, lead) else ()
        lines = written_lead or told.lines
        edits = () if written_lead else told.edits
        needs = site.name in kept.names or any(uses(one, site.name) for one in site.node.body.body[:lead])
        name = site.name if needs else told.name if not written_lead else ""
        head = header(block, broad_of(site, wanted.broad), name)
        whole = [head, *lines, *kept.lines, f"{block.indent}raise"]
        return "Raise again what was not foreseen", (*edits, instead(source, site, block, whole))


def _does(stage: Stage) -> str:
    return "log" if stage == "observe" else "log and raise again"


def _does_nothing(site: HandlerSite) -> bool:
    """Whether the old body would be noise below the log."""
    body = site.node.body.body
    return len(body) == 1 and isinstance(_small(body[0]), cst.Pass)


def _small(statement: cst.CSTNode) -> cst.CSTNode | None:
    if isinstance(statement, cst.SimpleStatementLine):
        return statement.body[0] if len(statement.body) == 1 else None
    return statement


def _holds_another(source: Source, site: HandlerSite, lines: Sequence[int]) -> bool:
    """Whether a clause in the body is to be split too, or was."""
    others = (one for one in source.handlers.values() if one is not site)
    inner = [one for one in others if one.frame.within(site.frame)]
    return any(one.line in lines or is_marked(source, one) for one in inner)


def is_marked(source: Source, site: HandlerSite) -> bool:
    """Whether the line of a clause carries the mark of a residual."""
    return f"# {RESIDUAL}" in source.lines[site.line - 1]


def _lead(site: HandlerSite, observe: str) -> int:
    """How many statements at the beginning of a residual are those that an earlier stage wrote."""
    body = list(site.node.body.body)
    if not body or not _is_our_log(body[0]):
        return 0
    counted = len(body) > 1 and is_call_of(body[1], observe.rpartition(".")[2])
    return 2 if counted else 1


def _is_our_log(statement: cst.CSTNode) -> bool:
    small = _small(statement)
    if small is None or not is_log_call(small) or not isinstance(small, cst.Expr):
        return False
    call = small.value
    first = call.args[0].value if isinstance(call, cst.Call) and call.args else None
    return isinstance(first, cst.SimpleString) and first.raw_value.startswith(UNEXPECTED)


def _logs_traceback(site: HandlerSite, lead: int) -> bool:
    small = _small(site.node.body.body[0]) if lead else None
    call = small.value if isinstance(small, cst.Expr) else None
    return isinstance(call, cst.Call) and dotted(call.func).endswith((".exception", ".critical"))


def _first_lines(source: Source, site: HandlerSite, block: Block, count: int) -> tuple[str, ...]:
    last = source.positions[site.node.body.body[count - 1]].end.line
    return tuple(source.lines[block.first - 1 : last])
