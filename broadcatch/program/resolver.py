"""What does a name or an attribute mean where it stands? Symbols, and the members of classes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

from broadcatch.program import descriptors, infer, libraries, members, outside
from broadcatch.program.classes import Hierarchy
from broadcatch.program.locate import is_standard
from broadcatch.program.meaning import Arguments, Bound, Choice, Instance, Meaning
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.naming import Naming, choice
from broadcatch.program.narrowing import narrowed
from broadcatch.program.project import External, Project
from broadcatch.program.questions import Questions
from broadcatch.program.scope import Scope, function_scope, module_scope
from broadcatch.program.stubs import Stubs
from broadcatch.program.types import Type

ENUMS = frozenset(f"enum.{one}" for one in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"))
_WITHOUT_MEMBERS = frozenset({"typing.Generic", "typing.Protocol", "typing_extensions.Protocol", "abc.ABC"})
T = TypeVar("T")


class Resolver(Naming):
    """Meanings of expressions in one project; answers do not depend on the order of questions."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self.hierarchy = Hierarchy(self.base_names, project.environment.minor, self.is_settled)
        self.stubs = Stubs(project)
        self._scopes: dict[Function, Scope] = {}
        self._attributes: dict[Class, dict[str, list[members.Assignment]]] = {}
        self._standard: dict[str, Function | Class | None] = {}
        self._questions = Questions()
        self._meanings: dict[tuple[ast.expr, Function], Meaning] = {}
        self.types: dict[object, Type | None] = {}
        self.notes: dict[object, object] = {}

    def scope(self, function: Function) -> Scope:
        """The scope of a function's body."""
        if function not in self._scopes:
            around = self.scope(function.outer) if function.outer else module_scope(function.module)
            self._scopes[function] = function_scope(function, around)
        return self._scopes[function]

    def class_scope(self, cls: Class) -> Scope:
        """The scope in which the bases, annotations and values of a class stand."""
        around = self.scope(cls.outer) if cls.outer else module_scope(cls.module)
        return Scope(cls.module, owner=cls, names=cls.names, outer=around)

    def meaning(self, expr: ast.expr, scope: Scope) -> Meaning:
        """What an expression stands for; None if that cannot be told."""
        if scope.function is None:
            return self._meaning(expr, scope)
        key = (expr, scope.function)
        if key in self._meanings:
            return self._meanings[key]
        before = self.cuts
        found = self._meaning(expr, scope)
        if self.cuts == before and not self._resolving:
            self._meanings[key] = found
        return found

    def _meaning(self, expr: ast.expr, scope: Scope) -> Meaning:
        if isinstance(expr, ast.Name):
            return self._narrowed(expr, scope, self._named(expr, scope))
        if isinstance(expr, ast.Attribute):
            of = self.meaning(expr.value, scope)
            if isinstance(of, External) and outside.is_value(self, of.name):
                of = Instance(infer.type_of(self, expr.value, scope))
            found = self.attribute(of, expr.attr)
            return self._narrowed(expr, scope, found)
        given = infer.type_of(self, expr, scope)
        return self._unwrapped(Instance(given)) if given else None

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

    def spellings(self, name: str) -> tuple[str, ...]:
        """Other names of a method of the standard library: those that the bases of its class give it."""
        return outside.spellings(self, name)

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

    def exception(self, name: str) -> str:
        """The canonical name of an exception class that is named as one would import it."""
        canonical = self.hierarchy.canonical(name)
        if "." not in canonical or is_standard(canonical):
            return canonical
        found = self.project.resolve(name)
        if isinstance(found, Class):
            return self.hierarchy.name_of(found)
        return self.hierarchy.canonical(found.name) if isinstance(found, External) else canonical

    def attribute(self, of: Meaning, name: str) -> Meaning:
        """What `of.name` means."""
        if name == "__dict__" and of is not None:
            return Instance(Type("builtins.dict"))
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
            return choice([self.attribute(one, name) for one in of.meanings])
        task = libraries.decorated_as(self, of) if isinstance(of, Function) else None
        return self.member(task, name) if task is not None else None

    def member(self, of: Type, name: str) -> Meaning:
        """What attribute `name` of a value of this type means."""
        if of.name == "union":
            kept = [one for one in of.args if not self.lacks(one, name)]
            return choice([self.member(one, name) for one in kept])
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
        self, cls: Class, name: str, exact: bool = True, above: bool = False, instance: bool = False
    ) -> Meaning:
        """The member found along the bases; without `exact`, overrides in subclasses count too."""
        for base in self.mro(cls)[1 if above else 0 :]:
            if isinstance(base, External):
                if base.name in _WITHOUT_MEMBERS or outside.lacks(self, Type(base.name), name):
                    continue
                if base.name == "builtins.object":
                    return None
                found = External(f"{base.name}.{name}")
                return found if exact else self._overridden(found, cls, name)
            if base is None:
                return None
            if name in base.members:
                return self._bound(base.members[name], cls, name, exact)
            if name in base.nested:
                return base.nested[name]
            if self.is_enumeration(base) and members.is_member(base, name):
                return Instance(Type(base.name, target=base))
            known = self._attribute_type(base, name) if instance or name in base.names else None
            if known is not None:
                held = self._read(known[0], instance, name in base.names)
                runs = isinstance(held, (Class, Function, Choice))
                return choice([held, *self._replaced(cls, name)]) if runs and not exact else held
        return libraries.member(self, self.mro(cls), name)

    def _replaced(self, cls: Class, name: str) -> list[Meaning]:
        """What subclasses put in the place of a class or function that an attribute holds."""
        found = ((below, self._attribute_type(below, name)) for below in self.all_below(cls, name))
        return [
            self._read(known[0], True, name in below.names) for below, known in found if known is not None
        ]

    def is_enumeration(self, cls: Class) -> bool:
        """Whether the values in the body of the class are its members."""
        return any(isinstance(one, External) and one.name in ENUMS for one in self.mro(cls))

    def descriptor(self, of: Type, name: str, method: str) -> Bound | None:
        """The method (`__get__`, `__set__`) of the object in the class's body that such an attribute runs."""
        bases = self.mro(of.target) if isinstance(of.target, Class) and of.name != "class" else []
        for base in bases:
            if isinstance(base, Class) and (name in base.members or name in base.nested):
                return None
            if isinstance(base, Class) and name in base.names:
                return descriptors.method_of(self, base, name, method)
        return None

    def _read(self, of: Type | None, instance: bool, in_body: bool) -> Meaning:
        """The value of an attribute; one that the class's body binds may be a descriptor."""
        getter = descriptors.getter(self, of) if in_body else None
        if getter is not None and of is not None:
            return self._unwrapped(Instance(descriptors.read(self, of, getter, instance)))
        return self._unwrapped(Instance(of))

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

    @property
    def cuts(self) -> int:
        """How many questions led back to themselves so far."""
        return self._questions.cuts

    def guarded(self, key: Hashable, answer: Callable[[], T]) -> T | None:
        """The answer, or None where the question leads back to itself (counted in `cuts`, not remembered)."""
        return self._questions.guarded(key, answer)

    def kept(self, key: Hashable, answer: Callable[[], T]) -> T | None:
        """As `guarded`; remembered for where the same questions stand around it."""
        return self._questions.kept(key, answer)

    def _attribute_type(self, cls: Class, name: str) -> tuple[Type | None] | None:
        """As `members.attribute_type`; the methods of a class are read once."""
        if cls not in self._attributes:
            self._attributes[cls] = members.self_assignments(cls)
        assigned = self._attributes[cls].get(name, [])
        if not assigned and name not in cls.names:
            return None
        key = ("attribute", cls, name)  # one question, however many expressions lead to it
        return self.kept(key, lambda: members.attribute_type(self, cls, name, assigned)) or (None,)
