"""What of an item's work happens before its task runs? It moves into a coroutine of the item's own."""

from __future__ import annotations

import libcst as cst
import libcst.matchers as m

from broadcatch.model.findings import Edit
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.gathered import Place, met
from broadcatch.rewrite.source import Source, insertion

_STARTS = frozenset({"create_task", "ensure_future", "run_in_executor", "to_thread", "wait_for", "shield"})
_NAMES = ("one", "one_item", "of_one")
_LISTS = frozenset({"list", "List", "Sequence", "Iterable", "Collection"})


def own_coroutine(source: Source, place: Place) -> tuple[Edit, ...]:
    """`[price(o.terms()) for o in options]` as `[one(o) for o in options]`, where that gains something."""
    made, home = _awaitables(place)
    if made is None or made.for_in.ifs or made.for_in.inner_for_in or made.for_in.asynchronous:
        return ()
    work, item = made.elt, made.for_in.target
    if not (isinstance(work, cst.Call) and isinstance(item, cst.Name) and _may_fail_early(work)):
        return ()
    span = source.span(work)
    name = next((one for one in _NAMES if not met(source, place.frame, one)), "")
    if not name or span.line != span.end_line or m.findall(work, m.Await() | m.NamedExpr()):
        return ()
    text = source.lines[span.line - 1][span.column : span.end_column]
    takes = _item(source, _annotation(place.function, dotted(made.for_in.iter)))
    head = f"{name}({item.value}{f': {takes}' if takes else ''})"
    return (_defined(source, place, home, head, text), Edit(span, f"{name}({item.value})"))


def _defined(source: Source, place: Place, home: cst.BaseStatement, head: str, text: str) -> Edit:
    """The coroutine, above the statement that makes the awaitables."""
    start, told = source.positions[home].start, place.function.returns
    margin, step = source.lines[start.line - 1][: start.column], source.module.default_indent
    gives = _item(source, told.annotation if told else None)
    rows = [
        f"{margin}async def {head}{f' -> {gives}' if gives else ''}:",
        f"{margin}{step}return await {text}",
        "",
    ]
    first = len(place.before) == (home is not place.statement) + 1
    documented = first and place.function.get_docstring(clean=False) is not None
    line = start.line - len(getattr(home, "leading_lines", ()))
    source.exact(line, 0)
    newline = source.module.default_newline
    return insertion(line, 0, "".join(row + newline for row in ([""] if documented else []) + rows))


def _awaitables(place: Place) -> tuple[cst.ListComp | cst.GeneratorExp | None, cst.BaseStatement]:
    """The comprehension that makes them, and its statement: that of the `gather`, or the one before it."""
    statement, before = place.statement, place.before
    starred = [arg.value for arg in place.call.args if arg.star == "*"]
    if len(starred) != 1:
        return None, statement
    if isinstance(starred[0], cst.ListComp | cst.GeneratorExp):
        return starred[0], statement
    last = before[-1] if before else None
    small = last.body[0] if isinstance(last, cst.SimpleStatementLine) and len(last.body) == 1 else None
    if last is None or not isinstance(small, cst.Assign) or not isinstance(small.value, cst.ListComp):
        return None, statement
    same = isinstance(starred[0], cst.Name) and [dotted(one.target) for one in small.targets] == [
        dotted(starred[0])
    ]
    return (small.value, last) if same else (None, statement)


def _may_fail_early(work: cst.Call) -> bool:
    """Whether its arguments are worked out by calls, before anything is awaited."""
    if dotted(work.func).rpartition(".")[2] in _STARTS or m.findall(work, m.Name("super")):
        return False
    return any(m.findall(arg.value, m.Call()) for arg in work.args)


def _annotation(function: cst.FunctionDef, name: str) -> cst.BaseExpression | None:
    params = function.params
    for one in (*params.posonly_params, *params.params, *params.kwonly_params):
        if one.name.value == name and one.annotation is not None:
            return one.annotation.annotation
    return None


def _item(source: Source, annotation: cst.BaseExpression | None) -> str:
    item = item_of(annotation) if annotation is not None else None
    return source.module.code_for_node(item) if item is not None else ""


def item_of(annotation: cst.BaseExpression) -> cst.BaseExpression | None:
    """`X` of `list[X]` and its like."""
    if not isinstance(annotation, cst.Subscript) or dotted(annotation.value).rpartition(".")[2] not in _LISTS:
        return None
    index = annotation.slice[0].slice if len(annotation.slice) == 1 else None
    found = index.value if isinstance(index, cst.Index) else None
    return None if isinstance(found, cst.SimpleString) else found
