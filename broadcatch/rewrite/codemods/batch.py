"""Does one failure take a batch with it, or pass for a result? Errors become results that are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import libcst as cst
import libcst.matchers as m

from broadcatch.flow.spelling import chain
from broadcatch.model.findings import Edit, Safety
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.source import Refuse, Source, insertion
from broadcatch.rewrite.survives import survival
from broadcatch.rewrite.values import Rewrite, Wanted

NARROW, WIDE = "Exception", "BaseException"
CANCELLED = "a CancelledError among the results is told from them, as every other error is"
EACH = 'in the place of an item that failed stands {"error": …}: whoever takes the results must know it'
CHOSEN = f"{EACH}: --kind batch"


@dataclass(frozen=True, slots=True)
class BatchWanted(Wanted):
    """Mend the `gather` of `line`: `check`, look for BaseException in the line `check`; `keep`, keep errors.

    `check` is 0 for `keep`; `safety` is that of `keep`.
    """

    kind: ClassVar[Kind] = "batch"
    aim: Literal["check", "keep"]
    check: int = 0
    safety: Safety = "display"


class BatchCommand(EditCommand[BatchWanted]):
    """Unsafe: what was taken for a result is an error now. To keep errors is only shown, unless asked for."""

    DESCRIPTION = "Tell the errors among gathered results from the results."
    KIND: Kind = "batch"
    RANK = 70

    def one(self, source: Source, wanted: BatchWanted) -> Rewrite:
        found = _Calls(source)
        source.module.visit(found)
        if wanted.aim == "keep":
            call = _gather(found, wanted.line)
            edits = (_keep(source, call), *survival(source, call))
            title = "Gather with `return_exceptions=True`, an entry for each item that fails"
            reason = CHOSEN if wanted.safety == "display" else EACH
            return Rewrite("batch", self.path, wanted.line, title, wanted.safety, reason, edits)
        edits = _widen(source, found, wanted)
        title = "Look for `BaseException` among the gathered results"
        return Rewrite("batch", self.path, wanted.line, title, "unsafe", CANCELLED, edits)


def _gather(found: _Calls, line: int) -> cst.Call:
    calls = [
        call for call, at, _ in found.calls if at == line and chain(call.func).rpartition(".")[2] == "gather"
    ]
    if len(calls) != 1 or not calls[0].args:
        raise Refuse("not exactly one gather begins here")
    return calls[0]


def _keep(source: Source, call: cst.Call) -> Edit:
    if any(arg.keyword and arg.keyword.value == "return_exceptions" for arg in call.args):
        raise Refuse("the gather keeps its errors already")
    if any(arg.star == "**" for arg in call.args):
        raise Refuse("whether the gather keeps its errors is said elsewhere (`**`)")
    return insertion(*source.outer_end(call.args[-1].value), ", return_exceptions=True")


def _widen(source: Source, found: _Calls, wanted: BatchWanted) -> tuple[Edit, ...]:
    """The check of the line, and those behind it in the same function."""
    if any(one.binds for name in (NARROW, WIDE) for one in source.names.get(name, ())):
        raise Refuse(f"`{NARROW}` or `{WIDE}` means something else in this file")
    checks = [(call, at, scope) for call, at, scope in found.calls if _asks(call)]
    scopes = {scope for _, at, scope in checks if at == wanted.check}
    if not scopes:
        raise Refuse("no check of a result for Exception stands here")
    same = [call for call, at, scope in checks if at >= wanted.check and scope in scopes]
    return tuple(Edit(source.span(name), WIDE) for call in same for name in _names(call))


def _asks(call: cst.Call) -> bool:
    return chain(call.func) == "isinstance" and len(call.args) == 2 and bool(_names(call))


def _names(call: cst.Call) -> list[cst.CSTNode]:
    return list(m.findall(call.args[1].value, m.Name(NARROW)))


class _Calls(cst.CSTVisitor):
    """Every call with its line and the function around it."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.calls: list[tuple[cst.Call, int, int]] = []
        self._scopes = [0]

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._scopes.append(id(node))

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._scopes.pop()

    def visit_Call(self, node: cst.Call) -> None:
        self.calls.append((node, self.source.positions[node].start.line, self._scopes[-1]))
