"""Which broad handlers above what was edited have something said of them? Their facts and findings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding
from broadcatch.runs.checking import findings
from broadcatch.runs.gather import gather
from broadcatch.runs.narrowing import Narrowed, touched
from broadcatch.runs.texts import gather_texts
from broadcatch.source.discover import taken
from broadcatch.source.git import contents
from broadcatch.source.paths import display

Clauses = Mapping[str, Sequence[int]]
"""The lines of clauses, by the path of their file from the top."""


@dataclass(frozen=True, slots=True)
class Suspected:
    """A file with such handlers: its path from the top, its facts, and by the line of each handler what is
    found there; `text` is its content where that is not the one on the disk."""

    path: str
    facts: FileFacts
    findings: Mapping[int, Sequence[Finding]]
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Files:
    facts: dict[str, FileFacts] = field(default_factory=dict)
    texts: Mapping[str, bytes] = field(default_factory=dict)


def suspected(
    top: Path, clauses: Clauses, part: Narrowed, paths: Sequence[str], staged: bool, config: Config
) -> Iterator[Suspected]:
    """The files below `paths` in which broad handlers with live findings are at those lines.

    `part` is what the changes touch: its handlers are told anyway, and left out.
    """
    absolute = [os.path.join(top, path) for path in clauses]
    inside = set(taken(absolute, [os.path.abspath(one) for one in paths], config))
    named = {display(os.path.join(top, path)): path for path in clauses if os.path.join(top, path) in inside}
    files = _files(top, named, part, staged, config)
    for shown, path in named.items():
        facts = files.facts.get(shown)
        found = _found(facts, set(clauses[path]), part, config) if facts else {}
        if facts and found:
            yield Suspected(path, facts, found, files.texts.get(shown))


def _files(top: Path, named: Mapping[str, str], part: Narrowed, staged: bool, config: Config) -> _Files:
    """The facts of files (by path as shown), of staged ones as they are staged."""
    known = {one.path: one for one in part.found.facts if one.path in named}
    missing = [shown for shown in named if shown not in known and shown not in part.lines]
    texts: dict[str, bytes] = {}
    if staged and missing:
        there = contents(top, "", [named[shown] for shown in missing])
        texts = {shown: there[named[shown]] for shown in missing if named[shown] in there}
        read = gather_texts(texts, config).values()
        return _Files(known | {one.path: one for one in read if isinstance(one, FileFacts)}, texts)
    read_now = gather(missing, config).facts if missing else ()
    return _Files(known | {one.path: one for one in read_now})


def _found(
    facts: FileFacts, lines: set[int], part: Narrowed, config: Config
) -> Mapping[int, Sequence[Finding]]:
    """What is found at broad handlers in these lines, by line; nothing where comments silence all of it."""
    broad = {one.handler.span.line for one in judge_file(facts, config) if one.verdict.broad} & lines
    every = findings(facts, config) if broad else ()
    told = touched(facts, every, part.lines[facts.path]) if facts.path in part.lines else ()
    found: dict[int, list[Finding]] = {}
    for one in every:
        row = one.handler.rpartition(":")[2]
        if row.isdecimal() and int(row) in broad and one not in told:
            found.setdefault(int(row), []).append(one)
    return {line: those for line, those in found.items() if any(one.suppressed is None for one in those)}
