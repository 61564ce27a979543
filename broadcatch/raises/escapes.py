"""Which exceptions can come out of a function or of a try body? The room's front door."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from contextlib import contextmanager

from broadcatch.cache.answers import Answers
from broadcatch.model.raising import RaiseSet, Unknown
from broadcatch.program.calls import constructor, shown
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import dotted, own_nodes
from broadcatch.program.project import Project
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import module_scope
from broadcatch.raises.alone import assumed_items
from broadcatch.raises.bodies import body_region
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.context import Context, Shared
from broadcatch.raises.evidence import Escapes, rank
from broadcatch.raises.expressions import expression
from broadcatch.raises.horizon import MOST
from broadcatch.raises.regions import ClauseRegion, Guarded, Open, Region
from broadcatch.raises.solve import Solver
from broadcatch.raises.statements import region
from broadcatch.raises.table import Table, standard_table
from broadcatch.raises.targets import target_items

_LEAVE_AS_IT_IS = frozenset(
    "staticmethod classmethod property override final overload abstractmethod".split()
)
"""Decorators that do not drive the generator that they are put on."""


class Engine:
    """Answers for one project; summaries are kept, and an answer does not depend on earlier questions.

    `most` is how many functions are followed for one question, `answers` what earlier runs found out.
    """

    def __init__(
        self,
        project: Project,
        table: Table | None = None,
        most: int = MOST,
        answers: Answers | None = None,
    ) -> None:
        self.project = project
        self.answers = answers or Answers()
        self.resolver = Resolver(project)
        self.table = table or standard_table()
        for name, bases in self.table.exceptions.items():
            self.resolver.hierarchy.declare(name, bases)
        for name, public in self.table.defined():
            self.resolver.hierarchy.rename(name, public)
        self._shared = Shared(expression)
        self._solver = Solver(self._region_of, self.resolver.hierarchy, most)

    def save(self) -> None:
        """Keep for the next run what was read, and what was answered."""
        self.project.shelves.save()
        self.answers.save()

    def context(self, module: Module, function: Function | None = None) -> Context:
        """Where code of this function (or of the module itself) stands."""
        scope = self.resolver.scope(function) if function else module_scope(module)
        return Context(self.resolver, self.table, scope, self._shared)

    def escapes(self, body: list[ast.stmt], context: Context) -> RaiseSet:
        """What can come out of the statements, which stand in the module of `context`."""
        return self._answer(region(context, body))

    def function_escapes(self, function: Function) -> RaiseSet:
        """What can come out of running the function (the coroutine, the generator to its end)."""
        return self._answer(self._solver.region(function))

    def is_cut(self, function: Function) -> bool:
        """Whether the answer for the function ends at the horizon: there is more than is followed."""
        with uncollected():
            return self._solver.is_cut(self._solver.region(function))

    def code(self, module: Module, function: Function | None = None) -> Region:
        """What the function, or the module's own level, does about exceptions."""
        with uncollected():
            if function is not None:
                return self._solver.region(function)
            return region(self.context(module), module.tree.body) if module.tree else ()

    def try_escapes(self, attempt: ast.Try, context: Context) -> RaiseSet:
        """What can come out of the body of a try, before any of its clauses."""
        code = (*region(context, attempt.body), *_thrown_in(context, attempt.body))
        return _as_raise_set(self._assuming(self._escapes(code), attempt, context))

    def constructor_escapes(self, cls: Class) -> RaiseSet:
        """What can come out of making an instance of the class."""
        target = constructor(self.resolver, cls, cls.qualname)
        if len(target.functions) == 1 and not (target.externals or target.why):
            return self.function_escapes(target.functions[0])
        called = ast.copy_location(ast.Call(ast.Name(cls.node.name, ast.Load()), [], []), cls.node)
        items = target_items(self.context(cls.module), target, called, True)
        return self._answer(tuple(items))

    def reaching(self, attempt: ast.Try, handler: ast.ExceptHandler, context: Context) -> RaiseSet:
        """What can reach a clause of a try: out of the body, past the clauses before, stopped here."""
        index = attempt.handlers.index(handler)
        earlier = tuple(
            ClauseRegion(clause_types(context, one.type, context.scope)) for one in attempt.handlers[:index]
        )
        body = (*region(context, attempt.body), *_thrown_in(context, attempt.body))
        found = self._assuming(self._escapes((Guarded(body, earlier),)), attempt, context)
        return self._stopped(found, clause_types(context, handler.type, context.scope))

    def _assuming(self, found: Escapes, attempt: ast.Try, context: Context) -> Escapes:
        """The same, open where only an assumption says that nothing can come out of the body."""
        if not found.open:
            for one in assumed_items(context, attempt.body, found.raised.values()):
                found.add_open(one)
        return found

    def _stopped(self, found: Escapes, types: tuple[str, ...]) -> RaiseSet:
        """The part that a clause of these types can see; what it cannot resolve, it may stop."""
        hierarchy = self.resolver.hierarchy
        related = Escapes(all_evidence=True, open=found.open)
        for one in found.raised.values():
            if not types or any(
                hierarchy.catches(caught, one.type) or hierarchy.is_subclass(caught, one.type) is not False
                for caught in types
            ):
                related.add(one)
        return _as_raise_set(related)

    def _region_of(self, function: Function) -> Region:
        return body_region(self.context(function.module, function), function)

    def _answer(self, code: Region) -> RaiseSet:
        return _as_raise_set(self._escapes(code))

    def _escapes(self, code: Region) -> Escapes:
        with uncollected():
            return self._solver.escapes(code)


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: syntax trees are many, live on, and would be walked each time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()


def _thrown_in(context: Context, body: list[ast.stmt]) -> Iterator[Open]:
    """The yields of a body at which whoever drives the generator may raise: a context manager's, say.

    A generator that no decorator hands to somebody, and whose yields are statements that give a value, is
    taken to be driven by a `for`, which raises nothing there.
    """
    function = context.scope.function
    decorators = function.node.decorator_list if function else []
    driven = any(dotted(one).rpartition(".")[2] not in _LEAVE_AS_IT_IS for one in decorators)
    plain = {
        node.value
        for node in own_nodes(body)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield) and node.value.value is not None
    }
    for node in own_nodes(body):
        if isinstance(node, ast.Yield) and (driven or node not in plain):
            yield context.open(node, shown(node), "whoever drives this generator may raise here")


def _as_raise_set(found: Escapes) -> RaiseSet:
    unknown = sorted(
        {Unknown(one.line, one.call, one.why) for one in found.open.values()},
        key=lambda one: (one.line, len(one.call), one.call, one.why),
    )
    kept: list[Unknown] = []
    for one in unknown:
        if not any(_follows_from(one, other) for other in kept):
            kept.append(one)
    return RaiseSet(tuple(sorted(found.raised.values(), key=lambda one: (one.type, rank(one)))), tuple(kept))


def _follows_from(one: Unknown, other: Unknown) -> bool:
    """Whether `one` is only a later link of the chain that is open at `other` already.

    Asking by `getattr` is one thing, calling what it gives another.
    """
    rest = one.call[len(other.call) :]
    if rest and other.call == "getattr":
        return False
    return one.line == other.line and one.call.startswith(other.call) and (not rest or rest[0] in ".([")
