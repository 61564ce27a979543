"""Which code does a call run? Functions of the project, callables outside, or why that is not known."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from broadcatch.program.annotations import instances_of
from broadcatch.program.decorating import TRANSPARENT as TRANSPARENT
from broadcatch.program.meaning import Bound, Choice, Instance, Meaning
from broadcatch.program.members import self_assignments
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import dotted, own_statements
from broadcatch.program.project import External
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import Scope
from broadcatch.program.text import expression
from broadcatch.program.types import Type, alternatives

LONGEST = 60
"""Characters of a callee that are shown."""
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


UNRESOLVED = "cannot be resolved"
"""Why, where the callee itself says no more."""


def resolve_call(r: Resolver, call: ast.Call, scope: Scope) -> Target:
    """The target of `call` as it stands in `scope`."""
    name = shown(call.func)
    if dotted(call.func) == "super" and scope.find("super") is None:
        return Target(name, externals=("builtins.super",))
    target = resolve_meaning(r, r.meaning(call.func, scope), name)
    if target.why and not target.functions and (target.why == UNRESOLVED or isinstance(call.func, ast.Name)):
        target = replace(target, why=_reason(r, call.func, scope) or target.why)
    if isinstance(call.func, ast.Attribute) and target.externals:
        target = replace(target, receiver=r.type_of(call.func.value, scope))
    return target


def resolve_meaning(r: Resolver, found: Meaning, name: str) -> Target:
    """What runs when a value with this meaning is called."""
    if isinstance(found, Function):
        return _of_functions(name, (found,))
    if isinstance(found, Bound):
        if found.is_property:
            given = r.called_property(found)
            if given is None:
                return Target(name, why="the value of a property is called")
            return resolve_meaning(r, given, name)
        return _of_functions(name, found.functions, found.why)
    if isinstance(found, Class):
        return constructor(r, found, name)
    if isinstance(found, External):
        return Target(name, externals=(found.name,))
    if isinstance(found, Choice):
        return _all_of(name, [resolve_meaning(r, one, name) for one in found.meanings])
    if isinstance(found, Instance) and found.type is not None:
        return _all_of(name, [_called_value(r, one, name) for one in alternatives(found.type)])
    if isinstance(found, Module):
        return Target(name, why="a module is called")
    return Target(name, why=UNRESOLVED)


def _of_functions(name: str, functions: tuple[Function, ...], why: str = "") -> Target:
    """Functions with a body; a stub has none, and is looked up by name."""
    own = tuple(one for one in functions if one.module.origin != "stub")
    named = tuple(one.name for one in functions if one.module.origin == "stub")
    return Target(name, own, named, why)


def _all_of(name: str, targets: list[Target]) -> Target:
    """One target for several that may be run."""
    if len(targets) == 1:
        return targets[0]
    functions = dict.fromkeys(function for one in targets for function in one.functions)
    externals = dict.fromkeys(external for one in targets for external in one.externals)
    why = next((one.why for one in targets if one.why), "")
    return Target(name, tuple(functions), tuple(externals), why)


def _called_value(r: Resolver, of: Type, name: str) -> Target:
    if of.name == "class":
        return _called_class(r, of, name)
    if of.name == "callable":
        return resolve_meaning(r, of.callee, name)  # type: ignore[arg-type]
    if of.name in ("collections.abc.Callable", "typing.Callable"):
        return Target(name, why="a function that is passed in is called")
    called = r.member(of, "__call__")
    if isinstance(of.target, Class):
        if isinstance(called, Bound):
            return resolve_meaning(r, called, name)
        return Target(name, why=f"`__call__` of {of.name} is not known")
    if of.name.startswith("builtins."):
        return Target(name, why=f"a value of type {of.name.removeprefix('builtins.')} is called")
    if of.target is not None or called is None:
        return Target(name, why=f"a value of type {of.name} is called")
    return Target(name, externals=(f"{of.name}.__call__",))


def _called_class(r: Resolver, of: Type, name: str) -> Target:
    """What a class in a variable runs: its constructor, and those of its subclasses."""
    made = instances_of(of)
    if made is None:
        return Target(name, why="a class of unknown kind is called")
    found = []
    for one in alternatives(made):
        if not isinstance(one.target, Class):
            found.append(Target(name, externals=(one.name,)))
            continue
        target = constructor(r, one.target, name)
        below = () if of.exact else r.overrides(one.target, "__init__")
        if below is None:
            found.append(replace(target, why="the class has too many subclasses"))
        else:
            found.append(replace(target, functions=(*target.functions, *below)))
    return _all_of(name, found)


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
    if cls.module.origin == "stub":
        return Target(name, externals=(cls.name,))
    made = _of_functions(name, tuple(functions), why)
    return replace(made, externals=tuple(dict.fromkeys((*externals, *made.externals))))


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
    """A callee in one short line; a long one without the arguments of the calls in it."""
    text = dotted(expr) or ast.unparse(expr)
    if len(text) > LONGEST:
        whole = expression(f"({text})")
        text = ast.unparse(_Shorter().visit(whole)) if whole is not None else text
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


class _Shorter(ast.NodeTransformer):
    """`chord(header=tasks, body=last).on_error(log)` as `chord(…).on_error(…)`."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        given: list[ast.expr] = [ast.Name("…", ast.Load())] if node.args or node.keywords else []
        return ast.Call(self.visit(node.func), given, [])


def _is_kept(r: Resolver, of: Type, name: str) -> bool:
    """Whether a class of the project has the attribute, as a value."""
    kinds = r.mro(of.target) if isinstance(of.target, Class) else ()
    return any(
        isinstance(one, Class) and (name in one.names or name in self_assignments(one)) for one in kinds
    )


def _reason(r: Resolver, func: ast.expr, scope: Scope) -> str:
    if isinstance(func, ast.Attribute):
        of = r.type_of(func.value, scope)
        if of is not None and of.name == "callable":
            return f"the attribute `{func.attr}` of a function is not known"
        if of is not None and _is_kept(r, of, func.attr):
            return f"what is kept in `{shown(func)}` is called, and it is not known what that is"
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
