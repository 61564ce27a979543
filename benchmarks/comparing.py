"""What did the engine say of what was observed? One verdict for each (function or clause, type).

The records are those of `benchmarks/recorder.py`. A question is a function (what leaves it?) or a broad
clause (what reaches it?); each type observed there is named by the answer, or it is a miss.
"""

from __future__ import annotations

import ast
import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

from broadcatch.model.raising import RaiseSet
from broadcatch.program.classes import PROGRAMMING
from broadcatch.program.module import Class, Function, Module
from broadcatch.program.project import Project, project_of
from broadcatch.raises.escapes import Engine

LIMIT = 20.0
"""Seconds that a question may take."""
TAKEN_AS_KNOWN = "open elsewhere, this line taken as known"
"""The answer is open, but not where the type came from: as wrong as a closed one, only not claimed."""
_ASYNCHRONOUS = frozenset({"KeyboardInterrupt", "GeneratorExit", "asyncio.exceptions.CancelledError"})
_TOO_BROAD = frozenset({"Exception", "BaseException"})
_COMPREHENSIONS = ("<lambda>", "<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>")
Row: TypeAlias = "dict[str, Any]"
Ask: TypeAlias = "Callable[[], RaiseSet]"


class TooSlowError(Exception):
    """A question took longer than `LIMIT`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """An observed type: its name and ancestors as the engine writes them, its category."""

    name: str
    ancestors: frozenset[str]
    category: str

    @property
    def aside(self) -> bool:
        """Whether a closed answer claims nothing of it."""
        return self.category in ("programming", "asynchronous", "warning")


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation: the line that it came out of here, and where it was raised.

    `injected`: the tests put it in; `thrown`: among those, whoever drives the generator threw it in.
    """

    line: int
    origin: str
    place: str
    injected: bool
    thrown: bool = False


@dataclass(slots=True)
class Question:
    """A function, or a broad clause of it (`clause`: the line of its try and its own; 0: none)."""

    file: str
    function: str
    first: int
    attempt: int = 0
    clause: int = 0
    seen: dict[str, list[Seen]] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        return f"{self.file}:{self.clause or self.first} {self.function}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one observed type. `outcome`: "named", "refuted" (closed without it), "missed"."""

    question: str
    handler: bool
    type: str
    category: str
    outcome: str
    injected: bool
    aside: bool
    line: int
    origin: str
    cause: str = ""


@dataclass(slots=True)
class Report:
    """Everything that was compared; `troubles` are questions that failed or took too long."""

    verdicts: list[Verdict] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    asked: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    closed: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    skipped: int = 0
    slowest: float = 0.0


def read_rows(path: Path) -> list[Row]:
    """The rows of a recording."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def questions(rows: list[Row]) -> list[Question]:
    """The functions and the broad clauses of a recording, with what was seen there."""
    foreign = {row["name"] for row in rows if row["event"] == "type" and row["place"] in ("tests", "mock")}
    found: dict[tuple[Any, ...], Question] = {}
    for row in rows:
        if row["event"] == "left":
            spot: tuple[int, int] = (0, 0)
        elif row["event"] == "reached" and row["broad"] and row["line"]:
            spot = (row["try"], row["line"])
        else:
            continue
        place = (row["file"], row["function"], row["first"], *spot)
        question = found.setdefault(place, Question(*place))
        injected = row["place"] in ("tests", "mock", "unknown") or row["through_tests"]
        thrown = row.get("thrown", False)
        injected = injected or thrown or row["type"] in foreign
        line = row["at"] if row["event"] == "reached" else row["line"]
        seen = Seen(line, f"{row['origin']}:{row['origin_line']}", row["place"], injected, thrown)
        question.seen.setdefault(row["type"], []).append(seen)
    return sorted(found.values(), key=lambda one: (one.file, one.first, one.function, one.clause))


def category(name: str, ancestors: list[str], place: str) -> str:
    """Of what sort a type is, by who defines it and what it derives from."""
    if name in PROGRAMMING:
        return "programming"
    if name in _ASYNCHRONOUS or "Exception" not in ancestors and name != "SystemExit":
        return "asynchronous"
    if "Warning" in ancestors:
        return "warning"
    if place != "stdlib":
        return {"package": "own", "tests": "tests"}.get(place, "third-party")
    if "OSError" in ancestors:
        return "os-io"
    return "stdlib" if "." in name else "builtin"


class Comparison:
    """Asks the engine about one package, and judges the answers."""

    def __init__(self, package: Path, python: str = "") -> None:
        self._package = package.resolve()
        self._python = python
        self._start()

    def _start(self) -> None:
        """A fresh engine; an interrupted one may hold half-solved summaries."""
        self.project: Project = project_of(self._package, self._python)
        self.engine = Engine(self.project)

    def run(self, rows: list[Row]) -> Report:
        """Every question of a recording."""
        report = Report()
        kinds = {row["name"]: self.kind(row) for row in rows if row["event"] == "type"}
        for question in questions(rows):
            self._compare(question, kinds, report)
        return report

    def kind(self, row: Row) -> Kind:
        """An observed type under the names that the engine would use."""
        ancestors = [self._canonical(name) for name in row["ancestors"]]
        name = self._canonical(row["name"])
        return Kind(name, frozenset(ancestors), category(name, ancestors, row["place"]))

    def _canonical(self, name: str) -> str:
        symbol = self.project.resolve(name) if "." in name else None
        if isinstance(symbol, Class):
            return self.engine.resolver.hierarchy.name_of(symbol)
        return self.engine.resolver.hierarchy.canonical(name)

    def _compare(self, question: Question, kinds: dict[str, Kind], report: Report) -> None:
        found = self._find(question)
        if found is None:
            report.skipped += 1
            return
        ask, module = found
        begin = time.monotonic()
        try:
            answer = limited(ask)
        except TooSlowError:
            report.troubles.append(f"{question.shown}: no answer in {LIMIT:.0f} s")
            self._start()
            return
        except Exception as error:  # noqa: BLE001 - one bad question is named and must not end the run
            report.troubles.append(f"{question.shown}: {type(error).__name__}: {error}")
            self._start()
            return
        report.slowest = max(report.slowest, time.monotonic() - begin)
        handler = question.clause > 0
        report.asked[handler] += 1
        report.closed[handler] += answer.closed
        report.verdicts += judged(question, answer, kinds, module)

    def _find(self, question: Question) -> tuple[Ask, Module] | None:
        """How to ask, and the module; None where the code is no function that the engine reads."""
        module = self.project.module_at(self._package / question.file)
        function = function_at(module, question.function, question.first)
        if function is None and not (question.clause and question.function == "<module>"):
            return None
        if not question.clause:
            assert function is not None
            return (lambda: self.engine.function_escapes(function)), module
        for node in ast.walk(module.tree or ast.Module([], [])):
            if isinstance(node, ast.Try) and node.lineno == question.attempt:
                for handler in node.handlers:
                    if handler.lineno == question.clause:
                        context = self.engine.context(module, function)
                        return _reaching(self.engine, node, handler, context), module
        return None


def _reaching(engine: Engine, node: ast.Try, handler: ast.ExceptHandler, context: Any) -> Ask:
    return lambda: engine.reaching(node, handler, context)


def function_at(module: Module, qualname: str, first: int) -> Function | None:
    """The function of this qualified name whose code begins (with its decorators) on line `first`."""
    if qualname.endswith(_COMPREHENSIONS):
        return None
    for function in module.extents:
        begin = min([function.node.lineno, *(one.lineno for one in function.node.decorator_list)])
        if begin == first and function.node.name == qualname.rsplit(".", 1)[-1]:
            return function
    return None


def limited(ask: Ask) -> RaiseSet:
    """The answer; TooSlowError after `LIMIT` seconds."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        return ask()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def judged(question: Question, answer: RaiseSet, kinds: dict[str, Kind], module: Module) -> Iterator[Verdict]:
    """A verdict for each type seen; what tests put in stands for a type only where nothing else does."""
    possible = {one.type for one in answer.raised}
    for name, all_seen in sorted(question.seen.items()):
        kind = kinds[name]
        seen = min(all_seen, key=lambda one: (one.injected, one.thrown))
        named = bool(possible & (kind.ancestors - _TOO_BROAD)) or kind.name in possible
        cause = "" if named else _cause(question, answer, seen, module)
        claimed = answer.closed and not kind.aside and not seen.thrown
        outcome = "named" if named else "refuted" if claimed else "missed"
        yield Verdict(
            question.shown,
            question.clause > 0,
            kind.name,
            kind.category,
            outcome,
            seen.injected,
            kind.aside,
            seen.line,
            seen.origin,
            cause,
        )


def _cause(question: Question, answer: RaiseSet, seen: Seen, module: Module) -> str:
    """Why a type was not named, as far as it can be told from lines."""
    if answer.closed:
        return "claimed closed"
    first, last, again = statement_lines(module, seen.line)
    here = [one for one in answer.unknown if first <= one.line <= last]
    if here:
        return "open here: " + re.sub(r"`[^`]*`|\([^()]*:\d+\):?", "…", here[0].why)
    if again:
        return "open elsewhere, raised again here"
    how = "raised by the line itself" if seen.origin == f"{question.file}:{seen.line}" else "raised below it"
    return f"{TAKEN_AS_KNOWN}: {how} ({seen.place})"


def statement_lines(module: Module, line: int) -> tuple[int, int, bool]:
    """First and last line of the smallest statement on `line` (of a compound one its head); is it a raise?"""
    best = (line, line, False)
    size = 1 << 30
    for node in ast.walk(module.tree or ast.Module([], [])):
        if not isinstance(node, ast.stmt):
            continue
        last = node.end_lineno or node.lineno
        inner = getattr(node, "body", None)
        if isinstance(inner, list) and inner:
            last = max(node.lineno, inner[0].lineno - 1)
        if node.lineno <= line <= last and last - node.lineno < size:
            best, size = (node.lineno, last, isinstance(node, ast.Raise)), last - node.lineno
    return best
