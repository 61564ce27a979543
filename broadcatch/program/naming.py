"""What does a bare name mean where it stands? Locals, module-level names, branches, stubs, builtins."""

from __future__ import annotations

import ast
from abc import abstractmethod

from broadcatch.program import infer
from broadcatch.program.ancestry import Ancestry
from broadcatch.program.meaning import Choice, Instance, Meaning, Meanings
from broadcatch.program.names import Binding, is_none
from broadcatch.program.placing import inner_binding, last_bindings
from broadcatch.program.project import External, Symbol, Value
from broadcatch.program.scope import Scope, is_builtin, module_scope
from broadcatch.program.stubs import is_typeshed
from broadcatch.program.types import common


class Naming(Ancestry, Meanings):
    """The part of the resolver that knows names."""

    @abstractmethod
    def _unwrapped(self, found: Meaning) -> Meaning:
        """A function in a variable is the function."""

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
            if is_itself(name, bound):
                return self._from_elsewhere(name, scope)
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
        if bound and module.name == "typing" and all(one.how == "annotation" for one in bound):
            return External(f"typing.{name}")  # a special form
        if bound:
            return Instance(infer.bound_type(self, name, bound, module_scope(module)))
        return self._of_star(name, module.stars)

    def _local(self, name: str, scope: Scope, bound: tuple[Binding, ...]) -> Meaning:
        if len(bound) == 1:
            only = bound[0]
            if only.how == "import":
                return self._settle(self.project.resolve(only.target, scope.module))
            if only.how == "def" and scope.function:
                return self._of_binding(f"{scope.function.qualname}.<locals>.{name}", only, scope)
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
            return self._several(name, bound, scope)
        return Instance(infer.bound_type(self, name, bound, scope))

    def _settle(self, symbol: Symbol | None) -> Meaning:
        """A module-level value is an instance of its type."""
        if not isinstance(symbol, Value):
            return symbol
        around = module_scope(symbol.module)
        bound = symbol.bindings
        if any(one.how in ("import", "def", "class") for one in bound):
            return self._several(symbol.name, bound, around)
        if symbol.name in symbol.module.rebound and all(b.how != "annotation" for b in bound):
            bound = tuple(b for b in bound if b.how != "value")
            return Instance(infer.bound_type(self, symbol.name, bound, around))
        return self._unwrapped(Instance(infer.bound_type(self, symbol.name, bound, around)))

    def _several(self, name: str, bound: tuple[Binding, ...], scope: Scope) -> Meaning:
        """What a name means that branches bind to different things: all of them."""
        prefix = f"{scope.function.qualname}.<locals>." if scope.function else ""
        if scope.owner and not scope.function:
            prefix = f"{scope.owner.qualname}."
        if sum(one.how == "class" for one in bound) > 1:
            return None  # only the last one is known
        useful = [one for one in bound if not is_none(one)]
        return self.guarded(
            ("several", scope.module.path, prefix + name, bound),
            lambda: choice([self._of_binding(prefix + name, one, scope) for one in useful]),
        )

    def _of_binding(self, qualname: str, one: Binding, scope: Scope) -> Meaning:
        module = scope.module
        if one.how == "import":
            return self._settle(self.project.resolve(one.target, module))
        if one.how == "def":
            return choice(list(module.by_qualname.get(qualname, ())) or [None])
        if one.how == "class":
            return module.classes.get(qualname)
        if one.how == "value" and not one.path and isinstance(one.expr, (ast.Name, ast.Attribute)):
            aliased = one.expr
            return self.guarded(("alias", module.path, one), lambda: self.meaning(aliased, scope))
        of = infer.binding_type(self, one, scope)
        return self._unwrapped(Instance(of)) if of is not None else None


def choice(found: list[Meaning]) -> Meaning:
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


def is_itself(name: str, bound: tuple[Binding, ...]) -> bool:
    """Whether a module binds the name to what it means already: `TimeoutError = TimeoutError`."""
    only = bound[0].expr if len(bound) == 1 and bound[0].how == "value" else None
    return isinstance(only, ast.Name) and only.id == name
