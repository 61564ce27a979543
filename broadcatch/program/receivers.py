"""Of which class is what a method is called on? Told by annotations, constructors and imports of one file."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from broadcatch.program.names import dotted
from broadcatch.program.text import expression

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FACTORIES = frozenset({"sessionmaker", "async_sessionmaker", "scoped_session", "async_scoped_session"})
_WRAPPERS = frozenset({"Optional", "Annotated", "Final", "ClassVar", "Type", "type"})


def imported(tree: ast.Module) -> Mapping[str, str]:
    """Every name that an import of the file binds, with the dotted name of what it is."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                top = one.name.partition(".")[0]
                found[one.asname or top] = one.name if one.asname else top
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.update((one.asname or one.name, f"{node.module}.{one.name}") for one in node.names)
    return found


def receivers(
    body: Sequence[ast.stmt],
    function: ast.FunctionDef | ast.AsyncFunctionDef | None,
    owner: ast.ClassDef | None,
    tree: ast.Module,
    names: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """(what a method is called on, as written; the dotted name of its class), where that was imported."""
    seen = set()
    for part in body:
        for node in ast.walk(part):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                text = dotted(node.func.value)
                if text and text not in seen:
                    seen.add(text)
                    full = _class_of(text, function, owner, tree, names)
                    if full:
                        yield text, full


def _class_of(
    text: str,
    function: ast.FunctionDef | ast.AsyncFunctionDef | None,
    owner: ast.ClassDef | None,
    tree: ast.Module,
    names: Mapping[str, str],
) -> str:
    head, _, attribute = text.partition(".")
    if head == "self" and attribute.isidentifier() and owner is not None:
        return next(filter(None, _of_attribute(attribute, owner, tree, names)), "")
    if attribute or head in names:
        return ""
    scopes = [function, tree] if function is not None else [tree]
    return next((full for scope in scopes for full in _of_name(head, scope, tree, names) if full), "")


def _of_attribute(
    name: str, owner: ast.ClassDef, tree: ast.Module, names: Mapping[str, str]
) -> Iterator[str]:
    for node in owner.body:
        if isinstance(node, ast.AnnAssign) and dotted(node.target) == name:
            yield _annotated(node.annotation, names)
    for method in owner.body:
        if isinstance(method, _FUNCTIONS):
            for target, annotation, value in _bound(method):
                if dotted(target) == f"self.{name}":
                    yield _annotated(annotation, names) or _made(value, names)
                    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
                        yield from _of_factory(value.func.id, tree, names)
                    if isinstance(value, ast.Name):
                        yield from _of_name(value.id, method, tree, names)


def _of_name(name: str, scope: ast.AST, tree: ast.Module, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(scope, _FUNCTIONS):
        for arg in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs):
            if arg.arg == name:
                yield _annotated(arg.annotation, names)
    for target, annotation, value in _bound(scope):
        if isinstance(target, ast.Name) and target.id == name:
            yield _annotated(annotation, names) or _made(value, names)
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
                yield from _of_factory(value.func.id, tree, names)


def _of_factory(name: str, tree: ast.Module, names: Mapping[str, str]) -> Iterator[str]:
    """What a factory of the file makes: `Session = sessionmaker(bind=engine)`."""
    for target, _, value in _bound(tree):
        made = _made(value, names)
        if dotted(target) == name and made.rpartition(".")[2] in _FACTORIES:
            yield made


def _bound(scope: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None, ast.expr | None]]:
    """(target, annotation, value) of what a scope binds itself."""
    stack: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Assign):
            yield from ((target, None, node.value) for target in node.targets)
        elif isinstance(node, ast.AnnAssign):
            yield node.target, node.annotation, node.value
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            yield node.optional_vars, None, node.context_expr
        if isinstance(node, (ast.stmt, ast.withitem, ast.ExceptHandler)) and not isinstance(
            node, (*_FUNCTIONS, ast.ClassDef)
        ):
            stack.extend(ast.iter_child_nodes(node))


def _annotated(annotation: ast.expr | None, names: Mapping[str, str]) -> str:
    """The class that an annotation names; through `X | None`, `Optional[X]` and quotes."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = expression(annotation.value)
    if isinstance(annotation, ast.BinOp):
        return _annotated(annotation.left, names) or _annotated(annotation.right, names)
    if isinstance(annotation, ast.Subscript) and dotted(annotation.value).rpartition(".")[2] in _WRAPPERS:
        inner = annotation.slice
        return _annotated(inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner, names)
    return _full(dotted(annotation), names)


def _made(value: ast.expr | None, names: Mapping[str, str]) -> str:
    if isinstance(value, ast.Await):
        value = value.value
    return _full(dotted(value.func), names) if isinstance(value, ast.Call) else ""


def _full(name: str, names: Mapping[str, str]) -> str:
    head, dot, rest = name.partition(".")
    return f"{names[head]}{dot}{rest}" if head in names else ""
