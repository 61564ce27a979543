"""Which exceptions leave the functions of a package, and which clauses stop them, while a program runs?

    PYTHON recorder.py --root FOLDER --out FILE -m MODULE [ARGUMENT…]

A script of its own without dependencies: the Python that runs it (3.12 or later) is the one that has the
package under FOLDER and its tests installed. MODULE (`pytest`, `unittest`) is run as `python -m` would run
it, under `sys.monitoring`; FILE gets one JSON object a line when it ends. Threads are recorded, child
processes are not.

- `left`: an exception left a function (`line`: where in it it passed; `origin`, `origin_line`, `place`: the
  deepest frame of its traceback; `through_tests`: a frame between the two belongs to the tests; `thrown`:
  it came into a generator at a `yield`).
- `reached`: an exception came out of line `at` to the clauses of the try on line `try`, and the clause on
  `line` took it (0: none of them).
- `type`: each type seen, with its ancestors.
"""

from __future__ import annotations

import argparse
import ast
import atexit
import dis
import json
import os
import runpy
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

TOOL = 4
"""A tool number that neither debuggers, coverage nor profilers claim."""
_SIMPLE = (ast.Name, ast.Attribute, ast.Tuple, ast.Load, ast.expr_context)


@dataclass(frozen=True)
class Clause:
    """An `except`: its line, and how to ask for its types (None: bare; "" as text: cannot be asked)."""

    line: int
    types: CodeType | str | None


@dataclass(frozen=True)
class Attempt:
    """A try statement: its line and its clauses in order."""

    line: int
    clauses: tuple[Clause, ...]


def name_of(kind: type[BaseException]) -> str:
    """Module and qualified name; builtins bare."""
    module = kind.__module__
    return kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"


def attempts_in(path: str) -> list[tuple[tuple[int, int], tuple[int, int], Attempt]]:
    """(first position, last position, try) of where the first clause of each try asks for its type."""
    try:
        tree = ast.parse(Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Try) and node.handlers:
            first = node.handlers[0]
            what = first.type
            start = (what.lineno, what.col_offset) if what else (first.lineno, first.col_offset)
            end = (what.end_lineno or 0, what.end_col_offset or 0) if what else start
            clauses = tuple(Clause(one.lineno, _asking(one.type, path)) for one in node.handlers)
            found.append((start, end, Attempt(node.lineno, clauses)))
    return found


def _asking(expr: ast.expr | None, path: str) -> CodeType | str | None:
    if expr is None:
        return None
    if not all(isinstance(node, _SIMPLE) for node in ast.walk(expr)):
        return ""
    return compile(ast.Expression(expr), path, "eval")


class Places:
    """To whom does a file belong? Asked often, so answers are kept."""

    def __init__(self, root: Path) -> None:
        self.root = str(root) + os.sep
        self._known: dict[str, str] = {}
        self._standard = os.path.dirname(os.path.realpath(os.__file__)) + os.sep

    def place(self, filename: str) -> str:
        """`package`, `tests`, `mock`, `stdlib` or `third-party`."""
        if filename not in self._known:
            self._known[filename] = self._find(filename)
        return self._known[filename]

    def relative(self, filename: str) -> str:
        """The path below the package's folder, else the path itself."""
        real = os.path.realpath(filename)
        return real.removeprefix(self.root) if real.startswith(self.root) else filename

    def _find(self, filename: str) -> str:
        real = os.path.realpath(filename)
        inside = real.removeprefix(self.root) if real.startswith(self.root) else None
        if inside is not None:
            return "tests" if is_test(inside) else "package"
        parts = real.split(os.sep)
        if "site-packages" in parts:
            tools = {"_pytest", "pytest", "pluggy", "mock", "pytest_mock"}
            return "mock" if tools & set(parts) else "third-party"
        if real.startswith(self._standard):
            return "mock" if real.endswith(os.path.join("unittest", "mock.py")) else "stdlib"
        if filename.startswith("<frozen"):
            return "stdlib"
        return "third-party" if filename.startswith("<") else "tests"


def is_test(path: str) -> bool:
    """Whether a file of the package, by its path below the package's folder, belongs to the tests."""
    *folders, name = path.replace(os.sep, "/").split("/")
    return (
        bool({"tests", "test", "testing"} & set(folders))
        or name.startswith("test_")
        or name.endswith("_test.py")
        or name == "conftest.py"
    )


class Recorder:
    """Counts what it is told by `sys.monitoring`; `rows` gives everything."""

    def __init__(self, root: Path) -> None:
        self.places = Places(root)
        self.left: Counter[tuple[Any, ...]] = Counter()
        self.reached: Counter[tuple[Any, ...]] = Counter()
        self.types: dict[str, type[BaseException]] = {}
        self._thrown: dict[int, int] = {}
        self._sites: dict[tuple[CodeType, int], Attempt | None] = {}
        self._attempts: dict[str, list[tuple[tuple[int, int], tuple[int, int], Attempt]]] = {}
        self._taken: dict[tuple[CodeType, int, type], tuple[int, bool] | None] = {}

    def start(self) -> None:
        """Begin to listen, in all threads."""
        monitoring = sys.monitoring
        events = monitoring.events
        monitoring.use_tool_id(TOOL, "broadcatch-recorder")
        monitoring.register_callback(TOOL, events.PY_UNWIND, self.on_unwind)
        monitoring.register_callback(TOOL, events.PY_THROW, self.on_throw)
        monitoring.register_callback(TOOL, events.EXCEPTION_HANDLED, self.on_handled)
        monitoring.set_events(TOOL, events.PY_UNWIND | events.PY_THROW | events.EXCEPTION_HANDLED)

    def stop(self) -> None:
        """Listen no more."""
        sys.monitoring.set_events(TOOL, 0)
        sys.monitoring.free_tool_id(TOOL)

    def on_throw(self, code: CodeType, offset: int, exc: BaseException) -> None:
        """Remember what was thrown into a generator; what a coroutine awaits is its own."""
        if code.co_flags & 0x220 and self.places.place(code.co_filename) == "package":
            self._thrown[id(sys._getframe(1))] = id(exc)

    def on_unwind(self, code: CodeType, offset: int, exc: BaseException) -> None:
        """An exception leaves a frame."""
        if self.places.place(code.co_filename) != "package":
            return
        thrown = self._thrown.pop(id(sys._getframe(1)), None) == id(exc)
        name = self._seen(exc)
        where = (code.co_filename, code.co_qualname, code.co_firstlineno)
        self.left[(*where, name, *self._origin(exc.__traceback__), thrown)] += 1

    def on_handled(self, code: CodeType, offset: int, exc: BaseException) -> None:
        """An exception comes to the clauses of a try, to a `finally` or to the end of a `with`."""
        if self.places.place(code.co_filename) != "package":
            return
        attempt = self._attempt(code, offset)
        if attempt is None:
            return
        key = (code, attempt.line, type(exc))
        if key not in self._taken:
            self._taken[key] = self._replay(attempt, exc, sys._getframe(1))
        taken = self._taken[key]
        if taken is None:
            return
        where = (code.co_filename, code.co_qualname, code.co_firstlineno, attempt.line)
        self.reached[(*where, *taken, self._seen(exc), *self._origin(exc.__traceback__))] += 1

    def _seen(self, exc: BaseException) -> str:
        name = name_of(type(exc))
        self.types.setdefault(name, type(exc))
        return name

    def _origin(self, trace: TracebackType | None) -> tuple[int, int, str, str, bool]:
        """(line here, line of origin, file of origin, place of origin, whether tests lie between)."""
        if trace is None:
            return 0, 0, "", "unknown", False
        here, through = trace.tb_lineno, False
        while trace.tb_next is not None:
            trace = trace.tb_next
            through = through or self.places.place(trace.tb_frame.f_code.co_filename) in ("tests", "mock")
        origin = trace.tb_frame.f_code.co_filename
        return here, trace.tb_lineno, origin, self.places.place(origin), through

    def _attempt(self, code: CodeType, offset: int) -> Attempt | None:
        key = (code, offset)
        if key not in self._sites:
            self._sites[key] = self._locate(code, offset)
        return self._sites[key]

    def _locate(self, code: CodeType, offset: int) -> Attempt | None:
        """The try whose dispatch begins at this instruction; None for finally, with and clean-up.

        `PUSH_EXC_INFO` has no line: the next instruction with one asks for the type of the first clause.
        """
        if code.co_code[offset] != dis.opmap["PUSH_EXC_INFO"]:
            return None
        lines = [one for one in list(code.co_positions())[offset // 2 :] if one[0] is not None]
        if not lines:
            return None
        at = (lines[0][0] or 0, lines[0][2] or 0)
        if code.co_filename not in self._attempts:
            self._attempts[code.co_filename] = attempts_in(code.co_filename)
        for start, end, attempt in self._attempts[code.co_filename]:
            if at == start or start <= at < end:
                return attempt
        return None

    def _replay(self, attempt: Attempt, exc: BaseException, frame: FrameType) -> tuple[int, bool] | None:
        """(line of the clause that takes it or 0, whether that clause is broad); None: cannot be told."""
        for clause in attempt.clauses:
            if clause.types is None:
                return clause.line, True
            if not clause.types:
                return None
            try:
                types: Any = eval(clause.types, frame.f_globals, frame.f_locals)
                taken = isinstance(exc, types)
            except (NameError, AttributeError, TypeError):
                return None
            if taken:
                flat = types if isinstance(types, tuple) else (types,)
                return clause.line, bool({Exception, BaseException} & set(flat))
        return 0, False

    def rows(self) -> list[dict[str, Any]]:
        """Everything recorded, as JSON objects."""
        rows = [
            {
                "event": "type",
                "name": name,
                "ancestors": [name_of(one) for one in kind.__mro__ if issubclass(one, BaseException)],
                "place": self._home(kind),
            }
            for name, kind in sorted(self.types.items())
        ]
        for key, count in list(self.left.items()):
            file, function, first, kind, line, origin_line, origin, place, through, thrown = key
            row = {"event": "left", "file": self.places.relative(file), "function": function, "first": first}
            row |= {"type": kind, "line": line, "origin": self.places.relative(origin), "thrown": thrown}
            rows.append(
                row | {"origin_line": origin_line, "place": place, "through_tests": through, "count": count}
            )
        for key, count in list(self.reached.items()):
            file, function, first, attempt, line, broad, kind, at, origin_line, origin, place, through = key
            row = {"event": "reached", "file": self.places.relative(file), "function": function}
            row |= {"first": first, "try": attempt, "line": line, "broad": broad, "type": kind, "at": at}
            row |= {"origin": self.places.relative(origin), "origin_line": origin_line, "place": place}
            rows.append(row | {"through_tests": through, "count": count})
        return rows

    def _home(self, kind: type) -> str:
        if kind.__module__.partition(".")[0] in (*sys.stdlib_module_names, "builtins"):
            return "stdlib"
        file = getattr(sys.modules.get(kind.__module__), "__file__", None)
        return self.places.place(file) if file else "tests"


def main(arguments: list[str]) -> int:
    """Run the module under the recorder; the exit code is the module's."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("-m", dest="module", nargs=argparse.REMAINDER, required=True)
    options = parser.parse_args(arguments)
    recorder = Recorder(options.root.resolve())
    out, process = options.out.resolve(), os.getpid()

    def write() -> None:
        if os.getpid() != process:
            return
        recorder.stop()
        head = {"event": "run", "python": sys.version.split()[0], "command": options.module}
        with out.open("w", encoding="utf-8") as stream:
            for row in [head, *recorder.rows()]:
                stream.write(json.dumps(row) + "\n")

    atexit.register(write)
    sys.path[0] = os.getcwd()
    sys.argv = list(options.module)
    recorder.start()
    runpy.run_module(options.module[0], run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
