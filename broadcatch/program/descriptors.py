"""What does reading an attribute give that is a descriptor in its class? What its `__get__` returns."""

from __future__ import annotations

import ast

from broadcatch.program import results
from broadcatch.program.annotations import annotated
from broadcatch.program.generics import class_of, variables_of
from broadcatch.program.infer import bound_type
from broadcatch.program.meaning import Bound, Meanings
from broadcatch.program.module import Class, Function
from broadcatch.program.overloads import declared
from broadcatch.program.types import Type


def getter(r: Meanings, of: Type | None) -> Function | None:
    """The `__get__` of a value's class, where the class is read from source."""
    if of is None or not isinstance(class_of(r, of), Class) or of.target is None:
        return None
    found = r.member(of, "__get__")
    return found.functions[0] if isinstance(found, Bound) and found.functions else None


def read(r: Meanings, of: Type, function: Function, on_instance: bool) -> Type | None:
    """The type of the attribute, as `function` (the `__get__`) declares it."""
    fitting = [one for one in declared(function) if _asks_for_none(one) != on_instance]
    if len(declared(function)) > 1 and len(fitting) == 1:
        chosen = fitting[0]
        if chosen.node.returns is None:
            return None
        return annotated(r, chosen.node.returns, results.around(r, chosen), variables_of(r, of, chosen))
    return results.returned(r, function, of)


def method_of(r: Meanings, cls: Class, name: str, method: str) -> Bound | None:
    """A method of the object that the class's body binds to a name; None where its class has no source.

    What an unknown call makes may have one: that is said, and no function named.
    """
    held = bound_type(r, name, cls.names[name], r.class_scope(cls))
    if held is None and any(isinstance(one.expr or one.value, ast.Call) for one in cls.names[name]):
        return Bound((), why="what the class holds there is of unknown type, and may run code")
    if held is None or not isinstance(held.target, Class) or held.name == "class":
        return None
    found = r.member(held, method)
    return found if isinstance(found, Bound) else None


def _asks_for_none(function: Function) -> bool:
    """Whether this signature is for the access on the class itself."""
    plain = [*function.node.args.posonlyargs, *function.node.args.args]
    wanted = plain[1].annotation if len(plain) > 1 else None
    return isinstance(wanted, ast.Constant) and wanted.value in (None, "None")
