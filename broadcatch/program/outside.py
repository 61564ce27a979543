"""Of what type is what the standard library gives? Its stubs, and the data file where that knows better."""

from __future__ import annotations

from dataclasses import replace

from broadcatch.program import libraries, results
from broadcatch.program.annotations import annotated, class_of_instances, of_class
from broadcatch.program.elements import element
from broadcatch.program.files import OPENERS, opened
from broadcatch.program.generics import lineage, parameters, unify
from broadcatch.program.meaning import Arguments, Meanings
from broadcatch.program.module import Class, Function
from broadcatch.program.overloads import chosen, declared, matched
from broadcatch.program.project import External
from broadcatch.program.scope import Scope, is_property, module_scope
from broadcatch.program.stubs import Found, Variable
from broadcatch.program.types import ANY, NONE, SEQUENCES, SETS, Type, returns


def definition(r: Meanings, name: str) -> Found:
    """What the stubs say about a dotted name; a member may belong to a base of the class."""
    key = ("outside", name)
    if key not in r.notes:
        r.notes[key] = _definition(r, name)
    return r.notes[key]  # type: ignore[return-value]


def _definition(r: Meanings, name: str) -> Found:
    found = r.stubs.find(name)
    head, _, last = name.rpartition(".")
    if found is not None or not head:
        return found
    for cls, _ in lineage(r, Type(head)) if r.stubs.cls(head) is not None else ():
        if last in cls.members:
            return cls.members[last]
        if last in cls.names:
            return Variable(cls.module, last, cls.names[last], cls)
    return None


def is_value(r: Meanings, name: str) -> bool:
    """Whether it names an object, an attribute or a property: what follows belongs to its class."""
    found = definition(r, name)
    return isinstance(found, Variable) or (isinstance(found, Function) and is_property(found))


def lacks(r: Meanings, of: Type, name: str) -> bool:
    """Whether a value of a class of the standard library surely has no such attribute."""
    cls = r.stubs.cls(of.name) if of.target is None else None
    if cls is None:
        return False
    if any(base is None for one, _ in lineage(r, of) for base in r.bases(one)):
        return False
    asked = (name, "__getattr__") if not name.startswith("__") else (name,)
    own = any(one in base.names for base, _ in lineage(r, of) for one in asked)
    shared = r.stubs.cls("builtins.object")
    return not own and not (shared is not None and name in shared.names)


def value(r: Meanings, name: str, receiver: Type | None = None) -> Type | None:
    """The type of the value that a dotted name stands for, uncalled."""
    found = definition(r, name)
    if isinstance(found, Class):
        return class_of_instances(of_class(r, found))
    if isinstance(found, Function):
        if is_property(found):
            return _preferred(name, results.returned(r, found, receiver))
        return Type("callable", callee=External(name))
    known = returns().get(name)
    if isinstance(found, Variable):
        return _preferred(name, _of_variable(r, found, receiver))
    canonical = r.hierarchy.canonical(name)
    if r.hierarchy.is_known(canonical):
        return class_of_instances(Type(canonical))
    return known


def _of_variable(r: Meanings, found: Variable, receiver: Type | None) -> Type | None:
    for one in found.bindings:
        if one.how == "annotation" and one.expr is not None:
            where = r.class_scope(found.owner) if found.owner else module_scope(found.module)
            variables = _variables(r, receiver, found.owner) if receiver is not None else {}
            return annotated(r, one.expr, where, variables)
        if one.how == "value" and one.expr is not None and found.owner is None:
            return r.type_of(one.expr, module_scope(found.module))
    return None


def _variables(r: Meanings, receiver: Type, owner: Class | None) -> dict[str, Type]:
    for cls, variables in lineage(r, receiver):
        if cls is owner:
            return {**{name: one for name, one in variables.items() if one != ANY}, "Self": receiver}
    return {"Self": receiver}


def called(r: Meanings, name: str, given: Arguments | None, receiver: Type | None) -> Type | None:
    """What calling something outside the project gives; `receiver` as in `results.returned`."""
    if name in OPENERS and given is not None:
        return opened(name, given)
    if name == "builtins.type" and given is not None and len(given.positional) == 1:
        return class_of_instances(r.type_of(given.positional[0], given.scope))
    if name == "builtins.next" and given is not None and len(given.positional) == 1:
        return element(r, r.type_of(given.positional[0], given.scope))
    found = definition(r, name)
    if isinstance(found, Class):
        return _preferred(name, constructed(r, found, given))
    if isinstance(found, Function):
        if is_property(found):
            return None
        return _preferred(name, results.returned(r, found, receiver, given))
    if isinstance(found, Variable) and name not in returns():
        of = _of_variable(r, found, receiver)
        return r.called(r.member(of, "__call__"), given, of) if of is not None else None
    if name in returns():
        return returns()[name]
    canonical = r.hierarchy.canonical(name)
    return Type(canonical) if r.hierarchy.is_known(canonical) else libraries.given(r, name)


def _preferred(name: str, of: Type | None) -> Type | None:
    """The data file decides on the class, the stub adds its arguments."""
    known = returns().get(name)
    if known is None or (of is not None and of.name == known.name):
        return of
    return known


def constructed(r: Meanings, cls: Class, given: Arguments | None) -> Type | None:
    """An instance of a class, with the arguments that its constructor tells."""
    made = of_class(r, cls)
    names = parameters(r, cls)
    if not names or given is None:
        return replace(made, exact=_is_exact(r, made)) if made.target else made
    if made.name in SEQUENCES | SETS and len(given.positional) == 1 and given.complete:
        inside = element(r, r.type_of(given.positional[0], given.scope))
        return Type(made.name, (inside,) if inside and inside != NONE else ())
    for base, _ in lineage(r, made):
        for special in ("__new__", "__init__"):
            method = base.members.get(special)
            if method is not None and base is cls:
                found = _solved(r, made, method, names, given)
                if found is not None:
                    return found
    return replace(made, exact=_is_exact(r, made)) if made.target else made


def _is_exact(r: Meanings, made: Type) -> bool:
    """Whether the class makes instances of its own alone: its `__new__` may give those of a subclass."""
    above = r.mro(made.target) if isinstance(made.target, Class) else []
    return all("__new__" not in one.members for one in above if isinstance(one, Class))


def _solved(
    r: Meanings, made: Type, method: Function, names: tuple[str, ...], given: Arguments
) -> Type | None:
    where = r.class_scope(method.owner) if method.owner else None
    fitting = chosen(r, declared(method), where, given, True, {}) if where else []
    if len(fitting) != 1 or where is None:
        return None
    return _of_constructor(r, made, fitting[0], names, given, where)


def _of_constructor(
    r: Meanings, made: Type, method: Function, names: tuple[str, ...], given: Arguments, where: Scope
) -> Type | None:
    into: dict[str, Type] = {}
    for parameter, expr in matched(method, given, True) or ():
        unify(r, parameter.annotation, where, r.type_of(expr, given.scope), into)
    into = {name: one for name, one in into.items() if one != ANY}
    result = method.node.returns
    if method.node.name == "__new__" and result is not None:
        of = annotated(r, result, where, {**into, "Self": made})
        if of is not None and of != made:
            return of
    args = tuple(into.get(name, ANY) for name in names)
    if all(one == ANY for one in args):
        return None
    return Type(made.name, args, made.target, exact=made.target is not None and _is_exact(r, made))


def spellings(r: Meanings, name: str) -> tuple[str, ...]:
    """Other names of the same method: those under which the bases of its class have it."""
    head, _, last = name.rpartition(".")
    cls = r.stubs.cls(head) if head else None
    if cls is None:
        return ()
    above = [r.stubs.public(base) for base, _ in lineage(r, Type(head)) if last in base.names]
    return tuple(dict.fromkeys(f"{one}.{last}" for one in above if f"{one}.{last}" != name))
