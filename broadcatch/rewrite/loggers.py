"""Through what does a place write to the log? The logger at hand, else one that the file is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.rewrite.block import last_line
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import SCOPES, Frame, HandlerSite, Occurrence
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.source import Refuse, Source, insertion
from broadcatch.rewrite.values import Spelled

_METHODS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical"})
_RECEIVER = re.compile(r"(^|[._])_*(log|logger|logging)$|logger$", re.IGNORECASE)
_MAKERS = re.compile(r"(^|\.)(getLogger|get_logger|get_task_logger|getChild)$")
_NEW = "logging.getLogger"
_NAMES = ("logger", "_logger", "log")
_TAKES_NO_LOG = frozenset({"__del__", "__repr__", "__str__"})


@dataclass(frozen=True, slots=True)
class Logger:
    """The logger as written (`logger`, `self.log`, `logging`), and the edits that make it where none is."""

    text: str
    edits: tuple[Edit, ...] = ()


def logger_at(source: Source, path: str, site: HandlerSite) -> Logger:
    """What a clause can log through; refuses where logging would lead back into the clause."""
    _refuse_where_logging_loops(site)
    for text in (*_used(site.node), *_used_around(site), *of_module(source)):
        if _is_bound(source, site, text):
            return Logger(text)
    return _made(source, path, site)


def is_log_call(node: cst.CSTNode) -> bool:
    """Whether a statement does no more than write to a log."""
    if not isinstance(node, cst.Expr):
        return False
    call = node.value.expression if isinstance(node.value, cst.Await) else node.value
    return isinstance(call, cst.Call) and bool(_receiver(call) or dotted(call.func) == "print")


def _receiver(call: cst.Call) -> str:
    """`self.log` of `self.log.error(…)`, "" for what is no log call."""
    if not isinstance(call.func, cst.Attribute) or call.func.attr.value not in _METHODS:
        return ""
    text = dotted(call.func.value)
    return text if _RECEIVER.search(text) else ""


def _used(node: cst.CSTNode) -> Sequence[str]:
    found = _Receivers()
    node.visit(found)
    return tuple(dict.fromkeys(found.names))


def _used_around(site: HandlerSite) -> Iterator[str]:
    """What the function around uses; in a method what the class uses as well."""
    for frame in site.frame.outwards():
        if frame.kind in ("function", "class"):
            yield from (name for name in _used(frame.node) if frame.kind == "function" or "." in name)


def of_module(source: Source) -> Iterator[str]:
    """The loggers that a module binds at its top."""
    for statement in source.module.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                yield from _bound_to_logger(small)


def _bound_to_logger(small: cst.BaseSmallStatement) -> Iterator[str]:
    if isinstance(small, cst.Assign) and isinstance(small.value, cst.Call):
        made = _MAKERS.search(_callee(small.value))
        yield from (dotted(one.target) for one in small.targets if made)
    elif isinstance(small, cst.AnnAssign) and isinstance(small.value, cst.Call):
        if _MAKERS.search(_callee(small.value)):
            yield dotted(small.target)
    elif isinstance(small, cst.ImportFrom) and not isinstance(small.names, cst.ImportStar):
        named = (one.evaluated_alias or one.evaluated_name for one in small.names)
        yield from (name for name in named if _RECEIVER.search(name) and name != "logging")


def _callee(call: cst.Call) -> str:
    """`getLogger` also of `logging.getLogger().getChild`: the last names of what is called."""
    func = call.func
    return dotted(func) or (func.attr.value if isinstance(func, cst.Attribute) else "")


class _Receivers(cst.CSTVisitor):
    """The receivers of calls that log, coroutines aside."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def visit_Await(self, node: cst.Await) -> bool:
        return not (isinstance(node.expression, cst.Call) and _receiver(node.expression))

    def visit_Call(self, node: cst.Call) -> None:
        name = _receiver(node)
        if name:
            self.names.append(name)


def _is_bound(source: Source, site: HandlerSite, text: str) -> bool:
    """Whether the first name means the same here at any time: bound once, at the top or as a parameter."""
    head, _, rest = text.partition(".")
    if not head:
        return False
    found = [one for one in source.names.get(head, ()) if one.binds or one.role in ("declare", "delete")]
    seen = [one for one in found if site.frame.within(one.scope) and one.scope.kind != "class"]
    if len({id(one.scope) for one in seen}) != 1 or any(one.role in ("declare", "delete") for one in found):
        return False
    own = _innermost_function(site)
    if seen[0].scope is own:
        return bool(rest) and all(_is_parameter(one, own) for one in seen)
    live = all(frame.kind != "typing" for one in seen for frame in one.frame.outwards())
    early = own is not None or all(one.line < site.try_line for one in seen)
    return live and early and all(one.role in ("bind", "import") for one in seen)


def _innermost_function(site: HandlerSite) -> Frame | None:
    return next((one for one in site.frame.outwards() if one.kind in ("function", "lambda")), None)


def _is_parameter(one: Occurrence, function: Frame) -> bool:
    node = function.node
    return isinstance(node, cst.FunctionDef) and one.name in {p.name.value for p in node.params.params}


def _made(source: Source, path: str, site: HandlerSite) -> Logger:
    """`logger = logging.getLogger(__name__)` below the imports."""
    taken = {one.name for name in _NAMES for one in source.names.get(name, ())}
    name = next((one for one in _NAMES if one not in taken), "")
    if not name or source.stars:
        raise Refuse("the file has no logger, and its name would not be free")
    imports = import_edits(source, path, site, (_NEW,), (Spelled(_NEW, "", "logging"),))
    line = _below_imports(source)
    if _innermost_function(site) is None and site.try_line < line:
        raise Refuse("the logger would come after the clause has run")
    newline = source.module.default_newline
    source.exact(line, 0)
    return Logger(name, (*imports, insertion(line, 0, f"{newline}{name} = {_NEW}(__name__){newline}")))


def _below_imports(source: Source) -> int:
    """The first line behind the imports at the top, those made with conditions too."""
    end, started = 1, False
    for statement in source.module.body:
        if _imports(statement):
            end, started = last_line(source.positions, statement) + 1, True
        elif started or not isinstance(statement, cst.SimpleStatementLine):
            break
        elif not started:
            end = last_line(source.positions, statement) + 1
    if end > len(source.lines):
        raise Refuse("there is no place for a logger")
    return end


def _imports(node: cst.CSTNode) -> bool:
    """Whether a statement of the module imports, and little else."""
    if isinstance(node, cst.SimpleStatementLine):
        return any(isinstance(small, cst.Import | cst.ImportFrom) for small in node.body)
    if isinstance(node, cst.If | cst.Try):
        return any(_imports(one) for one in node.body.body)
    return False


def _refuse_where_logging_loops(site: HandlerSite) -> None:
    frames = [one for one in site.frame.outwards() if one.kind in SCOPES]
    for inner, outer in zip(frames, frames[1:], strict=False):
        if not isinstance(inner.node, cst.FunctionDef):
            continue
        if inner.node.name.value in _TAKES_NO_LOG:
            raise Refuse(f"{inner.node.name.value} may run while something is logged")
        if isinstance(outer.node, cst.ClassDef) and _is_log_handler(outer.node):
            raise Refuse("the class takes part in logging: a record made here would come back to it")


def _is_log_handler(node: cst.ClassDef) -> bool:
    bases = [dotted(one.value) for one in node.bases]
    return any(re.search(r"(^|\.)(logging\.\w*|\w*(Log|Logging|Stream)Handler|Formatter)$", b) for b in bases)
