"""Where did the error come from? A log record of it gains the traceback."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import libcst as cst

from broadcatch.flow.spelling import chain
from broadcatch.model.findings import Edit, Safety
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.dedent import lines_inside_texts
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.libraries import Library, library_at, library_of
from broadcatch.rewrite.messages import Messages
from broadcatch.rewrite.source import Refuse, Source, insertion
from broadcatch.rewrite.unbind import Place, drop_name
from broadcatch.rewrite.values import Rewrite, Wanted

EXCEPTION = {"error": "exception", "aerror": "aexception"}
"""Methods that have a twin of the same level that writes the traceback."""

GAINS = "the record gains the traceback, and keeps its level"
MOVES = "; the text of the error stands at its end instead of in the message"
UNKNOWN = "what `{}` is cannot be seen in this file: it must take what a logger of `logging` takes"
OF_TWISTED = "Twisted's logger knows no `exc_info`: `log_failure=Failure()` gives it the traceback"
OF_ANOTHER = "it takes `{}`, which a logger of `logging` does not: it may make nothing of `exc_info`"
_TAKEN = frozenset({"msg", "level", "exc_info", "stack_info", "stacklevel", "extra"})
"""The keywords that methods of a logger of `logging` take."""


@dataclass(frozen=True, slots=True)
class TracebackWanted(Wanted):
    """Log the traceback with the call `name` (as written: `self.log.error`) that begins in `line`.

    `qualified` is its name through the file's imports, "" where they do not tell; `clause` is the line of
    the clause that it stands in.
    """

    kind: ClassVar[Kind] = "traceback"
    name: str
    qualified: str
    clause: int


class TracebackCommand(EditCommand[TracebackWanted]):
    """Safe where the logger is known: only the log gains."""

    DESCRIPTION = "Log the traceback of a caught error."
    KIND: Kind = "traceback"
    RANK = 60

    def one(self, source: Source, wanted: TracebackWanted) -> Rewrite:
        site, made = source.handler(wanted.clause), _made(source, wanted)
        safety: Safety = "safe" if made.library else "unsafe"
        reason = GAINS if made.library else UNKNOWN.format(wanted.name.rpartition(".")[0])
        title = f"Log the traceback with `{_told(wanted.name, made.library)}`"
        edits = self._without_name(source, site, wanted, made)
        return Rewrite(
            "traceback",
            self.path,
            wanted.line,
            title,
            safety,
            reason + (MOVES if made.gone else ""),
            tuple(dict.fromkeys(edits)),
        )

    def _without_name(
        self, source: Source, site: HandlerSite, wanted: TracebackWanted, made: Made
    ) -> tuple[Edit, ...]:
        """The edits of one call, with those of all calls of the clause where only so the name can go."""
        if not made.gone:
            return made.edits
        others = [one for one in self._siblings(source, wanted.clause) if one.library == made.library]
        for group in ([made], others):
            dropped = drop_name(source, site, frozenset().union(*(one.gone for one in group)))
            if dropped is not None:
                return (*(edit for one in group for edit in one.edits), dropped)
        return made.edits

    def _siblings(self, source: Source, clause: int) -> Iterator[Made]:
        for wanted in self.wanted:
            if wanted.clause == clause:
                with contextlib.suppress(Refuse):
                    yield _made(source, wanted)


def _told(name: str, library: Library) -> str:
    """The call as it will be written."""
    receiver, _, method = name.rpartition(".")
    if method in EXCEPTION:
        return f"{receiver}.{EXCEPTION[method]}(…)"
    if library == "loguru":
        return f"{receiver}.opt(exception=True).{method}(…)"
    return f"{name}(…, exc_info=True)"


@dataclass(frozen=True, slots=True)
class Made:
    """What becomes of one call: its edits, and the places of the error's name that go from its message."""

    edits: tuple[Edit, ...]
    gone: frozenset[Place]
    library: Library


def _made(source: Source, wanted: TracebackWanted) -> Made:
    site = source.handler(wanted.clause)
    call, library = _call(source, site, wanted), _library(source, wanted)
    _refuse_others(call, library)
    first = 1 if wanted.name.rpartition(".")[2] in ("log", "alog") else 0
    short = Messages(source, site.name, library == "loguru").shorten(call, first)
    edits = _with_traceback(source, call, library)
    if short is None:
        return Made(edits, frozenset(), library)
    kept = (one for one in edits if not any(_holds(cut, one) for cut in short.edits))
    return Made((*kept, *short.edits), short.gone, library)


def _refuse_others(call: cst.Call, library: Library) -> None:
    """Refuses where the logger is another library's, whose records get no traceback by these means."""
    if library == "twisted":
        raise Refuse(OF_TWISTED)
    named = [arg.keyword.value for arg in call.args if arg.keyword]
    strange = next((one for one in named if one not in _TAKEN), "")
    if strange and not library:
        raise Refuse(OF_ANOTHER.format(strange))


def _holds(cut: Edit, other: Edit) -> bool:
    """Whether a line that would move with its call goes away instead."""
    span, at = cut.span, (other.span.line, other.span.column)
    return (span.line, span.column) < at < (span.end_line, span.end_column)


def _call(source: Source, site: HandlerSite, wanted: TracebackWanted) -> cst.Call:
    found = _Calls(source, wanted)
    site.node.body.visit(found)
    if len(found.calls) != 1:
        raise Refuse(f"not exactly one call of `{wanted.name}` begins here")
    [call] = found.calls
    for arg in call.args:
        if arg.star == "**" or (arg.keyword and arg.keyword.value in ("exc_info", "exception")):
            raise Refuse("the call may say already what becomes of the traceback")
    return call


def _library(source: Source, wanted: TracebackWanted) -> Library:
    return library_of(wanted.qualified) or library_at(source, wanted.name.rpartition(".")[0])


def _with_traceback(source: Source, call: cst.Call, library: Library) -> tuple[Edit, ...]:
    """The edits that make a call write the traceback; its level stays."""
    if not isinstance(call.func, cst.Attribute):
        raise Refuse("the call is no method of a logger")
    method = call.func.attr
    if method.value in EXCEPTION:
        edit = Edit(source.span(method), EXCEPTION[method.value])
        return (edit, *_aligned(source, call, len(edit.content) - len(method.value)))
    if library != "loguru":
        return (_keyword(source, call),)
    if "opt()" in chain(call.func.value):
        raise Refuse("the call has options already")
    edit = insertion(*source.outer_end(call.func.value), ".opt(exception=True)")
    return (edit, *_aligned(source, call, len(edit.content)))


def _aligned(source: Source, call: cst.Call, by: int) -> Iterator[Edit]:
    """Moves the lines that stand below the first argument along with it."""
    frozen = lines_inside_texts(source)
    if not call.args or source.positions[call.args[0]].start.line != source.positions[call.func].end.line:
        return
    start, end = source.positions[call.args[0]].start, source.positions[call].end
    for line in range(start.line + 1, end.line + 1):
        text = source.lines[line - 1]
        if len(text) - len(text.lstrip(" ")) == start.column and line not in frozen:
            yield insertion(line, 0, " " * by)


def _keyword(source: Source, call: cst.Call) -> Edit:
    """`exc_info=True` as the last argument, before or behind a comma that stands there."""
    if not call.args:
        raise Refuse("the call has no message")
    last = call.args[-1]
    end = source.positions[last].end
    line, column = source.outer_end(last.value) if not last.star else (end.line, end.column)
    source.exact(line, column)
    if isinstance(last.comma, cst.Comma) and _is_broken(source, call):
        indent = source.lines[line - 1][: len(source.lines[line - 1]) - len(source.lines[line - 1].lstrip())]
        return insertion(line, column, f",{source.module.default_newline}{indent}exc_info=True")
    return insertion(line, column, ", exc_info=True")


def _is_broken(source: Source, call: cst.Call) -> bool:
    """Whether each argument stands on a line of its own."""
    lines = [source.positions[arg].start.line for arg in call.args]
    return (
        len(set(lines)) == len(lines)
        and source.positions[call].end.line > source.positions[call.args[-1]].end.line
    )


class _Calls(cst.CSTVisitor):
    def __init__(self, source: Source, wanted: TracebackWanted) -> None:
        super().__init__()
        self.source = source
        self.wanted = wanted
        self.calls: list[cst.Call] = []

    def visit_Call(self, node: cst.Call) -> None:
        at = self.source.positions[node].start.line
        if at == self.wanted.line and chain(node.func) == self.wanted.name:
            self.calls.append(node)
