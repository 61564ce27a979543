"""Which places decide about errors without an `except` clause? The LibCST visitor that reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import libcst as cst

from broadcatch.facts.frames import FrameVisitor
from broadcatch.facts.leaving import leaving
from broadcatch.facts.signatures import answers_requests, error_of, names_of
from broadcatch.flow.expressions import Expressions
from broadcatch.flow.from_cst import FlowBuilder
from broadcatch.flow.positions import Positions, Spot, small_statements
from broadcatch.flow.spelling import chain, source
from broadcatch.flow.walk import cancels_in
from broadcatch.model.facts import Site, SiteKind
from broadcatch.model.flow import Body, Call, Caught
from broadcatch.model.frame import Frame
from broadcatch.source.sites import (
    BATCHES,
    CALLED_WITH_ERRORS,
    CONTEXTS,
    EXITS,
    REGISTERING,
    RETRY_MODULES,
    RETRYING,
    Marks,
)
from broadcatch.source.slices import BROAD

_LISTS = (cst.List, cst.Set)
_NOT_CLASSES = frozenset({"None", "True", "False"})
_KEYWORDS = frozenset({"exception", "exceptions", "exc", "on", "autoretry_for", "expected_exception"})
_REGISTRIES = frozenset({"autoretry_for", "exception_handlers"})
_EXPRESSION = cst.BaseExpression
_KINDS = (cst.BaseExpression, cst.BaseSmallStatement, cst.BaseCompoundStatement)
_NOWHERE = cst.Pass()
_JUMPS: Mapping[type, str] = {cst.Return: "return", cst.Break: "break", cst.Continue: "continue"}


class SiteVisitor(FrameVisitor):
    """Collects `sites`. Of the expressions, only those on the marked lines are entered.

    `spot` tells where an expression of a statement stands.
    """

    def __init__(self, frame: Frame, positions: Positions, marks: Marks, spot: Spot) -> None:
        super().__init__(frame, positions)
        self.sites: list[Site] = []
        self._marks = marks
        self._spot = spot
        self._statement: cst.CSTNode = _NOWHERE
        self._entered = False
        self._read: set[cst.CSTNode] = set()
        self._bodies: dict[cst.FunctionDef, Body] = {}

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Enter all statements, and the expressions of those that are marked."""
        kind = _kind_of(type(node))
        if kind is _EXPRESSION:
            return self._entered and super().on_visit(node)
        if kind is not None:
            self._statement = node
            self._entered = self._is_marked(node)
            if kind is cst.BaseSmallStatement and not self._entered:
                return False
        return super().on_visit(node)

    def _is_marked(self, node: cst.CSTNode) -> bool:
        """Whether a place may stand in a statement, or in the header of one that holds others."""
        span = self._positions[node]
        body = getattr(node, "body", None)
        first = next(small_statements(body), None) if isinstance(body, cst.BaseSuite) else None
        last = span.end_line if first is None else max(self._positions[first].line - 1, span.line)
        return bool(getattr(node, "decorators", ())) or self._marks.between(span.line, last)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """A function may be registered by its decorators, or be one that is called with errors."""
        outer = self._frames[-1]
        for decorator in node.decorators:
            self._decorator(decorator.decorator, node, outer)
        super().visit_FunctionDef(node)
        bound, classes = self._error_parameter(node, outer)
        if bound or node.name.value in EXITS:
            self._add(
                "function",
                node.name,
                name=node.name.value,
                parameters=tuple(names_of(node.params)),
                bound=bound,
                classes=classes,
                body=self._body(node),
            )
        return True

    def visit_With(self, node: cst.With) -> bool:
        """A context may say what may be raised in it."""
        for item in node.items:
            if isinstance(item.item, cst.Call) and _says(item.item, _last(item.item.func)):
                body = self._builder().block(node.body)
                name = source(item.asname.name) if item.asname else ""
                cancelled = self._cancelled(self._positions[node].line)
                self._call("context", item.item, self._frames[-1], name=name, body=body, cancelled=cancelled)
        return True

    def _cancelled(self, line: int) -> tuple[str, ...]:
        """What the same function cancels before `line`."""
        inside = self._functions[-1:]
        pairs = cancels_in(self._body(inside[0])) if inside else ()
        return tuple(dict.fromkeys(name for at, name in pairs if at < line))

    def visit_Try(self, node: cst.Try) -> bool:
        """A `finally` may leave."""
        self._finally(node)
        return True

    def visit_TryStar(self, node: cst.TryStar) -> bool:
        """As `visit_Try`."""
        self._finally(node)
        return True

    def visit_Assign(self, node: cst.Assign) -> bool:
        """`autoretry_for = (Exception,)` in the body of a task class."""
        target = node.targets[0].target
        if isinstance(target, cst.Name) and target.value == "autoretry_for" and self._is_in_class():
            classes = tuple(self._classes(node.value, self._frames[-1]))
            self._add("call", node, name="autoretry_for", classes=classes)
        return True

    def _is_in_class(self) -> bool:
        scopes = self._frames[-1].place.scopes
        return bool(scopes) and scopes[-1].kind == "class"

    def visit_Call(self, node: cst.Call) -> bool:
        """A call anywhere else."""
        if node not in self._read:
            last = _last(node.func)
            if BATCHES.search(last):
                self._batch(node)
            elif _says(node, last) or _registers(node, last) or _retries(node, self._frames[-1]):
                self._call("call", node, self._frames[-1], name=_registered(node))
        return True

    def _batch(self, node: cst.Call) -> None:
        """A call of `gather`; what becomes of its results matters where they may be errors."""
        keywords = {arg.keyword.value for arg in node.args if arg.keyword}
        if "return_exceptions" in keywords:
            body = self._body(self._functions[-1]) if self._functions else ()
            self._call("batch", node, self._frames[-1], body=body)
        elif any(arg.star == "*" for arg in node.args):
            self._call("batch", node, self._frames[-1])

    def _decorator(self, node: cst.BaseExpression, function: cst.FunctionDef, outer: Frame) -> None:
        called = node.func if isinstance(node, cst.Call) else node
        last = _last(called)
        registers = isinstance(node, cst.Call) and _registers(node, last)
        if not (registers or _retries(node, outer)):
            return
        parameters = tuple(names_of(function.params))
        body = self._outer_body(function)
        bound = error_of(parameters)
        self._call(
            "decorator", node, outer, name=function.name.value, parameters=parameters, bound=bound, body=body
        )

    def _call(self, kind: SiteKind, node: cst.BaseExpression, frame: Frame, **more: object) -> None:
        self._read.add(node)
        line = self._positions[self._statement].line
        if isinstance(node, cst.Call):
            call = Expressions(frame).calls(line, node)[-1]
            classes = tuple(one for arg in node.args for one in self._argument(arg, frame))
        else:
            name = chain(node)
            qualified, head = frame.resolve(name)
            call, classes = Call(line, name, qualified, head), ()
        self._add(kind, node, call=call, classes=classes, frame=frame, **more)

    def _argument(self, arg: cst.Arg, frame: Frame) -> Iterator[Caught]:
        keyword = arg.keyword.value if arg.keyword else ""
        if keyword == "exception_handlers" and isinstance(arg.value, cst.Dict):
            for element in arg.value.elements:
                if isinstance(element, cst.DictElement):
                    yield from self._classes(element.key, frame)
        elif (not keyword and not arg.star) or keyword in _KEYWORDS:
            yield from self._classes(arg.value, frame)

    def _classes(self, node: cst.BaseExpression, frame: Frame, depth: int = 0) -> Iterator[Caught]:
        if isinstance(node, _LISTS):
            for element in node.elements:
                yield from self._classes(element.value, frame, depth)
        elif isinstance(node, cst.Tuple):
            for element in node.elements:
                yield from self._classes(element.value, frame, depth + 1)
        elif isinstance(node, (cst.Name, cst.Attribute)) and chain(node) not in _NOT_CLASSES:
            span = self._positions[self._statement]
            for qualified, via in frame.classes_of(chain(node)):
                yield Caught(chain(node), qualified, span, depth, via)

    def _error_parameter(self, node: cst.FunctionDef, outer: Frame) -> tuple[str, tuple[Caught, ...]]:
        """The parameter that is an error of any kind, where the function is called with such."""
        names = tuple(names_of(node.params))
        if node.name.value in EXITS:
            return "".join(names[2:3]), ()
        if node.name.value in CALLED_WITH_ERRORS:
            return error_of(names), ()
        for param in (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params):
            if param.annotation and answers_requests(node.params, param):
                classes = tuple(self._classes(param.annotation.annotation, outer))
                if any(one.qualified in ("builtins.Exception", "builtins.BaseException") for one in classes):
                    return param.name.value, classes
        return (error_of(names) if node.name.value in self._marks.registered else ""), ()

    def _finally(self, node: cst.Try | cst.TryStar) -> None:
        if node.finalbody is not None:
            body: Body | None = None
            for jump in leaving(small_statements(node.finalbody.body), in_loop=False):
                body = self._builder().block(node.finalbody.body) if body is None else body
                self._add("finally", jump, name=_JUMPS[type(jump)], classes=self._taken(node), body=body)

    def _taken(self, node: cst.Try | cst.TryStar) -> tuple[Caught, ...]:
        """The classes that the clauses of a try take; a bare one takes all."""
        bare = (Caught("", "builtins.BaseException", self._positions[node]),)
        taken = (self._builder().caught(one.type) if one.type else bare for one in node.handlers)
        return tuple(one for classes in taken for one in classes)

    def _outer_body(self, function: cst.FunctionDef) -> Body:
        """The body of a function that is not entered yet."""
        frames, functions = list(self._frames), list(self._functions)
        super().visit_FunctionDef(function)
        body = self._body(function)
        self._frames, self._functions = frames, functions
        return body

    def _body(self, function: cst.FunctionDef) -> Body:
        if function not in self._bodies:
            self._bodies[function] = self._builder().block(function.body)
        return self._bodies[function]

    def _builder(self) -> FlowBuilder:
        return FlowBuilder(self._frames[-1], self._positions)

    def _add(self, kind: SiteKind, node: cst.CSTNode, frame: Frame | None = None, **more: object) -> None:
        place = (frame or self._frames[-1]).place
        own = node is self._statement or isinstance(node, tuple(_JUMPS))
        span = self._positions[node] if own else self._spot(self._statement, node)
        self.sites.append(Site(kind, span, place, **more))  # type: ignore[arg-type]


@cache  # isinstance is slow where classes are abstract
def _kind_of(node: type[cst.CSTNode]) -> type[cst.CSTNode] | None:
    return next((kind for kind in _KINDS if issubclass(node, kind)), None)


def _says(node: cst.Call, last: str) -> bool:
    """Whether a call says that anything may be raised."""
    return last in CONTEXTS and any(_names_broad(arg.value) for arg in node.args)


def _retries(node: cst.BaseExpression, frame: Frame) -> bool:
    name = chain(node.func if isinstance(node, cst.Call) else node)
    return bool(RETRYING.search(name)) and frame.resolve(name)[0].partition(".")[0] in RETRY_MODULES


def _registers(node: cst.Call, last: str) -> bool:
    if any(arg.keyword and arg.keyword.value in _REGISTRIES for arg in node.args):
        return True
    return bool(REGISTERING.search(last) and node.args) and _names_broad(node.args[0].value)


def _names_broad(node: cst.BaseExpression) -> bool:
    if isinstance(node, (cst.Tuple, *_LISTS)):
        return any(_names_broad(element.value) for element in node.elements)
    return _last(node) in BROAD


def _registered(node: cst.Call) -> str:
    """The function that a call registers for any error, "" where none is named."""
    found: cst.BaseExpression | None = None
    if REGISTERING.search(_last(node.func)) and len(node.args) > 1:
        found = node.args[1].value
    for arg in node.args:
        if arg.keyword and arg.keyword.value == "exception_handlers" and isinstance(arg.value, cst.Dict):
            pairs = [one for one in arg.value.elements if isinstance(one, cst.DictElement)]
            found = next((one.value for one in pairs if _names_broad(one.key)), None)
    return chain(found) if found else ""


def _last(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Call):
        return _last(node.func)
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""
