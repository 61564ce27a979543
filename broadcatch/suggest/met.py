"""Does this call meet what the end of a chain stands under? Its arguments and the tests on the way say so.

`raise` under `if timeout is not None:` does not come out of a call that gives none. What constants prove,
the engine leaves out. Here more is looked at, and less is certain: a decorator hands its arguments on, and a
value that was tested is still the same in the function that is called. So what is not met stays possible, and
is not told.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from broadcatch.model.raising import Raised, Step
from broadcatch.program.calls import shown
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.names import dotted
from broadcatch.program.walking import walk
from broadcatch.raises.context import Context
from broadcatch.raises.passing import bound, defaults, has_receiver
from broadcatch.suggest.facts import Facts, is_none, literal
from broadcatch.suggest.same import is_own, kind_within
from broadcatch.suggest.under import Needed, needed
from broadcatch.suggest.ways import is_foreign

Locate: TypeAlias = Callable[[str], Module]
_EXISTS = ("exists", "is_file", "is_dir", "isfile", "isdir")
_TAKES = ("remove", "index", "pop")
_BUILTIN = frozenset(dir(builtins))
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


@dataclass(slots=True)
class Frame:
    """One function of a chain, the row that matters in it, what its parameters stand for outside.

    `of` is the class of the object whose method it is, or one above it, as far as the chain tells.
    """

    number: int
    module: Module
    function: Function | None
    line: int
    given: dict[str, ast.expr] = field(default_factory=dict)
    of: Class | None = None

    @property
    def body(self) -> list[ast.stmt]:
        if self.function is not None:
            return self.function.node.body
        return self.module.tree.body if self.module.tree else []


def is_unmet(one: Raised, context_of: Callable[[Module, Function | None], Context], at: Locate) -> bool:
    """Whether the way is closed: by an argument, or by a test that came out otherwise on the way."""
    why = one.evidence
    steps = (*why.via, Step("", why.path, why.line))
    facts = Facts()
    frame = _frame(0, steps[0], at)
    for number, step in enumerate(steps):
        if _contradicts(frame, facts):
            return True
        if number < len(steps) - 1:
            inner = _frame(number + 1, steps[number + 1], at)
            call = _call(frame, step.call)
            if not _is_same(frame, inner, step, context_of):
                return True
            _forget_bound(frame, facts)
            if call is not None:
                inner.given = _given(frame, call, inner, step, context_of)
                if _gives_key(call, inner, one):
                    return True
            frame = inner
    if one.evidence.kind != "knowledge":
        return False
    return _is_there(one, frame, facts) or _is_element(one, frame, facts) or _waits_for_ever(one, frame)


def _frame(number: int, step: Step, at: Locate) -> Frame:
    module = at(step.path)
    function = module.function_at(step.line)
    around = function
    while around is not None and around.owner is None:
        around = around.outer
    return Frame(number, module, function, step.line, of=around.owner if around else None)


def _contradicts(frame: Frame, facts: Facts) -> bool:
    """Whether the row does not run, as far as is known; what its conditions say is learnt."""
    for one in needed(frame.body, frame.line):
        if isinstance(one, Needed):
            test = _outside(frame, one.test)
            if facts.ask(test) is (not one.holds):
                return True
            facts.learn(test, one.holds)
    return False


def _forget_bound(frame: Frame, facts: Facts) -> None:
    """What was said of attributes that were bound since says nothing in the callee."""
    for name, lines in _stores(frame).items():
        if "." in name and min(lines) < frame.line:
            plain = ast.parse(name, mode="eval").body
            facts.forget(ast.unparse(_Outside(frame, 0, {}).visit(plain)))


def _nodes(frame: Frame) -> Iterator[ast.AST]:
    for statement in frame.body:
        if statement.lineno <= frame.line <= (statement.end_lineno or 0):
            yield from walk(statement)


def _calls(frame: Frame) -> list[ast.Call]:
    return [one for one in _nodes(frame) if isinstance(one, ast.Call) and one.lineno == frame.line]


def _call(frame: Frame, text: str) -> ast.Call | None:
    """The call of the row that is written so; None if there is none, or are several."""
    found = [one for one in _calls(frame) if shown(one.func) == text]
    return found[0] if len(found) == 1 else None


def _is_same(
    frame: Frame, inner: Frame, step: Step, context_of: Callable[[Module, Function | None], Context]
) -> bool:
    """Whether the object that calls a method of itself may be of the class in which that stands."""
    ours, theirs = frame.of, inner.of
    if ours is None or theirs is None or not is_own(step.call):
        return True
    if inner.function is None or inner.function.qualname != step.function:
        return True
    resolver = context_of(frame.module, frame.function).resolver
    name = step.call.rpartition(".")[2]
    found = kind_within(resolver, ours, theirs, name, is_foreign(step.path))
    inner.of = found
    return found is not None


def _given(
    frame: Frame,
    call: ast.Call,
    inner: Frame,
    step: Step,
    context_of: Callable[[Module, Function | None], Context],
) -> dict[str, ast.expr]:
    """What the parameters of the callee stand for, in terms of the outermost function."""
    function = inner.function
    if function is None or function.qualname != step.function:
        return {}
    context = context_of(frame.module, frame.function)
    given = {name: _outside(frame, expr) for name, expr in bound(context, call, function)}
    plain = [*function.node.args.posonlyargs, *function.node.args.args]
    if has_receiver(function) and plain and isinstance(call.func, ast.Attribute):
        given.setdefault(plain[0].arg, _receiver(frame, call.func.value))
    unpacks = any(isinstance(one, ast.Starred) for one in call.args) or any(not k.arg for k in call.keywords)
    for name, expr in () if unpacks else defaults(function):
        if name not in given and _is_literal(expr):
            given[name] = expr
    return given


def _receiver(frame: Frame, expr: ast.expr) -> ast.expr:
    """The object whose method is called; `super()` is the object itself."""
    if isinstance(expr, ast.Call) and dotted(expr.func) == "super" and frame.function is not None:
        plain = frame.function.node.args.args
        return _outside(frame, ast.Name(plain[0].arg, ast.Load())) if plain else expr
    return _outside(frame, expr)


def _is_literal(expr: ast.expr) -> bool:
    return is_none(expr) or isinstance(literal(expr), (str, bytes, int, float, bool, tuple))


def _gives_key(call: ast.Call, inner: Frame, one: Raised) -> bool:
    """Whether the key that a function takes out of its `**kwargs` is among what it is given."""
    kwarg = inner.function.node.args.kwarg if inner.function is not None else None
    if one.type != "KeyError" or kwarg is None:
        return False
    keys = {keyword.arg for keyword in call.keywords if keyword.arg}
    return bool(keys & {literal(key) for key in _keys(inner, kwarg.arg)})


def _keys(frame: Frame, name: str) -> Iterator[ast.expr]:
    """The keys that the row asks a mapping for."""
    for node in _nodes(frame):
        if getattr(node, "lineno", 0) != frame.line:
            continue
        if isinstance(node, ast.Subscript) and dotted(node.value) == name:
            yield node.slice
        elif isinstance(node, ast.Call) and dotted(node.func) == f"{name}.pop" and len(node.args) == 1:
            yield node.args[0]


def _is_there(one: Raised, frame: Frame, facts: Facts) -> bool:
    """Whether it was asked just before if the file is there: then only somebody else's hand is left."""
    wanted = {"FileNotFoundError": True, "FileExistsError": False}.get(one.type)
    if wanted is None:
        return False
    for call in _calls(frame):
        paths = [*call.args[:1], *([call.func.value] if isinstance(call.func, ast.Attribute) else [])]
        for path in paths:
            text = ast.unparse(_outside(frame, path))
            asked = (f"{text}.{name}()" for name in _EXISTS[:3])
            both = (*asked, *(f"os.path.{name}({text})" for name in ("exists", *_EXISTS[3:])))
            if any(facts.ask(ast.parse(test, mode="eval").body) is wanted for test in both):
                return True
    return False


def _is_element(one: Raised, frame: Frame, facts: Facts) -> bool:
    """Whether it was asked just before if what is taken out is there."""
    if one.type not in ("KeyError", "ValueError"):
        return False
    for call in _calls(frame):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _TAKES and len(call.args) == 1:
            asked = ast.Compare(call.args[0], [ast.In()], [call.func.value])
            if facts.ask(_outside(frame, ast.copy_location(asked, call))) is True:
                return True
    return False


def _waits_for_ever(one: Raised, frame: Frame) -> bool:
    """Whether the time that may be over is None."""
    if not one.type.rpartition(".")[2].startswith(("Timeout", "Empty", "Full")):
        return False
    times = [k.value for call in _calls(frame) for k in call.keywords if k.arg == "timeout"]
    times += [call.args[0] for call in _calls(frame) if shown(call.func).endswith(".result") and call.args]
    return any(is_none(_outside(frame, each)) for each in times)


class _Outside(ast.NodeTransformer):
    """Names of parameters become what was passed; all others keep apart what only has the same name."""

    def __init__(self, frame: Frame, line: int, stores: dict[str, list[int]]) -> None:
        self._frame = frame
        self._line = line
        self._stores = stores

    def visit_Name(self, node: ast.Name) -> ast.expr:
        frame = self._frame
        before = sum(line < self._line for line in self._stores.get(node.id, ()))
        if not before and node.id in frame.given:
            return frame.given[node.id]
        own = node.id in self._stores or node.id in _parameters(frame)
        if not own and node.id in _BUILTIN or not frame.number and not before:
            return node
        home = (
            frame.module.name.replace(".", "_") if not own and node.id in frame.module.names else frame.number
        )
        return ast.Name(f"{node.id}__{home}__{before}", ast.Load())

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        before = sum(line < self._line for line in self._stores.get(dotted(node) or "", ()))
        attr = f"{node.attr}__{self._frame.number}__{before}" if before else node.attr
        return ast.Attribute(self.visit(node.value), attr, ast.Load())


def _parameters(frame: Frame) -> frozenset[str]:
    if frame.function is None:
        return frozenset()
    return frozenset(one.arg for one in ast.walk(frame.function.node.args) if isinstance(one, ast.arg))


def _outside(frame: Frame, expr: ast.expr) -> ast.expr:
    """The expression in terms of the outermost function of the chain."""
    copied = ast.parse(ast.unparse(expr), mode="eval").body
    found: ast.expr = _Outside(
        frame, expr.lineno if hasattr(expr, "lineno") else frame.line, _stores(frame)
    ).visit(copied)
    return found


def _stores(frame: Frame) -> dict[str, list[int]]:
    """Where names and attributes are bound; in a loop around the row, before it."""
    found: dict[str, list[int]] = {}
    for statement in frame.body:
        _note(statement, frame.line, 0, found)
    return found


def _note(node: ast.AST, line: int, loop: int, found: dict[str, list[int]]) -> None:
    inside = isinstance(node, _LOOPS) and node.lineno <= line <= (node.end_lineno or 0)
    start = loop or (node.lineno - 1 if inside else 0)  # type: ignore[attr-defined]
    if isinstance(node, (ast.Name, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
        found.setdefault(dotted(node), []).append(start or node.lineno)
    for child in ast.iter_child_nodes(node):
        _note(child, line, start, found)
