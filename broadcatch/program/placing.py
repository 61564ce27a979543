"""Where does an expression stand? Its parents, the comprehension that binds a name, the last assignment."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator

from broadcatch.program.meaning import Meanings
from broadcatch.program.names import Binding, blocks, bound_by, own_statements
from broadcatch.program.scope import Scope
from broadcatch.source.walking import children, walk

Parents = dict[ast.AST, ast.AST]
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_CONDITIONAL = (ast.For, ast.AsyncFor, ast.Try, ast.While, ast.Match)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def parents(r: Meanings, scope: Scope) -> Parents:
    """Node -> the node around it, for all that runs with the scope's body."""
    if not is_parsed(scope):
        return {}
    home: object = scope.function or scope.owner or scope.module
    key = ("parents", home)
    if key not in r.notes:
        r.notes[key] = _parents(scope)
    return r.notes[key]  # type: ignore[return-value]


def is_parsed(scope: Scope) -> bool:
    """Whether the scope's body was parsed as a whole; if not, no expression is known to stand in it."""
    if scope.function is not None:
        return True
    if scope.owner is not None:
        node = vars(scope.owner).get("node")
        return node is not None and "body" in vars(node)
    return scope.module.text.has_tree


def _parents(scope: Scope) -> Parents:
    found: Parents = {}
    root = scope.function.node if scope.function else scope.owner.node if scope.owner else scope.module.tree
    todo: list[ast.AST] = list(root.body) if root is not None else []
    for one in todo:
        found[one] = root  # type: ignore[assignment]
    while todo:
        node = todo.pop()
        if isinstance(node, _DEFINITIONS):
            inner: list[ast.AST] = list(node.decorator_list)
            if not isinstance(node, ast.ClassDef):
                inner += [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]
        else:
            inner = children(node)
        for child in inner:
            found[child] = node
        todo.extend(inner)
    return found


def inner_binding(r: Meanings, expr: ast.Name, scope: Scope) -> Binding | None:
    """What a comprehension or lambda around the name binds it to; None if none does."""
    if expr not in _within(r, scope):
        return None
    asked: ast.AST | None = None  # the comprehension's part whose iterable holds the name
    for below, node in enclosing(r, expr, scope):
        if isinstance(node, ast.Lambda) and node.body is below:
            args = node.args
            plain = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
            if any(one is not None and one.arg == expr.id for one in plain):
                return Binding("opaque")
        elif isinstance(node, ast.comprehension):
            asked = node if below is node.iter else None
        elif isinstance(node, _COMPREHENSIONS):
            bound = _of_comprehension(node.generators, asked, expr.id)
            if bound is not None:
                return bound
            asked = None
        elif isinstance(node, ast.stmt):
            return None
    return None


def _within(r: Meanings, scope: Scope) -> Container[ast.AST]:
    """The nodes inside a comprehension or lambda."""
    key = ("within", scope.function or scope.owner or scope.module)
    if key not in r.notes:
        above = parents(r, scope)
        if not above:
            return above
        binding = (one for one in above if isinstance(one, (ast.Lambda, *_COMPREHENSIONS)))
        r.notes[key] = frozenset(inner for one in binding for inner in walk(one))
    return r.notes[key]  # type: ignore[return-value]


def _of_comprehension(
    generators: list[ast.comprehension], asked: ast.AST | None, name: str
) -> Binding | None:
    at = next((index for index, one in enumerate(generators) if one is asked), len(generators))
    for generator in generators[:at][::-1]:
        loop = ast.For(target=generator.target, iter=generator.iter, body=[], orelse=[])
        for bound, binding in bound_by(loop, "", False):
            if bound == name:
                return binding
    return None


def enclosing(r: Meanings, expr: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, ast.AST]]:
    """(child, parent) from the expression up to the body of the scope."""
    above = parents(r, scope)
    node: ast.AST = expr
    while node in above:
        below, node = node, above[node]
        yield below, node


def block_of(parent: ast.AST, statement: ast.AST) -> list[ast.stmt]:
    """The statement list of `parent` in which a statement stands."""
    if isinstance(parent, (ast.Module, *_DEFINITIONS)):
        return parent.body
    for block in blocks(parent) if isinstance(parent, ast.stmt) else ():
        if any(one is statement for one in block):
            return block
    body = getattr(parent, "body", ())
    return list(body) if isinstance(body, list) else []


def binds(r: Meanings, statement: ast.AST, name: str, scope: Scope) -> bool:
    """Whether a statement or clause, or a statement inside it, binds the name."""
    if isinstance(statement, ast.ExceptHandler):
        return statement.name == name or any(binds(r, one, name, scope) for one in statement.body)
    return isinstance(statement, ast.stmt) and name in _bound_in(r, statement, scope)


def _bound_in(r: Meanings, statement: ast.stmt, scope: Scope) -> frozenset[str]:
    key = ("bound in", statement)
    if key not in r.notes:
        inside = own_statements([statement])
        r.notes[key] = frozenset(name for one in inside for name, _ in _own(one, scope))
    return r.notes[key]  # type: ignore[return-value]


def last_bindings(r: Meanings, expr: ast.Name, scope: Scope) -> tuple[Binding, ...] | None:
    """The bindings of the only statement that can have given the name its value here.

    That is the nearest one before in the same blocks, where nothing between or around may bind it too; None
    if there is no such statement.
    """
    for below, node in enclosing(r, expr, scope):
        if isinstance(below, ast.stmt):
            found = _before(r, block_of(node, below), below, expr.id, scope)
            if found is not None:
                return found or None
        if interferes(r, node, below, expr.id, scope):
            return None
        if isinstance(node, (ast.With, ast.AsyncWith, ast.For, ast.AsyncFor)) and below in node.body:
            own = [one for name, one in _own(node, scope) if name == expr.id]
            if own:
                return tuple(own)
        if isinstance(node, ast.ExceptHandler) and node.name == expr.id:
            return (Binding("caught", expr=node.type),)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = scope.names.get(expr.id, ())[:1]
            return first if first and first[0].how == "parameter" else None
    return None


def _before(
    r: Meanings, block: list[ast.stmt], below: ast.AST, name: str, scope: Scope
) -> tuple[Binding, ...] | None:
    """What the nearest statement before in a block binds the name to; () if that may not be all."""
    at = next((index for index, one in enumerate(block) if one is below), 0)
    return _at_end(r, block[:at], name, scope)


def _at_end(r: Meanings, block: list[ast.stmt], name: str, scope: Scope) -> tuple[Binding, ...] | None:
    """What a block has bound the name to where it ends; None if it binds it nowhere, () if it may be more."""
    found: tuple[Binding, ...] = ()
    for statement in block[::-1]:
        if binds(r, statement, name, scope):
            ends, is_all = _bound_by(r, statement, name, scope)
            if is_all or ends is None:
                return (*found, *ends) if ends else ()
            found += ends
    return () if found else None


def _bound_by(
    r: Meanings, statement: ast.stmt, name: str, scope: Scope
) -> tuple[tuple[Binding, ...] | None, bool]:
    """What one statement binds the name to, None if that cannot be told; and whether it always binds it."""
    if isinstance(statement, ast.If):
        arms = [one for one in (statement.body, statement.orelse) if not _leaves(one)]
        ends = [_at_end(r, one, name, scope) for one in arms]
        if () in ends:
            return None, True
        return tuple(one for each in ends for one in each or ()), None not in ends
    own = tuple(one for bound, one in _own(statement, scope) if bound == name)
    nested = any(binds(r, one, name, scope) for each in blocks(statement) for one in each)
    simple = own and not nested and not isinstance(statement, _CONDITIONAL)
    return own if simple and own[0].how != "augmented" else None, True


def _leaves(block: list[ast.stmt]) -> bool:
    return bool(block) and isinstance(block[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break))


def interferes(r: Meanings, node: ast.AST, below: ast.AST, name: str, scope: Scope) -> bool:
    """Whether another part of a statement around may have bound the name, too."""
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return below in node.body + node.orelse and any(binds(r, one, name, scope) for one in node.body)
    if isinstance(node, ast.While):
        return any(binds(r, one, name, scope) for one in node.body)
    if isinstance(node, ast.Try) and below not in node.body:
        return any(binds(r, one, name, scope) for one in (*node.body, *node.handlers, *node.orelse))
    if isinstance(node, ast.Match):
        return any(bound == name for bound, _ in _own(node, scope))
    if isinstance(node, ast.stmt) and not isinstance(below, ast.stmt) and _has_walrus(scope):
        return any(isinstance(one, ast.NamedExpr) and one.target.id == name for one in walk(node))
    return False


def _has_walrus(scope: Scope) -> bool:
    return scope.function is None or scope.function.has_walrus


def _own(statement: ast.stmt, scope: Scope) -> Iterator[tuple[str, Binding]]:
    yield from bound_by(statement, scope.module.name, scope.module.is_package)
