"""How does a turn try again through a library? Tenacity wraps its body, backoff a function of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.block import Block, last_line, with_comments
from broadcatch.rewrite.clause import earlier_names, written
from broadcatch.rewrite.dedent import lines_inside_texts
from broadcatch.rewrite.frames import HandlerSite, Occurrence
from broadcatch.rewrite.kept import Kept
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.source import Refuse, Source, insertion
from broadcatch.rewrite.structural import WorkerWanted
from broadcatch.rewrite.values import Spelled

ATTEMPTS = 5
"""So often in a row a turn may fail; the last wait is half a minute."""
_NO_ERRORS = ("asyncio.CancelledError", "CancelledError", "KeyboardInterrupt", "SystemExit", "GeneratorExit")
"""A clause for these before the broad one meets what no retry takes."""
_WRAPPED = ("attempt", "try_again", "one_turn")


@dataclass(frozen=True, slots=True)
class Turn:
    """The body of a worker's `try`: its rows, the blanks before the `try` and before its statements."""

    first: int
    last: int
    margin: str
    indent: str


def library_edits(
    source: Source, path: str, site: HandlerSite, kept: Kept, block: Block, wanted: WorkerWanted, logger: str
) -> tuple[Edit, ...]:
    """What lets the turn try again through `wanted.library`: the wait grows as that of the loop would.

    `logger` is how the log is written there, "" where the library could not write to it. Refuses where
    the turn needs more than to be done again.
    """
    if kept.lines:
        raise Refuse("what the old body undoes must be undone before each attempt")
    if set(earlier_names(site)) - set(_NO_ERRORS):
        raise Refuse("a clause before it may be for what is tried again")
    turn = _turn(source, site, block)
    found = _Body()
    site.whole.body.visit(found)
    name = next((one for one in _WRAPPED if not source.names.get(one)), "")
    if found.leaves_loop or not name:
        raise Refuse("it ends the loop from within, or no name is free")
    if wanted.library == "tenacity":
        return _tenacity(source, path, site, turn, wanted, kept, logger, name)
    if found.ends_turn or _binds(source, site):
        raise Refuse("what it binds, returns or yields would be lost in a function of its own")
    return _backoff(source, path, site, turn, wanted, logger, name)


def _tenacity(
    source: Source,
    path: str,
    site: HandlerSite,
    turn: Turn,
    wanted: WorkerWanted,
    kept: Kept,
    logger: str,
    name: str,
) -> tuple[Edit, ...]:
    """The body in `for attempt in Retrying(…): with attempt:`; what it binds and returns is as it was."""
    loop = "AsyncRetrying" if wanted.awaits else "Retrying"
    used = [loop, "retry_if_exception_type", "stop_after_attempt", "wait_exponential"]
    used += ["before_sleep_log"] if logger else []
    known = {one: _spelled(source, "tenacity", one) for one in used}
    say = {one: spelled.spelling for one, spelled in known.items()}
    names = written([one.spelling for one in wanted.transient])
    step = source.module.default_indent
    rows = [
        *kept.comments,
        f"{'async ' if wanted.awaits else ''}for {name} in {say[loop]}(",
        f"{step}retry={say['retry_if_exception_type']}({names}),",
        f"{step}stop={say['stop_after_attempt']}({ATTEMPTS + 1}),",
        f"{step}wait={say['wait_exponential']}(multiplier=2),",
        *([f"{step}before_sleep={say['before_sleep_log']}({logger}, logging.WARNING),"] if logger else []),
        f"{step}reraise=True,",
        "):",
        f"{step}with {name}:",
    ]
    newline = source.module.default_newline
    head = insertion(turn.first, 0, "".join(f"{turn.indent}{row}{newline}" for row in rows))
    logging = (Spelled("logging.WARNING", "", "logging"),) if logger else ()
    needed = (*wanted.transient, *known.values(), *logging)
    imports = import_edits(source, path, site, [one.spelling for one in needed], needed)
    return (*imports, head, *_indented(source, turn, step * 2))


def _backoff(
    source: Source, path: str, site: HandlerSite, turn: Turn, wanted: WorkerWanted, logger: str, name: str
) -> tuple[Edit, ...]:
    """The body as a function before the loop, which the turn calls: backoff is a decorator."""
    frame = next(one for one in site.frame.outwards() if one.kind == "loop")
    start = source.positions[frame.node].start
    margin = source.lines[start.line - 1][: start.column]
    decorator, waits = (_spelled(source, "backoff", one) for one in ("on_exception", "expo"))
    names = written([one.spelling for one in wanted.transient])
    given = f"max_tries={ATTEMPTS + 1}, factor=2, jitter=None{f', logger={logger}' if logger else ''}"
    step, newline = source.module.default_indent, source.module.default_newline
    frozen = lines_inside_texts(source)
    lines = [
        text if row in frozen or not text.strip() else margin + step + text[len(_blanks(text, turn.indent)) :]
        for row, text in enumerate(source.lines[turn.first - 1 : turn.last], turn.first)
    ]
    head = [
        f"{margin}@{decorator.spelling}({waits.spelling}, {names}, {given})",
        f"{margin}{'async ' if wanted.awaits else ''}def {name}(){_returns(site)}:",
    ]
    made = insertion(loop_row(source, start.line, margin), 0, newline.join([*head, *lines, "", ""]))
    call = f"{turn.indent}{'await ' if wanted.awaits else ''}{name}(){newline}"
    needed = (*wanted.transient, decorator, waits)
    imports = import_edits(source, path, site, [one.spelling for one in needed], needed)
    return (*imports, made, Edit(Span(turn.first, 0, turn.last + 1, 0), call))


def loop_row(source: Source, row: int, margin: str) -> int:
    """The first row of the comments that stand above the loop in `row`."""
    while row > 1 and source.lines[row - 2].startswith(margin + "#"):
        row -= 1
    return row


def _spelled(source: Source, library: str, name: str) -> Spelled:
    """A name of a library as the file would write it: by the module's name where it imports that."""
    modules = [
        one
        for found in source.names.values()
        for one in found
        if one.role == "import" and one.module == library and not one.imported
    ]
    if modules or library == "backoff":
        local = modules[0].name if modules else library
        return Spelled(f"{local}.{name}", "", library)
    return Spelled(name, "", library, name)


def _returns(site: HandlerSite) -> str:
    """` -> None` where the function around says what it returns too."""
    node = next((one.node for one in site.frame.outwards() if one.kind == "function"), None)
    annotated = isinstance(node, cst.FunctionDef) and node.returns is not None
    return " -> None" if annotated else ""


def _turn(source: Source, site: HandlerSite, block: Block) -> Turn:
    body = site.whole.body
    if not isinstance(body, cst.IndentedBlock):
        raise Refuse("the try is not laid out in lines of its own")
    start = source.positions[body.body[0]].start
    indent = source.lines[start.line - 1][: start.column]
    source.exact(start.line, start.column)
    last = max(last_line(source.positions, one) for one in body.body)
    end = with_comments(source, indent, last)
    if indent.strip() or site.try_line >= start.line or end >= len(source.lines):
        raise Refuse("the try is not laid out in lines of its own")
    return Turn(site.try_line + 1, end, block.margin, indent)


def _indented(source: Source, turn: Turn, by: str) -> Iterator[Edit]:
    frozen = lines_inside_texts(source)
    for row in range(turn.first, turn.last + 1):
        if row not in frozen and source.lines[row - 1].strip():
            column = len(_blanks(source.lines[row - 1], turn.indent))
            source.exact(row, column)
            yield insertion(row, column, by)


def _blanks(text: str, indent: str) -> str:
    """What a row has of the indentation; a comment may have less."""
    return indent if text.startswith(indent) else text[: len(text) - len(text.lstrip())]


def _binds(source: Source, site: HandlerSite) -> bool:
    """Whether the `try` binds a name of its function, or asks for one that a function of its own lacks."""
    first, last = site.try_line, site.line
    inside = [one for found in source.names.values() for one in found if first < one.line < last]
    return any(_is_lost(one, site.frame.scope) for one in inside)


def _is_lost(one: Occurrence, scope: object) -> bool:
    changes = one.binds or one.role in ("declare", "delete")
    return (changes and one.scope is scope) or one.name in ("super", "locals", "vars", "eval", "exec", "dir")


class _Body(cst.CSTVisitor):
    """How the body of a `try` goes on: with the loop around it, or by a return."""

    def __init__(self) -> None:
        super().__init__()
        self.leaves_loop = False
        self.ends_turn = False
        self._loops = 0

    def visit_Break(self, node: cst.Break) -> None:
        self.leaves_loop |= not self._loops

    def visit_Return(self, node: cst.Return) -> None:
        self.ends_turn = True

    def visit_Yield(self, node: cst.Yield) -> None:
        self.ends_turn = True

    def visit_For(self, node: cst.For) -> None:
        self._loops += 1

    def leave_For(self, original_node: cst.For) -> None:
        self._loops -= 1

    def visit_While(self, node: cst.While) -> None:
        self._loops += 1

    def leave_While(self, original_node: cst.While) -> None:
        self._loops -= 1

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False
