"""What does a name or an attribute mean where it stands? Symbols, and the members of classes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeVar

from broadcatch.program import infer, members
from broadcatch.program.classes import Hierarchy
from broadcatch.program.meaning import Bound, Instance, Meaning
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import Binding
from broadcatch.program.project import External, Project, Symbol, Value
from broadcatch.program.scope import Scope, function_scope, is_builtin, module_scope
from broadcatch.program.types import Type

MOST_OVERRIDES = 25
T = TypeVar("T")


class Resolver:
    """Meanings of expressions in one project; answers do not depend on the order of questions."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.hierarchy = Hierarchy(self.base_names, project.environment.minor)
        self._scopes: dict[str, Scope] = {}
        self._bases: dict[Class, tuple[Class | External | None, ...]] = {}
        self._attributes: dict[Class, dict[str, list[members.Assignment]]] = {}
        self._standard: dict[str, Function | Class | None] = {}
        self._below: dict[tuple[Class, str], list[Class]] = {}
        self._busy: set[object] = set()
        self.types: dict[object, Type | None] = {}
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
            return self._name(expr.id, scope)
        if isinstance(expr, ast.Attribute):
            return self.attribute(self.meaning(expr.value, scope), expr.attr)
        found = infer.type_of(self, expr, scope)
        return Instance(found) if found else None

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
            return self.attribute(Instance(infer.result(self, of.functions[0])), name)
        return None

    def member(self, of: Type, name: str) -> Meaning:
        """What attribute `name` of a value of this type means."""
        if isinstance(of.target, Class):
            exact = of.exact or of.name == "super"
            return self.class_member(of.target, name, exact=exact, above=of.name == "super", instance=True)
        if of.target is not None or of.name == "class":
            return None
        return External(f"{of.name}.{name}")

    def class_member(
        self, cls: Class, name: str, exact: bool = True, above: bool = False, instance: bool = False
    ) -> Meaning:
        """The member found along the bases; without `exact`, overrides in subclasses count too."""
        for base in self.mro(cls)[1 if above else 0 :]:
            if isinstance(base, External):
                return External(f"{base.name}.{name}") if base.name != "builtins.object" else None
            if base is None:
                return None
            if name in base.members:
                return self._bound(base.members[name], cls, name, exact)
            if name in base.nested:
                return base.nested[name]
            known = self._attribute_type(base, name) if instance or name in base.names else None
            if known is not None:
                return Instance(known[0])
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
            for below in self._direct_subclasses(current, name):
                if below not in seen:
                    seen.add(below)
                    todo.append(below)
                    if name in below.members:
                        found[below.members[name].key] = below.members[name]
            if len(found) > MOST_OVERRIDES or len(seen) > 20 * MOST_OVERRIDES:
                return None
        return [found[key] for key in sorted(found)]

    def all_below(self, cls: Class) -> list[Class]:
        """Subclasses of any depth that can be found."""
        found = [cls]
        for current in found:
            found += [one for one in self._direct_subclasses(current) if one not in found]
        return found[1:]

    def _direct_subclasses(self, cls: Class, method: str = "") -> list[Class]:
        """Those of which they or a subclass can define `method`, where one is named."""
        key = (cls, method)
        if key not in self._below:
            before = self.cuts
            candidates = self.project.subclasses(cls.qualname, cls.module, method)
            found = [one for one in candidates if cls in self.bases(one)]
            if self.cuts != before:
                return found
            self._below[key] = found
        return self._below[key]

    def _bound(self, function: Function, cls: Class, name: str, exact: bool) -> Bound:
        if exact or name.startswith("__") and not name.endswith("__"):
            return Bound((function,))
        others = self.overrides(cls, name)
        if others is None:
            return Bound((function,), why=f"more than {MOST_OVERRIDES} classes override it")
        if members.is_abstract(function):
            why = "" if others else "abstract, and no implementation is in the project"
            return Bound(tuple(others) or (function,), why=why)
        hook = members.is_hook(function) and not others
        why = "it does nothing here, and no override of it is in the project" if hook else ""
        return Bound((function, *others), why=why)

    def _name(self, name: str, scope: Scope) -> Meaning:
        found = scope.find(name)
        if found is None:
            starred = self.project.member(scope.module, name) if scope.module.stars else None
            if starred is not None:
                return self._settle(starred)
            return External(f"builtins.{name}") if is_builtin(name) else None
        where, bound = found
        if where.function is None and where.owner is None:
            return self._settle(self.project.member(scope.module, name))
        return self._local(name, where, bound)

    def _local(self, name: str, scope: Scope, bound: tuple[Binding, ...]) -> Meaning:
        if len(bound) == 1:
            only = bound[0]
            if only.how == "import":
                return self._settle(self.project.resolve(only.target, scope.module))
            if only.how == "def" and scope.function:
                return scope.module.functions.get(f"{scope.function.qualname}.<locals>.{name}")
            if only.how == "class" and scope.function:
                return scope.module.classes.get(f"{scope.function.qualname}.<locals>.{name}")
            if only.how == "value" and isinstance(only.expr, (ast.Name, ast.Attribute)):
                aliased = only.expr
                return self.guarded(("alias", scope, name), lambda: self.meaning(aliased, scope))
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
        if symbol.name in symbol.module.rebound and all(b.how != "annotation" for b in symbol.bindings):
            real = tuple(b for b in symbol.bindings if b.how != "value")
            return Instance(infer.bound_type(self, symbol.name, real, module_scope(symbol.module)))
        return Instance(infer.bound_type(self, symbol.name, symbol.bindings, module_scope(symbol.module)))

    def _attribute_type(self, cls: Class, name: str) -> tuple[Type | None] | None:
        """As `members.attribute_type`; the methods of a class are read once."""
        if cls not in self._attributes:
            self._attributes[cls] = members.self_assignments(cls)
        return members.attribute_type(self, cls, name, self._attributes[cls].get(name, []))
