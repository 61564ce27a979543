"""Of what class is a value? Annotations, constructors, literals, trivial returns; None if not known."""

from __future__ import annotations

import ast
from dataclasses import replace

from broadcatch.program import operators, outside, results
from broadcatch.program.annotations import (
    CONSTANTS,
    annotated,
    class_of_instances,
    instances_of,
    of_class,
    of_declaration,
)
from broadcatch.program.displays import DISPLAYS, of_display
from broadcatch.program.elements import awaited, element, entered, item, taken
from broadcatch.program.meaning import Arguments, Bound, Choice, Instance, Meaning, Meanings, arguments_of
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import Binding, dotted
from broadcatch.program.project import External
from broadcatch.program.scope import Scope
from broadcatch.program.types import (
    BYTES,
    DICTS,
    NUMBERS,
    SEQUENCES,
    SETS,
    STR,
    Type,
    common,
    plain,
)

CASTS = frozenset({"typing.cast", "typing_extensions.cast"})
_HIGHEST = 60
"""So many classes above each other are looked through."""
_FUNCTIONS = frozenset({"typing.Callable", "collections.abc.Callable"})


def type_of(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    """The class of the value of `expr` as it stands in `scope`; None if unknown."""
    key = (expr, scope.function)
    if key in r.types:
        return r.types[key]
    before = r.cuts
    found = plain(r.kept(("type", *key), lambda: _type_of(r, expr, scope)))
    if r.cuts == before:
        r.types[key] = found
    return found


def _type_of(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    if isinstance(expr, ast.Constant):
        return CONSTANTS.get(type(expr.value))
    if isinstance(expr, ast.JoinedStr):
        return STR
    if isinstance(expr, (ast.Name, ast.Attribute)):
        return of_meaning(r, r.meaning(expr, scope), _receiver(r, expr, scope))
    if isinstance(expr, ast.Call):
        return _of_call(r, expr, scope)
    if isinstance(expr, ast.Await):
        return awaited(r, type_of(r, expr.value, scope))
    if isinstance(expr, ast.Subscript):
        return item(r, type_of(r, expr.value, scope), expr.slice, Arguments(scope, (expr.slice,)))
    if isinstance(expr, ast.GeneratorExp):
        inside = type_of(r, expr.elt, scope)
        return Type("typing.Generator", (inside,) if inside else ())
    if isinstance(expr, ast.Starred):
        return None
    if type(expr) in DISPLAYS:
        return of_display(r, expr, scope)
    return operators.type_of_operator(r, expr, scope)


def _receiver(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    """The type of the object before the last dot, where a value of the standard library may stand there."""
    if not isinstance(expr, ast.Attribute):
        return None
    found = r.meaning(expr.value, scope)
    return None if isinstance(found, (Module, Class)) else type_of(r, expr.value, scope)


def of_meaning(r: Meanings, found: Meaning, receiver: Type | None = None) -> Type | None:
    """The type of a value with this meaning."""
    if isinstance(found, Instance):
        return found.type
    if isinstance(found, Choice):
        return common([of_meaning(r, one) for one in found.meanings])
    if isinstance(found, Bound) and found.is_property:
        return results.of_bound(r, found)
    if isinstance(found, Class):
        made = class_of_instances(of_class(r, found))
        return replace(made, exact=True) if made is not None and made.target else made
    if isinstance(found, (Function, Bound)):
        return Type("callable", callee=found)
    if isinstance(found, External):
        return outside.value(r, found.name, receiver)
    return None


def _of_call(r: Meanings, call: ast.Call, scope: Scope) -> Type | None:
    above = _super(r, call, scope)
    if above is not None:
        return Type("super", target=above)
    given = arguments_of(call, scope)
    receiver = _receiver(r, call.func, scope)
    if receiver is not None and receiver.name == "union" and isinstance(call.func, ast.Attribute):
        name = call.func.attr
        kept = [one for one in receiver.args if not r.lacks(one, name)]
        return common([called(r, r.member(one, name), given, one) for one in kept])
    found = r.meaning(call.func, scope)
    if isinstance(found, External) and found.name in CASTS and len(call.args) == 2:
        return _of_cast(annotated(r, call.args[0], scope), type_of(r, call.args[1], scope))
    return called(r, found, given, receiver)


def _super(r: Meanings, call: ast.Call, scope: Scope) -> Class | None:
    """The class above which `super()` looks; the other form (`super(X, self)`) tells it.

    Told may be the class around, or one from which all classes up to it have a single base: with several
    bases, what stands behind it depends on the class of the object.
    """
    owner, function = scope.owner, scope.function
    if not (isinstance(call.func, ast.Name) and call.func.id == "super") or owner is None:
        return None
    if not call.args:
        return owner
    first = (
        [one.arg for one in (*function.node.args.posonlyargs, *function.node.args.args)][:1]
        if function
        else []
    )
    if (
        len(call.args) != 2
        or not first
        or dotted(call.args[1]) != first[0]
        or len(scope.names[first[0]]) != 1
    ):
        return None
    told = r.meaning(call.args[0], scope)
    line: Meaning = owner
    for _ in range(_HIGHEST):
        if not isinstance(line, Class) or line is told:
            break
        bases = r.bases(line)
        line = bases[0] if len(bases) == 1 else None
    return line if line is told and isinstance(line, Class) else None


def _of_cast(told: Type | None, value: Type | None) -> Type | None:
    """A function stays the function that it is; of other values the class that is told says more."""
    of_functions = told is None or told.name in _FUNCTIONS
    return value if of_functions and value is not None and value.name == "callable" else told


def called(
    r: Meanings, found: Meaning, given: Arguments | None = None, receiver: Type | None = None
) -> Type | None:
    """The type of what calling a value with this meaning gives."""
    if isinstance(found, Class):
        return outside.constructed(r, found, given)
    if isinstance(found, Function):
        return results.returned(r, found, None, given)
    if isinstance(found, Bound):
        if found.is_property:
            return _called_value(r, results.of_bound(r, found), given)
        return results.of_bound(r, found, given)
    if isinstance(found, External):
        return outside.called(r, found.name, given, receiver)
    if isinstance(found, Choice):
        return common([called(r, one, given, receiver) for one in found.meanings])
    return _called_value(r, found.type, given) if isinstance(found, Instance) else None


def _called_value(r: Meanings, of: Type | None, given: Arguments | None) -> Type | None:
    if of is None:
        return None
    if of.name == "union":
        return common([_called_value(r, one, given) for one in of.args])
    if of.name == "class":
        made = instances_of(of)
        own = made is not None and isinstance(made.target, Class) and of.exact
        return outside.constructed(r, made.target, given) if own else made  # type: ignore[union-attr, arg-type]
    if of.name == "callable":
        return called(r, of.callee, given)  # type: ignore[arg-type]
    if of.name == "typing.Callable":
        return plain(of.args[0]) if of.args else None
    found = r.member(of, "__call__")
    return called(r, found, given, of) if found is not None else None


def bound_type(r: Meanings, name: str, bound: tuple[Binding, ...], scope: Scope) -> Type | None:
    """The type that all bindings of a name agree on; an annotation settles it."""
    declared = next((one for one in bound if one.how == "annotation" and one.expr), None)
    if declared is not None:
        annotation: ast.expr = declared.expr  # type: ignore[assignment]
        return r.guarded(
            ("annotation", annotation), lambda: of_declaration(r, annotation, declared.value, scope)
        )
    key = ("bound", name, scope.module.path, scope.function, scope.owner, bound)
    if key in r.types:
        return r.types[key]
    before = r.cuts
    found = r.kept(key, lambda: _of_bindings(r, bound, scope))
    if r.cuts == before:
        r.types[key] = found
    return found


def _of_bindings(r: Meanings, bound: tuple[Binding, ...], scope: Scope) -> Type | None:
    found = common([binding_type(r, one, scope) for one in bound if one.how != "augmented"])
    for one in bound:
        if one.how == "augmented" and found is not None:
            found = _augmented(r, found, one, scope)
    return found


def _augmented(r: Meanings, found: Type, one: Binding, scope: Scope) -> Type | None:
    if found in (STR, BYTES) or found.name in SEQUENCES | SETS | DICTS:
        return found
    if found in NUMBERS and one.expr is not None:
        right = type_of(r, one.expr, scope)
        operator: ast.operator = getattr(ast, one.target)()
        return operators.arithmetic(operator, found, right) if right in NUMBERS else None
    return None


def binding_type(r: Meanings, one: Binding, scope: Scope) -> Type | None:
    """The type that one binding gives a name."""
    if one.how == "parameter":
        return _parameter_type(r, one, scope)
    if one.how in ("def", "class", "import"):
        return None
    if one.expr is None:
        return None
    if one.how == "caught":
        return caught_type(r, one.expr, scope)
    of = type_of(r, one.expr, scope)
    if one.how == "element":
        of = element(r, of)
    elif one.how in ("entered", "entered-async"):
        of = entered(r, of, one.how == "entered-async")
    elif one.how != "value":
        return None
    return taken(r, of, one.path) if one.path else of


def caught_type(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    """The exceptions that a clause of this type binds."""
    if isinstance(expr, ast.Tuple):
        return common([caught_type(r, one, scope) for one in expr.elts])
    found = r.meaning(expr, scope)
    if isinstance(found, Class):
        return of_class(r, found)
    caught = r.class_named(expr, scope)
    return Type(caught) if r.hierarchy.is_known(caught) else None


def _parameter_type(r: Meanings, one: Binding, scope: Scope) -> Type | None:
    if one.target in ("self", "cls") and scope.owner:
        name = scope.owner.name if one.target == "self" else "class"
        return Type(name, target=scope.owner)
    around = r.class_scope(scope.owner) if scope.owner and scope.function else scope.outer or scope
    known = annotated(r, one.expr, around) if one.expr else None
    if one.target == "*":
        return Type("builtins.tuple", (known,) if known else ())
    if one.target == "**":
        return Type("builtins.dict", (STR, known) if known else ())
    return known
