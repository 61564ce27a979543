"""How does a batch survive one bad item? Errors come with the results, and each is an entry of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import libcst as cst
import libcst.matchers as m

from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import Frame
from broadcatch.rewrite.gathered import Place, met, place_of
from broadcatch.rewrite.items import item_of, own_coroutine
from broadcatch.rewrite.loggers import of_module
from broadcatch.rewrite.source import Refuse, Source, insertion

_BOUND = ("results", "outcomes", "gathered")
_EACH = ("result", "outcome", "each_result")


def survival(source: Source, call: cst.Call) -> tuple[Edit, ...]:
    """Everything but the argument: errors told of, cancellations let out, an entry for each other error."""
    place = place_of(source, call)
    small = place.statement.body[0]
    if isinstance(small, cst.Return):
        return _returned(source, place, small)
    if isinstance(small, cst.Assign) and len(small.targets) == 1:
        target = small.targets[0].target
        if isinstance(target, cst.Name):
            return _bound(source, place, target.value)
    raise Refuse("the results are neither returned nor bound to a name")


def _returned(source: Source, place: Place, small: cst.Return) -> tuple[Edit, ...]:
    results, each = _free(source, place.frame, _BOUND), _free(source, place.frame, _EACH)
    start = source.span(small)
    margin, inner = _margin(source, place), _margin(source, place) + source.module.default_indent
    end = [
        f"{margin}return [",
        f"{inner}{_entry(each)}",
        f"{inner}if isinstance({each}, BaseException)",
        f"{inner}else {each}",
        f"{inner}for {each} in {results}",
        f"{margin}]",
    ]
    return (
        *_widened(source, place),
        *own_coroutine(source, place),
        Edit(Span(start.line, start.column, start.line, start.column + len("return")), f"{results} ="),
        _below(source, place, [*_told(source, place, results, each), *end]),
    )


def _bound(source: Source, place: Place, results: str) -> tuple[Edit, ...]:
    reads = [one for one in source.names.get(results, ()) if one.frame.within(place.frame)]
    if len(reads) != 2 or not place.behind:
        raise Refuse(f"`{results}` is not read in one loop behind it alone")
    user = place.behind[0]
    each = _free(source, place.frame, _EACH)
    told = _told(source, place, results, each)
    if isinstance(user, cst.For) and user.asynchronous is None:
        name = _each(user.target, user.iter, results)
        filled = _widened(source, place) if _fills(user) else ()
        return (
            *filled,
            _below(source, place, told),
            _skip(source, user, place.behind[1:], name, len(told) > 3),
        )
    made = _comprehension(user)
    if made is None or not isinstance(made.elt, cst.BaseExpression):
        raise Refuse(f"no loop over `{results}` follows, nor is a comprehension of them returned")
    if made.for_in.inner_for_in is not None or made.for_in.ifs:
        raise Refuse("the comprehension over the results chooses among them")
    name = _each(made.for_in.target, made.for_in.iter, results)
    if isinstance(made.elt, cst.IfExp | cst.Lambda | cst.NamedExpr):
        raise Refuse("the element of the comprehension is a choice already")
    element = f"{_entry(name)} if isinstance({name}, BaseException) else "
    span, opened = source.span(made.elt), "".join(map(source.module.code_for_node, made.elt.lpar))
    column = span.column - len(opened)
    if not source.lines[span.line - 1][: span.column].endswith(opened):
        raise Refuse("the element of the comprehension is not laid out in one line")
    return (
        *_widened(source, place),
        _below(source, place, told),
        insertion(span.line, column, element),
    )


def _entry(name: str) -> str:
    return f'{{"error": str({name}) or type({name}).__name__}}'


def _told(source: Source, place: Place, results: str, each: str) -> list[str]:
    """A cancellation ends the batch, as it did; every other error is logged with its traceback."""
    margin, step = _margin(source, place), source.module.default_indent
    lines = [
        f"{margin}for {each} in {results}:",
        f"{margin}{step}if isinstance({each}, {_cancelled(source, place)}):",
        f"{margin}{step * 2}raise {each}",
    ]
    logger = next((one for one in of_module(source) if not _hides(source, place.frame, one)), "")
    if not logger:
        return lines
    words = f'"an item of {place.function.name.value} failed"'
    loguru = re.search(r"^from loguru import", source.text, re.M)
    log = (
        f"{logger}.opt(exception={each}).error({words})"
        if loguru
        else f"{logger}.error({words}, exc_info={each})"
    )
    return [*lines, f"{margin}{step}if isinstance({each}, BaseException):", f"{margin}{step * 2}{log}"]


def _cancelled(source: Source, place: Place) -> str:
    head = dotted(place.call.func).rpartition(".")[0]
    found = source.names.get(head or "asyncio", ())
    modules = {one.module for one in found if one.binds and one.scope.kind == "module"}
    if modules != {"asyncio"} or any(one.imported for one in found) or _hides(source, place.frame, head):
        raise Refuse("the file has no name for asyncio.CancelledError")
    return f"{head or 'asyncio'}.CancelledError"


def _skip(source: Source, loop: cst.For, behind: Sequence[cst.BaseStatement], name: str, logs: bool) -> Edit:
    """An error is an entry of the list that the loop fills; else it is passed over, once it is told of."""
    if not isinstance(loop.body, cst.IndentedBlock):
        raise Refuse("the loop over the results is not laid out in lines of its own")
    first = loop.body.body[0]
    start = source.positions[first].start
    indent, step = source.lines[start.line - 1][: start.column], source.module.default_indent
    filled = _filled(first) if _fills(loop) else ""
    if filled and not _is_returned(filled, behind):
        raise Refuse(
            f"`{filled}` is not returned at once, so entries of errors in it may be taken for others"
        )
    if m.findall(loop.body, m.AssignTarget(m.Subscript() | m.Attribute()) | m.AugAssign()):
        raise Refuse("what the loop sets for an item may be missed behind it")
    if not filled and not logs:
        raise Refuse("nothing would tell of an item that failed: the file has no logger")
    rows = [f"{indent}if isinstance({name}, BaseException):"]
    rows += [f"{indent}{step}{filled}.append({_entry(name)})"] if filled else []
    line = start.line - len(getattr(first, "leading_lines", ()))
    source.exact(line, 0)
    return insertion(line, 0, _rows(source, [*rows, f"{indent}{step}continue"]))


def _fills(loop: cst.For) -> bool:
    return len(loop.body.body) == 1 and bool(_filled(loop.body.body[0]))


def _filled(statement: cst.CSTNode) -> str:
    """`prices` of a lone `prices.append(…)`."""
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    call = small.value if isinstance(small, cst.Expr) else None
    name, _, method = dotted(call.func).rpartition(".") if isinstance(call, cst.Call) else ("", "", "")
    return name if method == "append" else ""


def _is_returned(name: str, behind: Sequence[cst.BaseStatement]) -> bool:
    last = behind[0] if behind else None
    small = last.body[0] if isinstance(last, cst.SimpleStatementLine) else None
    return isinstance(small, cst.Return) and small.value is not None and dotted(small.value) == name


def _each(target: cst.BaseExpression, over: cst.BaseExpression, results: str) -> str:
    """The name that one result has in a loop over the results, zipped or counted perhaps."""
    if isinstance(over, cst.Call) and dotted(over.func) in ("zip", "enumerate"):
        at = next((i for i, arg in enumerate(over.args) if dotted(arg.value) == results), None)
        if at is None or not isinstance(target, cst.Tuple):
            raise Refuse("which name a result has in the loop cannot be told")
        at += dotted(over.func) == "enumerate"
        target = target.elements[at].value if at < len(target.elements) else over
    elif dotted(over) != results:
        raise Refuse(f"no loop over `{results}` follows")
    if not isinstance(target, cst.Name):
        raise Refuse("a result is taken apart in the head of the loop")
    return target.value


def _comprehension(statement: cst.BaseStatement) -> cst.ListComp | None:
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    value = small.value if isinstance(small, cst.Return) else None
    return value if isinstance(value, cst.ListComp) else None


def _widened(source: Source, place: Place) -> tuple[Edit, ...]:
    """The type of what is returned says that there are entries of errors."""
    told = place.function.returns
    if told is None:
        return ()
    item = item_of(told.annotation)
    if item is None or not re.search(r"^from __future__ import .*\bannotations\b", source.text, re.M):
        raise Refuse("the type of what is returned has no place for errors")
    return (insertion(*source.outer_end(item), " | dict[str, str]"),)


def _margin(source: Source, place: Place) -> str:
    start = source.positions[place.statement].start
    return source.lines[start.line - 1][: start.column]


def _below(source: Source, place: Place, lines: Sequence[str]) -> Edit:
    end = source.positions[place.statement].end.line
    if end >= len(source.lines):
        raise Refuse("the file does not end with a line end")
    source.exact(end + 1, 0)
    return insertion(end + 1, 0, _rows(source, lines))


def _rows(source: Source, lines: Sequence[str]) -> str:
    return "".join(line + source.module.default_newline for line in lines)


def _free(source: Source, frame: Frame, names: Sequence[str]) -> str:
    found = next((one for one in names if not met(source, frame, one)), "")
    if not found:
        raise Refuse("no name is free for the results")
    return found


def _hides(source: Source, frame: Frame, name: str) -> bool:
    """Whether a name has a meaning of its own in the function."""
    found = (one for one in source.names.get(name, ()) if one.frame.within(frame))
    return any(one.binds for one in found)
