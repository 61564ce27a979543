"""Which statements can hold a finding? The slices of a file that are worth a dear reading.

LibCST costs about ten times what `ast` costs, so `ast` finds the few statements that matter: the
whole `try` of a broad handler, the clause alone of a handler of specific types that raises, and the
clauses behind it where it only raises again (they tell whether it is of use). Each slice carries its
frame (what its names can refer to) and its `ast` nodes, which lend it their positions.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from broadcatch.model.facts import Place, Scope, ScopeKind
from broadcatch.model.frame import Binding, Frame
from broadcatch.model.links import Constants, Endings
from broadcatch.source.bindings import ScopeNode, bindings_of, children, dotted, members_of, parameters
from broadcatch.source.loops import last_line, over

BROAD = frozenset({"Exception", "BaseException"})
EXITS = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit", "CancelledError"})

TRY = (ast.Try, ast.TryStar) if sys.version_info >= (3, 11) else (ast.Try,)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
SIMPLE = frozenset(
    {
        ast.Expr,
        ast.Assign,
        ast.AnnAssign,
        ast.AugAssign,
        ast.Return,
        ast.Raise,
        ast.Import,
        ast.ImportFrom,
        ast.Pass,
        ast.Assert,
        ast.Delete,
        ast.Global,
        ast.Nonlocal,
        ast.Break,
        ast.Continue,
    }
)
_BUILTIN_ERRORS = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Reading:
    """How much is read: `typed` reads every handler, `broad` adds qualified names to the broad ones.

    `clauses` reads those of which one may hide another. `constants` are what other files tell about the
    names in clauses, `endings` about imported functions. `handlers` and `sites` are false where a search for
    bytes has told that there are none.
    """

    typed: bool = False
    broad: tuple[str, ...] = ()
    clauses: bool = True
    constants: Constants = ()
    endings: Endings = ()
    handlers: bool = True
    sites: bool = True


@dataclass(frozen=True, slots=True)
class Slice:
    """A statement to parse.

    `text` is a module of its own: the lines of the try, under `if 1:` where they are indented; where
    only clauses were cut out, `clause` is the index of the first and an empty try stands before it. `node`
    is the whole try as `ast` read it; `first_line` its first line, or the clause's, in the file.
    """

    text: str
    first_line: int
    frame: Frame
    node: ast.Try
    clause: int | None


class Around(NamedTuple):
    """What stands around a statement: scopes outermost first; the rest as in `Place`."""

    nodes: tuple[ScopeNode, ...]
    loop: Literal["", "for", "while", "endless"] = ""
    depth: int = 0
    main_guard: bool = False
    over: tuple[str, ...] = ()
    loop_last: int = 0


class Slicer:
    """Finds the slices of one parsed file. `lines` are its lines with their ends."""

    def __init__(self, tree: ast.Module, lines: list[str], reading: Reading) -> None:
        self._lines = lines
        self._deep = BROAD | EXITS | {_last(name) for name in reading.broad}
        self._typed = reading.typed
        self._several = reading.clauses
        self._constants = reading.constants
        self._endings = reading.endings
        self._tree = tree
        self._bindings: dict[ScopeNode, Mapping[str, Binding]] = {}
        self._scopes: dict[ScopeNode, Scope] = {}

    def slices(self) -> Iterator[Slice]:
        """The slices, in the order of the text; none overlaps another."""
        yield from self._block(children(self._tree), Around((self._tree,)))

    def frame(self, around: Around) -> Frame:
        """The frame of code that stands directly in `around`; made only where something is found."""
        scopes = tuple(self._scope(around.nodes[: depth + 1]) for depth in range(1, len(around.nodes)))
        place = Place(scopes, *around[1:])
        classes = [node for node in around.nodes if isinstance(node, ast.ClassDef)]
        members = members_of(classes[-1]) if classes else ()
        return Frame(place, self._visible(around.nodes), (), members, self._constants, self._endings)

    def _visible(self, nodes: tuple[ScopeNode, ...]) -> tuple[Mapping[str, Binding], ...]:
        found = []
        for depth, node in enumerate(reversed(nodes)):
            if depth == 0 or not isinstance(node, ast.ClassDef):  # a class is not seen from its functions
                if node not in self._bindings:
                    self._bindings[node] = bindings_of(node)
                found.append(self._bindings[node])
        return tuple(found)

    def _scope(self, nodes: tuple[ScopeNode, ...]) -> Scope:
        node = nodes[-1]
        assert not isinstance(node, ast.Module)
        if node not in self._scopes:
            self._scopes[node] = _scope(node, Frame(Place(()), self._visible(nodes[:-1])))
        return self._scopes[node]

    def _block(self, statements: Iterable[ast.AST], around: Around) -> Iterator[Slice]:
        for child in statements:
            kind = type(child)
            if kind in SIMPLE:
                continue
            if isinstance(child, DEFINITIONS):
                inner = Around((*around.nodes, child), main_guard=around.main_guard)
                yield from self._block(child.body, inner)
            elif isinstance(child, TRY):
                yield from self._try(child, around)  # type: ignore[arg-type]
            elif isinstance(child, (ast.For, ast.AsyncFor, ast.While)):
                yield from self._block(children(child), looped(child, around))
            elif isinstance(child, ast.If):
                yield from self._block(children(child), guarded(child, around))
            else:
                yield from self._block(children(child), around)

    def _try(self, node: ast.Try, around: Around) -> Iterator[Slice]:
        several = self._several and _names_several(node)
        if several or any(self._is_deep(handler, around) for handler in node.handlers):
            yield self._whole(node, around)
            return
        yield from self._block(node.body, around._replace(depth=around.depth + 1))
        for index, handler in enumerate(node.handlers):
            if _raises_at_once(handler):
                yield self._clauses(node, index, len(node.handlers), around)
                break
            if self._typed or _raises_unchained(handler):
                yield self._clauses(node, index, index + 1, around)
            else:
                yield from self._block(handler.body, around)
        yield from self._block(node.orelse, around)
        yield from self._block(node.finalbody, around)

    def _is_deep(self, handler: ast.ExceptHandler, around: Around) -> bool:
        if handler.type is None:
            return True
        names = _names(handler.type)
        if any(_last(name) in self._deep for name in names):
            return True
        if all(name in _BUILTIN_ERRORS for name in names):
            return False
        frame = Frame(Place(()), self._visible(around.nodes), constants=self._constants)
        return any(
            _last(qualified) in self._deep for name in names for qualified, _ in frame.classes_of(name)
        )

    def _whole(self, node: ast.Try, around: Around) -> Slice:
        frame = self.frame(around)
        text = self._text(node.lineno, node.end_lineno or node.lineno)
        function = around.nodes[-1]
        waits = isinstance(function, ast.AsyncFunctionDef)  # what is cancelled may end in a bare clause
        if waits or (isinstance(function, FUNCTIONS) and any(name in text for name in EXITS)):
            frame = replace(frame, cancels=tuple(sorted(set(_cancels(function)))))
        head = "if 1:\n" if node.col_offset else ""  # needs no dedent, so columns stay exact
        return Slice(head + text, node.lineno, frame, node, None)

    def _clauses(self, node: ast.Try, index: int, end: int, around: Around) -> Slice:
        first, last = node.handlers[index], node.handlers[end - 1]
        indent = self._lines[node.lineno - 1][: node.col_offset]
        head = f"if 1:\n{indent}try: pass\n" if indent else "try: pass\n"
        text = self._text(first.lineno, last.end_lineno or last.lineno)
        return Slice(head + text, first.lineno, self.frame(around), node, index)

    def _text(self, line: int, end: int) -> str:
        return "".join(self._lines[line - 1 : end])


def _scope(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, frame: Frame) -> Scope:
    def qualify(expression: ast.expr) -> str:
        target = expression.func if isinstance(expression, ast.Call) else expression
        target = target.value if isinstance(target, ast.Subscript) else target
        name = dotted(target)
        return frame.resolve(name)[0] or name

    decorators = tuple(filter(None, map(qualify, node.decorator_list)))
    if isinstance(node, ast.ClassDef):
        bases = tuple(filter(None, map(qualify, node.bases)))
        return Scope(node.name, "class", node.lineno, decorators, bases)
    kind: ScopeKind = "async function" if isinstance(node, ast.AsyncFunctionDef) else "function"
    return Scope(node.name, kind, node.lineno, decorators, (), parameters(node), last_line(node))


def looped(node: ast.For | ast.AsyncFor | ast.While, around: Around) -> Around:
    """What stands around the body of a loop."""
    if not isinstance(node, ast.While):
        return around._replace(loop="for", over=over(node), loop_last=last_line(node))
    endless = (
        isinstance(node.test, ast.Constant) and isinstance(node.test.value, int) and bool(node.test.value)
    )
    kind: Literal["endless", "while"] = "endless" if endless else "while"
    return around._replace(loop=kind, over=over(node), loop_last=last_line(node))


def guarded(node: ast.If, around: Around) -> Around:
    """What stands around the body of an `if`: `if __name__ == "__main__"` is remembered."""
    test = node.test
    guard = isinstance(test, ast.Compare) and dotted(test.left) == "__name__"
    return around._replace(main_guard=True) if guard else around


def _names_several(node: ast.Try) -> bool:
    """Whether there is more than one class among the clauses."""
    return len(node.handlers) > 1 or any(
        isinstance(one.type, (ast.Tuple, ast.BinOp)) for one in node.handlers
    )


def _names(expression: ast.expr) -> list[str]:
    return [dotted(node) for node in ast.walk(expression) if isinstance(node, (ast.Name, ast.Attribute))]


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _raises_at_once(node: ast.ExceptHandler) -> bool:
    first = node.body[0]
    if not isinstance(first, ast.Raise) or first.exc is None:
        return isinstance(first, ast.Raise)
    return first.cause is None and isinstance(first.exc, ast.Name) and first.exc.id == node.name


def _raises_unchained(node: ast.AST) -> bool:
    for child in children(node):
        if isinstance(child, ast.Raise):
            if child.exc is not None and child.cause is None:
                return True
        elif not isinstance(child, DEFINITIONS) and _raises_unchained(child):
            return True
    return False


def _cancels(node: ast.AST) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*DEFINITIONS, ast.Lambda)):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute):
            receiver = dotted(child.func.value)
            if child.func.attr == "cancel" and receiver:
                yield child.lineno, receiver
        yield from _cancels(child)
