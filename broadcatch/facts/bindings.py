"""Which names does a LibCST scope bind? The twin of `source.bindings`, for trees that `ast` did not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import libcst as cst

from broadcatch.flow.positions import small_statements
from broadcatch.flow.spelling import chain
from broadcatch.model.frame import Binding
from broadcatch.source.bindings import NEVER, STATIC, joined, never, rebinds

Found = tuple[str, Binding]
_LOCAL = Binding("local")


def bindings_of(scope: cst.Module | cst.FunctionDef | cst.ClassDef) -> Mapping[str, Binding]:
    """The bindings made by the statements of `scope`, its parameters included; later ones win."""
    found: dict[str, Binding] = {}
    if isinstance(scope, cst.FunctionDef):
        found.update((name, _LOCAL) for name in parameters(scope))
    outer: set[str] = set()
    for statement in statements(scope if isinstance(scope, cst.Module) else scope.body):
        if isinstance(statement, (cst.Global, cst.Nonlocal)):
            outer.update(item.name.value for item in statement.names)
        for name, binding in _bound_by(statement):
            before = found.get(name)
            if before and before.qualified and not binding.qualified and not binding.classes:
                binding = Binding(binding.last, before.qualified, binding.classes)
            found[name] = replace(binding, again=True) if rebinds(binding, before) else binding
    for name in outer:
        found.pop(name, None)
    return found


def parameters(function: cst.FunctionDef) -> tuple[str, ...]:
    """The names of all parameters, in order."""
    params = function.params
    named = [*params.posonly_params, *params.params, *params.kwonly_params]
    named += [extra for extra in (params.star_arg, params.star_kwarg) if isinstance(extra, cst.Param)]
    return tuple(param.name.value for param in named)


def statements(block: cst.BaseSuite | cst.Module) -> Iterator[cst.CSTNode]:
    """Every statement and clause of a scope, nested blocks included, nested scopes not."""
    for statement in small_statements(block):
        yield statement
        yield from _inside(statement)


def _inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        return
    for part in _parts(node):
        if not isinstance(part, cst.BaseSuite):
            yield part
            yield from _inside(part)
        else:
            yield from statements(part)


def _parts(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    body = getattr(node, "body", None)
    if isinstance(body, cst.BaseSuite):
        yield body
    yield from getattr(node, "handlers", ())
    yield from getattr(node, "cases", ())
    for name in ("orelse", "finalbody"):
        part = getattr(node, name, None)
        if isinstance(part, (cst.Else, cst.Finally)):
            yield part.body
        elif isinstance(part, cst.If):
            yield part


def _bound_by(node: cst.CSTNode) -> Iterator[Found]:
    if isinstance(node, (cst.Import, cst.ImportFrom)):
        yield from _imported(node)
    elif isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        yield node.name.value, definition(node)
    elif isinstance(node, (cst.ExceptHandler, cst.ExceptStarHandler)):
        if node.name:
            yield chain(node.name.name), _LOCAL
    elif isinstance(node, cst.Assign):
        for target in node.targets:
            yield from _bound_to(target.target, node.value)
    elif isinstance(node, cst.AnnAssign) and node.value is not None:
        yield from _bound_to(node.target, node.value)
    elif isinstance(node, (cst.For, cst.AugAssign)):
        yield from ((name, _LOCAL) for name in _targets(node.target))
    elif isinstance(node, cst.With):
        for item in node.items:
            if item.asname:
                yield from ((name, _LOCAL) for name in _targets(item.asname.name))


def definition(node: cst.FunctionDef | cst.ClassDef) -> Binding:
    """The binding that a definition makes."""
    if isinstance(node, cst.ClassDef):
        return Binding("definition", members=members_of(node))
    return Binding("definition", ends=ends_of(node))


def members_of(node: cst.ClassDef) -> tuple[tuple[str, str], ...]:
    """The methods of a class, with how they end ("" for those that may return)."""
    methods = [child for child in node.body.body if isinstance(child, cst.FunctionDef)]
    return tuple((method.name.value, ends_of(method)) for method in methods)


def ends_of(function: cst.FunctionDef) -> str:
    """How a plain function ends that raises on every path or ends in a call, "" where it may return."""
    decorators = {_plain(one.decorator) for one in function.decorators}
    if function.asynchronous or not decorators <= STATIC:
        return ""
    ends = _block_ends(function.body, parameters(function))
    if _says_never(function.returns):
        return never(ends)
    return ends if ends and not any(map(_returns, statements(function.body))) else ""


def _says_never(returns: cst.Annotation | None) -> bool:
    said = returns.annotation if returns else None
    if isinstance(said, (cst.SimpleString, cst.ConcatenatedString)):
        text = said.evaluated_value
    else:
        text = _plain(said) if said else ""
    return isinstance(text, str) and text.rpartition(".")[2] in NEVER


def _block_ends(block: cst.BaseSuite, names: tuple[str, ...]) -> str:
    *_, last = small_statements(block)
    if isinstance(last, cst.Raise):
        return _raise_ends(last, names)
    if isinstance(last, cst.If) and last.orelse:
        return joined([_block_ends(last.body, names), _else_ends(last.orelse, names)])
    if isinstance(last, (cst.Try, cst.TryStar)) and last.finalbody:
        return _block_ends(last.finalbody.body, names)
    calls = isinstance(last, cst.Expr) and isinstance(last.value, cst.Call)
    return _plain(last.value.func) if calls else ""  # type: ignore[attr-defined]


def _else_ends(part: cst.If | cst.Else, names: tuple[str, ...]) -> str:
    if isinstance(part, cst.Else):
        return _block_ends(part.body, names)
    rest = _else_ends(part.orelse, names) if part.orelse else ""
    return joined([_block_ends(part.body, names), rest])


def _raise_ends(node: cst.Raise, names: tuple[str, ...]) -> str:
    if node.exc is None or _plain(node.exc) in names:
        return "raise again"
    target = node.exc.func if isinstance(node.exc, cst.Call) else node.exc
    if _plain(target) == "NotImplementedError":
        return ""  # abstract: another class does it
    return "raise from" if node.cause is not None and _plain(node.cause.item) in names else "raise"


def _returns(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Return) or isinstance(getattr(node, "value", None), cst.Yield)


def _imported(node: cst.Import | cst.ImportFrom) -> Iterator[Found]:
    if isinstance(node.names, cst.ImportStar):
        yield "*", Binding("import", _base(node) if isinstance(node, cst.ImportFrom) else "")
        return
    for alias in node.names:
        name = chain(alias.name)
        bound = chain(alias.asname.name) if alias.asname else ""
        if isinstance(node, cst.ImportFrom):
            yield bound or name, Binding("import", _base(node) + name)
        else:
            top = name if bound else name.partition(".")[0]
            yield bound or top, Binding("import", top)


def _base(node: cst.ImportFrom) -> str:
    base = "." * len(node.relative) + (chain(node.module) if node.module else "")
    return base if base.endswith(".") else base + "."


def _bound_to(target: cst.BaseExpression, value: cst.BaseExpression) -> Iterator[Found]:
    if isinstance(target, cst.Name):
        made = _plain(value.func) if isinstance(value, cst.Call) else ""
        yield target.value, Binding("local", "", class_names(value), made)
    else:
        yield from ((name, _LOCAL) for name in _targets(target))


def _plain(node: cst.BaseExpression) -> str:
    """`a.b.c` for a chain of names and attributes only, "" for anything else."""
    if isinstance(node, cst.Name):
        return node.value
    head = _plain(node.value) if isinstance(node, cst.Attribute) else ""
    return f"{head}.{node.attr.value}" if isinstance(node, cst.Attribute) and head else ""


def _targets(target: cst.CSTNode) -> Iterator[str]:
    if isinstance(target, cst.Name):
        yield target.value
    elif isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            yield from _targets(element.value)


def class_names(value: cst.BaseExpression) -> tuple[str, ...]:
    """The dotted names of `E`, `(A, b.C)`, `(*ERRS, D)` or `ERRS + (D,)`; () for anything else."""
    if isinstance(value, cst.Tuple):
        parts = [class_names(element.value) for element in value.elements]
        return tuple(name for part in parts for name in part) if all(parts) else ()
    if isinstance(value, cst.BinaryOperation) and isinstance(value.operator, cst.Add):
        left, right = class_names(value.left), class_names(value.right)
        return left + right if left and right else ()
    name = _plain(value)
    return () if not name or name in ("None", "True", "False") else (name,)
