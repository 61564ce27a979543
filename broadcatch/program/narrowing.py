"""What do the tests around an expression tell of its class? `isinstance`, in tests and before exits."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.program.annotations import of_class, of_external
from broadcatch.program.generics import lineage
from broadcatch.program.meaning import Instance, Meanings
from broadcatch.program.module import Class
from broadcatch.program.names import APART, dotted, own_nodes
from broadcatch.program.placing import block_of, enclosing, is_parsed, parents
from broadcatch.program.project import External
from broadcatch.program.scope import Scope
from broadcatch.program.types import Type, alternatives, common
from broadcatch.source.walking import children, walk

_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def narrowed(r: Meanings, expr: ast.expr, scope: Scope, found: Type | None) -> Type | None:
    """The type of a name or attribute where it stands; `found` is what its bindings give."""
    name = dotted(expr)
    if not name or not is_parsed(scope) or name not in _asked(r, scope):
        return found
    for test, holds in list(_tests(r, expr, scope, name))[::-1]:
        found = _by_test(r, test, holds, name, scope, found)
    return found


def _asked(r: Meanings, scope: Scope) -> frozenset[str]:
    """The names that some `isinstance` of the scope's body asks about."""
    key = ("asked", scope.function or scope.owner or scope.module)
    if key not in r.notes:
        r.notes[key] = frozenset(
            dotted(node.args[0])
            for node in parents(r, scope)
            if isinstance(node, ast.Call) and dotted(node.func) == "isinstance" and len(node.args) == 2
        )
    return r.notes[key]  # type: ignore[return-value]


def _tests(r: Meanings, expr: ast.expr, scope: Scope, name: str) -> Iterator[tuple[ast.expr, bool]]:
    """(test, whether it holds) for what was asked about the name before, innermost first."""
    again = False  # a loop between the expression and the test binds the name, perhaps before
    for below, node in enclosing(r, expr, scope):
        if isinstance(node, (ast.If, ast.While)):
            body = any(one is below for one in node.body)
            branch = node.body if body else node.orelse
            if (
                (body or isinstance(node, ast.If))
                and not again
                and any(one is below for one in branch)
                and _mentions(r, node.test, name)
                and not _bound_before(r, branch, expr, name, scope)
            ):
                yield node.test, body
        elif isinstance(node, ast.IfExp) and below is not node.test:
            yield node.test, below is node.body
        elif isinstance(node, ast.BoolOp):
            at = next(index for index, one in enumerate(node.values) if one is below)
            for one in node.values[:at][::-1]:
                yield one, isinstance(node.op, ast.And)
        elif isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            for generator in node.generators if not isinstance(below, ast.comprehension) else ():
                for one in generator.ifs:
                    yield one, True
        if isinstance(below, ast.stmt):
            yield from _before(r, node, below, name)
        again = again or (isinstance(node, _LOOPS) and _bound_in(r, node, name))


def _before(r: Meanings, node: ast.AST, below: ast.stmt, name: str) -> Iterator[tuple[ast.expr, bool]]:
    """What earlier statements of the same block settle: asserts, and branches that end."""
    block = block_of(node, below)
    at = next((index for index, one in enumerate(block) if one is below), 0)
    if _bound_in(r, below, name) and isinstance(below, _LOOPS):
        return
    for statement in block[:at][::-1]:
        if isinstance(statement, ast.Assert) and _mentions(r, statement.test, name):
            yield statement.test, True
        elif isinstance(statement, ast.If) and _mentions(r, statement.test, name):
            ends = isinstance(statement.body[-1], _ENDS)
            rebound = any(_bound_in(r, one, name) for one in statement.orelse)
            if ends and not rebound:
                yield statement.test, False
                continue
        if _bound_in(r, statement, name):
            return


def _mentions(r: Meanings, test: ast.expr, name: str) -> bool:
    key = ("mentioned", test)
    if key not in r.notes:
        plain = (one for one in walk(test) if isinstance(one, (ast.Name, ast.Attribute)))
        r.notes[key] = frozenset(map(dotted, plain))
    return name in r.notes[key]  # type: ignore[operator]


def _bound_in(r: Meanings, statement: ast.stmt, name: str) -> bool:
    """Whether something in the statement binds the name, or what it is an attribute of."""
    starts = {name[: len(name) - len(rest)].rstrip(".") for rest in _tails(name)}
    return not starts.isdisjoint(_stored(r, statement))


def _bound_before(r: Meanings, branch: list[ast.stmt], expr: ast.expr, name: str, scope: Scope) -> bool:
    """Whether something in the branch binds the name before the expression is evaluated.

    What a statement assigns to is bound after its value was evaluated.
    """
    if not any(_bound_in(r, one, name) for one in branch):
        return False
    starts = {name[: len(name) - len(rest)].rstrip(".") for rest in _tails(name)}
    place = expr.lineno, expr.col_offset
    before = [store for store in _stores(r, branch) if store[1] < place and store[0] in starts]
    return bool(before) and not {id(store[2]) for store in before} <= _targets_after(r, expr, scope)


def _stores(r: Meanings, branch: list[ast.stmt]) -> list[tuple[str, tuple[int, int], ast.AST]]:
    """(name, place, node) of all that something in the branch binds."""
    key = ("stores", branch[0])
    if key not in r.notes:
        r.notes[key] = [
            (dotted(one), (one.lineno, one.col_offset), one)
            for one in own_nodes(branch)
            if isinstance(one, (ast.Name, ast.Attribute)) and isinstance(one.ctx, (ast.Store, ast.Del))
        ]
    return r.notes[key]  # type: ignore[return-value]


def _targets_after(r: Meanings, expr: ast.expr, scope: Scope) -> set[int]:
    """What the assignment binds whose value holds the expression, by identity."""
    for below, node in enclosing(r, expr, scope):
        if isinstance(node, ast.Assign) and node.value is below:
            return {id(one) for target in node.targets for one in walk(target)}
    return set()


def _stored(r: Meanings, statement: ast.stmt) -> frozenset[str]:
    """The names and attributes that something in the statement binds."""
    key = ("stored", statement)
    if key not in r.notes:
        r.notes[key] = frozenset(_storing(r, statement))
    return r.notes[key]  # type: ignore[return-value]


def _storing(r: Meanings, statement: ast.stmt) -> Iterator[str]:
    """As `_stored`; what stands in the blocks inside is known by their statements."""
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, (ast.Store, ast.Del)):
            yield dotted(node)
        for one in () if isinstance(node, APART) else children(node):
            if isinstance(one, ast.stmt):
                yield from _stored(r, one)
            else:
                todo.append(one)


def _tails(name: str) -> Iterator[str]:
    parts = name.split(".")
    for at in range(1, len(parts) + 1):
        yield ".".join(parts[at:])


def _by_test(
    r: Meanings, test: ast.expr, holds: bool, name: str, scope: Scope, found: Type | None
) -> Type | None:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _by_test(r, test.operand, not holds, name, scope, found)
    if isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) == holds:
            for one in test.values:
                found = _by_test(r, one, holds, name, scope, found)
        elif holds:
            sides = [_by_test(r, one, True, name, scope, found) for one in test.values]
            return found if None in sides else common(sides)
        return found
    if isinstance(test, ast.Call) and _is_isinstance(r, test, scope) and dotted(test.args[0]) == name:
        classes = [_instance_type(r, one, scope) for one in _classes(test.args[1])]
        return _filtered(r, found, classes, holds)
    return found


def _is_isinstance(r: Meanings, test: ast.Call, scope: Scope) -> bool:
    if not (isinstance(test.func, ast.Name) and test.func.id == "isinstance" and len(test.args) == 2):
        return False
    return scope.find("isinstance") is None


def _classes(expr: ast.expr) -> list[ast.expr]:
    if isinstance(expr, ast.Tuple):
        return [one for part in expr.elts for one in _classes(part)]
    if isinstance(expr, ast.BinOp) and isinstance(expr.op, ast.BitOr):
        return _classes(expr.left) + _classes(expr.right)
    return [expr]


def _instance_type(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    found = r.meaning(expr, scope)
    if isinstance(found, Class):
        return of_class(r, found)
    if isinstance(found, External):
        return of_external(r, found.name)
    if isinstance(found, Instance) and found.type is not None and found.type.name == "builtins.tuple":
        made = [one.args[0] if one.name == "class" and one.args else None for one in found.type.args]
        return common(made)
    return None


def _filtered(r: Meanings, found: Type | None, classes: list[Type | None], holds: bool) -> Type | None:
    """The part of a type that is, or is not, an instance of one of the classes."""
    if not holds:
        if found is None or None in classes:
            return found
        kept = [one for one in alternatives(found) if not any(c and is_below(r, one, c) for c in classes)]
        return common(kept) if kept else found
    wanted = common(classes)
    if found is None or wanted is None or found.name == "json.value":
        return wanted if wanted is not None else found
    kept = []
    for one in alternatives(found):
        for asked in alternatives(wanted):
            if is_below(r, one, asked):
                kept.append(one)
            elif is_below(r, asked, one):
                kept.append(asked)
    return common(kept) if kept else wanted


def is_below(r: Meanings, of: Type, above: Type) -> bool:
    """Whether every value of the type is surely an instance of the class."""
    if of.name == above.name and of.target is above.target:
        return True
    wanted = above.target or r.stubs.cls(above.name)
    return wanted is not None and any(cls is wanted for cls, _ in lineage(r, of))
