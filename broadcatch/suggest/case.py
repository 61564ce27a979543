"""What is known of a clause for which types are sought? All that the proposals rest on, in one value."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from broadcatch.model.raising import Raised, RaiseSet
from broadcatch.program.module import Function, Module
from broadcatch.program.names import own_nodes
from broadcatch.program.scope import Scope
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.context import Context
from broadcatch.raises.escapes import Engine
from broadcatch.source.walking import walk
from broadcatch.suggest.asked import NOTHING, Asked, asked_of, reads
from broadcatch.suggest.checks import checks
from broadcatch.suggest.doubts import is_doubted
from broadcatch.suggest.habits import Habit, habits
from broadcatch.suggest.met import Ways
from broadcatch.suggest.offers import Offer, offers
from broadcatch.suggest.traits import body_traits, handler_traits, placed_traits
from broadcatch.suggest.under import when
from broadcatch.suggest.usage import Usage
from broadcatch.suggest.ways import is_checkable

BROAD: Final = frozenset({"Exception", "BaseException"})
_WORD: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


@dataclass(frozen=True, slots=True)
class Case:
    """What reaches a clause, how the code looks, what the file and other people catch.

    `traits` are those of the body, each with its row; `usual` gives each type the probability that people
    name it around such code; `beside` are the types of the try's other clauses; `home` is the top-level name
    of the project's package, `imports` are the top-level names of all that the file imports,
    `offers` the exception classes that lie at hand, `checks` places (file, row) in libraries where what is
    raised only says that an argument is wrong, `asked` is what the handler reads of the error.
    `unmet` are ways of an open answer that this call does not take, as far as arguments and tests on the way
    tell; `doubted` are ways of which nothing shows that they come true here, `against` those
    of them against which arguments and tests speak; `when` is the condition under
    which the `raise` of a place (file, row) runs, in words; `placed` are names of methods, as traits
    (`.flush`), called on objects of the project's or a package's own classes alone: other people's methods
    of the same name say nothing of them; `taken` gives a type its subclasses that other clauses name.
    """

    reached: RaiseSet
    path: str
    traits: dict[str, int]
    words: frozenset[str]
    habits: tuple[Habit, ...]
    usual: dict[str, float]
    beside: frozenset[str]
    home: str
    imports: frozenset[str]
    offers: tuple[Offer, ...] = ()
    checks: frozenset[tuple[str, int]] = frozenset()
    asked: Asked = NOTHING
    unmet: frozenset[Raised] = frozenset()
    doubted: frozenset[Raised] = frozenset()
    against: frozenset[Raised] = frozenset()
    when: Mapping[tuple[str, int], str] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()
    taken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def case_of(
    engine: Engine,
    module: Module,
    inside: Function | None,
    attempt: ast.Try,
    handler: ast.ExceptHandler,
    usage: Usage,
) -> Case:
    """The case of a clause of a try that stands in a function (None: at module level) of a module."""
    context = engine.context(module, inside)
    places = _Places(engine, module)
    traits = body_traits(attempt.body, context.scope)
    beside = {
        name for one in attempt.handlers if one is not handler for name in places.named(one.type, inside)
    }
    reached = engine.reaching(attempt, handler, context)
    case = Case(
        reached,
        module.path,
        traits,
        words_in(_texts(attempt.body, handler, inside)),
        habits(module, attempt, context.scope, places.scope, places.named),
        usage.posterior([*traits, *handler_traits(handler)]),
        frozenset(beside),
        module.name.partition(".")[0],
        frozenset(_imports(module)),
        offers(engine.resolver, module, traits, bool(reads(handler))),
        checks(engine.project, filter(is_checkable, reached.raised)),
    )
    asked = asked_of(handler, _thinkable(case, engine), engine.resolver)
    placed = placed_traits(attempt.body, context.resolver, context.scope)
    taken = _taken(case, engine)
    return replace(case, asked=asked, placed=placed, taken=taken, **_looked_at(engine, module, reached))


def _taken(case: Case, engine: Engine) -> dict[str, tuple[str, ...]]:
    """Which classes below a type go to the try's other clauses."""
    below = engine.resolver.hierarchy.is_subclass
    types = {one.type for one in case.reached.raised} - case.beside
    found = {of: tuple(one for one in sorted(case.beside) if below(one, of) is True) for of in types}
    return {of: those for of, those in found.items() if those}


def _looked_at(engine: Engine, module: Module, reached: RaiseSet) -> dict[str, Any]:
    """What the text says of the ways that a reader can check."""

    def at(path: str) -> Module:
        return module if path == module.path else engine.project.module_at(path)

    near = [one for one in reached.raised if is_checkable(one)]
    together = Ways(engine.context, at)
    ways = {one: together.followed(one) for one in near}
    against = frozenset(one for one, way in ways.items() if way is None)
    doubted = (one for one, way in ways.items() if way is None or is_doubted(one, way))
    places = {(one.evidence.path, one.evidence.line) for one in near if one.evidence.kind == "raise"}
    told = {place: _when(at(place[0]), place[1]) for place in places}
    return {
        "unmet": frozenset() if reached.closed else against,
        "doubted": frozenset(doubted),
        "against": against,
        "when": told,
    }


def _when(module: Module, line: int) -> str:
    function = module.function_at(line)
    return when(function.node.body, line) if function is not None else ""


def _thinkable(case: Case, engine: Engine) -> frozenset[str]:
    """All classes that may come to be proposed, and those above them."""
    named = {one.type for one in case.reached.raised} | {one.type for one in case.habits}
    named |= {one.type for one in case.offers} | set(case.usual)
    above = (engine.resolver.hierarchy.ancestors(one)[0] for one in named)
    return frozenset(named.union(*above)) - BROAD


def alone(case: Case, attempt: ast.Try, inside: Function | None, usage: Usage) -> Case:
    """The case by the body of its `try` alone: a rewrite changes neither that nor what speaks for it.

    What the file's other clauses catch, what it imports, and what the handler does is left out.
    """
    return replace(
        case,
        words=words_in(_texts(attempt.body, None, inside)),
        usual=usage.posterior([*case.traits]),
        habits=(),
        imports=frozenset(),
        offers=(),
    )


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of three letters or more in names and texts, in lower case."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text) if len(word) > 2)


def _imports(module: Module) -> Iterator[str]:
    for node in walk(module.tree) if module.tree else ():
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


class _Places:
    """Scopes of the functions of one module, and what clauses in them name."""

    def __init__(self, engine: Engine, module: Module) -> None:
        self._engine = engine
        self._module = module
        self._contexts: dict[Function | None, Context] = {}

    def context(self, function: Function | None) -> Context:
        if function not in self._contexts:
            self._contexts[function] = self._engine.context(self._module, function)
        return self._contexts[function]

    def scope(self, function: Function | None) -> Scope:
        return self.context(function).scope

    def named(self, clause: ast.expr | None, function: Function | None) -> tuple[str, ...]:
        """The specific types that a clause names; () for a bare one."""
        if clause is None:
            return ()
        found = clause_types(self.context(function), clause, self.scope(function))
        return tuple(one for one in found if one not in BROAD)


def _texts(body: list[ast.stmt], handler: ast.ExceptHandler | None, inside: Function | None) -> Iterator[str]:
    """Texts of the handler, names of what the body calls, the name of the function."""
    for node in ast.walk(handler) if handler else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
    for node in own_nodes(body):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if inside is not None:
        yield inside.short
