"""Which handlers get more to catch because of changes elsewhere? Up the calls from what was edited.

Only what can matter is asked: the edited functions that let out what they did not before, the handlers above
them, and of these the ones that something reaches by way of such a function.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.judge.surroundings import in_tests
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Because, Finding
from broadcatch.model.raising import RaiseSet
from broadcatch.model.results import Only
from broadcatch.program.module import Function
from broadcatch.raises.upwards.callers import Callers
from broadcatch.raises.upwards.climbing import MOST, Climbed, climbed
from broadcatch.runs.because import NAMED, message
from broadcatch.runs.change import Change, change_of, lines_before
from broadcatch.runs.edited import edited
from broadcatch.runs.gaining import gained, new_types, proper, reaching, suspects
from broadcatch.runs.narrowing import Narrowed
from broadcatch.runs.sides import top_of
from broadcatch.runs.states import State, past, present
from broadcatch.runs.suspecting import Suspected, suspected
from broadcatch.source.discover import discover
from broadcatch.source.paths import display

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Deeper:
    """Files with such handlers, their findings, contents that are not on the disk, remarks on what was not
    looked at."""

    files: tuple[tuple[FileFacts, Sequence[Finding]], ...] = ()
    texts: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """A handler that something may have come to reach: its file, its line, and the types in question."""

    file: Suspected
    line: int
    types: Mapping[str, Because]


def deeper(
    part: Narrowed, paths: Sequence[str], only: Only, config: Config, progress: Progress | None
) -> Deeper:
    """The findings below `paths` on handlers that the changes do not touch and yet let more reach.

    Raises BroadcatchError where git cannot tell.
    """
    change = change_of(top_of(paths), only)
    if not change.before:
        return Deeper()
    with present(change.top, only.staged, config) as now:
        texts = {os.fspath(now.folder / path): text for path, (_, text) in change.before.items()}
        functions = list(edited(now.engine.project, texts))
        if not functions:
            return Deeper()
        with past(change.top, change.revision, now.engine, config) as then:
            louder = [one for one in functions if _lets_out_more(one, now, then, change)]
            above = climbed(Callers(now.engine, _files(now, config), progress), louder)
            files = suspected(change.top, _by_file(now, above), part, paths, only.staged, config)
            cases = list(_cases(now, list(files), louder, progress))
            found = [(one, _gained(one, now, then, change, config)) for one in cases]
    return _told([(one, because) for one, because in found if because], tuple(_notes(above, len(louder))))


def _files(now: State, config: Config) -> list[Path]:
    """The files in which callers are looked for: what a test catches is its own affair."""
    found = (Path(one) for one in discover([now.folder], config)[0])
    return [one for one in found if not in_tests(one.relative_to(now.folder).as_posix())]


def _lets_out_more(function: Function, now: State, then: State, change: Change) -> bool:
    """Whether an edited function lets out something new; one that was not there before: anything."""
    old, _ = change.before.get(now.path(function.module.path), ("", b""))
    known = then.engine.project.module_at(then.folder / old).by_qualname if old else {}
    before = [then.engine.function_escapes(one) for one in known.get(function.qualname, ())[-1:]]
    types = proper(now.engine.function_escapes(function))
    return bool(new_types(types, before[0] if before else RaiseSet(), now.engine.resolver.hierarchy))


def _by_file(now: State, above: Climbed) -> Mapping[str, Sequence[int]]:
    """The clauses by the path of their file from the top; those of other places are left out."""
    found: dict[str, list[int]] = {}
    for module, line in above.clauses:
        path = now.path(module)
        if path:
            found.setdefault(path, []).append(line)
    return found


def _cases(
    now: State, files: Sequence[Suspected], functions: Sequence[Function], progress: Progress | None
) -> Iterator[_Case]:
    keys = {(one.module.path, one.qualname) for one in functions}
    for done, file in enumerate(files):
        for line in file.findings:
            types = suspects(reaching(now.engine, os.fspath(now.folder / file.path), line), keys)
            if types:
                yield _Case(file, line, types)
        if progress:
            progress(done + 1, len(files))


def _gained(one: _Case, now: State, then: State, change: Change, config: Config) -> tuple[Because, ...]:
    """What reaches the handler that did not before, with paths as seen from here; () for a new handler."""
    path, line = one.file.path, one.line
    if path in change.before:
        line = lines_before(change, path, one.file.facts, config).get(line, 0)
        path = change.before[path][0]
    if not line:
        return ()
    before = reaching(then.engine, os.fspath(then.folder / path), line)
    new = gained(one.types, before, now.engine.resolver.hierarchy)
    return tuple(replace(why, path=display(change.top / now.path(why.path))) for why in new)


def _told(cases: Sequence[tuple[_Case, tuple[Because, ...]]], notes: tuple[str, ...]) -> Deeper:
    files: dict[str, tuple[FileFacts, list[Finding]]] = {}
    texts: dict[str, bytes] = {}
    for one, because in cases:
        facts = one.file.facts
        words = message(because)
        told = [
            replace(finding, message=f"{finding.message}; {words}", because=because)
            for finding in one.file.findings[one.line]
        ]
        files.setdefault(facts.path, (facts, []))[1].extend(told)
        if one.file.text is not None:
            texts[facts.path] = one.file.text
    return Deeper(tuple(files.values()), texts, notes)


def _notes(above: Climbed, edited_functions: int) -> Iterator[str]:
    if above.cut:
        yield f"--deep: looked at no more than the {MOST} nearest functions above {edited_functions} changed"
    if above.unnamed:
        names = ", ".join(f"{one.qualname}()" for one in above.unnamed[:NAMED])
        more = f" and {len(above.unnamed) - NAMED} more" if len(above.unnamed) > NAMED else ""
        yield f"--deep: calls that Python makes by itself were not followed: {names}{more}"
