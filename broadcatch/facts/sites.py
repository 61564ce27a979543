"""Which places decide about errors without an `except` clause? The LibCST visitor that reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import libcst as cst

from broadcatch.facts.frames import FrameVisitor
from broadcatch.flow.expressions import Expressions
from broadcatch.flow.from_cst import FlowBuilder
from broadcatch.flow.positions import Positions, small_statements
from broadcatch.flow.spelling import chain
from broadcatch.model.facts import Site, SiteKind
from broadcatch.model.flow import Body, Call, Caught
from broadcatch.model.frame import Frame
from broadcatch.source.sites import (
    BATCHES,
    CALLED_WITH_ERRORS,
    CONTEXTS,
    REGISTERING,
    RETRY_MODULES,
    RETRYING,
)
from broadcatch.source.slices import BROAD

_CLASSES = (cst.Name, cst.Attribute, cst.Tuple)
_LISTS = (cst.List, cst.Set)
_NOT_CLASSES = frozenset({"None", "True", "False"})
_KEYWORDS = frozenset({"exception", "exceptions", "exc", "on", "autoretry_for", "expected_exception"})
_REGISTRIES = frozenset({"autoretry_for", "exception_handlers"})
_JUMPS: Mapping[type, str] = {cst.Return: "return", cst.Break: "break", cst.Continue: "continue"}


class SiteVisitor(FrameVisitor):
    """Collects `sites`, in the order of the text. Unlike the visitor for handlers it enters expressions."""

    def __init__(self, frame: Frame, positions: Positions) -> None:
        super().__init__(frame, positions)
        self.sites: list[Site] = []
        self._read: set[cst.CSTNode] = set()
        self._bodies: dict[cst.FunctionDef, Body] = {}

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """A function may be registered by its decorators, or be one that is called with errors."""
        outer = self._frames[-1]
        for decorator in node.decorators:
            self._decorator(decorator.decorator, node, outer)
        super().visit_FunctionDef(node)
        bound, classes = self._error_parameter(node, outer)
        if bound:
            self._add(
                "function",
                node.name,
                name=node.name.value,
                parameters=tuple(_names(node.params)),
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
                self._call("context", item.item, self._frames[-1], body=body)
        return True

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
            self._add("call", target, name="autoretry_for", classes=classes)
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
                self._call("call", node, self._frames[-1])
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
        parameters = tuple(_names(function.params))
        body = self._outer_body(function)
        bound = _error_of(parameters)
        self._call(
            "decorator", node, outer, name=function.name.value, parameters=parameters, bound=bound, body=body
        )

    def _call(self, kind: SiteKind, node: cst.BaseExpression, frame: Frame, **more: object) -> None:
        self._read.add(node)
        line = self._positions[node].line
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

    def _classes(self, node: cst.BaseExpression, frame: Frame) -> Iterator[Caught]:
        if isinstance(node, _LISTS):
            for element in node.elements:
                yield from self._classes(element.value, frame)
        elif isinstance(node, _CLASSES) and getattr(node, "value", None) not in _NOT_CLASSES:
            yield from FlowBuilder(frame, self._positions).caught(node)

    def _error_parameter(self, node: cst.FunctionDef, outer: Frame) -> tuple[str, tuple[Caught, ...]]:
        """The parameter that is an error of any kind, where the function is called with such."""
        names = tuple(_names(node.params))
        if node.name.value in CALLED_WITH_ERRORS:
            bound = _error_of(names) if node.name.value == "process_exception" else "".join(names[2:3])
            return bound, ()
        for param in (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params):
            if param.annotation and _answers_requests(node.params, param):
                classes = tuple(self._classes(param.annotation.annotation, outer))
                if any(one.qualified in ("builtins.Exception", "builtins.BaseException") for one in classes):
                    return param.name.value, classes
        return "", ()

    def _finally(self, node: cst.Try | cst.TryStar) -> None:
        if node.finalbody is not None:
            body: Body | None = None
            for jump in _leaving(small_statements(node.finalbody.body), in_loop=False):
                body = self._builder().block(node.finalbody.body) if body is None else body
                self._add("finally", jump, name=_JUMPS[type(jump)], body=body)

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
        self.sites.append(Site(kind, self._positions[node], place, **more))  # type: ignore[arg-type]


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


def _answers_requests(parameters: cst.Parameters, error: cst.Param) -> bool:
    """Whether a parameter before the error is a request: then a framework calls the function."""
    for param in (*parameters.posonly_params, *parameters.params):
        if param is error:
            return False
        name = chain(param.annotation.annotation) if param.annotation else param.name.value
        if name.rpartition(".")[2].lower().endswith("request"):
            return True
    return False


def _names(parameters: cst.Parameters) -> Iterator[str]:
    for param in (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params):
        yield param.name.value


def _error_of(parameters: Sequence[str]) -> str:
    """The parameter that holds the error: by its name, else the last one."""
    own = [name for name in parameters if name not in ("self", "cls")]
    named = [name for name in own if name.lower() in ("e", "ex", "exc", "err", "error", "exception")]
    return (named or own or [""])[-1]


def _leaving(statements: Iterator[cst.CSTNode], in_loop: bool) -> Iterator[cst.CSTNode]:
    """The statements that leave a `finally`; a loop in it keeps its own break and continue."""
    for node in statements:
        if isinstance(node, cst.Return) or (isinstance(node, (cst.Break, cst.Continue)) and not in_loop):
            yield node
        elif not isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            looping = in_loop or isinstance(node, (cst.For, cst.While))
            for block in _blocks(node):
                yield from _leaving(small_statements(block), looping)


def _blocks(node: cst.CSTNode) -> Iterator[cst.BaseSuite]:
    if isinstance(node, cst.Match):
        yield from (case.body for case in node.cases)
    for part in ("body", "orelse", "finalbody"):
        inner = getattr(node, part, None)
        if isinstance(inner, cst.BaseSuite):
            yield inner
        elif isinstance(inner, cst.If):
            yield from _blocks(inner)
        elif isinstance(inner, (cst.Else, cst.Finally)):
            yield inner.body
    for handler in getattr(node, "handlers", ()):
        yield handler.body


def _last(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Call):
        return _last(node.func)
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""
