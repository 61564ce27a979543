"""Which type does an annotation name? Aliases, unions, generics and their variables followed."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from broadcatch.program.meaning import Choice, Instance, Meaning, Meanings
from broadcatch.program.module import Class, Module
from broadcatch.program.project import External, Value
from broadcatch.program.scope import Scope, is_builtin, module_scope
from broadcatch.program.stubs import Variable, is_typeshed
from broadcatch.program.text import expression
from broadcatch.program.types import ANY, BOOL, BYTES, FLOAT, INT, NONE, STR, Type, common, standard

Variables = Mapping[str, Type]
"""Name of a type variable -> what it stands for. Where there are none at all (None), the annotation stands in
code that holds for every type, and a variable is what bounds it."""

CONSTANTS = {str: STR, bytes: BYTES, bool: BOOL, int: INT, float: FLOAT, type(None): NONE}
_UNKNOWN = frozenset(
    "typing.Any builtins.object typing.TypeAlias typing.Concatenate typing.ParamSpec".split()
)
_INNER = frozenset(
    f"typing.{one}" for one in "Optional Annotated Final ClassVar Required NotRequired ReadOnly".split()
) | {"dataclasses.InitVar"}
_NAMED = {
    "typing.LiteralString": STR,
    "typing.NoReturn": NONE,
    "typing.Never": NONE,
    "typing.TypeGuard": BOOL,
    "typing.TypeIs": BOOL,
    "typing.Literal": None,
}


def annotated(
    r: Meanings, annotation: ast.expr, scope: Scope, variables: Variables | None = None
) -> Type | None:
    """The type that an annotation names; `X | None` is X; None for `Any` and what is not resolved."""
    if isinstance(annotation, ast.Constant):
        if annotation.value is None:
            return NONE
        return (
            _from_text(r, annotation.value, scope, variables) if isinstance(annotation.value, str) else None
        )
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        sides = (annotation.left, annotation.right)
        return common([annotated(r, one, scope, variables) for one in sides])
    if isinstance(annotation, ast.Subscript):
        return _subscripted(r, annotation, scope, variables)
    if isinstance(annotation, (ast.Name, ast.Attribute)):
        return _named(r, annotation, scope, variables)
    return None


def of_declaration(r: Meanings, annotation: ast.expr, value: ast.expr | None, scope: Scope) -> Type | None:
    """The type of `x: annotation = value`."""
    if value is None or _says_type(r, annotation, scope):
        return annotated(r, annotation, scope)
    return r.type_of(value, scope)


def _says_type(r: Meanings, annotation: ast.expr, scope: Scope) -> bool:
    """Whether an annotation names a type: `Final` and `ClassVar` alone leave it to the value."""
    if not isinstance(annotation, (ast.Name, ast.Attribute)):
        return True
    found = _one(r.meaning(annotation, scope))
    return not isinstance(found, External) or _typing(found.name) not in _INNER


def _typing(name: str) -> str:
    return name.replace("typing_extensions.", "typing.")


def _beside_values(annotation: ast.expr, scope: Scope) -> Scope:
    """Where to look for a class: not in a class body that gives a value or method the same name."""
    if not (isinstance(annotation, ast.Name) and scope.owner and not scope.function and scope.outer):
        return scope
    bound = scope.names.get(annotation.id, ())
    hidden = bool(bound) and all(one.how not in ("class", "import") for one in bound)
    known = scope.outer.find(annotation.id) is not None or is_builtin(annotation.id)
    return scope.outer if hidden and known else scope


def _one(found: Meaning) -> Meaning:
    """What comes from `typing` or, for other versions of Python, from `typing_extensions` is one thing."""
    if not isinstance(found, Choice) or not all(isinstance(one, External) for one in found.meanings):
        return found
    outside = [one.name for one in found.meanings if isinstance(one, External)]
    names = {_typing(name) for name in outside}
    return External(names.pop()) if len(names) == 1 else found


def _named(r: Meanings, annotation: ast.expr, scope: Scope, variables: Variables | None) -> Type | None:
    scope = _beside_values(annotation, scope)
    found = _one(r.meaning(annotation, scope))
    if isinstance(found, Class):
        return of_class(r, found)
    if isinstance(found, External):
        return of_external(r, found.name, variables)
    if isinstance(found, Instance) and found.type is not None and found.type.name == "typing.TypeVar":
        return _of_variable(r, annotation, scope, variables)
    return _of_alias(r, annotation, scope, variables)


def of_class(r: Meanings, cls: Class, args: tuple[Type, ...] = ()) -> Type:
    """Instances of a class; those of the standard library go by name."""
    if is_typeshed(cls.module):
        return Type(r.hierarchy.canonical(standard(r.stubs.public(cls))), args)
    return Type(cls.name, args, target=cls)


def of_external(
    r: Meanings, name: str, variables: Variables | None = None, args: tuple[Type, ...] = ()
) -> Type | None:
    """Instances of a class outside the project, or what another name of `typing` stands for."""
    name = _typing(name)
    if name == "typing.Self":
        return variables.get("Self") if variables else None
    if name in _UNKNOWN or name in _INNER:
        return None
    if name in _NAMED:
        return _NAMED[name]
    if standard(name) != name:
        return Type(standard(name), args)
    found = r.stubs.find(name)
    if isinstance(found, Class):
        return of_class(r, found, args)
    if isinstance(found, Variable) and not name.startswith("typing."):
        around = r.class_scope(found.owner) if found.owner else module_scope(found.module)
        return _of_value(r, name, Value(found.module, found.name, found.bindings), around, variables)
    if isinstance(found, Variable) and name == "typing.AnyStr":
        return variables.get("AnyStr") if variables is not None else None
    return Type(r.hierarchy.canonical(name) if "." in name else name, args)


def _of_alias(r: Meanings, annotation: ast.expr, scope: Scope, variables: Variables | None) -> Type | None:
    value = definition(r, annotation, scope)
    if value is None:
        return None
    around = module_scope(value.module) if value.owner is None else r.class_scope(value.owner)
    return r.guarded(
        ("alias of type", value.module.path, value.name),
        lambda: _of_value(r, value.name, value, around, variables),
    )


def definition(r: Meanings, expr: ast.expr, scope: Scope) -> Value | None:
    """The module-level value that an expression names."""
    if isinstance(expr, ast.Name):
        found = scope.find(expr.id)
        if found is not None and (found[0].function or found[0].owner):
            return None
        symbol = r.project.member(scope.module, expr.id)
    elif isinstance(expr, ast.Attribute):
        module = r.meaning(expr.value, scope)
        symbol = r.project.member(module, expr.attr) if isinstance(module, Module) else None
    else:
        return None
    return symbol if isinstance(symbol, Value) else None


def _of_value(
    r: Meanings, name: str, value: Value, around: Scope, variables: Variables | None
) -> Type | None:
    """The type that an alias stands for, where its only binding says so."""
    if len(value.bindings) != 1:
        return None
    only = value.bindings[0]
    expr = only.value if only.how == "annotation" else only.expr
    if not isinstance(expr, ast.expr) or only.how not in ("annotation", "value") or only.path:
        return None
    if isinstance(expr, ast.Call):
        return _of_made(r, name, expr, around, variables)
    if isinstance(expr, (ast.Name, ast.Attribute, ast.Subscript, ast.BinOp)):
        return annotated(r, expr, around, variables)
    return None


def _of_made(
    r: Meanings, name: str, call: ast.Call, around: Scope, variables: Variables | None
) -> Type | None:
    """A `NewType`, or a type variable of a stub."""
    made = r.meaning(call.func, around)
    maker = made.name.replace("typing_extensions.", "typing.") if isinstance(made, External) else ""
    maker = getattr(made, "name", maker) if isinstance(made, Class) else maker
    if maker == "typing.NewType" and len(call.args) == 2:
        return annotated(r, call.args[1], around, variables)
    if maker == "typing.TypeVar":
        return _bounded(r, name.rpartition(".")[2], call, around, variables)
    return None


def _of_variable(r: Meanings, expr: ast.expr, scope: Scope, variables: Variables | None) -> Type | None:
    name = expr.id if isinstance(expr, ast.Name) else getattr(expr, "attr", "")
    if variables is not None:
        return variables.get(name)
    value = definition(r, expr, scope)
    made = value.bindings[0].expr if value is not None and len(value.bindings) == 1 else None
    if value is None or not isinstance(made, ast.Call):
        return None
    return _bounded(r, name, made, module_scope(value.module), variables)


def _bounded(
    r: Meanings, name: str, made: ast.Call, around: Scope, variables: Variables | None
) -> Type | None:
    if variables is not None:
        return variables.get(name)
    for keyword in made.keywords:
        if keyword.arg == "bound":
            return annotated(r, keyword.value, around)
    constraints = made.args[1:]
    return common([annotated(r, one, around) for one in constraints]) if constraints else None


def _from_text(r: Meanings, text: str, scope: Scope, variables: Variables | None) -> Type | None:
    expr = parsed(r, text)
    return annotated(r, expr, scope, variables) if expr is not None else None


def parsed(r: Meanings, text: str) -> ast.expr | None:
    """The expression in a quoted annotation, the same node each time."""
    key = ("parsed", text)
    if key not in r.notes:
        r.notes[key] = expression(text.strip())
    found = r.notes[key]
    return found if isinstance(found, ast.expr) else None


def inside(annotation: ast.Subscript) -> list[ast.expr]:
    """The expressions between the brackets."""
    return annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]


def _subscripted(
    r: Meanings, annotation: ast.Subscript, scope: Scope, variables: Variables | None
) -> Type | None:
    found = _one(r.meaning(annotation.value, _beside_values(annotation.value, scope)))
    if not isinstance(found, (Class, External)):
        return None
    name = _typing(found.name)
    if isinstance(found, Class) and is_typeshed(found.module):
        name = r.stubs.public(found)
    parts = inside(annotation)
    if name in _INNER:
        return annotated(r, parts[0], scope, variables)
    if name == "typing.Union":
        return common([annotated(r, one, scope, variables) for one in parts])
    if name == "typing.Literal":
        values = [one.value if isinstance(one, ast.Constant) else ... for one in parts]
        return common([CONSTANTS.get(type(one)) for one in values])
    if name in ("typing.Type", "builtins.type"):
        return class_of_instances(annotated(r, parts[0], scope, variables))
    if name in ("typing.Callable", "collections.abc.Callable"):
        given = annotated(r, parts[-1], scope, variables)
        return Type("typing.Callable", (given,) if given else ())
    args = _arguments(r, parts, scope, variables)
    if isinstance(found, Class):
        return of_class(r, found, args)
    return of_external(r, name, variables, args)


def _arguments(
    r: Meanings, parts: list[ast.expr], scope: Scope, variables: Variables | None
) -> tuple[Type, ...]:
    """Type arguments, () where not one is known."""
    args = tuple(annotated(r, one, scope, variables) or ANY for one in parts if not _is_ellipsis(one))
    return args if any(one != ANY for one in args) else ()


def class_of_instances(of: Type | None) -> Type | None:
    """The type of the class whose instances are of this type."""
    if of is None:
        return None
    return Type("class", target=of.target, exact=of.exact) if of.target else Type("class", (of,))


def instances_of(of: Type) -> Type | None:
    """The type of what a class makes; `of` is a type named `class`."""
    if isinstance(of.target, Class):
        return Type(of.target.name, of.args, target=of.target, exact=of.exact)
    return of.args[0] if of.args else None


def _is_ellipsis(expr: ast.expr) -> bool:
    return isinstance(expr, ast.Constant) and expr.value is ...
