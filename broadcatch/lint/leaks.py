"""Does the text of a caught error reach a client? One walk over the flow of a handler."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from broadcatch.flow.screening import MAKERS, screens
from broadcatch.flow.walk import blocks
from broadcatch.lint.places import answers_request, streams_to_client
from broadcatch.lint.responses import is_page, is_response, told
from broadcatch.model.facts import Place
from broadcatch.model.flow import (
    Assign,
    Body,
    Branch,
    Call,
    Clause,
    Evaluate,
    Loop,
    Node,
    Raise,
    Return,
    Try,
    Value,
    With,
)

_ERROR_MAKERS = frozenset({"sys.exc_info"})
_COLLECTING = frozenset("append add update extend insert setdefault write".split())
_NAME = re.compile(r"(\w+)(?:\[.*\])*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Leak:
    """One response that shows the error; `traceback` where it shows that; `steps` lead there.

    `page`: it is no answer, but a message on the next page that the client opens.
    """

    line: int
    response: str
    traceback: bool
    steps: tuple[tuple[int, str], ...]
    page: bool = False


def leaks(body: Body, bound: str, place: Place) -> tuple[Leak, ...]:
    """The responses in a handler's `body` that show the error that is called `bound` there ("" for none)."""
    reader = _Reader(place, {bound} - {""})
    reader.body(body)
    return tuple(reader.found)


@dataclass(slots=True)
class _Reader:
    """`errors` are names of the error, `texts` those of what its text went into, with their steps."""

    place: Place
    errors: set[str]
    texts: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    traces: set[str] = field(default_factory=set)
    found: list[Leak] = field(default_factory=list)

    def body(self, body: Body) -> None:
        """Read a block, up to where only those may be left who may see the error."""
        for node in body:
            if isinstance(node, Branch):
                if self._branch(node):
                    return
            elif isinstance(node, Evaluate) and node.kind == "assert" and self._screens(node.value):
                return
            else:
                self._node(node)

    def _branch(self, node: Branch) -> bool:
        """Read the arms that are not screened; whether what comes after them is."""
        self._responses(node, node.calls)
        screened = self._screens(node.test)
        if node.kind == "match" and node.test.text in self.errors:
            for arm in node.arms[-1:] if node.complete else ():
                self.body(arm)
            return False
        for index, arm in enumerate(node.arms):
            if screened == 0 or (index == 0) != (screened > 0):
                self.body(arm)
        return screened < 0 and _leaves(node.arms[0])

    def _screens(self, test: Value) -> int:
        return screens(test.text, self.errors)

    def _node(self, node: Node) -> None:
        calls: tuple[Call, ...] = getattr(node, "calls", ())
        self._responses(node, calls)
        if isinstance(node, Assign):
            self._assign(node)
        elif isinstance(node, Evaluate):
            self._collect(node)
            if node.kind == "yield" and streams_to_client(self.place):
                self._whole(node, node.value, calls, f"yield {node.value.text}")
        elif isinstance(node, Return) and node.value and answers_request(self.place):
            self._whole(node, node.value, calls, f"return {node.value.text}")
        if isinstance(node, (Loop, With)):
            for part in blocks(node):
                self.body(part)
        elif isinstance(node, Try):
            self._try(node)

    def _try(self, node: Try) -> None:
        self.body(node.body)
        for clause in node.clauses:
            self._clause(clause)
        self.body(node.orelse)
        self.body(node.final)

    def _clause(self, clause: Clause) -> None:
        """A nested clause is judged by itself; here only the outer error counts."""
        hidden = self.errors & {clause.bound}
        self.errors -= hidden
        self.body(clause.body)
        self.errors |= hidden

    def _responses(self, node: Node, calls: tuple[Call, ...]) -> None:
        for call in calls:
            if (is_page(call) or is_response(call, self.place)) and not self._is_found(node):
                values = [arg.value for arg in told(call)]
                if any(self._shows(value, calls) for value in values):
                    self._leak(node, values, calls, f"{call.name}(…)", is_page(call))

    def _whole(self, node: Node, value: Value, calls: tuple[Call, ...], text: str) -> None:
        """A value that is sent as it is; whoever is given a text on the way passes it on."""
        shows = self._shows(value, calls) or not self.texts.keys().isdisjoint(value.names)
        if shows and not self._is_found(node):
            self._leak(node, [value], calls, text)

    def _is_found(self, node: Node) -> bool:
        return bool(self.found) and self.found[-1].line == _line(node)

    def _leak(
        self, node: Node, values: Iterable[Value], calls: tuple[Call, ...], text: str, page: bool = False
    ) -> None:
        values = list(values)
        used = [name for value in values for name in value.names if name in self.texts]
        way = dict.fromkeys(step for name in used for step in self.texts[name])
        steps = (*way, (_line(node), ("raise " if isinstance(node, Raise) else "") + text))
        self.found.append(
            Leak(_line(node), text, any(self._traced(value, calls) for value in values), steps, page)
        )

    def _shows(self, value: Value, calls: tuple[Call, ...]) -> bool:
        names = set(value.shown)
        if names & self.errors or names & self.texts.keys():
            return True
        return any(_makes(call, names) for call in calls)

    def _traced(self, value: Value, calls: tuple[Call, ...]) -> bool:
        names = set(value.shown)
        made = (call for call in calls if _makes(call, names))
        return bool(names & self.traces) or any(
            call.name.endswith(tuple(MAKERS - {"exc_info"})) for call in made
        )

    def _assign(self, node: Assign) -> None:
        names = [found[1] for found in map(_NAME.match, node.targets) if found]
        if node.value.kind == "name" and node.value.text in self.errors:
            self.errors.update(names)
        elif self._shows(node.value, node.calls):
            self._taint(names, node, f"{' = '.join(node.targets)} = {node.value.text}", node.value)
        elif not node.augmented:
            for name in set(names) & set(node.targets):
                self.texts.pop(name, None)
                self.traces.discard(name)

    def _collect(self, node: Evaluate) -> None:
        """`content.update(error=str(error))`, `lines.append(text)`."""
        for call in node.calls:
            receiver, _, method = call.name.rpartition(".")
            shown = [arg.value for arg in call.args if self._shows(arg.value, node.calls)]
            if method in _COLLECTING and receiver.isidentifier() and shown:
                for value in shown:
                    self._taint([receiver], node, f"{call.name}(…)", value)

    def _taint(self, names: Iterable[str], node: Node, text: str, value: Value) -> None:
        calls: tuple[Call, ...] = getattr(node, "calls", ())
        before = tuple(step for name in value.shown for step in self.texts.get(name, ()))
        traced = self._traced(value, calls)
        for name in names:
            way = (*self.texts.get(name, ()), *before, (_line(node), text))
            self.texts[name] = tuple(dict.fromkeys(way))
            if traced:
                self.traces.add(name)


def _makes(call: Call, names: set[str]) -> bool:
    """Whether a call makes a text of the error that is being handled, or is that error."""
    name = call.qualified or call.name
    made = name in _ERROR_MAKERS or (name.startswith("traceback.") and name.rpartition(".")[2] in MAKERS)
    return made and f"{call.name}()" in names


def _leaves(body: Body) -> bool:
    return any(isinstance(node, (Return, Raise)) for node in body)


def _line(node: Node) -> int:
    return node.span.line if isinstance(node, Raise) else node.line


def worst(found: Iterable[Leak]) -> Iterator[Leak]:
    """One leak to report, if there is one: an answer before a page, a traceback before a text."""
    every = list(found)
    yield from sorted(every, key=lambda leak: (leak.page, not leak.traceback))[:1]
