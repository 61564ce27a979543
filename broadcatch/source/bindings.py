"""Which names does a scope bind, and to what? Read by `ast` from statement lists only."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from broadcatch.model.frame import NEVER_RETURNS, RAISING, Binding

ScopeNode = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
STATIC = frozenset({"staticmethod", "classmethod"})
NEVER = frozenset({"NoReturn", "Never"})
BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")


def children(node: ast.AST) -> Iterator[ast.stmt | ast.ExceptHandler | ast.match_case]:
    """The statements, handlers and cases directly inside `node`, in the order of the text."""
    for field in BLOCKS:
        yield from getattr(node, field, ())


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a chain of names, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    return ""


def bindings_of(scope: ScopeNode) -> Mapping[str, Binding]:
    """The bindings made by the statements of `scope`, its parameters included; later ones win."""
    found: dict[str, Binding] = {}
    if not isinstance(scope, (ast.Module, ast.ClassDef)):
        for name in parameters(scope):
            found[name] = Binding("local")
    outer: set[str] = set()
    for statement in _statements(scope):
        if isinstance(statement, (ast.Global, ast.Nonlocal)):
            outer.update(statement.names)
        for name, binding in _bound_by(statement):
            before = found.get(name)
            if before and before.qualified and not binding.qualified and not binding.classes:
                binding = Binding(binding.last, before.qualified, binding.classes)
            found[name] = replace(binding, again=True) if rebinds(binding, before) else binding
    for name in outer:
        found.pop(name, None)
    return found


def rebinds(binding: Binding, before: Binding | None) -> bool:
    """Whether a scope that bound a name as `before` now binds it to something else."""
    return before is not None and (before.again or binding != before)


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...]:
    """The names of all parameters, in order."""
    args = function.args
    named = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    named += [extra for extra in (args.vararg, args.kwarg) if extra]
    return tuple(arg.arg for arg in named)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    for child in children(node):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield from _statements(child)


def _bound_by(node: ast.AST) -> Iterator[tuple[str, Binding]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            top = alias.name if alias.asname else alias.name.partition(".")[0]
            yield alias.asname or top, Binding("import", top)
    elif isinstance(node, ast.ImportFrom):
        base = "." * node.level + (node.module or "")
        joint = "" if base.endswith(".") else "."
        for alias in node.names:
            qualified = base + joint + ("" if alias.name == "*" else alias.name)
            yield alias.asname or alias.name, Binding("import", qualified)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name, definition(node)
    elif isinstance(node, ast.ExceptHandler):
        if node.name:
            yield node.name, Binding("local")
    else:
        yield from _assigned_by(node)


def definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Binding:
    """The binding that a definition makes."""
    if isinstance(node, ast.ClassDef):
        return Binding("definition", members=members_of(node))
    return Binding("definition", ends=ends_of(node))


def members_of(node: ast.ClassDef) -> tuple[tuple[str, str], ...]:
    """The methods of a class, with how they end ("" for those that may return)."""
    methods = [child for child in node.body if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return tuple((method.name, ends_of(method)) for method in methods)


def ends_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """How a plain function ends that raises on every path or ends in a call, "" where it may return."""
    if isinstance(function, ast.AsyncFunctionDef) or not set(map(dotted, function.decorator_list)) <= STATIC:
        return ""
    ends = _block_ends(function.body, parameters(function))
    if _says_never(function.returns):
        return never(ends)
    return ends if ends and not any(map(_returns, _statements(function))) else ""


def never(ends: str) -> str:
    """How a function ends that is said never to return: with a call, that is said in front of its name."""
    return "raise" if not ends else ends if ends in RAISING else NEVER_RETURNS + ends


def joined(ends: Sequence[str]) -> str:
    """How the arms of a choice end together; "" where one may go on, or two end in different calls."""
    calls = set(ends) - RAISING
    if calls:
        return min(calls) if len(calls) == 1 else ""
    return ends[0] if len(set(ends)) == 1 else "raise"


def _says_never(returns: ast.expr | None) -> bool:
    text = returns.value if isinstance(returns, ast.Constant) else dotted(returns) if returns else ""
    return isinstance(text, str) and text.rpartition(".")[2] in NEVER


def _block_ends(body: list[ast.stmt], names: tuple[str, ...]) -> str:
    last = body[-1]
    if isinstance(last, ast.Raise):
        return _raise_ends(last, names)
    if isinstance(last, ast.If) and last.orelse:
        return joined([_block_ends(last.body, names), _block_ends(last.orelse, names)])
    final = getattr(last, "finalbody", None)
    if final:
        return _block_ends(final, names)
    calls = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    return dotted(last.value.func) if calls else ""  # type: ignore[attr-defined]


def _raise_ends(node: ast.Raise, names: tuple[str, ...]) -> str:
    if node.exc is None or dotted(node.exc) in names:
        return "raise again"
    target = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    if dotted(target) == "NotImplementedError":
        return ""  # abstract: another class does it
    return "raise from" if node.cause is not None and dotted(node.cause) in names else "raise"


def _returns(node: ast.AST) -> bool:
    yields = (ast.Yield, ast.YieldFrom)
    return isinstance(node, ast.Return) or isinstance(getattr(node, "value", None), yields)


def _assigned_by(node: ast.AST) -> Iterator[tuple[str, Binding]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _bound_to(target, node.value)
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield from _bound_to(node.target, node.value)
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.AugAssign)):
        yield from ((name, Binding("local")) for name in _targets(node.target))
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        for item in node.items:
            if item.optional_vars:
                yield from ((name, Binding("local")) for name in _targets(item.optional_vars))


def _bound_to(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, Binding]]:
    if isinstance(target, ast.Name):
        made = dotted(value.func) if isinstance(value, ast.Call) else ""
        yield target.id, Binding("local", "", class_names(value), made)
    else:
        yield from ((name, Binding("local")) for name in _targets(target))


def _targets(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from _targets(element)
    elif isinstance(target, ast.Starred):
        yield from _targets(target.value)


def class_names(value: ast.expr) -> tuple[str, ...]:
    """The dotted names of `E`, `(A, b.C)`, `(*ERRS, D)` or `ERRS + (D,)`; () for anything else."""
    if isinstance(value, ast.Tuple):
        parts = [class_names(element) for element in value.elts]
        return tuple(name for part in parts for name in part) if all(parts) else ()
    if isinstance(value, ast.Starred):
        return class_names(value.value)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        left, right = class_names(value.left), class_names(value.right)
        return left + right if left and right else ()
    name = dotted(value)
    return (name,) if name else ()
