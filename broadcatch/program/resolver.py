"""What does a name or an attribute mean where it stands? Symbols, and the members of classes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from broadcatch.program import infer, members, outside
from broadcatch.program.classes import Hierarchy
from broadcatch.program.meaning import Arguments, Bound, Choice, Instance, Meaning
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import Binding
from broadcatch.program.narrowing import narrowed
from broadcatch.program.placing import inner_binding, last_bindings
from broadcatch.program.project import External, Project, Symbol, Value, is_none
from broadcatch.program.scope import Scope, function_scope, is_builtin, module_scope
from broadcatch.program.stubs import Stubs, is_typeshed
from broadcatch.program.types import Type, common

MOST_OVERRIDES = 25
T = TypeVar("T")


class Resolver:
    """Meanings of expressions in one project; answers do not depend on the order of questions."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.hierarchy = Hierarchy(self.base_names, project.environment.minor)
        self.stubs = Stubs(project)
        self._scopes: dict[str, Scope] = {}
        self._bases: dict[Class, tuple[Class | External | None, ...]] = {}
        self._attributes: dict[Class, dict[str, list[members.Assignment]]] = {}
        self._standard: dict[str, Function | Class | None] = {}
        self._busy: set[object] = set()
        self.types: dict[object, Type | None] = {}
        self.notes: dict[object, object] = {}
        self.cuts = 0

    def scope(self, function: Function) -> Scope:
        """The scope of a function's body."""
        if function.key not in self._scopes:
            around = self.scope(function.outer) if function.outer else module_scope(function.module)
            self._scopes[function.key] = function_scope(function, around)
        return self._scopes[function.key]

    def class_scope(self, cls: Class) -> Scope:
        """The scope in which the bases, annotations and values of a class stand."""
        around = self.scope(cls.outer) if cls.outer else module_scope(cls.module)
        return Scope(cls.module, owner=cls, names=cls.names, outer=around)

    def meaning(self, expr: ast.expr, scope: Scope) -> Meaning:
        """What an expression stands for; None if that cannot be told."""
        if isinstance(expr, ast.Name):
            return self._narrowed(expr, scope, self._named(expr, scope))
        if isinstance(expr, ast.Attribute):
            found = self.attribute(self.meaning(expr.value, scope), expr.attr)
            return self._narrowed(expr, scope, found)
        of = infer.type_of(self, expr, scope)
        return self._unwrapped(Instance(of)) if of else None

    def _narrowed(self, expr: ast.expr, scope: Scope, found: Meaning) -> Meaning:
        """With what the tests around tell; only a value whose class may vary is asked about."""
        if isinstance(found, Instance) or found is None:
            before = found.type if found else None
            of = narrowed(self, expr, scope, before)
            found = Instance(of) if of != before else found
        return self._unwrapped(found)

    def _unwrapped(self, found: Meaning) -> Meaning:
        """A function in a variable is the function."""
        if not isinstance(found, Instance) or found.type is None:
            return found
        of = found.type
        if of.name == "callable":
            return of.callee  # type: ignore[return-value]
        if of.name == "class" and of.exact and isinstance(of.target, Class):
            return of.target
        if of.name == "union" and all(one.name == "callable" for one in of.args):
            return Choice(tuple(one.callee for one in of.args))  # type: ignore[misc]
        return found

    def called(
        self, found: Meaning, arguments: Arguments | None = None, receiver: Type | None = None
    ) -> Type | None:
        """The type of what calling a value with this meaning gives."""
        return infer.called(self, found, arguments, receiver)

    def called_property(self, found: Bound) -> Meaning:
        """What the value of a property means; None if its type is unknown."""
        of = infer.of_meaning(self, found)
        return self._unwrapped(Instance(of)) if of is not None else None

    def lacks(self, of: Type, name: str) -> bool:
        """Whether a value of this type surely has no such attribute."""
        return outside.lacks(self, of, name)

    def type_of(self, expr: ast.expr, scope: Scope) -> Type | None:
        """The class of an expression's value; None if unknown."""
        return infer.type_of(self, expr, scope)

    def class_named(self, expr: ast.expr, scope: Scope) -> str:
        """The canonical name of the class that an expression names; "" if it names none that is known."""
        found = self.meaning(expr, scope)
        if isinstance(found, Class):
            return self.hierarchy.name_of(found)
        if isinstance(found, External):
            return self.hierarchy.canonical(found.name)
        if isinstance(found, Instance) and found.type and found.type.name == "class":
            target = found.type.target
            return self.hierarchy.name_of(target) if isinstance(target, Class) else ""
        return ""

    def attribute(self, of: Meaning, name: str) -> Meaning:
        """What `of.name` means."""
        if isinstance(of, Module):
            return self._settle(self.project.member(of, name))
        if isinstance(of, External):
            return External(f"{of.name}.{name}")
        if isinstance(of, Class):
            return self.class_member(of, name)
        if isinstance(of, Instance) and of.type is not None:
            return self.member(of.type, name)
        if isinstance(of, Bound) and of.is_property:
            given = infer.of_meaning(self, of)
            return self.member(given, name) if given is not None else None
        if isinstance(of, Choice):
            return _choice([self.attribute(one, name) for one in of.meanings])
        return None

    def member(self, of: Type, name: str) -> Meaning:
        """What attribute `name` of a value of this type means."""
        if of.name == "union":
            kept = [one for one in of.args if not self.lacks(one, name)]
            return _choice([self.member(one, name) for one in kept])
        if isinstance(of.target, Class):
            exact = of.exact or of.name == "super"
            if of.name == "class":
                found = self.class_member(of.target, name, exact=of.exact)
            else:
                above = of.name == "super"
                found = self.class_member(of.target, name, exact=exact, above=above, instance=True)
            return replace(found, receiver=of) if isinstance(found, Bound) and of.name != "super" else found
        if of.name == "class" and of.args and of.args[0].target is None and of.args[0].name != "union":
            return External(f"{of.args[0].name}.{name}")
        if of.target is not None or of.name in ("class", "callable", "coroutine", "generator"):
            return self._of_iterator(of, name)
        return None if self.lacks(of, name) else External(f"{of.name}.{name}")

    def _of_iterator(self, of: Type, name: str) -> Meaning:
        """Methods of generators and coroutines."""
        if of.name == "generator" and isinstance(of.target, Function):
            return External(f"typing.{'AsyncGenerator' if of.target.is_async else 'Generator'}.{name}")
        return External(f"typing.Coroutine.{name}") if of.name == "coroutine" else None

    def class_member(
        self,
        cls: Class,
        name: str,
        exact: bool = True,
        above: bool = False,
        instance: bool = False,
    ) -> Meaning:
        """The member found along the bases; without `exact`, overrides in subclasses count too."""
        for base in self.mro(cls)[1 if above else 0 :]:
            if isinstance(base, External):
                if outside.lacks(self, Type(base.name), name):
                    continue
                return External(f"{base.name}.{name}") if base.name != "builtins.object" else None
            if base is None:
                return None
            if name in base.members:
                return self._bound(base.members[name], cls, name, exact)
            if name in base.nested:
                return base.nested[name]
            known = self._attribute_type(base, name) if instance or name in base.names else None
            if known is not None:
                return self._unwrapped(Instance(known[0]))
        return None

    def standard(self, name: str) -> Function | Class | None:
        """The source of something in the standard library, under any name that it has there."""
        if name not in self._standard:
            self._standard[name] = None  # where a name leads back to itself
            self._standard[name] = self._of_standard(name.removeprefix("typing_extensions."))
        return self._standard[name]

    def _of_standard(self, name: str) -> Function | Class | None:
        parts = name.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            module = self.project.standard(".".join(parts[:cut]))
            if module is not None:
                return self._inside_standard(module, parts[cut:])
        return None

    def _inside_standard(self, module: Module, parts: list[str]) -> Function | Class | None:
        found: Meaning = module
        for part in parts:
            found = self.attribute(found, part)
            if isinstance(found, External):
                found = self.standard(found.name)
        if isinstance(found, Bound) and len(found.functions) == 1 and not found.why:
            return found.functions[0]
        return found if isinstance(found, (Function, Class)) else None

    def mro(self, cls: Class) -> list[Class | External | None]:
        """The class and its ancestors, depth first; None stands for a base that cannot be resolved."""
        found: list[Class | External | None] = [cls]
        for base in self.bases(cls):
            if isinstance(base, Class) and base is not cls and len(found) < 60:
                found += [one for one in self.mro(base) if one not in found or one is None]
            elif base not in found:
                found.append(base)
        return sorted(found, key=lambda one: 0 if isinstance(one, Class) else 1 if one else 2)

    def bases(self, cls: Class) -> tuple[Class | External | None, ...]:
        """The direct bases, resolved."""
        if cls not in self._bases:
            self._bases[cls] = ()
            around = self.scope(cls.outer) if cls.outer else module_scope(cls.module)
            plain = [b.value if isinstance(b, ast.Subscript) else b for b in cls.node.bases]
            found = [self.meaning(base, around) for base in plain]
            self._bases[cls] = tuple(b if isinstance(b, (Class, External)) else None for b in found)
        return self._bases[cls]

    def base_names(self, cls: Class) -> tuple[str, ...] | None:
        """Canonical names of the direct bases; None if one cannot be resolved."""
        names = []
        for base in self.bases(cls):
            if base is None:
                return None
            is_own = isinstance(base, Class)
            names.append(self.hierarchy.name_of(base) if is_own else self.hierarchy.canonical(base.name))  # type: ignore[arg-type]
        return tuple(names) or ("object",)

    def overrides(self, cls: Class, name: str) -> list[Function] | None:
        """Implementations of a method in subclasses of the project; None if there are too many to follow."""
        found: dict[str, Function] = {}
        seen: set[Class] = {cls}
        todo = [cls]
        while todo:
            current = todo.pop()
            for below in self._direct_subclasses(current):
                if below not in seen:
                    seen.add(below)
                    todo.append(below)
                    if name in below.members:
                        found[below.members[name].key] = below.members[name]
            if len(found) > MOST_OVERRIDES or len(seen) > 20 * MOST_OVERRIDES:
                return None
        return [found[key] for key in sorted(found)]

    def _direct_subclasses(self, cls: Class) -> list[Class]:
        found = []
        for path, name in self.project.subclasses(cls.qualname, cls.module):
            module = self.project.module_at(path)
            for candidate in module.classes.values():
                if candidate.node.name == name and cls in self.bases(candidate):
                    found.append(candidate)
        return found

    def _bound(self, function: Function, cls: Class, name: str, exact: bool) -> Bound:
        if exact or name.startswith("__") and not name.endswith("__"):
            return Bound((function,))
        others = self.overrides(cls, name)
        if others is None:
            return Bound(
                (function,), declared=function, why=f"more than {MOST_OVERRIDES} classes override it"
            )
        if members.is_abstract(function):
            why = "" if others else "abstract, and no implementation is in the project"
            return Bound(tuple(others) or (function,), why=why, declared=function)
        hook = members.is_hook(function) and not others
        why = "it does nothing here, and no override of it is in the project" if hook else ""
        return Bound((function, *others), why=why, declared=function)

    def _named(self, expr: ast.Name, scope: Scope) -> Meaning:
        name = expr.id
        inner = inner_binding(self, expr, scope)
        if inner is not None:
            return self._unwrapped(Instance(infer.binding_type(self, inner, scope)))
        found = scope.find(name)
        if found is None:
            return self._from_elsewhere(name, scope)
        where, bound = found
        if where.function is None and where.owner is None:
            if is_typeshed(scope.module):
                return self._of_stub(name, scope)
            return self._settle(self.project.member(scope.module, name))
        if len(bound) > 1 and where is scope and scope.function is not None:
            if all(one.how != "annotation" for one in bound):
                bound = last_bindings(self, expr, scope) or bound
        return self._local(name, where, bound)

    def _from_elsewhere(self, name: str, scope: Scope) -> Meaning:
        """A name that only a star import or Python itself binds."""
        if is_typeshed(scope.module):
            return self._of_stub(name, scope)
        starred = self.project.member(scope.module, name) if scope.module.stars else None
        if starred is not None:
            return self._settle(starred)
        return self._of_star(name, scope.module.stars)

    def _of_star(self, name: str, stars: tuple[str, ...]) -> Meaning:
        """A name from a star import of the standard library, or a builtin."""
        for star in stars:
            source = self.stubs.module(star)
            if source is not None and self.stubs.holds(source, name):
                return External(f"{star}.{name}")
        return External(f"builtins.{name}") if is_builtin(name) else None

    def _of_stub(self, name: str, scope: Scope) -> Meaning:
        """A module-level name of a stub of the standard library."""
        module = scope.module
        bound = module.names.get(name, ())
        if bound and bound[-1].how == "import":
            return External(bound[-1].target)
        if bound and bound[-1].how == "class":
            return module.classes.get(name)
        if bound and bound[-1].how == "def":
            return module.functions.get(name)
        if bound:
            return Instance(infer.bound_type(self, name, bound, module_scope(module)))
        return self._of_star(name, module.stars)

    def _local(self, name: str, scope: Scope, bound: tuple[Binding, ...]) -> Meaning:
        if len(bound) == 1:
            only = bound[0]
            if only.how == "import":
                return self._settle(self.project.resolve(only.target, scope.module))
            if only.how == "def" and scope.function:
                return scope.module.functions.get(f"{scope.function.qualname}.<locals>.{name}")
            if only.how == "class" and scope.function:
                return scope.module.classes.get(f"{scope.function.qualname}.<locals>.{name}")
            if only.how == "def" and scope.owner and not scope.function:
                return scope.owner.members.get(name)
            if only.how == "class" and scope.owner and not scope.function:
                return scope.owner.nested.get(name)
            if only.how == "value" and not only.path and isinstance(only.expr, (ast.Name, ast.Attribute)):
                aliased = only.expr
                return self.guarded(("alias", scope, only), lambda: self.meaning(aliased, scope))
        if any(one.how in ("import", "def", "class") for one in bound):
            return self._several(bound, scope)
        return Instance(infer.bound_type(self, name, bound, scope))

    def guarded(self, key: object, answer: Callable[[], T]) -> T | None:
        """The answer, or None where the question leads back to itself (counted in `cuts`, not remembered)."""
        if key in self._busy:
            self.cuts += 1
            return None
        self._busy.add(key)
        try:
            return answer()
        finally:
            self._busy.discard(key)

    def _settle(self, symbol: Symbol | None) -> Meaning:
        """A module-level value is an instance of its type."""
        if not isinstance(symbol, Value):
            return symbol
        around = module_scope(symbol.module)
        bound = symbol.bindings
        if any(one.how in ("import", "def", "class") for one in bound):
            return self._several(bound, around)
        if symbol.name in symbol.module.rebound and all(b.how != "annotation" for b in bound):
            bound = tuple(b for b in bound if b.how != "value")
            return Instance(infer.bound_type(self, symbol.name, bound, around))
        return self._unwrapped(Instance(infer.bound_type(self, symbol.name, bound, around)))

    def _several(self, bound: tuple[Binding, ...], scope: Scope) -> Meaning:
        """What a name means that branches bind to different things: all of them."""
        return _choice([self._of_binding(one, scope) for one in bound if not is_none(one)])

    def _of_binding(self, one: Binding, scope: Scope) -> Meaning:
        module = scope.module
        if one.how == "import":
            return self._settle(self.project.resolve(one.target, module))
        if one.how == "def":
            return next((each for each in module.extents if each.node is one.node), None)
        if one.how == "class":
            return next((each for each in module.classes.values() if each.node is one.node), None)
        if one.how == "value" and not one.path and isinstance(one.expr, (ast.Name, ast.Attribute)):
            aliased = one.expr
            return self.guarded(("alias", module.path, one), lambda: self.meaning(aliased, scope))
        of = infer.binding_type(self, one, scope)
        return self._unwrapped(Instance(of)) if of is not None else None

    def _attribute_type(self, cls: Class, name: str) -> tuple[Type | None] | None:
        """As `members.attribute_type`; the methods of a class are read once."""
        if cls not in self._attributes:
            self._attributes[cls] = members.self_assignments(cls)
        return members.attribute_type(self, cls, name, self._attributes[cls].get(name, []))


def _choice(found: list[Meaning]) -> Meaning:
    """One meaning for several; None where one of them is unknown."""
    flat: dict[Meaning, None] = {}
    for one in found:
        for each in one.meanings if isinstance(one, Choice) else (one,):
            if each is None or (isinstance(each, Instance) and each.type is None):
                return None
            flat[each] = None
    only = list(flat)
    if len(only) > 1 and all(isinstance(one, Instance) for one in only):
        return Instance(common([one.type for one in only if isinstance(one, Instance)]))
    return only[0] if len(only) == 1 else Choice(tuple(only)) if only else None
