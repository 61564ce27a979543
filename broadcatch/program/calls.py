"""Which code does a call run? Functions of the project, callables outside, or why that is not known."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from broadcatch.program.meaning import Bound, Instance, Meaning
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import dotted, own_statements
from broadcatch.program.project import External
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import Scope
from broadcatch.program.types import Type

TRANSPARENT = frozenset(
    "builtins.property builtins.staticmethod builtins.classmethod functools.wraps functools.lru_cache "
    "functools.cache functools.cached_property functools.singledispatch abc.abstractmethod "
    "abc.abstractproperty contextlib.contextmanager contextlib.asynccontextmanager typing.override "
    "typing.overload typing.final typing.no_type_check typing_extensions.override warnings.deprecated "
    "functools.total_ordering dataclasses.dataclass atexit.register".split()
)
"""Decorators outside the project that add no exceptions of their own."""

PLAIN_CLASSES = frozenset(
    "dataclasses.dataclass functools.total_ordering enum.unique typing.final typing.runtime_checkable "
    "typing_extensions.final typing_extensions.runtime_checkable typing.dataclass_transform "
    "warnings.deprecated typing_extensions.deprecated typing.type_check_only".split()
)
"""Decorators of classes whose constructor, if they make one, raises nothing of its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a call runs: all of `functions` and `externals` may; `why` is not empty if something else may too.

    `receiver` is the type of the object that the method belongs to, as far as it is known.
    """

    name: str
    functions: tuple[Function, ...] = ()
    externals: tuple[str, ...] = ()
    why: str = ""
    receiver: Type | None = None


def resolve_call(r: Resolver, call: ast.Call, scope: Scope) -> Target:
    """The target of `call` as it stands in `scope`."""
    name = shown(call.func)
    if dotted(call.func) == "super" and scope.find("super") is None:
        return Target(name, externals=("builtins.super",))
    target = resolve_meaning(r, r.meaning(call.func, scope), name)
    if target.why and not target.functions:
        target = replace(target, why=_reason(r, call.func, scope) or target.why)
    if isinstance(call.func, ast.Attribute) and target.externals:
        target = replace(target, receiver=r.type_of(call.func.value, scope))
    return target


def resolve_meaning(r: Resolver, found: Meaning, name: str) -> Target:
    """What runs when a value with this meaning is called."""
    if isinstance(found, Function):
        return Target(name, (found,))
    if isinstance(found, Bound):
        if found.is_property:
            return Target(name, why="the value of a property is called")
        return Target(name, found.functions, why=found.why)
    if isinstance(found, Class):
        return constructor(r, found, name)
    if isinstance(found, External):
        return Target(name, externals=(found.name,))
    if isinstance(found, Instance) and found.type is not None:
        return _called_value(r, found.type, name)
    if isinstance(found, Module):
        return Target(name, why="a module is called")
    return Target(name, why="cannot be resolved")


def _called_value(r: Resolver, of: Type, name: str) -> Target:
    if of.name == "class" and isinstance(of.target, Class):
        made = constructor(r, of.target, name)
        below = () if of.exact else r.overrides(of.target, "__init__")
        if below is None:
            return replace(made, why="the class has too many subclasses")
        return replace(made, functions=(*made.functions, *below))
    if isinstance(of.target, Class):
        called = r.member(of, "__call__")
        if isinstance(called, Bound):
            return Target(name, called.functions, why=called.why)
        return Target(name, why=f"`__call__` of {of.name} is not known")
    if of.name in ("collections.abc.Callable", "typing.Callable"):
        return Target(name, why="a function that is passed in is called")
    if of.name.startswith("builtins."):
        return Target(name, why=f"a value of type {of.name.removeprefix('builtins.')} is called")
    return Target(name, externals=(f"{of.name}.__call__",))


def constructor(r: Resolver, cls: Class, name: str) -> Target:
    """What making an instance runs: `__new__`, `__init__`, `__post_init__`; or the base that brings them."""
    functions: list[Function] = []
    externals: list[str] = []
    why = ""
    wanted = ["__new__", "__init__", "__post_init__"]
    for base in r.mro(cls):
        if isinstance(base, Class):
            why = why or (_class_decorator(r, base) if "__init__" in wanted else "")
            for special in [one for one in wanted if one in base.members]:
                functions.append(base.members[special])
                wanted.remove(special)
        elif "__init__" in wanted and base is not None:
            externals.append(base.name)
        elif "__init__" in wanted:
            why = "the class has a base that cannot be resolved"
    if any(keyword.arg == "metaclass" for keyword in cls.node.keywords) and not functions:
        why = why or _metaclass(r, cls)
    return Target(name, tuple(functions), tuple(dict.fromkeys(externals)), why)


def _class_decorator(r: Resolver, cls: Class) -> str:
    """Why a decorator may have given the class a constructor; "" where none does."""
    for decorator in cls.node.decorator_list:
        plain = decorator.func if isinstance(decorator, ast.Call) else decorator
        found = r.meaning(plain, r.class_scope(cls))
        known = isinstance(found, External) and found.name in PLAIN_CLASSES
        if not known and not (isinstance(found, Function) and _gives_back(found)):
            return f"decorated by {shown(plain)}, which may make a constructor"
    return ""


def _gives_back(function: Function) -> bool:
    """Whether a function returns its first parameter, and only that."""
    args = function.node.args
    first = [one.arg for one in (*args.posonlyargs, *args.args)][:1]
    returned = [one.value for one in own_statements(function.node.body) if isinstance(one, ast.Return)]
    return bool(returned) and all(getattr(one, "id", None) in first for one in returned)


def _metaclass(r: Resolver, cls: Class) -> str:
    for keyword in cls.node.keywords:
        if keyword.arg == "metaclass":
            found = r.meaning(keyword.value, r.class_scope(cls))
            if isinstance(found, External) and found.name in (
                "abc.ABCMeta",
                "enum.EnumMeta",
                "enum.EnumType",
            ):
                return ""
    return "its metaclass may do anything"


def is_deferred(function: Function) -> bool:
    """Whether a call only makes a coroutine or a generator."""
    return function.is_async or function.yields


def shown(expr: ast.expr) -> str:
    """A callee in one short line."""
    text = dotted(expr) or ast.unparse(expr)
    return text if len(text) <= 60 else text[:57] + "..."


def _reason(r: Resolver, func: ast.expr, scope: Scope) -> str:
    if isinstance(func, ast.Attribute):
        of = r.type_of(func.value, scope)
        if of is not None:
            return f"{of.name} has no `{func.attr}` that can be found"
        return f"method of `{shown(func.value)}`, whose type is not known"
    if isinstance(func, ast.Name):
        found = scope.find(func.id)
        if found is None:
            return "the name is bound nowhere"
        how = found[1][0].how
        if how == "parameter":
            return "a parameter is called"
        if how == "import":
            return f"import of {found[1][0].target} cannot be followed"
        return "a value of unknown type is called"
    return "the callee is computed"
