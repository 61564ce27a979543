"""What does an expression evaluate? Its calls, in order, the names that it loads, and its shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import libcst as cst

from broadcatch.flow.showing import shown
from broadcatch.flow.spelling import TEXTS, chain, fixed, source
from broadcatch.model.flow import Arg, Call, Head, Value, ValueKind
from broadcatch.model.frame import Frame

_CONSTANTS: dict[str, ValueKind] = {"None": "none", "True": "true", "False": "false"}
_EMPTY = (cst.List, cst.Tuple, cst.Set, cst.Dict)
_MADE_OF_PARTS = (cst.FormattedString, cst.ConcatenatedString)
_DISPLAYS = (cst.Tuple, cst.List, cst.Set)
# Types are looked up in these: isinstance is slow where classes are abstract, and no concrete one has heirs.
_SPELLED = frozenset({cst.Integer, cst.Float, cst.SimpleString})
_KINDS: dict[type, ValueKind] = {
    cst.Integer: "number",
    cst.Float: "number",
    cst.Imaginary: "number",
    cst.FormattedString: "literal",
    cst.Attribute: "name",
    cst.Call: "call",
    cst.Await: "call",
}
_WHOLE = frozenset(
    {*_DISPLAYS, cst.Dict, cst.Await, cst.Call, cst.Subscript, cst.IfExp, cst.BooleanOperation}
)
# str(e) and its like make a text of an error: the object itself goes no further.
_TEXT_MAKERS = frozenset("str repr format type isinstance issubclass hasattr len bool int id hash".split())
_SKIPPED = ("whitespace", "lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "comma", "operator")
_children: dict[type, tuple[str, ...]] = {}


@dataclass(slots=True)
class Reading:
    """What has been met in an expression so far."""

    line: int
    names: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    conditional: bool = False


class Expressions:
    """Reads expressions in one frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def calls(self, line: int, *nodes: cst.CSTNode | None) -> tuple[Call, ...]:
        """The calls that evaluating `nodes` makes, in order."""
        reading = Reading(line)
        for node in nodes:
            if node is not None:
                self._visit(node, reading)
        return tuple(reading.calls)

    def value(self, line: int, node: cst.BaseExpression, text: bool = True) -> tuple[Value, tuple[Call, ...]]:
        """What `node` is, and the calls that it makes. Without `text`, only simple nodes are spelled."""
        reading = Reading(line)
        self._visit(node, reading)
        return _value(node, reading, text), tuple(reading.calls)

    def _visit(self, node: cst.CSTNode, reading: Reading) -> None:
        read = _READERS.get(type(node), Expressions._visit_children)
        read(self, node, reading)

    def _name(self, node: cst.Name, reading: Reading) -> None:
        reading.names.append(node.value)

    def _inner(self, node: cst.Attribute | cst.Arg, reading: Reading) -> None:
        self._visit(node.value, reading)

    def _await(self, node: cst.Await, reading: Reading) -> None:
        if isinstance(node.expression, cst.Call):
            self._call(node.expression, reading, awaited=True)
        else:
            self._visit(node.expression, reading)

    def _later(self, node: cst.Lambda, reading: Reading) -> None:
        inner = Reading(reading.line)
        self._visit_children(node, inner)
        reading.names.extend(inner.names)

    def _and_or(self, node: cst.BooleanOperation, reading: Reading) -> None:
        self._visit(node.left, reading)
        self._perhaps(node.right, reading)

    def _perhaps(self, node: cst.CSTNode, reading: Reading) -> None:
        """Read what may not be evaluated."""
        before, reading.conditional = reading.conditional, True
        self._visit(node, reading)
        reading.conditional = before

    def _choice(self, node: cst.IfExp, reading: Reading) -> None:
        """One of two: where both make calls, one of them is made, and neither is marked."""
        self._visit(node.test, reading)
        arms = (node.body, node.orelse)
        both = all(self.calls(reading.line, arm) for arm in arms)
        for arm in arms:
            (self._visit if both else self._perhaps)(arm, reading)

    def _visit_children(self, node: cst.CSTNode, reading: Reading) -> None:
        for name in child_fields(type(node)):
            value = getattr(node, name)
            if isinstance(value, cst.CSTNode):
                self._visit(value, reading)
            elif isinstance(value, (list, tuple)):
                for item in value:
                    if isinstance(item, cst.CSTNode):
                        self._visit(item, reading)

    def _call(self, node: cst.Call, reading: Reading, awaited: bool = False) -> None:
        self._visit(node.func, reading)
        args = tuple([self._arg(argument, reading) for argument in node.args])
        name = chain(node.func)
        qualified, head = self.frame.resolve(name) if name else ("", "unknown")
        ends = self._ends(name, qualified, head)
        call = Call(reading.line, name, qualified, head, args, False, awaited, ends, reading.conditional)
        reading.calls.append(call)

    def _ends(self, name: str, qualified: str, head: Head) -> str:
        if head == "import":
            return self.frame.imported_ends(qualified)
        return self.frame.ends_of(name) if head != "builtin" else ""

    def _arg(self, argument: cst.Arg, reading: Reading) -> Arg:
        """Read an argument once, for itself and for the whole that it is a part of."""
        inner = Reading(reading.line, conditional=reading.conditional)
        self._visit(argument.value, inner)
        reading.names += inner.names
        reading.calls += inner.calls
        keyword = argument.keyword.value if argument.keyword else argument.star
        return Arg(keyword, _value(argument.value, inner, text=False))


_READERS: dict[type, Callable[[Expressions, Any, Reading], None]] = {
    cst.Name: Expressions._name,
    cst.Attribute: Expressions._inner,
    cst.Arg: Expressions._inner,
    cst.Call: Expressions._call,
    cst.Await: Expressions._await,
    cst.Lambda: Expressions._later,
    cst.BooleanOperation: Expressions._and_or,
    cst.IfExp: Expressions._choice,
}


def _value(node: cst.BaseExpression, reading: Reading, text: bool) -> Value:
    if text or type(node) in _SPELLED:
        spelled = source(node)
    else:
        spelled = fixed(node) if isinstance(node, _MADE_OF_PARTS) else chain(node)
    names = tuple(dict.fromkeys(reading.names))
    return Value(_kind(node), spelled, names, _objects(node), shown(node) if names else ())


def child_fields(kind: type) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold expressions or statements."""
    if kind not in _children:
        _children[kind] = tuple(item.name for item in fields(kind) if not item.name.startswith(_SKIPPED))
    return _children[kind]


def _kind(node: cst.BaseExpression) -> ValueKind:
    if isinstance(node, cst.Name):
        return _CONSTANTS.get(node.value, "name")
    if type(node) in _KINDS:
        return _KINDS[type(node)]
    if isinstance(node, cst.UnaryOperation):
        return _kind(node.expression) if isinstance(node.operator, (cst.Minus, cst.Plus)) else "other"
    if isinstance(node, TEXTS):
        return "empty" if source(node).strip("rRbBuUfF") in ('""', "''", '""""""', "''''''") else "text"
    if isinstance(node, _EMPTY):
        return "literal" if node.elements else "empty"
    return "other"


def _objects(node: cst.CSTNode) -> tuple[str, ...]:
    """The names (and results of calls, as `sys.exc_info()`) that go whole into the value of `node`."""
    if isinstance(node, cst.Name):
        return () if node.value in _CONSTANTS else (node.value,)
    if type(node) not in _WHOLE:
        return ()
    if isinstance(node, cst.Await):
        return _objects(node.expression)
    if isinstance(node, _DISPLAYS):
        return _joined([element.value for element in node.elements])
    if isinstance(node, cst.Dict):
        return _joined([element.value for element in node.elements])
    if isinstance(node, cst.Call):
        name = chain(node.func)
        if name.rpartition(".")[2] in _TEXT_MAKERS:
            return ()
        if name == "getattr":  # an attribute of the error is not the error; what stands in for it may be
            return _joined([argument.value for argument in node.args[2:]])
        made = (f"{name}()",) if name else ()
        return made + _joined([argument.value for argument in node.args])
    if isinstance(node, cst.Subscript):
        return _objects(node.value)
    if isinstance(node, cst.IfExp):
        return _joined([node.body, node.orelse])
    if isinstance(node, cst.BooleanOperation):
        return _joined([node.left, node.right])
    return ()


def _joined(nodes: Sequence[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for node in nodes for name in _objects(node)))
