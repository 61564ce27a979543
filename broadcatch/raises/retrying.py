"""What comes out of a function that is tried again? What the decorators of tenacity and backoff make of it.

What matches is tried again: it leaves where attempts are limited, as it is or within another error, and
never where they are not. Whatever they are told to run in between counts, too. Where an argument cannot be
read, the reason is given instead.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from broadcatch.model.raising import Evidence, Raised
from broadcatch.program.meaning import Instance
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External, Value
from broadcatch.program.scope import module_scope
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.context import Context
from broadcatch.raises.regions import ClauseRegion, Guarded, Item, Region
from broadcatch.raises.values import Code, Made, Values, as_items

ValuesOf: TypeAlias = Callable[[Context, ast.expr], Values]
"""What may run when the value of an expression is called."""
_BETWEEN = ("stop", "wait", "before", "after", "before_sleep", "sleep")
_HANDLERS = ("giveup", "jitter", "on_success", "on_backoff", "on_giveup", "max_tries", "max_time")
_ENDLESS = frozenset({"backoff._wait_gen.expo", "backoff._wait_gen.fibo", "backoff.expo", "backoff.fibo"})
_SLEEPS = frozenset({"time.sleep", "asyncio.sleep"})
_BY_MESSAGE = ("retry_if_exception_message", "retry_if_exception_cause_type", "retry_if_not_exception_type")
_JOINS = (ast.BitOr, ast.BitAnd, ast.Add)


class Unclear(Exception):
    """Something that decides what comes out cannot be read; says which argument."""


@dataclass(frozen=True, slots=True)
class _Matched:
    """What is tried again: `types` surely; other exceptions perhaps (`maybe`); results, too (`results`).

    `asks` is what deciding it runs.
    """

    types: tuple[str, ...] = ()
    maybe: bool = False
    results: bool = False
    asks: Region = ()


def retried(
    around: Context, decorator: ast.expr, function: Function, values: Values, values_of: ValuesOf
) -> Values | str | None:
    """What calling the function runs behind this decorator; why that is not known; None for another one.

    `values` is what runs without it.
    """
    where, written = _written(around, decorator)
    call = written if isinstance(written, ast.Call) else None
    name = name_of(where, call.func if call else written)
    readers = {"tenacity.retry": by_tenacity, "on_exception": _on_exception, "on_predicate": _on_predicate}
    reader = readers.get(name if name == "tenacity.retry" else of_package(name, "backoff"))
    if reader is None or (call is None and reader is not by_tenacity):
        return None
    if function.yields or not all(_fits(one, function) for one in values):
        return "which tries a generator or another wrapper again"
    attempt = tuple(as_items(values, (where.path, decorator.lineno), function.short, True))
    hidden = function.mentions("TryAgain")
    try:
        found = reader(Again(where, decorator.lineno, call, attempt, function.is_async, hidden, values_of))
    except Unclear as exc:
        return f"whose `{exc}` cannot be read"
    return values if found is None else (Code(found, later=function.is_async),)


def _fits(value: object, function: Function) -> bool:
    """Whether calling it gives what calling the function gives: a coroutine or a result."""
    if isinstance(value, Made):
        return value.function.is_async == function.is_async and not value.function.yields
    return isinstance(value, Code) and value.later == function.is_async


@dataclass(frozen=True, slots=True)
class Again:
    """What is tried again, and how: `call` as it is written, None for a decorator that stands alone.

    `attempt` is what runs each time; `hidden`: it may ask for another attempt itself, by `TryAgain`.
    """

    around: Context
    line: int
    call: ast.Call | None
    attempt: Region
    is_async: bool
    hidden: bool
    values_of: ValuesOf

    def arguments(self, *positional: str) -> dict[str, ast.expr]:
        """What is given, by name. Raises Unclear where that is unpacked, or does not fit."""
        if self.call is None:
            return {}
        if len(self.call.args) > len(positional):
            raise Unclear("*")
        found = dict(zip(positional, self.call.args, strict=False))
        for one in self.call.keywords:
            if one.arg is None:
                raise Unclear("**")
            found[one.arg] = one.value
        if any(isinstance(one, ast.Starred) for one in found.values()):
            raise Unclear("*")
        return {name: one for name, one in found.items() if not _is_constant(one, None)}

    def called(self, name: str, expr: ast.expr) -> Region:
        """Calling what is given as the argument `name`. Raises Unclear where that is not known."""
        if isinstance(expr, (ast.List, ast.Tuple)):
            return tuple(item for one in expr.elts for item in self.called(name, one))
        if isinstance(expr, ast.BinOp) and isinstance(expr.op, _JOINS):
            return (*self.called(name, expr.left), *self.called(name, expr.right))
        meant = name_of(self.around, expr.func if isinstance(expr, ast.Call) else expr)
        if meant.partition(".")[0] in ("tenacity", "backoff") or (name == "sleep" and meant in _SLEEPS):
            return ()
        if name.startswith("max_") and not isinstance(expr, ast.Lambda) and not self._is_function(expr):
            return ()  # a number
        values = () if isinstance(expr, ast.Call) else self.values_of(self.around, expr)
        if not values:
            raise Unclear(name)
        return tuple(as_items(values, (self.around.path, self.line), name, True))

    def _is_function(self, expr: ast.expr) -> bool:
        return isinstance(self.around.resolver.meaning(expr, self.around.scope), Function)

    def types(self, expr: ast.expr | None) -> tuple[str, ...]:
        """The classes that an argument names; what cannot be resolved matches nothing surely."""
        return clause_types(self.around, expr, self.around.scope) if expr is not None else ()

    def error(self, name: str) -> Raised:
        said = Evidence("knowledge", self.around.path, self.line, "tenacity.retry: the last attempt failed")
        return Raised(self.around.resolver.exception(name), self.line, said)


def by_tenacity(again: Again) -> Region | None:
    """None where all that leaves the function leaves as it is."""
    given = again.arguments()
    if not given.keys() <= {*_BETWEEN, "retry", "reraise", "retry_error_cls", "retry_error_callback", "name"}:
        raise Unclear(min(given.keys() - {*_BETWEEN, "retry", "reraise"}))
    matched = _matched(again, given.get("retry"))
    asks = [*matched.asks]
    for name in (one for one in _BETWEEN if one in given):
        asks += again.called(name, given[name])
    sleeps = name_of(again.around, given["sleep"]) if "sleep" in given else ""
    if sleeps == "asyncio.sleep" and not again.is_async:
        raise Unclear("sleep")  # that makes a coroutine of a plain function
    last, as_it_is = _last(again, given)
    if as_it_is and again.hidden:
        raise Unclear("reraise")  # what lies behind a TryAgain comes out
    if as_it_is:
        return (
            (*again.attempt, *asks, *(last if matched.results else ())) if asks or matched.results else None
        )
    types = (*matched.types, again.around.resolver.exception("tenacity.TryAgain"))
    tried = Guarded(again.attempt, (ClauseRegion(types, last, again.line),))
    return (tried, *(last if matched.maybe or matched.results else ()), *asks)


def _last(again: Again, given: dict[str, ast.expr]) -> tuple[Region, bool]:
    """(what comes after the last attempt instead of its error, whether that error comes out as well)."""
    stop = given.get("stop")
    if stop is None or name_of(again.around, stop).endswith("stop_never"):
        return (), False
    if "retry_error_callback" in given:
        return again.called("retry_error_callback", given["retry_error_callback"]), False
    names = again.types(given["retry_error_cls"]) if "retry_error_cls" in given else ("tenacity.RetryError",)
    if len(names) != 1:
        raise Unclear("retry_error_cls")
    reraise = given.get("reraise")
    if reraise is not None and not isinstance(reraise, ast.Constant):
        raise Unclear("reraise")
    return (again.error(names[0]),), isinstance(reraise, ast.Constant) and bool(reraise.value)


def _matched(again: Again, expr: ast.expr | None) -> _Matched:
    """What tenacity tries again. Raises Unclear for what is not one of its own strategies."""
    if expr is None:
        return _Matched(("Exception",))
    if isinstance(expr, ast.BinOp) and isinstance(expr.op, (ast.BitOr, ast.BitAnd)):
        return _joined(
            [_matched(again, one) for one in (expr.left, expr.right)], isinstance(expr.op, ast.BitOr)
        )
    kind = of_package(name_of(again.around, expr.func), "tenacity") if isinstance(expr, ast.Call) else ""
    if not isinstance(expr, ast.Call) or not kind or any(isinstance(one, ast.Starred) for one in expr.args):
        raise Unclear("retry")
    if kind in ("retry_any", "retry_all"):
        return _joined([_matched(again, one) for one in expr.args], kind == "retry_any")
    values = [*expr.args, *(one.value for one in expr.keywords)]
    if kind == "retry_if_exception_type" and len(values) < 2:
        return _Matched(again.types(values[0]) if values else ("Exception",))
    if kind in _BY_MESSAGE:
        return _Matched(maybe=True)
    if kind == "retry_if_exception" and len(values) == 1:
        return _Matched(maybe=True, asks=again.called("retry", values[0]))
    if kind in ("retry_if_result", "retry_if_not_result") and len(values) == 1:
        return _Matched(results=True, asks=again.called("retry", values[0]))
    raise Unclear("retry")


def _joined(those: list[_Matched], is_any: bool) -> _Matched:
    asks = tuple(item for one in those for item in one.asks)
    types = tuple(name for one in those for name in one.types)
    maybe = any(one.maybe or (one.types and not is_any) for one in those)
    return _Matched(types if is_any else (), maybe, any(one.results for one in those), asks)


def _on_exception(again: Again) -> Region | None:
    given = again.arguments("wait_gen", "exception")
    asks = list(_handled(again, given))
    leaves = not given.keys().isdisjoint(("max_tries", "max_time", "giveup"))
    endless = "wait_gen" in given and name_of(again.around, given["wait_gen"]) in _ENDLESS
    silent = "raise_on_giveup" in given and _is_constant(given["raise_on_giveup"], False)
    if endless and (silent or not leaves):
        clause = ClauseRegion(again.types(given.get("exception")), (), again.line)
        return (Guarded(again.attempt, (clause,)), *asks)
    return (*again.attempt, *asks) if asks else None


def _on_predicate(again: Again) -> Region | None:
    given = again.arguments("wait_gen", "predicate")
    asks = list(_handled(again, given))
    asks += again.called("predicate", given["predicate"]) if "predicate" in given else ()
    return (*again.attempt, *asks) if asks else None


def _handled(again: Again, given: dict[str, ast.expr]) -> Iterator[Item]:
    """What backoff is told to run besides."""
    for name in ("wait_gen", *_HANDLERS):
        if name in given and not isinstance(given[name], ast.Constant):
            yield from again.called(name, given[name])


def _written(around: Context, decorator: ast.expr) -> tuple[Context, ast.expr]:
    """A decorator as it is written: one that the module keeps in a name, too."""
    found = around.scope.find(decorator.id) if isinstance(decorator, ast.Name) else None
    if isinstance(decorator, ast.Name) and found is not None and found[0].function is None:
        symbol = around.resolver.project.member(around.scope.module, decorator.id)
        if isinstance(symbol, Value) and len(symbol.bindings) == 1 and symbol.bindings[0].how == "value":
            value = symbol.bindings[0].expr
            if isinstance(value, ast.Call) and symbol.name not in symbol.module.rebound:
                return around.at(module_scope(symbol.module)), value
    return around, decorator


def name_of(around: Context, expr: ast.expr) -> str:
    """The full name of a function or class, or of the class of a value; "" where that is not known."""
    found = around.resolver.meaning(expr, around.scope)
    if isinstance(found, Instance):
        return found.type.name if found.type is not None else ""
    return found.name if isinstance(found, (Function, Class, External)) else ""


def of_package(name: str, package: str) -> str:
    """The last part of a name of a package, "" for one of another."""
    return name.rpartition(".")[2] if name.partition(".")[0] == package else ""


def _is_constant(expr: ast.expr, value: object) -> bool:
    return isinstance(expr, ast.Constant) and expr.value is value
