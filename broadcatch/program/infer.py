"""Of what class is a value? Annotations, constructors, literals, trivial returns; None if not known."""

from __future__ import annotations

import ast

from broadcatch.program.files import OPENERS, opened
from broadcatch.program.meaning import Bound, Instance, Meanings
from broadcatch.program.module import Class, Function
from broadcatch.program.names import Binding, own_statements
from broadcatch.program.project import External
from broadcatch.program.scope import Scope
from broadcatch.program.types import (
    BOOL,
    BYTES,
    DICTS,
    FLOAT,
    INT,
    NONE,
    NUMBERS,
    SEQUENCES,
    STR,
    Type,
    common,
    element,
    item,
    returns,
    standard,
)

_CONSTANTS = {str: STR, bytes: BYTES, bool: BOOL, int: INT, float: FLOAT, type(None): NONE}
_DISPLAYS: dict[type[ast.expr], str] = {
    ast.List: "list",
    ast.ListComp: "list",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.Tuple: "tuple",
    ast.Dict: "dict",
    ast.DictComp: "dict",
}
_CONSTRUCTORS = frozenset(
    "str int float bool bytes bytearray list dict set frozenset tuple complex object range".split()
)


def type_of(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    """The class of the value of `expr` as it stands in `scope`; None if unknown."""
    key = (expr, scope.function)
    if key in r.types:
        return r.types[key]
    before = r.cuts
    found = r.guarded(("type", *key), lambda: _type_of(r, expr, scope))
    if r.cuts == before:
        r.types[key] = found
    return found


def _type_of(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    if isinstance(expr, ast.Constant):
        return _CONSTANTS.get(type(expr.value))
    if isinstance(expr, ast.JoinedStr):
        return STR
    if isinstance(expr, (ast.Name, ast.Attribute)):
        return _of_name(r, expr, scope)
    if isinstance(expr, ast.Call):
        return _of_call(r, expr, scope)
    if isinstance(expr, ast.Await):
        awaited = type_of(r, expr.value, scope)
        return awaited.args[0] if awaited and awaited.name == "coroutine" and awaited.args else None
    if isinstance(expr, ast.Subscript):
        of = type_of(r, expr.value, scope)
        return of if isinstance(expr.slice, ast.Slice) else item(of)
    if type(expr) in _DISPLAYS:
        return _of_display(r, expr, scope)
    return _of_operator(r, expr, scope)


def _of_name(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    found = r.meaning(expr, scope)
    if isinstance(found, Instance):
        return found.type
    if isinstance(found, Bound) and found.is_property:
        return result(r, found.functions[0])
    if isinstance(found, Class):
        return Type("class", target=found, exact=True)
    return returns().get(found.name) if isinstance(found, External) else None


def _of_display(r: Meanings, expr: ast.expr, scope: Scope) -> Type:
    name = f"builtins.{_DISPLAYS[type(expr)]}"
    if isinstance(expr, (ast.List, ast.Set, ast.Tuple)):
        inside = common([type_of(r, one, scope) for one in expr.elts]) if expr.elts else None
        return Type(name, (inside,) if inside and inside != NONE else ())
    if isinstance(expr, ast.Dict) and expr.values and all(expr.keys):
        key = common([type_of(r, one, scope) for one in expr.keys if one])
        value = common([type_of(r, one, scope) for one in expr.values])
        return Type(name, (key, value) if key and value else ())
    return Type(name)


def _of_operator(r: Meanings, expr: ast.expr, scope: Scope) -> Type | None:
    if isinstance(expr, ast.Compare) or (isinstance(expr, ast.UnaryOp) and isinstance(expr.op, ast.Not)):
        return BOOL
    if isinstance(expr, ast.UnaryOp):
        operand = type_of(r, expr.operand, scope)
        return operand if operand in NUMBERS else None
    if isinstance(expr, ast.BoolOp):
        return common([type_of(r, one, scope) for one in expr.values])
    if isinstance(expr, ast.IfExp):
        return common([type_of(r, expr.body, scope), type_of(r, expr.orelse, scope)])
    if isinstance(expr, ast.NamedExpr):
        return type_of(r, expr.value, scope)
    if isinstance(expr, ast.BinOp):
        return _of_arithmetic(expr, type_of(r, expr.left, scope), type_of(r, expr.right, scope))
    return None


def _of_arithmetic(expr: ast.BinOp, left: Type | None, right: Type | None) -> Type | None:
    if left in NUMBERS and right in NUMBERS:
        if isinstance(expr.op, (ast.Div, ast.Pow)):
            return FLOAT
        return common([left, right])
    if left == STR and isinstance(expr.op, ast.Mod):
        return STR
    if isinstance(expr.op, ast.Mult) and left and left.name in SEQUENCES and right in (None, INT):
        return left
    if left is not None and left == right and left.target is None and isinstance(expr.op, ast.Add):
        return left
    if left and left.name == "pathlib.Path" and isinstance(expr.op, ast.Div):
        return left
    return None


def _of_call(r: Meanings, call: ast.Call, scope: Scope) -> Type | None:
    if isinstance(call.func, ast.Name) and call.func.id == "super" and scope.owner and not call.args:
        return Type("super", target=scope.owner)
    found = r.meaning(call.func, scope)
    if isinstance(found, Class):
        return Type(found.name, target=found, exact=True)
    if isinstance(found, Instance) and found.type and found.type.name == "class":
        target = found.type.target
        return Type(target.name, target=target) if isinstance(target, Class) else None
    if isinstance(found, Function):
        return result(r, found)
    if isinstance(found, Bound):
        return None if found.is_property else common([result(r, one) for one in found.functions])
    return _of_external(r, found.name, call, scope) if isinstance(found, External) else None


def _of_external(r: Meanings, name: str, call: ast.Call, scope: Scope) -> Type | None:
    head, _, last = name.rpartition(".")
    if head == "builtins" and last in _CONSTRUCTORS:
        inside = element(type_of(r, call.args[0], scope)) if len(call.args) == 1 else None
        return Type(name, (inside,) if inside and name in SEQUENCES else ())
    if head in DICTS and last in ("get", "pop", "setdefault") and isinstance(call.func, ast.Attribute):
        return item(type_of(r, call.func.value, scope))
    if head in SEQUENCES and last in ("pop", "popleft") and isinstance(call.func, ast.Attribute):
        return element(type_of(r, call.func.value, scope))
    if name in OPENERS:
        return opened(name, call)
    if name in returns():
        return returns()[name]
    canonical = r.hierarchy.canonical(name)
    return Type(canonical) if r.hierarchy.is_known(canonical) else None


def result(r: Meanings, function: Function) -> Type | None:
    """What calling the function gives: a coroutine or generator still to be run, or its return type."""
    if function.yields:
        return Type("generator", target=function)
    inner = _returned(r, function)
    if function.is_async:
        return Type("coroutine", (inner,) if inner else (), target=function)
    return inner


def _returned(r: Meanings, function: Function) -> Type | None:
    scope = r.scope(function)
    if function.node.returns is not None:
        return annotated(r, function.node.returns, scope.outer or scope)
    values = [s.value for s in own_statements(function.node.body) if isinstance(s, ast.Return)]
    if not any(values):
        return NONE
    return r.guarded(
        ("returned", function), lambda: common([type_of(r, v, scope) for v in values if v is not None])
    )


def bound_type(r: Meanings, name: str, bound: tuple[Binding, ...], scope: Scope) -> Type | None:
    """The type that all bindings of a name agree on; an annotation settles it."""
    for one in bound:
        if one.how == "annotation" and one.expr is not None:
            return annotated(r, one.expr, scope)
    key = ("bound", name, scope.module.path, scope.function, scope.owner)
    return r.guarded(key, lambda: common([_binding_type(r, one, scope) for one in bound]))


def _binding_type(r: Meanings, one: Binding, scope: Scope) -> Type | None:
    if one.how == "parameter":
        return _parameter_type(r, one, scope)
    if one.expr is None:
        return None
    if one.how == "value":
        return type_of(r, one.expr, scope)
    if one.how == "element":
        return element(type_of(r, one.expr, scope))
    if one.how == "entered":
        return entered(r, type_of(r, one.expr, scope))
    if one.how == "caught":
        caught = r.class_named(one.expr, scope)
        return Type(caught) if r.hierarchy.is_known(caught) else None
    return None


def _parameter_type(r: Meanings, one: Binding, scope: Scope) -> Type | None:
    if one.target in ("self", "cls") and scope.owner:
        name = scope.owner.name if one.target == "self" else "class"
        return Type(name, target=scope.owner)
    known = annotated(r, one.expr, scope.outer or scope) if one.expr else None
    if one.target == "*":
        return Type("builtins.tuple", (known,) if known else ())
    if one.target == "**":
        return Type("builtins.dict", (STR, known) if known else ())
    return known


def entered(r: Meanings, manager: Type | None) -> Type | None:
    """What `with manager as x` binds to x."""
    if manager is None:
        return None
    enter = r.member(manager, "__enter__") or r.member(manager, "__aenter__")
    if isinstance(enter, Bound):
        given = result(r, enter.functions[0])
        return given.args[0] if given and given.name == "coroutine" and given.args else given
    if isinstance(enter, External):
        return returns().get(enter.name, manager if manager.target is None else None)
    return None


def annotated(r: Meanings, annotation: ast.expr, scope: Scope) -> Type | None:
    """The type that an annotation names; `X | None` is X; None for unions, `Any` and what is not resolved."""
    if isinstance(annotation, ast.Constant):
        if annotation.value is None:
            return NONE
        return _from_text(r, annotation.value, scope) if isinstance(annotation.value, str) else None
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return common([annotated(r, annotation.left, scope), annotated(r, annotation.right, scope)])
    if isinstance(annotation, ast.Subscript):
        return _subscripted(r, annotation, scope)
    found = r.meaning(annotation, scope)
    if isinstance(found, Class):
        return Type(found.name, target=found)
    if isinstance(found, External) and found.name not in ("typing.Any", "builtins.object", "typing.Self"):
        return Type(r.hierarchy.canonical(standard(found.name)) if "." in found.name else found.name)
    return None


def _from_text(r: Meanings, text: str, scope: Scope) -> Type | None:
    try:
        return annotated(r, ast.parse(text, mode="eval").body, scope)
    except SyntaxError:
        return None


def _subscripted(r: Meanings, annotation: ast.Subscript, scope: Scope) -> Type | None:
    found = r.meaning(annotation.value, scope)
    if isinstance(found, Class):
        return Type(found.name, target=found)
    if not isinstance(found, External):
        return None
    inside = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    if found.name in ("typing.Optional", "typing.Annotated", "typing.Final", "typing.ClassVar"):
        return annotated(r, inside[0], scope)
    if found.name == "typing.Union":
        return common([annotated(r, one, scope) for one in inside])
    name = standard(found.name)
    parts = [annotated(r, one, scope) for one in inside if not _is_ellipsis(one)]
    if name == "builtins.tuple":
        shared = common(parts)
        return Type(name, (shared,) if shared else ())
    known = [part for part in parts if part]
    return Type(name, tuple(known) if len(known) == len(parts) else ())


def _is_ellipsis(expr: ast.expr) -> bool:
    return isinstance(expr, ast.Constant) and expr.value is ...
