"""What do the type variables of a class or function stand for? From a receiver's arguments, or a call's."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from broadcatch.program.annotations import annotated, inside, instances_of, parsed
from broadcatch.program.meaning import Instance, Meanings
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External
from broadcatch.program.scope import Scope
from broadcatch.program.stubs import Variable, is_typeshed
from broadcatch.program.types import ANY, Type, common

_DEEPEST = 25
_VARIABLES = ("typing.TypeVar", "typing_extensions.TypeVar", "typing.ParamSpec", "typing.TypeVarTuple")
_SHARED = ("_typeshed.", "typing.", "builtins.")
"""Where the stubs of the standard library keep the variables that they share."""
_GENERIC = ("typing.Generic", "typing.Protocol", "typing_extensions.Protocol")


def class_of(r: Meanings, of: Type) -> Class | None:
    """The definition of a type's class: the project's own, or the stub of one of the standard library."""
    if isinstance(of.target, Class):
        return of.target
    return None if of.target is not None else r.stubs.cls(of.name)


def parameters(r: Meanings, cls: Class) -> tuple[str, ...]:
    """The names of a class's type variables, in order."""
    key = ("parameters", cls)
    if key not in r.notes:
        r.notes[key] = _parameters(r, cls)
    return r.notes[key]  # type: ignore[return-value]


def _parameters(r: Meanings, cls: Class) -> tuple[str, ...]:
    own = [getattr(one, "name", "") for one in getattr(cls.node, "type_params", ())]
    found: dict[str, None] = dict.fromkeys(own)
    around = r.class_scope(cls)
    for base in cls.node.bases:
        if isinstance(base, ast.Subscript):
            names = [one for one in ast.walk(base.slice) if isinstance(one, (ast.Name, ast.Attribute))]
            variables = [_last(one) for one in names if is_variable(r, one, around)]
            made = r.meaning(base.value, around)
            if isinstance(made, (External, Class)) and made.name in _GENERIC:
                return tuple(variables)
            found.update(dict.fromkeys(variables))
    return tuple(found)


def is_variable(r: Meanings, expr: ast.expr, scope: Scope) -> bool:
    """Whether a name is that of a type variable."""
    if not isinstance(expr, (ast.Name, ast.Attribute)):
        return False
    found = r.meaning(expr, scope)
    if isinstance(found, External):
        return found.name == "typing.AnyStr" or _is_imported(r, found.name)
    return isinstance(found, Instance) and found.type is not None and found.type.name in _VARIABLES


def _is_imported(r: Meanings, name: str) -> bool:
    """Whether a stub took the variable from another: `SupportsRichComparisonT`, as `sorted` and `max` do."""
    found = r.stubs.find(name) if name.startswith(_SHARED) else None
    made = found.bindings[-1].expr if isinstance(found, Variable) else None
    return isinstance(made, ast.Call) and _last(made.func) == "TypeVar"


def _last(expr: ast.expr) -> str:
    return expr.id if isinstance(expr, ast.Name) else getattr(expr, "attr", "")


def lineage(r: Meanings, of: Type) -> Iterable[tuple[Class, dict[str, Type]]]:
    """The classes of a value, its own first, each with what its type variables stand for.

    Bases of the standard library are read from their stubs; one that cannot be resolved is left out.
    """
    key = ("lineage", of)
    if key in r.notes:
        return r.notes[key]  # type: ignore[return-value]
    before = r.cuts
    found = tuple(_lineage(r, of))
    if r.cuts == before:
        r.notes[key] = found
    return found


def _lineage(r: Meanings, of: Type) -> Iterator[tuple[Class, dict[str, Type]]]:
    cls = class_of(r, of)
    if cls is None:
        return
    names = parameters(r, cls)
    args = (common(of.args) or ANY,) if of.name == "builtins.tuple" and of.args else of.args
    own = dict(zip(names, args, strict=False)) if len(args) <= len(names) else {}
    yield from _upwards(r, cls, own, 0, set())


def _upwards(
    r: Meanings, cls: Class, own: dict[str, Type], depth: int, seen: set[Class]
) -> Iterator[tuple[Class, dict[str, Type]]]:
    if cls in seen or depth > _DEEPEST:
        return
    seen.add(cls)
    yield cls, own
    for expr, base in zip(cls.node.bases, r.bases(cls), strict=False):
        above = r.stubs.cls(base.name) if isinstance(base, External) else base
        if above is not None:
            yield from _upwards(r, above, _passed(r, cls, expr, above, own), depth + 1, seen)


def _passed(r: Meanings, cls: Class, expr: ast.expr, above: Class, own: dict[str, Type]) -> dict[str, Type]:
    """What a class passes to the type variables of one of its bases."""
    if not isinstance(expr, ast.Subscript):
        return {}
    around = r.class_scope(cls)
    given = [annotated(r, one, around, own) or ANY for one in inside(expr)]
    return dict(zip(parameters(r, above), given, strict=False))


def view(r: Meanings, of: Type, base: Class) -> dict[str, Type] | None:
    """What the variables of `base` stand for in a value of this type; None if it is none of its classes."""
    for cls, variables in lineage(r, of):
        if cls is base:
            return variables
    return None


def variables_of(r: Meanings, receiver: Type | None, function: Function) -> dict[str, Type]:
    """What the variables of a method's class stand for where it is called on a receiver; `Self` too."""
    if receiver is None or function.owner is None:
        return {}
    if receiver.name == "class":
        made = instances_of(receiver)
        return variables_of(r, made, function) if made is not None and made.name != "class" else {}
    found = {"Self": receiver}
    if receiver.name != "super":
        found.update(view(r, receiver, function.owner) or {})
    return {name: one for name, one in found.items() if one != ANY}


def unify(
    r: Meanings, wanted: ast.expr | None, around: Scope, given: Type | None, into: dict[str, Type]
) -> None:
    """Note in `into` what the variables in an annotation must be for a value of type `given`."""
    if isinstance(wanted, ast.Constant) and isinstance(wanted.value, str):
        wanted = parsed(r, wanted.value)
    if given is None or given == ANY or wanted is None:
        return
    if is_variable(r, wanted, around):
        name = _last(wanted)
        known = into.get(name)
        both = common([known, given]) if known is not None else given
        into[name] = both or ANY
    elif isinstance(wanted, ast.BinOp):
        for side in (wanted.left, wanted.right):
            unify(r, side, around, given, into)
    elif isinstance(wanted, ast.Subscript):
        _unify_inside(r, wanted, around, given, into)


def _unify_inside(
    r: Meanings, wanted: ast.Subscript, around: Scope, given: Type, into: dict[str, Type]
) -> None:
    found = r.meaning(wanted.value, around)
    if not isinstance(found, (Class, External)):
        return
    name = found.name.replace("typing_extensions.", "typing.")
    parts = inside(wanted)
    if name in ("typing.Optional", "typing.Union", "typing.Annotated"):
        for one in parts if name == "typing.Union" else parts[:1]:
            unify(r, one, around, given, into)
    elif name in ("typing.Type", "builtins.type"):
        unify(r, parts[0], around, instances_of(given) if given.name == "class" else None, into)
    elif name in ("typing.Callable", "collections.abc.Callable"):
        unify(r, parts[-1], around, r.called(Instance(given)), into)
    elif given.name in ("coroutine", "generator"):
        at = 0 if given.name == "generator" else len(parts) - 1
        unify(r, parts[at], around, given.args[0] if given.args else None, into)
    else:
        base = r.stubs.cls(name) if isinstance(found, External) else found
        seen = view(r, given, base) if base is not None else None
        if seen is None and base is not None and is_typeshed(base.module):
            seen = {}
        for one, variable in zip(parts, parameters(r, base) if base and seen else (), strict=False):
            unify(r, one, around, (seen or {}).get(variable), into)
