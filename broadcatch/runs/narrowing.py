"""Which of it has changed? The facts of the changed files alone, and the findings that the changes touch."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from broadcatch.config.options import Config
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.results import Only
from broadcatch.runs.gather import Gathered, gather
from broadcatch.runs.sides import top_of
from broadcatch.runs.texts import gather_texts
from broadcatch.source.changes import Lines, changed_since, staged
from broadcatch.source.discover import taken
from broadcatch.source.git import commit, contents
from broadcatch.source.paths import display

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The facts of the changed files below some paths; `lines` are those that changed, by path as shown.

    `texts` are the files' contents by path where they are not those on the disk.
    """

    found: Gathered
    lines: Mapping[str, Lines]
    texts: Mapping[str, bytes]


def narrowed(paths: Sequence[str], only: Only, config: Config, progress: Progress | None) -> Narrowed:
    """What has changed below `paths`, read. Raises BroadcatchError where git cannot tell."""
    root = top_of(paths)
    changes = staged(root) if only.staged else changed_since(root, commit(root, only.changed_since))
    files = taken(
        [os.path.join(root, path) for path in changes], [os.path.abspath(one) for one in paths], config
    )
    named = {os.path.relpath(file, root).replace(os.sep, "/"): display(file) for file in files}
    lines = {shown: changes[path] for path, shown in named.items()}
    if not only.staged:
        there = [shown for shown in named.values() if os.path.isfile(shown)]
        return Narrowed(gather(there, config, progress) if there else Gathered(()), lines, {})
    texts = {named[path]: text for path, text in contents(root, "", named).items()}
    read = gather_texts(texts, config)
    facts = tuple(one for one in read.values() if isinstance(one, FileFacts))
    failures = tuple(one for one in read.values() if isinstance(one, Failure))
    return Narrowed(Gathered(facts, failures), lines, texts)


def touched(facts: FileFacts, findings: Sequence[Finding], lines: Lines) -> Sequence[Finding]:
    """The findings whose statement (of a handler: the whole `try`) the changes touch."""
    extents = {one.line: (one.first, one.last, one.column) for one in facts.prints}

    def is_touched(finding: Finding) -> bool:
        row = finding.handler.rpartition(":")[2]
        alone = finding.span.line, finding.span.end_line, finding.span.column
        return lines.touch(*extents.get(int(row) if row.isdecimal() else 0, alone))

    return [one for one in findings if is_touched(one)]
