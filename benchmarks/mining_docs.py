"""Which exceptions does Python's documentation name that no answer does? Candidates for rows, for a person.

    python -m benchmarks.mining_docs DOC/library [--python PYTHON] [--all] [--only NAME]...

DOC/library is the folder of reStructuredText of CPython's documentation (`*.rst`, or `*.rst.txt` as a built
documentation keeps its sources), PYTHON the environment whose standard library is meant, NAME a file to read.
A sentence that speaks of raising and marks an exception, in what describes a callable, is held against the
table (*lacking*: rows that do not name it) and, where that has nothing, against what following the library's
own source says: *refuted* (a closed answer without it), *open* (shown with --all), *unknown* (there is none).
Only the callable, the exception and the line are printed, no sentence; whether it is true, a person has to
see: a row about it is provoked by a test, or names the page.
"""

from __future__ import annotations

import argparse
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lacking import Candidate, is_named, on_record, report, says_nothing
from broadcatch.program.environment import Environment, find_environment
from broadcatch.program.module import Class, Function
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine

_DIRECTIVE = re.compile(r"( *)\.\. ([a-z:-]+)::(?: (.*))?$")
_DESCRIBES = frozenset(
    "function method class classmethod staticmethod abstractmethod coroutinefunction coroutinemethod "
    "awaitablefunction awaitablemethod decorator".split()
)
_EXCEPTION = re.compile(r":exc:`[!~]?(?:[^`<]*<)?([\w.]+)>?`")
_RAISING = re.compile(r"\brais(?:e|es|ed|ing)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no longer|(?:not|n't|never|without)(?: be)? rais\w+|instead of|previously|used to|suppress|"
    r"(?:is|are) caught|before)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[a-z`*)])[.;:] +(?=[A-Z:`*\"(])")


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence of the documentation says a callable raises, under the names that stand there."""

    call: str
    exception: str
    module: str
    line: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A directive that has been opened: how far it is indented, and which callables it describes."""

    indent: int
    names: tuple[str, ...]


def told(text: str) -> Iterator[Told]:
    """Every (callable, exception) of which a sentence of a page says that it is raised."""
    module, blocks = "", [_Block(-1, ())]
    lines = text.split("\n")
    for number, paragraph in _paragraphs(lines):
        found = _DIRECTIVE.match(paragraph[0])
        indent = len(paragraph[0]) - len(paragraph[0].lstrip())
        while blocks[-1].indent >= indent:
            blocks.pop()
        body = paragraph
        if found and found[2] in ("module", "currentmodule"):
            module = (found[3] or "").strip()
        elif found and found[2] in _DESCRIBES:
            names = [found[3] or "", *(one for one in paragraph[1:] if "(" in one and ":" not in one)]
            blocks.append(_Block(indent, tuple(_full(one, module, blocks[-1]) for one in names)))
            continue
        elif found:
            blocks.append(_Block(indent, () if found[2] == "exception" else blocks[-1].names))
            body = paragraph[1:]
        for name in blocks[-1].names:
            yield from (Told(name, one, module, number) for one in _raised(" ".join(map(str.strip, body))))


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines without an empty one, with the number of the first; a directive starts a run."""
    kept: list[str] = []
    first = 0
    for number, line in enumerate([*lines, ""], 1):
        if kept and (not line.strip() or _DIRECTIVE.match(line)):
            yield first, kept
            kept = []
        if line.strip():
            first = first if kept else number
            kept.append(line)


def _full(signature: str, module: str, around: _Block) -> str:
    """The dotted name of what a signature describes: in the class around it, else in the module."""
    name = signature.strip().partition("(")[0].split(" ")[-1].rstrip("\\")
    if around.names and "." not in name:
        return f"{around.names[0]}.{name}"
    return name if not module or name.startswith(f"{module}.") else f"{module}.{name}"


def _raised(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        if _RAISING.search(sentence) and not _DENIED.search(sentence):
            yield from dict.fromkeys(_EXCEPTION.findall(sentence))


def canonical(engine: Engine, one: Told) -> str:
    """The exception under the name that answers use, "" where there is none of that name."""
    hierarchy = engine.resolver.hierarchy
    for name in (
        one.exception,
        f"{one.module}.{one.exception}",
        f"{one.module.split('.')[0]}.{one.exception}",
    ):
        known = hierarchy.canonical(name)
        if hierarchy.is_known(known):
            return known
    return ""


def candidate(engine: Engine, one: Told, type_: str, place: str) -> Candidate | None:
    """What is lacking of it, None where it is named."""
    names = [f"{one.module or 'builtins'}.{one.call}", one.call, f"builtins.{one.call}"]
    names += [more for name in names for more in engine.resolver.spellings(name)]
    rows = on_record(engine.table, names)
    if rows is not None:
        return None if is_named(engine, type_, rows) else Candidate("lacking", one.call, type_, place)
    source = next((found for name in names if (found := engine.resolver.standard(name))), None)
    if source is None:
        return Candidate("unknown", one.call, type_, place)
    answer = _answer(engine, source)
    if answer is None or is_named(engine, type_, (found.type for found in answer.raised)):
        return None
    return Candidate("refuted" if answer.closed else "open", one.call, type_, place)


def _answer(engine: Engine, source: Function | Class):  # type: ignore[no-untyped-def]
    if isinstance(source, Function):
        return engine.function_escapes(source)
    return engine.constructor_escapes(source)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--python", default=sys.prefix)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    found = find_environment(given.python, given.folder)
    engine = Engine(Project(given.folder, Environment((), found.standard, found.minor)))
    files = [given.folder / one for one in given.only] or sorted(given.folder.glob("*.rst*"))
    everything = []
    for path in files:
        for one in told(path.read_text(encoding="utf-8")):
            type_ = canonical(engine, one)
            if type_ and not says_nothing(engine, type_):
                lacks = candidate(engine, one, type_, f"{path.name.removesuffix('.txt')}:{one.line}")
                everything += [lacks] if lacks else []
    report(everything, given.all)


if __name__ == "__main__":
    main()
